//! The front matter of incidents, patterns and concepts. Knows keys and types, not whether a name exists.

use serde::{Deserialize, Serialize};

use crate::fields::{BAD_DATE, Faults, Fields, Item, Placed};
use crate::model::{RelationKind, SourceDuration, UrlPath, When};

use super::contradictions;
use super::entries::{self, SourceEntry, Statement, TimelineEntry};
use super::front::{aliases, draft, own_address, title, values};

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
        let resolved = group.when("resolved", faults);
        if let (Some(start), Some(end)) = (&started, &resolved)
            && end.value.is_over_before(&start.value)
        {
            faults.push(group.placed_fault(BAD_DATE, "`resolved` is before `started`", &end.spot));
        }
        let (detected, mitigated) = (group.when("detected", faults), group.when("mitigated", faults));
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

/// What a file says of one of the nine. Every key may be missing: the program's own file has them all.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PatternFront {
    pub name: Option<String>,
    pub definition: Option<String>,
    pub aliases: Vec<String>,
    /// Phrases that point to the pattern in prose.
    pub cues: Vec<String>,
    /// Phrases that only look like it.
    pub not: Vec<String>,
    /// Other patterns it is taken for, and the difference.
    pub look_alikes: Vec<LookAlike>,
    /// What to ask in a review.
    pub questions: Vec<String>,
}

/// A pattern that another is taken for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LookAlike {
    pub id: Placed<String>,
    pub difference: String,
}

impl PatternFront {
    pub(super) fn read(fields: &mut Fields<'_>, faults: &mut Faults) -> Self {
        Self {
            name: fields.text("name", faults).map(Placed::set),
            definition: fields.text("definition", faults).map(Placed::set),
            aliases: values(fields.texts("aliases", faults)),
            cues: values(fields.texts("cues", faults)),
            not: values(fields.texts("not", faults)),
            look_alikes: fields
                .groups("look_alikes", faults)
                .into_iter()
                .filter_map(|group| LookAlike::read(group, faults))
                .collect(),
            questions: fields.texts("questions", faults).into_iter().map(Placed::set).collect(),
        }
    }
}

impl PatternFront {
    /// Takes from `other` whatever this one leaves unsaid.
    pub(super) fn fill_from(&mut self, other: Self) {
        fn fill<T>(own: &mut Vec<T>, other: Vec<T>) {
            if own.is_empty() {
                *own = other;
            }
        }
        self.name = self.name.take().or(other.name);
        self.definition = self.definition.take().or(other.definition);
        fill(&mut self.aliases, other.aliases);
        fill(&mut self.cues, other.cues);
        fill(&mut self.not, other.not);
        fill(&mut self.look_alikes, other.look_alikes);
        fill(&mut self.questions, other.questions);
    }
}

impl LookAlike {
    fn read(mut group: Fields<'_>, faults: &mut Faults) -> Option<Self> {
        let id = group.required_text("id", faults);
        let difference = group.required_text("difference", faults);
        group.finish(faults);
        Some(Self { id: id?, difference: difference?.set() })
    }
}

/// What a file says of a concept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConceptFront {
    pub name: String,
    pub definition: String,
    pub aliases: Vec<String>,
    pub related: Vec<Placed<String>>,
    pub reference: Option<String>,
    pub cues: Vec<String>,
    pub url: Option<Placed<UrlPath>>,
    pub draft: bool,
}

impl ConceptFront {
    pub(super) fn read(id: &str, fields: &mut Fields<'_>, faults: &mut Faults) -> Self {
        let front = Self {
            name: title("name", id, fields, faults),
            definition: fields.required_text("definition", faults).map(Placed::set).unwrap_or_default(),
            aliases: values(fields.texts("aliases", faults)),
            related: fields.names("related", faults),
            reference: fields.text("reference", faults).map(Placed::set),
            cues: values(fields.texts("cues", faults)),
            url: own_address(fields, faults),
            draft: draft(fields, faults),
        };
        faults.extend(contradictions::relations(id, &front.related, fields));
        front
    }
}
