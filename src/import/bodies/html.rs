//! Raw HTML in Markdown: what has a form there takes it, what no page shows is removed and reported, the rest stays without what only shaped
//! the old page. Knows where HTML stands in Markdown; what its elements become, `html` knows.

use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use crate::import::html::{self, known_frame};
use crate::import::links::Around;
use crate::import::markdown;
use crate::import::report::Report;
use crate::outline::tokens;

use super::draft::{Draft, Edit};
use crate::import::common_markdown::options;

/// What the report calls HTML that goes.
const GONE: &str = "HTML that no page shows";
/// Elements whose tags go and whose words stay.
const TAGS_GO: [&str; 7] = ["center", "font", "noscript", "progress", "meter", "big", "nobr"];
/// Elements that go with what they hold.
const WHOLE_GOES: [&str; 4] = ["script", "style", "template", "link"];
/// Attributes that shaped the old page. Those of its scripts begin with `on` and `data-`.
const ATTRIBUTES_GO: [&str; 16] = [
    "style",
    "class",
    "target",
    "align",
    "valign",
    "border",
    "cellpadding",
    "cellspacing",
    "bgcolor",
    "rel",
    "loading",
    "decoding",
    "srcset",
    "sizes",
    "frameborder",
    "nowrap",
];

/// Changes all raw HTML of the body.
pub fn read(draft: &mut Draft<'_>, around: &Around<'_>, report: &mut Report) {
    blocks(draft, around, report);
    within_lines(draft, report);
}

/// Blocks that are whole and stand in nothing else become Markdown.
fn blocks(draft: &mut Draft<'_>, around: &Around<'_>, report: &mut Report) {
    let text = draft.text();
    let mut edits = Vec::new();
    let mut depth = 0_usize;
    for (event, range) in Parser::new_ext(text, options()).into_offset_iter() {
        match event {
            Event::Start(
                Tag::BlockQuote(_) | Tag::Item | Tag::FootnoteDefinition(_) | Tag::DefinitionListDefinition,
            ) => depth += 1,
            Event::End(
                TagEnd::BlockQuote(_) | TagEnd::Item | TagEnd::FootnoteDefinition | TagEnd::DefinitionListDefinition,
            ) => depth -= 1,
            Event::Start(Tag::HtmlBlock) if depth == 0 => {
                let block = &text[range.clone()];
                if !is_balanced(block) || block.trim_start().starts_with("<!--") || is_anchor(block) {
                    continue;
                }
                let read = html::read(block, &|id| around.linked.has(id));
                for loss in read.losses {
                    let at = block.split_inclusive('\n').take(loss.line).map(str::len).sum::<usize>();
                    report.add(draft.place(range.start + at), loss.what, loss.why);
                }
                let written = markdown::write(&read.blocks);
                let before =
                    if text[..range.start].is_empty() || text[..range.start].ends_with("\n\n") { "" } else { "\n" };
                // What follows a block of HTML may begin on the next line.
                edits.push(Edit::new(range, format!("{before}{}\n\n", written.trim_end())));
            }
            _ => {}
        }
    }
    draft.apply(edits);
}

/// Whether it is nothing but a place to link to.
fn is_anchor(block: &str) -> bool {
    let block = block.trim();
    block.starts_with("<a ") && block.ends_with("></a>") && block.matches('<').count() == 2 && !block.contains("href")
}

/// Whether every element that begins in `html` ends there, and none else does.
fn is_balanced(html: &str) -> bool {
    let mut open: Vec<String> = Vec::new();
    let mut at = 0;
    while at < html.len() {
        let (kind, range) = tokens::next(html, at);
        at = range.end;
        match kind {
            tokens::Kind::Unended => return false,
            tokens::Kind::Tag { .. } => {
                let tag = &html[range];
                let name = name(tag);
                if is_void(&name) || tag.ends_with("/>") {
                    continue;
                }
                if !tag.starts_with("</") {
                    open.push(name);
                } else if let Some(place) = open.iter().rposition(|other| *other == name) {
                    // What is open inside it may end with it: `<li>`, `<p>`, `<td>`.
                    if open[place + 1..].iter().any(|inner| !may_stay_open(inner)) {
                        return false;
                    }
                    open.truncate(place);
                } else if name != "p" {
                    return false;
                }
            }
            _ => {}
        }
    }
    open.iter().all(|name| may_stay_open(name))
}

