//! Quotation marks of the site's language in the place of those that smart punctuation makes. Knows events and their source.

use std::collections::VecDeque;

use pulldown_cmark::{Event, TagEnd};

use crate::model::{QuoteMarks, Quoting};

use super::{Placed, Step};

pub struct Quotes<'b> {
    body: &'b str,
    marks: &'b QuoteMarks,
    quoting: Quoting,
}

impl<'b> Quotes<'b> {
    pub fn of(body: &'b str, marks: &'b QuoteMarks) -> Self {
        Self { body, marks, quoting: Quoting::default() }
    }
}

impl<'e> Step<'e> for Quotes<'_> {
    fn take(&mut self, (event, range): Placed<'e>, _: &mut VecDeque<Placed<'e>>) -> Option<Placed<'e>> {
        let place = match &event {
            Event::Text(text) => self.quoting.place(text, self.body, &range),
            Event::End(TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item | TagEnd::TableCell) => {
                self.quoting.end();
                None
            }
            _ => None,
        };
        Some((place.map_or(event, |place| Event::Text(self.marks[place].clone().into())), range))
    }
}
