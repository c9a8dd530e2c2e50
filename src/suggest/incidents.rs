//! The incidents that a text speaks of: their organisation stands beside their date. Knows records and dates.

use std::collections::BTreeMap;
use std::ops::Range;

use jiff::ToSpan;
use jiff::civil::Date;

use crate::model::When;
use crate::outline::{Document, Front, IncidentFront};

use super::cue::{Cue, CueKind};
use super::dates::dates;
use super::evidence::{ENOUGH, Evidence};
use super::negation::Sense;
use super::prose::Block;
use super::vocabulary::Vocabulary;
use super::words::Word;
use super::{Shown, Suggestion};

/// What stands in one sentence: a date, and the organisations around it.
struct Mention<'b> {
    block: &'b Block,
    sentence: Range<usize>,
    when: When,
    /// In the sentence.
    at: Range<usize>,
}

/// A record, and what names it.
struct Record<'v> {
    document: &'v Document,
    front: &'v IncidentFront,
    organisations: Vec<Cue>,
    started: &'v When,
}

/// The incidents whose organisation and date stand in one block of the text, or one in the title.
pub fn named(blocks: &[Block], vocabulary: &Vocabulary) -> Vec<Suggestion> {
    let records: Vec<Record<'_>> = vocabulary.incidents.iter().filter_map(|d| Record::new(d, vocabulary)).collect();
    if records.is_empty() {
        return Vec::new();
    }
    let title = blocks.first().map(|block| vocabulary.words.of(&block.text)).unwrap_or_default();
    let in_title: Vec<bool> = records.iter().map(|record| record.is_named(&title)).collect();
    let mut evidence: BTreeMap<usize, Vec<Evidence>> = BTreeMap::new();
    for block in blocks {
        let mentions = mentions(block, vocabulary);
        if mentions.is_empty() {
            continue;
        }
        let words = vocabulary.words.of(&block.text);
        let is_named: Vec<bool> =
            records.iter().zip(&in_title).map(|(record, in_title)| *in_title || record.is_named(&words)).collect();
        for mention in mentions {
            let named = (0..records.len()).filter(|n| is_named[*n]);
            let mut near: Vec<(u32, usize)> =
                named.filter_map(|n| Some((records[n].days_from(&mention.when)?, n))).collect();
            near.sort_unstable();
            // A day or month that two records share says nothing of either.
            let n = match near[..] {
                [(_, n)] => n,
                [(first, n), (second, _), ..] if first < second => n,
                _ => continue,
            };
            evidence.entry(n).or_default().push(mention.evidence(&records[n]));
        }
    }
    let suggestion = |(n, evidence): (usize, Vec<Evidence>)| Suggestion {
        shown: Shown::Incident(records[n].document.id.clone()),
        title: records[n].document.title().to_owned(),
        is_refused: false,
        score: ENOUGH.saturating_mul(u32::try_from(evidence.len()).unwrap_or(u32::MAX)),
        evidence,
    };
    evidence.into_iter().map(suggestion).collect()
}

fn mentions<'b>(block: &'b Block, vocabulary: &Vocabulary) -> Vec<Mention<'b>> {
    let mut found = Vec::new();
    for sentence in block.sentences() {
        let text = &block.text[sentence.clone()];
        if !text.bytes().any(|byte| byte.is_ascii_digit()) {
            continue;
        }
        for (when, at) in dates(text, &vocabulary.words.of(text)) {
            found.push(Mention { block, sentence: sentence.clone(), when, at });
        }
    }
    found
}

impl Mention<'_> {
    fn evidence(&self, record: &Record<'_>) -> Evidence {
        let in_block = self.sentence.start + self.at.start..self.sentence.start + self.at.end;
        Evidence {
            sentence: self.block.text[self.sentence.clone()].to_owned(),
            words: self.at.clone(),
            cue: format!("{}, {}", record.front.organisations.join(", "), record.started.machine()),
            kind: CueKind::Date,
            sense: Sense::Said,
            weight: ENOUGH,
            span: self.block.source(&in_block),
            linkable: self.block.linkable(&in_block),
        }
    }
}

impl<'v> Record<'v> {
    fn new(document: &'v Document, vocabulary: &Vocabulary) -> Option<Self> {
        let Front::Incident(front) = &document.front else { return None };
        let organisation = |name: &String| Cue::name(name, &vocabulary.words);
        let organisations: Vec<Cue> = front.organisations.iter().filter_map(organisation).collect();
        let started = front.times.started.as_ref().or(front.times.detected.as_ref())?;
        Some(Self { document, front, organisations, started })
    }

    fn is_named(&self, words: &[Word<'_>]) -> bool {
        let named = |organisation: &Cue| (0..words.len()).any(|at| organisation.end(words, at).is_some());
        self.organisations.iter().any(named)
    }

    /// How many days it is from that day, or none from that month; none if it can't be of it. Days are those of some zone, and
    /// accounts differ by one.
    fn days_from(&self, when: &When) -> Option<u32> {
        let first = self.started.first_day();
        let last = self.front.times.resolved.as_ref().map_or(first, When::first_day).max(first);
        match when {
            When::Day(day) if self.started.has_day() => match *day {
                day if (first..=last).contains(&day) => Some(0),
                day if (day_before(first)..=day_after(last)).contains(&day) => Some(1),
                _ => None,
            },
            When::Month(..) => (when.first_day() <= last && when.first_day().last_of_month() >= first).then_some(0),
            _ => None,
        }
    }
}

fn day_before(day: Date) -> Date {
    day.saturating_sub(1.day())
}

fn day_after(day: Date) -> Date {
    day.saturating_add(1.day())
}
