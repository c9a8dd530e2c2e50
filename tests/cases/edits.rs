//! After any sequence of edits, what is served and what is built again equal, byte for byte, what a clean build writes.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};

use ninefold::build::{self, Options};
use ninefold::model::UrlPath;
use ninefold::serve::{Change, Reading};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use crate::support::{TestSite, files, now};

/// One thing that an author, or an editor on their behalf, does to a file.
#[derive(Clone, Debug)]
enum Edit {
    Essay(usize, Essay),
    /// A folder with a picture in the place of a file, or beside it.
    Bundle(usize, u8),
    Record(usize, u8),
    Concept(usize, u8),
    /// A pattern's file before the program's own.
    Pattern(u8),
    Page(u8),
    Settings(u8),
    Static(u8),
    Style(u8),
    Template(u8),
    Remove(usize),
    Rename(usize, usize),
    /// The same bytes once more.
    Touch(usize),
    /// Saved by halves.
    Torn(usize),
}

#[derive(Clone, Debug)]
struct Essay {
    words: u8,
    title: u8,
    patterns: u8,
    incident: bool,
    concept: bool,
    /// Of drafts, what is broken is only warned of: most are, so that most sites can be built.
    draft: bool,
    front: u8,
    /// Bits: a heading, a passage, links to others, a note, code.
    body: u8,
    link: usize,
}

const ESSAYS: usize = 3;
const RECORDS: usize = 2;

impl Essay {
    fn text(&self) -> String {
        let patterns = ["lag", "saturation", "tangles"];
        let tagged: Vec<&str> = (0..3).filter(|n| self.patterns & 1 << n != 0).map(|n| patterns[n]).collect();
        let mut text = format!("---\ntitle: Essay {}\ndate: 2026-05-0{}\n", self.title, 1 + self.title % 3);
        text.push_str(&format!("patterns: [{}]\n", tagged.join(", ")));
        if self.incident {
            text.push_str("incidents: [i0]\n");
        }
        if self.concept {
            text.push_str("concepts: [c0]\n");
        }
        if self.draft {
            text.push_str("draft: true\n");
        }
        text.push_str(match self.front {
            1 => "slug: other\n",
            2 => "aliases: [/old/]\n",
            3 => "series: {name: S}\n",
            4 => "summary: Short.\n",
            5 => "updated: 2026-05-09\n",
            _ => "",
        });
        text.push_str(&format!("---\n\nWords {} and more of them.\n\n", self.words));
        let has = |bit: u8| self.body & 1 << bit != 0;
        if has(0) {
            text.push_str(&format!("## Heading {}\n\n", self.words % 2));
        }
        if has(1) {
            text.push_str("It came [too late](pattern:lag) for them.\n\n");
        }
        if has(2) {
            text.push_str(&format!("See [the other](e{}.md) of these.\n\n", self.link));
        }
        if has(3) {
            text.push_str(&format!("As [said](e{}.md#heading-0) there.[^1]\n\n[^1]: A note.\n\n", self.link));
        }
        if has(4) {
            text.push_str("```rust\nfn main() {}\n```\n\n");
        }
        if has(5) {
            text.push_str("Of [a thing](concept:c1), and [[Essay 1]].\n\n");
        }
        text
    }
}

fn essay() -> impl Strategy<Value = Essay> {
    let tags = (0..8_u8, any::<bool>(), any::<bool>());
    (0..3_u8, 0..4_u8, tags, prop::bool::weighted(0.8), 0..12_u8, 0..64_u8, 0..ESSAYS).prop_map(
        |(words, title, (patterns, incident, concept), draft, front, body, link)| Essay {
            words,
            title,
            patterns,
            incident,
            concept,
            draft,
            front,
            body,
            link,
        },
    )
}

fn edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        8 => (0..ESSAYS, essay()).prop_map(|(n, essay)| Edit::Essay(n, essay)),
        1 => (0..ESSAYS, 0..3_u8).prop_map(|(n, v)| Edit::Bundle(n, v)),
        1 => (0..RECORDS, 0..4_u8).prop_map(|(n, v)| Edit::Record(n, v)),
        1 => (0..RECORDS, 0..3_u8).prop_map(|(n, v)| Edit::Concept(n, v)),
        1 => (0..3_u8).prop_map(Edit::Pattern),
        1 => (0..4_u8).prop_map(Edit::Page),
        1 => (0..4_u8).prop_map(Edit::Settings),
        1 => (0..3_u8).prop_map(Edit::Static),
        1 => (0..3_u8).prop_map(Edit::Style),
        1 => (0..3_u8).prop_map(Edit::Template),
        1 => (0..ESSAYS).prop_map(Edit::Remove),
        1 => (0..ESSAYS, 0..ESSAYS).prop_map(|(a, b)| Edit::Rename(a, b)),
        1 => (0..ESSAYS).prop_map(Edit::Touch),
        1 => (0..ESSAYS).prop_map(Edit::Torn),
    ]
}

