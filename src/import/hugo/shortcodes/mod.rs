//! Replaces the shortcodes of a body by what they mean in Markdown. One that is not known stays as text, with a line in the report.
//! Knows where tags begin and end; their meanings and the files they name are beside it.

mod files;
mod meanings;
mod place;

use std::path::Path;

use crate::import::bodies::{Code, Draft, Edit, Remark, edited, quoted_text};
use crate::import::links::Around;
use crate::import::report::Report;
use crate::import::text::Text;
use crate::import::write::Meaning;

use super::tags::{Tag, tags};
use place::Place;

/// How deep texts may take in each other.
const MAX_DEPTH: usize = 5;

/// What is around a shortcode.
struct Context<'a> {
    source: &'a Path,
    text: &'a Text,
    around: &'a Around<'a>,
}

/// Replaces all shortcodes of the body.
pub fn expand(draft: &mut Draft<'_>, source: &Path, text: &Text, around: &Around<'_>, report: &mut Report) {
    let context = Context { source, text, around };
    let mut remarks = Vec::new();
    let edits = context.edits(draft.text(), 0, &mut remarks);
    draft.add(remarks, report);
    draft.apply(edits);
}

impl Context<'_> {
    /// The changes of `text`.
    fn edits(&self, text: &str, depth: usize, remarks: &mut Vec<Remark>) -> Vec<Edit> {
        let (found, code) = (tags(text), Code::of(text));
        let mut edits = Vec::new();
        let mut n = 0;
        while let Some(tag) = found.get(n) {
            n += 1;
            let written = &text[tag.range.clone()];
            if tag.is_shown {
                let shown = written.replacen("/*", "", 1);
                let shown =
                    shown.rfind("*/").map_or(shown.clone(), |at| format!("{}{}", &shown[..at], &shown[at + 2..]));
                let is_code = code.holds(tag.range.start);
                edits.push(Edit::new(tag.range.clone(), if is_code { shown } else { quoted_text(&shown) }));
                continue;
            }
            if code.holds(tag.range.start) {
                remarks.push((tag.range.start, "shortcodes in code", format!("`{}` stays as text", tag.name)));
                continue;
            }
            let close = closing(&found, n - 1);
            let end = close.map_or(tag.range.end, |close| found[close].range.end);
            let inner = close.map(|close| &text[tag.range.end..found[close].range.start]);
            let place = Place::of(text, tag.range.start, end);
            match self.meaning(tag, inner, &place, depth, remarks) {
                Some(Meaning::Block(block)) => {
                    edits.push(Edit::new(tag.range.start..end, place.block(text, tag.range.start, end, &block)));
                    n = close.map_or(n, |close| close + 1);
                }
                Some(Meaning::Inline(words)) => {
                    edits.push(Edit::new(tag.range.start..end, words));
                    n = close.map_or(n, |close| close + 1);
                }
                None => {
                    if !tag.is_closing {
                        let why = format!("`{}` stays as text", tag.name);
                        remarks.push((tag.range.start, "shortcodes that are not known", why));
                    }
                    edits.push(Edit::new(tag.range.clone(), quoted_text(written)));
                }
            }
        }
        edits
    }

    /// `text` with its shortcodes replaced.
    fn expanded(&self, text: &str, depth: usize, remarks: &mut Vec<Remark>, at: usize) -> String {
        let mut inner_remarks = Vec::new();
        let edits = self.edits(text, depth, &mut inner_remarks);
        remarks.extend(inner_remarks.into_iter().map(|(_, what, why)| (at, what, why)));
        edited(text, edits)
    }
}

/// The tag that closes the one at `n`.
fn closing(tags: &[Tag], n: usize) -> Option<usize> {
    let tag = &tags[n];
    if tag.is_closing || tag.is_whole {
        return None;
    }
    let mut depth = 0;
    for (at, other) in
        tags.iter().enumerate().skip(n + 1).filter(|(_, other)| other.name == tag.name && !other.is_shown)
    {
        match (other.is_closing, depth) {
            (true, 0) => return Some(at),
            (true, _) => depth -= 1,
            (false, _) if !other.is_whole => depth += 1,
            (false, _) => {}
        }
    }
    None
}
