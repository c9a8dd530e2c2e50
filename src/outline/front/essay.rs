//! The front matter of essays.

use serde::{Deserialize, Serialize};

use crate::diagnostic::rules;
use crate::fields::{BAD_DATE, Faults, Fields, Item, LOCAL_DAY, Placed};
use crate::model::{EssayKind, Id, UrlPath, When};

use super::archives::{ArchivedPage, archives};
use super::extra::Extra;
use super::keys::{aliases, draft, extra, feed_id, own_address, title, values};

rules! {
    NEEDLESS_SLUG = "needless-slug", warning, "a `slug` stands beside a `url`, which alone counts", front "url: /2018/ports/\nslug: ports";
    UPDATED_BEFORE_DATE = "updated-before-date", warning, "an essay was updated before it appeared", front "updated: 2020-01-01";
}

/// The most authors of an essay: they are named under each of its passages.
const MAX_AUTHORS: usize = 50;

/// An essay's.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct EssayFront {
    pub title: String,
    /// None only when it is missing or wrong, which is an error.
    pub date: Option<Placed<When>>,
    pub updated: Option<When>,
    pub kind: Option<EssayKind>,
    pub summary: Option<String>,
    pub authors: Vec<String>,
    pub patterns: Vec<Placed<String>>,
    pub concepts: Vec<Placed<String>>,
    pub incidents: Vec<Placed<String>>,
    pub draft: bool,
    pub aliases: Vec<Placed<UrlPath>>,
    pub slug: Option<Placed<Id>>,
    /// Where its page is, whatever the settings say.
    pub url: Option<Placed<UrlPath>>,
    /// What feeds call it, where that is not made of its name.
    pub feed_id: Option<Placed<String>>,
    pub series: Option<Series>,
    pub image: Option<Placed<String>>,
    /// What the picture shows, for those who do not see it.
    pub image_alt: String,
    /// Dollar signs hold mathematics.
    pub math: bool,
    /// Copies of pages that it links to.
    pub archives: Vec<ArchivedPage>,
    /// A free map for themes.
    pub extra: Extra,
}

/// The series an essay belongs to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Series {
    pub name: String,
    /// Its place in the series, from 1; without it, by date.
    pub part: Option<i64>,
}

impl EssayFront {
    pub(super) fn read(id: &str, fields: &mut Fields<'_>, faults: &mut Faults) -> Self {
        fields.require("date", faults);
        let date = fields.takes(LOCAL_DAY).local_when("date", faults);
        let date = date.filter(|date| {
            let exact = date.value.has_day();
            if !exact {
                faults.push(
                    fields
                        .placed_fault(BAD_DATE, "an essay's `date` needs a day", &date.spot)
                        .help("write `2026-04-30`"),
                );
            }
            exact
        });
        let title = title("title", id, fields, faults);
        let updated = fields.local_when("updated", faults);
        if let (Some(date), Some(updated)) = (&date, &updated)
            && updated.value.is_over_before(&date.value)
        {
            let fault = fields.placed_fault(UPDATED_BEFORE_DATE, "`updated` is before `date`", &updated.spot);
            faults.push(fault.help("look at the two: one of them is probably mistyped"));
        }
        let updated = updated.map(|when| when.value);
        let mut alt = None;
        let mut front = Self {
            title,
            date,
            updated,
            kind: fields.word("kind", faults),
            summary: fields.text("summary", faults).map(Placed::set),
            authors: values(fields.texts_up_to(MAX_AUTHORS, "authors", faults)),
            patterns: fields.names("patterns", faults),
            concepts: fields.names("concepts", faults),
            incidents: fields.names("incidents", faults),
            draft: draft(fields, faults),
            aliases: aliases(fields, faults),
            slug: fields.id("slug", faults),
            url: own_address(fields, faults),
            feed_id: feed_id(fields, faults),
            series: fields.item("series", faults).and_then(|item| Series::read(item, faults)),
            image: fields.item("image", faults).and_then(|item| {
                let (file, words) = image(item, faults);
                alt = words;
                file
            }),
            image_alt: String::new(),
            math: fields.flag("math", faults).unwrap_or(false),
            archives: archives(fields, faults),
            extra: extra(fields, faults),
        };
        front.image_alt = alt.unwrap_or_default();
        if let (Some(slug), Some(_)) = (&front.slug, &front.url) {
            let message = "`slug` does nothing beside `url`, which is the whole address";
            faults.push(fields.placed_fault(NEEDLESS_SLUG, message, &slug.spot).help("delete one of the two lines"));
        }
        front
    }
}

impl Series {
    fn read(item: Item<'_>, faults: &mut Faults) -> Option<Self> {
        let mut group = match item {
            Item::Text(name) => return Some(Self { name: name.set(), part: None }),
            Item::Group(group) => group,
        };
        let name = group.required_text("name", faults);
        let part = group.number("part", 1, 9999, faults);
        group.finish(faults);
        Some(Self { name: name?.set(), part })
    }
}

/// A picture by its file alone, or with what it shows.
fn image(item: Item<'_>, faults: &mut Faults) -> (Option<Placed<String>>, Option<String>) {
    let mut group = match item {
        Item::Text(file) => return (Some(file), None),
        Item::Group(group) => group,
    };
    let file = group.required_text("file", faults);
    let alt = group.text("alt", faults).map(|text| text.value);
    group.finish(faults);
    (file, alt)
}