/// Does it, and says which paths a watcher would name.
fn apply(site: &TestSite, edit: &Edit) -> Vec<PathBuf> {
    let file = |path: &str| site.root().join(path);
    let write = |path: &str, text: String| {
        let is_new_folder = !file(path).parent().is_some_and(|folder| folder.is_dir());
        site.write(path, text);
        let path = file(path);
        if is_new_folder { path.parent().map(|folder| vec![folder.to_owned()]).unwrap_or_default() } else { vec![path] }
    };
    let essay_file = |n: usize| format!("content/essays/e{n}.md");
    match edit {
        Edit::Essay(n, essay) => write(&essay_file(*n), essay.text()),
        Edit::Bundle(n, v) => {
            let folder = file(&format!("content/essays/e{n}"));
            let _ = fs::remove_file(file(&essay_file(*n)));
            if *v == 2 {
                let _ = fs::remove_dir_all(&folder);
            } else {
                let text = format!("---\ntitle: Bundle {v}\ndate: 2026-05-01\n---\n\n![A drawing](a.svg) beside it.\n");
                site.write(&format!("content/essays/e{n}/index.md"), text);
                site.write(
                    &format!("content/essays/e{n}/a.svg"),
                    format!("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1{v} 10\"/>"),
                );
            }
            vec![folder, file(&essay_file(*n))]
        }
        Edit::Record(n, v) => write(
            &format!("content/incidents/i{n}.md"),
            format!("---\ntitle: Record {v}\ntimes: {{started: 2026-0{}-01}}\npatterns: [lag]\n---\n", v + 1),
        ),
        Edit::Concept(n, v) => write(
            &format!("content/concepts/c{n}.md"),
            format!("---\nname: Concept {v}\ndefinition: What it is, {v}.\n---\n"),
        ),
        Edit::Pattern(2) => {
            let _ = fs::remove_file(file("content/patterns/lag.md"));
            vec![file("content/patterns/lag.md")]
        }
        Edit::Pattern(v) => write("content/patterns/lag.md", format!("---\ntitle: Lag {v}\n---\n\nOur words.\n")),
        Edit::Page(v) => write(
            "content/pages/about.md",
            format!("---\ntitle: About {v}\nmenu: {v}\n---\n\nUs, [here](../patterns/lag.md).\n"),
        ),
        Edit::Settings(v) => write(
            "content/site.yaml",
            format!(
                "title: Site {v}\nbase_url: https://example.org{}\npage_size: {}\nsearch: false\n",
                if v % 2 == 0 { "" } else { "/below" },
                v + 1
            ),
        ),
        Edit::Static(2) => {
            let _ = fs::remove_file(file("content/static/notes.txt"));
            vec![file("content/static/notes.txt")]
        }
        Edit::Static(v) => write("content/static/notes.txt", format!("Notes {v}.\n")),
        Edit::Style(v) => write("themes/default/assets/print.css", format!("/* {v} */\n")),
        Edit::Template(v) => write(
            "themes/default/templates/page.html",
            format!("<title>{{{{ page.title }}}} {v}</title>{{{{ body | safe }}}}"),
        ),
        Edit::Remove(n) => {
            let _ = fs::remove_file(file(&essay_file(*n)));
            vec![file(&essay_file(*n))]
        }
        Edit::Rename(a, b) => {
            let _ = fs::rename(file(&essay_file(*a)), file(&essay_file(*b)));
            vec![file(&essay_file(*a)), file(&essay_file(*b))]
        }
        Edit::Touch(n) => match fs::read(file(&essay_file(*n))) {
            Ok(bytes) => {
                site.write(&essay_file(*n), bytes);
                vec![file(&essay_file(*n))]
            }
            Err(_) => Vec::new(),
        },
        Edit::Torn(n) => {
            if !file(&essay_file(*n)).is_file() {
                return Vec::new();
            }
            write(&essay_file(*n), "---\ntitle: To".to_owned())
        }
    }
}

