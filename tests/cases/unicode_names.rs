//! Names match in whatever form of Unicode they are written, on both sides.

use crate::support::TestSite;

/// Letters with their accents as characters of their own, as some disks and keyboards write them.
fn apart(text: &str) -> String {
    text.replace('é', "e\u{301}").replace('ü', "u\u{308}")
}

#[test]
fn links_wikilinks_anchors_and_tags_match_however_accents_are_written() {
    let body = "[a](café.md) [[café]] [[Café Müller]] [c](/essays/café/) [d](café.md#über) [e](caf%C3%A9.md#%C3%BCber) \
                [f](concept:thé) [g](incident:été-2026) <a href=\"café.md#zü\">h</a> [i](#hü)\n\n## H {#hü concept=thé}";
    let target = "## Über {#über}\n\n<b id=\"zü\">z</b>";
    for (text, other) in
        [(apart(body), target.to_owned()), (body.to_owned(), apart(target)), (apart(body), apart(target))]
    {
        for name in ["café".to_owned(), apart("café")] {
            let title = apart("Café Müller");
            let site = TestSite::new()
                .file(
                    &format!("content/essays/{name}.md"),
                    format!("---\ntitle: {title}\ndate: 2026-05-11\n---\n{other}\n"),
                )
                .file(&format!("content/concepts/{}.md", apart("thé")), "---\nname: C\ndefinition: D.\n---\n")
                .file(&format!("content/incidents/{}-2026.md", apart("été")), "---\ntitle: I\n---\n")
                .essay("b", &apart("concepts: [thé]\nincidents: [été-2026]"), &text);
            assert_eq!(site.said(), "", "{name:?} {text:?}");
            let page = site.body("/essays/b/");
            assert!(page.contains("#über\"") || page.contains("#%C3%BCber\""), "{page}");
            let target = site.page("/essays/café/");
            assert!(target.contains("id=\"über\"") && target.contains("id=\"zü\""), "{target}");
        }
    }
}
