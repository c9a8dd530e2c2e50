//! Formulas as they are read: within limits, with numbers as they are meant, and with what is wrong with them. Knows one formula;
//! renders nothing.

use pulldown_latex::event::{Content, Event};
use pulldown_latex::{Parser, ParserError, Storage};

use super::limits::limit;
use super::numbers;

/// The most parts of a formula for each byte of it: commands of an author's own stand for others.
const PARTS: usize = 16;

/// A formula, with room for what its parts borrow.
pub struct Formula<'a> {
    latex: &'a str,
    storage: Storage,
    /// Numbers whose digits are grouped with `{,}`.
    grouped: Vec<String>,
}

/// Why a formula can't be read.
#[derive(Debug)]
pub enum Unread {
    Limit,
    Parser(ParserError),
}

impl<'a> Formula<'a> {
    pub fn new(latex: &'a str) -> Self {
        Self { latex, storage: Storage::new(), grouped: numbers::grouped(latex) }
    }

    /// Its parts, in order.
    pub fn parts(&self) -> Result<Vec<Event<'_>>, Unread> {
        if limit(self.latex).is_some() {
            return Err(Unread::Limit);
        }
        let most = PARTS * self.latex.len() + PARTS;
        let parts: Vec<Event<'_>> =
            Parser::new(self.latex, &self.storage).take(most).collect::<Result<_, _>>().map_err(Unread::Parser)?;
        if parts.len() == most {
            return Err(Unread::Limit);
        }
        Ok(numbers::as_meant(parts.into_iter().map(letter).collect(), &self.grouped))
    }
}

/// The library writes the Greek letter as the sign for a millionth.
fn letter(part: Event<'_>) -> Event<'_> {
    match part {
        Event::Content(Content::Ordinary { content: '\u{b5}', stretchy }) => {
            Event::Content(Content::Ordinary { content: '\u{3bc}', stretchy })
        }
        part => part,
    }
}
