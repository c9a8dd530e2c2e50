//! Cuts raw HTML into tags, comments and text. Knows where each ends; what a tag says is read by the library that sanitises,
//! so that both see the same.

use std::borrow::Cow;
use std::cell::RefCell;
use std::ops::Range;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{self, BufferQueue, TagKind, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};

/// A piece of raw HTML.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Text,
    /// A start or end tag, and how many attributes it has.
    Tag {
        attributes: usize,
    },
    Comment,
    /// `<?…?>`, `<!…>` or `<![CDATA[…]]>`.
    Declaration,
    /// One of these that never ends: all that is left.
    Unended,
}

/// The piece that begins at byte `at` of `html`, and where it ends.
pub fn next(html: &str, at: usize) -> (Kind, Range<usize>) {
    let rest = &html[at..];
    let until = |end: &str, from: usize| rest.get(from..).and_then(|rest| rest.find(end)).map(|n| from + n + end.len());
    let (kind, end) = match rest.as_bytes() {
        [b'<', b'!', b'-', b'-', ..] => (Kind::Comment, comment_end(rest)),
        [b'<', b'!', b'[', ..] if rest.starts_with("<![CDATA[") => (Kind::Declaration, until("]]>", 9)),
        [b'<', b'!', b'a'..=b'z' | b'A'..=b'Z', ..] => (Kind::Declaration, until(">", 2)),
        [b'<', b'?', ..] => (Kind::Declaration, until("?>", 2)),
        [b'<', b'a'..=b'z' | b'A'..=b'Z', ..] | [b'<', b'/', b'a'..=b'z' | b'A'..=b'Z', ..] => match tag_end(rest) {
            Some((end, attributes)) => (Kind::Tag { attributes }, Some(end)),
            None => (Kind::Unended, None),
        },
        // A lone `<` is text, too.
        _ => (Kind::Text, Some(rest.bytes().skip(1).position(|byte| byte == b'<').map_or(rest.len(), |n| n + 1))),
    };
    match end {
        Some(end) => (kind, at..at + end),
        None => (Kind::Unended, at..html.len()),
    }
}

/// `<!-->` and `<!--->` are whole, and `--!>` ends one as well.
fn comment_end(text: &str) -> Option<usize> {
    let short = ["<!-->", "<!--->"].into_iter().find(|short| text.starts_with(short)).map(str::len);
    short.or_else(|| {
        let mut from = 4;
        loop {
            from += text[from..].find("--")? + 2;
            let after = &text[from..];
            let end = ["!>", ">"].into_iter().find(|end| after.starts_with(end));
            match end {
                Some(end) => return Some(from + end.len()),
                None => from -= 1,
            }
        }
    })
}

/// Where the tag at the start of `text` ends, and how many attributes it has. As in HTML, a mark that follows no `=` quotes
/// nothing.
fn tag_end(text: &str) -> Option<(usize, usize)> {
    let (mut quote, mut attributes) = (None, 0);
    // The last byte, and the last that is no space.
    let (mut before, mut last) = (b'<', b'<');
    for (at, byte) in text.bytes().enumerate().skip(2) {
        match (quote, byte) {
            (None, b'>') => return Some((at + 1, attributes)),
            (None, b'"' | b'\'') if last == b'=' => quote = Some(byte),
            (None, byte) => {
                let begins = before.is_ascii_whitespace() || matches!(before, b'/' | b'"' | b'\'');
                let is_name = !byte.is_ascii_whitespace() && !matches!(byte, b'/' | b'=');
                attributes += usize::from(begins && is_name && last != b'=');
            }
            (Some(open), byte) if open == byte => quote = None,
            _ => {}
        }
        before = byte;
        if !byte.is_ascii_whitespace() {
            last = byte;
        }
    }
    None
}

/// Where the text of an element ends that holds no tags but its own end tag.
pub fn raw_text_end(html: &str, from: usize, name: &str) -> Option<usize> {
    let bytes = html.as_bytes();
    let mut at = from;
    loop {
        at += html[at..].find("</")?;
        let after = bytes.get(at + 2..)?;
        let is_name = after.get(..name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()));
        let ends = after.get(name.len()).is_none_or(|byte| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>'));
        if is_name && ends {
            return Some(at);
        }
        at += 2;
    }
}

/// A tag as browsers read it.
#[derive(Debug, PartialEq, Eq)]
pub struct Tag {
    /// In lower case.
    pub name: String,
    pub is_end: bool,
    /// Written `<x/>`, which means something in drawings and formulas only.
    pub is_self_closing: bool,
    /// Names and values, without character references; each name once.
    pub attributes: Vec<(String, String)>,
    /// An attribute stood twice.
    pub is_repetitive: bool,
}

