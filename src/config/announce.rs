//! `announce:` in `site.yaml`: who hears that pages changed, once they are published. Knows how that is written; asks no service.

use serde::Serialize;

use crate::fields::{Faults, Fields, Form, Numbers, UNKNOWN_WORD, shortened};
use crate::model::UrlPath;

use super::fault;

/// What indexnow.org/documentation takes for a key.
const KEY: Form =
    Form::of("A key of your choice for IndexNow: 8 to 128 letters, digits and dashes", r"[A-Za-z0-9-]{8,128}")
        .numbers(Numbers::Whole(10_000_000, i64::MAX));

/// Services that are told of changes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Announce {
    /// The address of a hub of feeds (www.w3.org/TR/websub).
    pub websub: Option<String>,
    /// The key by which search engines that take part in IndexNow know that the site itself tells them.
    pub indexnow: Option<String>,
}

impl Announce {
    pub(super) fn read(mut group: Fields<'_>, faults: &mut Faults) -> Self {
        let websub = group.web_url("websub", faults);
        let indexnow = key(&mut group, faults);
        group.finish(faults);
        Self { websub, indexnow }
    }

    /// The file that holds the key.
    pub fn key_file(&self) -> Option<UrlPath> {
        self.indexnow.as_ref().map(|key| UrlPath::new(format!("/{key}.txt")))
    }
}

fn key(group: &mut Fields<'_>, faults: &mut Faults) -> Option<String> {
    let text = group.takes(KEY).text("indexnow", faults)?;
    let is_key = |c: char| c.is_ascii_alphanumeric() || c == '-';
    if (8..=128).contains(&text.value.len()) && text.value.chars().all(is_key) {
        return Some(text.value);
    }
    let message = format!("`indexnow` can't be `{}`", shortened(&text.value));
    faults.push(
        fault(UNKNOWN_WORD, message, text.spot).help("choose a key of 8 to 128 letters, digits and dashes, in quotes"),
    );
    None
}
