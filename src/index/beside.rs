//! Which incidents records set beside one another. Knows ids only.

use std::collections::BTreeMap;

use crate::link::Linked;
use crate::model::DocId;

/// Of each incident those that its record names and those whose records name it, in the order of `incidents`.
pub fn beside(incidents: &[DocId], linked: &Linked) -> BTreeMap<DocId, Vec<DocId>> {
    let mut pairs: Vec<(DocId, usize)> = Vec::new();
    let places: BTreeMap<DocId, usize> = incidents.iter().enumerate().map(|(place, doc)| (*doc, place)).collect();
    for (place, incident) in incidents.iter().enumerate() {
        for other in linked.tags[incident.index()].related.iter().filter(|other| *other != incident) {
            if let Some(place_of_other) = places.get(other) {
                pairs.extend([(*incident, *place_of_other), (*other, place)]);
            }
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    let mut beside: BTreeMap<DocId, Vec<DocId>> = BTreeMap::new();
    for (incident, place) in pairs {
        beside.entry(incident).or_default().push(incidents[place]);
    }
    beside
}
