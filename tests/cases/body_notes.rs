//! Footnotes: numbers, ways back, and what is said of those that lead nowhere.

use super::bodies::{body, said};

#[test]
fn notes_are_numbered_by_first_use_with_a_way_back_from_each() {
    insta::assert_snapshot!(body("Two.[^b] One.[^a] Two again.[^b]\n\n[^a]: First *note*.\n[^b]: Second note."), @r##"
    <p>Two.<sup class="nf-noteref"><a href="#nf-fn-1" id="nf-fnref-1" aria-label="Note 1">1</a></sup> One.<sup class="nf-noteref"><a href="#nf-fn-2" id="nf-fnref-2" aria-label="Note 2">2</a></sup> Two again.<sup class="nf-noteref"><a href="#nf-fn-1" id="nf-fnref-1-2" aria-label="Note 1">1</a></sup></p>
    <section class="nf-notes" aria-label="Notes">
    <ol>
    <li id="nf-fn-1">
    <p>Second note. <a class="nf-noteback" href="#nf-fnref-1" aria-label="Back to the text">↩︎</a> <a class="nf-noteback" href="#nf-fnref-1-2" aria-label="Back to the text">↩︎</a></p>
    </li>
    <li id="nf-fn-2">
    <p>First <em>note</em>. <a class="nf-noteback" href="#nf-fnref-2" aria-label="Back to the text">↩︎</a></p>
    </li>
    </ol>
    </section>
    "##);
}

#[test]
fn a_note_may_refer_to_notes_and_hold_some() {
    let notes = "\
Text.[^outer]

[^outer]: Said before.[^inner]

    > Quoted.[^held]
    >
    > [^held]: Held in a quotation.
[^inner]: Meant.[^outer]";
    insta::assert_snapshot!(body(notes), @r##"
    <p>Text.<sup class="nf-noteref"><a href="#nf-fn-1" id="nf-fnref-1" aria-label="Note 1">1</a></sup></p>
    <section class="nf-notes" aria-label="Notes">
    <ol>
    <li id="nf-fn-1">
    <p>Said before.<sup class="nf-noteref"><a href="#nf-fn-2" id="nf-fnref-2" aria-label="Note 2">2</a></sup></p>
    <blockquote>
    <p>Quoted.<sup class="nf-noteref"><a href="#nf-fn-3" id="nf-fnref-3" aria-label="Note 3">3</a></sup></p>
    </blockquote>
    <p><a class="nf-noteback" href="#nf-fnref-1" aria-label="Back to the text">↩︎</a> <a class="nf-noteback" href="#nf-fnref-1-2" aria-label="Back to the text">↩︎</a></p>
    </li>
    <li id="nf-fn-2">
    <p>Meant.<sup class="nf-noteref"><a href="#nf-fn-1" id="nf-fnref-1-2" aria-label="Note 1">1</a></sup> <a class="nf-noteback" href="#nf-fnref-2" aria-label="Back to the text">↩︎</a></p>
    </li>
    <li id="nf-fn-3">
    <p>Held in a quotation. <a class="nf-noteback" href="#nf-fnref-3" aria-label="Back to the text">↩︎</a></p>
    </li>
    </ol>
    </section>
    "##);
}

#[test]
fn capitals_do_not_matter_in_the_label_of_a_note() {
    assert!(body("Text.[^Why]\n\n[^why]: Because.").contains("<li id=\"nf-fn-1\">\n<p>Because."));
}

#[test]
fn an_undefined_note_stays_as_written_and_is_warned_of() {
    let text = "Text[^gone], *[^too]*, but not \\[^this], `[^that]` or [^ these].";
    insta::assert_snapshot!(body(text), @"<p>Text[^gone], <em>[^too]</em>, but not [^this], <code>[^that]</code> or [^ these].</p>");
    insta::assert_snapshot!(said(text), @r#"
    warning[undefined-footnote]: the footnote `gone` is never defined
     --> content/essays/a.md:6:5
      |
    6 | Text[^gone], *[^too]*, but not \[^this], `[^that]` or [^ these].
      |     ^^^^^^^
      |
      = help: add a line `[^gone]: …`

    warning[undefined-footnote]: the footnote `too` is never defined
     --> content/essays/a.md:6:15
      |
    6 | Text[^gone], *[^too]*, but not \[^this], `[^that]` or [^ these].
      |               ^^^^^^
      |
      = help: add a line `[^too]: …`
    "#);
}

#[test]
fn a_note_that_is_not_shown_is_warned_of() {
    let text = "Text[^a].\n\n[^a]: Shown.\n\n[^b]: Never used.\n\n[^A]: Too late.";
    assert!(!body(text).contains("Never used") && !body(text).contains("Too late"));
    insta::assert_snapshot!(said(text), @r#"
    warning[unused-footnote]: the footnote `b` is never referred to, so it is not shown
      --> content/essays/a.md:10:1
       |
    10 | [^b]: Never used.
       | ^^^^
       |
       = help: refer to it with `[^b]`, or take it out

    warning[unused-footnote]: the footnote `A` is defined before, so this one is not shown
      --> content/essays/a.md:12:1
       |
    12 | [^A]: Too late.
       | ^^^^
       |
       = help: give this one a label of its own, or take it out
    "#);
    assert_eq!(body("Text.\n\n[^b]: Never used."), "<p>Text.</p>\n");
}
