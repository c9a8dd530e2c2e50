//! What kramdown reads and CommonMark does not: attribute lists, the list of contents, abbreviations, extensions, and blocks of HTML
//! with empty lines. Knows lines outside of code.

use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use crate::import::bodies::{Code, Draft, Edit};
use crate::import::common_markdown::options;
use crate::import::report::Report;
use crate::import::write::html_text;

/// Elements that begin a block of HTML, which lasts until they end (kramdown, "HTML Blocks").
const BLOCKS: [&str; 24] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "center",
    "dd",
    "details",
    "div",
    "dl",
    "fieldset",
    "figure",
    "footer",
    "form",
    "header",
    "iframe",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "ul",
    "video",
    "noscript",
];

/// Changes all of it.
pub fn read(draft: &mut Draft<'_>, report: &mut Report) {
    whole_html(draft);
    extensions(draft);
    attribute_lists(draft, report);
    abbreviations(draft);
}

/// The lines of `text` that are no code, with where each is.
fn lines<'t>(text: &'t str, code: &Code) -> Vec<(Range<usize>, &'t str)> {
    let mut at = 0;
    let mut found = Vec::new();
    for line in text.split_inclusive('\n') {
        let range = at..at + line.len();
        at = range.end;
        // Of an indented block the first spaces are no part.
        let first = range.start + (line.len() - line.trim_start().len()).min(line.len());
        if !code.holds(first) && !code.holds(range.start) {
            found.push((range, line.trim_end()));
        }
    }
    found
}

/// Takes empty lines out of blocks of HTML, which would end them; those of `pre` become a reference.
fn whole_html(draft: &mut Draft<'_>) {
    let text = draft.text();
    let code = Code::of(text);
    let mut edits = Vec::new();
    let mut done = 0;
    for (range, line) in lines(text, &code) {
        if range.start < done || line.starts_with("    ") {
            continue;
        }
        let Some(name) = opened(line.trim_start()) else { continue };
        let Some(end) = end_of(text, range.start, name) else { continue };
        done = end;
        let block = &text[range.start..end];
        if !block.contains("\n\n") && !block.contains("\n \n")
            || block.contains("markdown=\"1\"")
            || block.contains("markdown=\"block\"")
        {
            continue;
        }
        let mut whole = String::with_capacity(block.len());
        let mut in_pre = false;
        for line in block.split_inclusive('\n') {
            match (line.trim().is_empty(), in_pre) {
                (true, true) => whole.push_str("&#10;"),
                (true, false) => {}
                (false, _) => whole.push_str(line),
            }
            in_pre = (in_pre || line.contains("<pre")) && !line.contains("</pre");
        }
        edits.push(Edit::new(range.start..end, whole));
    }
    draft.apply(edits);
}

/// The name of the element that a line begins, if it begins a block.
fn opened(line: &str) -> Option<&'static str> {
    let rest = line.strip_prefix('<')?;
    let end = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
    BLOCKS.iter().copied().find(|name| rest[..end].eq_ignore_ascii_case(name))
}

/// Where the element that begins at byte `start` ends.
fn end_of(text: &str, start: usize, name: &str) -> Option<usize> {
    let mut depth = 0_usize;
    let mut at = start;
    while at < text.len() {
        let (kind, range) = crate::outline::tokens::next(text, at);
        at = range.end;
        if !matches!(kind, crate::outline::tokens::Kind::Tag { .. }) {
            continue;
        }
        let tag = &text[range.clone()];
        let is_end = tag.starts_with("</");
        let inner = tag.trim_start_matches(['<', '/']);
        let length = inner.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(inner.len());
        if !inner[..length].eq_ignore_ascii_case(name) || tag.ends_with("/>") {
            continue;
        }
        if !is_end {
            depth += 1;
            continue;
        }
        depth = depth.saturating_sub(1);
        if depth == 0 {
            return Some(range.end);
        }
    }
    None
}

/// `{::comment}…{:/comment}` goes, of `{::nomarkdown}` the marks, `{::options … /}` whole.
fn extensions(draft: &mut Draft<'_>) {
    let text = draft.text();
    let code = Code::of(text);
    let mut edits = Vec::new();
    for (at, _) in text.match_indices("{::") {
        if code.holds(at) {
            continue;
        }
        let Some(end) = text[at..].find('}').map(|n| at + n + 1) else { continue };
        let inner = &text[at + 3..end - 1];
        let name = inner.split([' ', '/']).next().unwrap_or_default();
        let close = [format!("{{:/{name}}}"), "{:/}".to_owned()];
        let found =
            close.iter().find_map(|close| text[end..].find(close.as_str()).map(|n| end + n..end + n + close.len()));
        match (name, found) {
            ("comment", Some(close)) => edits.push(Edit::new(at..close.end, "")),
            (_, Some(close)) if !inner.ends_with('/') => {
                edits.push(Edit::new(at..end, ""));
                edits.push(Edit::new(close, ""));
            }
            _ => edits.push(Edit::new(at..end, "")),
        }
    }
    draft.apply(edits);
}

