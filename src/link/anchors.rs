//! Which place of a page an anchor means, however its heading is spelt there. Knows headings and ids; resolves no document.

use std::borrow::Cow;

use crate::model::{nfc, slug};
use crate::outline::{Document, Heading};

/// What a browser takes for the page's beginning where no element has this id (HTML, "Scrolling to a fragment").
const TOP: &str = "top";
/// What follows is for the browser alone: words to look for (WICG, "URL Fragment Text Directives").
const DIRECTIVE: &str = ":~:";

/// An id up to this many bytes may be meant by fewer; of a longer one a link has to say part of it, since each link that means
/// it holds all of it.
const LONG_ID: usize = 80;
const MOST_TIMES: usize = 2;

/// The anchor `written` as the page of `target` has it; none if nothing there is meant by it. Besides ids, which come first,
/// that is a heading by its words, as in Obsidian, or by the id that GitHub, kramdown, Hugo or Zola make of them.
pub fn find<'a>(target: &'a Document, written: &'a str) -> Option<Cow<'a, str>> {
    if let Some((place, directive)) = written.split_once(DIRECTIVE) {
        let place = if place.is_empty() { Cow::Borrowed("") } else { find(target, place)? };
        return Some(Cow::Owned([&*place, DIRECTIVE, directive].concat()));
    }
    let is_id = |id: &str| target.body.anchors.binary_search_by(|known| known.as_str().cmp(id)).is_ok();
    if target.stub || is_id(written) || written.eq_ignore_ascii_case(TOP) {
        return Some(Cow::Borrowed(written));
    }
    // A heading below a heading, each by its words.
    let last = written.rsplit('#').next().unwrap_or(written);
    let found = by_words(&target.body.headings, last)?;
    let is_bounded = found.id.len() <= LONG_ID || found.id.len() <= written.len().saturating_mul(MOST_TIMES);
    is_bounded.then_some(Cow::Borrowed(found.id.as_str()))
}

fn by_words<'a>(headings: &'a [Heading], written: &str) -> Option<&'a Heading> {
    let wanted = letters(written);
    if wanted.is_empty() {
        return None;
    }
    let spelt = |heading: &&Heading| {
        let text = letters(&heading.text);
        // kramdown leaves out what stands before the first letter.
        wanted == text || wanted == text.trim_start_matches(char::is_numeric)
    };
    let with_id = || headings.iter().find(|heading| heading.id.eq_ignore_ascii_case(written));
    let transliterated = || headings.iter().find(|heading| slug(&heading.text) == slug(written));
    let numbered = || {
        // The second heading of the same words has the number 1 there.
        let (words, n) = written.rsplit_once('-')?;
        let (words, n) = (letters(words), n.parse::<usize>().ok().filter(|n| *n > 0)?);
        headings.iter().filter(|heading| letters(&heading.text) == words).nth(n)
    };
    headings.iter().find(spelt).or_else(with_id).or_else(numbered).or_else(transliterated)
}

/// Letters and digits alone, in lower case: in what stands between them the ways of spelling differ.
fn letters(text: &str) -> String {
    nfc(text).chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
