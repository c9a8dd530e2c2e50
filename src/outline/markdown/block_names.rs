//! Names of blocks as Obsidian has them, `^name` at the end of one: places that links may lead to. Knows events.

use std::collections::VecDeque;
use std::ops::Range;

use pulldown_cmark::{CowStr, Event, Tag, TagEnd};

use super::{Placed, Step};

/// Takes names of blocks out of the text and leaves an element with the name as its id.
pub struct BlockNames<'e> {
    body: &'e str,
    /// A text that may end in one: it does if its block ends with it.
    held: Option<(CowStr<'e>, Range<usize>, usize)>,
    /// Inside a block of code.
    is_code: bool,
}

impl<'e> BlockNames<'e> {
    /// None where the body has none.
    pub fn of(body: &'e str) -> Option<Self> {
        let is_name = |(at, _): (usize, &str)| at == 0 || body[..at].ends_with(char::is_whitespace);
        body.match_indices('^').any(is_name).then_some(Self { body, held: None, is_code: false })
    }
}

impl BlockNames<'_> {
    /// Whether white space stands before this byte of the body, or nothing.
    fn is_apart(&self, at: usize) -> bool {
        self.body[..at].chars().next_back().is_none_or(char::is_whitespace)
    }
}

/// Where the name of a block begins at the end of a text.
fn name(text: &str) -> Option<usize> {
    let at = text.rfind('^')?;
    let name = &text[at + 1..];
    let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    (is_name && (at == 0 || text[..at].ends_with(' '))).then_some(at)
}

impl<'e> Step<'e> for BlockNames<'e> {
    fn take(&mut self, (event, range): Placed<'e>, following: &mut VecDeque<Placed<'e>>) -> Option<Placed<'e>> {
        match &event {
            Event::Start(Tag::CodeBlock(_)) => self.is_code = true,
            Event::End(TagEnd::CodeBlock) => self.is_code = false,
            _ => {}
        }
        if let Some((text, place, at)) = self.held.take() {
            let ends =
                matches!(event, Event::End(TagEnd::Paragraph | TagEnd::Item | TagEnd::Heading(_) | TagEnd::TableCell));
            if ends {
                let span = format!("<span id=\"{}\"></span>", &text[at..]);
                following.push_back((Event::Text(text[..at].trim_end().to_owned().into()), place.clone()));
                following.push_back((Event::InlineHtml(span.into()), place));
            } else {
                following.push_back((Event::Text(text), place));
            }
        }
        match event {
            Event::Text(text) if !self.is_code => {
                match name(&text).filter(|at| *at > 0 || self.is_apart(range.start)) {
                    Some(at) => self.held = Some((text, range, at)),
                    None => following.push_back((Event::Text(text), range)),
                }
            }
            event => following.push_back((event, range)),
        }
        following.pop_front()
    }

    fn finish(&mut self, following: &mut VecDeque<Placed<'e>>) {
        following.extend(self.held.take().map(|(text, place, _)| (Event::Text(text), place)));
    }
}

#[cfg(test)]
mod tests {
    use super::name;

    #[test]
    fn names_of_blocks_have_a_form() {
        for (text, at) in
            [("It was full. ^full-1", Some(13)), ("^a", Some(0)), ("2^10", None), ("a ^", None), ("a ^b c", None)]
        {
            assert_eq!(name(text), at, "{text}");
        }
    }
}
