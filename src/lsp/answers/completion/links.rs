//! Where a link may lead, by as much of it as is written. Knows names, files and places on pages.

use crate::link::doc_id;
use crate::model::{DocId, SourceKind, SourcePath};
use crate::outline::{Document, EVENT_ANCHOR, Front, shortest_name};

use super::offered::{Offered, documents_of};
use crate::lsp::file::{File, documents, site};

/// The kinds whose names are schemes.
const SCHEMES: [SourceKind; 3] = [SourceKind::Pattern, SourceKind::Concept, SourceKind::Incident];

/// What may follow in the destination of a link.
pub fn destinations(file: &File<'_>, written: &str) -> Vec<Offered> {
    if let Some((scheme, rest)) = written.split_once(':') {
        let kind = SCHEMES.into_iter().find(|kind| kind.noun() == scheme);
        return kind.map(|kind| named(file, kind, rest)).unwrap_or_default();
    }
    if let Some((path, _)) = written.split_once('#') {
        return target(file, path).map(|doc| anchors(&documents(file.project)[doc.index()])).unwrap_or_default();
    }
    if written.starts_with('/') {
        return addresses(file);
    }
    let schemes = SCHEMES.into_iter().map(|kind| Offered::word(&format!("{}:", kind.noun())));
    schemes.chain(paths(file)).collect()
}

/// After `pattern:` and the like.
fn named(file: &File<'_>, kind: SourceKind, rest: &str) -> Vec<Offered> {
    if let Some((_, terms)) = rest.split_once('?') {
        return if kind == SourceKind::Incident { Vec::new() } else { of_terms(file, terms) };
    }
    match rest.split_once('#') {
        Some((id, _)) => {
            let found = site(file.project).linked.find(kind, id);
            found.map(|doc| anchors(&documents(file.project)[doc.index()])).unwrap_or_default()
        }
        None => documents_of(file.project, kind),
    }
}

/// After the `?` of a reference.
fn of_terms(file: &File<'_>, terms: &str) -> Vec<Offered> {
    match terms.rsplit('&').next().unwrap_or_default().split_once('=') {
        Some(("in", _)) => incidents(file),
        Some(("at", _)) => events(file, terms),
        Some(_) => Vec::new(),
        None => ["in=", "at=", "not"].map(Offered::word).into(),
    }
}

/// Incidents that a passage may speak of: first those of the essay.
pub fn incidents(file: &File<'_>) -> Vec<Offered> {
    let own: Vec<&str> = file
        .last_document()
        .map(|(_, document)| document.tags()[2].iter().map(|name| name.value.as_str()).collect())
        .unwrap_or_default();
    let mut all = documents_of(file.project, SourceKind::Incident);
    all.sort_by_key(|incident| !own.contains(&incident.text.as_str()));
    all.push(Offered::word("none"));
    all
}

/// The events of the incident that the reference names, or of the only one of the essay.
fn events(file: &File<'_>, terms: &str) -> Vec<Offered> {
    let stated =
        terms.split('&').find_map(|term| term.strip_prefix("in=")).map(|ids| ids.split(',').collect::<Vec<_>>());
    let own = || match file.last_document()?.1.tags()[2] {
        [only] => Some(vec![only.value.as_str()]),
        _ => None,
    };
    let Some(ids) = stated.or_else(own) else { return Vec::new() };
    let found = ids.into_iter().filter_map(|id| site(file.project).linked.find(SourceKind::Incident, id));
    found.flat_map(|doc| events_of(&documents(file.project)[doc.index()], "")).collect()
}

fn events_of(document: &Document, before: &str) -> Vec<Offered> {
    let Front::Incident(front) = &document.front else { return Vec::new() };
    let events = front.events();
    let name = |n: usize| format!("{before}{}", shortest_name(&events, n));
    events.iter().enumerate().map(|(n, event)| Offered::word(&name(n)).titled(&event.text)).collect()
}

