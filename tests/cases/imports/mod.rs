//! `ninefold import`: what all sources have in common.

mod carried;
mod hugo;
mod jekyll;
pub mod made;
mod zola;

use std::fs;
use std::path::Path;
use std::process::Command;

use ninefold::diagnostic;
use ninefold::import::{self, Imported, Kind, Options};
use ninefold::link::Include;
use ninefold::pipeline;
use tempfile::TempDir;

use crate::support::{now, repository};

/// A source and the site that it goes into.
struct Move {
    folder: TempDir,
    options: Options,
}

impl Move {
    fn new(kind: Kind) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let options = made::options(kind, folder.path().join("old"), &folder.path().join("new"));
        Self { folder, options }
    }

    /// Writes a file of the source.
    fn file(self, path: &str, content: impl AsRef<[u8]>) -> Self {
        write(&self.options.source.join(path), content);
        self
    }

    fn run(&self) -> Imported {
        import::import(&self.options, &|_| {}).expect("an import")
    }

    /// A file of the site.
    fn made(&self, path: &str) -> String {
        let file = self.options.into.join(path);
        fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
    }

    fn has(&self, path: &str) -> bool {
        self.options.into.join(path).exists()
    }
}

/// What stands in the report under the words `what`.
fn told(imported: &Imported, what: &str) -> Vec<String> {
    made::told(imported, what).into_iter().map(|line| line.trim_start_matches("- ").to_owned()).collect()
}

/// The body of a text.
fn body_of(text: &str) -> &str {
    text.split_once("---\n\n").map_or("", |(_, body)| body)
}

fn write(path: &Path, content: impl AsRef<[u8]>) {
    fs::create_dir_all(path.parent().expect("a folder")).expect("the folder");
    fs::write(path, content).expect("the file");
}

fn two_posts() -> Move {
    Move::new(Kind::Hugo)
        .file("content/post/First One.md", "---\ntitle: First\ndate: 2020-01-02\n---\nOne.\n")
        .file("content/post/second.md", "---\ntitle: Second\ndate: 2020-01-03\n---\nTwo.\n")
}

#[test]
fn an_edited_file_stays_and_the_rest_is_brought_up_to_date() {
    let moved = two_posts();
    moved.run();
    assert_eq!(
        moved.made("content/essays/second.md"),
        "---\ntitle: Second\ndate: 2020-01-03\naliases:\n- /post/second/\n---\n\nTwo.\n"
    );
    write(&moved.options.into.join("content/essays/first-one.md"), "mine");
    let moved = moved.file("content/post/second.md", "---\ntitle: Second\ndate: 2020-01-03\n---\nTwo, better.\n");
    let imported = moved.run();
    assert_eq!(moved.made("content/essays/first-one.md"), "mine");
    assert!(moved.made("content/essays/second.md").ends_with("Two, better.\n"));
    assert!(imported.report.contains("`content/essays/first-one.md` stays as it is"), "{}", imported.report);
}

#[test]
fn an_update_leaves_away_what_the_author_deleted() {
    let mut moved = two_posts();
    moved.run();
    fs::remove_file(moved.options.into.join("content/essays/second.md")).expect("the file");
    moved.options.update = true;
    let moved = moved.file("content/post/third.md", "---\ntitle: Third\ndate: 2020-01-04\n---\nThree.\n");
    moved.run();
    assert!(!moved.has("content/essays/second.md") && moved.has("content/essays/third.md"));
}

#[test]
fn a_name_stays_with_its_text_and_two_alike_get_a_number() {
    let moved = two_posts().file("content/news/second.md", "---\ntitle: Other\ndate: 2020-01-05\n---\nNews.\n");
    let imported = moved.run();
    // By the order of the source's paths.
    assert!(moved.made("content/essays/second.md").contains("News."));
    assert!(moved.made("content/essays/second-2.md").contains("Two."));
    assert!(imported.report.contains("`second` is the name of another, so this is `second-2`"), "{}", imported.report);
    let moved = moved.file("content/a/second.md", "---\ntitle: Earlier\ndate: 2020-01-06\n---\nNewer.\n");
    moved.run();
    assert!(moved.made("content/essays/second.md").contains("News."));
    assert!(moved.made("content/essays/second-3.md").contains("Newer."));
}

#[test]
fn an_essay_that_is_there_is_never_replaced() {
    let moved = two_posts();
    write(&moved.options.into.join("content/essays/second.md"), "mine");
    moved.run();
    assert_eq!(moved.made("content/essays/second.md"), "mine");
    assert!(moved.made("content/essays/second-2.md").contains("Two."));
}

#[test]
fn a_dry_run_writes_nothing() {
    let mut moved = two_posts();
    moved.options.dry_run = true;
    let imported = moved.run();
    assert!(!moved.options.into.exists());
    assert!(imported.report.contains("- 2 essays\n"), "{}", imported.report);
}

