//! What an incident's record says entry by entry: its sources, the events of its timeline, what held, what is left open.
//! Knows keys and types and which sources the record has, not whether a concept exists.

use serde::{Deserialize, Serialize};

use crate::diagnostic::rules;
use crate::fields::{BAD_DATE, Faults, Fields, Item, MOMENT, Placed, line, shortened};
use crate::model::{ClosedSet, Moment, TimelineKind, When, nearest};

rules! {
    DUPLICATE_SOURCE = "duplicate-source", error, "two sources of a record have one key";
    UNKNOWN_SOURCE = "unknown-source", error, "an entry names a source that the record does not list";
}

/// What stands for the time of an event where no source states one.
const UNSTATED: &str = "unstated";

/// What kind of text a source is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SourceKindWord {
    Official,
    StatusPage,
    Report,
    Talk,
    Commentary,
    News,
    /// A page of which the record gives the address alone.
    Link,
}

impl ClosedSet for SourceKindWord {
    const WORDS: &'static [&'static str] = &["official", "status-page", "report", "talk", "commentary", "news", "link"];

    fn from_word(word: &str) -> Option<Self> {
        [Self::Official, Self::StatusPage, Self::Report, Self::Talk, Self::Commentary, Self::News, Self::Link]
            .into_iter()
            .find(|kind| kind.word() == word)
    }

    fn word(self) -> &'static str {
        Self::WORDS[self as usize]
    }
}

/// Where the facts come from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceEntry {
    /// What entries of this record name it by.
    pub key: Option<String>,
    pub kind: SourceKindWord,
    pub title: String,
    /// A person.
    pub author: Option<String>,
    /// An organisation, a paper, a site.
    pub publisher: Option<String>,
    pub url: Option<String>,
    pub archive_url: Option<String>,
    /// The page is not there any more.
    pub gone: bool,
    pub published: Option<When>,
}

/// Something that happened, and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimelineEntry {
    /// None where no source states a time: the event then follows the one before it.
    pub at: Option<Moment>,
    pub kind: Option<TimelineKind>,
    pub text: String,
    /// Places in the record's list of sources.
    pub sources: Vec<usize>,
}

/// A sentence of the record: what held, or what accounts leave open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    pub text: String,
    /// The concept that the record reads in it.
    pub concept: Option<Placed<String>>,
    /// Places in the record's list of sources.
    pub sources: Vec<usize>,
}

/// The sources of a record, in the order they were written.
pub(super) fn sources(fields: &mut Fields<'_>, faults: &mut Faults) -> Vec<SourceEntry> {
    let mut sources: Vec<SourceEntry> = Vec::new();
    for item in fields.items("sources", faults) {
        let mut group = match item {
            Item::Text(address) => {
                sources.extend(fields.as_web_url("sources", address, faults).map(SourceEntry::of_address));
                continue;
            }
            Item::Group(group) => group,
        };
        let key = group.text("key", faults);
        if let Some(key) = &key
            && sources.iter().any(|source| source.key.as_ref() == Some(&key.value))
        {
            let message = format!("two sources have the key `{}`", shortened(&key.value));
            faults.push(group.placed_fault(DUPLICATE_SOURCE, message, &key.spot).help("give each a key of its own"));
        }
        sources.extend(SourceEntry::read(group, key.map(|key| key.value), faults));
    }
    sources
}

/// The events of a record by their first moments, see [`groups`].
pub(super) fn timeline(fields: &mut Fields<'_>, sources: &[SourceEntry], faults: &mut Faults) -> Vec<TimelineEntry> {
    let entries = fields.groups("timeline", faults);
    let entries = entries.into_iter().filter_map(|group| TimelineEntry::read(group, sources, faults));
    let time = |entry: &TimelineEntry| entry.at.as_ref().map(|at| at.from.clone());
    in_order(groups(entries.collect(), time), time)
}

/// `events` in groups that stay together when they are sorted: an event without a time stands where it was written, after the
/// one before it, and so does one of which only the day or less is known, if the one before it is of that day.
pub(super) fn groups<T>(events: Vec<T>, time: impl Fn(&T) -> Option<When>) -> Vec<Vec<T>> {
    let mut groups: Vec<Vec<T>> = Vec::new();
    for event in events {
        let follows = |group: &Vec<T>| match (time(&event), time(&group[0])) {
            (None, _) => true,
            (Some(own), Some(first)) => own.holds(&first),
            (Some(_), None) => false,
        };
        match groups.last_mut() {
            Some(group) if follows(group) => group.push(event),
            _ => groups.push(vec![event]),
        }
    }
    groups
}

