//! One text becomes part of another of its kind: its words stand at the end of that, its names in the lists of that, and
//! whatever named it names that. Knows the order of things; each is another file's.

use std::collections::{BTreeMap, BTreeSet};

use pulldown_cmark::{Event, Tag};

use crate::diagnostic::{Diagnostic, Edit, edited};
use crate::fields::shortened;
use crate::model::{DocId, SourceKind, Span};
use crate::outline::{Document, Markdown};
use crate::yaml;

use super::changes::Changes;
use super::find::{self, Name};
use super::heading::outlined;
use super::moved::Moved;
use super::path::File;
use super::{Project, references, refused, settings, union};

/// What changes when `from` becomes part of `into`; or why it can't.
pub fn merge(project: Project<'_>, from: &Name, into: &Name) -> Result<Changes, Vec<Diagnostic>> {
    let merge = Merge::of(project, from, into).map_err(|fault| vec![fault])?;
    let (mut changes, mut faults) = (Changes::default(), Vec::new());
    references::add(project, &merge.moved, &mut changes, &mut faults);
    settings::add(project, &merge.moved, &mut changes);
    // Its own words change as any do, and stand in the other text.
    let own = changes.edits.remove(&merge.a.path).unwrap_or_default();
    match merge.edits(&own) {
        Ok(edits) => changes.edit(&merge.b.path, edits),
        Err(fault) => faults.push(fault),
    }
    changes.removed.push(merge.a.path.clone());
    if faults.is_empty() { Ok(changes.sorted()) } else { Err(faults) }
}

/// Two texts of which one becomes part of the other.
struct Merge<'a> {
    project: Project<'a>,
    a: &'a Document,
    b: &'a Document,
    a_text: String,
    b_text: String,
    moved: Moved<'a>,
}

impl<'a> Merge<'a> {
    fn of(project: Project<'a>, from: &Name, into: &Name) -> Result<Self, Diagnostic> {
        let assembled = project.assembled;
        let documents = assembled.site.documents();
        let doc = find::changeable(assembled, from.kind, &from.id)?;
        let other = find::own(assembled, into.kind, &into.id)?;
        let (a, b) = (&*documents[doc.index()], &*documents[other.index()]);
        can_be_one(project, a, b)?;
        let (a_text, b_text) = (assembled.text(&a.path)?.into_owned(), assembled.text(&b.path)?.into_owned());
        let anchors = anchors(a, b, &a_text, &b_text)?;
        let moved = Moved::merged(assembled, doc, other, anchors);
        Ok(Self { project, a, b, a_text, b_text, moved })
    }

    /// What comes into the other text: names and facts into its front matter, words to its end.
    fn edits(&self, own: &[Edit]) -> Result<Vec<Edit>, Diagnostic> {
        let mut edits = union::edits(self.project.assembled, &self.moved, self.b, &self.a_text, &self.b_text)?;
        let body = body(&edited(&self.a_text, own).0).to_owned();
        edits.extend(appended(&self.b_text, &body));
        Ok(edits)
    }
}

fn body(text: &str) -> &str {
    yaml::front_matter(text).map_or(text, |parts| &text[parts.body..])
}

/// The edit that puts `body` at the end of `text`; none of one that says nothing.
fn appended(text: &str, body: &str) -> Option<Edit> {
    let words = body.trim_matches(['\n', '\r']);
    let line_end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let gap = if text.ends_with('\n') { line_end.to_owned() } else { line_end.repeat(2) };
    let at = Span::new(text.len(), text.len());
    (!words.trim().is_empty()).then(|| Edit { span: at, text: [&gap, words, line_end].concat() })
}

