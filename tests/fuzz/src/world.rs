//! A small site, held in memory, around the text that is tried. Only its folder's first reading touches the disk.

use std::cell::OnceCell;
use std::fs;
use std::sync::Arc;

use ninefold::assemble::{Assembled, assemble, outline_all};
use ninefold::assemble::{Outlined, TextBudget};
use ninefold::diagnostic::{self, Diagnostic};
use ninefold::link::Include;
use ninefold::load::{Content, Inputs, Source, SourceSettings, Stopwatch};
use ninefold::model::{SourceKind, SourcePath, UrlPath};
use ninefold::outline::outline;
use ninefold::render::{self, Highlighter, Output, Renderer, Theme};

/// All of a page of the bare theme but its body.
const BARE: &str = "<!DOCTYPE html>\n<html lang=\"en\"><head><title>A</title></head><body><main>{{ body | safe }}</main></body></html>";
const TEMPLATES: [&str; 15] = [
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
    "page",
    "404",
    "browse",
    "search",
];
const NOW: &str = "2026-06-15T12:00:00Z";

/// The site without the text.
pub struct World {
    inputs: Inputs,
    outlined: Vec<Outlined>,
    theme: Theme,
    highlighter: Highlighter,
}

/// A page of the tried text.
pub struct Page {
    /// What is wrong with it is reported as an error: it would not be published.
    pub is_broken: bool,
    pub html: String,
}

impl World {
    /// The one with a theme that shows bodies and nothing else.
    pub fn bare() -> &'static Self {
        Self::shared(true)
    }

    /// The one with the default theme.
    pub fn themed() -> &'static Self {
        Self::shared(false)
    }

    /// Made once and never dropped.
    fn shared(bare: bool) -> &'static Self {
        thread_local! {
            static WORLDS: [OnceCell<&'static World>; 2] = const { [OnceCell::new(), OnceCell::new()] };
        }
        WORLDS.with(|worlds| *worlds[usize::from(bare)].get_or_init(|| Box::leak(Box::new(Self::new(bare)))))
    }

    fn new(bare: bool) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let write = |path: &str, text: &str| {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().expect("a folder")).expect("the folder");
            fs::write(path, text).expect("the file");
        };
        write("content/site.yaml", "title: T\nbase_url: https://example.org\nsearch: false\n");
        write("content/essays/a.md", "");
        write(
            "content/essays/b.md",
            "---\ntitle: B\ndate: 2026-05-02\npatterns: [lag]\nincidents: [i]\n---\n\n## H\n\n[A](a.md)\n",
        );
        write("content/incidents/i.md", "---\ntitle: I\n---\n");
        write("content/concepts/c.md", "---\nname: C\ndefinition: D.\n---\n");
        write("content/pages/p.md", "---\ntitle: P\n---\n\nWords.\n");
        if bare {
            TEMPLATES.iter().for_each(|name| write(&format!("themes/default/templates/{name}.html"), BARE));
        }
        let (inputs, faults) = Inputs::read(folder.path(), NOW.parse().expect("a time"));
        assert!(faults.is_empty(), "{faults:?}");
        let outlined = outline_all(&inputs.sources, read);
        let theme = render::theme(&inputs.theme).unwrap_or_else(|faults| panic!("{faults:?}"));
        Self { inputs, outlined, theme, highlighter: Highlighter::default() }
    }

    /// The site with `texts` in the place of the files of those names.
    fn assembled(&self, texts: &[(&str, String)]) -> Assembled {
        let mut outlined = self.outlined.clone();
        for (path, text) in texts {
            let n = self
                .inputs
                .sources
                .iter()
                .position(|source| source.path.as_str() == *path)
                .expect("a file of the site");
            let content = Content::Held(Arc::from(text.as_bytes()));
            outlined[n] = read(&Source { content, ..self.inputs.sources[n].clone() });
        }
        assemble(&self.inputs, outlined, Include::default(), Vec::new(), None, &mut Stopwatch::default())
    }

    fn rendered(&self, assembled: &Assembled, url: &UrlPath) -> Option<Vec<u8>> {
        let sources = |path: &SourcePath| assembled.text(path);
        let renderer = Renderer {
            theme: &self.theme,
            highlighter: &self.highlighter,
            sources: &sources,
            pictures: &ninefold::load::picture_bytes,
        };
        let view = assembled.site.view(url)?;
        match render::output(&view, &renderer) {
            Ok(Output::Bytes(bytes)) => Some(bytes),
            Ok(_) => None,
            // The text itself can't be read.
            Err(fault) if ["not-utf8", "nul-byte"].contains(&fault.code()) => None,
            Err(fault) => panic!("{url}: {fault:?}"),
        }
    }

    /// The page of an essay with this body.
    pub fn page(&self, body: &str) -> Page {
        let text = format!("---\ntitle: A\ndate: 2026-05-01\nmath: true\n---\n{body}");
        let assembled = self.assembled(&[("content/essays/a.md", text)]);
        let html = self.rendered(&assembled, &UrlPath::new("/essays/a/")).unwrap_or_default();
        Page {
            is_broken: assembled.diagnostics.iter().any(Diagnostic::is_error),
            html: String::from_utf8(html).expect("UTF-8"),
        }
    }

    /// Every page of a site in which `name` stands wherever a name may, and `body` is the essay's; nothing if it has errors.
    pub fn site(&self, name: &str, body: &str) -> Vec<(UrlPath, Vec<u8>)> {
        let quoted = serde_json::to_string(name).expect("JSON, which is YAML");
        let essay = format!(
            "---\ntitle: {quoted}\ndate: 2026-05-01\nsummary: {quoted}\nauthors: [{quoted}]\npatterns: [lag, tangles]\nconcepts: c\n\
             incidents: i\nseries: {{name: {quoted}}}\nmath: true\n---\n\n{body}"
        );
        let incident = format!(
            "---\ntitle: {quoted}\norganisations: [{quoted}]\nservices: [{quoted}]\nimpact: {quoted}\nseverity: {quoted}\n\
             times: {{started: 2026-04-01T10:00Z}}\npatterns: lag\ntimeline: [{{at: 2026-04-01T10:30Z, text: {quoted}}}]\n---\n"
        );
        let concept = format!("---\nname: {quoted}\ndefinition: {quoted}\naliases: [{quoted}]\n---\n");
        let page = format!("---\ntitle: {quoted}\nmenu: 1\n---\n\n[[a]]\n");
        let texts = [
            ("content/essays/a.md", essay),
            ("content/incidents/i.md", incident),
            ("content/concepts/c.md", concept),
            ("content/pages/p.md", page),
        ];
        let assembled = self.assembled(&texts);
        if assembled.diagnostics.iter().any(Diagnostic::is_error) {
            return Vec::new();
        }
        let urls: Vec<UrlPath> = assembled.site.urls().map(|(url, _)| url.clone()).collect();
        urls.into_iter().filter_map(|url| self.rendered(&assembled, &url).map(|bytes| (url, bytes))).collect()
    }
}