/// The places on a document's page: events, headings, passages.
pub fn anchors(document: &Document) -> Vec<Offered> {
    let headings = document.body.headings.iter().map(|heading| Offered::word(&heading.id).titled(&heading.text));
    let passages = document.body.marks.iter().filter(|mark| !mark.passage.at.is_empty());
    let passages = passages.map(|mark| {
        let words = mark.passage.text.get(mark.passage.at.clone()).unwrap_or_default();
        Offered::word(&mark.anchor).titled(words)
    });
    let events = match &document.front {
        Front::Incident(front) => front.events(),
        _ => Vec::new(),
    };
    let events = events.iter().map(|event| Offered::word(&format!("{EVENT_ANCHOR}{}", event.name)).titled(&event.text));
    events.chain(headings).chain(passages).collect()
}

/// The document that a path means; the file itself where it is empty.
fn target(file: &File<'_>, path: &str) -> Option<DocId> {
    if path.is_empty() {
        return Some(file.last_document()?.0);
    }
    let linked = &site(file.project).linked;
    if path.starts_with('/') {
        let at = linked.urls.iter().position(|url| url.as_str() == path)?;
        return Some(doc_id(at));
    }
    let path = SourcePath::resolve(file.path.folder(), path)?;
    let n = documents(file.project).binary_search_by(|document| document.path.as_str().cmp(&path)).ok()?;
    Some(doc_id(n))
}

/// Every other text of the site by its path from this one.
fn paths(file: &File<'_>) -> impl Iterator<Item = Offered> {
    let others = documents(file.project).iter().filter(|document| !document.embedded && document.path != file.path);
    let mut others: Vec<Offered> = others
        .map(|document| Offered::leading_to(document, relative(file.path.folder(), document.path.as_str())))
        .collect();
    others.sort_by_key(|other| other.text.starts_with(".."));
    others.into_iter()
}

/// The way from a folder to a file.
fn relative(folder: &str, path: &str) -> String {
    let (mut from, mut to) = (folder.split('/').peekable(), path.split('/').peekable());
    while from.peek().is_some() && from.peek() == to.peek() {
        from.next();
        to.next();
    }
    let up = from.filter(|part| !part.is_empty()).map(|_| "..");
    up.chain(to).collect::<Vec<_>>().join("/")
}

fn addresses(file: &File<'_>) -> Vec<Offered> {
    let urls = site(file.project).linked.urls.iter();
    let published = documents(file.project).iter().zip(urls).filter(|(document, _)| !document.embedded);
    published.map(|(document, url)| Offered::leading_to(document, url.to_string())).collect()
}

/// What may stand in `[[ ]]`.
pub fn wiki(file: &File<'_>, written: &str) -> Vec<Offered> {
    let documents = documents(file.project);
    if let Some((name, _)) = written.split_once('#') {
        let is_meant = |document: &&std::sync::Arc<Document>| {
            let name = name.trim().to_lowercase();
            document.id == name || document.title().to_lowercase() == name
        };
        return match name.trim().is_empty() {
            true => file.last_document().map(|(_, document)| anchors(document)).unwrap_or_default(),
            false => documents.iter().find(is_meant).map(|document| anchors(document)).unwrap_or_default(),
        };
    }
    let own = documents.iter().filter(|document| document.path != file.path);
    own.map(|document| Offered::leading_to(document, document.id.clone())).collect()
}

#[cfg(test)]
mod tests {
    use super::relative;

    #[test]
    fn a_path_leads_from_a_folder_to_a_file() {
        assert_eq!(relative("content/essays", "content/essays/b.md"), "b.md");
        assert_eq!(relative("content/essays", "content/incidents/b.md"), "../incidents/b.md");
        assert_eq!(relative("content/essays/a", "content/essays/b/index.md"), "../b/index.md");
        assert_eq!(relative("content/essays", "content/essays/b/index.md"), "b/index.md");
    }
}