fn may_stay_open(name: &str) -> bool {
    matches!(name, "p" | "li" | "td" | "th" | "tr" | "dt" | "dd" | "tbody" | "thead" | "option")
}

fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "source"
            | "track"
            | "wbr"
    )
}

fn name(tag: &str) -> String {
    let inner = tag.trim_start_matches(['<', '/']);
    let end = inner.find(|c: char| c.is_whitespace() || matches!(c, '>' | '/')).unwrap_or(inner.len());
    inner[..end].to_lowercase()
}

/// A tag that stands in a body, as Markdown or in a block that stays.
struct Found {
    range: Range<usize>,
    is_inline: bool,
    in_table: bool,
}

/// Tags one by one.
fn within_lines(draft: &mut Draft<'_>, report: &mut Report) {
    let text = draft.text();
    let found = tags(text);
    let mut edits = Vec::new();
    let mut done = 0;
    for (n, tag) in found.iter().enumerate() {
        if tag.range.start < done {
            continue;
        }
        let written = &text[tag.range.clone()];
        let (name, is_end) = (name(written), written.starts_with("</"));
        let close = || {
            found[n + 1..].iter().find(|other| {
                text[other.range.clone()].starts_with("</") && self::name(&text[other.range.clone()]) == name
            })
        };
        if WHOLE_GOES.contains(&name.as_str()) {
            let end = if is_end { tag.range.end } else { close().map_or(tag.range.end, |close| close.range.end) };
            if !is_end {
                report.add(draft.place(tag.range.start), GONE, format!("`<{name}>` and what it holds"));
            }
            edits.push(Edit::new(tag.range.start..end, ""));
            done = end;
        } else if name == "iframe" && !is_end {
            let end = close().map_or(tag.range.end, |close| close.range.end);
            let page = page_of_frame(written);
            if page.is_none() {
                report.add(draft.place(tag.range.start), GONE, "`<iframe>` without an address");
            }
            edits.push(Edit::new(tag.range.start..end, page.map(|page| format!("<{page}>")).unwrap_or_default()));
            done = end;
        } else if TAGS_GO.contains(&name.as_str()) {
            if !is_end {
                report.add(draft.place(tag.range.start), GONE, format!("the tag `<{name}>`: what it holds stays"));
            }
            edits.push(Edit::new(tag.range.clone(), ""));
        } else if tag.is_inline && name == "br" && !tag.in_table && !is_end {
            edits.push(line_break(text, &tag.range));
        } else if tag.is_inline && name == "img" {
            match picture(written) {
                Some(picture) => edits.push(Edit::new(tag.range.clone(), picture)),
                None => report.add(draft.place(tag.range.start), GONE, "a picture without an address"),
            }
        } else if tag.is_inline && name == "a" && !is_end {
            match close().and_then(|close| link(text, &tag.range, &close.range)) {
                Some(link) => edits.extend(link),
                None => edits.extend(cleaned(written).map(|with| Edit::new(tag.range.clone(), with))),
            }
        } else if !is_end {
            edits.extend(cleaned(written).map(|with| Edit::new(tag.range.clone(), with)));
        }
    }
    draft.apply(edits);
}

/// The page that shows what a frame shows.
fn page_of_frame(tag: &str) -> Option<String> {
    let src = value(tag, "src").map(|src| if src.starts_with("//") { format!("https:{src}") } else { src })?;
    known_frame(&src).or_else(|| src.contains("://").then_some(src))
}

