//! Marks that only Obsidian reads: comments, highlights, callouts, names of blocks, notes within a line, tags in words. Knows their
//! forms; knows no vault.

use crate::fields::shortened;
use crate::import::bodies::{Code, Draft, Edit};
use crate::import::links::Around;
use crate::import::report::Report;
use crate::model::first_words;

use crate::import::vault::block_name;

/// Takes out what stands between `%%`, over lines too.
pub fn without_comments(draft: &mut Draft<'_>, report: &mut Report) {
    let code = Code::of(draft.text());
    let text = draft.text();
    let marks: Vec<usize> = text.match_indices("%%").map(|(at, _)| at).filter(|at| !code.holds(*at)).collect();
    let mut edits = Vec::new();
    for pair in marks.chunks(2) {
        let start = pair[0];
        // One that never ends takes all that follows, as it does there.
        let end = pair.get(1).map_or(text.len(), |end| end + 2);
        let inside = text[start..end].trim_matches('%').trim();
        report.add(draft.place(start), "comments", format!("left out: \u{201c}{}\u{201d}", first_words(inside, 8)));
        edits.push(Edit::new(start..end, ""));
    }
    draft.apply(edits);
}

/// `==words==` as the element for it.
pub fn highlights(draft: &mut Draft<'_>) {
    let code = Code::of(draft.text());
    let text = draft.text();
    let mut edits = Vec::new();
    let mut at = 0;
    while let Some(next) = text[at..].find("==") {
        let start = at + next;
        at = start + 2;
        let rest = &text[at..];
        let block_end = rest.find("\n\n").unwrap_or(rest.len());
        let opens = rest.starts_with(|c: char| !c.is_whitespace() && c != '=') && !text[..start].ends_with('=');
        let end = rest[..block_end]
            .match_indices("==")
            .map(|(end, _)| end)
            .find(|end| !rest[..*end].ends_with(char::is_whitespace) && !code.holds(start + 2 + end));
        if let (true, false, Some(end)) = (opens, code.holds(start), end) {
            edits.push(Edit::new(start..start + 2, "<mark>"));
            edits.push(Edit::new(at + end..at + end + 2, "</mark>"));
            at += end + 2;
        }
    }
    draft.apply(edits);
}

/// Keeps the ids of blocks that are the target of a link, and removes the others.
pub fn blocks(draft: &mut Draft<'_>, around: &Around<'_>) {
    let code = Code::of(draft.text());
    let mut edits = Vec::new();
    let mut at = 0;
    for line in draft.text().split_inclusive('\n') {
        if let Some((sign, name)) = block_name(line)
            && !code.holds(at + sign)
            && !around.linked.has(&format!("^{name}"))
        {
            let start = at + line[..sign].trim_end().len();
            edits.push(Edit::new(start..at + sign + 1 + name.len(), ""));
        }
        at += line.len();
    }
    draft.apply(edits);
}

/// `^[words]` as a footnote.
pub fn notes(draft: &mut Draft<'_>) {
    let code = Code::of(draft.text());
    let text = draft.text();
    let mut edits = Vec::new();
    let mut notes = String::new();
    let mut n = 0;
    for (at, _) in text.match_indices("^[").filter(|(at, _)| !code.holds(*at)) {
        let mut depth = 0_usize;
        let end = text[at + 1..].char_indices().take_while(|(_, c)| *c != '\n').find(|(_, c)| {
            match c {
                '[' => depth += 1,
                ']' => depth -= 1,
                _ => {}
            }
            depth == 0
        });
        if let Some((end, _)) = end {
            n += 1;
            edits.push(Edit::new(at..at + 1 + end + 1, format!("[^inline-{n}]")));
            notes.push_str(&format!("\n[^inline-{n}]: {}\n", &text[at + 2..at + 1 + end]));
        }
    }
    if n > 0 {
        let end = text.len();
        edits.push(Edit::new(end..end, format!("\n{notes}")));
    }
    draft.apply(edits);
}

/// Callouts as the five alerts, their titles in bold.
pub fn callouts(draft: &mut Draft<'_>, report: &mut Report) {
    let code = Code::of(draft.text());
    let mut edits = Vec::new();
    let mut at = 0;
    for line in draft.text().split_inclusive('\n') {
        if let Some(callout) = Callout::read(line)
            && !code.holds(at)
        {
            if callout.is_folded {
                report.add(
                    draft.place(at),
                    "callouts that were folded",
                    format!("`{}` is open", shortened(line.trim())),
                );
            }
            let end = at + line.trim_end_matches('\n').len();
            edits.push(Edit::new(at..end, callout.written()));
        }
        at += line.len();
    }
    draft.apply(edits);
}

/// The first line of a callout: `> [!kind]- Title`.
struct Callout<'t> {
    prefix: &'t str,
    kind: String,
    title: &'t str,
    is_folded: bool,
}

