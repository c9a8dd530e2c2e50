//! What the ids of feeds and their entries begin with. Knows the form of a `tag:` URI (RFC 4151); knows no entry.

use percent_encoding::utf8_percent_encode;
use serde::Serialize;

use crate::diagnostic::rules;
use crate::fields::{Faults, Fields, Form};
use crate::model::{PATH, When};

use super::fault;

rules! {
    BAD_FEED_IDS = "bad-feed-ids", error fixed, "`feed_ids` is no beginning of a tag", settings "feed_ids: example.org";
}

const FORM: Form = Form::of(
    "A domain of yours and a day on which it was: tag:example.org,2026-05-11",
    r"tag:(?:[A-Za-z0-9._-]+@)?[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?,[1-9]\d{3}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?",
);

/// `tag:AUTHORITY,DATE`: a domain or mail address, and a day on which it belonged to the site's author. Nobody else makes such ids,
/// and they stay the same when the site moves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FeedIds(String);

impl FeedIds {
    pub(super) fn read(fields: &mut Fields<'_>, faults: &mut Faults) -> Option<Self> {
        let text = fields.takes(FORM).text("feed_ids", faults)?;
        if is_tag(&text.value) {
            return Some(Self(text.value));
        }
        let message = format!("`feed_ids`: `{}` is not `tag:DOMAIN,DATE`", text.value);
        let help = "write a domain of yours and a day on which it was: `tag:example.org,2026-05-11`";
        faults.push(fault(BAD_FEED_IDS, message, text.spot).help(help));
        None
    }

    /// The id of what is at `path`, a place that does not change: `essays/out-of-ports`.
    pub fn id(&self, path: &str) -> String {
        format!("{}:{}", self.0, utf8_percent_encode(path, PATH))
    }
}

/// Whether `text` is what stands before the second colon of a tag: `tag:example.org,2026`, `tag:a@example.org,2026-05-11`.
fn is_tag(text: &str) -> bool {
    let Some((authority, date)) = text.strip_prefix("tag:").and_then(|rest| rest.split_once(',')) else { return false };
    let domain = authority.rsplit_once('@').map_or(authority, |(_, domain)| domain);
    let is_label = |label: &str| {
        !label.is_empty()
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    let is_name = authority.rsplit_once('@').is_none_or(|(name, _)| {
        !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._".contains(&b))
    });
    let is_date = date.len() >= 4 && When::parse(date).is_ok_and(|when| matches!(when.machine().len(), 4 | 7 | 10));
    is_name && domain.split('.').all(is_label) && is_date
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_names_who_made_it_and_when() {
        for text in ["tag:example.org,2026", "tag:example.org,2026-05", "tag:ann.lee@example.org,2026-05-11"] {
            assert!(is_tag(text), "{text}");
        }
        for text in [
            "example.org",
            "tag:example.org",
            "tag:,2026",
            "tag:example.org,yes",
            "tag:a b,2026",
            "tag:-a,2026",
            "tag:a.org,2026-05-11T10:00Z",
        ] {
            assert!(!is_tag(text), "{text}");
        }
        assert_eq!(FeedIds("tag:a.org,2026".to_owned()).id("essays/über"), "tag:a.org,2026:essays/%C3%BCber");
    }
}
