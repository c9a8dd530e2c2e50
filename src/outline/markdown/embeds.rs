//! What Obsidian's texts have beyond wikilinks: a text shown inside another, `![[note]]`, which is a link to it here, and names of
//! blocks, `^name` at the end of one, which are places that links may lead to. Knows events.

use std::collections::VecDeque;
use std::ops::Range;

use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd};

use super::{Placed, Step};

/// Makes links of such pictures.
#[derive(Default)]
pub struct Embeds {
    /// For each picture that is open, whether it is one.
    open: Vec<bool>,
}

impl Embeds {
    /// None where the body has none.
    pub fn of(body: &str) -> Option<Self> {
        body.contains("![[").then(Self::default)
    }
}

/// Whether a picture by this name would be a text.
fn is_text(name: &str) -> bool {
    let name = name.split('#').next().unwrap_or_default();
    let file = name.rsplit('/').next().unwrap_or_default();
    file.rsplit_once('.').is_none_or(|(_, ending)| ending == "md" || ending.contains(' ') || ending.len() > 5)
}

impl<'e> Step<'e> for Embeds {
    fn take(&mut self, (event, range): Placed<'e>, _: &mut VecDeque<Placed<'e>>) -> Option<Placed<'e>> {
        let event = match event {
            Event::Start(Tag::Image { link_type: link_type @ LinkType::WikiLink { .. }, dest_url, title, id })
                if is_text(&dest_url) =>
            {
                self.open.push(true);
                Event::Start(Tag::Link { link_type, dest_url, title, id })
            }
            Event::Start(Tag::Image { .. }) => {
                self.open.push(false);
                event
            }
            Event::End(TagEnd::Image) if self.open.pop() == Some(true) => Event::End(TagEnd::Link),
            event => event,
        };
        Some((event, range))
    }
}

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
    use super::{is_text, name};

    #[test]
    fn texts_and_names_of_blocks_have_a_form() {
        for (dest, expected) in [
            ("note", true),
            ("note#A. Heading", true),
            ("a.md", true),
            ("v1.2 notes", true),
            ("q.png", false),
            ("a/b.webp", false),
        ] {
            assert_eq!(is_text(dest), expected, "{dest}");
        }
        for (text, at) in
            [("It was full. ^full-1", Some(13)), ("^a", Some(0)), ("2^10", None), ("a ^", None), ("a ^b c", None)]
        {
            assert_eq!(name(text), at, "{text}");
        }
    }
}
