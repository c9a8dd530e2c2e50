//! Headings get other words: links follow, and ids stay where others may link to them.

use ninefold::model::SourcePath;
use ninefold::moves;

use super::{changed, made};
use crate::support::TestSite;

fn heading(site: &TestSite, of: &str, words: &str) -> String {
    let (path, id) = of.split_once('#').expect("an id");
    made(site, |project| moves::rename_heading(project, &SourcePath::new(path), id, words))
}

#[test]
fn a_heading_that_is_published_keeps_its_id() {
    let site = TestSite::new()
        .essay("a", "", "## *Limits* of it\n\nWords, [see](#limits-of-it).\n\n## Other {pattern=lag}\n\nWords.")
        .essay("b", "", "See [it](a.md#limits-of-it), [[a#Limits of it]] and [that](a.md#Other).");
    let first = heading(&site, "content/essays/a.md#limits-of-it", "Where it *ends*");
    let second = heading(&site, "content/essays/a.md#other", "Another one");
    insta::assert_snapshot!(format!("{}\n{}", changed(&first), changed(&second)), @r"
    -## *Limits* of it
    +## Where it *ends* {#limits-of-it}
    -See [it](a.md#limits-of-it), [[a#Limits of it]] and [that](a.md#Other).
    +See [it](a.md#limits-of-it), [[a#Where it ends]] and [that](a.md#Other).

    -## Other {pattern=lag}
    +## Another one {#other pattern=lag}
    -See [it](a.md#limits-of-it), [[a#Where it ends]] and [that](a.md#Other).
    +See [it](a.md#limits-of-it), [[a#Where it ends]] and [that](a.md#other).
    ");
    site.build();
}

#[test]
fn links_follow_a_heading_that_nobody_can_know() {
    let site = TestSite::new()
        .essay(
            "a",
            "draft: true",
            "## Limits\n\n[Here](#limits).\n\n## Limits\n\n[Below](#limits-2).\n\nUnder\n-----\n\nIt.",
        )
        .essay("b", "draft: true", "See [it](a.md#limits?), [it](a.md#limits-2) and <a href=\"a.md#limits\">it</a>.")
        .all();
    let first = heading(&site, "content/essays/a.md#limits", "Ends");
    let second = heading(&site, "content/essays/a.md#under", "Over");
    insta::assert_snapshot!(format!("{}\n{}", changed(&first), changed(&second)), @r#"
    -## Limits
    +## Ends
    -[Here](#limits).
    +[Here](#ends).
    -[Below](#limits-2).
    +[Below](#limits).
    -See [it](a.md#limits?), [it](a.md#limits-2) and <a href="a.md#limits">it</a>.
    +See [it](a.md#ends), [it](a.md#limits) and <a href="a.md#ends">it</a>.

    -Under
    +Over
    "#);
    site.build();
}

#[test]
fn what_is_no_heading_says_why() {
    let site = TestSite::new().essay("a", "", "## Limits\n\nWords.\n\n<h2 id=\"raw\">Raw</h2>");
    let said = [("#limit", "X"), ("#limits", " "), ("#raw", "X"), ("#limits", "a\nb")]
        .map(|(id, words)| heading(&site, &format!("content/essays/a.md{id}"), words));
    insta::assert_snapshot!(said.concat(), @r#"
    error[refused-change]: `content/essays/a.md` has no heading `#limit`
    --> content/essays/a.md
     = help: did you mean `#limits`?

    error[refused-change]: a heading has words, all in one line

    error[refused-change]: this heading is written in HTML
      --> content/essays/a.md:10:1
       |
    10 | <h2 id="raw">Raw</h2>
       | ^^^^^^^^^^^^^
       |
       = help: change its words where it stands

    error[refused-change]: a heading has words, all in one line
    "#);
}
