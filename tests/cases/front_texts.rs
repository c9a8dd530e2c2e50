//! Front matter in the characters in which it was written.

use std::fs;

use crate::support::TestSite;

#[test]
fn what_yaml_takes_for_a_number_or_a_word_of_its_own_stays_a_text() {
    for written in ["1.10", "007", "0x10", "1e3", "12:30", "2026-05-11", "no", "true", "+5"] {
        let text = format!("---\ntitle: {written}\ndate: 2026-05-11\nseries: {{name: {written}}}\n---\n\nText.\n");
        let site = TestSite::new()
            .file("content/essays/a.md", text)
            .incident("i", &format!("title: I\norganisations: [{written}]\nseverity: {written}"));
        assert_eq!(site.said(), "", "{written}");
        assert_eq!(site.view("/essays/a/")["data"]["essay"]["title"], written);
        let incident = site.view("/incidents/i/")["data"].clone();
        assert_eq!(
            (&incident["incident"]["organisations"][0], &incident["severity"]),
            (&written.into(), &written.into())
        );
    }
}

#[test]
fn titles_and_sentences_are_set_as_the_text_is() {
    let words = "Why `fsync` lies -- and don't...";
    let front = format!("title: \"{words}\"\nsummary: \"{words}\"\ndate: 2026-05-11\nincidents: i");
    let site = TestSite::with_default_theme()
        .file("content/essays/a.md", format!("---\n{front}\n---\n\nText.\n"))
        .essay("b", "", &format!("After [[{words}|the first]]."))
        .incident("i", &format!("title: I\nimpact: \"{words}\"\ndisputes: [\"{words}\"]"));
    assert_eq!(site.said(), "");
    site.build();
    let (plain, code) = ("Why fsync lies", "Why <code>fsync</code> lies");
    for (file, begin) in [
        ("essays/a/index.html", code),
        ("essays/a/index.html", plain),
        ("incidents/i/index.html", code),
        ("index.html", code),
        ("feed.xml", "Why &lt;code&gt;fsync&lt;/code&gt; lies"),
        ("data/essays.json", plain),
    ] {
        let page = fs::read_to_string(site.out().join(file)).expect("a page");
        assert!(page.contains(&format!("{begin} \u{2013} and don\u{2019}t\u{2026}")), "{file}: {page}");
        assert!(!page.contains("`fsync`") && !page.contains("don't") && !page.contains("don&#"), "{file}: {page}");
    }
}

#[test]
fn a_slug_keeps_its_characters() {
    let site =
        TestSite::new().file("content/essays/a.md", "---\ntitle: A\ndate: 2026-05-11\nslug: 1.10\n---\n\nText.\n");
    site.build();
    assert!(site.has_page("/essays/1.10/"));
}

#[test]
fn no_value_is_an_error_however_it_is_written() {
    let site = TestSite::new()
        .file("content/essays/a.md", "---\ntitle: null\ndate: 2026-05-11\n---\n\nText.\n")
        .file("content/essays/b.md", "---\ntitle:\ndate: 2026-05-11\n---\n\nText.\n");
    insta::assert_snapshot!(site.said(), @r##"
    error[wrong-type]: `title` has no value
     --> content/essays/a.md:2:8
      |
    2 | title: null
      |        ^^^^
      |
      = help: write one, or delete the line
      = help: as a word it needs quotes: `title: "null"`

    error[wrong-type]: `title` has no value
     --> content/essays/b.md:2:7
      |
    2 | title:
      |       ^
      |
      = help: write one, or delete the line
      = help: a text that begins with `#` needs quotes: `title: "#…"`
    "##);
}

#[test]
fn a_comment_that_cuts_off_a_title_or_a_sentence_is_a_warning() {
    let site = TestSite::new()
        .file(
            "content/essays/a.md",
            "---\ntitle: Issue #12 and more\ndate: 2026-05-11 # a Monday\nsummary: \"Of #12.\" # quoted\n---\n\nText.\n",
        )
        .incident("i", "title: I\nseverity: high # as they say\ntimeline:\n- at: 2026-05-11\n  text: Ticket #7 is opened.");
    insta::assert_snapshot!(site.said(), @r"
    warning[comment-in-text]: `title` ends before `#12 and more`, which is a comment
     --> content/essays/a.md:2:14
      |
    2 | title: Issue #12 and more
      |              ^^^^^^^^^^^^
      |
      = help: put the whole text in quotes if the rest belongs to it, or else write the comment on a line of its own

    warning[comment-in-text]: `text` ends before `#7 is opened.`, which is a comment
     --> content/incidents/i.md:6:16
      |
    6 |   text: Ticket #7 is opened.
      |                ^^^^^^^^^^^^^
      |
      = help: put the whole text in quotes if the rest belongs to it, or else write the comment on a line of its own
    ");
}
