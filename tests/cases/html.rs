//! Reads built pages: tags, ids, links, words, and elements that hold nothing. Enough for well-formed HTML of our own
//! making; no browser.

/// Elements that have no end tag.
const VOID: [&str; 14] =
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr", "param"];
/// Elements whose text is no markup.
const RAW: [&str; 2] = ["script", "style"];
/// Attributes that hold an address.
const ADDRESSES: [&str; 5] = ["href", "src", "poster", "action", "cite"];

/// A start or end tag.
#[derive(Debug)]
pub struct Tag {
    pub name: String,
    pub closing: bool,
    pub attributes: Vec<(String, String)>,
    /// Where it begins and ends in the text.
    pub start: usize,
    pub end: usize,
}

impl Tag {
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// Whether it opens an element that is closed later.
    fn opens(&self, html: &str) -> bool {
        !(self.closing
            || self.name.starts_with('!')
            || VOID.contains(&self.name.as_str())
            || html[..self.end].ends_with("/>"))
    }
}

/// Every tag in order, with comments and the doctype; what is in scripts and styles is passed over.
pub fn tags(html: &str) -> Vec<Tag> {
    let mut tags = Vec::new();
    let mut at = 0;
    while let Some(found) = html[at..].find('<') {
        let start = at + found;
        let rest = &html[start..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            at = start + 4 + comment.find("-->").expect("the end of a comment") + 3;
            tags.push(Tag { name: "!--".to_owned(), closing: false, attributes: Vec::new(), start, end: at });
            continue;
        }
        let Some(tag) = tag(html, start) else {
            at = start + 1;
            continue;
        };
        at = tag.end;
        if RAW.contains(&tag.name.as_str()) && !tag.closing {
            at += html[at..].find(&format!("</{}", tag.name)).expect("the end of a script or style");
        }
        tags.push(tag);
    }
    tags
}

fn tag(html: &str, start: usize) -> Option<Tag> {
    let mut at = start + 1;
    let closing = html[at..].starts_with('/');
    at += usize::from(closing);
    let name = word(&html[at..]);
    if !name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '!') {
        return None;
    }
    at += name.len();
    let mut attributes = Vec::new();
    loop {
        at += html[at..].find(|c: char| !c.is_whitespace())?;
        if let Some(rest) = html[at..].strip_prefix('>') {
            let end = html.len() - rest.len();
            return Some(Tag { name: name.to_lowercase(), closing, attributes, start, end });
        }
        if html[at..].starts_with('/') {
            at += 1;
            continue;
        }
        let key = word(&html[at..]).to_owned();
        assert!(!key.is_empty(), "no attribute at {:?}", &html[at..(at + 40).min(html.len())]);
        at += key.len();
        let mut value = "";
        if let Some(rest) = html[at..].strip_prefix('=') {
            let quote = rest.chars().next().filter(|c| "\"'".contains(*c)).expect("a quoted attribute");
            value = rest[1..].split(quote).next()?;
            at += value.len() + 3;
        }
        attributes.push((key, decoded(value)));
    }
}

fn word(text: &str) -> &str {
    &text[..text.find(|c: char| c.is_whitespace() || "=>/".contains(c)).unwrap_or(text.len())]
}

/// Character references undone.
pub fn decoded(text: &str) -> String {
    quick_xml::escape::unescape(&text.replace("&nbsp;", "\u{a0}").replace("&hellip;", "…"))
        .unwrap_or_else(|error| panic!("{error}: {text}"))
        .into_owned()
}

/// The text that readers see, with single spaces. Tags of inline elements join nothing and part nothing.
pub fn words(html: &str) -> String {
    let mut text = String::new();
    let mut at = 0;
    let mut raw = false;
    for tag in tags(html) {
        if !raw {
            text.push_str(&html[at..tag.start]);
        }
        let inline = ["a", "em", "strong", "code", "mark", "span", "sup", "abbr", "b", "i", "del"];
        if !inline.contains(&tag.name.as_str()) {
            text.push(' ');
        }
        raw = RAW.contains(&tag.name.as_str()) && !tag.closing;
        at = tag.end;
    }
    text.push_str(&html[at..]);
    decoded(&text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Every id, in order.
pub fn ids(html: &str) -> Vec<String> {
    tags(html).iter().filter_map(|tag| tag.get("id").map(str::to_owned)).collect()
}

/// Every address that the page leads to or loads.
pub fn addresses(html: &str) -> Vec<String> {
    let mut found = Vec::new();
    for tag in tags(html) {
        found.extend(ADDRESSES.iter().filter_map(|name| tag.get(name).map(str::to_owned)));
        if let Some(set) = tag.get("srcset") {
            found.extend(set.split(',').filter_map(|part| part.split_whitespace().next()).map(str::to_owned));
        }
        if tag.get("http-equiv") == Some("refresh") {
            found.extend(
                tag.get("content").and_then(|content| content.split_once("url=")).map(|(_, url)| url.to_owned()),
            );
        }
    }
    found
}

/// Elements of these names that hold no text and no picture.
pub fn empty(html: &str, names: &[&str]) -> Vec<String> {
    let mut open: Vec<(String, usize, bool)> = Vec::new();
    let mut found = Vec::new();
    let mut at = 0;
    for tag in tags(html) {
        let mut content = !html[at..tag.start].trim().is_empty();
        content |= ["img", "svg", "input", "math"].contains(&tag.name.as_str());
        if content {
            open.iter_mut().for_each(|(_, _, full)| *full = true);
        }
        if tag.opens(html) {
            open.push((tag.name.clone(), tag.start, false));
        } else if tag.closing {
            let (name, start, full) = open.pop().unwrap_or_else(|| panic!("</{}> closes nothing", tag.name));
            assert_eq!(name, tag.name, "the elements don't nest: {}", &html[start..tag.end]);
            if !full && names.contains(&name.as_str()) {
                found.push(html[start..tag.end].to_owned());
            }
        }
        at = tag.end;
    }
    assert!(open.is_empty(), "never closed: {open:?}");
    found
}

#[test]
fn tags_ids_words_and_empty_elements_are_found() {
    let html = "<!doctype html><p id=\"a\">One <em>wo</em>rd &amp; <a href='/x/?a&amp;b#c'>two</a></p><!-- <p> --><ul class=x>";
    let html =
        html.replace("<ul class=x>", "<ul>\n</ul><script>\"<p id='no'>\"</script><h2><img src=\"/i.png\"/></h2>");
    assert_eq!(ids(&html), ["a"]);
    assert_eq!(addresses(&html), ["/x/?a&b#c", "/i.png"]);
    assert_eq!(words(&html), "One word & two");
    assert_eq!(empty(&html, &["ul", "h2", "p"]), ["<ul>\n</ul>"]);
}
