//! Lines of Chinese and Japanese that are broken in the source: no space stands between their characters, so the break goes. Knows events
//! and their source.

use std::collections::VecDeque;

use memchr::memchr3;
use pulldown_cmark::Event;

use crate::model::is_wide;

use super::{Placed, Step};

/// Marks that may stand between a character and the end of its line, or the beginning of the next.
const MARKS: [char; 7] = [' ', '\t', '>', '*', '_', '~', '\r'];

pub struct LineBreaks<'b>(&'b str);

impl<'b> LineBreaks<'b> {
    /// None where the text has none of their characters: nearly all are of these first bytes, and no text is without one.
    pub fn of(body: &'b str) -> Option<Self> {
        memchr3(0xe3, 0xe5, 0xe6, body.as_bytes()).map(|_| Self(body))
    }
}

impl<'e> Step<'e> for LineBreaks<'_> {
    fn take(&mut self, (event, range): Placed<'e>, _: &mut VecDeque<Placed<'e>>) -> Option<Placed<'e>> {
        let is_between = || {
            let before = self.0[..range.start].trim_end_matches(MARKS).chars().next_back();
            let after = self.0[range.end..].trim_start_matches(MARKS).chars().next();
            before.is_some_and(is_wide) && after.is_some_and(is_wide)
        };
        (!matches!(event, Event::SoftBreak) || !is_between()).then_some((event, range))
    }
}
