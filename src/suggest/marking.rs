//! What has to change in a text so that it says what it shows: links around words, tags in the front matter. Knows texts and
//! edits; writes no file.

use crate::diagnostic::{Edit, edited};
use crate::model::Span;
use crate::outline::TagName;
use crate::yaml;

use super::prose::blocks;
use super::{CueKind, Evidence, Sense, Shown, Suggestion};

/// The edits that mark a passage for each of `suggestions` and name it in the front matter, and how many of them can be
/// marked: one whose words can bear no link is left, its tag too.
pub fn edits(text: &str, math: bool, suggestions: &[&Suggestion]) -> (Vec<Edit>, usize) {
    let Some(front) = yaml::front_matter(text) else { return (Vec::new(), 0) };
    let mut edits: Vec<Edit> = Vec::new();
    let before = &text[front.yaml.clone()];
    let mut tags = before.to_owned();
    let unmarked = read(text, front.body, math);
    let reads_as_before = |text: &str| read(text, front.body, math) == unmarked;
    for suggestion in suggestions {
        let Some(mark) = mark(text, suggestion, &edits, reads_as_before) else { continue };
        edits.push(mark);
        if let Some(tag) = tag(&tags, suggestion) {
            tags = edited(&tags, [&tag]).0;
        }
    }
    let marked = edits.len();
    if tags != before {
        edits.push(Edit { span: front.yaml.into(), text: tags });
    }
    (edits, marked)
}

/// The edits that mark the words at `span` as a passage of what they show; none where they can bear no link.
pub fn passage(text: &str, math: bool, shown: &Shown, span: Span) -> Vec<Edit> {
    let words = text.get(span.range()).unwrap_or_default().to_owned();
    let evidence = Evidence {
        words: 0..words.len(),
        sentence: words,
        cue: String::new(),
        kind: CueKind::Name,
        sense: Sense::Said,
        weight: 0,
        span: Some(span),
        linkable: Some(span),
    };
    let title = String::new();
    let suggestion = Suggestion { shown: shown.clone(), title, is_refused: false, score: 0, evidence: vec![evidence] };
    edits(text, math, &[&suggestion]).0
}

/// A link around the words of the first sentence that can bear it, beside those that others have: the text must read as
/// before with all of them.
fn mark(text: &str, suggestion: &Suggestion, others: &[Edit], reads_as_before: impl Fn(&str) -> bool) -> Option<Edit> {
    let is_free = |span: &Span| others.iter().all(|other| span.end <= other.span.start || other.span.end <= span.start);
    let not = if suggestion.is_refused { "?not" } else { "" };
    let spans = suggestion.evidence.iter().filter_map(|evidence| evidence.linkable).filter(is_free);
    let edits = spans.filter_map(|span| {
        let words = text.get(span.range()).filter(|words| !words.contains(['[', ']']))?;
        Some(Edit { span, text: format!("[{words}]({}:{}{not})", suggestion.shown.kind(), suggestion.shown.id()) })
    });
    edits.take(MOST_TRIED).find(|edit| {
        let (after, count) = edited(text, others.iter().chain([edit]));
        count > others.len() && reads_as_before(&after)
    })
}

/// How many sentences are tried for one suggestion.
const MOST_TRIED: usize = 8;

/// The body as it is read.
fn read(text: &str, body: usize, math: bool) -> Vec<String> {
    blocks(text, body, math).into_iter().map(|block| block.text).collect()
}

/// What names it in the YAML of the front matter. None where it is refused, which adds no tag, where it is named already, and
/// where no list can be found that it could stand in.
fn tag(yaml: &str, suggestion: &Suggestion) -> Option<Edit> {
    if suggestion.is_refused {
        return None;
    }
    let key = match &suggestion.shown {
        Shown::Tag(TagName::Pattern(_)) => "patterns",
        Shown::Tag(TagName::Concept(_)) => "concepts",
        Shown::Incident(_) => "incidents",
    };
    let (range, text) = yaml::with_item(yaml, key, suggestion.shown.id())?;
    Some(Edit { span: range.into(), text })
}
