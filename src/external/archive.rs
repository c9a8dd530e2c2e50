//! Which pages an archive is asked for, of which day, and where the addresses of its copies are written. Knows texts and records; the
//! protocol is `memento`'s.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use jiff::tz::TimeZone;
use url::Url;

use crate::assemble::{Assembled, Outlined};
use crate::diagnostic::{Diagnostic, Edit, Spot, rules};
use crate::fields::shortened;
use crate::link::doc_id;
use crate::model::{SourcePath, Span, When};
use crate::outline::{ArchivedPage, EssayFront, Front, IncidentFront, ReferenceKind, Target};
use crate::yaml::{self, Node, Step};

use super::answer::Request;
use super::links::{address, source_entries};
use super::memento::{self, Memento};
use super::record::Record;

rules! {
    ARCHIVED_PAGE = "archived-page", note, "an archive has a copy of a linked page";
    NO_COPY = "no-copy", note, "no copy of a linked page was found in the archive";
}

/// A page that a text links to and names no copy of, or that is gone while its copy is not yet in its place.
pub struct Wish {
    path: SourcePath,
    spot: Spot,
    /// The address as the text has it.
    written: String,
    is_gone: bool,
    place: Place,
    /// What the gate is asked for; none where the text has a copy.
    pub request: Option<Request>,
}

/// Where its copy goes.
enum Place {
    /// The entry of a source, in a record.
    Source(Vec<Step>),
    /// The list of an essay.
    Essay,
    /// An entry of that list, which has a copy.
    Entry(Vec<Step>),
}

/// What is wished for all texts of the site, given the archive's gate and what is known of pages.
pub fn wishes(assembled: &Assembled, gate: &str, records: &BTreeMap<String, Record>) -> Vec<Wish> {
    let host = Url::parse(gate).ok().and_then(|gate| gate.host_str().map(str::to_owned));
    let request = |url: &Url, when: &When| {
        // A copy has no copies.
        let url = memento::address(gate, url).filter(|_| url.host_str() != host.as_deref())?;
        Some(Request { url, when: Some(when.earliest_in(&TimeZone::UTC)) })
    };
    let wanted = Wanted {
        request: &request,
        is_gone: &|url: &Url| records.get(url.as_str()).is_some_and(Record::is_gone_for_good),
    };
    let mut wishes = Vec::new();
    for (n, outlined) in assembled.outlined.iter().enumerate() {
        let document = &outlined.document;
        if document.embedded || document.stub || !assembled.site.linked.is_published(doc_id(n)) {
            continue;
        }
        match &document.front {
            Front::Essay(front) => wanted.of_essay(outlined, front, &mut wishes),
            Front::Incident(front) => wanted.of_incident(outlined, front, &mut wishes),
            Front::Pattern(_) | Front::Concept(_) | Front::Page(_) => {}
        }
    }
    wishes
}

/// What decides on wishes.
struct Wanted<'a> {
    /// Asks the archive for a page as it was at a time; none for pages of the archive itself.
    request: &'a dyn Fn(&Url, &When) -> Option<Request>,
    is_gone: &'a dyn Fn(&Url) -> bool,
}

