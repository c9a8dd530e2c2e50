//! The phases of an incident: from one of its four times to the next one that is known, and how long each took. Knows one
//! record; draws nothing.

use jiff::tz::TimeZone;

use crate::model::{SourceDuration, When};
use crate::outline::IncidentFront;

use super::clocks::between;
use super::window::Window;
use crate::site::view::{Band, IncidentCard, Phase};

/// From one known time to the next.
#[derive(Clone, Copy, Debug)]
pub(in crate::site) struct PhaseSpan {
    pub begins: &'static str,
    pub ends: &'static str,
    /// From the first moment that its beginning can mean to the last one that its end can.
    pub window: Window,
    /// None where an end of it is not known to the minute.
    pub lasted: Option<SourceDuration>,
}

impl PhaseSpan {
    /// How it is drawn.
    pub fn kind(self) -> &'static str {
        match (self.begins, self.ends) {
            (_, "detected") => "unseen",
            ("detected", _) => "seen",
            ("mitigated", _) => "mended",
            _ => "whole",
        }
    }

    fn name(self) -> &'static str {
        match (self.begins, self.ends) {
            ("started", "detected") => "unseen",
            ("started", "mitigated") => "until-mended",
            ("started", _) => "whole",
            (_, "mitigated") => "seen",
            ("detected", _) => "seen-until-over",
            _ => "mended",
        }
    }

    pub fn is_vague(self) -> bool {
        self.lasted.is_none_or(|lasted| lasted.about)
    }

    /// Where it stands in a drawing of `whole`; none outside of it.
    pub fn phase(self, whole: Window) -> Option<Phase> {
        let window = self.window.within(whole)?;
        let (from, to) = (whole.part(window.first), whole.part(window.last));
        let band = Band { kind: self.kind(), from, to, vague: self.is_vague() };
        Some(Phase { band, name: self.name(), lasted: self.lasted })
    }
}

/// The phases of a record in order. Of one that knows its beginning alone, how long a source says that it lasted.
pub(in crate::site) fn phases(front: &IncidentFront, zone: &TimeZone) -> Vec<PhaseSpan> {
    let times = &front.times;
    let times = [
        ("started", &times.started),
        ("detected", &times.detected),
        ("mitigated", &times.mitigated),
        ("resolved", &times.resolved),
    ];
    let known: Vec<(&'static str, &When)> =
        times.into_iter().filter_map(|(name, time)| Some((name, time.as_ref()?))).collect();
    let first = |when: &When| when.earliest_in(zone).as_second();
    let last = |when: &When| when.latest_in(zone).as_second();
    if let ([("started", start)], Some(lasted)) = (&known[..], front.duration) {
        let window = Window { first: first(start), last: last(start).max(first(start) + lasted.seconds) };
        let about = lasted.about || !matches!(start, When::Instant(_));
        let lasted = Some(SourceDuration { about, ..lasted });
        return vec![PhaseSpan { begins: "started", ends: "resolved", window, lasted }];
    }
    let span = |pair: &[(&'static str, &When)]| {
        let [(begins, from), (ends, to)] = *pair else { return None };
        let window = Window { first: first(from), last: last(to) };
        (window.first < window.last).then(|| PhaseSpan { begins, ends, window, lasted: between(Some(from), Some(to)) })
    };
    known.windows(2).filter_map(span).collect()
}

/// How long each phase of an incident took, where that is known, or all of it.
pub(in crate::site) fn lengths(front: &IncidentFront) -> Vec<(&'static str, SourceDuration)> {
    let phases = phases(front, &TimeZone::UTC);
    let known: Vec<_> = phases.iter().filter_map(|phase| Some((phase.kind(), phase.lasted?))).collect();
    if known.is_empty() { front.lasted().map(|lasted| ("whole", lasted)).into_iter().collect() } else { known }
}

/// Draws the incidents of a list to one scale: the longest of them, which is given back.
pub(in crate::site) fn draw_to_scale<'a>(
    cards: impl IntoIterator<Item = (&'a mut IncidentCard, Vec<(&'static str, SourceDuration)>)>,
) -> Option<SourceDuration> {
    let drawn: Vec<_> = cards.into_iter().filter(|(_, lengths)| !lengths.is_empty()).collect();
    let total = |lengths: &[(&str, SourceDuration)]| lengths.iter().map(|(_, length)| length.seconds).sum::<i64>();
    let longest = drawn.iter().map(|(_, lengths)| total(lengths)).max()?;
    let whole = Window { first: 0, last: longest };
    for (card, lengths) in drawn {
        let mut from = 0;
        for (kind, length) in lengths {
            let to = from + length.seconds;
            card.bands.push(Band { kind, from: whole.part(from), to: whole.part(to), vague: length.about });
            from = to;
        }
    }
    Some(SourceDuration { seconds: longest, about: false })
}
