//! Changes as a unified diff, as `git apply` takes it. Knows texts and edits.

use std::fmt::Write;

use crate::diagnostic::{Edit, edited};
use crate::model::SourcePath;

use super::changes::Changes;

/// Lines that are shown around what changes.
const AROUND: usize = 3;

/// The diff of all changes; `text_of` gives the text of a file as it is.
pub fn diff(changes: &Changes, text_of: impl Fn(&SourcePath) -> Option<String>) -> String {
    let mut out = String::new();
    let mut moved: Vec<SourcePath> = changes.edits.keys().cloned().collect();
    moved.extend(changes.moves.iter().map(|one| one.from.clone()).filter(|path| path.as_str().ends_with(".md")));
    moved.extend(changes.removed.iter().cloned());
    moved.sort();
    moved.dedup();
    for path in &moved {
        let text = text_of(path).unwrap_or_default();
        let (before, after) = (path.as_str(), changes.path_after(path));
        let is_removed = changes.removed.contains(path);
        // Writing to a String does not fail.
        let _ = writeln!(out, "diff --git a/{before} b/{after}");
        if *before != *after.as_str() {
            let _ = writeln!(out, "rename from {before}\nrename to {after}");
        }
        let edits = changes.edits.get(path).map_or(&[][..], Vec::as_slice);
        if is_removed {
            let _ = writeln!(out, "deleted file mode 100644\n--- a/{before}\n+++ /dev/null");
            hunks(&text, &[Edit { span: (0..text.len()).into(), text: String::new() }], &mut out);
        } else if !edits.is_empty() {
            let _ = writeln!(out, "--- a/{before}\n+++ b/{after}");
            hunks(&text, edits, &mut out);
        }
    }
    for one in changes.moves.iter().filter(|one| !one.from.as_str().ends_with(".md")) {
        let _ = writeln!(out, "# folder {} is {} then", one.from, one.to);
    }
    out
}

/// Lines that change together: which of the text, and what they become.
struct Hunk<'t> {
    first: usize,
    last: usize,
    after: Vec<&'t str>,
}

fn hunks(text: &str, edits: &[Edit], out: &mut String) {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let starts: Vec<usize> = lines.iter().scan(0, |at, line| Some(std::mem::replace(at, *at + line.len()))).collect();
    let line_of = |at: usize| starts.partition_point(|start| *start <= at).saturating_sub(1);
    // Edits whose lines touch are one.
    let mut groups: Vec<(usize, usize, Vec<&Edit>)> = Vec::new();
    for edit in edits {
        let range = edit.span.range();
        let first = if range.start == text.len() { lines.len() } else { line_of(range.start) };
        let is_whole = range.start == starts.get(first).copied().unwrap_or(text.len());
        let last = match range.is_empty() {
            // A line that is added stands before the one that is there.
            true if is_whole && edit.text.ends_with('\n') => first,
            true => first + 1,
            false => line_of(range.end - 1) + 1,
        };
        match groups.last_mut() {
            Some((_, end, of_group)) if first < *end || (first == *end && last == first) => {
                *end = last.max(*end);
                of_group.push(edit);
            }
            _ => groups.push((first, last, vec![edit])),
        }
    }
    let afters: Vec<String> =
        groups.iter().map(|(first, last, edits)| changed(text, &starts, *first, *last, edits)).collect();
    let changes: Vec<Hunk<'_>> = groups
        .iter()
        .zip(&afters)
        .map(|((first, last, _), after)| Hunk {
            first: *first,
            last: *last,
            after: after.split_inclusive('\n').collect(),
        })
        .collect();
    let mut shift = 0_isize;
    for together in changes.chunk_by(|a, b| b.first.saturating_sub(a.last) <= 2 * AROUND) {
        let from = together[0].first.saturating_sub(AROUND);
        let to = (together[together.len() - 1].last + AROUND).min(lines.len());
        let added: isize = together.iter().map(|one| one.after.len() as isize - (one.last - one.first) as isize).sum();
        let (count, count_after) = (to - from, (to - from).saturating_add_signed(added));
        let start = |count: usize, from: usize| if count == 0 { from } else { from + 1 };
        let from_after = from.saturating_add_signed(shift);
        let _ =
            writeln!(out, "@@ -{},{count} +{},{count_after} @@", start(count, from), start(count_after, from_after));
        let mut at = from;
        for one in together {
            lines[at..one.first].iter().for_each(|line| put(' ', line, out));
            lines[one.first..one.last].iter().for_each(|line| put('-', line, out));
            one.after.iter().for_each(|line| put('+', line, out));
            at = one.last;
        }
        lines[at..to].iter().for_each(|line| put(' ', line, out));
        shift += added;
    }
}

/// The lines `first..last` of the text with these edits.
fn changed(text: &str, starts: &[usize], first: usize, last: usize, edits: &[&Edit]) -> String {
    let at = |line: usize| starts.get(line).copied().unwrap_or(text.len());
    let (start, end) = (at(first), at(last));
    let shifted: Vec<Edit> = edits
        .iter()
        .map(|edit| Edit {
            span: (edit.span.range().start - start..edit.span.range().end - start).into(),
            text: edit.text.clone(),
        })
        .collect();
    edited(&text[start..end], &shifted).0
}

fn put(sign: char, line: &str, out: &mut String) {
    out.push(sign);
    out.push_str(line);
    if !line.ends_with('\n') {
        out.push_str("\n\\ No newline at end of file\n");
    }
}
