//! Markdown as far as all programs read it alike, and its plain words. Knows no program.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// The extensions that all programs have.
pub fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_HEADING_ATTRIBUTES
}

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
