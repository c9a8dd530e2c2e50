//! One source in, one `Document` out: front matter, headings, references, passages, words. Knows this one file only: not
//! whether a name exists, not what else the site has. Holds no HTML.

mod anchors;
mod body;
mod conflicts;
mod document;
mod front;
mod headings;
mod html;
mod limits;
mod lines;
mod markdown;
mod pictures;
mod places;
mod plain_text;
mod public;
mod repeated_title;
mod sanitiser;
mod target;
mod terms;
mod translated;
mod typed;

pub use anchors::is_reserved;
pub(crate) use body::ALL_RULES as BODY_RULES;
pub(crate) use body::EMBEDDED_TEXT;
pub use body::{BEGINNING, DEFINITION, SUMMARY};
pub use document::{
    Body, Context, Document, Heading, Mark, MarkKind, RawHtml, Reference, ReferenceKind, Scope, SectionScope, TagName,
};
pub(crate) use front::ALL_RULES as FRONT_RULES;
pub(crate) use front::NEEDLESS_SLUG;
pub use front::{
    ArchivedPage, ConceptFront, EVENT_ANCHOR, EVENT_KINDS, EssayFront, Event, Extra, Front, IncidentFront, LookAlike,
    PageFront, PatternFront, Relation, Series, SourceEntry, SourceKindWord, Statement, TimelineEntry, Times, event,
    nearest_events, old_address, readable_cues, shortest_name,
};
pub(crate) use headings::UNKNOWN_PATTERN;
pub use headings::unknown_pattern;
pub use html::{Filter, Item, Part, StartTag, in_set, inline, resolved, tokens};
pub(crate) use html::{HTML_LIMIT, IGNORED_ATTRIBUTES, IMPLIED_END, INLINE_SCRIPT, INLINE_STYLE, REMOVED_HTML};
pub(crate) use limits::PAGE_LIMIT;
pub use limits::allowance::Allowance;
pub use markdown::{Markdown, folded_label, is_quoted, options};
pub use pictures::{Shown, sized};
pub use places::destinations::{Destination, Form, destinations, unescaped};
pub use places::headings::{HeadingPlace, attribute_block, heading_places};
pub use plain_text::{Adds, LEFT_OUT, of_event, of_tag};
pub use public::Public;
pub use sanitiser::{SAFE_SCHEMES, sanitiser};
pub use target::{Named, Target, id_and_anchor};
pub use terms::Terms;

use crate::diagnostic::{Diagnostic, Rule, rules};
use crate::fields::{Fields, cut_texts, line_with, marked_line, yaml_fault};
use crate::load::Source;
use crate::model::{Hash, QuoteMarks, SourceKind, Span};
use crate::yaml::{self, Node};

rules! {
    FRONT_MATTER_OPEN = "front-matter-open", error fixed, "a front matter is never closed";
    NO_FRONT_MATTER = "no-front-matter", error fixed, "a text does not begin with front matter";
}

/// The rules of this module and the files beside it.
pub(crate) const ALL_RULES: &[&[&Rule]] = &[
    RULES,
    conflicts::RULES,
    headings::RULES,
    html::RULES,
    limits::RULES,
    pictures::RULES,
    repeated_title::RULES,
    terms::RULES,
    typed::RULES,
];

/// Keys of front matter whose texts are sentences or titles, which may hold a `#`.
const PROSE: [&str; 8] = ["title", "summary", "name", "definition", "impact", "text", "held", "disputes"];

/// The front matter with the quotation marks of a language in its titles and sentences.
fn quoted(node: Node, marks: Option<&QuoteMarks>) -> Node {
    let Some(marks) = marks else { return node };
    match node {
        Node::Map(map) => Node::Map(
            map.into_iter()
                .map(|(key, node)| {
                    let node = if PROSE.contains(&&*key) || SENTENCES.contains(&&*key) {
                        set(node, marks)
                    } else {
                        quoted(node, Some(marks))
                    };
                    (key, node)
                })
                .collect(),
        ),
        Node::List(list) => Node::List(list.into_iter().map(|node| quoted(node, Some(marks))).collect()),
        other => other,
    }
}

fn set(node: Node, marks: &QuoteMarks) -> Node {
    match node {
        Node::Text(text) => Node::Text(line_with(&text, Some(marks)).into_owned()),
        Node::List(list) => Node::List(list.into_iter().map(|node| set(node, marks)).collect()),
        other => quoted(other, Some(marks)),
    }
}

/// What is marked in titles and sentences below `node`, as plain words and as HTML.
fn marked(node: &Node, is_prose: bool, marks: Option<&QuoteMarks>, found: &mut Vec<(String, String)>) {
    match node {
        Node::Map(map) => {
            let is_key = |key: &str| PROSE.contains(&key) || SENTENCES.contains(&key);
            map.iter().for_each(|(key, node)| marked(node, is_key(key), marks, found));
        }
        Node::List(list) => list.iter().for_each(|node| marked(node, is_prose, marks, found)),
        Node::Text(text) if is_prose => {
            found.extend(marked_line(text, marks).map(|html| (line_with(text, marks).into_owned(), html)));
        }
        Node::Text(_) | Node::Typed(..) => {}
    }
}

