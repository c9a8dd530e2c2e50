//! Which part of a document is meant where another quotes it by reference. Knows one document; reads no source.

use crate::outline::Document;
use crate::site::view::QuotedPart;

/// The part of `document` that `anchor` names; none where it names something else, such as an element of HTML.
pub(in crate::site) fn part_of(document: &Document, anchor: Option<&str>) -> Option<QuotedPart> {
    let Some(anchor) = anchor else {
        let is_empty = document.body.words == 0 && document.body.references.is_empty();
        return (!is_empty).then_some(QuotedPart::Whole);
    };
    if let Some(n) = document.body.headings.iter().position(|heading| heading.id == anchor) {
        return Some(QuotedPart::Section(n));
    }
    if anchor.starts_with('^') {
        return Some(QuotedPart::Named(anchor.to_owned()));
    }
    let mark = document.body.marks.iter().find(|mark| mark.anchor == anchor)?;
    Some(QuotedPart::Around(mark.span.range().start))
}
