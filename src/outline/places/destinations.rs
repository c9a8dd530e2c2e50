//! Where in a text the destination of each reference is written. Reads the events that the outline reads, so that the nth
//! destination is that of the nth reference; neither knows where one leads nor changes it.
//!
//! A `Document` does not hold these places: they are asked for when a name changes, of the few texts that use it.

use std::collections::HashMap;
use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use crate::model::{Span, below};
use crate::outline::document::Document;
use crate::outline::html::{Filter, Item, Part, StartTag, resolved, tokens};
use crate::outline::limits;
use crate::outline::markdown::{Definitions, Markdown};
use crate::outline::target::Target;
use crate::yaml;

/// A destination as it stands in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Destination {
    /// Without the marks around it.
    pub span: Span,
    pub form: Form,
}

/// How a destination is written, which decides what may stand in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Between round brackets, or after the label of a definition.
    Plain,
    /// Between `<` and `>`.
    Angled,
    /// An address without any marks.
    Bare,
    /// Between `[[` and `]]`, up to the bar.
    Wiki,
    /// In an attribute of HTML.
    Attribute,
}

/// The destination of each reference of `document`, whose text is `text`; none of one that can't be told from what is around
/// it.
pub fn destinations(document: &Document, text: &str) -> Vec<Option<Destination>> {
    let start = body_start(text);
    let body = &text[start..];
    if limits::too_deep_line(body).is_some() {
        return Vec::new();
    }
    let markdown = Markdown::new(body, document.front.math());
    let mut links = Links { body, ends: HashMap::new(), open: Vec::new(), definitions: markdown.definitions() };
    let mut filter = Filter::new(body, false);
    let mut safe = Vec::new();
    let mut found: Vec<Found> = Vec::new();
    for (event, range) in markdown.events() {
        links.follow(&event, &range);
        filter.event(event, range, &mut safe);
        safe.drain(..).for_each(|(item, range)| found.extend(Found::in_item(&item, range, body)));
        if found.len() > limits::MAX_LINKS {
            break;
        }
    }
    filter.finish(body.len(), &mut safe);
    safe.drain(..).for_each(|(item, range)| found.extend(Found::in_item(&item, range, body)));
    let site = document.settings.site.as_deref();
    let references = document.body.references.iter();
    let destinations = found.into_iter().map(|found| links.destination(found));
    // What is not the destination that was read is none.
    let checked = references.zip(destinations).map(|(reference, found)| {
        let found = found.filter(|found| is_target(&body[found.span.range()], found.form, &reference.target, site))?;
        Some(Destination { span: found.span.shifted(start), ..found })
    });
    checked.collect()
}

/// Where the body of `text` begins.
pub(super) fn body_start(text: &str) -> usize {
    let bom = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    yaml::front_matter(text).map_or(bom, |parts| parts.body)
}

/// `written` without the marks that its form has for signs that would mean something else.
pub fn unescaped(written: &str, form: Form) -> String {
    match form {
        Form::Attribute => tokens::plain(written).into_owned(),
        Form::Plain | Form::Angled if written.contains(['\\', '&']) => {
            let link = format!("[x](<{written}>)");
            let destination = pulldown_cmark::Parser::new(&link).find_map(|event| match event {
                Event::Start(Tag::Link { dest_url, .. }) => Some(dest_url.into_string()),
                _ => None,
            });
            destination.unwrap_or_else(|| written.to_owned())
        }
        Form::Plain | Form::Angled | Form::Bare | Form::Wiki => written.to_owned(),
    }
}

fn is_target(written: &str, form: Form, target: &Target, site: Option<&str>) -> bool {
    let read = unescaped(written, form);
    let read = match (form, target) {
        (Form::Wiki, Target::Wiki { bare, .. }) => Target::parse_wiki(&read, *bare),
        // A picture's name is not parsed.
        (Form::Wiki, target) => return matches!(target, Target::Relative { path, .. } if *path == read),
        _ => match Target::parse(&read) {
            Target::Outside(url) => {
                site.and_then(|site| below(&url, site)).map_or(Target::Outside(url.clone()), Target::parse)
            }
            target => target,
        },
    };
    read == *target
}

/// A reference, and what of it is known from its event.
enum Found {
    Link {
        kind: LinkType,
        label: String,
        range: Range<usize>,
    },
    /// The bytes of the body that an address in an attribute is.
    Attribute(Option<Range<usize>>),
}

