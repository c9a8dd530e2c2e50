//! Where a site uses a name: what is to be read again when it comes to stand for less. Knows what the outline and the link
//! stage found; judges nothing.

use serde::Serialize;

use crate::diagnostic::{Diagnostic, Spot};
use crate::link::Link;
use crate::model::{SourceKind, SourcePath};
use crate::outline::{Document, Mark, Scope, TagName};

use super::destination::Of;
use super::find::Name;
use super::merge::doc_of;
use super::moved::Moved;
use super::{Project, front, refused};

/// How a text uses a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum How {
    /// In its front matter.
    Tag,
    /// A passage shows it, or speaks of it.
    Passage,
    Link,
}

/// One use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Use {
    pub how: How,
    pub path: SourcePath,
    pub spot: Spot,
    /// The passage, or the sentence that links.
    pub text: String,
}

/// Every use of `name`, in the order of the texts.
pub fn uses(project: Project<'_>, name: &Name) -> Result<Vec<Use>, Diagnostic> {
    let assembled = project.assembled;
    let doc =
        doc_of(project, name).ok_or_else(|| refused(format!("there is no {} `{}`", name.kind.noun(), name.id)))?;
    let moved = Moved::renamed(assembled, doc, "");
    let mut uses = Vec::new();
    for (document, links) in assembled.site.documents().iter().zip(&assembled.site.linked.links) {
        if document.embedded {
            continue;
        }
        let tags = front::names(&document.front, &moved).map(|name| Use {
            how: How::Tag,
            path: document.path.clone(),
            spot: name.spot.clone(),
            text: String::new(),
        });
        uses.extend(tags);
        uses.extend(of_body(project, document, links, &moved));
    }
    Ok(uses)
}

fn of_body<'a>(project: Project<'a>, document: &'a Document, links: &'a [Link], moved: &'a Moved<'a>) -> Vec<Use> {
    let found = |how, span, text: &str| Use {
        how,
        path: document.path.clone(),
        spot: Spot::Bytes(span),
        text: text.to_owned(),
    };
    let marks = document.body.marks.iter().filter(|mark| shows(mark, moved));
    let mut uses: Vec<Use> = marks.map(|mark| found(How::Passage, mark.span, &mark.passage.text)).collect();
    for (reference, link) in document.body.references.iter().zip(links) {
        let of = Of { assembled: project.assembled, from: document, reference, link };
        if moved.is_meant(of) && uses.iter().all(|one| one.spot != Spot::Bytes(reference.span)) {
            uses.push(found(How::Link, reference.span, &reference.context.text));
        }
    }
    let scopes = document.body.headings.iter().filter_map(|heading| Some((heading, heading.scope.as_ref()?)));
    for (heading, scope) in scopes {
        if scope.incidents.iter().any(|id| moved.is_called(SourceKind::Incident, id)) {
            uses.push(found(How::Passage, scope.span, &heading.text));
        }
    }
    let start = |one: &Use| if let Spot::Bytes(span) = one.spot { span.start } else { 0 };
    uses.sort_by_key(start);
    uses
}

/// Whether a passage shows the concept, or speaks of the incident.
fn shows(mark: &Mark, moved: &Moved<'_>) -> bool {
    match (&mark.tag, &mark.scope) {
        (TagName::Concept(id), _) if moved.is_called(SourceKind::Concept, id) => true,
        (_, Scope::Stated(ids)) => ids.iter().any(|id| moved.is_called(SourceKind::Incident, id)),
        _ => false,
    }
}
