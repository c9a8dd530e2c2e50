//! What each link of a document leads to. Knows documents, files and anchors; leaves addresses of lists to the site.

use std::sync::Arc;

use serde::Serialize;

use crate::diagnostic::{Diagnostic, rules};
use crate::fields::shortened;
use crate::model::{DocId, Pattern, SourceKind, SourcePath, UrlPath, nearest};
use crate::outline::{
    Document, EVENT_ANCHOR, Named, Reference, ReferenceKind, Target, event, id_and_anchor, nearest_events,
    shortest_name,
};

use super::events::{events_of, listed};
use super::lookup::Lookup;
use super::names::BROKEN_LINK;
use super::status::{self, Status};
use super::{anchors, meant};

rules! {
    BROKEN_ANCHOR = "broken-anchor", error, "a link leads to a place in a page that is not there", text "[further down](#limits)";
    AMBIGUOUS_LINK = "ambiguous-link", error, "a link can mean several files";
    EMPTY_LINK = "empty-link", error, "a link leads nowhere", text "[the words]()";
    UNPUBLISHED_LINK = "unpublished-link", error, "a link leads to a draft, or to an essay dated after today";
    LINK_TO_DRAFT = "link-to-draft", warning, "a link leads to a draft, which is an error when drafts are left out";
}

/// Where a reference leads.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub enum Link {
    /// A document's page.
    Page { doc: DocId, anchor: Option<String> },
    /// The same page.
    Here(String),
    /// A file of the site.
    File(UrlPath),
    /// An address of this site that no document or file has: a list, a feed. The site checks it.
    Path { url: UrlPath, anchor: Option<String> },
    /// Another host.
    Outside(String),
    /// Nowhere: the words alone are shown, or a picture's description.
    Broken,
}

#[derive(Clone, Copy)]
pub(super) struct Resolver<'a> {
    pub lookup: &'a Lookup<'a>,
    pub status: &'a [Status],
    /// Looks for what may have been meant.
    pub hints: bool,
}

/// Whether to say that a link is broken, or let its words stand.
type Resolved = Result<Link, Option<Diagnostic>>;