/// Every address that is served, with its bytes.
fn served(reading: &Reading) -> BTreeMap<String, Vec<u8>> {
    let urls: Vec<UrlPath> = reading.assembled.site.urls().map(|(url, _)| url.clone()).collect();
    urls.iter()
        .map(|url| (url.file(), reading.render(url).expect("a page").expect("what is built can be served")))
        .map(|(file, bytes)| (file, without_marks(bytes)))
        .collect()
}

/// A draft may be built with broken links; served, they are marked.
fn without_marks(bytes: Vec<u8>) -> Vec<u8> {
    let Ok(mut text) = String::from_utf8(bytes.clone()) else { return bytes };
    while let Some(start) = text.find("<span class=\"nf-fault\"") {
        let end = start + text[start..].find("</span>").expect("the mark's end");
        text.replace_range(end..end + "</span>".len(), "");
        let open = start + text[start..].find('>').expect("the tag's end");
        text.replace_range(start..=open, "");
    }
    text.into_bytes()
}

fn built(options: &Options, out: PathBuf) -> Option<BTreeMap<String, Vec<u8>>> {
    let built = build::build(&Options { out: Some(out.clone()), ..options.clone() });
    let without_manifest = |(path, _): &(String, Vec<u8>)| path != ".ninefold-manifest";
    (!built.has_errors()).then(|| files(&out).into_iter().filter(without_manifest).collect())
}

fn differing(a: &BTreeMap<String, Vec<u8>>, b: &BTreeMap<String, Vec<u8>>) -> Vec<String> {
    let names: BTreeSet<&String> = a.keys().chain(b.keys()).collect();
    names.into_iter().filter(|name| a.get(*name) != b.get(*name)).cloned().collect()
}

fn follows_the_edits(all: bool, steps: Vec<Vec<Edit>>, compared: &AtomicUsize) -> Result<(), TestCaseError> {
    let site = TestSite::with_default_theme();
    let site = if all { site.all() } else { site };
    apply(&site, &Edit::Settings(0));
    for n in 0..2 {
        apply(&site, &Edit::Concept(n, 0));
        apply(&site, &Edit::Record(n, 0));
    }
    let plain = Essay {
        words: 0,
        title: 0,
        patterns: 3,
        incident: true,
        concept: true,
        draft: true,
        front: 9,
        body: 3,
        link: 0,
    };
    for n in 0..ESSAYS {
        apply(&site, &Edit::Essay(n, Essay { title: n as u8, ..plain.clone() }));
    }
    let options = site.options();
    let clean = tempfile::tempdir().expect("a folder");
    let mut reading = Reading::first(site.root(), site.include, now());
    for (n, step) in steps.iter().enumerate() {
        let paths = step.iter().flat_map(|edit| apply(&site, edit)).collect();
        if let Some(next) = reading.after(&Change::Paths(paths), now()) {
            reading = next;
        }
        // Another output folder has a memory of its own: this one none.
        let Some(fresh) = built(&options, clean.path().join(n.to_string())) else { continue };
        compared.fetch_add(1, Ordering::Relaxed);
        let again = built(&options, site.out()).expect("a site without errors");
        prop_assert_eq!(differing(&again, &fresh), Vec::<String>::new(), "built again after {:?}", step);
        prop_assert_eq!(differing(&served(&reading), &fresh), Vec::<String>::new(), "served after {:?}", step);
    }
    Ok(())
}

#[test]
fn served_and_built_again_equal_a_clean_build_after_any_edits() {
    let config = Config { cases: 48, failure_persistence: None, max_shrink_iters: 200, ..Config::default() };
    let random = TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]);
    let steps = prop::collection::vec(prop::collection::vec(edit(), 1..3), 5..12);
    let compared = AtomicUsize::new(0);
    let outcome = TestRunner::new_with_rng(config, random)
        .run(&(prop::bool::weighted(0.7), steps), |(all, steps)| follows_the_edits(all, steps, &compared));
    assert!(outcome.is_ok(), "{}", outcome.err().map(|error| error.to_string()).unwrap_or_default());
    // A site with errors is not built, so there is nothing to compare with: that must not be the usual case.
    eprintln!("compared {compared:?}");
    assert!(compared.load(Ordering::Relaxed) >= 150, "only {compared:?} sites were whole");
}
