//! Which of a body's items are the part of it that another text quotes. Knows items and their places; writes nothing.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::outline::{Item, Part};
use crate::site::QuotedPart;

/// An item, and which bytes of the body it is.
type Placed<'e> = (Item<'e>, Range<usize>);

/// The most bytes of source that are quoted at once: a text that is longer is quoted up to a block's end.
const MAX_BYTES: usize = 8_000;

/// What is quoted.
#[derive(Debug, PartialEq, Eq)]
pub struct Found {
    /// Whole blocks.
    pub items: Range<usize>,
    /// How long they are in the source.
    pub bytes: usize,
    is_list_item: bool,
    /// More would follow.
    is_cut: bool,
}

impl Found {
    /// Its events with what they lack to stand alone.
    pub fn whole<'e>(&self, mut events: Vec<Event<'e>>) -> Vec<Event<'e>> {
        if self.is_list_item {
            events.insert(0, Event::Start(Tag::List(None)));
            events.push(Event::End(TagEnd::List(false)));
        }
        if self.is_cut {
            events.push(Event::Html("<p>\u{2026}</p>\n".into()));
        }
        events
    }
}

/// The part of a body that begins at byte `start` of its source; none if it is not there, is empty or too long.
pub fn find(items: &[Placed<'_>], part: &QuotedPart, start: usize) -> Option<Found> {
    match part {
        QuotedPart::Whole => first_of(items, &blocks(items, 0..items.len())),
        QuotedPart::Section(n) => section(items, *n),
        QuotedPart::Named(name) => around(items, items.iter().position(|(item, _)| is_named(item, name))?),
        QuotedPart::Around(at) => {
            let at = at.checked_sub(start)?;
            let holds = |(item, range): &Placed<'_>| {
                range.contains(&at)
                    && matches!(item, Item::Html { .. } | Item::Markdown(Event::Start(Tag::Link { .. })))
            };
            around(items, items.iter().position(holds)?)
        }
    }
}

/// The blocks that follow one another in `within`, each by its items. The events in it are balanced.
fn blocks(items: &[Placed<'_>], within: Range<usize>) -> Vec<Range<usize>> {
    let mut blocks = Vec::new();
    let (mut depth, mut first) = (0_usize, within.start);
    for n in within {
        match &items[n].0 {
            Item::Markdown(Event::Start(_)) => depth += 1,
            Item::Markdown(Event::End(_)) => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            blocks.push(first..n + 1);
            first = n + 1;
        }
    }
    blocks
}

fn bytes(items: &[Placed<'_>], block: &Range<usize>) -> usize {
    items[block.start].1.len()
}

/// As many of these blocks as may be quoted.
fn first_of(items: &[Placed<'_>], blocks: &[Range<usize>]) -> Option<Found> {
    let mut found: Option<Found> = None;
    for block in blocks {
        let total = found.as_ref().map_or(0, |found| found.bytes) + bytes(items, block);
        if total > MAX_BYTES {
            return found.map(|found| Found { is_cut: true, ..found });
        }
        let start = found.map_or(block.start, |found| found.items.start);
        found = Some(Found { items: start..block.end, bytes: total, is_list_item: false, is_cut: false });
    }
    found
}

/// The level of the heading that begins here.
fn level(item: &Item<'_>) -> Option<usize> {
    match item {
        Item::Markdown(Event::Start(Tag::Heading { level, .. })) => Some(*level as usize),
        Item::Markdown(_) => None,
        Item::Html { parts, .. } => parts.iter().find_map(|part| match part {
            Part::Start(tag) => match tag.name.as_bytes() {
                [b'h', level @ b'1'..=b'6'] => Some(usize::from(level - b'0')),
                _ => None,
            },
            _ => None,
        }),
    }
}

/// What stands below the `n`th heading, up to the next that is not below it.
fn section(items: &[Placed<'_>], n: usize) -> Option<Found> {
    let mut headings = items.iter().enumerate().filter_map(|(at, (item, _))| Some((at, level(item)?)));
    let (at, own) = headings.nth(n)?;
    let end = headings.find(|(_, level)| *level <= own).map_or(items.len(), |(at, _)| at);
    let blocks = blocks(items, 0..items.len());
    let first = blocks.partition_point(|block| block.end <= at);
    // A heading in a quotation or a list does not end it.
    let first = if blocks.get(first)?.start == at { first + 1 } else { first };
    let last = blocks.partition_point(|block| block.end <= end);
    first_of(items, blocks.get(first..last.max(first))?)
}

fn is_named(item: &Item<'_>, name: &str) -> bool {
    let Item::Html { parts, .. } = item else { return false };
    parts.iter().any(|part| matches!(part, Part::Start(tag) if tag.get("id") == Some(name)))
}

/// What is a block of its own to a reader.
fn is_block(item: &Item<'_>) -> bool {
    let Item::Markdown(Event::Start(tag)) = item else { return false };
    matches!(
        tag,
        Tag::Paragraph | Tag::Heading { .. } | Tag::Item | Tag::BlockQuote(_) | Tag::Table(_) | Tag::DefinitionList
    )
}

/// The block that holds item `at`: the quotation, else the item of a list, else the paragraph or the like. A name that stands alone
/// is that of the block before.
fn around(items: &[Placed<'_>], at: usize) -> Option<Found> {
    let mut open: Vec<usize> = Vec::new();
    for (n, (item, _)) in items[..at].iter().enumerate() {
        match item {
            Item::Markdown(Event::Start(_)) => open.push(n),
            Item::Markdown(Event::End(_)) => _ = open.pop(),
            _ => {}
        }
    }
    let innermost = *open.last()?;
    let start = |wanted: fn(&Tag<'_>) -> bool| move |n: &&usize| matches!(&items[**n].0, Item::Markdown(Event::Start(tag)) if wanted(tag));
    let quotation = open.iter().find(start(|tag| matches!(tag, Tag::BlockQuote(_))));
    let item = || open.iter().rev().find(start(|tag| matches!(tag, Tag::Item)));
    let block = || open.iter().rev().find(|n| is_block(&items[**n].0));
    let first = *quotation.or_else(item).or_else(block)?;
    let has_text = |range: Range<usize>| {
        items[range]
            .iter()
            .any(|(item, _)| matches!(item, Item::Markdown(Event::Text(text)) if !text.trim().is_empty()))
    };
    let of_body = || blocks(items, 0..items.len());
    let block = if first == innermost && !has_text(first..end_of(items, first)) {
        let before = of_body().into_iter().rfind(|block| block.end <= first)?;
        return first_of(items, &[before]);
    } else {
        first..end_of(items, first)
    };
    let is_list_item = matches!(items[first].0, Item::Markdown(Event::Start(Tag::Item)));
    first_of(items, &[block]).map(|found| Found { is_list_item, ..found })
}

/// Where the element ends that begins at item `first`.
fn end_of(items: &[Placed<'_>], first: usize) -> usize {
    let mut depth = 0_usize;
    for (n, (item, _)) in items.iter().enumerate().skip(first) {
        match item {
            Item::Markdown(Event::Start(_)) => depth += 1,
            Item::Markdown(Event::End(_)) => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return n + 1;
        }
    }
    items.len()
}
