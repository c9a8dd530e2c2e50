//! The body of an item as plain HTML: blocks without their marks, shortcodes as what they stand for, paragraphs where the classic
//! editor has empty lines, notes at the end. Knows how WordPress shows a body, not what becomes of it.

use serde_json::Value;

use super::autop;
use super::blocks::{self, Remark};
use super::export::Item;
use super::library::Library;
use super::shortcodes::{self, Context};

/// A body, and the remarks on it.
#[derive(Debug, Default)]
pub struct Content {
    pub html: String,
    pub remarks: Remark,
}

/// The body of `item`, whose number is `id`.
pub fn content(item: &Item, id: u64, library: &Library) -> Content {
    let source = item.value("content:encoded");
    let mut remarks = Remark::new();
    let has_blocks = blocks::has_blocks(source);
    let text = if has_blocks { blocks::expanded(source, library, &mut remarks) } else { lone_addresses(source) };
    if text.contains("<!--nextpage-->") {
        remarks.push((0, "texts of several pages".to_owned(), "they are one page".to_owned()));
    }
    if text.contains("$latex ") {
        remarks.push((
            0,
            "formulas".to_owned(),
            "`$latex` stays as it is written: write `math: true` and `$\u{2026}$`".to_owned(),
        ));
    }
    let mut context = Context { library, id, remarks, notes: Vec::new(), depth: 0 };
    let text = shortcodes::expanded(&text, &mut context);
    let mut html = if has_blocks { text } else { autop::paragraphs(&text) };
    push_notes(item, &context.notes, &mut html);
    let html = to_files(&html, library);
    Content { html, remarks: context.remarks }
}

/// Addresses alone on a line are shown as what they lead to.
fn lone_addresses(text: &str) -> String {
    let is_lone = |line: &str| {
        (line.starts_with("https://") || line.starts_with("http://"))
            && !line.contains(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '[' | ']'))
    };
    let lines = text.split('\n').map(|line| match line.trim() {
        address if is_lone(address) => format!("<p><a href=\"{address}\">{address}</a></p>"),
        _ => line.to_owned(),
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Links to the pages that WordPress makes for pictures lead to the pictures themselves.
fn to_files(html: &str, library: &Library) -> String {
    const MARK: &str = "attachment wp-att-";
    let mut out = String::with_capacity(html.len());
    let mut at = 0;
    for (mark, _) in html.match_indices(MARK) {
        let (Some(start), Some(end)) = (html[..mark].rfind('<'), html[mark..].find('>')) else { continue };
        let tag = &html[start..mark + end];
        let digits = html[mark + MARK.len()..].split(|c: char| !c.is_ascii_digit()).next().unwrap_or_default();
        let attachment = digits.parse().ok().and_then(|id: u64| library.attachments.get(&id));
        let value = tag.find("href=\"").map(|href| start + href + "href=\"".len());
        if let (Some(attachment), Some(value), true) = (attachment, value, start >= at)
            && let Some(length) = html[value..].find('"')
        {
            out.push_str(&html[at..value]);
            out.push_str(&attachment.address.replace('&', "&amp;").replace('"', "&quot;"));
            at = value + length;
        }
    }
    out.push_str(&html[at..]);
    out
}

/// The notes of shortcodes, and those that the block editor has beside the body.
fn push_notes(item: &Item, notes: &[String], html: &mut String) {
    let own = item.meta("footnotes").and_then(|json| serde_json::from_str::<Value>(json).ok());
    let own = own
        .as_ref()
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(|note| Some((note.get("id")?.as_str()?.to_owned(), note.get("content")?.as_str()?.to_owned())));
    let all: Vec<(String, String)> =
        notes.iter().enumerate().map(|(n, note)| (format!("nf-note-{}", n + 1), note.clone())).chain(own).collect();
    if all.is_empty() {
        return;
    }
    html.push_str("\n<ol class=\"footnotes\">");
    for (id, note) in all {
        html.push_str(&format!("<li id=\"{}\">{note}</li>", id.replace('"', "")));
    }
    html.push_str("</ol>\n");
}
