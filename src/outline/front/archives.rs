//! `archives` of an essay: the copies that archives have of pages it links to. Knows keys; whether a page is there is others' to say.

use serde::{Deserialize, Serialize};

use crate::fields::{Faults, Fields};

/// A page elsewhere and a copy of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArchivedPage {
    /// The address as the text has it.
    pub url: String,
    pub archive_url: String,
    /// The page is not there any more: links lead to the copy.
    pub gone: bool,
}

impl ArchivedPage {
    fn read(mut group: Fields<'_>, faults: &mut Faults) -> Option<Self> {
        group.require("url", faults);
        let url = group.web_url("url", faults);
        group.require("archive_url", faults);
        let archive_url = group.web_url("archive_url", faults);
        let gone = group.flag("gone", faults).unwrap_or(false);
        group.finish(faults);
        Some(Self { url: url?, archive_url: archive_url?, gone })
    }
}

/// The pages at `archives`.
pub(super) fn archives(fields: &mut Fields<'_>, faults: &mut Faults) -> Vec<ArchivedPage> {
    fields.groups("archives", faults).into_iter().filter_map(|group| ArchivedPage::read(group, faults)).collect()
}
