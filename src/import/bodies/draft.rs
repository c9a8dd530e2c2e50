//! A body while it is changed: its text, and which line of the source each of its lines comes from. Knows no Markdown.

use std::ops::Range;

use crate::import::report::Report;
use crate::import::text::{Place, Text};

/// A part of the text and what stands for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    pub range: Range<usize>,
    pub with: String,
}

impl Edit {
    pub fn new(range: Range<usize>, with: impl Into<String>) -> Self {
        Self { range, with: with.into() }
    }
}

/// `text` with changes none of which overlap.
pub fn edited(text: &str, mut edits: Vec<Edit>) -> String {
    edits.sort_by_key(|edit| std::cmp::Reverse(edit.range.start));
    edits.into_iter().fold(text.to_owned(), |mut text, edit| {
        text.replace_range(edit.range, &edit.with);
        text
    })
}

/// What was not carried: the byte of the text, what, and why.
pub type Remark = (usize, &'static str, String);

/// A body that is being changed.
#[derive(Clone, Debug)]
pub struct Draft<'t> {
    source: &'t Text,
    text: String,
    /// For each line that of the body it comes from, from 0.
    lines: Vec<usize>,
}

impl<'t> Draft<'t> {
    pub fn new(source: &'t Text) -> Self {
        let lines = (0..=source.body.matches('\n').count()).collect();
        Self { source, text: source.body.clone(), lines }
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    pub fn into_text(self) -> String {
        self.text
    }

    /// Where byte `at` comes from.
    pub fn place(&self, at: usize) -> Place {
        let line = self.text.get(..at).unwrap_or(&self.text).matches('\n').count();
        self.source.line(self.lines.get(line).copied().unwrap_or(0))
    }

    /// Reports what was not carried, each where it comes from.
    pub fn add(&self, remarks: Vec<Remark>, report: &mut Report) {
        for (at, what, why) in remarks {
            report.add(self.place(at), what, why);
        }
    }

    /// Makes the changes. Of two that overlap the first is made.
    pub fn apply(&mut self, mut edits: Vec<Edit>) {
        if edits.is_empty() {
            return;
        }
        edits.sort_by_key(|edit| (edit.range.start, edit.range.end));
        let (mut text, mut lines) = (String::with_capacity(self.text.len()), vec![self.lines[0]]);
        let (mut at, mut line) = (0, 0);
        let known = |line: usize| self.lines.get(line).copied().unwrap_or(0);
        for edit in edits {
            if edit.range.start < at {
                continue;
            }
            let before = &self.text[at..edit.range.start];
            for _ in before.matches('\n') {
                line += 1;
                lines.push(known(line));
            }
            text.push_str(before);
            lines.extend(edit.with.matches('\n').map(|_| known(line)));
            text.push_str(&edit.with);
            line += self.text[edit.range.clone()].matches('\n').count();
            // A line that is gone leaves its place to the next.
            let is_line = edit.with.is_empty() && (text.is_empty() || text.ends_with('\n'));
            if let Some(last) = lines.last_mut().filter(|_| is_line) {
                *last = known(line);
            }
            at = edit.range.end;
        }
        for _ in self.text[at..].matches('\n') {
            line += 1;
            lines.push(known(line));
        }
        text.push_str(&self.text[at..]);
        (self.text, self.lines) = (text, lines);
    }
}

#[cfg(test)]
mod tests {
    use super::{Draft, Edit};
    use crate::import::text::{Place, Text};
    use crate::model::SourceKind;

    #[test]
    fn places_stay_those_of_the_source() {
        let mut source = Text::new(SourceKind::Essay, Place { file: "a.md".into(), line: 1 }, "a.md", "a");
        source.body = "one\ntwo\nthree\nfour\n".to_owned();
        source.body_line = 5;
        let mut draft = Draft::new(&source);
        draft.apply(vec![Edit::new(4..8, ""), Edit::new(0..3, "ONE\n\nMORE"), Edit::new(1..2, "ignored")]);
        assert_eq!(draft.text(), "ONE\n\nMORE\nthree\nfour\n");
        let line = |words: &str| draft.place(draft.text().find(words).expect("the words")).line;
        assert_eq!((line("ONE"), line("MORE"), line("three"), line("four")), (5, 5, 7, 8));
    }
}
