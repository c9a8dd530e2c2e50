//! The edits of a front matter: names in its lists, and what a document leaves behind so that its old address and its feeds go
//! on. Knows forms of YAML through `yaml`; no other byte changes.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::assemble::Assembled;
use crate::diagnostic::{Diagnostic, Edit, Spot};
use crate::fields::Placed;
use crate::model::{SourceKind, Span, nfc};
use crate::outline::{Document, Front};
use crate::yaml::{self, Node, Part, Step};

use super::moved::Moved;
use super::refused;

/// Where a front matter names the document.
pub fn names<'a>(front: &'a Front, moved: &'a Moved<'_>) -> impl Iterator<Item = &'a Placed<String>> + 'a {
    all_names(front, moved.kind()).into_iter().filter(|name| *nfc(&name.value) == *moved.before.id)
}

/// All names of this kind in a front matter.
fn all_names(front: &Front, kind: SourceKind) -> Vec<&Placed<String>> {
    let (concepts, incidents): (Vec<&Placed<String>>, Vec<&Placed<String>>) = match front {
        Front::Essay(front) => (front.concepts.iter().collect(), front.incidents.iter().collect()),
        Front::Concept(front) => (front.related.iter().collect(), Vec::new()),
        Front::Incident(front) => {
            let held = front.held.iter().filter_map(|held| held.concept.as_ref());
            (front.concepts.iter().chain(held).collect(), front.related.iter().map(|relation| &relation.id).collect())
        }
        Front::Pattern(_) | Front::Page(_) => (Vec::new(), Vec::new()),
    };
    match kind {
        SourceKind::Concept => concepts,
        SourceKind::Incident => incidents,
        SourceKind::Essay | SourceKind::Pattern | SourceKind::Page => Vec::new(),
    }
}

/// The edits of those names.
pub fn renamed(document: &Document, text: &str, moved: &Moved<'_>) -> Result<Vec<Edit>, Diagnostic> {
    let spots: BTreeSet<&Spot> = names(&document.front, moved).map(|name| &name.spot).collect();
    let mut edits = Vec::new();
    for spot in spots {
        let range = value(text, spot).and_then(|range| name_in(text, range, &moved.before.id));
        let Some(range) = range else {
            let fault =
                refused(format!("`{}` is written here in a form that can't be changed by itself", moved.before.id));
            return Err(fault.in_place(&document.path, spot.clone()).help("write the names as a list: `[a, b]`"));
        };
        let is_there =
            moved.after.is_merged && (names_already(document, moved, spot) || document.path == moved.after.path);
        edits.push(match item(text, range.clone()).filter(|_| is_there) {
            Some(item) => Edit::removal(item.into()),
            None => Edit { span: range.into(), text: as_name(&moved.after.id) },
        });
    }
    Ok(edits)
}

/// Whether the list of the name at `spot` has the other name too.
fn names_already(document: &Document, moved: &Moved<'_>, spot: &Spot) -> bool {
    let key = |spot: &Spot| if let Spot::Value(steps) = spot { steps.first().copied() } else { None };
    let of_list = all_names(&document.front, moved.kind()).into_iter().filter(|name| key(&name.spot) == key(spot));
    of_list.into_iter().any(|name| *nfc(&name.value) == *moved.after.id)
}

/// The bytes to take out so that the list has one entry fewer: its line, or its name with the comma beside it. None of an entry
/// that goes on in the next line, or is part of one.
fn item(text: &str, name: Range<usize>) -> Option<Range<usize>> {
    let line = text[..name.start].rfind('\n').map_or(0, |at| at + 1);
    let end = text[name.end..].find('\n').map_or(text.len(), |at| name.end + at + 1);
    let indent = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let (before, next) = (&text[line..name.start], text[end..].lines().next().unwrap_or_default());
    let goes_on = !next.trim().is_empty() && indent(next) > indent(before);
    if before.trim_start().starts_with("- ") || before.trim_end().ends_with(':') && !before.contains('{') {
        return (!goes_on).then_some(line..end);
    }
    if before.trim_end().ends_with(':') {
        return None;
    }
    let is_quote = |c: Option<char>| matches!(c, Some('"' | '\''));
    let quoted = is_quote(text[..name.start].chars().next_back()) && is_quote(text[name.end..].chars().next());
    let (start, end) = if quoted { (name.start - 1, name.end + 1) } else { (name.start, name.end) };
    Some(match text[end..].trim_start().strip_prefix(',') {
        Some(rest) => start..text.len() - rest.trim_start_matches(' ').len(),
        None => text[..start].trim_end().strip_suffix(',').map_or(start, str::len)..end,
    })
}

/// A name that YAML would read as nothing is set in quotes.
fn as_name(name: &str) -> String {
    match yaml::parse(name) {
        Ok(Node::Text(read)) if read == name => name.to_owned(),
        Ok(Node::Typed(scalar, _)) if scalar != yaml::Scalar::Null => name.to_owned(),
        _ => yaml::quoted(name),
    }
}

