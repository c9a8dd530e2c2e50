//! The front matter of incidents' records.

use serde::{Deserialize, Serialize};

use crate::diagnostic::rules;
use crate::fields::{Faults, Fields, Item, Placed};
use crate::model::{RelationKind, SourceDuration, UrlPath, When};

use super::contradictions;
use super::entries::{self, SourceEntry, Statement, TimelineEntry};
use super::keys::{aliases, draft, feed_id, own_address, title, values};

rules! {
    ENDS_BEFORE_START = "ends-before-start", error, "an incident ends before it starts",
        record "title: Slow\ntimes: {started: 2026-04-02, resolved: 2026-04-01}";
}

/// An incident's facts.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct IncidentFront {
    pub title: String,
    pub organisations: Vec<String>,
    pub services: Vec<String>,
    pub regions: Vec<String>,
    pub times: Times,
    /// As a source says it; without it, derived when both ends are instants.
    pub duration: Option<SourceDuration>,
    pub impact: Option<String>,
    pub severity: Option<String>,
    pub sources: Vec<SourceEntry>,
    pub related: Vec<Relation>,
    pub timeline: Vec<TimelineEntry>,
    pub patterns: Vec<Placed<String>>,
    /// With those that `held` names.
    pub concepts: Vec<Placed<String>>,
    /// What people did, or had kept, that worked.
    pub held: Vec<Statement>,
    /// What accounts leave open, or where they disagree.
    pub disputes: Vec<Statement>,
    pub aliases: Vec<Placed<UrlPath>>,
    pub url: Option<Placed<UrlPath>>,
    /// What the ids of its feeds begin with.
    pub feed_id: Option<Placed<String>>,
    pub draft: bool,
}

/// The four times of an incident, each as precise as it is known.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Times {
    pub started: Option<When>,
    pub detected: Option<When>,
    pub mitigated: Option<When>,
    pub resolved: Option<When>,
}

/// Another incident and how it relates to this one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Relation {
    pub id: Placed<String>,
    pub kind: RelationKind,
}

impl IncidentFront {
    pub(super) fn read(id: &str, fields: &mut Fields<'_>, faults: &mut Faults) -> Self {
        let sources = entries::sources(fields, faults);
        let held = entries::statements("held", fields, &sources, faults);
        let mut concepts = fields.texts("concepts", faults);
        for concept in held.iter().filter_map(|held| held.concept.as_ref()) {
            if concepts.iter().all(|named| named.value != concept.value) {
                concepts.push(concept.clone());
            }
        }
        let front = Self {
            title: title("title", id, fields, faults),
            organisations: values(fields.texts("organisations", faults)),
            services: values(fields.texts("services", faults)),
            regions: values(fields.texts("regions", faults)),
            times: fields.group("times", faults).map(|group| Times::read(group, faults)).unwrap_or_default(),
            duration: fields.duration("duration", faults),
            impact: fields.text("impact", faults).map(Placed::set),
            severity: fields.text("severity", faults).map(|text| text.value),
            related: fields
                .items("related", faults)
                .into_iter()
                .filter_map(|item| Relation::read(item, faults))
                .collect(),
            timeline: entries::timeline(fields, &sources, faults),
            patterns: fields.names("patterns", faults),
            concepts,
            held,
            disputes: entries::statements("disputes", fields, &sources, faults),
            sources,
            aliases: aliases(fields, faults),
            url: own_address(fields, faults),
            feed_id: feed_id(fields, faults),
            draft: draft(fields, faults),
        };
        contradictions::duration(front.duration, &front.times, fields, faults);
        contradictions::timeline(&front.timeline, &front.times, fields, faults);
        contradictions::sources(&front.sources, fields, faults);
        faults.extend(contradictions::relations(id, front.related.iter().map(|relation| &relation.id), fields));
        front
    }

    /// How long it lasted: as said, else from start to end where both are instants.
    pub fn lasted(&self) -> Option<SourceDuration> {
        if self.duration.is_some() {
            return self.duration;
        }
        let (Some(When::Instant(start)), Some(When::Instant(end))) = (&self.times.started, &self.times.resolved) else {
            return None;
        };
        SourceDuration::between(start.timestamp(), end.timestamp())
    }
}

impl Times {
    fn read(mut group: Fields<'_>, faults: &mut Faults) -> Self {
        let started = group.when("started", faults);
        let (detected, mitigated) = (group.when("detected", faults), group.when("mitigated", faults));
        let resolved = group.when("resolved", faults);
        if let (Some(start), Some(end)) = (&started, &resolved)
            && end.value.is_over_before(&start.value)
        {
            faults.push(group.placed_fault(ENDS_BEFORE_START, "`resolved` is before `started`", &end.spot));
        }
        let stated = [
            ("started", started.as_ref()),
            ("detected", detected.as_ref()),
            ("mitigated", mitigated.as_ref()),
            ("resolved", resolved.as_ref()),
        ];
        contradictions::times(&stated, &group, faults);
        let value = |placed: Option<Placed<When>>| placed.map(|p| p.value);
        let times = Self {
            started: value(started),
            detected: value(detected),
            mitigated: value(mitigated),
            resolved: value(resolved),
        };
        group.finish(faults);
        times
    }

    /// The earliest of them: what an incident is sorted by.
    pub fn first(&self) -> Option<&When> {
        self.started.as_ref().or(self.detected.as_ref()).or(self.mitigated.as_ref()).or(self.resolved.as_ref())
    }
}

impl Relation {
    fn read(item: Item<'_>, faults: &mut Faults) -> Option<Self> {
        let mut group = match item {
            Item::Text(id) => return Some(Self { id, kind: RelationKind::Similar }),
            Item::Group(group) => group,
        };
        let id = group.required_text("id", faults);
        let kind = group.word("type", faults);
        group.finish(faults);
        Some(Self { id: id?, kind: kind.unwrap_or(RelationKind::Similar) })
    }
}