impl Found {
    fn in_item(item: &Item<'_>, range: Range<usize>, body: &str) -> Vec<Self> {
        match item {
            Item::Markdown(Event::Start(Tag::Link { link_type, id, .. } | Tag::Image { link_type, id, .. })) => {
                vec![Self::Link { kind: *link_type, label: id.to_string(), range }]
            }
            Item::Html { parts, .. } => {
                let tags = parts.iter().filter_map(|part| match part {
                    Part::Start(tag) => Some(tag),
                    _ => None,
                });
                tags.flat_map(|tag| Self::in_tag(tag, body)).collect()
            }
            Item::Markdown(_) => Vec::new(),
        }
    }

    fn in_tag(tag: &StartTag, body: &str) -> Vec<Self> {
        let written = body.get(tag.span.clone()).unwrap_or_default();
        let values = tokens::values(written);
        let mut found = Vec::new();
        for attribute in &tag.attributes {
            let value = values.iter().find(|(name, _)| name.eq_ignore_ascii_case(&attribute.0));
            let mut at = value.map(|(_, value)| value.clone());
            resolved(&tag.name, std::slice::from_ref(attribute), |_, address| {
                // Of a set, each in its turn.
                let place = at.as_mut().and_then(|at| {
                    let is_whole = address == attribute.1;
                    let range = match is_whole {
                        true => at.clone(),
                        false => {
                            let from = at.start + written[at.clone()].find(address)?;
                            from..from + address.len()
                        }
                    };
                    at.start = range.end;
                    Some(tag.span.start + range.start..tag.span.start + range.end)
                });
                found.push(Self::Attribute(place));
                None
            });
        }
        found
    }
}

/// What of the links of a body tells where their destinations are.
struct Links<'b> {
    body: &'b str,
    /// Where the words of each link or picture end.
    ends: HashMap<(usize, usize), usize>,
    /// Links and pictures that are open, and where their words end as far as they were read.
    open: Vec<usize>,
    definitions: Definitions<'b>,
}

impl Links<'_> {
    fn follow(&mut self, event: &Event<'_>, range: &Range<usize>) {
        match event {
            Event::Start(Tag::Link { .. } | Tag::Image { .. }) => self.open.push(range.start),
            Event::End(TagEnd::Link | TagEnd::Image) => {
                if let Some(end) = self.open.pop() {
                    self.ends.insert((range.start, range.end), end);
                    if let Some(outer) = self.open.last_mut() {
                        *outer = range.end.max(*outer);
                    }
                }
            }
            _ => {
                if let Some(end) = self.open.last_mut() {
                    *end = range.end.max(*end);
                }
            }
        }
    }

    fn destination(&self, found: Found) -> Option<Destination> {
        let (kind, label, range) = match found {
            Found::Link { kind, label, range } => (kind, label, range),
            Found::Attribute(range) => return Some(Destination { span: range?.into(), form: Form::Attribute }),
        };
        let written = &self.body[range.clone()];
        match kind {
            LinkType::Inline => {
                let words = *self.ends.get(&(range.start, range.end))?;
                let open = words + self.body.get(words..range.end)?.find("](")?;
                self.after(open + "](".len(), range.end)
            }
            LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut => {
                let definition = self.definitions.get(&label)?;
                let colon = definition.start + label_end(&self.body[definition.clone()])?;
                self.after(colon, definition.end)
            }
            LinkType::WikiLink { .. } => {
                let open = written.find("[[")? + "[[".len();
                // In a table the bar is escaped.
                let close = open + written[open..].split(['|', ']']).next()?.trim_end_matches('\\').len();
                Some(Destination { span: Span::new(range.start + open, range.start + close), form: Form::Wiki })
            }
            LinkType::Autolink if written.starts_with('<') => {
                Some(Destination { span: Span::new(range.start + 1, range.end - 1), form: Form::Angled })
            }
            LinkType::Autolink => Some(Destination { span: range.into(), form: Form::Bare }),
            _ => None,
        }
    }

    /// The destination that follows byte `from`, after white space and the marks of quotations.
    fn after(&self, from: usize, end: usize) -> Option<Destination> {
        let text = self.body.get(from..end)?;
        let skipped = text.len() - text.trim_start_matches(|c: char| c.is_whitespace() || c == '>').len();
        let (from, text) = (from + skipped, &text[skipped..]);
        let (from, length, form) = match text.strip_prefix('<') {
            Some(inner) => (from + 1, unescaped_position(inner, |c, _| c == '>')?, Form::Angled),
            None => {
                let ends = |c: char, depth: i32| c.is_whitespace() || (c == ')' && depth < 0);
                (from, unescaped_position(text, ends).unwrap_or(text.len()), Form::Plain)
            }
        };
        Some(Destination { span: Span::new(from, from + length), form })
    }
}