/// What is said of an import that can't be done, without the folder's name.
fn refused(moved: &Move) -> String {
    let fault = import::import(&moved.options, &|_| {}).expect_err("no import");
    let shown = diagnostic::human(&[fault], &|_| None, false);
    shown.replace(&moved.folder.path().display().to_string(), "DIR")
}

#[test]
fn what_is_no_source_is_refused_in_plain_words() {
    let mut moved = Move::new(Kind::Hugo);
    insta::assert_snapshot!(refused(&moved), @r"
    error[bad-import]: there is no `DIR/old`
     |
     = help: name the folder of the old site
    ");
    moved = moved.file("content/readme.txt", "x");
    insta::assert_snapshot!(refused(&moved), @r"
    error[bad-import]: `DIR/old` holds no text of Hugo
     |
     = help: name the folder or the export of the old site
    ");
    moved = moved.file("content/post/a.md", "---\ntitle: A\ndate: 2020-01-01\n---\nx\n");
    write(&moved.folder.path().join("tags.yaml"), "queues: pattern:slow\n");
    moved.options.map = Some(moved.folder.path().join("tags.yaml"));
    insta::assert_snapshot!(refused(&moved), @r"
    error[bad-import]: `DIR/tags.yaml`: `queues` can't become `pattern:slow`
     |
     = help: write a line for each: `slow start: pattern:lag`
     = help: it can become `pattern:NAME`, `concept:NAME`, `incident:NAME` or `word`
    ");
    assert!(!moved.folder.path().join("new").exists());
}

#[test]
fn what_check_says_is_known_afterwards_and_the_site_builds_at_once() {
    // Of long words as many are compared as fit, and here a space is the last that does.
    let words = format!("xxx{}", "abc ".repeat(40));
    let text = format!("---\ntitle: A\ndate: 2020-01-01\n---\n[{words}](/gone/) [b](javascript:x) [c](../d.md)\n");
    let moved = Move::new(Kind::Hugo).file("content/post/a.md", text);
    let imported = moved.run();
    assert_eq!(told(&imported, "`ninefold check` says `broken-link`").len(), 2);
    assert_eq!(moved.made("content/known-faults.yaml").lines().count(), 3);
    let options = pipeline::Options {
        root: moved.options.into.clone(),
        out: None,
        base_url: None,
        noindex: false,
        include: Include::default(),
        force: false,
        now: now(),
    };
    let built = pipeline::build(&options);
    assert!(!built.has_errors(), "{:?}", built.diagnostics);
    assert!(moved.has("public/post/a/index.html"), "the old address answers");
}

#[test]
fn the_commands_and_the_words_that_the_guide_shows_are_understood() {
    let guide = fs::read_to_string(repository().join("content/pages/guide/moving-in.md")).expect("the guide");
    let block = |language: &str| {
        let (_, rest) = guide.split_once(&format!("```{language}\n")).expect("a block");
        rest.split_once("```").map(|(block, _)| block.to_owned()).expect("its end")
    };
    let folder = tempfile::tempdir().expect("a folder");
    let old = folder.path().join("old-blog");
    write(&old.join("content/post/a.md"), "---\ntitle: A\ndate: 2020-01-01\n---\nx\n");
    write(&old.join("_posts/2020-01-01-a.md"), "---\ntitle: A\n---\nx\n");
    let at = folder.path().join("here");
    fs::create_dir(&at).expect("a folder");
    write(&at.join("import-tags.yaml"), block("yaml"));
    let export = "<rss><channel><item><title>A</title><wp:post_type>post</wp:post_type><wp:post_date_gmt>2020-01-01 10:00:00\
                  </wp:post_date_gmt><wp:status>publish</wp:status></item></channel></rss>";
    write(&at.join("export.xml"), export);
    write(&at.join("my-vault/A.md"), "---\ndate: 2020-01-01\n---\nx\n");
    write(&at.join("post-mortems.md"), "[A](https://a.example/). x\n\n[B](https://b.example/). y\n");
    write(&at.join("incidents.json"), "{\"incidents\": [{\"id\": \"1\", \"name\": \"A\"}]}");
    let commands = block("text");
    assert!(commands.lines().count() > 2, "{commands}");
    for line in commands.lines() {
        let words = line.split_whitespace().skip(1).chain(["--map", "import-tags.yaml", "--dry-run"]);
        let output =
            Command::new(env!("CARGO_BIN_EXE_ninefold")).args(words).current_dir(&at).output().expect("it runs");
        assert!(output.status.success(), "{line}: {}", String::from_utf8_lossy(&output.stderr));
        let report = String::from_utf8_lossy(&output.stdout).into_owned();
        let is_counted = ["- 1 essay\n", "- 1 record\n", " records\n"].iter().any(|count| report.contains(count));
        assert!(is_counted, "{line}: {report}");
    }
}