impl Resolver<'_> {
    /// Every reference of `document`, resolved; the first `hints` faults say what may have been meant.
    pub fn links(&self, document: &Document, hints: usize) -> (Arc<[Link]>, Vec<Diagnostic>) {
        let mut faults = Vec::new();
        let links = document
            .body
            .references
            .iter()
            .map(|reference| {
                let resolver = Self { hints: faults.len() < hints, ..*self };
                let resolved = resolver.resolve(document, reference);
                if let Ok(Link::Page { doc, .. }) = &resolved
                    && let Some(fault) = self.leads_to_a_draft(document, *doc)
                {
                    faults.push(fault.at(&document.path, reference.span));
                }
                if let Ok(Link::Outside(url)) = &resolved
                    && let Some(fault) = meant::served(url)
                {
                    faults.push(fault.at(&document.path, reference.span));
                }
                resolved.unwrap_or_else(|fault| {
                    faults.extend(fault.map(|fault| fault.at(&document.path, reference.span)));
                    Link::Broken
                })
            })
            .collect();
        (links, faults)
    }

    /// What an author who takes drafts in would learn too late: without them, this link is an error.
    fn leads_to_a_draft(&self, from: &Document, doc: DocId) -> Option<Diagnostic> {
        let target = self.lookup.document(doc);
        (status::is_draft(target) && !status::is_draft(from)).then(|| {
            Diagnostic::new(
                LINK_TO_DRAFT,
                format!("\u{201c}{}\u{201d} is a draft: without drafts, this link is an error", target.title()),
            )
            .help("publish it first, or take the link out until it is")
        })
    }

    fn resolve(&self, document: &Document, reference: &Reference) -> Resolved {
        match &reference.target {
            Target::Pattern(Named { id, anchor, .. }) => {
                self.named(document, SourceKind::Pattern, id, anchor.as_deref())
            }
            Target::Concept(Named { id, anchor, .. }) => {
                self.named(document, SourceKind::Concept, id, anchor.as_deref())
            }
            Target::Incident(name) => {
                let (id, anchor) = id_and_anchor(name);
                self.named(document, SourceKind::Incident, id, anchor)
            }
            Target::Wiki { name, anchor, .. } => self.wiki(document, name, anchor.as_deref()),
            Target::Relative { path, anchor } => self.relative(document, path, anchor.as_deref(), reference.kind),
            Target::Site { path, anchor } => self.site(document, path, anchor.as_deref()),
            Target::Here(anchor) => self.here(document, anchor),
            Target::Outside(url) => Ok(Link::Outside(url.clone())),
            Target::Refused(scheme) => Err(Some(meant::refused(scheme))),
            Target::Empty => Err(Some(
                Diagnostic::new(EMPTY_LINK, "the link leads nowhere")
                    .help("write where it leads between the round brackets"),
            )),
        }
    }

    fn nearest<'n>(&self, word: &str, candidates: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
        if self.hints { nearest(word, candidates) } else { None }
    }

    fn named(&self, document: &Document, kind: SourceKind, id: &str, anchor: Option<&str>) -> Resolved {
        if kind == SourceKind::Pattern && Pattern::from_id(id).is_none() {
            return Err(Some(self.lookup.names.unknown(kind, id, self.hints)));
        }
        match self.lookup.names.get(kind, id) {
            Some(doc) => self.page(document, doc, anchor),
            None => Err(Some(self.lookup.names.unknown(kind, id, self.hints))),
        }
    }

    fn page(&self, from: &Document, doc: DocId, anchor: Option<&str>) -> Resolved {
        let target = self.lookup.document(doc);
        let status = &self.status[doc.index()];
        if *status == Status::Unused {
            // Only the program's own files name a concept that the site does not: its words stand.
            return Err(None);
        }
        if let (Some(why), Some(flag)) = (status.why(), status.flag()) {
            return Err((!self.is_left_out(from)).then(|| unpublished(target.title(), &why, flag, status)));
        }
        let anchor = anchor.map(|anchor| self.place(target, anchor)).transpose()?;
        Ok(Link::Page { doc, anchor })
    }

    /// A place on the same page.
    fn here(&self, document: &Document, anchor: &str) -> Resolved {
        let anchor = if anchor.is_empty() { String::new() } else { self.place(document, anchor)? };
        Ok(Link::Here(anchor))
    }

    fn is_left_out(&self, document: &Document) -> bool {
        self.lookup
            .names
            .at_path(document.path.as_str())
            .is_some_and(|doc| self.status[doc.index()] != Status::Published)
    }

    /// The id on the page of `target` that `anchor` means: a heading's, a passage's, or that of an incident's event.
    fn place(&self, target: &Document, anchor: &str) -> Result<String, Option<Diagnostic>> {
        if let Some(known) = anchors::find(target, anchor) {
            return Ok(known.into_owned());
        }
        let events = events_of(target);
        match event(&events, anchor) {
            Ok(n) => return Ok([EVENT_ANCHOR, &events[n].name].concat()),
            Err(_) if anchor.starts_with("nf-") && !anchor.starts_with(EVENT_ANCHOR) => return Ok(anchor.to_owned()),
            Err(meant) if !meant.is_empty() => {
                let names: Vec<String> = meant.iter().map(|n| shortest_name(&events, *n)).collect();
                let anchor = shortened(anchor);
                let fault = Diagnostic::new(
                    BROKEN_ANCHOR,
                    format!("`#{anchor}` can mean {} events of `{}`", meant.len(), target.path),
                );
                return Err(Some(fault.help(format!("write one of {}", listed(&names, "#")))));
            }
            Err(_) => {}
        }
        let places = if events.is_empty() { "heading or passage" } else { "heading or event" };
        let fault =
            Diagnostic::new(BROKEN_ANCHOR, format!("`{}` has no {places} `#{}`", target.path, shortened(anchor)));
        let fault = match self.nearest(anchor, target.body.anchors.iter().map(String::as_str)) {
            Some(near) => fault.help(format!("did you mean `#{near}`?")),
            None if !events.is_empty() => {
                fault.help(format!("near it: {}", listed(&nearest_events(&events, anchor), "#")))
            }
            None => {
                let some: Vec<String> =
                    target.body.headings.iter().take(6).map(|heading| format!("#{}", heading.id)).collect();
                match some.is_empty() {
                    true => fault.help("it has no headings; leave the anchor out"),
                    false => fault.help(format!("it has {}", some.join(", "))),
                }
            }
        };
        Err(Some(fault))
    }

    fn wiki(&self, document: &Document, name: &str, anchor: Option<&str>) -> Resolved {
        if name.is_empty() {
            return self.here(document, anchor.unwrap_or_default());
        }
        if let Some((folder, rest)) = name.trim_end_matches(".md").rsplit_once('/')
            && let Some(kind) = SourceKind::from_folder(folder)
            && let Some(doc) = self.lookup.names.get(kind, rest)
        {
            return self.page(document, doc, anchor);
        }
        let in_folder = self.lookup.in_folder(name);
        let meant = self.lookup.wiki(name);
        match if meant.is_empty() { &in_folder } else { meant } {
            [only] => self.page(document, *only, anchor),
            [] => {
                let near = self.nearest(name, self.lookup.ids()).or_else(|| self.nearest(name, self.lookup.titles()));
                let help = near.map_or_else(
                    || match crate::model::Id::new(name) {
                        Ok(_) => super::names::create(SourceKind::Essay, name),
                        Err(_) => "write the name of a file, or a title".to_owned(),
                    },
                    |near| format!("did you mean `{near}`?"),
                );
                Err(Some(
                    Diagnostic::new(BROKEN_LINK, format!("no file and no title is `{}`", shortened(name))).help(help),
                ))
            }
            [first, second, ..] => Err(Some(
                Diagnostic::new(
                    AMBIGUOUS_LINK,
                    format!(
                        "`{}` can mean `{}` or `{}`",
                        shortened(name),
                        self.lookup.path(*first),
                        self.lookup.path(*second)
                    ),
                )
                .help("link to the file you mean: `[words](name.md)`"),
            )),
        }
    }

    fn relative(&self, document: &Document, path: &str, anchor: Option<&str>, kind: ReferenceKind) -> Resolved {
        let Some(full) = SourcePath::resolve(document.path.folder(), path) else {
            return Err(Some(
                Diagnostic::new(BROKEN_LINK, format!("`{}` leads out of the site", shortened(path)))
                    .help("link to a file below `content/`, or to a whole web address"),
            ));
        };
        // A query is for other hosts (`?raw=true`), unless it is part of a file's name.
        let without_query = full.split('?').next().unwrap_or_default();
        for full in [&*full, without_query] {
            if kind.leads_to_pages()
                && let Some(doc) = self.document_at(full)
            {
                return self.page(document, doc, anchor);
            }
            if let Some(url) = self.lookup.names.file_at_path(full) {
                return Ok(Link::File(url.clone()));
            }
        }
        let missing = meant::Missing { folder: document.path.folder(), written: path, full: without_query, kind };
        Err(Some(missing.fault(self.lookup.names, self.hints)))
    }

    /// The document at `path`, which may name its folder, or the form that it had before it got one or lost it.
    fn document_at(&self, path: &str) -> Option<DocId> {
        let in_folder = path.strip_suffix(".md").unwrap_or(path);
        let at = |path: &str| self.lookup.names.at_path(path);
        at(path)
            .or_else(|| at(&format!("{in_folder}/index.md")))
            .or_else(|| at(&format!("{}.md", path.strip_suffix("/index.md")?)))
    }

    fn site(&self, document: &Document, path: &str, anchor: Option<&str>) -> Resolved {
        let without_query = path.split('?').next().unwrap_or_default();
        let with_slash = format!("{}/", without_query.trim_end_matches('/'));
        // Some old addresses are those of files.
        if let Some(doc) = self.lookup.names.at_url(&with_slash).or_else(|| self.lookup.names.at_url(without_query)) {
            return self.page(document, doc, anchor);
        }
        if let Some(url) = self.lookup.names.file_at_url(path).or_else(|| self.lookup.names.file_at_url(without_query))
        {
            return Ok(Link::File(url.clone()));
        }
        let path = without_query;
        Ok(Link::Path { url: UrlPath::new(path.to_owned()), anchor: anchor.map(str::to_owned) })
    }
}

/// A draft may never be published, so a link to one is an error. An essay with a date will be: until then the words stand
/// without a link, with a diagnostic.
fn unpublished(title: &str, why: &str, flag: &str, status: &Status) -> Diagnostic {
    match status {
        Status::Future(_) => Diagnostic::new(
            UNPUBLISHED_LINK,
            format!("\u{201c}{title}\u{201d} {why}: until then the words stand without a link"),
        )
        .softened()
        .help(format!("build again on that day, or now with `{flag}`")),
        _ => {
            Diagnostic::new(UNPUBLISHED_LINK, format!("\u{201c}{title}\u{201d} {why}, so the link would lead nowhere"))
                .help(format!("take the link out until it is published, or build with `{flag}`"))
        }
    }
}
