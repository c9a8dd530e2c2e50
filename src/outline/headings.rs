//! A body's headings: what their attributes say, and the ids they go by. Knows headings only, not the text between them.

use pulldown_cmark::{CowStr, HeadingLevel};

use crate::diagnostic::{Diagnostic, rules};
use crate::fields::{Faults, shortened};
use crate::model::{Pattern, SourcePath, Span, nearest, nfc};

use super::anchors::{Anchors, is_reserved};
use super::document::{Heading, SectionScope, TagName};
use super::target::Target;
use super::terms;

rules! {
    UNKNOWN_ATTRIBUTE = "unknown-attribute", error, "a heading has an attribute that does not exist", text "## Limits {patern=lag}";
    RESERVED_ID = "reserved-id", error fixed, "an id or class begins with `nf-`, as the theme's own do", text "## Contents {#nf-contents}";
    DUPLICATE_ID = "duplicate-id", error, "two headings have one id", text "## One {#limits}\n\n## Two {#limits}";
    SKIPPED_HEADING = "skipped-heading", warning, "a heading is more than one level below the one before it", text "## Limits\n\n#### Ports";
    SEVERAL_H1 = "several-h1", warning, "a text has more than one heading of the first level", text "# One\n\n# Two";
    MARK_IN_HEADING = "mark-in-heading", warning, "a link in a heading marks no passage", text "## Out of [ports](pattern:saturation)";
    UNKNOWN_PATTERN = "unknown-pattern", error, "there is no pattern of this name", front "patterns: [saturaton]";
}

/// A heading before its id is known.
pub struct Pending {
    pub level: u8,
    pub id: Option<String>,
    pub span: Span,
    pub text: String,
    pub attributes: Attributes,
    /// How many of the document's references stand before it.
    pub references: u32,
    /// Where its words begin in their block.
    pub begins: usize,
}

/// What a heading's attributes say of its section: `{pattern=lag concept=slack incident=bluesky-2026-04}`.
#[derive(Debug, Default)]
pub struct Attributes {
    pub tags: Vec<TagName>,
    /// The incidents that the section speaks of, none for general remarks.
    pub incidents: Option<Vec<String>>,
}

impl Pending {
    /// One whose text is still to come.
    pub fn new(
        level: HeadingLevel,
        id: Option<&str>,
        span: Span,
        attributes: Attributes,
        references: usize,
        begins: usize,
    ) -> Self {
        Self {
            level: number(level),
            id: id.map(|id| nfc(id).into_owned()),
            span,
            text: String::new(),
            attributes,
            references: u32::try_from(references).unwrap_or(u32::MAX),
            begins,
        }
    }
}

impl Attributes {
    /// The same twice marks one passage.
    fn add(&mut self, tag: TagName) {
        if !self.tags.contains(&tag) {
            self.tags.push(tag);
        }
    }
}

/// Reads a heading's attributes. `has_foreign` is whether the text had one that is none of ours.
pub fn attributes(
    written: &[(CowStr<'_>, Option<CowStr<'_>>)],
    path: &SourcePath,
    span: Span,
    has_foreign: &mut bool,
    faults: &mut Faults,
) -> Attributes {
    let mut attributes = Attributes::default();
    // Inside a value between quotation marks.
    let mut quoted = false;
    for (n, (name, value)) in written.iter().enumerate() {
        let value = value.as_deref().unwrap_or_default();
        match name.as_ref() {
            "pattern" | "concept" if value.contains(['"', ',']) => {
                // What stands between quotation marks is cut at its spaces.
                let whole = [value, " ", &rest_of_quotation(value, &written[n + 1..])].concat();
                let ids = whole.split(['"', ',', ' ']).filter(|id| !id.is_empty());
                let each: Vec<String> = ids.map(|id| format!("{name}={}", shortened(id))).collect();
                let message = format!("the attribute `{name}` takes one name, without quotation marks");
                let fault = Diagnostic::new(UNKNOWN_ATTRIBUTE, message).at(path, span);
                faults.push(fault.help(format!("write each by itself: `{{{}}}`", each.join(" "))));
                quoted = value.starts_with('"') && !value[1..].contains('"');
            }
            other if quoted => quoted = !other.ends_with('"'),
            "pattern" => match Pattern::from_id(value) {
                Some(pattern) => attributes.add(TagName::Pattern(pattern)),
                None => faults.push(unknown_pattern(value).at(path, span)),
            },
            "concept" => attributes.add(TagName::Concept(nfc(value).into_owned())),
            "incident" => match terms::incidents(value) {
                Ok(ids) => attributes.incidents = Some(ids),
                Err(fault) => faults.push(fault.at(path, span)),
            },
            other => {
                let message = format!("a heading has no attribute `{}`", shortened(other));
                let fault = Diagnostic::new(UNKNOWN_ATTRIBUTE, message).at(path, span);
                match nearest(other, ["pattern", "concept", "incident"]) {
                    Some(near) => faults.push(fault.help(format!("did you mean `{near}`?"))),
                    // Attributes of other programs do no harm: one diagnostic for all of them.
                    None if std::mem::replace(has_foreign, true) => {}
                    None => {
                        let help =
                            "known here: pattern, concept, incident, and an id such as `#limits`; others are left out";
                        faults.push(fault.softened().help(help));
                    }
                }
            }
        }
    }
    attributes
}

