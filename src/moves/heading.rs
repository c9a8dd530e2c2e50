//! Other words for a heading. Where others may link to it, it goes on by the id that it has; where nobody can yet, links follow
//! to the one that its new words make.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Edit, edited};
use crate::fields::shortened;
use crate::link::{Link, doc_id};
use crate::load::{Content, Source};
use crate::model::{DocId, SourcePath, Span, nearest, undone};
use crate::outline::{Document, Form, HeadingPlace, Reference, destinations, heading_places, outline};

use super::changes::Changes;
use super::destination::with_anchor;
use super::{Project, refused};

/// What changes when the heading `id` of the text at `path` gets these words, written as in Markdown; or why it can't.
pub fn rename_heading(
    project: Project<'_>,
    path: &SourcePath,
    id: &str,
    words: &str,
) -> Result<Changes, Vec<Diagnostic>> {
    heading(project, path, id, words).map_err(|fault| vec![fault])
}

fn heading(project: Project<'_>, path: &SourcePath, id: &str, words: &str) -> Result<Changes, Diagnostic> {
    let assembled = project.assembled;
    let documents = assembled.site.documents();
    let n = documents.iter().position(|document| document.path == *path && !document.embedded).ok_or_else(|| {
        let near = nearest(path.as_str(), documents.iter().map(|document| document.path.as_str()));
        let fault = refused(format!("`{path}` is no text of this site"));
        fault.maybe_help(near.map(|near| format!("did you mean `{near}`?")))
    })?;
    let document = &documents[n];
    let headings = &document.body.headings;
    let at = headings.iter().position(|heading| heading.id == undone(id)).ok_or_else(|| {
        let near = nearest(id, headings.iter().map(|heading| heading.id.as_str()));
        let fault = refused(format!("`{path}` has no heading `#{}`", shortened(id))).in_file(path);
        fault.maybe_help(near.map(|near| format!("did you mean `#{near}`?")))
    })?;
    let words = words.trim();
    if words.is_empty() || words.contains(['\n', '\r']) {
        return Err(refused("a heading has words, all in one line"));
    }
    let text = assembled.text(path)?;
    let places = heading_places(document, &text);
    let place = places.get(at).filter(|_| places.len() == headings.len());
    let Some(HeadingPlace { words: Some(span), .. }) = place else {
        let span = place.map_or(Span::default(), |place| place.span);
        return Err(refused("this heading is written in HTML").at(path, span).help("change its words where it stands"));
    };
    let new_words = Edit { span: *span, text: words.to_owned() };
    let is_public = !document.front.is_draft() && !assembled.site.linked.scheduled[n];
    let id_stays = || id_attribute(place.and_then(|place| place.attributes), *span, &headings[at].id);
    let mut edits = vec![new_words];
    let mut after = outlined(document, &text, &edits);
    if is_public && after.body.headings.get(at).is_some_and(|heading| heading.id != headings[at].id) {
        edits.push(id_stays());
        after = outlined(document, &text, &edits);
    }
    if after.body.headings.len() != headings.len() {
        let fault = refused(format!("`{}` would be no heading, or more than one", shortened(words)));
        return Err(fault.at(path, *span).help("leave out what means something else in Markdown"));
    }
    let mut changes = Changes::default();
    changes.edit(path, edits);
    let anchors: Anchors =
        headings.iter().zip(&after.body.headings).map(|(a, b)| (a.id.clone(), b.id.clone())).collect();
    let renamed = Renamed { doc: doc_id(n), id: &headings[at].id, words: &after.body.headings[at].text, anchors };
    renamed.follow(project, &mut changes)?;
    Ok(changes.sorted())
}

/// The id of each heading, and what it is afterwards.
type Anchors = BTreeMap<String, String>;

/// The document as it is with these edits.
pub(super) fn outlined(document: &Document, text: &str, edits: &[Edit]) -> Document {
    let text = edited(text, edits).0;
    let source = Source {
        path: document.path.clone(),
        kind: document.kind,
        id: document.id.clone(),
        content: Content::Held(Arc::from(text.as_bytes())),
        embedded: false,
        behind: None,
        settings: document.settings.clone(),
    };
    outline(&source, &text).0
}

/// The id as an attribute: among those that the heading has, or behind its words.
fn id_attribute(attributes: Option<Span>, words: Span, id: &str) -> Edit {
    match attributes {
        Some(block) => {
            let at = block.start as usize + 1;
            Edit { span: Span::new(at, at), text: format!("#{id} ") }
        }
        None => Edit { span: Span::new(words.end as usize, words.end as usize), text: format!(" {{#{id}}}") },
    }
}

/// A heading with other words, and maybe another id.
struct Renamed<'a> {
    doc: DocId,
    id: &'a str,
    words: &'a str,
    anchors: Anchors,
}

impl Renamed<'_> {
    /// Adds the edits of all links that lead to a place which is called otherwise now.
    fn follow(&self, project: Project<'_>, changes: &mut Changes) -> Result<(), Diagnostic> {
        let assembled = project.assembled;
        for (n, document) in assembled.site.documents().iter().enumerate() {
            let links = &assembled.site.linked.links[n];
            let followed: Vec<usize> = (0..links.len())
                .filter(|r| self.may_change(doc_id(n), &document.body.references[*r], &links[*r]))
                .collect();
            if followed.is_empty() || document.embedded {
                continue;
            }
            let text = assembled.text(&document.path)?;
            let destinations = destinations(document, &text);
            for r in followed {
                let reference = &document.body.references[r];
                let Some(Some(place)) = destinations.get(r) else {
                    let fault =
                        refused("where this link leads to is written in a form that can't be changed by itself");
                    return Err(fault.at(&document.path, reference.span));
                };
                let written = &text[place.span.range()];
                let led = self.led(written, place.form, reference, &links[r]);
                changes.edit(&document.path, led.map(|text| Edit { span: place.span, text }));
            }
        }
        Ok(())
    }

    /// Whether a link leads to a place of the text by a name that it won't have.
    fn may_change(&self, from: DocId, reference: &Reference, link: &Link) -> bool {
        let Some(anchor) = self.anchor(from, link) else { return false };
        let is_by_words = anchor == self.id && reference.target.anchor().is_some_and(|written| written != anchor);
        is_by_words || self.anchors.get(anchor).is_some_and(|after| after != anchor)
    }

    fn anchor<'l>(&self, from: DocId, link: &'l Link) -> Option<&'l str> {
        match link {
            Link::Page { doc, anchor: Some(anchor) } if *doc == self.doc => Some(anchor),
            Link::Here(anchor) if from == self.doc => Some(anchor),
            _ => None,
        }
    }

    fn led(&self, written: &str, form: Form, reference: &Reference, link: &Link) -> Option<String> {
        let (Link::Page { anchor: Some(anchor), .. } | Link::Here(anchor)) = link else { return None };
        let own = reference.target.anchor().unwrap_or_default();
        let after = self.anchors.get(anchor).unwrap_or(anchor);
        // Whoever links by words sees words.
        let is_by_words = anchor == self.id && own != anchor;
        let can_be_words = form == Form::Wiki && !self.words.contains(['#', '|', '[', ']', '^', '%']);
        let after = if is_by_words && can_be_words { self.words } else { after };
        with_anchor(written, after).filter(|led| led != written)
    }
}
