//! Every form in which a text can name another follows, and no other byte changes.

use ninefold::model::SourceKind;

use super::{changed, renamed};
use crate::support::TestSite;

fn site() -> TestSite {
    TestSite::new()
        .concept("spare", "Room that is not used yet.")
        .concept("other", "Something else.")
        .incident("slow-2026", "title: Slow pages\nconcepts: [spare]\nheld:\n  - {text: Spare room., concept: 'spare'}")
        .incident("later-2026", "title: Later\nrelated:\n  - {id: slow-2026, type: sequel}\n  - other-2026")
        .incident("other-2026", "title: Other")
        .file("content/concepts/third.md", "---\nname: Third\ndefinition: D.\nrelated: [other, \"spare\"] # why\n---\n")
}

#[test]
fn a_concept_is_followed_wherever_it_is_named() {
    let body = "It had [room](concept:spare?in=slow-2026#nf-definition \"spare\"), [more][s] and [none](<concept:spare?not>).\n\n\
                See [it](../concepts/spare.md), [it](/concepts/spare/), [it](https://example.org/concepts/spare), [[spare]],\n\
                [[concepts/spare|the spare one]] and <a href='concept:spare'>it</a>. The word spare stays, `concept:spare` too.\n\n\
                ## Spare {#spare concept=spare}\n\nWords.\n\n[s]: concept:spare\n";
    let site = site().essay("a", "concepts:\r\n- other\r\n- spare", body);
    let diff = renamed(&site, SourceKind::Concept, "spare", "slack");
    insta::assert_snapshot!(changed(&diff), @r#"
    rename from content/concepts/spare.md
    rename to content/concepts/slack.md
    +aliases: [/concepts/spare/]
    +feed_id: https://example.org/concepts/spare
    -related: [other, "spare"] # why
    +related: [other, "slack"] # why
    -- spare
    +- slack
    -It had [room](concept:spare?in=slow-2026#nf-definition "spare"), [more][s] and [none](<concept:spare?not>).
    +It had [room](concept:slack?in=slow-2026#nf-definition "spare"), [more][s] and [none](<concept:slack?not>).
    -See [it](../concepts/spare.md), [it](/concepts/spare/), [it](https://example.org/concepts/spare), [[spare]],
    +See [it](../concepts/slack.md), [it](/concepts/slack/), [it](https://example.org/concepts/slack), [[slack]],
    -[[concepts/spare|the spare one]] and <a href='concept:spare'>it</a>. The word spare stays, `concept:spare` too.
    +[[concepts/slack|the spare one]] and <a href='concept:slack'>it</a>. The word spare stays, `concept:spare` too.
    -## Spare {#spare concept=spare}
    +## Spare {#spare concept=slack}
    -[s]: concept:spare
    +[s]: concept:slack
    -concepts: [spare]
    +concepts: [slack]
    -  - {text: Spare room., concept: 'spare'}
    +  - {text: Spare room., concept: 'slack'}
    "#);
    site.build();
}

#[test]
fn an_incident_is_followed_wherever_it_is_named() {
    let body = "It was [late](pattern:lag?in=other-2026,slow-2026&not), as in [the one](incident:slow-2026#top).\n\n\
                ## One {incident=slow-2026,later-2026 pattern=lag}\n\nWords on [both](/incidents/later-2026/with/slow-2026/),\n\
                [the feed](/incidents/slow-2026/feed.xml).\n\n## Two {pattern=tempos incident=slow-2026}\n\nWords.\n";
    let site = site().essay("a", "incidents: slow-2026, later-2026", body);
    let diff = renamed(&site, SourceKind::Incident, "slow-2026", "slow-pages");
    insta::assert_snapshot!(changed(&diff), @r"
    -incidents: slow-2026, later-2026
    +incidents: slow-pages, later-2026
    -It was [late](pattern:lag?in=other-2026,slow-2026&not), as in [the one](incident:slow-2026#top).
    +It was [late](pattern:lag?in=other-2026,slow-pages&not), as in [the one](incident:slow-pages#top).
    -## One {incident=slow-2026,later-2026 pattern=lag}
    +## One {incident=slow-pages,later-2026 pattern=lag}
    -Words on [both](/incidents/later-2026/with/slow-2026/),
    +Words on [both](/incidents/later-2026/with/slow-pages/),
    -[the feed](/incidents/slow-2026/feed.xml).
    +[the feed](/incidents/slow-pages/feed.xml).
    -## Two {pattern=tempos incident=slow-2026}
    +## Two {pattern=tempos incident=slow-pages}
    -  - {id: slow-2026, type: sequel}
    +  - {id: slow-pages, type: sequel}
    rename from content/incidents/slow-2026.md
    rename to content/incidents/slow-pages.md
    +aliases: [/incidents/slow-2026/]
    +feed_id: https://example.org/incidents/slow-2026
    ");
    site.build();
}

#[test]
fn an_essay_is_followed_with_its_folder_and_what_stands_in_it() {
    let picture = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 8 8\"/>";
    let site = site()
        .file("content/essays/ports/index.md", crate::support::essay("Ports", "image: p.svg", "![A drawing](p.svg) and [itself](../ports/#x), [b](../b.md).\n\n## X"))
        .file("content/essays/ports/p.svg", picture)
        .essay("b", "", "See [it](ports/), [it](./ports/index.md#x), [it](ports.md), [[ports#X|x]], [[Ports]].\n\n![[ports]]\n\n![P](ports/p.svg) and ![P](/essays/ports/p.svg)")
        .file("content/pages/about.md", "---\ntitle: About\n---\n\n<img src=\"../essays/ports/p.svg\" alt=\"P\">\n")
        .file("content/site.yaml", "title: Test\nbase_url: https://example.org\nsearch: false\nmenu:\n  - {title: Ports, url: \"/essays/ports/#x\"}\n")
        .file("content/known-faults.yaml", "- {code: missing-alt, file: \"content/essays/ports/index.md\"}\n");
    let diff = renamed(&site, SourceKind::Essay, "ports", "out-of-ports");
    insta::assert_snapshot!(changed(&diff), @r#"
    -See [it](ports/), [it](./ports/index.md#x), [it](ports.md), [[ports#X|x]], [[Ports]].
    +See [it](out-of-ports/), [it](./out-of-ports/index.md#x), [it](out-of-ports.md), [[out-of-ports#X|x]], [[Ports]].
    -![[ports]]
    +![[out-of-ports]]
    -![P](ports/p.svg) and ![P](/essays/ports/p.svg)
    +![P](out-of-ports/p.svg) and ![P](/essays/out-of-ports/p.svg)
    rename from content/essays/ports/index.md
    rename to content/essays/out-of-ports/index.md
    +aliases: [/essays/ports/]
    +feed_id: https://example.org/essays/ports/
    -![A drawing](p.svg) and [itself](../ports/#x), [b](../b.md).
    +![A drawing](p.svg) and [itself](../out-of-ports/#x), [b](../b.md).
    -- {code: missing-alt, file: "content/essays/ports/index.md"}
    +- {code: missing-alt, file: "content/essays/out-of-ports/index.md"}
    -<img src="../essays/ports/p.svg" alt="P">
    +<img src="../essays/out-of-ports/p.svg" alt="P">
    -  - {title: Ports, url: "/essays/ports/#x"}
    +  - {title: Ports, url: "/essays/out-of-ports/#x"}
    # folder content/essays/ports is content/essays/out-of-ports then
    "#);
    site.build();
    assert!(site.root().join("content/essays/out-of-ports/p.svg").is_file());
}

#[test]
fn a_draft_leaves_nothing_behind() {
    let site = TestSite::new().essay("a", "draft: true", "Words.").essay("b", "draft: true", "See [it](a.md).").all();
    let diff = renamed(&site, SourceKind::Essay, "a", "c");
    insta::assert_snapshot!(changed(&diff), @r"
    rename from content/essays/a.md
    rename to content/essays/c.md
    -See [it](a.md).
    +See [it](c.md).
    ");
}

#[test]
fn a_place_that_is_not_there_does_not_hide_the_page() {
    let site = TestSite::new().concept("spare", "Room.").essay(
        "a",
        "",
        "See [it](../concepts/spare.md#x), [it](concept:spare#x), [it](/concepts/spare/#x) and [[spare#x]].",
    );
    let diff = renamed(&site, SourceKind::Concept, "spare", "slack");
    insta::assert_snapshot!(changed(&diff), @r"
    rename from content/concepts/spare.md
    rename to content/concepts/slack.md
    +aliases: [/concepts/spare/]
    +feed_id: https://example.org/concepts/spare
    -See [it](../concepts/spare.md#x), [it](concept:spare#x), [it](/concepts/spare/#x) and [[spare#x]].
    +See [it](../concepts/slack.md#x), [it](concept:slack#x), [it](/concepts/slack/#x) and [[slack#x]].
    ");
}
