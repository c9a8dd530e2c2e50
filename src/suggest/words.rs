//! The words of a text as cues are compared with them: folded, and without inflection. Knows no cue.

use std::borrow::Cow;
use std::ops::Range;

use pagefind_stem::{Algorithm, Stemmer};

/// A word and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word<'t> {
    /// Bytes of the text.
    pub range: Range<usize>,
    /// As written.
    pub written: &'t str,
    /// In lower case, with straight apostrophes and without a possessive.
    pub folded: Cow<'t, str>,
    /// `folded` without its inflection.
    pub stem: Cow<'t, str>,
}

/// Finds words and their stems by the rules of English.
pub struct Words(Stemmer);

impl Words {
    pub fn new() -> Self {
        Self(Stemmer::create(Algorithm::English))
    }

    /// The words of `text`: runs of letters, digits and underscores, with the apostrophes inside them. A hyphen parts words, so
    /// that `on-call` and `on call` are the same two.
    pub fn of<'t>(&self, text: &'t str) -> Vec<Word<'t>> {
        let mut words = Vec::with_capacity(text.len() / 6);
        let mut rest = 0;
        while let Some(begin) = text[rest..].find(is_of_word) {
            let start = rest + begin;
            let end = end_of_word(text, start);
            words.push(self.word(text, start..end));
            rest = end;
        }
        words
    }

    fn word<'t>(&self, text: &'t str, range: Range<usize>) -> Word<'t> {
        let written = &text[range.clone()];
        let folded = folded(written);
        let stem = match &folded {
            Cow::Borrowed(folded) => self.0.stem(folded),
            Cow::Owned(folded) => Cow::Owned(self.0.stem(folded).into_owned()),
        };
        Word { range, written, folded, stem }
    }
}

fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn end_of_word(text: &str, start: usize) -> usize {
    let mut chars = text[start..].char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let is_inside = is_apostrophe(c) && chars.peek().is_some_and(|(_, next)| next.is_alphabetic());
        if !is_of_word(c) && !is_inside {
            return start + at;
        }
    }
    text.len()
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}')
}

fn folded(written: &str) -> Cow<'_, str> {
    let bare = written.strip_suffix("'s").or_else(|| written.strip_suffix("\u{2019}s")).unwrap_or(written);
    if bare.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()) {
        return Cow::Borrowed(bare);
    }
    Cow::Owned(bare.replace('\u{2019}', "'").to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::Words;

    #[test]
    fn words_are_compared_without_case_apostrophes_and_inflection() {
        let text = "The replicas\u{2019} queue wasn\u{2019}t deepening; Moira's on-call TIME_WAIT, 3 overloads.";
        let words = Words::new();
        let found: Vec<String> = words.of(text).iter().map(|word| format!("{}={}", word.folded, word.stem)).collect();
        assert_eq!(
            found.join(" "),
            "the=the replicas=replica queue=queue wasn't=wasn't deepening=deepen moira=moira on=on call=call \
             time_wait=time_wait 3=3 overloads=overload"
        );
        assert!(words.of("").is_empty() && words.of("\u{2014} \u{2019} !").is_empty());
    }
}
