//! The view of a card that stands for a page elsewhere.

use serde::Serialize;

use crate::model::Hash;

use super::Tag;

/// What a card shows.
#[derive(Clone, Debug, Serialize)]
pub struct SocialCard {
    pub title: String,
    /// What kind of page it is, and when it is of: `Analysis · 11 May 2026`. Empty for some.
    pub label: String,
    /// A sentence or two on what the page says.
    pub summary: String,
    /// Empty on the card of the front page, whose title says it.
    pub site: String,
    /// The nine in their order, and whether the page is about each.
    pub nine: Vec<(Tag, bool)>,
    /// It is of a page that runs from right to left.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub is_right_to_left: bool,
    /// Of the theme's template, marks and fonts.
    pub theme: Hash,
}
