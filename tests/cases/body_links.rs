//! What the links and pictures of a body become: references, paths, wikilinks, pages elsewhere, below any base.

use super::bodies::body;
use crate::support::TestSite;

/// A site with something of each kind to link to, and an essay `a` with this body.
pub fn site(markdown: &str) -> TestSite {
    TestSite::new()
        .essay("a", "", markdown)
        .essay("bee", "slug: b", "## Limits\n\nOf [ports](pattern:saturation).")
        .file(
            "content/essays/c/index.md",
            crate::support::essay("Sea & shore", "", "![Map](map.svg) [the map](map.svg)"),
        )
        .file("content/essays/c/map.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>")
        .file("content/pages/about.md", "---\ntitle: About\n---\n\n## Us\n")
        .file("content/pages/guide/index.md", "---\ntitle: Guide\n---\n\nWords.\n")
        .file("content/static/plans/a b.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>")
        .incident("ports-2026", "title: Ports, May 2026")
}

/// The body of that essay, a link or picture a line.
fn links(site: &TestSite) -> String {
    site.build();
    site.body("/essays/a/")
}

const REFERENCES: &str = "\
[pattern](pattern:lag)
[concept](concept:florescence)
[incident](incident:ports-2026)
[file](bee.md)
[its section](bee.md#limits)
[its passage](bee.md#passage-ports)
[here](#own)
[folder](c/index.md)
[folder again](c/)
[page](../pages/about.md#us)
[index](../pages/guide/)
[no such file, but one of the nine](../patterns/lag.md)
[path](/essays/b/#limits)
[no slash](/about)
[list](/essays/)
[feed](/feed.xml)
[static](/plans/a%20b.svg)
[beside](c/map.svg \"A map\")
![picture](/plans/a%20b.svg)
![its picture](c/map.svg)

## Own";

#[test]
fn every_way_to_name_something_leads_there() {
    insta::assert_snapshot!(links(&site(REFERENCES)), @r##"
    <p><a class="nf-ref nf-pattern" href="/patterns/lag/" id="passage-pattern">pattern</a>
    <a class="nf-ref nf-concept" href="/concepts/florescence/" id="passage-concept">concept</a>
    <a class="nf-ref nf-incident" href="/incidents/ports-2026/">incident</a>
    <a class="nf-ref nf-essay" href="/essays/b/">file</a>
    <a class="nf-ref nf-essay" href="/essays/b/#limits">its section</a>
    <a class="nf-ref nf-essay" href="/essays/b/#passage-ports">its passage</a>
    <a href="#own">here</a>
    <a class="nf-ref nf-essay" href="/essays/c/">folder</a>
    <a class="nf-ref nf-essay" href="/essays/c/">folder again</a>
    <a class="nf-ref nf-page" href="/about/#us">page</a>
    <a class="nf-ref nf-page" href="/guide/">index</a>
    <a class="nf-ref nf-pattern" href="/patterns/lag/">no such file, but one of the nine</a>
    <a class="nf-ref nf-essay" href="/essays/b/#limits">path</a>
    <a class="nf-ref nf-page" href="/about/">no slash</a>
    <a class="nf-ref nf-page" href="/essays/">list</a>
    <a class="nf-ref nf-page" href="/feed.xml">feed</a>
    <a class="nf-ref nf-file" href="/plans/a%20b.svg">static</a>
    <a class="nf-ref nf-file" href="/essays/c/map.svg" title="A map">beside</a>
    <img src="/plans/a%20b.svg" alt="picture" loading="lazy" decoding="async" />
    <img src="/essays/c/map.svg" alt="its picture" loading="lazy" decoding="async" /></p>
    <h2 id="own">Own</h2>
    "##);
}

#[test]
fn links_stand_below_the_path_of_the_base() {
    let below = site(REFERENCES).file("content/site.yaml", "title: Test\nbase_url: https://name.github.io/essays/\n");
    let at_root = links(&site(REFERENCES));
    let expected = at_root.replace("href=\"/", "href=\"/essays/").replace("src=\"/", "src=\"/essays/");
    assert_eq!(links(&below), expected);
    assert!(expected.contains("href=\"/essays/essays/b/#limits\""));
}

#[test]
fn pictures_beside_an_essay_go_where_its_page_is() {
    let site = site("Text.");
    site.build();
    insta::assert_snapshot!(site.body("/essays/c/"), @r#"<p><img src="/essays/c/map.svg" alt="Map" loading="lazy" decoding="async" /> <a class="nf-ref nf-file" href="/essays/c/map.svg">the map</a></p>"#);
    assert!(site.out().join("essays/c/map.svg").is_file());
}

#[test]
fn links_that_leave_are_as_written() {
    let text = "\
[out](https://example.com/a?b=c&d#e \"The *title*\")
<https://example.com/%20>
<ada@example.com>
[mail](mailto:ada@example.com)
[phone](tel:+441234)
[no scheme](//cdn.example/x)
[upper](HTTPS://Example.com/)
[by label][label] and [Label]
![far](https://example.com/x.svg)

[label]: https://example.com/label 'Its \"title\"'";
    insta::assert_snapshot!(body(text), @r#"
    <p><a href="https://example.com/a?b=c&amp;d#e" title="The *title*">out</a>
    <a href="https://example.com/%20">https://example.com/%20</a>
    <a href="mailto:ada@example.com">ada@example.com</a>
    <a href="mailto:ada@example.com">mail</a>
    <a href="tel:+441234">phone</a>
    <a href="//cdn.example/x">no scheme</a>
    <a href="HTTPS://Example.com/">upper</a>
    <a href="https://example.com/label" title="Its &quot;title&quot;">by label</a> and <a href="https://example.com/label" title="Its &quot;title&quot;">Label</a>
    <img src="https://example.com/x.svg" alt="far" /></p>
    "#);
}

#[test]
fn a_wikilink_shows_the_title_or_its_own_words() {
    let text = "\
[[bee]]
[[bee|the *bee*]]
[[bee#limits]]
[[bee#passage-ports|the ports]]
[[Sea & Shore]]
[[Ports, May 2026]]
[[pages/about]]
[[about#us]]
[[#own]]
[[#own|below]]
![[c/map.svg]]
![[c/map.svg|The *map*]]

## Own";
    insta::assert_snapshot!(links(&site(text)), @r##"
    <p><a class="nf-ref nf-essay" href="/essays/b/">bee</a>
    <a class="nf-ref nf-essay" href="/essays/b/">the <em>bee</em></a>
    <a class="nf-ref nf-essay" href="/essays/b/#limits">Limits</a>
    <a class="nf-ref nf-essay" href="/essays/b/#passage-ports">the ports</a>
    <a class="nf-ref nf-essay" href="/essays/c/">Sea &amp; shore</a>
    <a class="nf-ref nf-incident" href="/incidents/ports-2026/">Ports, May 2026</a>
    <a class="nf-ref nf-page" href="/about/">About</a>
    <a class="nf-ref nf-page" href="/about/#us">Us</a>
    <a class="nf-ref nf-here" href="#own">Own</a>
    <a href="#own">below</a>
    <img src="/essays/c/map.svg" alt="c/map.svg" loading="lazy" decoding="async" />
    <img src="/essays/c/map.svg" alt="The map" loading="lazy" decoding="async" /></p>
    <h2 id="own">Own</h2>
    "##);
}

#[test]
fn a_link_that_marks_carries_the_id_of_its_passage() {
    let text = "\
It [ran *out* of ports](pattern:saturation \"All of them\"), and [people](concept:florescence) ran too.

- [ran out of ports](pattern:saturation) again

> [later](pattern:lag)

| [in a row](pattern:lag) |
|---|
| [ran](../patterns/lag.md) |";
    insta::assert_snapshot!(body(text), @r#"
    <p>It <a class="nf-ref nf-pattern" href="/patterns/saturation/" id="passage-ran-out-of-ports-it-ran-out-of" title="All of them">ran <em>out</em> of ports</a>, and <a class="nf-ref nf-concept" href="/concepts/florescence/" id="passage-people">people</a> ran too.</p>
    <ul>
    <li><a class="nf-ref nf-pattern" href="/patterns/saturation/" id="passage-ran-out-of-ports-ran-out-of-ports">ran out of ports</a> again</li>
    </ul>
    <blockquote>
    <p><a class="nf-ref nf-pattern" href="/patterns/lag/" id="passage-later">later</a></p>
    </blockquote>
    <div class="nf-table" tabindex="0" role="region" aria-label="Table">
    <table><thead><tr><th><a class="nf-ref nf-pattern" href="/patterns/lag/" id="passage-in-a-row">in a row</a></th></tr></thead><tbody>
    <tr><td><a class="nf-ref nf-pattern" href="/patterns/lag/">ran</a></td></tr>
    </tbody></table>
    </div>
    "#);
}

#[test]
fn a_feed_has_whole_addresses() {
    let site = TestSite::new().file("content/static/x.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>").essay(
        "a",
        "",
        "[lag](pattern:lag) [here](#own) [list](/essays/) ![x](/x.svg) [out](https://example.com/) Note.[^1]\n\n## Own\n\n[^1]: It.",
    )
    .file("content/site.yaml", "title: Test\nbase_url: https://name.github.io/essays/\n");
    site.build();
    let feed: serde_json::Value = serde_json::from_str(&site.page("/feed.json")).expect("a feed");
    insta::assert_snapshot!(feed["items"][0]["content_html"].as_str().expect("a text"), @r#"
    <p><a class="nf-ref nf-pattern" href="https://name.github.io/essays/patterns/lag/" id="passage-lag">lag</a> <a href="https://name.github.io/essays/essays/a/#own">here</a> <a class="nf-ref nf-page" href="https://name.github.io/essays/essays/">list</a> <img src="https://name.github.io/essays/x.svg" alt="x" /> <a href="https://example.com/">out</a> Note.<sup class="nf-noteref"><a href="https://name.github.io/essays/essays/a/#nf-fn-1" id="nf-fnref-1" aria-label="Note 1">1</a></sup></p>
    <h2 id="own">Own</h2>
    <section class="nf-notes" aria-label="Notes">
    <ol>
    <li id="nf-fn-1">
    <p>It. <a class="nf-noteback" href="https://name.github.io/essays/essays/a/#nf-fnref-1" aria-label="Back to the text">↩︎</a></p>
    </li>
    </ol>
    </section>
    "#);
}

#[test]
fn nothing_leaves_its_attribute() {
    let site = TestSite::new().file("content/pages/b.md", "---\ntitle: 'B \" onclick=\"x'\n---\n").essay(
        "a",
        "",
        "\
[a](https://example.com/\"onclick=\"x) [b](/essays/ 'b\" onclick=\"x') ![c\" onclick=\"x](https://example.com/c 'c\" onclick=\"x')

## D {#d\"onclick=\"x .e\"onclick=\"x}

```f\"onclick=\"x
```

```rust\"onclick=\"x
```

![g](https://example.com/ 'g\"><b onclick=\"x\">') [[b]] [h\" onclick=\"x](pattern:lag)",
    );
    site.build();
    let tags = super::html::tags(&site.body("/essays/a/"));
    let names: Vec<String> = tags.into_iter().flat_map(|tag| tag.attributes).map(|(name, _)| name).collect();
    assert!(names.iter().filter(|name| *name == "title").count() >= 2, "{names:?}");
    assert!(names.iter().all(|name| !name.contains("onclick")), "{names:?}");
}
