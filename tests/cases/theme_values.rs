//! What templates print of values: in the order and the characters in which they were written, the same from every process.

use super::commands::{code, run};
use crate::support::{TestSite, files};

const HOOK: &str = "themes/default/templates/hooks/after-essay.html";

/// A page's lines between `<pre>` and `</pre>`.
fn printed(page: &str) -> String {
    let rest = page.split("<pre>").nth(1).expect("the hook's part");
    rest.split("</pre>").next().expect("its end").trim().to_owned()
}

#[test]
fn maps_are_in_the_order_in_which_they_were_written_whichever_process_builds() {
    let extra = "extra: {team: blue, mood: grey, place: Genoa, season: winter, a: {z: 1, y: 2, x: 3, w: 4}, b: [2, 1]}";
    let hook = "<pre>{% for k, v in essay.extra %}{{ k }}={{ v }}\n{% endfor %}\
                {% for name, url in site.assets %}{{ name }} {% endfor %}</pre>";
    let site = TestSite::with_default_theme().essay("a", extra, "Text.").file(HOOK, hook);
    let built = |n: usize| {
        let out = format!("out-{n}");
        assert_eq!(code(&run(site.root(), &["build", "--out", &out])), 0);
        let of_no_output = |(path, _): &(String, Vec<u8>)| path != ".ninefold-manifest";
        files(&site.root().join(out)).into_iter().filter(of_no_output).collect::<Vec<_>>()
    };
    let first = built(1);
    assert!((2..5).all(|n| built(n) == first));
    site.build();
    insta::assert_snapshot!(printed(&site.page("/essays/a/")), @r"
    team=blue
    mood=grey
    place=Genoa
    season=winter
    a={&quot;z&quot;: 1, &quot;y&quot;: 2, &quot;x&quot;: 3, &quot;w&quot;: 4}
    b=[2, 1]
    browse.js favicon.svg find.js found.js marks.svg palette.js print.css script.css search.css search.js site.js style.css syntax-dark.css syntax-light.css
    ");
}

#[test]
fn numbers_print_in_the_characters_in_which_they_were_written() {
    let extra = "extra: {share: 0.00001, version: 1.10, big: 10000000000000000, when: 3.0, half: 0.5, n: 12}";
    let hook = "<pre>{% for k, v in essay.extra %}{{ k }}={{ v }}\n{% endfor %}\
                {{ (48 / 7) | round }} {{ (48 / 7) | round(precision=2) }} {{ (48 / 8) | round(precision=2) }} \
                {{ 2.5 | round(method=\"floor\") }} {{ 2.1 | round(method=\"ceil\") }} \
                {{ (essay.extra.version | float) * 2 }} {{ essay.extra.half * 2 }}</pre>";
    let site = TestSite::with_default_theme().essay("a", extra, "Text.").file(HOOK, hook);
    site.build();
    insta::assert_snapshot!(printed(&site.page("/essays/a/")), @r"
    share=0.00001
    version=1.10
    big=10000000000000000
    when=3.0
    half=0.5
    n=12
    7 6.86 6 2 3 2.2 1.0
    ");
}

#[test]
fn a_field_that_is_left_out_has_a_default() {
    let hook = "<pre>{{ essay.updated | default(value=\"never\") }} {{ essay.extra.mood | default(value=\"calm\") }} \
                {{ essay.title | default(value=\"none\") }} {{ essay.extra.empty | default(value=\"nothing\") }} \
                {{ essay.extra.no | default(value=\"yes\") }} {{ essay.extra.no | default(value=\"yes\", boolean=true) }}</pre>";
    let site = TestSite::with_default_theme().essay("a", "extra: {empty: ~, no: false}", "Text.").file(HOOK, hook);
    site.build();
    assert_eq!(printed(&site.page("/essays/a/")), "never calm a nothing false yes");
}

#[test]
fn the_themes_own_pages_print_no_number_longer_than_anyone_would_write() {
    let years = ["2019", "2020", "2020", "2020", "2020", "2020", "2020", "2020"];
    let site = years.iter().enumerate().fold(TestSite::with_default_theme(), |site, (n, year)| {
        let front = format!(
            "title: I{n}\npatterns: [lag]\ntimes: {{started: {year}-01-01T10:00Z, resolved: {year}-01-01T10:17Z}}\n\
             timeline: [{{at: {year}-01-01T10:03Z/10:09, text: A.}}]"
        );
        site.incident(&format!("i{n}"), &front)
    });
    site.build();
    let mut numbers = 0;
    for (path, bytes) in site.output().into_iter().filter(|(path, _)| path.ends_with(".html")) {
        let page = String::from_utf8(bytes).expect("UTF-8");
        let decimals = |text: &str| text.rsplit_once('.').map(|(_, decimals)| decimals.to_owned());
        let is_number = |text: &&str| text.parse::<f64>().is_ok();
        let quoted = page.split('"').map(|text| text.trim_end_matches('%')).filter(is_number);
        for (number, decimals) in quoted.filter_map(|text| Some((text, decimals(text)?))) {
            numbers += 1;
            assert!(decimals.len() <= 2 && decimals != "0", "{path}: {number}");
        }
    }
    assert!(numbers > 5, "{numbers}");
}