/// Keys of patterns' sentences.
const SENTENCES: [&str; 3] = ["question", "questions", "difference"];

/// Reads `text`, the text of `source`. There is always a document: one whose front matter can't be read is a stub that keeps
/// its name, so that links to it are not called broken as well.
pub fn outline(source: &Source, text: &str) -> (Document, Vec<Diagnostic>) {
    let mut faults = Vec::new();
    let hash = Hash::of(text.as_bytes());
    let merge = conflicts::conflict(text);
    let is_in_front =
        merge.as_ref().is_some_and(|merge| yaml::front_matter(text).is_none_or(|parts| merge.start < parts.body));
    faults.extend(merge.map(|merge| conflicts::fault().at(&source.path, Span::from(merge))));
    if is_in_front {
        return (Document::stub(source, hash), faults);
    }
    let owner = format!("the front matter of {} {}", source.kind.article(), source.kind.noun());
    let mut marked_texts = Vec::new();
    let (front, body_start) = match yaml::split(text) {
        Err(yaml::Unclosed) => {
            faults.push(
                Diagnostic::new(FRONT_MATTER_OPEN, "the front matter is never closed")
                    .at(&source.path, Span::new(0, text.find('\n').unwrap_or(text.len())))
                    .help("end it with a line `---`"),
            );
            return (Document::stub(source, hash), faults);
        }
        Ok(None) if source.kind != SourceKind::Pattern => {
            faults.push(no_front_matter(source, text));
            return (Document::stub(source, hash), faults);
        }
        Ok(parts) => {
            let (range, body) = parts.map_or((0..0, bom(text)), |parts| (parts.yaml, parts.body));
            match yaml::parse(&text[range.clone()]) {
                Ok(node) => {
                    let marks = source.settings.quotes.as_deref();
                    let node = if source.embedded { translated::laid_over(node, source) } else { node };
                    marked(&node, false, marks, &mut marked_texts);
                    let node = quoted(node, marks);
                    faults.extend(cut_texts(&source.path, &text[range.clone()], range.start, &node, &PROSE));
                    let mut fields = Fields::top(&source.path, node, &owner, &mut faults);
                    let mut front = Front::read(source.kind, &source.id, &mut fields, &mut faults);
                    fields.finish_with(front::instead, &mut faults);
                    if let (Front::Pattern(own), Some(behind)) = (&mut front, pattern_behind(source)) {
                        own.fill_from(*behind);
                    }
                    (front, body)
                }
                Err(fault) => {
                    faults.push(yaml_fault(&source.path, range.start, "the front matter", fault));
                    return (Document::stub(source, hash), faults);
                }
            }
        }
    };
    let body = body::read(source, text, body_start, front.math(), &mut faults);
    faults.extend(repeated_title::repeated(source, text, body_start, front.title(), &body.headings));
    body::settle(source, &front, &mut faults);
    marked_texts.sort();
    marked_texts.dedup();
    (Document { marked: marked_texts, ..Document::new(source, hash, front, body) }, faults)
}

/// The fault of a file that does not begin with front matter. A pattern's need not: the program's own has it all.
fn no_front_matter(source: &Source, text: &str) -> Diagnostic {
    let fault = Diagnostic::new(NO_FRONT_MATTER, "the file does not begin with front matter");
    if text[bom(text)..].trim_start().starts_with("---") {
        return fault
            .at(&source.path, Span::new(0, 0))
            .help("its first line must be `---` and nothing else, with no empty line before it");
    }
    if text[bom(text)..].starts_with("+++") {
        return fault
            .at(&source.path, Span::new(bom(text), bom(text) + "+++".len()))
            .help("between `+++` stands TOML: `ninefold import hugo SOURCE`, or `zola`, brings in a whole site of it")
            .help("a single text: write it as YAML, lines of the form `key: value` between `---` and `---`");
    }
    let keys = match source.kind {
        SourceKind::Essay => "`title: …`, `date: …`",
        SourceKind::Concept => "`name: …`, `definition: …`",
        SourceKind::Incident | SourceKind::Page | SourceKind::Pattern => "`title: …`",
    };
    fault.in_file(&source.path).help(format!("begin it with these lines: `---`, {keys}, `---`"))
}

/// What the program says of a pattern that the site has a file of its own for.
fn pattern_behind(source: &Source) -> Option<Box<PatternFront>> {
    let text = source.behind.as_deref()?;
    let range = yaml::front_matter(text)?.yaml;
    let node = translated::laid_over(yaml::parse(&text[range]).ok()?, source);
    let mut faults = Vec::new();
    let mut fields = Fields::top(&source.path, node, "the pattern", &mut faults);
    match Front::read(SourceKind::Pattern, &source.id, &mut fields, &mut faults) {
        Front::Pattern(front) => Some(front),
        _ => None,
    }
}

fn bom(text: &str) -> usize {
    if text.starts_with('\u{feff}') { 3 } else { 0 }
}