impl Wanted<'_> {
    /// The links of an essay with a date, of whose pages its list has no copy.
    fn of_essay(&self, outlined: &Outlined, front: &EssayFront, wishes: &mut Vec<Wish>) {
        let Some(date) = &front.date else { return };
        let document = &outlined.document;
        let mut seen: BTreeSet<&str> = front.archives.iter().map(|page| &*page.url).collect();
        for reference in &document.body.references {
            let Target::Outside(written) = &reference.target else { continue };
            let leads = matches!(reference.kind, ReferenceKind::Link | ReferenceKind::Cited);
            let Some((url, _)) = address(written).filter(|_| leads && seen.insert(written)) else { continue };
            let Some(request) = (self.request)(&url, &date.value) else { continue };
            wishes.push(Wish {
                path: document.path.clone(),
                spot: Spot::Bytes(reference.span),
                written: written.clone(),
                is_gone: (self.is_gone)(&url),
                place: Place::Essay,
                request: Some(request),
            });
        }
        wishes.extend(entries_of_the_gone(outlined, front, self.is_gone));
    }

    /// The sources of a record that have no copy, or a page that is gone while the record does not say so.
    fn of_incident(&self, outlined: &Outlined, front: &IncidentFront, wishes: &mut Vec<Wish>) {
        let Some(tree) = tree(outlined) else { return };
        for (steps, entry) in source_entries(&tree) {
            let Node::Map(keys) = entry else { continue };
            let text = |key: &str| {
                let n = keys.iter().position(|(name, _)| name == key)?;
                match &keys[n].1 {
                    Node::Text(text) | Node::Typed(_, text) => Some((n, text.as_str())),
                    Node::List(_) | Node::Map(_) => None,
                }
            };
            let Some((n, written)) = text("url") else { continue };
            let Some((url, _)) = address(written) else { continue };
            let published = text("published").and_then(|(_, text)| When::parse(text).ok());
            let has_copy = text("archive_url").is_some();
            let is_gone = (self.is_gone)(&url) && text("gone").is_none();
            let date = published.as_ref().or(front.times.first());
            let request = date.filter(|_| !has_copy).and_then(|date| (self.request)(&url, date));
            if request.is_some() || has_copy && is_gone {
                let spot = Spot::Value(steps.iter().copied().chain([Step::Entry(n)]).collect());
                let (path, written) = (outlined.document.path.clone(), written.to_owned());
                wishes.push(Wish { path, spot, written, is_gone, place: Place::Source(steps), request });
            }
        }
    }
}

/// The entries of an essay's list whose pages are gone, and which do not say so.
fn entries_of_the_gone(outlined: &Outlined, front: &EssayFront, is_gone: impl Fn(&Url) -> bool) -> Vec<Wish> {
    let gone = |page: &&ArchivedPage| !page.gone && address(&page.url).is_some_and(|(url, _)| is_gone(&url));
    let wish = |page: &ArchivedPage, entries: &[(String, Node)]| {
        let (steps, n) = entry(entries, &page.url)?;
        Some(Wish {
            path: outlined.document.path.clone(),
            spot: Spot::Value(steps.iter().copied().chain([Step::Entry(n)]).collect()),
            written: page.url.clone(),
            is_gone: true,
            place: Place::Entry(steps),
            request: None,
        })
    };
    let pages: Vec<_> = front.archives.iter().filter(gone).collect();
    if pages.is_empty() {
        return Vec::new();
    }
    let entries = tree(outlined).unwrap_or_default();
    pages.into_iter().filter_map(|page| wish(page, &entries)).collect()
}

/// The way to the entry of `archives` for `url`, and the place of its address there.
fn entry(entries: &[(String, Node)], url: &str) -> Option<(Vec<Step>, usize)> {
    let n = entries.iter().position(|(key, _)| key == "archives")?;
    let Node::List(items) = &entries[n].1 else { return None };
    items.iter().enumerate().find_map(|(item, node)| {
        let Node::Map(keys) = node else { return None };
        let key = keys.iter().position(|(key, node)| key == "url" && *node == Node::Text(url.to_owned()))?;
        Some((vec![Step::Entry(n), Step::Item(item)], key))
    })
}

fn tree(outlined: &Outlined) -> Option<Vec<(String, Node)>> {
    let text = outlined.text().ok()?;
    match yaml::parse(&text[yaml::front_matter(&text)?.yaml]) {
        Ok(Node::Map(entries)) => Some(entries),
        _ => None,
    }
}

