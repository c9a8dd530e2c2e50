//! Gives every heading and passage an id of its own. Knows no HTML.

use std::collections::{BTreeMap, BTreeSet};

use unicode_normalization::char::is_combining_mark;

use crate::model::{HeadingIds, first_words, nfc, slug};

/// Whether an id or class begins as those of the theme's own parts do.
pub fn is_reserved(name: &str) -> bool {
    name.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("nf-"))
}

/// Ids given out so far in one page.
#[derive(Default)]
pub struct Anchors {
    /// By which rule those of headings are made.
    rule: HeadingIds,
    taken: BTreeSet<String>,
    /// The last number given to each base.
    numbers: BTreeMap<String, usize>,
}

/// The longest id that is made of a heading's words by GitHub's rule, in bytes: far more than a heading has.
const MAX_GITHUB_ID: usize = 1_000;

/// The words of a heading as GitHub makes an id of them: letters, digits, marks and low lines in lower case, and dashes for
/// spaces (github.com/gjtorikian/html-pipeline, `TableOfContentsFilter`).
fn github_id(text: &str) -> String {
    let letter = |c: char| match c {
        ' ' => Some('-'),
        '-' | '_' => Some(c),
        c => (c.is_alphanumeric() || is_combining_mark(c)).then_some(c),
    };
    let lower = nfc(text.trim()).to_lowercase();
    let mut id = String::with_capacity(lower.len());
    for c in lower.chars().filter_map(letter) {
        if id.len() + c.len_utf8() > MAX_GITHUB_ID {
            break;
        }
        id.push(c);
    }
    id
}

impl Anchors {
    /// None given out yet; those of headings are made by `rule`.
    pub fn by(rule: HeadingIds) -> Self {
        Self { rule, ..Self::default() }
    }

    /// Takes an id the author wrote; false if it is taken already.
    pub fn take(&mut self, id: &str) -> bool {
        self.taken.insert(id.to_owned())
    }

    /// An id made of a heading's words; a number follows where the words came before.
    pub fn for_heading(&mut self, text: &str) -> String {
        let (id, first) = match self.rule {
            HeadingIds::Plain => (slug(text), 2),
            HeadingIds::Github => (github_id(text), 1),
        };
        let base = match id {
            id if id.is_empty() => "section".to_owned(),
            id if is_reserved(&id) => format!("section-{id}"),
            id => id,
        };
        self.numbered_from(&base, first)
    }

    fn numbered(&mut self, base: &str) -> String {
        self.numbered_from(base, 2)
    }

    /// `base`, or with a number from `first` up where that is taken.
    fn numbered_from(&mut self, base: &str, first: usize) -> String {
        if self.taken.insert(base.to_owned()) {
            return base.to_owned();
        }
        let n = self.numbers.entry(base.to_owned()).or_insert(first - 1);
        loop {
            *n += 1;
            let id = format!("{base}-{n}");
            if self.taken.insert(id.clone()) {
                return id;
            }
        }
    }

    /// Ids for passages, from their marked words and their blocks. The same words marked twice take the first four words of
    /// their block as well, so that the order in which they stand does not matter; a number is the last resort.
    pub fn for_passages(&mut self, passages: &[(String, String)]) -> Vec<String> {
        let short = |words: &str| match slug(words) {
            slug if slug.is_empty() => "passage".to_owned(),
            slug => format!("passage-{slug}"),
        };
        let passages: Vec<(String, String)> =
            passages.iter().map(|(words, block)| (short(words), block.clone())).collect();
        self.distinct(&passages)
    }

    /// Ids of which each is short where no other has the same, and else has the first four words of its text as well. One that
    /// is empty has the words alone.
    pub fn distinct(&mut self, ids: &[(String, String)]) -> Vec<String> {
        let mut count: BTreeMap<&str, usize> = BTreeMap::new();
        for (short, _) in ids {
            *count.entry(short).or_default() += 1;
        }
        ids.iter()
            .map(|(short, text)| {
                if count[short.as_str()] == 1 && !short.is_empty() {
                    return self.numbered(short);
                }
                let long = format!("{short}-{}", slug(&first_words(text, 4)));
                match long.trim_matches('-') {
                    "" => self.numbered("unnamed"),
                    long => self.numbered(long),
                }
            })
            .collect()
    }

    /// All ids, sorted.
    pub fn into_sorted(self) -> Vec<String> {
        self.taken.into_iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passages_keep_their_ids_whatever_stands_before_them() {
        let pair = |words: &str, block: &str| (words.to_owned(), block.to_owned());
        let ids = |pairs: &[(String, String)]| Anchors::default().for_passages(pairs);
        let (a, b) = (pair("ran out", "They ran out of ports on Monday"), pair("ran out", "Then memory ran out too"));
        assert_eq!(ids(std::slice::from_ref(&a)), ["passage-ran-out"]);
        assert_eq!(
            ids(&[a.clone(), b.clone()]),
            ["passage-ran-out-they-ran-out-of", "passage-ran-out-then-memory-ran-out"]
        );
        assert_eq!(ids(&[b, a.clone()]), ["passage-ran-out-then-memory-ran-out", "passage-ran-out-they-ran-out-of"]);
        assert_eq!(ids(&[a.clone(), a])[1], "passage-ran-out-they-ran-out-of-2");
    }

    #[test]
    fn by_the_rule_of_github_letters_stay_and_nothing_is_cut() {
        let long = "A heading of many words ".repeat(8);
        let mut anchors = Anchors::by(HeadingIds::Github);
        assert!(anchors.take("own"));
        for (text, id) in [
            ("What's new in 2.0?", "whats-new-in-20"),
            ("A & B", "a--b"),
            ("snake_case – dash", "snake_case--dash"),
            ("Über uns", "über-uns"),
            ("日本語 です", "日本語-です"),
            ("own", "own-1"),
            ("own", "own-2"),
            ("!?", "section"),
            ("nf-main", "section-nf-main"),
            (long.as_str(), long.trim().to_lowercase().replace(' ', "-").as_str()),
        ] {
            assert_eq!(anchors.for_heading(text), id, "{text}");
        }
        assert_eq!(anchors.for_heading(&"x".repeat(MAX_GITHUB_ID + 1)).len(), MAX_GITHUB_ID);
    }

    #[test]
    fn headings_get_numbers_and_never_an_id_of_the_theme() {
        let mut anchors = Anchors::default();
        assert!(anchors.take("limits"));
        assert!(!anchors.take("limits"));
        assert_eq!(anchors.for_heading("Limits"), "limits-2");
        assert_eq!(anchors.for_heading("!?"), "section");
        assert_eq!(anchors.for_heading("NF main"), "section-nf-main");
    }
}
