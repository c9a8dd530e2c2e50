//! Alerts as Obsidian writes them, with more kinds than GitHub has and with titles of their own: each becomes the nearest of the
//! five. Its title is that of a definition which stands in no list of definitions. Knows events and their source.

use std::collections::VecDeque;
use std::ops::Range;

use pulldown_cmark::{BlockQuoteKind, Event, Tag, TagEnd};

use super::{Placed, Step};

/// Kinds with the alert that is nearest to each.
const KINDS: [(&str, BlockQuoteKind); 31] = [
    ("abstract", BlockQuoteKind::Note),
    ("attention", BlockQuoteKind::Warning),
    ("bug", BlockQuoteKind::Caution),
    ("caution", BlockQuoteKind::Caution),
    ("check", BlockQuoteKind::Tip),
    ("cite", BlockQuoteKind::Note),
    ("danger", BlockQuoteKind::Caution),
    ("done", BlockQuoteKind::Tip),
    ("error", BlockQuoteKind::Caution),
    ("example", BlockQuoteKind::Note),
    ("fail", BlockQuoteKind::Caution),
    ("failure", BlockQuoteKind::Caution),
    ("faq", BlockQuoteKind::Note),
    ("help", BlockQuoteKind::Note),
    ("hint", BlockQuoteKind::Tip),
    ("important", BlockQuoteKind::Important),
    ("info", BlockQuoteKind::Note),
    ("missing", BlockQuoteKind::Caution),
    ("note", BlockQuoteKind::Note),
    ("question", BlockQuoteKind::Note),
    ("quote", BlockQuoteKind::Note),
    ("success", BlockQuoteKind::Tip),
    ("summary", BlockQuoteKind::Note),
    ("tip", BlockQuoteKind::Tip),
    ("tldr", BlockQuoteKind::Note),
    ("todo", BlockQuoteKind::Note),
    ("warning", BlockQuoteKind::Warning),
    // Of Docusaurus and VitePress.
    ("details", BlockQuoteKind::Note),
    ("secondary", BlockQuoteKind::Note),
    ("seealso", BlockQuoteKind::Note),
    ("warn", BlockQuoteKind::Warning),
];

/// All kinds.
pub fn kinds() -> impl Iterator<Item = &'static str> {
    KINDS.iter().map(|(kind, _)| *kind)
}

/// The first line of a quotation that has the form of an alert: `[!INFO]- Title`.
#[derive(Debug, PartialEq, Eq)]
pub struct Callout<'q> {
    /// As it is written.
    pub kind: &'q str,
    /// Up to which byte of the line its mark goes, white space included.
    pub end: usize,
}

/// Reads a line without the marks of quotations.
pub fn callout(line: &str) -> Option<Callout<'_>> {
    let inner = line.strip_prefix("[!")?;
    let length = inner.find(']')?;
    let kind = &inner[..length];
    let is_kind = kind.starts_with(|c: char| c.is_ascii_alphabetic())
        && kind.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '|'));
    let rest = inner[length + 1..].strip_prefix(['-', '+']).unwrap_or(&inner[length + 1..]);
    // `[!x](y)` is a link.
    let is_alert = is_kind && (rest.is_empty() || rest.starts_with(char::is_whitespace));
    is_alert.then(|| Callout { kind, end: line.len() - rest.trim_start_matches([' ', '\t']).len() })
}

/// The alert that is nearest to a kind.
pub fn nearest_alert(kind: &str) -> Option<BlockQuoteKind> {
    // Obsidian lets settings follow: `[!info|wide]`.
    let kind = kind.split('|').next().unwrap_or_default();
    KINDS.iter().find(|(known, _)| known.eq_ignore_ascii_case(kind)).map(|(_, alert)| *alert)
}

pub struct Callouts<'e> {
    body: &'e str,
    /// One whose paragraph is still to begin: its kind, and where its title begins.
    begun: Option<(&'e str, usize)>,
    /// One whose title is being read.
    title: Option<Title>,
    /// Quotations that are open: whether each is one of these.
    open: Vec<Option<BlockQuoteKind>>,
}

struct Title {
    /// What comes before is its mark.
    from: usize,
    /// What it is called where no title is written.
    kind: String,
    is_empty: bool,
    /// Elements of the line that are open.
    depth: usize,
}

