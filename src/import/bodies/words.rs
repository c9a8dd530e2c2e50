//! The plain words of Markdown, and the summary that an author parted from the rest. Knows no program.

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use crate::model::first_sentences;

use super::code::{Code, options};
use super::draft::{Draft, Edit};

/// A longer summary is cut at a sentence, in characters.
const MAX_SUMMARY: usize = 600;

/// The words of `markdown`, on one line.
pub fn plain(markdown: &str) -> String {
    let mut words = String::new();
    let mut skipped = 0;
    for event in Parser::new_ext(markdown, options()) {
        match event {
            Event::Start(Tag::Image { .. } | Tag::CodeBlock(_) | Tag::FootnoteDefinition(_) | Tag::HtmlBlock) => {
                skipped += 1
            }
            Event::End(TagEnd::Image | TagEnd::CodeBlock | TagEnd::FootnoteDefinition | TagEnd::HtmlBlock) => {
                skipped -= 1
            }
            Event::Text(text) | Event::Code(text) if skipped == 0 => words.push_str(&text),
            Event::SoftBreak | Event::HardBreak => words.push(' '),
            Event::End(TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item | TagEnd::TableCell) => words.push(' '),
            _ => {}
        }
    }
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The words before the first of `marks`, each of which is taken out.
pub fn summary(draft: &mut Draft<'_>, marks: &[&str]) -> Option<String> {
    let code = Code::of(draft.text());
    let found = marks.iter().flat_map(|mark| draft.text().match_indices(mark).map(|(at, mark)| at..at + mark.len()));
    let mut found: Vec<_> = found.filter(|range| !code.holds(range.start)).collect();
    found.sort_by_key(|range| range.start);
    let first = found.first()?.start;
    let words = first_sentences(&plain(&draft.text()[..first]), MAX_SUMMARY);
    draft.apply(found.into_iter().map(|range| Edit::new(range, "")).collect());
    Some(words).filter(|words| !words.is_empty())
}