/// The first character that `ends`, given how many round brackets are open after it, and is not escaped.
fn unescaped_position(text: &str, ends: impl Fn(char, i32) -> bool) -> Option<usize> {
    let (mut depth, mut is_escaped) = (0, false);
    for (at, c) in text.char_indices() {
        let was_escaped = is_escaped;
        is_escaped = c == '\\' && !was_escaped;
        if !was_escaped {
            depth += match c {
                '(' => 1,
                ')' => -1,
                _ => 0,
            };
            if ends(c, depth) {
                return Some(at);
            }
        }
    }
    None
}

/// Where the label of a definition ends, with its colon.
fn label_end(definition: &str) -> Option<usize> {
    let close = unescaped_position(definition, |c, _| c == ']')?;
    definition[close..].starts_with("]:").then_some(close + "]:".len())
}

#[cfg(test)]
mod tests {
    use crate::load::{Content, Source, SourceSettings};
    use crate::model::{SourceKind, SourcePath};
    use crate::outline::outline;

    use super::destinations;

    fn found(text: &str) -> Vec<Option<String>> {
        let source = Source {
            path: SourcePath::new("content/essays/a.md"),
            kind: SourceKind::Essay,
            id: "a".to_owned(),
            content: Content::Held(std::sync::Arc::from(text.as_bytes())),
            embedded: false,
            behind: None,
            settings: SourceSettings { site: Some("https://e.example".into()), ..SourceSettings::default() },
        };
        let (document, _) = outline(&source, text);
        let found = destinations(&document, text);
        assert_eq!(found.len(), document.body.references.len(), "{text}");
        found.into_iter().map(|found| Some(text[found?.span.range()].to_owned())).collect()
    }

    #[test]
    fn each_destination_is_found_where_it_is_written() {
        for (body, expected) in [
            ("[a](concept:x?in=b#c)", vec!["concept:x?in=b#c"]),
            ("[a `](b)` c]( x.md \"t](y)\")", vec!["x.md"]),
            ("[![a](p.png)](<x y.md>)", vec!["x y.md", "p.png"]),
            ("[a_(b)](x_(y).md) and [](z.md)", vec!["x_(y).md", "z.md"]),
            ("[a\\]](x\\_y.md) [b](a&amp;b.md)", vec!["x\\_y.md", "a&amp;b.md"]),
            ("[a][b], [b] and [b][]\n\n[b]: x.md 'T'\n[c]: <y.md>\n\n[c]", vec!["x.md", "x.md", "x.md", "y.md"]),
            ("> [b]:\n> x.md\n\n[b]", vec!["x.md"]),
            ("[[x#y|words]] and [[x]]\n\n![[z#y]]\n\n![[p.png|300]]", vec!["x#y", "x", "z#y", "p.png"]),
            ("| a |\n|---|\n| [[x\\|words]] |", vec!["x"]),
            ("<https://e.example/x/> and https://e.example/y/.", vec!["https://e.example/x/", "https://e.example/y/"]),
            (
                "<a class=b href='x.md?a&amp;b'>t</a> <img alt=\"x.md\" SRC=\"p.png\" srcset=\"p.png 1x, q.png 2x\">",
                vec!["x.md?a&amp;b", "p.png", "p.png", "q.png"],
            ),
            ("> <blockquote\n> cite=\"/x/\">Words</blockquote>", vec!["/x/"]),
            ("[a *b [c](x.md)* d](y.md)", vec!["x.md"]),
            ("- ![[z]]\n- [q](r.md)\n", vec!["z", "r.md"]),
        ] {
            let text = format!("---\ntitle: A\ndate: 2026-05-01\n---\n{body}\n");
            let expected: Vec<Option<String>> = expected.into_iter().map(|one| Some(one.to_owned())).collect();
            assert_eq!(found(&text), expected, "{body}");
        }
    }
}