impl<'e> Callouts<'e> {
    /// None where the body has nothing of the form.
    pub fn of(body: &'e str) -> Option<Self> {
        body.contains("[!").then(|| Self { body, begun: None, title: None, open: Vec::new() })
    }

    fn begin(&mut self, range: &Range<usize>) -> Option<BlockQuoteKind> {
        let line = self.body[range.clone()].lines().next()?;
        let inner = line.strip_prefix('>')?;
        let inner = inner.strip_prefix([' ', '\t']).unwrap_or(inner).trim_start_matches(' ');
        let found = callout(inner)?;
        let kind = nearest_alert(found.kind)?;
        self.begun = Some((found.kind, range.start + line.len() - inner.len() + found.end));
        Some(kind)
    }
}

impl<'e> Step<'e> for Callouts<'e> {
    fn take(&mut self, (event, range): Placed<'e>, following: &mut VecDeque<Placed<'e>>) -> Option<Placed<'e>> {
        match (event, &mut self.title) {
            (Event::Start(Tag::BlockQuote(None)), _) => {
                let kind = self.begin(&range);
                self.open.push(kind);
                Some((Event::Start(Tag::BlockQuote(kind)), range))
            }
            (Event::Start(Tag::BlockQuote(kind)), _) => {
                self.open.push(kind);
                Some((Event::Start(Tag::BlockQuote(kind)), range))
            }
            (Event::End(TagEnd::BlockQuote(_)), _) => {
                let kind = self.open.pop().flatten();
                Some((Event::End(TagEnd::BlockQuote(kind)), range))
            }
            (Event::Start(Tag::Paragraph), None) => match self.begun.take() {
                Some((kind, from)) => {
                    let kind = kind.split('|').next().unwrap_or_default().to_lowercase();
                    self.title = Some(Title { from, kind, is_empty: true, depth: 0 });
                    Some((Event::Start(Tag::DefinitionListTitle), range))
                }
                None => Some((Event::Start(Tag::Paragraph), range)),
            },
            (event, Some(title)) => match event {
                Event::SoftBreak | Event::HardBreak if title.depth == 0 => {
                    end_title(&mut self.title, &range, following);
                    following.push_back((Event::Start(Tag::Paragraph), range));
                    following.pop_front()
                }
                Event::End(TagEnd::Paragraph) => {
                    end_title(&mut self.title, &range, following);
                    following.pop_front()
                }
                Event::Text(_) if range.end <= title.from => None,
                event => {
                    match event {
                        Event::Start(_) => title.depth += 1,
                        Event::End(_) => title.depth = title.depth.saturating_sub(1),
                        _ => {}
                    }
                    title.is_empty = false;
                    // White space between the mark and the title may be part of a text.
                    let cut = title.from.saturating_sub(range.start);
                    match event {
                        Event::Text(text) if cut > 0 && text.is_char_boundary(cut) => {
                            Some((Event::Text(text[cut..].to_owned().into()), title.from..range.end))
                        }
                        event => Some((event, range)),
                    }
                }
            },
            (event, None) => {
                self.begun = None;
                Some((event, range))
            }
        }
    }
}

/// Ends a title. Where none is written the kind is one.
fn end_title(title: &mut Option<Title>, range: &Range<usize>, following: &mut VecDeque<Placed<'_>>) {
    let Some(title) = title.take() else { return };
    if title.is_empty {
        let mut kind = title.kind;
        if let Some(first) = kind.get_mut(..1) {
            first.make_ascii_uppercase();
        }
        following.push_back((Event::Text(kind.into()), range.clone()));
    }
    following.push_back((Event::End(TagEnd::DefinitionListTitle), range.clone()));
}

#[cfg(test)]
mod tests {
    use super::{Callout, callout, nearest_alert};

    #[test]
    fn an_alert_has_a_form() {
        for (line, kind, end) in [
            ("[!INFO]", "INFO", 7),
            ("[!note] My title", "note", 8),
            ("[!tip]- Folded", "tip", 8),
            ("[!x|wide]", "x|wide", 9),
        ] {
            assert_eq!(callout(line), Some(Callout { kind, end }), "{line}");
        }
        for line in ["[!INFO", "[!INFO]x", "[! x]", "[!a](b.md)", "[x]", "![a]"] {
            assert_eq!(callout(line), None, "{line}");
        }
        assert!(
            nearest_alert("Faq").is_some() && nearest_alert("info|wide").is_some() && nearest_alert("foo").is_none()
        );
    }
}