/// The tag that is all of `text`, if it is one.
pub fn tag(text: &str) -> Option<Tag> {
    let tokenizer = Tokenizer::new(Tokens::default(), TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(StrTendril::from_slice(text));
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    let Found { tag: Some(tag), has_more: false } = tokenizer.sink.0.into_inner() else { return None };
    Some(Tag {
        name: tag.name.to_string(),
        is_end: tag.kind == TagKind::EndTag,
        is_self_closing: tag.self_closing,
        attributes: tag.attrs.iter().map(|it| (it.name.local.to_string(), it.value.to_string())).collect(),
        is_repetitive: tag.had_duplicate_attributes,
    })
}

/// The attributes of a tag that have a value, with where it is.
pub fn values(tag: &str) -> Vec<(&str, Range<usize>)> {
    let bytes = tag.as_bytes();
    let mut found = Vec::new();
    let mut at = tag.find(|c: char| c.is_whitespace()).unwrap_or(tag.len());
    while at < bytes.len() {
        let begins = tag[at..].find(|c: char| !c.is_whitespace() && c != '/').map_or(tag.len(), |n| at + n);
        let ends =
            tag[begins..].find(|c: char| c.is_whitespace() || matches!(c, '=' | '>')).map_or(tag.len(), |n| begins + n);
        let name = &tag[begins..ends];
        let after = ends + (tag[ends..].len() - tag[ends..].trim_start().len());
        if bytes.get(after) != Some(&b'=') {
            at = if after > begins { after } else { begins + 1 };
            if bytes.get(at).is_none_or(|byte| *byte == b'>') {
                break;
            }
            continue;
        }
        let value = after + 1 + (tag[after + 1..].len() - tag[after + 1..].trim_start().len());
        let (from, to) = match bytes.get(value) {
            Some(quote @ (b'"' | b'\'')) => {
                let close = tag[value + 1..].find(char::from(*quote)).map_or(tag.len(), |n| value + 1 + n);
                (value + 1, close)
            }
            _ => {
                let end = tag[value..].find(|c: char| c.is_whitespace() || c == '>').map_or(tag.len(), |n| value + n);
                (value, end)
            }
        };
        found.push((name, from..to));
        at = (to + 1).min(tag.len());
    }
    found
}

/// Text without character references. It holds no `<` but as one.
pub fn plain(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let tokenizer = Tokenizer::new(Characters::default(), TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(StrTendril::from_slice(text));
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    Cow::Owned(tokenizer.sink.0.into_inner())
}

#[derive(Default)]
struct Characters(RefCell<String>);

impl TokenSink for Characters {
    type Handle = ();

    fn process_token(&self, token: tokenizer::Token, _line: u64) -> TokenSinkResult<()> {
        if let tokenizer::Token::CharacterTokens(text) = token {
            self.0.borrow_mut().push_str(&text);
        }
        TokenSinkResult::Continue
    }
}

#[derive(Default)]
struct Tokens(RefCell<Found>);

#[derive(Default)]
struct Found {
    tag: Option<tokenizer::Tag>,
    has_more: bool,
}

impl TokenSink for Tokens {
    type Handle = ();

    fn process_token(&self, token: tokenizer::Token, _line: u64) -> TokenSinkResult<()> {
        let mut found = self.0.borrow_mut();
        match token {
            tokenizer::Token::TagToken(tag) if found.tag.is_none() => found.tag = Some(tag),
            tokenizer::Token::ParseError(_) | tokenizer::Token::EOFToken => {}
            _ => found.has_more = true,
        }
        TokenSinkResult::Continue
    }
}

#[cfg(test)]
mod tests {
    use super::{Kind, Tag, next, raw_text_end, tag};

    fn pieces(html: &str) -> Vec<(Kind, &str)> {
        let mut pieces = Vec::new();
        let mut at = 0;
        while at < html.len() {
            let (kind, range) = next(html, at);
            pieces.push((kind, &html[range.clone()]));
            at = range.end;
        }
        pieces
    }

    #[test]
    fn tags_comments_and_text_are_told_from_one_another() {
        use Kind::{Comment, Declaration, Text, Unended};
        let tag = |attributes| Kind::Tag { attributes };
        assert_eq!(
            pieces("a < b <p class=\"x>y\" id = 'z'lang=de>c</p ><br/>"),
            [
                (Text, "a "),
                (Text, "< b "),
                (tag(3), "<p class=\"x>y\" id = 'z'lang=de>"),
                (Text, "c"),
                (tag(0), "</p >"),
                (tag(0), "<br/>"),
            ]
        );
        assert_eq!(pieces("<a \">\">"), [(tag(1), "<a \">"), (Text, "\">")]);
        assert_eq!(
            pieces("<!--><!-- a -- b --!><!-- c --->d"),
            [(Comment, "<!-->"), (Comment, "<!-- a -- b --!>"), (Comment, "<!-- c --->"), (Text, "d")]
        );
        assert_eq!(
            pieces("<?php 1 > 0 ?><!DOCTYPE x><![CDATA[ a > b ]]>"),
            [(Declaration, "<?php 1 > 0 ?>"), (Declaration, "<!DOCTYPE x>"), (Declaration, "<![CDATA[ a > b ]]>")]
        );
        assert_eq!(pieces("a<!-- b > c"), [(Text, "a"), (Unended, "<!-- b > c")]);
        assert_eq!(pieces("<div\nclass=\"x"), [(Unended, "<div\nclass=\"x")]);
    }

    #[test]
    fn a_tag_is_read_as_browsers_read_it() {
        let attribute = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        assert_eq!(
            tag("<P CLASS=&#110;f-x class=y data-a='&quot;' b>"),
            Some(Tag {
                name: "p".to_owned(),
                is_end: false,
                is_self_closing: false,
                attributes: vec![attribute("class", "nf-x"), attribute("data-a", "\""), attribute("b", "")],
                is_repetitive: true,
            })
        );
        assert!(tag("</p>").is_some_and(|tag| tag.is_end));
        assert_eq!(tag("<p>a"), None);
        assert_eq!(tag("< p>"), None);
    }

    #[test]
    fn the_end_of_a_script_is_found_in_any_spelling() {
        let html = "<script>\"</scripts> </b>\"</SCRIPT >x";
        assert_eq!(raw_text_end(html, 8, "script").map(|at| &html[at..]), Some("</SCRIPT >x"));
        assert_eq!(raw_text_end(html, 8, "style"), None);
    }
}
