//! Which event of an incident a passage speaks of. Knows the incidents' records; decides of no incident.

use crate::diagnostic::Diagnostic;
use crate::fields::shortened;
use crate::model::DocId;
use crate::outline::{Document, EVENT_ANCHOR, Event, Front, Mark, event, nearest_events, shortest_name};

use super::Link;
use super::readings::{Around, UNKNOWN_EVENT};

/// All events of an incident.
pub(super) fn events_of(document: &Document) -> Vec<Event> {
    match &document.front {
        Front::Incident(front) => front.events(),
        _ => Vec::new(),
    }
}

/// Events as an author may write them, for a help line.
pub(super) fn listed(names: &[String], sign: &str) -> String {
    names.iter().map(|name| format!("`{sign}{name}`")).collect::<Vec<_>>().join(", ")
}

impl Around<'_> {
    /// The event that the passage speaks of in each of `incidents`: the one that its link names, or else the only one that its
    /// block links. A name of none is reported.
    pub(super) fn events(&self, mark: &Mark, incidents: &[DocId], faults: &mut Vec<Diagnostic>) -> Vec<Option<u32>> {
        let Some(name) = &mark.event else {
            return incidents.iter().map(|incident| self.linked_event(mark, *incident)).collect();
        };
        let records = incidents.iter().map(|incident| self.lookup.document(*incident));
        let all: Vec<(&Document, Vec<Event>)> = records.map(|record| (record, events_of(record))).collect();
        let found: Vec<Result<usize, Vec<usize>>> = all.iter().map(|(_, events)| event(events, name)).collect();
        if found.iter().all(Result::is_err)
            && let Some(fault) = unknown(name, &all, &found)
        {
            faults.push(fault.at(&self.document.path, mark.span));
        }
        found.into_iter().map(|found| u32::try_from(found.ok()?).ok()).collect()
    }

    /// The only event of `incident` that the passage's block links.
    fn linked_event(&self, mark: &Mark, incident: DocId) -> Option<u32> {
        let name = |reference: &u32| match self.links.get(*reference as usize) {
            Some(Link::Page { doc, anchor: Some(anchor) }) if *doc == incident => anchor.strip_prefix(EVENT_ANCHOR),
            _ => None,
        };
        let mut names = mark.event_links.iter().filter_map(name);
        let name = names.next()?;
        if names.any(|other| other != name) {
            return None;
        }
        let events = events_of(self.lookup.document(incident));
        u32::try_from(events.iter().position(|event| event.name == name)?).ok()
    }
}

/// The fault of a name that none of the incidents has an event of; none where there is no incident and that was reported.
fn unknown(name: &str, all: &[(&Document, Vec<Event>)], found: &[Result<usize, Vec<usize>>]) -> Option<Diagnostic> {
    let name = shortened(name);
    let [(record, events), ..] = all else { return None };
    if let Some((n, meant)) = found
        .iter()
        .enumerate()
        .find_map(|(n, found)| Some((n, found.as_ref().err().filter(|meant| !meant.is_empty())?)))
    {
        let (record, events) = &all[n];
        let names: Vec<String> = meant.iter().map(|n| shortest_name(events, *n)).collect();
        let message = format!("`{name}` can mean {} events of `{}`", meant.len(), record.id);
        return Some(Diagnostic::new(UNKNOWN_EVENT, message).help(format!("write one of {}", listed(&names, "at="))));
    }
    if events.is_empty() {
        let fault = Diagnostic::new(UNKNOWN_EVENT, format!("`{name}` names no event: `{}` has no timeline", record.id));
        return Some(fault.help("take `at` out, or write the event into the record's `timeline`"));
    }
    let near = nearest_events(events, &name);
    let fault = Diagnostic::new(UNKNOWN_EVENT, format!("`{}` has no event `{name}`", record.id));
    Some(fault.help(format!("near it: {}", listed(&near, "at="))))
}
