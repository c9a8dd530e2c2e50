//! The form of Liquid: `{% name rest %}` and `{{ value | filter: "x" }}`. Knows no name.

use std::ops::Range;

/// A tag or an output.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    pub range: Range<usize>,
    /// Empty for an output.
    pub name: String,
    pub rest: String,
}

impl Tag {
    pub fn is_output(&self) -> bool {
        self.name.is_empty()
    }
}

/// All of `text`, in order; what stands between `{% raw %}` and `{% endraw %}` is none.
pub fn tags(text: &str) -> Vec<Tag> {
    let mut found: Vec<Tag> = Vec::new();
    let mut at = 0;
    while let Some(start) = ["{%", "{{"].iter().filter_map(|mark| text[at..].find(mark)).min().map(|n| at + n) {
        let is_output = text[start..].starts_with("{{");
        let close = if is_output { "}}" } else { "%}" };
        let Some(end) = text[start..].find(close).map(|n| start + n + close.len()) else {
            at = start + 2;
            continue;
        };
        let inner = text[start + 2..end - 2].trim_matches('-').trim();
        let (name, rest) = match is_output {
            true => ("", inner),
            false => inner.split_once(char::is_whitespace).unwrap_or((inner, "")),
        };
        at = end;
        found.push(Tag { range: start..end, name: name.to_owned(), rest: rest.trim().to_owned() });
        if name == "raw" {
            match end_of_raw(text, end) {
                Some(range) => {
                    at = range.end;
                    found.push(Tag { range, name: "endraw".to_owned(), rest: String::new() });
                }
                None => return found,
            }
        }
    }
    found
}

fn end_of_raw(text: &str, from: usize) -> Option<Range<usize>> {
    let mut at = from;
    while let Some(start) = text[at..].find("{%").map(|n| at + n) {
        let end = start + text[start..].find("%}")? + 2;
        if text[start + 2..end - 2].trim_matches('-').trim() == "endraw" {
            return Some(start..end);
        }
        at = start + 2;
    }
    None
}

/// Texts in quotation marks, words, and `name=value` pairs, in order; the name is empty for what has none.
pub fn arguments(text: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut rest = text.trim_start_matches([' ', ',', '\n', '\t']);
    while !rest.is_empty() {
        let name_end = rest.find(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_'))).unwrap_or(rest.len());
        let after_name = rest[name_end..].trim_start();
        let is_named = name_end > 0 && (after_name.starts_with('=') || after_name.starts_with(':'));
        let (name, value) = if is_named { (&rest[..name_end], after_name[1..].trim_start()) } else { ("", rest) };
        let (value, after) = match value.chars().next() {
            Some(quote @ ('"' | '\'')) => value[1..].split_once(quote).unwrap_or((&value[1..], "")),
            _ => value.split_at(value.find([' ', ',', '\n', '\t']).unwrap_or(value.len())),
        };
        found.push((name.to_owned(), value.to_owned()));
        if after.len() >= rest.len() {
            break;
        }
        rest = after.trim_start_matches([' ', ',', '\n', '\t']);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{arguments, tags};

    #[test]
    fn tags_and_outputs_are_found_and_raw_text_is_neither() {
        let text = "{% post_url 2015-01-02-first %} {{- site.baseurl -}} {% raw %}{{ x }}{% y %}{% endraw %} { % {{ \"/\" | url }}";
        let found: Vec<String> = tags(text).into_iter().map(|tag| format!("{}|{}", tag.name, tag.rest)).collect();
        assert_eq!(found, ["post_url|2015-01-02-first", "|site.baseurl", "raw|", "endraw|", "|\"/\" | url"]);
    }

    #[test]
    fn arguments_are_texts_words_and_pairs() {
        let found = arguments("\"a b.png\", 'An \"alt\"' file.html src=x.png alt = \"y z\"");
        let shown: Vec<String> = found.into_iter().map(|(name, value)| format!("{name}={value}")).collect();
        assert_eq!(shown, ["=a b.png", "=An \"alt\"", "=file.html", "src=x.png", "alt=y z"]);
    }
}
