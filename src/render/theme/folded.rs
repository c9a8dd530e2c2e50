//! Templates with the theme's words put in their place: `{{ words.draft }}` becomes the text and `words.essays | say(n=total)` the key of
//! the text that the filter fills, before a template is parsed. So a page pays nothing for a plain word, and one that is
//! not there is found when the theme is loaded. Knows where expressions stand, not what they mean.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::diagnostic::{Diagnostic, rules};
use crate::model::{SourcePath, Span, nearest};
use crate::words::{Message, Words};

use crate::render::escape::quoted;

rules! {
    UNKNOWN_WORD = "template-word", error fixed, "a template names a word that the theme does not have";
}

/// What words stand behind in an expression.
const PREFIX: &str = "words.";

/// A template with its words, and where each stood.
#[derive(Debug, Default)]
pub struct Folded {
    pub text: String,
    /// Which bytes of `text` are of which bytes of the template, in order.
    edits: Vec<(Range<usize>, Range<usize>)>,
}

impl Folded {
    /// The byte of the template that byte `at` of the text is of.
    pub fn origin(&self, at: usize) -> usize {
        let after = self.edits.partition_point(|(folded, _)| folded.start <= at);
        match after.checked_sub(1).and_then(|n| self.edits.get(n)) {
            None => at,
            Some((folded, origin)) if at < folded.end => origin.start,
            Some((folded, origin)) => at - folded.end + origin.end,
        }
    }
}

/// Puts the words into `template`, which is at `path`.
pub fn folded(template: &str, path: &SourcePath, words: &Words, faults: &mut Vec<Diagnostic>) -> Folded {
    let mut out = Folded { text: String::with_capacity(template.len()), edits: Vec::new() };
    let mut copied = 0;
    for tag in tags(template) {
        for name in names(template, tag.clone()) {
            let key = &template[name.start + PREFIX.len()..name.end];
            let Some(message) = words.message(key) else {
                let near = nearest(key, words.keys()).map(|near| format!("did you mean `words.{near}`?"));
                let span = Span::new(name.start, name.end);
                faults.push(
                    Diagnostic::new(UNKNOWN_WORD, format!("there is no word `{key}`")).at(path, span).maybe_help(near),
                );
                continue;
            };
            let is_filled = template[name.end..]
                .trim_start()
                .strip_prefix('|')
                .is_some_and(|rest| rest.trim_start().starts_with("say"));
            let plain = match message {
                Message::One(sentence) if sentence.slots().next().is_none() => Some(sentence.plain()),
                _ => None,
            };
            let (range, text) = match plain {
                _ if is_filled => (name, format!("\"{key}\"")),
                Some(plain) if is_alone(template, &tag, &name) => (tag.clone(), quoted(plain)),
                Some(plain) => (name, literal(plain)),
                None => {
                    let span = Span::new(name.start, name.end);
                    let said = format!("`{key}` says nothing before something is put into it");
                    let fault = Diagnostic::new(UNKNOWN_WORD, said).at(path, span);
                    faults.push(fault.help(format!("write `words.{key} | say(…)` with {}", needs(message))));
                    continue;
                }
            };
            out.text.push_str(&template[copied..range.start]);
            let start = out.text.len();
            out.text.push_str(&text);
            out.edits.push((start..out.text.len(), range.clone()));
            copied = range.end;
        }
    }
    out.text.push_str(&template[copied..]);
    out
}

/// What a text needs, for people.
fn needs(message: &Message) -> String {
    match message {
        Message::One(sentence) => sentence.slots().map(|slot| format!("`{slot}`")).collect::<Vec<_>>().join(", "),
        Message::Plural(_) => "a number `n`".to_owned(),
        Message::Choice(_) => "a word `is`".to_owned(),
    }
}

/// The tags of a template, with their braces.
fn tags(template: &str) -> Vec<Range<usize>> {
    let mut tags = Vec::new();
    let mut at = 0;
    while let Some(start) = template[at..].find('{').map(|found| at + found) {
        let end = match template.as_bytes().get(start + 1) {
            Some(b'#') => template[start..].find("#}").map(|end| start + end + 2),
            Some(b'{') => end_of(template, start + 2, "}}"),
            Some(b'%') => end_of(template, start + 2, "%}"),
            _ => Some(start + 1),
        };
        let Some(end) = end else { break };
        if matches!(template.as_bytes().get(start + 1), Some(b'{' | b'%')) {
            tags.push(start..end);
        }
        at = end;
    }
    tags
}

