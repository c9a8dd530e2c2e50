//! "Did you mean": the nearest of the known names. Knows spelling, not what the names stand for.

/// Longer words are compared with nothing: the time for two grows with the product of their lengths.
const MAX_BYTES: usize = 400;

/// The candidate nearest to `word`, if one is near enough to be worth showing. Ties go to the first in order.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if word.len() > MAX_BYTES {
        return None;
    }
    let word = word.to_lowercase();
    let letters = Letters::of(&word);
    let mut best: Option<(f64, &str)> = None;
    for candidate in candidates.into_iter().filter(|candidate| candidate.len() <= MAX_BYTES) {
        let others = Letters::of(candidate);
        let (most, least) = (letters.greatest_likeness(&others), letters.fewest_edits(&others));
        let few = letters.few_edits();
        if most < LIKE && least > few {
            continue;
        }
        let score = strsim::jaro_winkler(&word, candidate);
        let is_near = score >= LIKE
            || least <= few && {
                let edits = strsim::damerau_levenshtein(&word, candidate);
                // One letter for another is no slip when there is only one.
                edits <= few && edits < letters.count
            };
        if is_near && best.is_none_or(|(top, _)| score > top) {
            best = Some((score, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// The least likeness that is near, from 0 to 1 as Jaro and Winkler measure it.
const LIKE: f64 = 0.88;
/// What Winkler adds at most for a common beginning, of what is missing to 1.
const BEGINNING: f64 = 0.4;

/// How often each letter stands in a word: what two words have in common at most. To measure two words takes a thousand times
/// as long.
struct Letters {
    count: usize,
    /// By the last bits of the letter.
    by_letter: [u16; 32],
}

impl Letters {
    fn of(word: &str) -> Self {
        let mut letters = Self { count: 0, by_letter: [0; 32] };
        for c in word.chars() {
            letters.count += 1;
            letters.by_letter[c as usize % 32] += 1;
        }
        letters
    }

    fn in_common(&self, other: &Self) -> usize {
        self.by_letter.iter().zip(&other.by_letter).map(|(a, b)| usize::from(*a.min(b))).sum()
    }

    /// Edits that make a slip of a word this long.
    fn few_edits(&self) -> usize {
        1.max(self.count / 4)
    }

    /// No fewer can make one word the other.
    fn fewest_edits(&self, other: &Self) -> usize {
        self.count.max(other.count) - self.in_common(other)
    }

    /// The two are no more alike.
    fn greatest_likeness(&self, other: &Self) -> f64 {
        if self.count == 0 || other.count == 0 {
            return 1.0;
        }
        let common = self.in_common(other) as f64;
        let likeness = (common / self.count as f64 + common / other.count as f64 + 1.0) / 3.0;
        likeness + BEGINNING * (1.0 - likeness)
    }
}

#[cfg(test)]
mod tests {
    use super::nearest;
    use crate::model::Pattern;

    /// What is measured without a look at the letters first.
    fn by_measure(word: &str, candidates: &[&'static str]) -> Option<&'static str> {
        let length = word.chars().count();
        let mut best: Option<(f64, &str)> = None;
        for candidate in candidates {
            let score = strsim::jaro_winkler(word, candidate);
            let edits = strsim::damerau_levenshtein(word, candidate);
            let near = score >= 0.88 || (edits <= 1.max(length / 4) && edits < length);
            if near && best.is_none_or(|(top, _)| score > top) {
                best = Some((score, candidate));
            }
        }
        best.map(|(_, candidate)| candidate)
    }

    #[test]
    fn what_is_not_measured_is_not_near() {
        let names = [
            "limits-of-growth",
            "grow-fast",
            "out-of-ports",
            "ports",
            "saturation",
            "saturations",
            "lag",
            "flag",
            "a",
            "ab",
            "ba",
            "retry-storms",
            "storms-of-retries",
            "dns",
            "the-queue-that-was-never-empty",
            "queue",
            "que",
            "caf\u{e9}",
            "cafe",
        ];
        for word in names.iter().flat_map(|name| {
            let turned: String = name.chars().rev().collect();
            [
                name.to_string(),
                name.replace('s', ""),
                format!("{name}s"),
                name.replacen('t', "e", 1),
                turned,
                name.replace('-', "_"),
            ]
        }) {
            assert_eq!(nearest(&word, names), by_measure(&word, &names), "{word}");
        }
    }

    #[test]
    fn a_slip_finds_its_name_and_a_stranger_finds_none() {
        let ids = || Pattern::ALL.map(Pattern::id);
        for (word, expected) in [
            ("cascade", Some("cascades")),
            ("cascdes", Some("cascades")),
            ("Lag", Some("lag")),
            ("surprise", Some("surprises")),
            ("saturated", Some("saturation")),
            ("entropy", None),
            ("x", None),
        ] {
            assert_eq!(nearest(word, ids()), expected, "{word}");
        }
    }
}
