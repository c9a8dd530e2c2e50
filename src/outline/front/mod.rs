//! The front matter of every kind of file. Knows keys and types, not whether a name exists.

mod archives;
mod concept;
mod contradictions;
mod cues;
mod entries;
mod essay;
mod events;
mod extra;
mod incident;
mod instead;
mod keys;
mod page;
mod pattern;

use serde::{Deserialize, Serialize};

use crate::diagnostic::Rule;
use crate::fields::{Faults, Fields, GroupShape, Placed};
use crate::model::{Id, SourceKind, UrlPath};

pub use archives::ArchivedPage;
pub use concept::ConceptFront;
pub use cues::readable as readable_cues;
pub use entries::{SourceEntry, SourceKindWord, Statement, TimelineEntry};
pub(crate) use essay::NEEDLESS_SLUG;
pub use essay::{EssayFront, Series};
pub use events::{EVENT_ANCHOR, EVENT_KINDS, Event, event, nearest_events, shortest_name};
pub use extra::Extra;
pub use incident::{IncidentFront, Relation, Times};
pub(super) use instead::instead;
pub use keys::old_address;
pub use page::PageFront;
pub use pattern::{LookAlike, PatternFront};

/// The rules of this module.
pub(crate) const ALL_RULES: &[&[&Rule]] =
    &[contradictions::RULES, entries::RULES, essay::RULES, incident::RULES, keys::RULES];

/// The front matter of any kind of file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Front {
    Essay(Box<EssayFront>),
    Incident(Box<IncidentFront>),
    Pattern(Box<PatternFront>),
    Concept(Box<ConceptFront>),
    Page(Box<PageFront>),
}

impl Front {
    /// What the front matter of this kind of file may hold.
    pub fn shape(kind: SourceKind) -> GroupShape {
        Fields::shape_of(|fields, faults| drop(Self::read(kind, "", fields, faults)))
    }

    pub(super) fn read(kind: SourceKind, id: &str, fields: &mut Fields<'_>, faults: &mut Faults) -> Self {
        match kind {
            SourceKind::Essay => Self::Essay(Box::new(EssayFront::read(id, fields, faults))),
            SourceKind::Incident => Self::Incident(Box::new(IncidentFront::read(id, fields, faults))),
            SourceKind::Pattern => Self::Pattern(Box::new(PatternFront::read(fields, faults))),
            SourceKind::Concept => Self::Concept(Box::new(ConceptFront::read(id, fields, faults))),
            SourceKind::Page => Self::Page(Box::new(PageFront::read(id, fields, faults))),
        }
    }

    /// What a stub has: the name alone.
    pub(super) fn empty(kind: SourceKind, id: &str) -> Self {
        let title = id.to_owned();
        match kind {
            SourceKind::Essay => Self::Essay(Box::new(EssayFront { title, ..EssayFront::default() })),
            SourceKind::Incident => Self::Incident(Box::new(IncidentFront { title, ..IncidentFront::default() })),
            SourceKind::Pattern => Self::Pattern(Box::default()),
            SourceKind::Concept => Self::Concept(Box::new(ConceptFront { name: title, ..ConceptFront::default() })),
            SourceKind::Page => Self::Page(Box::new(PageFront { title, ..PageFront::default() })),
        }
    }

    pub(super) fn title(&self) -> &str {
        match self {
            Self::Essay(front) => &front.title,
            Self::Incident(front) => &front.title,
            Self::Pattern(front) => front.name.as_deref().unwrap_or_default(),
            Self::Concept(front) => &front.name,
            Self::Page(front) => &front.title,
        }
    }

    pub fn summary(&self) -> Option<&str> {
        match self {
            Self::Essay(front) => front.summary.as_deref(),
            Self::Incident(front) => front.impact.as_deref(),
            Self::Pattern(front) => front.definition.as_deref(),
            Self::Concept(front) => Some(&front.definition),
            Self::Page(front) => front.summary.as_deref(),
        }
    }

    pub(super) fn tags(&self) -> [&[Placed<String>]; 3] {
        match self {
            Self::Essay(front) => [&front.patterns, &front.concepts, &front.incidents],
            Self::Incident(front) => [&front.patterns, &front.concepts, &[]],
            Self::Pattern(_) | Self::Concept(_) | Self::Page(_) => [&[], &[], &[]],
        }
    }

    /// Whether its author has not finished it.
    pub fn is_draft(&self) -> bool {
        match self {
            Self::Essay(front) => front.draft,
            Self::Incident(front) => front.draft,
            Self::Concept(front) => front.draft,
            Self::Page(front) => front.draft,
            Self::Pattern(_) => false,
        }
    }

    pub fn math(&self) -> bool {
        match self {
            Self::Essay(front) => front.math,
            Self::Page(front) => front.math,
            Self::Incident(_) | Self::Pattern(_) | Self::Concept(_) => false,
        }
    }

    /// Where its page is, if the author says so.
    pub fn own_address(&self) -> Option<&UrlPath> {
        let url = match self {
            Self::Essay(front) => &front.url,
            Self::Incident(front) => &front.url,
            Self::Concept(front) => &front.url,
            Self::Page(front) => &front.url,
            // The nine are where every site has them.
            Self::Pattern(_) => return None,
        };
        url.as_ref().map(|url| &url.value)
    }

    /// The name in its address, if the author says so.
    pub fn slug(&self) -> Option<&Placed<Id>> {
        match self {
            Self::Essay(front) => front.slug.as_ref(),
            _ => None,
        }
    }

    /// Old addresses that lead here.
    pub fn aliases(&self) -> &[Placed<UrlPath>] {
        match self {
            Self::Essay(front) => &front.aliases,
            Self::Incident(front) => &front.aliases,
            Self::Page(front) => &front.aliases,
            Self::Concept(front) => &front.addresses,
            Self::Pattern(_) => &[],
        }
    }

    /// What feeds call it, whatever its name and address are.
    pub fn feed_id(&self) -> Option<&Placed<String>> {
        match self {
            Self::Essay(front) => front.feed_id.as_ref(),
            Self::Incident(front) => front.feed_id.as_ref(),
            Self::Concept(front) => front.feed_id.as_ref(),
            Self::Page(_) | Self::Pattern(_) => None,
        }
    }
}
