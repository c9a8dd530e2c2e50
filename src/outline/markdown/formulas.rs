//! Fenced blocks of `math` are formulas, each in a paragraph of its own. Knows events.

use std::collections::VecDeque;

use pulldown_cmark::{CodeBlockKind, Event, Tag, TagEnd};

use crate::code::Fence;

use super::{Placed, Step};

#[derive(Default)]
pub struct Formulas {
    /// The one that is open.
    open: Option<String>,
}

impl<'e> Step<'e> for Formulas {
    fn take(&mut self, (event, range): Placed<'e>, following: &mut VecDeque<Placed<'e>>) -> Option<Placed<'e>> {
        match (event, self.open.as_mut()) {
            (Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))), None) if Fence::read(&info).is_math() => {
                self.open = Some(String::new());
                None
            }
            (Event::Text(text), Some(latex)) => {
                latex.push_str(&text);
                None
            }
            (Event::End(TagEnd::CodeBlock), Some(_)) => {
                let latex = self.open.take().unwrap_or_default();
                following.push_back((Event::DisplayMath(latex.trim().to_owned().into()), range.clone()));
                following.push_back((Event::End(TagEnd::Paragraph), range.clone()));
                Some((Event::Start(Tag::Paragraph), range))
            }
            (event, _) => Some((event, range)),
        }
    }
}