/// What follows `value`, which begins with a quotation mark, up to the one that closes it: the parser takes it for attributes.
fn rest_of_quotation(value: &str, following: &[(CowStr<'_>, Option<CowStr<'_>>)]) -> String {
    if !value.starts_with('"') || value[1..].contains('"') {
        return String::new();
    }
    let end = following.iter().position(|(name, _)| name.ends_with('"')).map_or(0, |last| last + 1);
    following[..end].iter().map(|(name, _)| name.as_ref()).collect::<Vec<_>>().join(" ")
}

/// What is wrong with a heading's classes.
pub fn reserved_classes<'a>(
    classes: &'a [CowStr<'_>],
    path: &'a SourcePath,
    span: Span,
) -> impl Iterator<Item = Diagnostic> + 'a {
    classes.iter().filter(|class| is_reserved(class)).map(move |class| reserved("class", class).at(path, span))
}

fn reserved(what: &str, name: &str) -> Diagnostic {
    Diagnostic::new(RESERVED_ID, format!("the {what} `{}` begins with `nf-`", shortened(name)))
        .help("names of the theme's own parts begin so; choose another")
}

/// Headings that are more than one level below the one before: who goes from heading to heading misses one.
pub fn skipped_levels<'a>(headings: &'a [Pending], path: &'a SourcePath) -> impl Iterator<Item = Diagnostic> + 'a {
    let skips = headings.windows(2).filter(|pair| pair[1].level > pair[0].level + 1);
    skips.map(move |pair| {
        let (above, below) = (pair[0].level, pair[1].level);
        let message = format!("a heading of level {below} follows one of level {above}");
        let help = format!("write `{}` here, or a heading of that level before it", "#".repeat(usize::from(above) + 1));
        Diagnostic::new(SKIPPED_HEADING, message).at(path, pair[1].span).help(help)
    })
}

/// The second heading of the first level: the page's title is one already.
pub fn several_h1(headings: &[Pending], path: &SourcePath) -> Option<Diagnostic> {
    let second = headings.iter().filter(|heading| heading.level == 1).nth(1)?;
    let fault = Diagnostic::new(SEVERAL_H1, "the text has more than one heading of the first level");
    Some(
        fault
            .at(path, second.span)
            .help("write one `#` more before each heading: the page's title is of the first level"),
    )
}

/// A link in a heading that would mark a passage elsewhere.
pub fn mark(target: &Target) -> Option<Diagnostic> {
    let (what, named) = match target {
        Target::Pattern(named) => ("pattern", named),
        Target::Concept(named) => ("concept", named),
        _ => return None,
    };
    let message = format!("a link to a {what} in a heading marks no passage");
    let help =
        format!("write `{{{what}={}}}` at the end of the heading: its section is the passage", shortened(&named.id));
    Some(Diagnostic::new(MARK_IN_HEADING, message).help(help))
}

/// Takes the ids that the author gave, which come before all others.
pub fn take_ids(headings: &mut [Pending], path: &SourcePath, anchors: &mut Anchors, faults: &mut Faults) {
    for heading in headings {
        let Some(id) = &heading.id else { continue };
        if is_reserved(id) {
            faults.push(reserved("id", id).at(path, heading.span));
            heading.id = None;
        } else if !anchors.take(id) {
            faults.push(
                Diagnostic::new(DUPLICATE_ID, format!("two headings have the id `{}`", shortened(id)))
                    .at(path, heading.span)
                    .help("give each heading an id of its own, or none"),
            );
        }
    }
}

/// Gives each heading that has no id one made of its text.
pub fn named(headings: Vec<Pending>, anchors: &mut Anchors) -> Vec<Heading> {
    let name = |heading: Pending| Heading {
        level: heading.level,
        id: heading.id.unwrap_or_else(|| anchors.for_heading(&heading.text)),
        text: heading.text,
        span: heading.span,
        scope: heading.attributes.incidents.map(|incidents| Box::new(SectionScope { incidents, span: heading.span })),
        references: heading.references,
    };
    // A list of its own: one made in the place of the other would keep its memory.
    let mut named = Vec::with_capacity(headings.len());
    named.extend(headings.into_iter().map(name));
    named
}

/// The error for a name that is none of the nine.
pub fn unknown_pattern(name: &str) -> Diagnostic {
    let ids = Pattern::ALL.map(Pattern::id);
    let help = match nearest(name, ids) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("the nine are {}", ids.join(", ")),
    };
    Diagnostic::new(UNKNOWN_PATTERN, format!("there is no pattern `{}`", shortened(name))).help(help)
}

fn number(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}
