//! A site made in a line or two, built and looked at. Knows nothing of any case.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::write::GzEncoder;
use jiff::Timestamp;
use ninefold::diagnostic::{self, Diagnostic};
use ninefold::link::Include;
use ninefold::load::text_of;
use ninefold::model::{SourceDuration, SourcePath, UrlPath, month_name};
use ninefold::pipeline::{self, Built, Options};
use ninefold::site::View;
use serde_json::Value;
use tempfile::TempDir;

/// The day on which all tests happen.
pub const NOW: &str = "2026-06-15T12:00:00Z";

/// What every test theme's template prints: the title and the body, nothing else.
const BARE: &str = "<title>{{ page.title }}</title>\n{{ body | safe }}";

const TEMPLATES: [&str; 19] = [
    "home",
    "essays",
    "essay",
    "patterns",
    "pattern",
    "pair",
    "review",
    "concepts",
    "concept",
    "incidents",
    "incident",
    "readings",
    "side-by-side",
    "page",
    "404",
    "browse",
    "search",
    "data",
    "series",
];

/// A site in a folder of its own.
pub struct TestSite {
    folder: TempDir,
    pub include: Include,
}

impl TestSite {
    /// A site with a title, an address and the bare theme; nothing else. Search is off: most cases are not about it.
    pub fn new() -> Self {
        let site = Self { folder: tempfile::tempdir().expect("a temporary folder"), include: Include::default() };
        let site = site.file("content/site.yaml", "title: Test\nbase_url: https://example.org\nsearch: false\n");
        TEMPLATES.iter().fold(site, |site, name| site.file(&format!("themes/default/templates/{name}.html"), BARE))
    }

    /// The same with the default theme.
    pub fn with_default_theme() -> Self {
        let site = Self::new();
        fs::remove_dir_all(site.root().join("themes")).expect("the bare theme");
        site
    }

    pub fn root(&self) -> &Path {
        self.folder.path()
    }

    pub fn out(&self) -> PathBuf {
        self.root().join("public")
    }

    /// Writes a file; text or bytes.
    pub fn file(self, path: &str, content: impl AsRef<[u8]>) -> Self {
        self.write(path, content);
        self
    }

    /// The same on a site that is kept.
    pub fn write(&self, path: &str, content: impl AsRef<[u8]>) {
        let path = self.root().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("the folder");
        fs::write(path, content).expect("the file");
    }

    pub fn remove(&self, path: &str) {
        fs::remove_file(self.root().join(path)).expect("the file to remove");
    }

    /// An essay: front matter besides title and date, then the body.
    pub fn essay(self, id: &str, front: &str, body: &str) -> Self {
        let text = essay(id, front, body);
        self.file(&format!("content/essays/{id}.md"), text)
    }

    pub fn incident(self, id: &str, front: &str) -> Self {
        self.file(&format!("content/incidents/{id}.md"), format!("---\n{front}\n---\n"))
    }

    pub fn concept(self, id: &str, definition: &str) -> Self {
        self.file(&format!("content/concepts/{id}.md"), format!("---\nname: {id}\ndefinition: {definition}\n---\n"))
    }

    /// Takes drafts and future essays in.
    pub fn all(mut self) -> Self {
        self.include = Include { drafts: true, future: true };
        self
    }

    pub fn options(&self) -> Options {
        Options {
            root: self.root().to_owned(),
            out: None,
            base_url: None,
            noindex: false,
            include: self.include,
            force: false,
            now: now(),
        }
    }

    /// Builds, whatever comes of it.
    pub fn try_build(&self) -> Built {
        pipeline::build(&self.options())
    }

    /// Builds a site that must have no error.
    pub fn build(&self) -> Built {
        let built = self.try_build();
        assert!(!built.has_errors(), "{}", self.shown(&built.diagnostics));
        built
    }

    /// The built file that answers at `url`.
    pub fn page(&self, url: &str) -> String {
        let path = self.out().join(UrlPath::new(url).file());
        fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    }