/// The bytes of the value at `spot`.
fn value(text: &str, spot: &Spot) -> Option<Range<usize>> {
    let Spot::Value(steps) = spot else { return None };
    let front = yaml::front_matter(text)?.yaml;
    let wanted: (&[Step], Part) = (steps, Part::Value);
    let found = yaml::locate(&text[front.clone()], &BTreeSet::from([wanted])).remove(&wanted)?;
    Some(found.start + front.start..found.end + front.start)
}

/// The bytes of `name` in the value at `range`: all of it but quotes, or one of several with commas between them.
fn name_in(text: &str, range: Range<usize>, name: &str) -> Option<Range<usize>> {
    let is_name = |range: &Range<usize>| *nfc(&text[range.clone()]) == *name;
    let written = &text[range.clone()];
    let is_quoted = |quote: char| written.len() > 1 && written.starts_with(quote) && written.ends_with(quote);
    let inner = if is_quoted('"') || is_quoted('\'') { range.start + 1..range.end - 1 } else { range.clone() };
    if is_name(&inner) {
        return Some(inner);
    }
    let end = if inner == range {
        text[range.start..].find('\n').map_or(text.len(), |at| range.start + at)
    } else {
        inner.end
    };
    let mut at = inner.start;
    for part in text[at..end].split(',') {
        let start = at + part.len() - part.trim_start().len();
        let found = start..start + part.trim().len();
        if is_name(&found) {
            return Some(found);
        }
        at += part.len() + 1;
    }
    None
}

/// What stays in the front matter of a document that gets another name: the address that it had, and what feeds call it.
pub fn left_behind(assembled: &Assembled, moved: &Moved<'_>, text: &str) -> Result<Vec<Edit>, Diagnostic> {
    if !moved.is_public(assembled) {
        return Ok(Vec::new());
    }
    let mut edits = Vec::new();
    if moved.after.url != *moved.url {
        edits.extend(alias(moved, text)?);
    }
    edits.extend(feed_id(assembled, moved, text));
    Ok(edits)
}

/// The old address among the aliases: in the place of the new one, if that stands there, since it was the old one before.
fn alias(moved: &Moved<'_>, text: &str) -> Result<Option<Edit>, Diagnostic> {
    let front = &moved.before.front;
    let old = moved.url.as_str();
    if front.aliases().iter().any(|alias| alias.value == *moved.url) {
        return Ok(None);
    }
    let now_own = front.aliases().iter().find(|alias| alias.value == moved.after.url);
    if let Some(range) = now_own.and_then(|alias| value(text, &alias.spot)) {
        return Ok(Some(Edit { span: range.into(), text: old.to_owned() }));
    }
    let yaml = yaml::front_matter(text).map(|parts| parts.yaml).unwrap_or_default();
    let (range, item) = yaml::with_item(&text[yaml.clone()], "aliases", old).ok_or_else(|| {
        let fault = refused(format!("the old address `{old}` can't be added to `aliases`, in the form that it has"));
        fault.in_file(&moved.before.path).help("write it as a list: `aliases: [a, b]`")
    })?;
    Ok(Some(Edit { span: Span::from(range).shifted(yaml.start), text: item }))
}

/// A line that says what feeds call it, if that was made of its name.
fn feed_id(assembled: &Assembled, moved: &Moved<'_>, text: &str) -> Option<Edit> {
    let site = &assembled.site;
    let is_of_name =
        moved.after.url != *moved.url || moved.kind() == SourceKind::Essay && site.config.feed_ids.is_some();
    let has_feed = moved.kind() == SourceKind::Essay || site.has(moved.url.child("feed.xml").as_str());
    if !is_of_name || !has_feed || moved.kind() == SourceKind::Page {
        return None;
    }
    let id = site.feed_id_to_keep(moved.doc)?;
    let end = yaml::front_matter(text)?.yaml.end;
    let line_end = if text[..end].ends_with("\r\n") { "\r\n" } else { "\n" };
    let id = match yaml::parse(&id) {
        Ok(Node::Text(read)) if read == id => id,
        _ => yaml::quoted(&id),
    };
    Some(Edit { span: Span::new(end, end), text: format!("feed_id: {id}{line_end}") })
}

#[cfg(test)]
mod tests {
    use super::item;

    #[test]
    fn an_entry_goes_with_its_line_or_its_comma() {
        for (text, expected) in [
            ("x: [a, b]\n", Some("x: [b]\n")),
            ("x: [b, a]\n", Some("x: [b]\n")),
            ("x: [b, 'a' ]\n", Some("x: [b ]\n")),
            ("x:\n  - a # why\n  - b\n", Some("x:\n  - b\n")),
            ("x:\n  - {id: a, type: y}\n  - b\n", Some("x:\n  - b\n")),
            ("x: a\ny: z\n", Some("y: z\n")),
            ("x: [{id: a}, b]\n", None),
            ("x:\n  - id: a\n    type: y\n", None),
        ] {
            let at = text.find('a').unwrap_or_default();
            let after = item(text, at..at + 1).map(|range| [&text[..range.start], &text[range.end..]].concat());
            assert_eq!(after.as_deref(), expected, "{text}");
        }
    }
}
