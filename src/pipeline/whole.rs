//! Whether a whole build would make what the last one left. Knows what a site is made of and how its output was left; makes
//! no page.

use jiff::{Timestamp, ZonedDateTime, civil};

use crate::assemble::Assembled;
use crate::cache::{self, Last, Outlines, Pages, program_hash};
use crate::diagnostic::Diagnostic;
use crate::link::past_dates;
use crate::load::Inputs;
use crate::model::Hash;
use crate::outline::Front;
use crate::write::{Done, Writer};

use super::output::hold;
use super::{Built, Counters, Facts, Options};

/// The hash of everything the site is made of; none if that takes reading them.
pub fn inputs_hash(options: &Options, inputs: &Inputs, faults: &[Diagnostic], outlines: &Outlines) -> Option<Hash> {
    let base_url = options.base_url.as_ref().map(|base_url| base_url.absolute(&crate::model::UrlPath::home()));
    let options_said = ([options.include.drafts, options.include.future, options.noindex], base_url.as_deref());
    cache::inputs_hash(&options.root, program_hash(), options_said, inputs, faults, outlines)
}

/// What a build comes to if the last one was made of the same and its output is as it was left. Otherwise the hold on the
/// output, if it was taken to look.
pub fn unchanged(
    options: &Options,
    hash: Option<Hash>,
    inputs: &Inputs,
    before: &Pages,
) -> (Option<Built>, Option<Writer>) {
    let Some(last) = before.last.as_ref().filter(|last| hash.is_some_and(|hash| last.holds(hash, options.now))) else {
        return (None, None);
    };
    let Ok(writer) = hold(options) else { return (None, None) };
    if !writer.is_all_as_left(&before.keys) {
        return (None, Some(writer));
    }
    let done = Done { unchanged: before.keys.len(), ..Done::default() };
    let counters = Counters { done, ..Counters::default() };
    let facts = Facts::new(&inputs.config, last.counted.clone());
    let diagnostics = last.diagnostics.clone();
    (Some(Built { diagnostics, counters, pages: last.pages, facts, ..Built::default() }), None)
}

/// What is cached of this build, for the next to compare with.
pub fn last(inputs: Hash, assembled: &Assembled, now: &ZonedDateTime, built: &Built) -> Last {
    Last {
        inputs,
        from: now.timestamp().as_nanosecond(),
        until: next_change(assembled, now).as_nanosecond(),
        pages: built.pages,
        counted: built.facts.counted.clone(),
        diagnostics: built.diagnostics.clone(),
    }
}

/// When time alone changes the site: at the date of the next essay that is of the future, whether it is left out or marked,
/// and, since the date of one left out is reported with its year where that is not this one, at the year's end.
fn next_change(assembled: &Assembled, now: &ZonedDateTime) -> Timestamp {
    let start = |day: civil::Date| day.to_zoned_datetime(now.time_zone().clone()).map(|zoned| zoned.timestamp());
    let scheduled = assembled.site.documents().iter().zip(&assembled.site.linked.scheduled);
    let dates = scheduled.filter(|(_, scheduled)| **scheduled).filter_map(|(document, _)| match &document.front {
        Front::Essay(front) => front.date.as_ref(),
        _ => None,
    });
    let year_end = civil::Date::new(now.year() + 1, 1, 1).and_then(start);
    // A date ahead of now in what is written as past is a warning until it has come.
    let past = assembled.site.documents().iter().flat_map(|document| past_dates(document));
    let past = past.map(|(_, when)| when).filter(|when| when.is_after(now));
    let dates = dates.map(|date| &date.value).chain(past);
    let moments: Vec<Timestamp> = dates.map(|date| date.earliest_in(now.time_zone())).collect();
    match moments.into_iter().min() {
        None => Timestamp::MAX,
        Some(first) => first.min(year_end.unwrap_or(first)),
    }
}
