//! Zola's shortcodes, `{{ name(a="b") }}` and `{% name() %}…{% end %}`, and its links to texts, `@/post.md`. Knows what those mean that
//! Zola brings; the others stay as text and are reported.

use std::ops::Range;

use crate::import::bodies::{Code, Draft, Edit, LOST, quoted_text, to_key};
use crate::import::links::Around;
use crate::import::report::Report;
use crate::import::write::{self, Figure, Meaning};

/// Replaces all shortcodes and internal links.
pub fn expand(draft: &mut Draft<'_>, around: &Around<'_>, report: &mut Report) {
    let text = draft.text();
    let code = Code::of(text);
    let mut edits = Vec::new();
    let mut at = 0;
    while let Some(start) = next(text, at) {
        let Some((tag, end)) = tag(text, start) else {
            at = start + 2;
            continue;
        };
        at = end;
        if let Tag::Shown(range) = &tag {
            let shown = text[range.clone()].replacen("/*", "", 1).replacen("*/", "", 1);
            edits.push(Edit::new(range.clone(), if code.holds(start) { shown } else { quoted_text(&shown) }));
            continue;
        }
        if code.holds(start) {
            continue;
        }
        let Tag::Call { name, arguments, has_body } = tag else { continue };
        let close = if has_body { closing(text, end) } else { None };
        let inner = close.as_ref().map(|close| &text[end..close.start]);
        let whole = start..close.as_ref().map_or(end, |close| close.end);
        match meaning(&name, &arguments, inner) {
            Some(Meaning::Block(block) | Meaning::Inline(block)) => {
                at = whole.end;
                edits.push(Edit::new(whole, block));
            }
            None => {
                let what = "shortcodes that are not known";
                report.add(draft.place(start), what, format!("`{name}` stays as text"));
                edits.push(Edit::new(start..end, quoted_text(&text[start..end])));
                if let Some(close) = close {
                    edits.push(Edit::new(close.clone(), quoted_text(&text[close])));
                }
            }
        }
    }
    for (range, destination) in internal_links(text) {
        if !code.holds(range.start) {
            let (path, anchor) = destination
                .split_once('#')
                .map_or((destination, String::new()), |(path, anchor)| (path, format!("#{anchor}")));
            let key = format!("content/{path}");
            let found = around.names.by_key(&key).is_some();
            if !found {
                report.add(
                    draft.place(range.start),
                    "links to texts that are not there",
                    format!("`@/{destination}`: the words stay"),
                );
            }
            edits.push(Edit::new(range, if found { to_key(&key, &anchor) } else { LOST.to_owned() }));
        }
    }
    draft.apply(edits);
}

/// Where the next tag may begin.
fn next(text: &str, at: usize) -> Option<usize> {
    ["{{", "{%"].iter().filter_map(|mark| text[at..].find(mark)).min().map(|n| at + n)
}

enum Tag {
    Call {
        name: String,
        arguments: Vec<(String, String)>,
        has_body: bool,
    },
    /// `{{/* name() */}}` is shown.
    Shown(Range<usize>),
}

fn tag(text: &str, start: usize) -> Option<(Tag, usize)> {
    let has_body = text[start..].starts_with("{%");
    let close = if has_body { "%}" } else { "}}" };
    let end = start + text[start..].find(close)? + close.len();
    let inner = &text[start + 2..end - 2];
    if inner.starts_with("/*") && inner.ends_with("*/") {
        return Some((Tag::Shown(start..end), end));
    }
    let inner = inner.trim_matches('-').trim();
    let (name, rest) = inner.split_once('(')?;
    let arguments = rest.strip_suffix(')')?;
    let is_name = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_' || c == ':');
    is_name.then(|| (Tag::Call { name: name.to_owned(), arguments: of_call(arguments), has_body }, end))
}

/// `a="b", n=3` as pairs.
fn of_call(text: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some((name, after)) = rest.split_once('=') {
        let after = after.trim_start();
        let (value, after) = match after.chars().next() {
            Some(quote @ ('"' | '\'' | '`')) => after[1..].split_once(quote).unwrap_or((&after[1..], "")),
            _ => after.split_once(',').map_or((after, ""), |(value, rest)| (value, rest)),
        };
        found.push((name.trim_matches([' ', ',', '\n', '\t']).to_owned(), value.trim().to_owned()));
        rest = after;
    }
    found
}

/// The `{% end %}` after byte `at`.
fn closing(text: &str, at: usize) -> Option<Range<usize>> {
    let mut from = at;
    while let Some(start) = text[from..].find("{%").map(|n| from + n) {
        let end = start + text[start..].find("%}")? + 2;
        if text[start + 2..end - 2].trim_matches(['-', ' ']) == "end" {
            return Some(start..end);
        }
        from = end;
    }
    None
}

fn meaning(name: &str, arguments: &[(String, String)], inner: Option<&str>) -> Option<Meaning> {
    let get = |name: &str| arguments.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
    let lone = |address: String| Some(Meaning::Block(format!("<{address}>")));
    match name {
        "youtube" => lone(format!("https://www.youtube.com/watch?v={}", get("id")?)),
        "vimeo" => lone(format!("https://vimeo.com/{}", get("id")?)),
        "gist" => lone(get("url")?.to_owned()),
        "figure" | "image" | "img" | "resize_image" => {
            let src = ["src", "path", "url"].iter().find_map(|name| get(name))?;
            let text = |name: &str| get(name).unwrap_or_default().to_owned();
            let figure = Figure {
                src: src.to_owned(),
                alt: text("alt"),
                caption: text("caption"),
                link: get("link").map(str::to_owned),
            };
            Some(Meaning::Block(figure.markdown()))
        }
        "mermaid" => Some(write::fence("mermaid", inner?, true)),
        "quote" => {
            let author = get("author").map(|author| format!("\n\n\u{2014} {author}")).unwrap_or_default();
            Some(Meaning::Block(write::quotation(&format!("{}{author}", inner?.trim()))))
        }
        "note" | "tip" | "warning" | "caution" | "important" => {
            Some(Meaning::Block(write::alert(&name.to_uppercase(), inner?.trim())))
        }
        _ => None,
    }
}

/// Destinations that begin with `@/`: where each stands, and the path behind that.
fn internal_links(text: &str) -> Vec<(Range<usize>, &str)> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices("@/") {
        let before = &text[..at];
        let is_inline = ["](", "](<", "=\"", "='"].iter().any(|mark| before.ends_with(mark));
        let is_definition =
            before.rsplit('\n').next().is_some_and(|line| line.starts_with('[') && line.trim_end().ends_with("]:"));
        if is_inline || is_definition {
            let end = text[at..]
                .find(|c: char| c.is_whitespace() || matches!(c, ')' | '>' | '"' | '\''))
                .map_or(text.len(), |n| at + n);
            found.push((at..end, &text[at + 2..end]));
        }
    }
    found
}
