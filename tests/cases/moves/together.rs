//! Several files change as one, also when that is interrupted.

use std::fs;

use ninefold::fix;
use ninefold::load::text_of;
use ninefold::model::{SourceKind, SourcePath};
use ninefold::moves;

use super::found;
use crate::support::{TestSite, files};

fn site() -> TestSite {
    let site = TestSite::new().concept("spare", "Room.");
    ["a", "b", "c"].iter().fold(site, |site, id| site.essay(id, "concepts: [spare]", "Words."))
}

fn changes(site: &TestSite) -> moves::Changes {
    found(site, |project| moves::rename(project, SourceKind::Concept, "spare", "slack")).expect("changes")
}

#[test]
fn an_interrupted_change_is_brought_to_its_end() {
    let site = site();
    let changes = changes(&site);
    // In the way of the second file that is written.
    let obstacle = site.root().join("content/essays/.b.md.new");
    fs::create_dir(&obstacle).expect("a folder");
    let text = |path: &_| text_of(site.root(), path);
    let fault = fix::together(site.root(), &changes, text).expect_err("a folder is in the way");
    assert!(site.shown(&[fault]).contains("content/essays/b.md"));
    assert!(site.root().join("content/concepts/slack.md").is_file());
    fs::remove_dir(&obstacle).expect("the folder");
    assert_eq!(fix::finish(site.root()).ok(), Some(true));
    for id in ["a", "b", "c"] {
        let text = fs::read_to_string(site.root().join(format!("content/essays/{id}.md"))).expect("an essay");
        assert!(text.contains("concepts: [slack]"), "{id}");
    }
    assert_eq!(fix::finish(site.root()).ok(), Some(false));
    site.build();
}

#[test]
fn a_text_that_its_author_changed_meanwhile_stays_as_it_is() {
    let site = site();
    let changes = changes(&site);
    let before = text_of(site.root(), &SourcePath::new("content/essays/c.md"));
    let obstacle = site.root().join("content/essays/.b.md.new");
    fs::create_dir(&obstacle).expect("a folder");
    let text = |path: &_| text_of(site.root(), path);
    assert!(fix::together(site.root(), &changes, text).is_err());
    fs::remove_dir(&obstacle).expect("the folder");
    let edited = before.expect("the essay").replace("Words.", "Other words.");
    site.write("content/essays/c.md", &edited);
    let fault = fix::finish(site.root()).expect_err("a text changed");
    insta::assert_snapshot!(site.shown(&[fault]), @r"
    error[interrupted-change]: `content/essays/c.md` changed before an interrupted change came to it, and is left as it is
    --> content/essays/c.md
     = help: `ninefold check` says what is left to mend
    ");
    assert_eq!(fs::read_to_string(site.root().join("content/essays/c.md")).ok(), Some(edited));
    assert_eq!(fix::finish(site.root()).ok(), Some(false));
}

#[test]
fn nothing_changes_when_anything_is_in_the_way() {
    let site = site();
    let changes = changes(&site);
    let text = |path: &_| text_of(site.root(), path);
    site.write("content/concepts/slack.md", "Mine.\n");
    let before = files(site.root());
    let taken = fix::together(site.root(), &changes, text).expect_err("a file is in the way");
    assert_eq!(files(site.root()), before);
    site.remove("content/concepts/slack.md");
    let read = text_of(site.root(), &SourcePath::new("content/essays/b.md")).expect("an essay");
    site.write("content/essays/b.md", "---\ntitle: B\ndate: 2026-05-01\n---\n");
    let texts = |path: &SourcePath| {
        if path.as_str() == "content/essays/b.md" { Some(read.clone()) } else { text_of(site.root(), path) }
    };
    let changed = fix::together(site.root(), &changes, texts).expect_err("a text changed");
    assert!(site.root().join("content/concepts/spare.md").is_file());
    insta::assert_snapshot!(site.shown(&[taken, changed]), @r"
    error[interrupted-change]: there is a file or folder `content/concepts/slack.md` already: nothing is changed
     |
     = help: choose another name, or move it away

    error[interrupted-change]: `content/essays/b.md` changed meanwhile: nothing is changed
    --> content/essays/b.md
     = help: run the command again
    ");
}

#[test]
fn a_journal_that_leads_out_of_the_content_is_not_followed() {
    let site = site();
    let journal = r#"{"version":1,"moves":[["content/essays/a.md","themes/a.md"]],"writes":[],"removed":[]}"#;
    site.write(".ninefold/change.json", journal);
    let fault = fix::finish(site.root()).expect_err("a path outside");
    insta::assert_snapshot!(site.shown(&[fault]), @r"
    error[interrupted-change]: `.ninefold/change.json` is not as this program writes it
     |
     = help: delete it, and look at what your version control says
    ");
    assert!(site.root().join("content/essays/a.md").is_file());
}