/// The diagnostics of `wishes`, given the archive's answer to each request, with the edits that write it.
pub fn faults(assembled: &Assembled, wishes: &[Wish], found: &BTreeMap<Request, Memento>) -> Vec<Diagnostic> {
    let lists = lists(assembled, wishes, found);
    let mut faults = Vec::new();
    for wish in wishes {
        let (fault, edits) = match &wish.request {
            None => {
                let message = format!("`{}` is gone, and its copy is not in its place yet", shortened(&wish.written));
                let fault = Diagnostic::new(ARCHIVED_PAGE, message).help("`--apply` lets the link lead to the copy");
                (fault, edits(assembled, wish, None))
            }
            Some(request) => {
                // One that was not sent is no answer.
                let Some(memento) = found.get(request) else { continue };
                let edits = match (memento, &wish.place) {
                    (Memento::Found { .. }, Place::Essay) => lists.get(&wish.path).cloned().into_iter().collect(),
                    (Memento::Found { url, .. }, _) => edits(assembled, wish, Some(url)),
                    (Memento::None | Memento::Unknown(_), _) => Vec::new(),
                };
                (answered(wish, memento), edits)
            }
        };
        let fault = fault.in_place(&wish.path, wish.spot.clone());
        // A diagnostic carries one edit: each further one is in a copy of it.
        if edits.is_empty() {
            faults.push(fault);
        } else {
            faults.extend(edits.into_iter().map(|edit| fault.clone().edit(edit)));
        }
    }
    faults
}

/// The diagnostic of the archive's answer.
fn answered(wish: &Wish, memento: &Memento) -> Diagnostic {
    let name = shortened(&wish.written);
    match memento {
        Memento::Found { url, at } => {
            let gone = if wish.is_gone { "is gone, and has" } else { "has" };
            let message = format!("`{name}` {gone} a copy as it was on {}", day(*at));
            Diagnostic::new(ARCHIVED_PAGE, message).help(format!("`--apply` writes its address: `{url}`"))
        }
        Memento::None => Diagnostic::new(NO_COPY, format!("the archive has no copy of `{name}`")),
        Memento::Unknown(why) => {
            let message = format!("whether there is a copy of `{name}` can't be told: {why}");
            Diagnostic::new(NO_COPY, message)
        }
    }
}

fn day(at: Timestamp) -> String {
    When::Day(at.to_zoned_datetime(TimeZone::UTC).date()).to_string()
}

/// The edit of each essay that adds the copies that were found to its list.
fn lists(assembled: &Assembled, wishes: &[Wish], found: &BTreeMap<Request, Memento>) -> BTreeMap<SourcePath, Edit> {
    let mut groups: BTreeMap<&SourcePath, Vec<Vec<(&str, String)>>> = BTreeMap::new();
    for wish in wishes.iter().filter(|wish| matches!(wish.place, Place::Essay)) {
        let Some(Memento::Found { url, .. }) = wish.request.as_ref().and_then(|request| found.get(request)) else {
            continue;
        };
        let gone = wish.is_gone.then(|| ("gone", "true".to_owned()));
        let group = [("url", wish.written.clone()), ("archive_url", url.to_string())].into_iter().chain(gone);
        groups.entry(&wish.path).or_default().push(group.collect());
    }
    let edit = |(path, groups): (&SourcePath, Vec<Vec<(&str, String)>>)| {
        let edit = in_front_matter(assembled, path, |text| yaml::with_groups(text, "archives", &groups))?;
        Some((path.clone(), edit))
    };
    groups.into_iter().filter_map(edit).collect()
}

/// The edits of the entry that `wish` is about: the address of a copy, and that the page is gone.
fn edits(assembled: &Assembled, wish: &Wish, copy: Option<&Url>) -> Vec<Edit> {
    let (Place::Source(steps) | Place::Entry(steps)) = &wish.place else { return Vec::new() };
    let key = |key: &str, value: &str, after: &str| {
        in_front_matter(assembled, &wish.path, |text| yaml::with_key(text, steps, after, key, value))
    };
    let copy_edit = copy.and_then(|url| key("archive_url", url.as_str(), "url"));
    let gone_edit = if wish.is_gone { key("gone", "true", "url") } else { None };
    copy_edit.into_iter().chain(gone_edit).collect()
}

fn in_front_matter(
    assembled: &Assembled,
    path: &SourcePath,
    change: impl FnOnce(&str) -> Option<(std::ops::Range<usize>, String)>,
) -> Option<Edit> {
    let text = assembled.text(path).ok()?;
    let yaml = yaml::front_matter(&text)?.yaml;
    let (range, text) = change(&text[yaml.clone()])?;
    Some(Edit { span: Span::from(range).shifted(yaml.start), text })
}