/// Where the tag ends whose inside begins at `from`: not inside a text in quotes.
fn end_of(template: &str, from: usize, closing: &str) -> Option<usize> {
    let mut quote = None;
    for (n, byte) in template.bytes().enumerate().skip(from) {
        match quote {
            Some(open) if byte == open => quote = None,
            Some(_) => {}
            None if matches!(byte, b'"' | b'\'' | b'`') => quote = Some(byte),
            None if template.as_bytes()[n..].starts_with(closing.as_bytes()) => return Some(n + closing.len()),
            None => {}
        }
    }
    None
}

/// Where a tag names words: `words.key`, not in quotes and not behind a point.
fn names(template: &str, tag: Range<usize>) -> Vec<Range<usize>> {
    let bytes = template.as_bytes();
    let is_of_name = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    let mut names = Vec::new();
    let (mut at, mut quote) = (tag.start, None);
    while at < tag.end {
        let byte = bytes[at];
        match quote {
            Some(open) if byte == open => quote = None,
            Some(_) => {}
            None if matches!(byte, b'"' | b'\'' | b'`') => quote = Some(byte),
            None if bytes[at..tag.end].starts_with(PREFIX.as_bytes())
                && !(is_of_name(bytes[at - 1]) || bytes[at - 1] == b'.') =>
            {
                let start = at;
                at += PREFIX.len();
                while is_of_name(bytes[at]) {
                    at += 1;
                }
                names.push(start..at);
                continue;
            }
            None => {}
        }
        at += 1;
    }
    names
}

/// Whether nothing else is in the tag, which then is the word itself.
fn is_alone(template: &str, tag: &Range<usize>, name: &Range<usize>) -> bool {
    let before = &template[tag.start..name.start];
    let after = &template[name.end..tag.end];
    before.trim_end() == "{{" && after.trim_start() == "}}"
}

/// A text in an expression.
fn literal(text: &str) -> String {
    let quote = ['"', '`', '\''].into_iter().find(|quote| !text.contains(*quote)).unwrap_or('"');
    format!("{quote}{}{quote}", text.replace(quote, "\u{201d}"))
}

/// All templates of a theme.
pub type Templates = BTreeMap<String, Folded>;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::embedded_words;

    fn of(template: &str) -> (Folded, String) {
        let mut faults = Vec::new();
        let folded = folded(template, &SourcePath::new("a.html"), &embedded_words("en"), &mut faults);
        (folded, faults.iter().map(|fault| fault.message.clone()).collect::<Vec<_>>().join("; "))
    }

    #[test]
    fn words_stand_in_their_place_and_places_can_be_found_again() {
        for (template, expected) in [
            ("<b>{{ words.draft }}</b>{{words.draft}}", "<b>Draft</b>Draft"),
            ("{{- words.draft }}", "{{- \"Draft\" }}"),
            ("{{ words.n_essays | say(n=total) }}", "{{ \"n_essays\" | say(n=total) }}"),
            ("{{ <tags label={words.patterns} /> }}", "{{ <tags label={\"Patterns\"} /> }}"),
            ("{% if a == words.draft %}", "{% if a == \"Draft\" %}"),
            (
                "{{ \"words.draft\" }} {# {{ words.draft }} #} words.draft",
                "{{ \"words.draft\" }} {# {{ words.draft }} #} words.draft",
            ),
            ("{{ page.words.draft }}{{ mywords.draft }}", "{{ page.words.draft }}{{ mywords.draft }}"),
        ] {
            assert_eq!(of(template).0.text, expected);
        }
        let (folded, _) = of("{{ words.draft }} {{ words.skip }} {{ oops }}");
        let at = folded.text.find("oops").expect("the name");
        assert_eq!((folded.origin(0), folded.origin(at)), (0, "{{ words.draft }} {{ words.skip }} {{ ".len()));
    }

    #[test]
    fn what_is_no_word_or_says_nothing_alone_is_a_fault() {
        assert_eq!(of("{{ words.draaft }}").1, "there is no word `draaft`");
        assert_eq!(of("{{ words.n_essays }}").1, "`n_essays` says nothing before something is put into it");
    }
}