/// Outlines a source, and holds its text.
fn read(source: &Source) -> Outlined {
    Outlined::new(source, source.read_text(), &TextBudget::new(1 << 30))
}

/// The kind of source that a byte stands for.
pub fn kind_of(byte: u8) -> SourceKind {
    SourceKind::ALL[usize::from(byte) % SourceKind::ALL.len()]
}

/// Outlines `text` as a file of `kind`: whatever points into it, or is reported of it, stands in it.
pub fn outlined(kind: SourceKind, text: &str) {
    let source = Source {
        path: SourcePath::new(format!("content/{}/a.md", kind.folder())),
        kind,
        id: "a".to_owned(),
        content: Content::Held(Arc::from(text.as_bytes())),
        embedded: false,
        behind: None,
        settings: SourceSettings::default(),
    };
    let (document, faults) = outline(&source, text);
    for reference in &document.body.references {
        assert!(text.get(reference.span.range()).is_some(), "{reference:?}");
        assert!(reference.context.text.get(reference.context.at.clone()).is_some(), "{reference:?}");
        assert!(reference.mark.is_none_or(|mark| (mark as usize) < document.body.marks.len()), "{reference:?}");
    }
    for mark in &document.body.marks {
        assert!(mark.passage.text.get(mark.passage.at.clone()).is_some(), "{mark:?}");
    }
    assert!(document.body.anchors.is_sorted());
    let stored = postcard::to_allocvec(&document).expect("an outline can be stored");
    let read: ninefold::outline::Document = postcard::from_bytes(&stored).expect("and read");
    assert_eq!(postcard::to_allocvec(&read).as_ref(), Ok(&stored));
    shown(&faults, text);
}

/// Every diagnostic can be shown to people and to programs.
pub fn shown(faults: &[Diagnostic], text: &str) {
    let text_of = |_: &SourcePath| Some(text.to_owned());
    assert_eq!(diagnostic::human(faults, &text_of, false).is_empty(), faults.is_empty());
    let json = diagnostic::json(faults, &text_of);
    assert_eq!(json.lines().count(), faults.len());
    json.lines().for_each(|line| assert!(serde_json::from_str::<serde_json::Value>(line).is_ok(), "{line}"));
    assert_eq!(diagnostic::github(faults, &text_of).lines().count(), faults.len());
}
