//! What a text of the site shows and does not say yet. Knows one document; decides nothing of what its words show.

use std::collections::BTreeSet;

use crate::outline::Document;

use super::{Shown, Suggestion, Text, Vocabulary, suggestions};

/// Kinds and ids.
pub type Named = BTreeSet<(&'static str, String)>;

/// What `text`, that of `document`, shows: what no passage of it is marked with, and incidents that it does not name.
pub fn unmarked(document: &Document, text: &str, vocabulary: &Vocabulary) -> Vec<Suggestion> {
    let summary = document.front.summary().unwrap_or_default();
    let of = Text { text, math: document.front.math(), title: document.title(), summary };
    let (passages, tagged) = (passages(document), tagged(document));
    let is_in = |named: &Named, one: &Suggestion| named.contains(&(one.shown.kind(), one.shown.id().to_owned()));
    let mut suggestions = suggestions(of, vocabulary);
    suggestions.retain(|one| !is_in(&passages, one));
    suggestions.retain(|one| !matches!(one.shown, Shown::Incident(_)) || !is_in(&tagged, one));
    suggestions
}

/// What a passage of the document shows.
fn passages(document: &Document) -> Named {
    let shown = document.body.marks.iter().map(|mark| Shown::Tag(mark.tag.clone()));
    shown.map(|shown| (shown.kind(), shown.id().to_owned())).collect()
}

/// What the front matter of the document names.
pub fn tagged(document: &Document) -> Named {
    let kinds = ["pattern", "concept", "incident"];
    let named = kinds.into_iter().zip(document.tags());
    named.flat_map(|(kind, tags)| tags.iter().map(move |tag| (kind, tag.value.clone()))).collect()
}
