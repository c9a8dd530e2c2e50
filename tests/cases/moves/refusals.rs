//! What can't be renamed is refused in words, and nothing changes.

use ninefold::model::SourceKind::{self, Concept, Essay, Incident, Pattern};

use super::renamed;
use crate::support::{TestSite, files};

#[test]
fn what_cannot_be_renamed_says_why() {
    let site = TestSite::new()
        .concept("spare", "Room.")
        .concept("other", "Something else.")
        .concept("etto", "Own words for the program's.")
        .essay("a", "", "See [it](/essays/b/).")
        .essay("b", "", "Words.")
        .essay("c", "url: /essays/d/", "Words.")
        .file("content/essays/e/p.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>")
        .file("content/essays/broken.md", "---\ntitle: [\n---\n")
        .file("content/concepts/third.md", "---\nname: Third\ndefinition: D.\nrelated: &r [spare]\n---\n")
        .file("content/concepts/fourth.md", "---\nname: Fourth\ndefinition: D.\naliases: \"a: b\"\n---\n");
    let before = files(site.root());
    let cases: [(SourceKind, &str, &str); 12] = [
        (Concept, "spate", "slack"),
        (Concept, "spare", "spare"),
        (Concept, "spare", "other"),
        (Concept, "spare", "Slack Room"),
        (Concept, "spare", "florescence"),
        (Concept, "florescence", "flower"),
        (Concept, "etto", "trade-off"),
        (Pattern, "lag", "delay"),
        (Essay, "a", "d"),
        (Essay, "a", "other/b"),
        (Essay, "broken", "mended"),
        (Incident, "slow", "fast"),
    ];
    let said: String = cases.iter().map(|(kind, old, new)| renamed(&site, *kind, old, new)).collect();
    insta::assert_snapshot!(said, @r"
    error[refused-change]: there is no concept `spate`
     |
     = help: did you mean `spare`?

    error[refused-change]: `spare` is the name of this concept already

    error[refused-change]: there is a concept `other` already: `content/concepts/other.md`
     |
     = help: choose another name, or `ninefold merge` the two

    error[refused-change]: `Slack Room` can't be a name: it holds a space
     |
     = help: write `slack-room`

    error[refused-change]: the program brings a concept `florescence`
     |
     = help: choose another name

    error[refused-change]: the concept `florescence` comes with the program
     |
     = help: write one of your own with `ninefold new concept NAME`, and tag essays with that

    error[refused-change]: the program brings a concept `etto`, which yours stands before
    --> content/concepts/etto.md
     = help: write one of another name, and tag essays with that

    error[refused-change]: `lag` is one of the nine patterns, which have the same names on every site
     |
     = help: readers see the `name` in `content/patterns/lag.md`: write that

    error[refused-change]: the address `/essays/d/` is taken by the page of `content/essays/c.md`
     |
     = help: choose another name

    error[refused-change]: `other/b` is in another folder than `a`
     |
     = help: write the new name without folders; to put a file elsewhere, move it and mend what `ninefold check` says

    error[refused-change]: the front matter of `content/essays/broken.md` can't be read
    --> content/essays/broken.md
     = help: mend it first: `ninefold check` says what is wrong

    error[refused-change]: there is no incident `slow`
    ");
    assert_eq!(files(site.root()), before);
}
