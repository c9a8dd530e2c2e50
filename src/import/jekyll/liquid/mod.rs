//! Replaces Liquid in a body by what it means: links to posts and files, addresses, code, pictures, plain files. What decides or
//! loops stays as text, with a line in the report. Nothing is run.

mod meanings;
mod values;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::Path;

use crate::import::bodies::{Code, Draft, Edit, Remark, edited};
use crate::import::links::Around;
use crate::import::report::Report;
use crate::import::text::Text;
use crate::import::write::{self, Meaning, quoted_text};

use super::tags::{Tag, tags};

/// What the report calls tags that stay.
const UNKNOWN: &str = "Liquid that is not known";
/// How deep included files may include others.
const MAX_DEPTH: usize = 5;

struct Liquid<'a> {
    source: &'a Path,
    text: &'a Text,
    around: &'a Around<'a>,
    /// What `assign` and `capture` gave names to.
    variables: RefCell<BTreeMap<String, String>>,
}

/// Replaces all tags and outputs of the body.
pub fn run(draft: &mut Draft<'_>, source: &Path, text: &Text, around: &Around<'_>, report: &mut Report) {
    let liquid = Liquid { source, text, around, variables: RefCell::default() };
    let mut remarks = Vec::new();
    let edits = liquid.edits(draft.text(), 0, &mut remarks);
    draft.add(remarks, report);
    draft.apply(edits);
}

impl Liquid<'_> {
    fn edits(&self, text: &str, depth: usize, remarks: &mut Vec<Remark>) -> Vec<Edit> {
        let (found, code) = (tags(text), Code::of(text));
        let mut edits = Vec::new();
        let mut n = 0;
        while let Some(tag) = found.get(n) {
            n += 1;
            let is_code = code.holds(tag.range.start);
            let close = |name: &str| found.iter().enumerate().skip(n).find(|(_, other)| other.name == name);
            if let Some((edit, next)) = self.run_tag(tag, is_code, text, depth, remarks, close) {
                edits.push(edit);
                n = next.map_or(n, |close| close + 1);
                continue;
            }
            let meaning = if tag.is_output() {
                self.output(&tag.rest, tag.range.start, remarks).map(Meaning::Inline)
            } else {
                self.tag(tag, text, depth, remarks)
            };
            match meaning {
                Some(Meaning::Inline(words) | Meaning::Block(words)) => edits.push(Edit::new(tag.range.clone(), words)),
                None if is_code => {}
                None => {
                    let written = &text[tag.range.clone()];
                    remarks.push((
                        tag.range.start,
                        "Liquid that is not known",
                        format!("`{}` stays as text", shown(written)),
                    ));
                    edits.push(Edit::new(tag.range.clone(), quoted_text(written)));
                }
            }
        }
        edits
    }

    /// The edit of a tag that shows nothing of its own, or of all up to the tag that ends it, which is then named by its number.
    fn run_tag<'t>(
        &self,
        tag: &Tag,
        is_code: bool,
        text: &str,
        depth: usize,
        remarks: &mut Vec<Remark>,
        close: impl Fn(&str) -> Option<(usize, &'t Tag)>,
    ) -> Option<(Edit, Option<usize>)> {
        let at = tag.range.start;
        let until = |end: &Tag, with: String| Edit::new(at..end.range.end, with);
        match tag.name.as_str() {
            "raw" | "endraw" => Some((Edit::new(tag.range.clone(), ""), None)),
            "comment" => {
                let (n, end) = close("endcomment")?;
                Some((until(end, String::new()), Some(n)))
            }
            "assign" if !is_code => {
                let (name, value) = tag.rest.split_once('=')?;
                let value = self.output(value, at, remarks)?;
                self.variables.borrow_mut().insert(name.trim().to_owned(), value);
                Some((Edit::new(tag.range.clone(), ""), None))
            }
            "capture" if !is_code && depth < MAX_DEPTH => {
                let (n, end) = close("endcapture")?;
                let inner = self.run_inside(&text[tag.range.end..end.range.start], depth, at, remarks);
                self.variables.borrow_mut().insert(tag.rest.trim_matches(['"', '\'']).to_owned(), inner);
                Some((until(end, String::new()), Some(n)))
            }
            "highlight" if !is_code => {
                let (n, end) = close("endhighlight")?;
                let language = tag.rest.split_whitespace().next().unwrap_or_default();
                let inner = text[tag.range.end..end.range.start].replace("{% raw %}", "").replace("{% endraw %}", "");
                let (Meaning::Block(block) | Meaning::Inline(block)) = write::fence(language, &inner, true);
                Some((until(end, block), Some(n)))
            }
            _ => None,
        }
    }

    /// `text` with its tags replaced; its remarks point to byte `at` of the text around.
    fn run_inside(&self, text: &str, depth: usize, at: usize, remarks: &mut Vec<Remark>) -> String {
        let mut inner = Vec::new();
        let edits = self.edits(text, depth + 1, &mut inner);
        remarks.extend(inner.into_iter().map(|(_, what, why)| (at, what, why)));
        edited(text, edits)
    }
}

fn shown(text: &str) -> String {
    crate::fields::shortened(&text.split_whitespace().collect::<Vec<_>>().join(" ")).to_string()
}
