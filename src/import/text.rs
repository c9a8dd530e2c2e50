//! One text of a source and what is known of the old site, as all kinds of source hand them over. Knows no format.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::model::SourceKind;
use crate::yaml::Node;

use super::vault::Vault;

/// Where something stands in the source: a file below it, and a line of that.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    pub file: String,
    /// From 1; 0 for the file as a whole.
    pub line: usize,
}

/// One text.
#[derive(Clone, Debug)]
pub struct Text {
    /// Where it begins.
    pub place: Place,
    /// What tells it from all others of the source, also in a later import: the path of its file, its id in an export.
    pub key: String,
    pub kind: SourceKind,
    /// What its file is to be called, before it is made fit: the last part of an address, a file name. That of a page may hold `/`.
    pub name: String,
    pub title: String,
    /// As front matter has it, as precise as it is known.
    pub date: Option<String>,
    pub updated: Option<String>,
    /// Old addresses, its own first: paths of the old site that begin with `/`.
    pub addresses: Vec<String>,
    /// Other names by which links call it: titles, aliases, numbers.
    pub also: Vec<String>,
    pub draft: bool,
    pub summary: Option<String>,
    pub authors: Vec<String>,
    /// Its picture: a path as in a link of the body, or an address; and the description.
    pub picture: Option<Picture>,
    /// Words of each of its lists: `("tags", ["Lag", "queues"])`.
    pub tags: Vec<(String, Vec<String>)>,
    /// Further keys of its own kind, as front matter has them: a record's.
    pub front: Vec<(String, Node)>,
    /// What no key stands for.
    pub extra: Vec<(String, Node)>,
    /// A mark of its own that parts the summary from the rest.
    pub more: Option<String>,
    /// As the source has it.
    pub body: String,
    /// The line on which the body begins in the file.
    pub body_line: usize,
    /// Between which marks formulas stand in the body.
    pub formulas: Vec<Delimiters>,
    /// It is a list of the old site: its body is made of what the import knows.
    pub is_list: bool,
    /// It has no page: others show it. Only the links in it count.
    pub is_part: bool,
    /// Whether it is a folder in the site, because files stand beside it.
    pub has_files: bool,
    /// The folder of its file on disk, for the files beside it.
    pub folder: PathBuf,
}

/// A picture that stands for a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    pub path: String,
    pub alt: Option<String>,
}

impl Text {
    /// One with nothing in it but its place and name.
    pub fn new(kind: SourceKind, place: Place, key: impl Into<String>, name: impl Into<String>) -> Self {
        Self {
            place,
            key: key.into(),
            kind,
            name: name.into(),
            title: String::new(),
            date: None,
            updated: None,
            addresses: Vec::new(),
            also: Vec::new(),
            draft: false,
            summary: None,
            authors: Vec::new(),
            picture: None,
            tags: Vec::new(),
            front: Vec::new(),
            extra: Vec::new(),
            more: None,
            body: String::new(),
            body_line: 1,
            formulas: Vec::new(),
            is_list: false,
            is_part: false,
            has_files: false,
            folder: PathBuf::new(),
        }
    }

    /// The place of line `n` of the body, from 0.
    pub fn line(&self, n: usize) -> Place {
        Place { file: self.place.file.clone(), line: self.body_line + n }
    }
}

/// What the source says of the whole site.
#[derive(Clone, Debug, Default)]
pub struct OldSite {
    pub title: Option<String>,
    pub description: Option<String>,
    /// Its address, a path included.
    pub base_url: Option<String>,
    pub author: Option<String>,
    pub language: Option<String>,
    pub timezone: Option<String>,
    /// Titles and addresses.
    pub menu: Vec<(String, String)>,
    /// Folders whose files are copied to `content/static/` as links need them: the path of one is what follows the folder.
    pub statics: Vec<PathBuf>,
    /// Folders of texts, from the source's.
    pub roots: Vec<String>,
    /// The files of a vault by the names that links have for them.
    pub vault: Vault,
    /// Marks that part summaries from the rest.
    pub more: Vec<String>,
    /// Whether bodies are kramdown's Markdown.
    pub is_kramdown: bool,
    /// Whether terms of definition lists have ids as headings do.
    pub has_term_ids: bool,
    /// Whether `:tada:` is a sign.
    pub has_emoji: bool,
    /// Pages that list the texts of a word.
    pub lists: Vec<OldList>,
}

/// The pages by which the old site lists the texts of each word of a group.
#[derive(Clone, Debug, Default)]
pub struct OldList {
    /// The group of [`Text::tags`]; `authors` for the authors.
    pub group: String,
    /// The address, `:name` for the word.
    pub form: String,
    pub named: Named,
}

/// What stands for a word in an address.
#[derive(Clone, Debug)]
pub enum Named {
    /// What the old program makes of its letters.
    By(fn(&str) -> String),
    /// By the word, as the source has them.
    As(BTreeMap<String, String>),
}

impl Default for Named {
    fn default() -> Self {
        Self::By(crate::model::slug)
    }
}

impl OldList {
    /// The address of the list of all words.
    pub fn root(&self) -> &str {
        self.form.split(":name").next().unwrap_or_default()
    }

    /// That of the list for `word`.
    pub fn address(&self, word: &str) -> Option<String> {
        let name = match &self.named {
            Named::By(name) => name(word),
            Named::As(names) => names.get(word)?.clone(),
        };
        (!name.is_empty()).then(|| self.form.replace(":name", &name))
    }
}

/// Marks between which the old program shows a formula.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delimiters {
    pub open: String,
    pub close: String,
    pub form: FormulaForm,
}

/// Where a formula stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormulaForm {
    Inline,
    Block,
    /// A block where nothing else stands in its paragraph.
    ByPlace,
}

impl Delimiters {
    pub fn new(open: &str, close: &str, form: FormulaForm) -> Self {
        Self { open: open.to_owned(), close: close.to_owned(), form }
    }

    /// What KaTeX and MathJax look for in a page whose Markdown leaves formulas alone.
    pub fn of_scripts() -> Vec<Self> {
        use FormulaForm::{Block, Inline};
        vec![
            Self::new("$$", "$$", Block),
            Self::new("$", "$", Inline),
            Self::new("\\\\(", "\\\\)", Inline),
            Self::new("\\\\[", "\\\\]", Block),
        ]
    }
}

/// A body that is Markdown of ours, and the files that it needs.
#[derive(Clone, Debug, Default)]
pub struct Body {
    pub markdown: String,
    /// What the body says in a few words before a mark such as `<!--more-->`, where nothing else is the summary.
    pub summary: Option<String>,
    /// The picture as the new text calls it.
    pub picture: Option<Picture>,
    pub files: Vec<FileCopy>,
    /// Whether dollar signs hold formulas.
    pub has_formulas: bool,
}

/// A file that is copied.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FileCopy {
    pub from: PathBuf,
    pub to: Destination,
}

/// Where a file goes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Destination {
    /// Beside the text, at this path.
    Beside(String),
    /// Below `content/static/`.
    Static(String),
}
