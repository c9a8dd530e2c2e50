//! The front matter of a text that another becomes part of: what that has in lists comes into the lists of this, what this does
//! not say is said as there. Knows which keys are lists; the forms are those of `yaml`.

use crate::assemble::Assembled;
use crate::diagnostic::{Diagnostic, Edit, edited};
use crate::fields::shortened;
use crate::model::{SourceKind, nfc};
use crate::outline::{Document, Front};
use crate::yaml::{self, Node};

use super::front;
use super::moved::Moved;
use super::refused;

/// Keys whose values are lists of which each entry counts.
const fn lists(kind: SourceKind) -> &'static [&'static str] {
    match kind {
        SourceKind::Concept => &["related", "cues", "hints", "not"],
        SourceKind::Incident => &[
            "organisations",
            "services",
            "regions",
            "sources",
            "related",
            "timeline",
            "patterns",
            "concepts",
            "held",
            "disputes",
        ],
        SourceKind::Essay => &["authors", "patterns", "concepts", "incidents"],
        SourceKind::Pattern | SourceKind::Page => &[],
    }
}

/// Keys that are said once, here or there.
const fn facts(kind: SourceKind) -> &'static [&'static str] {
    match kind {
        SourceKind::Concept => &["reference"],
        SourceKind::Incident => &["times", "duration", "impact", "severity"],
        SourceKind::Essay => &["summary", "series", "image"],
        SourceKind::Pattern | SourceKind::Page => &[],
    }
}

/// The edits of the front matter of `into`, as one.
pub fn edits(
    assembled: &Assembled,
    moved: &Moved<'_>,
    into: &Document,
    from_text: &str,
    into_text: &str,
) -> Result<Vec<Edit>, Diagnostic> {
    let parts = |text: &str| yaml::front_matter(text).map(|parts| parts.yaml).unwrap_or_default();
    let range = parts(into_text);
    let Ok(Node::Map(from)) = yaml::parse(&from_text[parts(from_text)]) else { return Ok(Vec::new()) };
    let before = &into_text[range.clone()];
    // What names the text that goes names the other already.
    let renamed = front::renamed(into, into_text, moved)?;
    let shifted: Vec<Edit> = renamed
        .iter()
        .map(|edit| Edit {
            span: (edit.span.range().start - range.start..edit.span.range().end - range.start).into(),
            ..edit.clone()
        })
        .collect();
    let mut yaml = edited(before, &shifted).0;
    for (key, item) in wanted(assembled, moved, into, &from) {
        let Ok(Node::Map(entries)) = yaml::parse(&yaml) else { break };
        let is_there = entries.iter().any(|(name, value)| name == key && has(value, &item));
        if is_there {
            continue;
        }
        clash(moved, key, &item, &entries)?;
        let (at, text) = yaml::with_item(&yaml, key, &yaml::flow(&item)).ok_or_else(|| {
            let fault = refused(format!("`{key}` has a form to which nothing can be added by itself"));
            fault.in_file(&into.path).help(format!("write it as a list: `{key}: [a, b]`"))
        })?;
        yaml.replace_range(at, &text);
    }
    for (key, value) in from.iter().filter(|(key, _)| facts(moved.kind()).contains(&key.as_str())) {
        let Ok(Node::Map(entries)) = yaml::parse(&yaml) else { break };
        if entries.iter().all(|(name, _)| name != key) && (yaml.is_empty() || yaml.ends_with('\n')) {
            yaml.push_str(&format!("{key}: {}\n", yaml::flow(value)));
        }
    }
    // Whoever puts edits together has those of the names, too: they are part of this one.
    Ok(lines_that_differ(before, &yaml, range.start))
}

/// The edit that makes `after` of `before`, which begins at byte `start`, from the first line that differs to the last.
fn lines_that_differ(before: &str, after: &str, start: usize) -> Vec<Edit> {
    let alike = |pairs: &mut dyn Iterator<Item = (&str, &str)>| -> usize {
        pairs.take_while(|(a, b)| a == b).map(|(a, _)| a.len()).sum()
    };
    let (mut a, mut b) = (before.split_inclusive('\n'), after.split_inclusive('\n'));
    let first = alike(&mut a.by_ref().zip(b.by_ref()));
    let (rest_a, rest_b) = (&before[first..], &after[first..]);
    let last = alike(&mut rest_a.split_inclusive('\n').rev().zip(rest_b.split_inclusive('\n').rev()));
    let span = (start + first..start + before.len() - last).into();
    let text = rest_b[..rest_b.len() - last].to_owned();
    if before == after { Vec::new() } else { vec![Edit { span, text }] }
}

/// Each entry that comes in, by its key.
fn wanted(
    assembled: &Assembled,
    moved: &Moved<'_>,
    into: &Document,
    from: &[(String, Node)],
) -> Vec<(&'static str, Node)> {
    let mut wanted = Vec::new();
    for key in lists(moved.kind()) {
        let Some((_, value)) = from.iter().find(|(name, _)| name == key) else { continue };
        let items = match value {
            Node::List(items) => items.clone(),
            Node::Typed(yaml::Scalar::Null, _) => Vec::new(),
            one => vec![one.clone()],
        };
        let is_itself = |item: &Node| {
            *key == "related" && name(item).is_some_and(|name| [&*moved.before.id, &*into.id].contains(&&*nfc(name)))
        };
        wanted.extend(items.into_iter().filter(|item| !is_itself(item)).map(|item| (*key, item)));
    }
    if let Front::Concept(concept) = &moved.before.front {
        let names = [&concept.name].into_iter().chain(&concept.aliases);
        let is_new = |name: &&String| nfc(name).to_lowercase() != nfc(into.title()).to_lowercase();
        wanted.extend(names.filter(is_new).map(|name| ("aliases", Node::Text(name.clone()))));
    }
    let aliases = moved.before.front.aliases().iter().map(|alias| &alias.value);
    let own = Some(moved.url).filter(|_| moved.is_public(assembled));
    let addresses = own.into_iter().chain(aliases).filter(|url| **url != moved.after.url);
    wanted.extend(addresses.map(|url| ("aliases", Node::Text(url.to_string()))));
    wanted
}

/// The name that an entry of `related` gives.
fn name(item: &Node) -> Option<&str> {
    match item {
        Node::Text(name) | Node::Typed(_, name) => Some(name),
        Node::Map(entries) => entries.iter().find(|(key, _)| key == "id").and_then(|(_, value)| name(value)),
        Node::List(_) => None,
    }
}

fn has(value: &Node, item: &Node) -> bool {
    match value {
        Node::List(items) => items.contains(item),
        one => one == item,
    }
}

/// Two sources that entries would name by one key.
fn clash(moved: &Moved<'_>, key: &str, item: &Node, entries: &[(String, Node)]) -> Result<(), Diagnostic> {
    let key_of = |item: &Node| match item {
        Node::Map(entries) => entries.iter().find(|(name, _)| name == "key").map(|(_, value)| value.clone()),
        _ => None,
    };
    let Some(own) = key_of(item).filter(|_| key == "sources") else { return Ok(()) };
    let others = entries.iter().find(|(name, _)| name == "sources").map(|(_, value)| value);
    let is_taken =
        matches!(others, Some(Node::List(items)) if items.iter().any(|item| key_of(item).as_ref() == Some(&own)));
    if !is_taken {
        return Ok(());
    }
    let shown = shortened(&yaml::flow(&own)).to_string();
    let fault = refused(format!("both records have a source `{shown}`, and not the same")).in_file(&moved.before.path);
    Err(fault.help("give it another `key` in one of them, where its entries name it too"))
}