/// The tag at `range` as a hard break of Markdown, with the line end that follows it if one does.
fn line_break(text: &str, range: &Range<usize>) -> Edit {
    let after = &text[range.end..];
    if after.trim_start_matches(' ').starts_with('\n') {
        Edit::new(range.start..range.end + after.find('\n').unwrap_or(0), "\\")
    } else {
        Edit::new(range.clone(), "\\\n")
    }
}

/// The tags of a link whose words can stand in one of Markdown, and which nothing else leads to.
fn link(text: &str, open: &Range<usize>, close: &Range<usize>) -> Option<[Edit; 2]> {
    let (tag, inner) = (&text[open.clone()], &text[open.end..close.start]);
    let href = value(tag, "href")?;
    let is_plain = !inner.contains("](") && !inner.contains("\n\n");
    let is_target = value(tag, "id").is_some() || value(tag, "name").is_some();
    let end = format!("]({})", super::links::in_markdown(&href));
    (is_plain && !is_target).then(|| [Edit::new(open.clone(), "["), Edit::new(close.clone(), end)])
}

/// All tags outside of code.
fn tags(text: &str) -> Vec<Found> {
    let mut found = Vec::new();
    let mut in_table = false;
    for (event, range) in Parser::new_ext(text, options()).into_offset_iter() {
        match event {
            Event::Start(Tag::Table(_)) => in_table = true,
            Event::End(TagEnd::Table) => in_table = false,
            Event::InlineHtml(_) if !text[range.clone()].starts_with("<!") => {
                found.push(Found { range, is_inline: true, in_table })
            }
            Event::Start(Tag::HtmlBlock) => {
                let mut at = range.start;
                while at < range.end {
                    let (kind, tag) = tokens::next(&text[..range.end], at);
                    at = tag.end;
                    if matches!(kind, tokens::Kind::Tag { .. }) {
                        found.push(Found { range: tag, is_inline: false, in_table });
                    }
                }
            }
            _ => {}
        }
    }
    found
}

/// The value of an attribute, without character references.
fn value(tag: &str, name: &str) -> Option<String> {
    let (_, at) = tokens::values(tag).into_iter().find(|(known, _)| known.eq_ignore_ascii_case(name))?;
    Some(tokens::plain(&tag[at]).trim().to_owned()).filter(|value| !value.is_empty())
}

/// `<img>` as Markdown.
fn picture(tag: &str) -> Option<String> {
    let src = value(tag, "src").filter(|src| !src.starts_with("data:"))?;
    let alt = value(tag, "alt").unwrap_or_default().replace(['[', ']', '\n'], " ");
    let title = value(tag, "title")
        .map(|title| format!(" \"{}\"", title.replace('\\', "\\\\").replace('"', "\\\"")))
        .unwrap_or_default();
    Some(format!("![{alt}]({}{title})", super::links::in_markdown(&src)))
}

/// The tag without what shaped the old page; none if it had nothing of that.
fn cleaned(tag: &str) -> Option<String> {
    let goes = |name: &str| {
        let name = name.to_lowercase();
        ATTRIBUTES_GO.contains(&name.as_str())
            || name.starts_with("on")
            || name.starts_with("data-")
            || name.starts_with("aria-")
    };
    let is_sized = !matches!(name(tag).as_str(), "img" | "video");
    let goes = |name: &str| {
        goes(name) || (is_sized && (name.eq_ignore_ascii_case("width") || name.eq_ignore_ascii_case("height")))
    };
    let all = tokens::values(tag);
    if !all.iter().any(|(name, _)| goes(name)) {
        return None;
    }
    let mut with = format!("<{}", name(tag));
    for (name, at) in all.into_iter().filter(|(name, _)| !goes(name)) {
        with.push_str(&format!(" {name}=\"{}\"", tag[at].replace('"', "&quot;")));
    }
    let flags = ["open", "controls", "reversed", "checked"];
    for flag in
        flags.iter().filter(|flag| tag.split(|c: char| c.is_whitespace() || c == '>').any(|part| part == **flag))
    {
        with.push_str(&format!(" {flag}"));
    }
    with.push_str(if tag.ends_with("/>") { " />" } else { ">" });
    Some(with)
}
