//! What authors, and editors on their behalf, do to the files of a site. Knows what the site in `mod.rs` begins with.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use proptest::prelude::*;

use crate::support::TestSite;

/// One thing that an author, or an editor on their behalf, does to a file.
#[derive(Clone, Debug)]
pub enum Edit {
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
    /// The file's time is set back, as by a restored copy.
    Earlier(usize),
    /// Other bytes of the same length, at the same time.
    Unseen(usize),
    /// Two files in each other's place, with the times they had.
    Swap(usize, usize),
    RenameRecord(usize, usize),
    RemoveRecord(usize),
    /// The settings name a theme of the site's own.
    Theme(u8),
    /// Saved by halves.
    Torn(usize),
}

#[derive(Clone, Debug)]
pub struct Essay {
    pub words: u8,
    pub title: u8,
    pub patterns: u8,
    pub incident: bool,
    pub concept: bool,
    /// Of drafts, what is broken is only warned of: most are, so that most sites can be built.
    pub draft: bool,
    pub front: u8,
    /// Bits: a heading, a passage, links to others, a note, code, quotations of others.
    pub body: u8,
    pub link: usize,
}

pub const ESSAYS: usize = 3;
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
            if self.incident {
                text.push_str("And [it stuck](pattern:friction?at=it-ended-at-last&in=i0) there.\n\n");
            }
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
        if has(6) {
            text.push_str(&format!("![[e{}]]\n\n", self.link));
        }
        if has(7) {
            text.push_str(&format!("![](e{}.md#heading-0)\n\n", self.link));
        }
        text
    }
}

fn essay() -> impl Strategy<Value = Essay> {
    let tags = (0..8_u8, any::<bool>(), any::<bool>());
    (0..3_u8, 0..4_u8, tags, prop::bool::weighted(0.8), 0..12_u8, any::<u8>(), 0..ESSAYS).prop_map(
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

pub fn edit() -> impl Strategy<Value = Edit> {
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
        1 => (0..ESSAYS).prop_map(Edit::Earlier),
        2 => (0..ESSAYS).prop_map(Edit::Unseen),
        1 => (0..ESSAYS, 0..ESSAYS).prop_map(|(a, b)| Edit::Swap(a, b)),
        1 => (0..RECORDS, 0..RECORDS).prop_map(|(a, b)| Edit::RenameRecord(a, b)),
        1 => (0..RECORDS).prop_map(Edit::RemoveRecord),
        1 => (0..3_u8).prop_map(Edit::Theme),
        1 => (0..ESSAYS).prop_map(Edit::Torn),
    ]
}

/// Does it, and says which paths a watcher would name.
pub fn apply(site: &TestSite, edit: &Edit) -> Vec<PathBuf> {
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
            format!(
                "---\ntitle: Record {v}\ntimes: {{started: 2026-0{}-01}}\npatterns: [lag]\n\
                 timeline: [{{at: 2026-02-0{}, text: Event {v}.}}, {{at: unstated, text: It ended at last.}}]\n---\n",
                v + 1,
                v + 1
            ),
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
        Edit::Earlier(n) => {
            set_time(&file(&essay_file(*n)), SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000));
            vec![file(&essay_file(*n))]
        }
        Edit::Unseen(n) => {
            let path = file(&essay_file(*n));
            let (Ok(text), Ok(before)) = (fs::read_to_string(&path), fs::metadata(&path)) else { return Vec::new() };
            // One of the two is in every essay.
            let other = if text.contains("Words ") {
                text.replace("Words ", "Wards ")
            } else {
                text.replace("Wards ", "Words ")
            };
            site.write(&essay_file(*n), other);
            set_time(&path, before.modified().expect("a time"));
            vec![path]
        }
        Edit::Swap(a, b) => {
            let (a, b, aside) = (file(&essay_file(*a)), file(&essay_file(*b)), file("content/aside"));
            if a.is_file() && b.is_file() && a != b {
                [(&a, &aside), (&b, &a), (&aside, &b)]
                    .iter()
                    .for_each(|(from, to)| fs::rename(from, to).expect("a file"));
            }
            vec![a, b]
        }
        Edit::RenameRecord(a, b) => {
            let record = |n: &usize| file(&format!("content/incidents/i{n}.md"));
            let _ = fs::rename(record(a), record(b));
            vec![record(a), record(b)]
        }
        Edit::RemoveRecord(n) => {
            let path = file(&format!("content/incidents/i{n}.md"));
            let _ = fs::remove_file(&path);
            vec![path]
        }
        Edit::Theme(v) => {
            let name = if *v == 0 { "default" } else { "other" };
            let mut changed = write(
                "themes/other/templates/page.html",
                format!("<title>{{{{ page.title }}}}</title><p>Other {v}</p>{{{{ body | safe }}}}"),
            );
            let path = file("content/site.yaml");
            let text = fs::read_to_string(&path).unwrap_or_default();
            let lines = text.lines().filter(|line| !line.starts_with("theme:"));
            let text: String = lines.map(|line| format!("{line}\n")).collect();
            changed.extend(write("content/site.yaml", format!("{text}theme: {name}\n")));
            changed
        }
        Edit::Torn(n) => {
            if !file(&essay_file(*n)).is_file() {
                return Vec::new();
            }
            write(&essay_file(*n), "---\ntitle: To".to_owned())
        }
    }
}

/// Sets when a file was changed, if it is there.
fn set_time(path: &Path, time: SystemTime) {
    if let Ok(file) = fs::File::options().write(true).open(path) {
        file.set_modified(time).expect("a time that can be set");
    }
}
