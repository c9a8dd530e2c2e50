//! Shortcodes of WordPress and of widespread plugins as HTML. Code keeps its brackets. Knows where they stand in a text.

mod meaning;
mod written;

use std::collections::HashSet;

use super::library::Library;
use crate::outline::tokens;

use meaning::html;
use written::{Found, parse};

/// What is known of a text's place among the others.
pub struct Context<'a> {
    pub library: &'a Library,
    pub id: u64,
    /// Remarks: byte of the text, kind, why.
    pub remarks: Vec<(usize, String, String)>,
    /// Notes found so far, as HTML.
    pub notes: Vec<String>,
    /// How many shortcodes are open.
    pub depth: usize,
}

/// How deep shortcodes are read that are inside each other.
const MAX_DEPTH: usize = 20;

/// The text with its shortcodes as HTML. Code keeps its brackets.
pub fn expanded(text: &str, context: &mut Context<'_>) -> String {
    if context.depth >= MAX_DEPTH {
        context.remarks.push((
            0,
            "shortcodes that are nested too deep".to_owned(),
            "they stay as they are written".to_owned(),
        ));
        return text.to_owned();
    }
    context.depth += 1;
    let out = expanded_here(text, context);
    context.depth -= 1;
    out
}

fn expanded_here(text: &str, context: &mut Context<'_>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    // Names that nothing closes from here on.
    let mut unclosed = HashSet::new();
    while at < text.len() {
        let rest = &text[at..];
        let Some(next) = rest.find(['[', '<']) else {
            out.push_str(rest);
            break;
        };
        out.push_str(&rest[..next]);
        at += next;
        if text[at..].starts_with('<') {
            let end = verbatim_end(text, at);
            out.push_str(&text[at..end]);
            at = end;
            continue;
        }
        match parse(text, at, &mut unclosed) {
            Found::Escaped(end) => {
                out.push_str(&text[at + 1..end - 1]);
                at = end;
            }
            Found::Shortcode(shortcode) => {
                let end = at + shortcode.written.len();
                match html(&shortcode, at, context) {
                    Some(html) => {
                        out.push_str(&html);
                        at = end;
                    }
                    None => {
                        out.push('[');
                        at += 1;
                    }
                }
            }
            Found::Nothing => {
                out.push('[');
                at += 1;
            }
        }
    }
    out
}

/// Where a tag ends, or the element that it begins, if what is in that is code.
fn verbatim_end(text: &str, at: usize) -> usize {
    let (kind, range) = tokens::next(text, at);
    let tokens::Kind::Tag { .. } = kind else { return if kind == tokens::Kind::Text { at + 1 } else { range.end } };
    let tag = &text[range.clone()];
    for name in ["pre", "code", "script", "style"] {
        let is_it = tag[1..].get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name))
            && tag[1 + name.len()..].starts_with(|c: char| c == '>' || c.is_whitespace());
        if is_it {
            return tokens::raw_text_end(text, range.end, name).unwrap_or(range.end);
        }
    }
    range.end
}
