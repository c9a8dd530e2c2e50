//! Gives every heading and passage an id of its own. Knows no HTML.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{first_words, slug};

/// Whether an id or class begins as those of the theme's own parts do.
pub fn is_reserved(name: &str) -> bool {
    name.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("nf-"))
}

/// Ids given out so far in one page.
#[derive(Default)]
pub struct Anchors {
    taken: BTreeSet<String>,
    /// The last number given to each base.
    numbers: BTreeMap<String, usize>,
}

impl Anchors {
    /// Takes an id the author wrote; false if it is taken already.
    pub fn take(&mut self, id: &str) -> bool {
        self.taken.insert(id.to_owned())
    }

    /// An id made of a heading's words; a number follows where the words came before.
    pub fn for_heading(&mut self, text: &str) -> String {
        let base = match slug(text) {
            slug if slug.is_empty() => "section".to_owned(),
            slug if is_reserved(&slug) => format!("section-{slug}"),
            slug => slug,
        };
        self.numbered(&base)
    }

    fn numbered(&mut self, base: &str) -> String {
        if self.taken.insert(base.to_owned()) {
            return base.to_owned();
        }
        let n = self.numbers.entry(base.to_owned()).or_insert(1);
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
    use super::Anchors;

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
    fn headings_get_numbers_and_never_an_id_of_the_theme() {
        let mut anchors = Anchors::default();
        assert!(anchors.take("limits"));
        assert!(!anchors.take("limits"));
        assert_eq!(anchors.for_heading("Limits"), "limits-2");
        assert_eq!(anchors.for_heading("!?"), "section");
        assert_eq!(anchors.for_heading("NF main"), "section-nf-main");
    }
}
