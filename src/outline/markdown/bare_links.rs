//! Addresses in a text become links, outside code, links and raw HTML that is either. Knows events and their source.

use std::collections::VecDeque;
use std::ops::Range;

use memchr::{memchr_iter, memmem};
use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd};

use super::addresses::{self, Bare, Kind};
use super::{Placed, Step};

/// Elements of HTML whose text holds no links of ours.
const CLOSED: [&str; 8] = ["a", "button", "code", "kbd", "pre", "samp", "script", "style"];

pub struct BareLinks<'e> {
    body: &'e str,
    /// Where signs stand that every address has one of, and the first of them that is still to come.
    signs: Vec<usize>,
    next: usize,
    /// Links, pictures and blocks of code that are open, and such elements of HTML.
    inside: usize,
    elements: usize,
    /// Texts of one line that follow one another.
    run: Vec<Piece<'e>>,
}

/// A piece of text, as it is shown and as it was typed.
struct Piece<'e> {
    shown: CowStr<'e>,
    typed: CowStr<'e>,
    range: Range<usize>,
}

impl<'e> BareLinks<'e> {
    /// None where the body has no sign of an address.
    pub fn of(body: &'e str) -> Option<Self> {
        let bytes = body.as_bytes();
        let schemes = memmem::find_iter(bytes, "://").map(|at| at + 1);
        let mut signs: Vec<usize> =
            schemes.chain(memmem::find_iter(bytes, "www.")).chain(memchr_iter(b'@', bytes)).collect();
        signs.sort_unstable();
        (!signs.is_empty()).then(|| Self { body, signs, next: 0, inside: 0, elements: 0, run: Vec::new() })
    }

    /// Whether a sign stands from `at` to the end of its line.
    fn is_near(&mut self, at: usize) -> bool {
        while self.signs.get(self.next).is_some_and(|sign| *sign < at) {
            self.next += 1;
        }
        self.signs.get(self.next).is_some_and(|sign| !self.body[at..*sign].contains('\n'))
    }

    fn follow(&mut self, event: &Event<'_>) {
        match event {
            Event::Start(Tag::Link { .. } | Tag::Image { .. } | Tag::CodeBlock(_)) => self.inside += 1,
            Event::End(TagEnd::Link | TagEnd::Image | TagEnd::CodeBlock) => self.inside = self.inside.saturating_sub(1),
            Event::Html(html) | Event::InlineHtml(html) => self.tags(html),
            // An element that is never ended ends here.
            Event::End(TagEnd::Paragraph | TagEnd::TableCell | TagEnd::Item | TagEnd::Heading(_)) => self.elements = 0,
            _ => {}
        }
    }

    fn tags(&mut self, html: &str) {
        for tag in html.split('<').skip(1) {
            let (is_end, name) = tag.strip_prefix('/').map_or((false, tag), |name| (true, name));
            let end = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
            if CLOSED.iter().any(|closed| closed.eq_ignore_ascii_case(&name[..end])) {
                self.elements = if is_end { self.elements.saturating_sub(1) } else { self.elements + 1 };
            }
        }
    }

    /// Adds a piece to the run, unless it stands elsewhere.
    fn adds(&mut self, text: CowStr<'e>, range: Range<usize>) -> Result<(), Placed<'e>> {
        let follows = self.run.last().is_none_or(|last| {
            // An escaped sign of an address makes it none.
            let is_escaped =
                self.body.get(last.range.end..range.start) == Some("\\") && !text.starts_with([':', '.', '@']);
            last.range.end == range.start || is_escaped
        });
        if !follows {
            return Err((Event::Text(text), range));
        }
        let source = &self.body[range.clone()];
        // An entity is what it stands for; quotation marks and dashes are what was typed.
        let typed = if source.starts_with('&') { text.clone() } else { CowStr::Borrowed(source) };
        self.run.push(Piece { shown: text, typed, range });
        Ok(())
    }

    /// Puts out the run with its addresses as links.
    fn end_run(&mut self, out: &mut VecDeque<Placed<'e>>) {
        let run = std::mem::take(&mut self.run);
        let typed: String = run.iter().map(|piece| &*piece.typed).collect();
        let mut done = 0;
        while let Some(bare) = addresses::first(&typed, done) {
            put_text(&run, done..bare.at.start, out);
            done = bare.at.end;
            put_link(&run, &typed, bare, out);
        }
        put_text(&run, done..typed.len(), out);
    }
}

impl<'e> Step<'e> for BareLinks<'e> {
    fn take(&mut self, (event, range): Placed<'e>, following: &mut VecDeque<Placed<'e>>) -> Option<Placed<'e>> {
        let is_open = self.inside == 0 && self.elements == 0;
        match event {
            Event::Text(text) if is_open && (!self.run.is_empty() || self.is_near(range.start)) => {
                if let Err((event, range)) = self.adds(text, range) {
                    self.end_run(following);
                    following.push_back((event, range));
                }
                following.pop_front()
            }
            event => {
                self.follow(&event);
                if self.run.is_empty() {
                    return Some((event, range));
                }
                self.end_run(following);
                following.push_back((event, range));
                following.pop_front()
            }
        }
    }

    fn finish(&mut self, following: &mut VecDeque<Placed<'e>>) {
        self.end_run(following);
    }
}

/// The text of `run` in these bytes of what was typed.
fn put_text<'e>(run: &[Piece<'e>], at: Range<usize>, out: &mut VecDeque<Placed<'e>>) {
    for (piece, inside) in parts(run, at) {
        let text = if inside.len() == piece.typed.len() {
            piece.shown.clone()
        } else {
            piece.typed[inside.clone()].to_owned().into()
        };
        out.push_back((Event::Text(text), piece.source(&inside)));
    }
}

fn put_link<'e>(run: &[Piece<'e>], typed: &str, bare: Bare, out: &mut VecDeque<Placed<'e>>) {
    let words = &typed[bare.at.clone()];
    let (link_type, dest_url) = match bare.kind {
        Kind::Whole => (LinkType::Autolink, words.to_owned()),
        Kind::Host => (LinkType::Autolink, format!("http://{words}")),
        Kind::Email => (LinkType::Email, words.to_owned()),
    };
    let mut sources = parts(run, bare.at).map(|(piece, inside)| piece.source(&inside));
    let first = sources.next().unwrap_or_default();
    let range = first.start..sources.last().map_or(first.end, |last| last.end);
    let link = Tag::Link { link_type, dest_url: dest_url.into(), title: "".into(), id: "".into() };
    out.push_back((Event::Start(link), range.clone()));
    out.push_back((Event::Text(words.to_owned().into()), range.clone()));
    out.push_back((Event::End(TagEnd::Link), range));
}

/// The pieces that these bytes of what was typed are in, and which of the bytes of each.
fn parts<'p, 'e>(run: &'p [Piece<'e>], at: Range<usize>) -> impl Iterator<Item = (&'p Piece<'e>, Range<usize>)> {
    let mut start = 0;
    run.iter().filter_map(move |piece| {
        let here = start..start + piece.typed.len();
        start = here.end;
        let inside = at.start.max(here.start)..at.end.min(here.end);
        (inside.start < inside.end).then(|| (piece, inside.start - here.start..inside.end - here.start))
    })
}

impl Piece<'_> {
    /// Where in the body these bytes of it were typed.
    fn source(&self, inside: &Range<usize>) -> Range<usize> {
        if self.typed.len() != self.range.len() {
            return self.range.clone();
        }
        self.range.start + inside.start..self.range.start + inside.end
    }
}
