//! What is offered, and which of it first. Knows names and titles; not where they would stand.

use lsp_types::{CompletionItem, CompletionItemKind, CompletionList, CompletionTextEdit, Range, TextEdit};

use crate::model::SourceKind;
use crate::outline::Document;

use crate::lsp::file::documents;
use crate::lsp::project::Project;

/// So many are shown; what is typed next leaves fewer.
const MOST: usize = 200;

/// Something that can stand in a place.
#[derive(Clone, Debug)]
pub struct Offered {
    /// What is written.
    pub text: String,
    /// What readers call it.
    pub title: String,
    /// More of it, in a sentence.
    pub about: String,
    pub kind: CompletionItemKind,
}

impl Offered {
    pub fn word(text: &str) -> Self {
        Self { text: text.to_owned(), title: String::new(), about: String::new(), kind: CompletionItemKind::VALUE }
    }

    /// A key, with what stands between it and its value.
    pub fn key(key: &str) -> Self {
        Self { kind: CompletionItemKind::PROPERTY, ..Self::word(&format!("{key}: ")) }
    }

    pub fn titled(self, title: &str) -> Self {
        Self { title: title.to_owned(), ..self }
    }

    /// What leads to `document` by `text`.
    pub fn leading_to(document: &Document, text: String) -> Self {
        let kind = match document.kind {
            SourceKind::Essay | SourceKind::Page => CompletionItemKind::FILE,
            SourceKind::Incident => CompletionItemKind::EVENT,
            SourceKind::Pattern => CompletionItemKind::ENUM_MEMBER,
            SourceKind::Concept => CompletionItemKind::REFERENCE,
        };
        let about = if document.kind.is_text() { String::new() } else { document.summary().to_owned() };
        Self { text, title: document.title().to_owned(), about, kind }
    }

    /// How well it fits what is typed, the best first; none if not at all.
    fn fit(&self, typed: &str) -> Option<u8> {
        let (text, title) = (self.text.to_lowercase(), self.title.to_lowercase());
        let word_begins = |text: &str| text.split(|c: char| !c.is_alphanumeric()).any(|word| word.starts_with(typed));
        match () {
            () if text.starts_with(typed) => Some(0),
            () if title.starts_with(typed) || word_begins(&text) => Some(1),
            () if word_begins(&title) => Some(2),
            () if text.contains(typed) || title.contains(typed) => Some(3),
            () => None,
        }
    }

    fn item(self, place: usize, range: Range) -> CompletionItem {
        CompletionItem {
            filter_text: Some([self.text.as_str(), " ", &self.title].concat().trim_end().to_owned()),
            label: self.text.trim_end_matches(": ").to_owned(),
            kind: Some(self.kind),
            detail: Some(self.title).filter(|title| !title.is_empty()),
            documentation: Some(self.about).filter(|about| !about.is_empty()).map(lsp_types::Documentation::String),
            sort_text: Some(format!("{place:04}")),
            text_edit: Some(CompletionTextEdit::Edit(TextEdit::new(range, self.text))),
            ..CompletionItem::default()
        }
    }
}

/// Those that fit what is typed in `range`, the best first and each in its order.
pub fn list(offered: Vec<Offered>, typed: &str, range: Range) -> CompletionList {
    let typed = typed.to_lowercase();
    let mut fitting: Vec<(u8, Offered)> =
        offered.into_iter().filter_map(|offered| Some((offered.fit(&typed)?, offered))).collect();
    fitting.sort_by_key(|(fit, _)| *fit);
    let is_incomplete = fitting.len() > MOST;
    let items = fitting.into_iter().take(MOST).enumerate().map(|(n, (_, offered))| offered.item(n, range));
    CompletionList { is_incomplete, items: items.collect() }
}

/// The documents of a kind by their ids.
pub fn documents_of(project: &Project, kind: SourceKind) -> Vec<Offered> {
    let of_kind = documents(project).iter().filter(|document| document.kind == kind);
    of_kind.map(|document| Offered::leading_to(document, document.id.clone())).collect()
}