fn can_be_one(project: Project<'_>, a: &Document, b: &Document) -> Result<(), Diagnostic> {
    if a.kind != b.kind {
        let message = format!(
            "`{}` is {} {}, and `{}` {} {}",
            a.id,
            a.kind.article(),
            a.kind.noun(),
            b.id,
            b.kind.article(),
            b.kind.noun()
        );
        return Err(refused(message).help("only texts of one kind become one"));
    }
    if a.path == b.path {
        return Err(refused(format!("`{}` can't become part of itself", a.id)));
    }
    let whole = File::of(&a.path).whole();
    let is_beside = |path: &str| path.strip_prefix(whole.as_str()).is_some_and(|rest| rest.starts_with('/'));
    if let Some(path) = project.assembled.site.file_paths().find(|path| is_beside(path.as_str())) {
        let fault = refused(format!("`{}` has files beside it: `{path}`", a.path)).in_file(&a.path);
        return Err(fault.help("move them to the other text, or to `content/static/`, first"));
    }
    let has_relative =
        || a.body.references.iter().any(|one| matches!(one.target, crate::outline::Target::Relative { .. }));
    if a.path.folder() != b.path.folder() && has_relative() {
        let fault = refused(format!("`{}` and `{}` are in different folders", a.path, b.path)).in_file(&a.path);
        return Err(fault.help("its links are relative to its folder: move the file first"));
    }
    if a.front.math() != b.front.math() && a.body.words > 0 {
        let fault = refused(format!("one of `{}` and `{}` has `math: true`", a.path, b.path)).in_file(&a.path);
        return Err(fault.help("dollar signs would mean something else: write it in both, or in none"));
    }
    Ok(())
}

/// What the places of `a` are called as part of `b`: headings and passages, each as it comes. Words that would mean something
/// else there are refused.
fn anchors(a: &Document, b: &Document, a_text: &str, b_text: &str) -> Result<BTreeMap<String, String>, Diagnostic> {
    let Some(append) = appended(b_text, body(a_text)) else { return Ok(BTreeMap::new()) };
    let labels = (labels(a_text, a), labels(b_text, b));
    if let Some(both) = labels.0.intersection(&labels.1).next() {
        let fault = refused(format!("both texts have a note `[^{}]`", shortened(both))).in_file(&a.path);
        return Err(fault.help("give it another label in one of them"));
    }
    let merged = outlined(b, b_text, &[append]);
    let alike = |count: usize, other: usize, both: usize| count + other == both;
    let own_references = merged.body.references.get(b.body.references.len()..).unwrap_or_default();
    let is_as_before = alike(a.body.headings.len(), b.body.headings.len(), merged.body.headings.len())
        && (a.kind != SourceKind::Essay || alike(a.body.marks.len(), b.body.marks.len(), merged.body.marks.len()))
        && own_references.len() == a.body.references.len()
        && own_references.iter().zip(&a.body.references).all(|(after, before)| after.target == before.target);
    if !is_as_before {
        let fault = refused(format!("the words of `{}` would mean something else below those of `{}`", a.path, b.path));
        return Err(fault.in_file(&a.path).help(
            "look at what its text begins with, at the end of the other, and at labels of links that both define",
        ));
    }
    let headings = a.body.headings.iter().zip(&merged.body.headings[b.body.headings.len()..]);
    let headings = headings.map(|(before, after)| (&before.id, &after.id));
    let marks = a.body.marks.iter().zip(merged.body.marks.get(b.body.marks.len()..).unwrap_or_default());
    let marks = marks.map(|(before, after)| (&before.anchor, &after.anchor));
    let changed = headings.chain(marks).filter(|(before, after)| before != after);
    Ok(changed.map(|(before, after)| (before.clone(), after.clone())).collect())
}

/// The labels of a text's notes.
fn labels(text: &str, document: &Document) -> BTreeSet<String> {
    let markdown = Markdown::new(body(text), document.front.math());
    let labels = markdown.events().filter_map(|(event, _)| match event {
        Event::Start(Tag::FootnoteDefinition(label)) => Some(label.to_lowercase()),
        _ => None,
    });
    labels.collect()
}

/// The document of this name.
pub(super) fn doc_of(project: Project<'_>, name: &Name) -> Option<DocId> {
    let documents = project.assembled.site.documents();
    let n = documents.iter().position(|document| document.kind == name.kind && document.id == name.id)?;
    Some(crate::link::doc_id(n))
}
