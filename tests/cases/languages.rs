//! Sites in other languages: direction, words, dates, lists, quotation marks.

use std::collections::BTreeMap;
use std::fs;

use ninefold::words::categories;
use serde_yaml::Value;

use crate::support::{TestSite, repository};

fn site_in(language: &str) -> TestSite {
    let settings = format!(
        "title: T\nlanguage: {language}\nbase_url: https://e.example/sub/\nsearch: false\nsocial_cards: false\n"
    );
    TestSite::with_default_theme().file("content/site.yaml", settings)
}

#[test]
fn a_page_runs_as_its_language_is_written() {
    for (language, tag) in [
        ("ar", "<html lang=\"ar\" dir=\"rtl\">"),
        ("he", "<html lang=\"he\" dir=\"rtl\">"),
        ("uz-Arab", "<html lang=\"uz-Arab\" dir=\"rtl\">"),
        ("ja", "<html lang=\"ja\">"),
        ("en", "<html lang=\"en\">"),
    ] {
        let site = site_in(language).essay("a", "aliases: [/old/]\n", "Text.");
        site.build();
        for page in ["/essays/a/", "/", "/old/"] {
            assert!(site.page(page).contains(tag), "{page} in {language}");
        }
    }
}

/// The sign at the end of a text in other letters stays at its end: in lists, headings, leads, cards, not in attributes.
#[test]
fn a_text_runs_as_it_is_written_on_a_page_that_runs_the_other_way() {
    let essay = "---\ntitle: Why *now*?\ndate: 2026-05-11\nsummary: It was late.\npatterns: lag\nconcepts: etto\nincidents: i\n---\nText.\n";
    let of = |language: &str| {
        let site = site_in(language).file("content/essays/a.md", essay).incident("i", "title: Slack stood still!");
        site.build();
        site
    };
    let site = of("ar");
    let title = "<bdi dir=\"ltr\">Why <em>now</em>?</bdi>";
    for (page, text) in [
        ("/essays/a/", format!("<h1>{title}</h1>")),
        ("/essays/a/", "<title>Why now? · T</title>".to_owned()),
        ("/essays/a/", "title=\"Effects, information or remedies arrive".to_owned()),
        ("/essays/", format!(">{title}</a></h2>")),
        ("/essays/", "<p><bdi dir=\"ltr\">It was late.</bdi></p>".to_owned()),
        ("/incidents/i/", "<h1><bdi dir=\"ltr\">Slack stood still!</bdi></h1>".to_owned()),
        ("/incidents/i/", format!("{title}</a>")),
        ("/", "<p><bdi dir=\"ltr\">How old was what you acted on?</bdi></p>".to_owned()),
        ("/patterns/", "<p><bdi dir=\"ltr\">Effects, information or remedies arrive".to_owned()),
        ("/patterns/lag/", "<p class=\"nf-lead\"><bdi dir=\"ltr\">Effects, information".to_owned()),
        ("/patterns/lag/", "<li><bdi dir=\"ltr\">How old was the information".to_owned()),
        ("/patterns/lag/", "<dd><bdi dir=\"ltr\">Lag is a delay between an event".to_owned()),
        ("/patterns/review/", "<bdi dir=\"ltr\">How old was the information".to_owned()),
        ("/concepts/etto/", "<p class=\"nf-lead\"><bdi dir=\"ltr\">Time and effort are limited".to_owned()),
    ] {
        assert!(site.page(page).contains(&text), "{text} on {page}: {}", site.page(page));
    }
    let own = of("he").page("/patterns/lag/");
    assert!(own.contains("<p class=\"nf-lead\">השפעות") && !own.contains("<li><bdi"), "{own}");
    assert!(!of("en").page("/essays/").contains("<bdi"));
}