/// The events of `groups` by the time of the first of each; those without one stand first.
pub(super) fn in_order<T>(mut groups: Vec<Vec<T>>, time: impl Fn(&T) -> Option<When>) -> Vec<T> {
    groups.sort_by_cached_key(|group| time(&group[0]));
    groups.into_iter().flatten().collect()
}

/// The sentences at `key`, each a text or a group; only what held is a reading of a concept.
pub(super) fn statements(
    key: &'static str,
    fields: &mut Fields<'_>,
    sources: &[SourceEntry],
    faults: &mut Faults,
) -> Vec<Statement> {
    let items = fields.items(key, faults);
    let read = |item: Item<'_>| match item {
        Item::Text(text) => Some(Statement { text: text.set(), concept: None, sources: Vec::new() }),
        Item::Group(mut group) => {
            let text = group.required_text("text", faults);
            let concept = if key == "held" { group.text("concept", faults) } else { None };
            let sources = named_sources(&mut group, sources, faults);
            group.finish(faults);
            Some(Statement { text: text?.set(), concept, sources })
        }
    };
    items.into_iter().filter_map(read).collect()
}

impl SourceEntry {
    fn read(mut group: Fields<'_>, key: Option<String>, faults: &mut Faults) -> Option<Self> {
        group.require("kind", faults);
        let kind = group.word("kind", faults);
        let title = group.required_text("title", faults);
        let author = group.text("author", faults).map(|text| text.value);
        let publisher = group.text("publisher", faults).map(|text| text.value);
        let url = group.web_url("url", faults);
        let archive_url = group.web_url("archive_url", faults);
        let gone = group.flag("gone", faults).unwrap_or(false);
        let published = group.when("published", faults).map(|when| when.value);
        group.finish(faults);
        Some(Self { key, kind: kind?, title: title?.set(), author, publisher, url, archive_url, gone, published })
    }

    /// A source that is an address and nothing else: that is its title, too.
    fn of_address(url: String) -> Self {
        let title = url.split_once("://").map_or(url.as_str(), |(_, rest)| rest).trim_end_matches('/').to_owned();
        Self {
            key: None,
            kind: SourceKindWord::Link,
            title,
            author: None,
            publisher: None,
            url: Some(url),
            archive_url: None,
            gone: false,
            published: None,
        }
    }

    /// What entries name it by: its key, or its title if it has none.
    fn name(&self) -> &str {
        self.key.as_deref().unwrap_or(&self.title)
    }
}

impl TimelineEntry {
    fn read(mut group: Fields<'_>, sources: &[SourceEntry], faults: &mut Faults) -> Option<Self> {
        let at = moment(&mut group, faults);
        let kind = group.word("kind", faults);
        let text = group.required_text("text", faults);
        let sources = named_sources(&mut group, sources, faults);
        group.finish(faults);
        Some(Self { at: at?, kind, text: text?.set(), sources })
    }
}

/// The time of an event: `at`, with `about` beside it. The inner one is none where no source states a time.
fn moment(group: &mut Fields<'_>, faults: &mut Faults) -> Option<Option<Moment>> {
    let text = group.takes(MOMENT).required_text("at", faults);
    let about = group.flag("about", faults).unwrap_or(false);
    let text = text?;
    if text.value == UNSTATED {
        if about {
            let fault = group.placed_fault(BAD_DATE, "`about: true` stands beside no time", &text.spot);
            faults.push(fault.help("write the time that the source gives, or delete `about`"));
        }
        return Some(None);
    }
    match Moment::parse(&text.value) {
        Ok(moment) => Some(Some(Moment { about, ..moment })),
        Err(error) => {
            let fault = group.placed_fault(BAD_DATE, format!("`at`: {error}"), &text.spot);
            faults.push(fault.help(error.help()));
            None
        }
    }
}

/// The places of the sources that `source` names, one or several.
fn named_sources(group: &mut Fields<'_>, sources: &[SourceEntry], faults: &mut Faults) -> Vec<usize> {
    let mut places = Vec::new();
    for name in group.texts("source", faults) {
        match sources.iter().position(|source| [&*name.value, &line(&name.value)].contains(&source.name())) {
            Some(place) if !places.contains(&place) => places.push(place),
            Some(_) => {}
            None => {
                let message = format!("this record has no source `{}`", shortened(&name.value));
                let near = nearest(&name.value, sources.iter().map(SourceEntry::name));
                let help = near.map_or_else(
                    || "write the `key` of an entry of `sources`, or its title if it has no key".to_owned(),
                    |near| format!("did you mean `{near}`?"),
                );
                faults.push(group.placed_fault(UNKNOWN_SOURCE, message, &name.spot).help(help));
            }
        }
    }
    places
}