/// Takes attribute lists out. An id goes to the heading or paragraph that has it.
fn attribute_lists(draft: &mut Draft<'_>, report: &mut Report) {
    let text = draft.text();
    let code = Code::of(text);
    let all = lines(text, &code);
    let mut edits = Vec::new();
    for (n, (range, line)) in all.iter().enumerate() {
        let trimmed = line.trim();
        let is_list = trimmed.starts_with("{:") && trimmed.ends_with('}') && trimmed.matches('{').count() == 1;
        if !is_list {
            within_line(text, range, &code, &mut edits);
            continue;
        }
        let inner = trimmed[2..trimmed.len() - 1].trim();
        let before = n
            .checked_sub(1)
            .map(|n| &all[n])
            .filter(|(above, line)| above.end == range.start && !line.trim().is_empty());
        edits.push(Edit::new(range.clone(), ""));
        if inner.split_whitespace().any(|part| part == "toc") {
            // The item that stands for the list of contents.
            if let Some((above, _)) = before.filter(|(_, line)| is_item(line.trim_start())) {
                edits.push(Edit::new(above.clone(), ""));
            }
            continue;
        }
        let Some(id) = inner.split_whitespace().find_map(|part| part.strip_prefix('#')).filter(|id| !id.is_empty())
        else {
            continue;
        };
        let block = match before {
            Some(_) => start_of_block(&all, n),
            None => {
                all.get(n + 1).filter(|(_, line)| !line.trim().is_empty()).map(|(below, line)| (below.clone(), *line))
            }
        };
        match block {
            Some((at, line)) if line.trim_start().starts_with('#') => {
                let end = at.start + line.len();
                if line.contains("{#") {
                    continue;
                }
                edits.push(Edit::new(end..end, format!(" {{#{id}}}")));
            }
            Some((at, line))
                if line.trim_start().starts_with(|c: char| c.is_alphanumeric() || "*_[\"'`(!".contains(c))
                    && !is_item(line.trim_start()) =>
            {
                edits.push(Edit::new(at.start..at.start, format!("<a id=\"{id}\"></a>")));
            }
            _ => report.add(draft.place(range.start), "ids that could not be kept", format!("`{id}`")),
        }
    }
    draft.apply(edits);
}

fn is_item(line: &str) -> bool {
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_bullet = line.starts_with(['*', '-', '+']) && line[1..].starts_with(' ');
    is_bullet || (rest.len() < line.len() && (rest.starts_with(". ") || rest.starts_with(") ")))
}

/// The first line of the block whose last line stands above line `n`.
fn start_of_block<'t>(all: &[(Range<usize>, &'t str)], n: usize) -> Option<(Range<usize>, &'t str)> {
    let mut first = n.checked_sub(1)?;
    while first > 0
        && all[first - 1].0.end == all[first].0.start
        && !all[first - 1].1.trim().is_empty()
        && !all[first].1.starts_with('#')
    {
        first -= 1;
    }
    all.get(first).map(|(range, line)| (range.clone(), *line))
}

/// Lists behind what they are about: `*words*{: .x}`, `![a](b){:width="1"}`.
fn within_line(text: &str, range: &Range<usize>, code: &Code, edits: &mut Vec<Edit>) {
    let line = &text[range.clone()];
    let mut from = 0;
    while let Some(at) = line[from..].find("{:").map(|n| from + n) {
        from = at + 2;
        let Some(end) = line[at..].find('}').map(|n| at + n + 1) else { break };
        let follows = line[..at].ends_with([')', ']', '*', '_', '`', '>']);
        let is_first = line[..at].trim_start_matches(|c: char| c.is_whitespace() || "*-+>".contains(c)).is_empty();
        if (follows || is_first) && !code.holds(range.start + at) {
            edits.push(Edit::new(range.start + at..range.start + end, ""));
        }
    }
}

/// `*[SLO]: service level objective` goes, and each `SLO` says what it is.
fn abbreviations(draft: &mut Draft<'_>) {
    let text = draft.text();
    let code = Code::of(text);
    let mut known: Vec<(&str, &str)> = Vec::new();
    let mut edits = Vec::new();
    let mut definitions: Vec<Range<usize>> = Vec::new();
    for (range, line) in lines(text, &code) {
        let Some((word, meaning)) = line.strip_prefix("*[").and_then(|rest| rest.split_once("]:")) else { continue };
        known.push((word, meaning.trim()));
        definitions.push(range.clone());
        edits.push(Edit::new(range, ""));
    }
    if known.is_empty() {
        return;
    }
    let mut inside = 0;
    for (event, range) in Parser::new_ext(text, options()).into_offset_iter() {
        match event {
            Event::Start(
                Tag::Link { .. } | Tag::Image { .. } | Tag::CodeBlock(_) | Tag::Heading { .. } | Tag::HtmlBlock,
            ) => inside += 1,
            Event::End(TagEnd::Link | TagEnd::Image | TagEnd::CodeBlock | TagEnd::Heading(_) | TagEnd::HtmlBlock) => {
                inside -= 1
            }
            Event::Text(_) if inside == 0 && !definitions.iter().any(|line| line.contains(&range.start)) => {
                for (word, meaning) in known.iter().filter(|(word, _)| !word.is_empty()) {
                    for (at, _) in text[range.clone()].match_indices(word) {
                        let at = range.start + at..range.start + at + word.len();
                        if is_whole(text, &at) {
                            let title = html_text(meaning).replace('"', "&quot;");
                            edits.push(Edit::new(at, format!("<abbr title=\"{title}\">{word}</abbr>")));
                        }
                    }
                }
            }
            _ => {}
        }
    }
    draft.apply(edits);
}

fn is_whole(text: &str, at: &Range<usize>) -> bool {
    let before = text[..at.start].chars().next_back();
    let after = text[at.end..].chars().next();
    !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
}
