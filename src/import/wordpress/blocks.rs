//! The comments with which the block editor marks its blocks: what they alone say becomes HTML, and they go. Knows the marks and the
//! names of blocks; knows nothing of what is between them.

use serde_json::Value;

use super::library::Library;

/// How often a block that is used again may hold another.
const MAX_DEPTH: usize = 5;
/// Containers of blocks that hold their content in the text all the same.
const STATIC: [&str; 1] = ["footnotes"];

/// Remarks on a text: byte, kind, why.
pub type Remark = Vec<(usize, String, String)>;

/// Whether the block editor wrote this.
pub fn has_blocks(text: &str) -> bool {
    text.contains("<!-- wp:")
}

/// The text without the marks.
pub fn expanded(text: &str, library: &Library, remarks: &mut Remark) -> String {
    let mut out = String::with_capacity(text.len());
    expand(text, library, 0, remarks, &mut out);
    out
}

fn expand(text: &str, library: &Library, depth: usize, remarks: &mut Remark, out: &mut String) {
    let mut at = 0;
    let mut language: Option<String> = None;
    while let Some(next) = text[at..].find("<!--") {
        let start = at + next;
        push(&text[at..start], &mut language, out);
        let end = text[start..].find("-->").map_or(text.len(), |end| start + end + 3);
        let comment = &text[start..end];
        at = end;
        let Some(mark) = Mark::parse(comment) else {
            out.push_str(comment);
            continue;
        };
        if mark.is_end {
            continue;
        }
        if mark.name.contains("code") || mark.name.contains("syntax") {
            language = mark.text("language").or_else(|| mark.text("lang"));
        }
        if mark.is_whole {
            whole(&mark, start, library, depth, remarks, out);
        }
    }
    push(&text[at..], &mut language, out);
}

/// The text between two marks; the language of code goes to its element.
fn push(text: &str, language: &mut Option<String>, out: &mut String) {
    match (text.find("<pre"), language.take()) {
        (Some(at), Some(name)) => {
            let name = name.replace(['"', '<', '>', '&'], "");
            let (before, after) = text.split_at(at + "<pre".len());
            out.push_str(&format!("{before} data-language=\"{name}\"{after}"));
        }
        (None, Some(name)) if text.trim().is_empty() => {
            *language = Some(name);
            out.push_str(text);
        }
        _ => out.push_str(text),
    }
}

/// A block that has nothing in the text but its mark.
fn whole(mark: &Mark, at: usize, library: &Library, depth: usize, remarks: &mut Remark, out: &mut String) {
    let number = mark.attributes.get("ref").and_then(Value::as_u64);
    match (mark.name.as_str(), number) {
        ("block", Some(id)) => match library.blocks.get(&id).filter(|_| depth < MAX_DEPTH) {
            Some(body) => expand(body, library, depth + 1, remarks, out),
            None => {
                let why = format!("left out: the export has no block with the number {id}");
                remarks.push((at, "blocks that are used again".to_owned(), why));
            }
        },
        (name, _) if STATIC.contains(&name) => {}
        (name, _) => {
            if let Some(address) = mark.text("url") {
                out.push_str(&format!("\n<p><a href=\"{0}\">{0}</a></p>\n", address.replace('"', "&quot;")));
                return;
            }
            let why = "left out: it is filled when the page is shown".to_owned();
            remarks.push((at, format!("block `{name}`"), why));
        }
    }
}

/// `<!-- wp:name {"key": "value"} -->`.
struct Mark {
    name: String,
    attributes: Value,
    is_end: bool,
    /// It ends itself.
    is_whole: bool,
}

impl Mark {
    fn parse(comment: &str) -> Option<Self> {
        let inner = comment.strip_prefix("<!--")?.strip_suffix("-->")?.trim();
        if let Some(name) = inner.strip_prefix("/wp:") {
            return Some(Self { name: name.to_owned(), attributes: Value::Null, is_end: true, is_whole: false });
        }
        let inner = inner.strip_prefix("wp:")?;
        let (inner, is_whole) = match inner.strip_suffix('/') {
            Some(inner) => (inner.trim_end(), true),
            None => (inner, false),
        };
        let (name, json) = inner.split_once(char::is_whitespace).unwrap_or((inner, ""));
        let attributes = serde_json::from_str(json.trim()).unwrap_or(Value::Null);
        Some(Self { name: name.to_owned(), attributes, is_end: false, is_whole })
    }

    fn text(&self, key: &str) -> Option<String> {
        self.attributes.get(key)?.as_str().map(str::to_owned)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_go_and_what_they_alone_say_stays() {
        let mut library = Library::default();
        library.blocks.insert(7, "<!-- wp:paragraph --><p>Again.</p><!-- /wp:paragraph -->".to_owned());
        let mut remarks = Remark::new();
        let mut read = |text: &str| expanded(text, &library, &mut remarks);
        assert_eq!(read("<!-- wp:block {\"ref\":7} /-->"), "<p>Again.</p>");
        assert_eq!(
            read("<!-- wp:code {\"language\":\"bash\"} -->\n<pre class=\"x\">ls</pre>\n<!-- /wp:code -->"),
            "\n<pre data-language=\"bash\" class=\"x\">ls</pre>\n"
        );
        assert_eq!(read("a<!--more-->b<!-- wp:latest-posts /-->"), "a<!--more-->b");
        assert_eq!(read("<!-- wp:block {\"ref\":8} /-->"), "");
        assert_eq!(remarks.len(), 2);
    }
}
