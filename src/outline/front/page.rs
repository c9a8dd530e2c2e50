//! The front matter of pages of prose.

use serde::{Deserialize, Serialize};

use crate::fields::{Faults, Fields, Placed};
use crate::model::UrlPath;

use super::extra::Extra;
use super::keys::{aliases, draft, extra, own_address, title};

/// A page's.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PageFront {
    pub title: String,
    pub summary: Option<String>,
    /// Its place in the menu, or in the list of the page above it: lower first. Without it the page is not in the menu.
    pub menu: Option<i64>,
    pub aliases: Vec<Placed<UrlPath>>,
    pub url: Option<Placed<UrlPath>>,
    pub draft: bool,
    pub math: bool,
    pub extra: Extra,
}

impl PageFront {
    pub(super) fn read(id: &str, fields: &mut Fields<'_>, faults: &mut Faults) -> Self {
        Self {
            title: title("title", id, fields, faults),
            summary: fields.text("summary", faults).map(Placed::set),
            menu: fields.number("menu", -9999, 9999, faults),
            aliases: aliases(fields, faults),
            url: own_address(fields, faults),
            draft: draft(fields, faults),
            math: fields.flag("math", faults).unwrap_or(false),
            extra: extra(fields, faults),
        }
    }
}
