//! The front matter of concepts.

use serde::{Deserialize, Serialize};

use crate::fields::{Faults, Fields, Placed};
use crate::model::UrlPath;

use super::contradictions;
use super::keys::{draft, feed_id, names_and_addresses, own_address, title, values};

/// What a file says of a concept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConceptFront {
    pub name: String,
    pub definition: String,
    /// Other names.
    pub aliases: Vec<String>,
    /// Old addresses, which stand among them.
    pub addresses: Vec<Placed<UrlPath>>,
    pub related: Vec<Placed<String>>,
    pub reference: Option<String>,
    /// Phrases that point to the concept in prose.
    pub cues: Vec<String>,
    /// Phrases that point to it only beside others.
    pub hints: Vec<String>,
    /// Phrases that only look like it.
    pub not: Vec<String>,
    pub url: Option<Placed<UrlPath>>,
    /// What the ids of its feeds begin with.
    pub feed_id: Option<Placed<String>>,
    pub draft: bool,
}

impl ConceptFront {
    pub(super) fn read(id: &str, fields: &mut Fields<'_>, faults: &mut Faults) -> Self {
        let (aliases, addresses) = names_and_addresses(fields, faults);
        let front = Self {
            name: title("name", id, fields, faults),
            definition: fields.required_text("definition", faults).map(Placed::set).unwrap_or_default(),
            aliases,
            addresses,
            related: fields.names("related", faults),
            reference: fields.text("reference", faults).map(Placed::set),
            cues: values(fields.texts("cues", faults)),
            hints: values(fields.texts("hints", faults)),
            not: values(fields.texts("not", faults)),
            url: own_address(fields, faults),
            feed_id: feed_id(fields, faults),
            draft: draft(fields, faults),
        };
        faults.extend(contradictions::relations(id, &front.related, fields));
        front
    }
}