    pub fn has_page(&self, url: &str) -> bool {
        self.out().join(UrlPath::new(url).file()).is_file()
    }

    /// The body of the page at `url` under the bare theme.
    pub fn body(&self, url: &str) -> String {
        let page = self.page(url);
        page.split_once("</title>\n").map_or(String::new(), |(_, body)| body.to_owned())
    }

    /// Diagnostics as people see them.
    pub fn shown(&self, diagnostics: &[Diagnostic]) -> String {
        diagnostic::human(diagnostics, &|path: &SourcePath| text_of(self.root(), path), false)
    }

    /// What a build says, as people see it.
    pub fn said(&self) -> String {
        self.shown(&self.try_build().diagnostics)
    }

    /// The view at `url`: `page`, the data, and how the body is asked for.
    pub fn view(&self, url: &str) -> serde_json::Value {
        let assembled = pipeline::read(&self.options());
        match assembled.site.view(&UrlPath::new(url)) {
            Some(View::Html(html)) => serde_json::json!({ "page": html.page, "data": html.data, "body": html.body }),
            Some(View::Feed(feed) | View::JsonFeed(feed)) => serde_json::json!(feed),
            Some(View::Data(data)) => serde_json::json!(data),
            Some(other) => panic!("{url} is no page: {other:?}"),
            None => panic!("nothing is at {url}"),
        }
    }

    /// Every file of the output with its bytes, the manifest too.
    pub fn output(&self) -> Vec<(String, Vec<u8>)> {
        files(&self.out())
    }
}

/// What each test's site holds, the schemas take or refuse as the program does.
impl Drop for TestSite {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            crate::schemas::compare(self.root());
        }
    }
}

/// The text of an essay.
pub fn essay(title: &str, front: &str, body: &str) -> String {
    let front = if front.is_empty() { String::new() } else { format!("{front}\n") };
    format!("---\ntitle: \"{title}\"\ndate: 2026-05-01\n{front}---\n\n{body}\n")
}

pub fn now() -> Timestamp {
    NOW.parse().expect("a timestamp")
}

/// Every file below `folder`, by path, sorted.
pub fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found: Vec<(String, Vec<u8>)> = walkdir::WalkDir::new(folder)
        .into_iter()
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let path = entry.path().strip_prefix(folder).expect("a path below").to_string_lossy().into_owned();
            (path, fs::read(entry.path()).expect("a file"))
        })
        .collect();
    found.sort();
    found
}

/// As a host sends text.
pub fn compressed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).expect("memory");
    encoder.finish().expect("memory")
}

/// The repository: a site itself.
pub fn repository() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// A date in short: its day, month and year, its time and zone.
pub fn date(value: &Value) -> String {
    let number = |key: &str| value[key].as_i64().map(|number| number.to_string());
    let month = value["month"].as_i64().and_then(|month| i8::try_from(month).ok());
    let month = month.map(|month| month_name(month).to_owned());
    let text = |key: &str| value[key].as_str().map(str::to_owned);
    let day: Vec<String> = [number("day"), month, number("year")].into_iter().flatten().collect();
    let time: Vec<String> = [text("time"), text("zone")].into_iter().flatten().collect();
    if time.is_empty() { day.join(" ") } else { format!("{}, {}", day.join(" "), time.join(" ")) }
}

/// A date or a span in short.
pub fn moment(value: &Value) -> String {
    let ends = [&value["from"], &value["to"]].into_iter().filter(|end| end.is_object());
    let about = if value["about"] == true { "about " } else { "" };
    format!("{about}{}", ends.map(date).collect::<Vec<_>>().join(" to "))
}

/// A length of time in short; a dash where there is none.
pub fn length(value: &Value) -> String {
    let length = |seconds| SourceDuration { seconds, about: value["about"] == true }.to_string();
    value["seconds"].as_i64().map_or_else(|| "-".to_owned(), length)
}