/// What stands on either side of a text depends on its direction; the edge of a sheet of paper alone does not.
#[test]
fn style_sheets_name_no_side() {
    let assets = repository().join("themes/default/assets");
    for sheet in ["style.css", "script.css", "search.css", "print.css"] {
        let css = fs::read_to_string(assets.join(sheet)).expect("a style sheet");
        // The columns of a table, named as their authors aligned them.
        let css = css.replace(".nf-left", "").replace(".nf-right", "");
        let word =
            |text: &str| text.split(|c: char| !c.is_ascii_alphabetic()).any(|word| matches!(word, "left" | "right"));
        let named: Vec<&str> = css.lines().filter(|line| word(line)).collect();
        assert_eq!(named, [""; 0], "{sheet}");
    }
}

#[test]
fn a_site_changes_a_word_or_brings_a_language() {
    let site = site_in("it").essay("a", "authors: [Ada, Bo]\npatterns: lag\n", "Text.").file(
        "themes/default/words/it.yaml",
        "by: di {names}\nn_essays: {one: \"{n} saggio\", other: \"{n} saggi\"}\nessays: Saggi\nmonths: [gennaio, febbraio, marzo, aprile, maggio, giugno, luglio, agosto, settembre, ottobre, novembre, dicembre]\n",
    );
    insta::assert_snapshot!(site.said(), @r"
    warning[missing-words]: 341 words are said in English: `a_copy`, `about`, `about_name`, `alerts`, `alike` and others
    --> themes/default/words/it.yaml
     = help: add them, as `ninefold theme eject words/en.yaml` shows them
    ");
    site.build();
    let page = site.page("/essays/a/");
    assert!(
        page.contains("<span>di <a href=\"/sub/authors/ada/\"") && page.contains(">1 maggio 2026</time>"),
        "{page}"
    );
    assert!(page.contains(">Saggi</a>") && site.page("/essays/").contains("<h1>Saggi</h1>"));
    assert!(site.page("/").contains("<span>1 saggio</span>"));

    let site = site_in("en").essay("a", "", "Text.").file("themes/default/words/en.yaml", "skip: To the words\n");
    assert_eq!(site.said(), "");
    site.build();
    assert!(site.page("/").contains("\">To the words</a>"));
    assert!(site.page("/").contains(">Essays</a>"));
}

#[test]
fn what_is_wrong_with_words_is_told_where_it_stands() {
    let said = |language: &str, words: &str| {
        let file = format!("themes/default/words/{language}.yaml");
        site_in(language).essay("a", "", "Text.").file(&file, words).said()
    };
    insta::assert_snapshot!(said("en", "drafft: D\nby: of {name}\nkinds: {essay: E}\nn_essays: {one: O}\nmonths: [J]\nskip: [a]\n"), @r##"
    error[words]: the theme has no word `drafft`
     --> themes/default/words/en.yaml:1:1
      |
    1 | drafft: D
      | ^^^^^^
      |
      = help: did you mean `draft`?

    error[words]: `by` has no place `{name}`
     --> themes/default/words/en.yaml:2:1
      |
    2 | by: of {name}
      | ^^
      |
      = help: it has `{names}`

    error[words]: `kinds` has another form than in English
     --> themes/default/words/en.yaml:3:1
      |
    3 | kinds: {essay: E}
      | ^^^^^
      |
      = help: write a text for each of `analysis`, `essay`, `note`

    error[words]: `n_essays` has another form than in English
     --> themes/default/words/en.yaml:4:1
      |
    4 | n_essays: {one: O}
      | ^^^^^^^^
      |
      = help: write a text for each form that numbers have: `{one: "…", other: "…"}`

    error[words]: `months` must be a list of 12 texts
     --> themes/default/words/en.yaml:5:1
      |
    5 | months: [J]
      | ^^^^^^

    error[words]: `skip` has another form than in English
     --> themes/default/words/en.yaml:6:1
      |
    6 | skip: [a]
      | ^^^^
      |
      = help: write one text
    "##);
    insta::assert_snapshot!(site_in("tlh").essay("a", "", "Text.").said(), @r"
    warning[no-words]: the theme has no words in `tlh`: menus, headings and dates are in English
    --> content/site.yaml
     = help: write them to `themes/default/words/tlh.yaml`, as `ninefold theme eject words/en.yaml` shows them
    ");
    insta::assert_snapshot!(
        site_in("en").essay("a", "", "Text.").file("themes/default/templates/hooks/footer.html", "<p>{{ words.draaft }}\n{{ words.by }}</p>").said(),
        @r"
        error[template-word]: there is no word `draaft`
         --> themes/default/templates/hooks/footer.html:1:7
          |
        1 | <p>{{ words.draaft }}
          |       ^^^^^^^^^^^^
          |
          = help: did you mean `words.draft`?

        error[template-word]: `by` says nothing before something is put into it
         --> themes/default/templates/hooks/footer.html:2:4
          |
        2 | {{ words.by }}</p>
          |    ^^^^^^^^
          |
          = help: write `words.by | say(…)` with `names`
        "
    );
}

#[test]
fn an_edit_of_a_words_file_changes_every_page_that_says_it() {
    let site = site_in("en").essay("a", "patterns: lag\n", "[Late](pattern:lag).");
    site.build();
    site.write("themes/default/words/en.yaml", "quoted: \"<{text}>\"\nmoved: Gone\n");
    site.build();
    assert!(site.page("/patterns/lag/feed.xml").contains("&lt;Late.&gt;"));
    let kept = site.output();
    let clean = site_in("en")
        .essay("a", "patterns: lag\n", "[Late](pattern:lag).")
        .file("themes/default/words/en.yaml", "quoted: \"<{text}>\"\nmoved: Gone\n");
    clean.build();
    assert_eq!(kept, clean.output());
}

/// The words of the theme in a language.
fn words_of(language: &str) -> BTreeMap<String, Value> {
    let path = repository().join(format!("themes/default/words/{language}.yaml"));
    serde_yaml::from_str(&fs::read_to_string(path).expect("the words")).expect("YAML")
}

/// The places in a text.
fn places(value: &Value) -> Vec<String> {
    let texts: Vec<&str> = match value {
        Value::Mapping(forms) => forms.values().filter_map(Value::as_str).collect(),
        other => other.as_str().into_iter().collect(),
    };
    let slots = texts.into_iter().flat_map(|text| text.split('{').skip(1).filter_map(|rest| rest.split('}').next()));
    let mut slots: Vec<String> = slots.map(str::to_owned).collect();
    slots.sort();
    slots.dedup();
    slots
}

#[test]
fn every_language_of_the_theme_has_every_word_in_every_form() {
    let english = words_of("en");
    let names = |value: &Value| -> Vec<String> {
        value
            .as_mapping()
            .into_iter()
            .flat_map(|forms| forms.keys())
            .filter_map(|key| key.as_str().map(str::to_owned))
            .collect()
    };
    let sorted = |mut names: Vec<String>| {
        names.sort();
        names
    };
    for language in ["de", "en", "es", "fr", "he", "ja", "pt"] {
        let words = words_of(language);
        assert_eq!(words.keys().collect::<Vec<_>>(), english.keys().collect::<Vec<_>>(), "{language}");
        for (key, own) in words.iter().filter(|(key, _)| *key != "list_before") {
            let known = &english[key];
            let is_plural = names(known).contains(&"other".to_owned()) && !names(known).contains(&"said".to_owned());
            let wanted: Vec<String> = match known {
                Value::Mapping(_) if is_plural => categories(language).iter().map(|form| (*form).to_owned()).collect(),
                other => names(other),
            };
            assert_eq!(sorted(names(own)), sorted(wanted), "{language}: {key}");
            // A form for one thing may leave its number out; no text has a place that the English one lacks.
            let known = places(known);
            assert!(places(own).iter().all(|place| known.contains(place)), "{language}: {key}");
            let missing: Vec<String> = known.into_iter().filter(|place| !places(own).contains(place)).collect();
            assert_eq!(missing, [""; 0], "{language}: {key}");
            let texts = own.as_sequence().map_or(0, Vec::len);
            assert_eq!(texts, english[key].as_sequence().map_or(0, Vec::len), "{language}: {key}");
        }
    }
}

/// The same site in seven languages, each line as a page has it.
#[test]
fn dates_lists_lengths_and_numbers_are_written_as_each_language_does() {
    let mut lines = Vec::new();
    for language in ["en", "de", "fr", "es", "pt", "ja", "he"] {
        let site = site_in(language)
            .essay("a", "patterns: [lag, friction]\nconcepts: []\n", "\"Out\" of \"the 'inner' one\", don't.")
            .essay("b", "patterns: [lag, friction]\nupdated: 2026-05-03\n", "Text.")
            .incident("i", "title: I\ntimes: {started: 2026-04-06T10:00Z, resolved: 2026-04-08T13:40Z}\ntimeline: [{at: 2026-04-06T10:20Z/11:05, about: true, text: A.}, {at: 2026-04-07, text: B.}]")
            .incident("j", "title: J\ntimes: {started: 2017-03}");
        site.build();
        let (essay, incident) = (site.page("/essays/b/"), site.page("/incidents/i/"));
        let between = |page: &str, start: &str, end: &str| {
            let from =
                page.find(start).map(|at| at + start.len()).unwrap_or_else(|| panic!("{start} in {language}: {page}"));
            page[from..].split(end).next().unwrap_or_default().replace(['\u{a0}', '\u{200e}'], " ")
        };
        lines.push(format!(
            "{language}: {} | {} | {} | {} | {} | {} | {}",
            between(&essay, "<time datetime=\"2026-05-01\">", "<"),
            between(&site.page("/incidents/j/"), "<time datetime=\"2017-03\">", "<"),
            between(&incident, "nf-facts", "</dl>")
                .split("<dd>")
                .nth(3)
                .and_then(|rest| rest.split('<').next())
                .unwrap_or_default(),
            between(&incident, "<svg class=\"nf-timeline nf-scale\"", "</svg>")
                .split("nf-under")
                .nth(1)
                .and_then(|rest| rest.split(['>', '<']).nth(1))
                .unwrap_or_default(),
            between(&site.page("/patterns/friction/"), "<p class=\"nf-meta\">", "</p>")
                .replace("</a> ", "; ")
                .split(['>', '<'])
                .nth(2)
                .unwrap_or_default(),
            between(&essay, "<h2>", "</article>")
                .split("nf-meta\">")
                .nth(1)
                .and_then(|rest| rest.split('<').next())
                .unwrap_or_default(),
            between(&site.page("/essays/a/"), "<div class=\"nf-prose\">\n<p>", "</p>"),
        ));
    }
    insta::assert_snapshot!(lines.join("\n"), @r#"
    en: 1 May 2026 | March 2017 | 2 days 3 h 40 min | 6 Apr | 2 essays;  | shares lag and friction | “Out” of “the ‘inner’ one”, don’t.
    de: 1. Mai 2026 | März 2017 | 2 Tage 3 Std. 40 Min. | 6. Apr. | 2 Essays;  | gemeinsam: Verzug und Reibung | „Out“ of „the ‚inner‘ one“, don’t.
    fr: 1 mai 2026 | mars 2017 | 2 jours 3 h 40 min | 6 avr. | 2 essais;  | en commun : retard et frottement | « Out » of « the « inner » one », don’t.
    es: 1 de mayo de 2026 | marzo de 2017 | 2 días 3 h 40 min | 6 abr | 2 ensayos;  | comparte desfase y fricción | “Out” of “the ‘inner’ one”, don’t.
    pt: 1 de maio de 2026 | março de 2017 | 2 dias 3 h 40 min | 6 de abr. | 2 ensaios;  | partilha defasagem e atrito | “Out” of “the ‘inner’ one”, don’t.
    ja: 2026年5月1日 | 2017年3月 | 2日3時間40分 | 4月6日 | エッセイ2本;  | 共通：遅れ、摩擦 | 「Out」 of 「the 『inner』 one」, don’t.
    he: 1 במאי 2026 | מרץ 2017 | יומיים 3 שע׳ 40 דק׳ | 6 באפר׳ | שני מאמרים;  | משותף: השהיה וחיכוך | ”Out” of ”the ’inner’ one”, don’t.
    "#);
}

#[test]
fn a_line_of_chinese_or_japanese_is_broken_without_a_space() {
    let site = site_in("ja").essay(
        "a",
        "summary: 要約。\n",
        "「警報」の\"指標\"は\n\n警報に\n気づか\n**なかった**\nという。`x`\n終わり。\n\nOne\ntwo 三\nfour",
    );
    site.build();
    let page = site.page("/essays/a/");
    assert!(page.contains("<p>警報に気づか<strong>なかった</strong>という。<code>x</code>\n終わり。</p>"), "{page}");
    assert!(page.contains("<p>「警報」の「指標」は</p>"), "{page}");
    assert!(page.contains("<p>One\ntwo 三\nfour</p>"));
}

#[test]
fn texts_of_front_matter_are_set_as_bodies_are() {
    let site = site_in("en")
        .file("content/essays/a.md", "---\ntitle: \"Why `fsync` lies -- and *don't*...\"\ndate: 2026-05-11\nsummary: A `sync` of <b>.\npatterns: lag\n---\nIt was [late](pattern:lag).\n")
        .essay("b", "patterns: lag\n", "See [[a]].")
        .file("content/pages/p.md", "---\ntitle: The `p` page\n---\nText.\n")
        .file("content/patterns/lag.md", "---\ndefinition: It comes *late*.\n---\n")
        .file("content/concepts/c.md", "---\nname: C\ndefinition: A `c`.\n---\n");
    site.build();
    let title = "Why <code>fsync</code> lies \u{2013} and <em>don\u{2019}t</em>\u{2026}";
    let essay = site.page("/essays/a/");
    assert!(essay.contains(&format!("<h1>{title}</h1>")), "{essay}");
    assert!(essay.contains("<title>Why fsync lies \u{2013} and don\u{2019}t\u{2026} · T</title>"));
    assert!(essay.contains("\"headline\":\"Why fsync lies \u{2013} and don\u{2019}t\u{2026}\""));
    assert!(essay.contains("title=\"It comes late.\""), "{essay}");
    let list = site.page("/essays/");
    assert!(
        list.contains(&format!(">{title}</a></h2>")) && list.contains("<p>A <code>sync</code> of &lt;b&gt;.</p>"),
        "{list}"
    );
    assert!(site.page("/p/").contains("<h1>The <code>p</code> page</h1>"));
    assert!(site.page("/patterns/lag/").contains("<p class=\"nf-lead\">It comes <em>late</em>.</p>"));
    let feed = site.page("/feed.xml");
    assert!(feed.contains("<title type=\"html\">Why &lt;code&gt;fsync&lt;/code&gt;"), "{feed}");
    let summary = "A &lt;code&gt;sync&lt;/code&gt; of &amp;lt;b&amp;gt;.";
    assert!(feed.contains(&format!("<summary type=\"html\">{summary}</summary>")), "{feed}");
    assert!(feed.contains("<summary>See a.</summary>"), "{feed}");
    assert!(site.page("/feed.json").contains("\"summary\":\"A sync of <b>.\""));
    let feed = site.page("/patterns/lag/feed.xml");
    assert!(feed.contains("<subtitle type=\"html\">It comes &lt;em&gt;late&lt;/em&gt;.</subtitle>"), "{feed}");
    assert!(
        feed.contains(&format!(
            "<summary type=\"html\">&lt;p&gt;“It was late.”&lt;/p&gt;\n&lt;p&gt;{summary}&lt;/p&gt;</summary>"
        )),
        "{feed}"
    );
    assert!(site.page("/data/essays.json").contains("\"Why fsync lies \u{2013} and don\u{2019}t\u{2026}\""));
}
