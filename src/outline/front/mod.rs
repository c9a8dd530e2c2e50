//! The front matter of essays and pages, and what all kinds have in common. Knows keys and types, not whether a name exists.

use serde::{Deserialize, Serialize};

use crate::diagnostic::{Diagnostic, rules};
use crate::fields::{BAD_DATE, Faults, Fields, Item, Placed, WRONG_TYPE, shortened};
use crate::model::{AddressError, EssayKind, Id, SourceKind, UrlPath, When, page_address};
use crate::yaml::Node;

use super::extra::Extra;
use super::records::{ConceptFront, IncidentFront, PatternFront};

rules! {
    BAD_ALIAS = "bad-alias", error, "an old address is no path of this site", front "aliases: [\"/old/?page=2\"]";
    BAD_ADDRESS = "bad-address", error fixed, "a page's own address is no path of a page", front "url: \"/essays/?p=12\"";
    UPDATED_BEFORE_DATE = "updated-before-date", warning, "an essay was updated before it appeared", front "updated: 2020-01-01";
    NEEDLESS_SLUG = "needless-slug", warning, "a `slug` stands beside a `url`, which alone counts", front "url: /2018/ports/\nslug: ports";
}

/// The most authors of an essay: they are named under each of its passages.
const MAX_AUTHORS: usize = 50;

/// The front matter of any kind of file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Front {
    Essay(Box<EssayFront>),
    Incident(Box<IncidentFront>),
    Pattern(Box<PatternFront>),
    Concept(Box<ConceptFront>),
    Page(Box<PageFront>),
}

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
    pub series: Option<Series>,
    pub image: Option<Placed<String>>,
    /// What the picture shows, for those who do not see it.
    pub image_alt: String,
    /// Dollar signs hold mathematics.
    pub math: bool,
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

impl Front {
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

    pub(super) fn summary(&self) -> Option<&str> {
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

    /// Old addresses that lead here.
    pub fn aliases(&self) -> &[Placed<UrlPath>] {
        match self {
            Self::Essay(front) => &front.aliases,
            Self::Incident(front) => &front.aliases,
            Self::Page(front) => &front.aliases,
            Self::Pattern(_) | Self::Concept(_) => &[],
        }
    }
}

impl EssayFront {
    fn read(id: &str, fields: &mut Fields<'_>, faults: &mut Faults) -> Self {
        fields.require("date", faults);
        let date = fields.local_when("date", faults);
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
            series: fields.item("series", faults).and_then(|item| Series::read(item, faults)),
            image: fields.item("image", faults).and_then(|item| {
                let (file, words) = image(item, faults);
                alt = words;
                file
            }),
            image_alt: String::new(),
            math: fields.flag("math", faults).unwrap_or(false),
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

impl PageFront {
    fn read(id: &str, fields: &mut Fields<'_>, faults: &mut Faults) -> Self {
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

/// The title, which must be there; the id stands in for it so that the other checks go on.
pub(super) fn title(key: &'static str, id: &str, fields: &mut Fields<'_>, faults: &mut Faults) -> String {
    fields.required_text(key, faults).map_or_else(|| id.to_owned(), Placed::set)
}

pub(super) fn values(texts: Vec<Placed<String>>) -> Vec<String> {
    texts.into_iter().map(|text| text.value).collect()
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

/// Whether it is left out of the site until the line is deleted.
pub(super) fn draft(fields: &mut Fields<'_>, faults: &mut Faults) -> bool {
    fields.flag("draft", faults).unwrap_or(false)
}

/// Old addresses: paths of this site, with escapes undone.
pub(super) fn aliases(fields: &mut Fields<'_>, faults: &mut Faults) -> Vec<Placed<UrlPath>> {
    let texts = fields.texts("aliases", faults);
    texts
        .into_iter()
        .filter_map(|text| match old_address(&text.value) {
            Ok(value) => Some(Placed { value, spot: text.spot }),
            Err(help) => {
                let message = format!("`{}` is not a path of this site", shortened(&text.value));
                let fault: Diagnostic = fields.placed_fault(BAD_ALIAS, message, &text.spot);
                faults.push(fault.help(help));
                None
            }
        })
        .collect()
}

/// The path that `text` says, or how to write it.
pub fn old_address(text: &str) -> Result<UrlPath, &'static str> {
    page_address(text).map_err(|error| match error {
        AddressError::Host => "write the old address without its host: `/2019/old-name/`",
        AddressError::Query => "a host sees the path alone: write it without `?` or `#` and what follows",
        AddressError::Part => "write the old path: `/2019/old-name/`",
    })
}

/// An address of the page's own, at `url`.
pub(super) fn own_address(fields: &mut Fields<'_>, faults: &mut Faults) -> Option<Placed<UrlPath>> {
    let text = fields.text("url", faults)?;
    match page_address(&text.value) {
        Ok(value) => Some(Placed { value, spot: text.spot }),
        Err(error) => {
            let message = format!("`url`: `{}` is not the path of a page", shortened(&text.value));
            let fault: Diagnostic = fields.placed_fault(BAD_ADDRESS, message, &text.spot);
            faults.push(fault.help(match error {
                AddressError::Host => "write it without its host: `/2018/02/15/name/`",
                AddressError::Query => "a host sees the path alone: write it without `?` or `#` and what follows",
                AddressError::Part => "write a path: `/2018/02/15/name/`",
            }));
            None
        }
    }
}

/// The free map for themes.
fn extra(fields: &mut Fields<'_>, faults: &mut Faults) -> Extra {
    match fields.raw("extra") {
        None => Extra::default(),
        Some((Node::Map(entries), _)) => Extra::of(entries),
        Some((other, spot)) => {
            let message = format!("`extra` must be a group of keys, not {}", other.noun());
            faults.push(fields.placed_fault(WRONG_TYPE, message, &spot));
            Extra::default()
        }
    }
}
