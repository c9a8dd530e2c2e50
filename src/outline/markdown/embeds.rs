//! Texts shown inside others, `![[note]]` and `![words](note.md)`: where one stands alone it is to be quoted there, elsewhere it is a
//! link. Knows events.

use std::collections::VecDeque;

use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd};

use super::{Placed, Step};

/// The label of a link in whose place the text stands that it leads to. The parser gives such links none.
const QUOTED: &str = "quoted";

/// Whether the text that it leads to stands in the place of a link: it is alone in its paragraph.
pub fn is_quoted(tag: &Tag<'_>) -> bool {
    let Tag::Link { link_type, id, .. } = tag else { return false };
    matches!(link_type, LinkType::Inline | LinkType::WikiLink { .. }) && id.as_ref() == QUOTED
}

/// Makes links of such pictures, each that is to be quoted in a paragraph of its own.
#[derive(Default)]
pub struct Embeds<'e> {
    /// For each picture that is open, whether it is one.
    open: Vec<bool>,
    /// A paragraph, or the line of an item, that holds nothing else so far.
    held: Vec<Placed<'e>>,
}

impl Embeds<'_> {
    /// None where the body has none.
    pub fn of(body: &str) -> Option<Self> {
        (body.contains("![[") || body.contains("![") && body.contains(".md")).then(Self::default)
    }
}

/// Whether a picture by this name would be a text.
fn is_text(link_type: LinkType, name: &str) -> bool {
    let name = name.split('#').next().unwrap_or_default();
    let file = name.rsplit('/').next().unwrap_or_default();
    let ending = file.rsplit_once('.').map(|(_, ending)| ending);
    match link_type {
        LinkType::WikiLink { .. } => {
            ending.is_none_or(|ending| ending == "md" || ending.contains(' ') || ending.len() > 5)
        }
        LinkType::Inline => ending == Some("md") && !name.contains("//"),
        _ => false,
    }
}

impl<'e> Embeds<'e> {
    /// The event as that of a link, and whether it is part of one that was a picture.
    fn linked(&mut self, event: Event<'e>) -> (Event<'e>, bool) {
        let is_inside = self.open.contains(&true);
        match event {
            Event::Start(Tag::Image { link_type, dest_url, title, id }) => {
                let is_text = is_text(link_type, &dest_url);
                self.open.push(is_text);
                let event = match is_text {
                    true => Event::Start(Tag::Link { link_type, dest_url, title, id }),
                    false => Event::Start(Tag::Image { link_type, dest_url, title, id }),
                };
                (event, is_text || is_inside)
            }
            Event::End(TagEnd::Image) if self.open.pop() == Some(true) => (Event::End(TagEnd::Link), true),
            event => (event, is_inside),
        }
    }

    /// What is held holds nothing else to its end: each is to be quoted.
    fn release_quoted(&mut self, following: &mut VecDeque<Placed<'e>>) {
        let mut depth = 0_usize;
        for (event, range) in self.held.drain(..) {
            match event {
                Event::Start(Tag::Link { link_type, dest_url, title, .. }) if depth == 0 => {
                    depth = 1;
                    following.push_back((Event::Start(Tag::Paragraph), range.clone()));
                    let id = CowStr::Borrowed(QUOTED);
                    following.push_back((Event::Start(Tag::Link { link_type, dest_url, title, id }), range));
                }
                Event::End(TagEnd::Link) if depth == 1 => {
                    depth = 0;
                    following.push_back((Event::End(TagEnd::Link), range.clone()));
                    following.push_back((Event::End(TagEnd::Paragraph), range));
                }
                event @ Event::Start(Tag::Item) => following.push_back((event, range)),
                // Its paragraph, and what stands between two.
                _ if depth == 0 => {}
                event => {
                    match event {
                        Event::Start(_) => depth += 1,
                        Event::End(_) => depth -= 1,
                        _ => {}
                    }
                    following.push_back((event, range));
                }
            }
        }
    }
}

impl<'e> Step<'e> for Embeds<'e> {
    fn take(&mut self, (event, range): Placed<'e>, following: &mut VecDeque<Placed<'e>>) -> Option<Placed<'e>> {
        let (event, is_part) = self.linked(event);
        if !self.held.is_empty() {
            let is_space = match &event {
                Event::SoftBreak | Event::HardBreak => true,
                Event::Text(text) => text.trim().is_empty(),
                _ => false,
            };
            if is_part || is_space {
                self.held.push((event, range));
                return None;
            }
            let is_of_item = matches!(self.held[0].0, Event::Start(Tag::Item));
            let ends = match &event {
                Event::End(TagEnd::Paragraph) => true,
                Event::End(TagEnd::Item) | Event::Start(Tag::List(_)) => is_of_item,
                _ => false,
            };
            if ends && self.held.len() > 1 {
                self.release_quoted(following);
                if !matches!(event, Event::End(TagEnd::Paragraph)) {
                    following.push_back((event, range));
                }
                return following.pop_front();
            }
            following.extend(self.held.drain(..));
        }
        match event {
            Event::Start(Tag::Paragraph | Tag::Item) => self.held.push((event, range)),
            event => following.push_back((event, range)),
        }
        following.pop_front()
    }

    fn finish(&mut self, following: &mut VecDeque<Placed<'e>>) {
        following.extend(self.held.drain(..));
    }
}

#[cfg(test)]
mod tests {
    use pulldown_cmark::LinkType;

    use super::is_text;

    #[test]
    fn texts_have_a_form() {
        let wiki = LinkType::WikiLink { has_pothole: false };
        for (dest, expected) in [
            ("note", true),
            ("note#A. Heading", true),
            ("a.md", true),
            ("v1.2 notes", true),
            ("q.png", false),
            ("a/b.webp", false),
        ] {
            assert_eq!(is_text(wiki, dest), expected, "{dest}");
        }
        for (dest, expected) in
            [("a.md", true), ("../b/a.md#x", true), ("a", false), ("q.png", false), ("https://e.example/a.md", false)]
        {
            assert_eq!(is_text(LinkType::Inline, dest), expected, "{dest}");
        }
    }
}