impl<'t> Callout<'t> {
    fn read(line: &'t str) -> Option<Self> {
        let line = line.trim_end_matches('\n');
        let inner = line.trim_start_matches([' ', '\t', '>']);
        let prefix = &line[..line.len() - inner.len()];
        let (kind, rest) = inner.strip_prefix("[!")?.split_once(']')?;
        if !prefix.contains('>') || kind.is_empty() {
            return None;
        }
        let kind = kind.split('|').next().unwrap_or(kind).trim().to_lowercase();
        let (title, is_folded) = match rest.strip_prefix(['-', '+']) {
            Some(title) => (title, rest.starts_with('-')),
            None => (rest, false),
        };
        Some(Self { prefix, kind, title: title.trim(), is_folded })
    }

    /// The lines that stand for it.
    fn written(&self) -> String {
        let alert = alert(&self.kind);
        let is_own = alert.is_some_and(|alert| alert.eq_ignore_ascii_case(&self.kind));
        let title = match self.title {
            "" if is_own || alert.is_none() => String::new(),
            "" => {
                let words = self.kind.replace(['-', '_'], " ");
                let mut chars = words.chars();
                chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
            }
            title => title.to_owned(),
        };
        let prefix = self.prefix.trim_end();
        let bold = if title.contains("**") || title.is_empty() { title } else { format!("**{title}**") };
        match (alert, bold.is_empty()) {
            (Some(alert), true) => format!("{prefix} [!{alert}]"),
            (Some(alert), false) => format!("{prefix} [!{alert}]\n{prefix} {bold}\n{prefix}"),
            (None, true) => prefix.to_owned(),
            (None, false) => format!("{prefix} {bold}\n{prefix}"),
        }
    }
}

/// The alert that a kind of callout is; none for a quotation.
fn alert(kind: &str) -> Option<&'static str> {
    Some(match kind {
        "quote" | "cite" => return None,
        "tip" | "hint" | "success" | "check" | "done" => "TIP",
        "important" | "abstract" | "summary" | "tldr" => "IMPORTANT",
        "warning" | "attention" | "question" | "help" | "faq" => "WARNING",
        "caution" | "danger" | "error" | "failure" | "fail" | "missing" | "bug" => "CAUTION",
        _ => "NOTE",
    })
}

/// Tags in the words: `#one/two`, of which at least one sign is no digit.
pub fn tags(text: &str) -> Vec<String> {
    let code = Code::of(text);
    let mut tags: Vec<String> = Vec::new();
    for (at, _) in text.match_indices('#') {
        let is_apart = text[..at].chars().next_back().is_none_or(|c| c.is_whitespace() || matches!(c, '(' | ','));
        let rest = &text[at + 1..];
        let end = rest.find(|c: char| !c.is_alphanumeric() && !matches!(c, '/' | '_' | '-')).unwrap_or(rest.len());
        let tag = rest[..end].trim_end_matches(['/', '-']);
        if is_apart && tag.chars().any(char::is_alphabetic) && !code.holds(at) && !tags.iter().any(|known| known == tag)
        {
            tags.push(tag.to_owned());
        }
    }
    tags
}

/// Lines `key:: value`, which plugins read as front matter.
pub fn fields(text: &str) -> Vec<(String, String)> {
    let code = Code::of(text);
    let mut fields: Vec<(String, String)> = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let inner = line.trim_start_matches([' ', '\t', '-', '*', '>']);
        if let Some((key, value)) = inner.split_once(":: ")
            && !key.is_empty()
            && key.len() <= 40
            && key.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'))
            && !code.holds(at + line.len() - inner.len())
        {
            fields.push((key.trim().to_owned(), value.trim().to_owned()));
        }
        at += line.len();
    }
    fields
}

#[cfg(test)]
mod tests {
    use super::{Callout, fields, tags};

    #[test]
    fn callouts_are_alerts_with_their_titles() {
        let written = |line: &str| Callout::read(line).map(|callout| callout.written());
        for (line, expected) in [
            ("> [!note]\n", "> [!NOTE]"),
            ("> [!info] What it is", "> [!NOTE]\n> **What it is**\n>"),
            ("> [!faq]-", "> [!WARNING]\n> **Faq**\n>"),
            (">> [!TIP] **Bold** one", ">> [!TIP]\n>> **Bold** one\n>>"),
            ("> [!quote] Nora", "> **Nora**\n>"),
            ("> [!quote]", ">"),
        ] {
            assert_eq!(written(line).as_deref(), Some(expected), "{line}");
        }
        assert_eq!(written("[!note]"), None);
        assert_eq!(written("> [x]"), None);
    }

    #[test]
    fn tags_and_fields_are_found_in_words() {
        assert_eq!(tags("#a/b and (#c_d), #1 # x a#e `#f` https://x.example/#g #h-\n"), ["a/b", "c_d", "h"]);
        assert_eq!(
            fields("due:: soon\na:: b c\nstd::vec\n`x:: y`\n"),
            [("due".to_owned(), "soon".to_owned()), ("a".to_owned(), "b c".to_owned())]
        );
    }
}
