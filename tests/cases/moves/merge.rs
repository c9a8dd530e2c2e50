//! One text becomes part of another: nothing that it said is lost, and whatever named it names the other.

use ninefold::moves;

use super::{changed, made};
use crate::support::{TestSite, files};

fn merged(site: &TestSite, from: &str, into: &str) -> String {
    made(site, |project| {
        let name = |text: &str| moves::find(project, text).map_err(|fault| vec![fault]);
        moves::merge(project, &name(from)?, &name(into)?)
    })
}

#[test]
fn a_concept_becomes_part_of_another() {
    let site = TestSite::new()
        .file(
            "content/concepts/spare.md",
            "---\nname: Spare room\ndefinition: Room that is not used yet.\naliases: [headroom, /concepts/room/]\n\
             related: [slack, third]\ncues:\n  - \"room, to spare\"\nreference: Somebody\n---\n\n## Use\n\nIt is [used](#use).\n",
        )
        .file("content/concepts/slack.md", "---\nname: Slack\ndefinition: Time left.\nrelated: [spare]\ncues: [slack time]\n---\n\n## Use\n")
        .concept("third", "Something else.")
        .essay("a", "concepts: [slack, spare]", "It had [room](concept:spare), see [its use](concept:spare#use) and [[Spare room]].")
        .essay("b", "concepts:\n  - spare\n  - slack", "See [it](/concepts/spare/) and [it](/concepts/room/).");
    let diff = merged(&site, "spare", "slack");
    insta::assert_snapshot!(changed(&diff), @r#"
    -related: [spare]
    -cues: [slack time]
    +related: [third]
    +cues: [slack time, "room, to spare"]
    +aliases: [Spare room, headroom, /concepts/spare/, /concepts/room/]
    +reference: Somebody
    +
    +## Use
    +
    +It is [used](#use-2).
    -name: Spare room
    -definition: Room that is not used yet.
    -aliases: [headroom, /concepts/room/]
    -related: [slack, third]
    -cues:
    -  - "room, to spare"
    -reference: Somebody
    -
    -## Use
    -
    -It is [used](#use).
    -concepts: [slack, spare]
    +concepts: [slack]
    -It had [room](concept:spare), see [its use](concept:spare#use) and [[Spare room]].
    +It had [room](concept:slack), see [its use](concept:slack#use-2) and [[slack]].
    -  - spare
    -See [it](/concepts/spare/) and [it](/concepts/room/).
    +See [it](/concepts/slack/) and [it](/concepts/room/).
    "#);
    let built = site.build();
    assert!(built.diagnostics.iter().all(|fault| !fault.is_error()));
    for old in ["/concepts/spare/", "/concepts/room/"] {
        assert!(site.page(old).contains("/concepts/slack/"), "{old}");
    }
}

#[test]
fn a_record_becomes_part_of_another() {
    let site = TestSite::new()
        .incident(
            "slow",
            "title: Slow\nimpact: Some pages were slow.\nsources:\n  - {key: st, kind: status-page, title: Status, url: \"https://e.example/s\"}\n\
             timeline:\n  - at: \"2026-04-01T10:00Z\"\n    text: \"It began: slowly.\"\n    source: st\nrelated:\n  - {id: slower, type: similar}\npatterns: [lag]",
        )
        .incident("slower", "title: Slower\nsources:\n  - {key: pm, kind: report, title: Report}\npatterns: [saturation]")
        .incident("third", "title: Third\nrelated: [{id: slow, type: contrast}]")
        .essay("a", "incidents: [slow]", "It was [late](pattern:lag?in=slow,slower), at [once](incident:slow).");
    let diff = merged(&site, "slow", "slower");
    insta::assert_snapshot!(changed(&diff), @r#"
    -incidents: [slow]
    +incidents: [slower]
    -It was [late](pattern:lag?in=slow,slower), at [once](incident:slow).
    +It was [late](pattern:lag?in=slower), at [once](incident:slower).
    -title: Slow
    -impact: Some pages were slow.
    -sources:
    -  - {key: st, kind: status-page, title: Status, url: "https://e.example/s"}
    -timeline:
    -  - at: "2026-04-01T10:00Z"
    -    text: "It began: slowly."
    -    source: st
    -related:
    -  - {id: slower, type: similar}
    -patterns: [lag]
    -patterns: [saturation]
    +  - {key: st, kind: status-page, title: Status, url: https://e.example/s}
    +patterns: [saturation, lag]
    +timeline: [{at: 2026-04-01T10:00Z, text: "It began: slowly.", source: st}]
    +aliases: [/incidents/slow/]
    +impact: Some pages were slow.
    -related: [{id: slow, type: contrast}]
    +related: [{id: slower, type: contrast}]
    "#);
    site.build();
}

#[test]
fn an_essay_becomes_part_of_another() {
    let site = TestSite::new()
        .essay("a", "patterns: [lag]", "## Limits\n\nIt came [too late](pattern:lag).[^a]\n\n[^a]: A note.")
        .essay(
            "b",
            "patterns: [saturation]",
            "## Limits\n\nIt was [full](pattern:saturation), see [there](a.md#limits).",
        )
        .essay("c", "", "See [it](a.md#limits), [it](a.md#passage-too-late) and [that](b.md#limits).");
    let diff = merged(&site, "a", "b");
    insta::assert_snapshot!(changed(&diff), @r#"
    -title: "a"
    -date: 2026-05-01
    -patterns: [lag]
    -
    -## Limits
    -
    -It came [too late](pattern:lag).[^a]
    -
    -[^a]: A note.
    -patterns: [saturation]
    +patterns: [saturation, lag]
    +aliases: [/essays/a/]
    -It was [full](pattern:saturation), see [there](a.md#limits).
    +It was [full](pattern:saturation), see [there](b.md#limits-2).
    +
    +## Limits
    +
    +It came [too late](pattern:lag).[^a]
    +
    +[^a]: A note.
    -See [it](a.md#limits), [it](a.md#passage-too-late) and [that](b.md#limits).
    +See [it](b.md#limits-2), [it](b.md#passage-too-late) and [that](b.md#limits).
    "#);
    site.build();
}

#[test]
fn what_cannot_become_one_says_why() {
    let site = TestSite::new()
        .concept("spare", "Room.")
        .concept("both", "C.")
        .incident("both", "title: Both")
        .incident("slow", "title: Slow\nsources:\n  - {key: st, kind: report, title: One}")
        .incident("late", "title: Late\nsources:\n  - {key: st, kind: report, title: Other}")
        .essay("a", "", "Words.[^n]\n\n[^n]: One.")
        .essay("b", "", "Words.[^n]\n\n[^n]: Other.")
        .essay("c", "", "[Words][l].\n\n[l]: https://e.example/one")
        .essay("d", "", "[Words][l].\n\n[l]: https://e.example/other")
        .file("content/essays/e/index.md", crate::support::essay("E", "", "Words."))
        .file("content/essays/e/data.csv", "a,b\n");
    let before = files(site.root());
    let cases = [
        ("spare", "slow"),
        ("spare", "spare"),
        ("spare", "both"),
        ("spare", "florescence"),
        ("florescence", "spare"),
        ("slow", "late"),
        ("a", "b"),
        ("c", "d"),
        ("e", "a"),
        ("spate", "spare"),
    ];
    let said: String = cases.iter().map(|(from, into)| merged(&site, from, into)).collect();
    insta::assert_snapshot!(said, @r"
    error[refused-change]: `spare` is a concept, and `slow` an incident
     |
     = help: only texts of one kind become one

    error[refused-change]: `spare` can't become part of itself

    error[refused-change]: `both` is the name of 2 texts
     |
     = help: write one of `concept:both`, `incident:both`

    error[refused-change]: the concept `florescence` comes with the program
     |
     = help: write one of your own with `ninefold new concept NAME`, and tag essays with that

    error[refused-change]: the concept `florescence` comes with the program
     |
     = help: write one of your own with `ninefold new concept NAME`, and tag essays with that

    error[refused-change]: both records have a source `st`, and not the same
    --> content/incidents/slow.md
     = help: give it another `key` in one of them, where its entries name it too

    error[refused-change]: both texts have a note `[^n]`
    --> content/essays/a.md
     = help: give it another label in one of them

    error[refused-change]: the words of `content/essays/c.md` would mean something else below those of `content/essays/d.md`
    --> content/essays/c.md
     = help: look at what its text begins with, at the end of the other, and at labels of links that both define

    error[refused-change]: `content/essays/e/index.md` has files beside it: `content/essays/e/data.csv`
    --> content/essays/e/index.md
     = help: move them to the other text, or to `content/static/`, first

    error[refused-change]: no concept, incident or essay is named `spate`
     |
     = help: did you mean `spare`?
    ");
    assert_eq!(files(site.root()), before);
}
