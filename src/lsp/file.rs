//! One text that is asked about: what it is in the editor, and what was made of it. Knows the site as it is now.

use std::sync::Arc;

use lsp_types::Range;

use crate::link::doc_id;
use crate::model::{DocId, Hash, SourcePath, Span};
use crate::outline::Document;
use crate::site::Site;

use super::positions::Positions;
use super::project::Project;

/// A file of the project.
pub struct File<'p> {
    pub project: &'p Project,
    pub path: SourcePath,
    pub text: String,
}

impl<'p> File<'p> {
    /// The one that the editor calls `uri`; none if it is none of the site.
    pub fn at(project: &'p Project, uri: &str) -> Option<Self> {
        let path = project.path_of(uri)?;
        let text = project.text(&path)?;
        Some(Self { project, path, text })
    }

    pub fn of(project: &'p Project, doc: DocId) -> Option<Self> {
        let path = documents(project)[doc.index()].path.clone();
        let text = project.document_text(&path)?;
        Some(Self { project, path, text })
    }

    pub fn positions(&self) -> Positions<'_> {
        Positions::new(&self.text, self.project.encoding)
    }

    /// What was made of this very text. None where it is no source, and where it can't be read as it is now: all places in what
    /// was read last are of another text.
    pub fn document(&self) -> Option<(DocId, &'p Document)> {
        let (doc, document) = self.last_document()?;
        (document.hash == Hash::of(self.text.as_bytes())).then_some((doc, document))
    }

    /// What was made of it when it could be read last.
    pub fn last_document(&self) -> Option<(DocId, &'p Document)> {
        let documents = documents(self.project);
        let n = documents.binary_search_by(|document| document.path.cmp(&self.path)).ok()?;
        Some((doc_id(n), &*documents[n]))
    }

    /// Where `span` is, without line breaks at its end.
    pub fn range(&self, span: Span) -> Range {
        self.ranges([span]).remove(0)
    }

    /// The same of each of `spans`: the lines are counted once.
    pub fn ranges(&self, spans: impl IntoIterator<Item = Span>) -> Vec<Range> {
        let positions = self.positions();
        let range = |span: Span| {
            let words = self.words(span).trim_end_matches(['\n', '\r']);
            positions.range(Span::new(span.start as usize, span.start as usize + words.len()))
        };
        spans.into_iter().map(range).collect()
    }

    /// The text of `span`, which may be of another text.
    pub fn words(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or_default()
    }
}

pub fn site(project: &Project) -> &Site {
    &project.snapshot.assembled.site
}

pub fn documents(project: &Project) -> &[Arc<Document>] {
    site(project).documents()
}
