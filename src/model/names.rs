//! "Did you mean": the nearest of the known names. Knows spelling, not what the names stand for.

/// Longer words are compared with nothing: the time for two grows with the product of their lengths.
const MAX_BYTES: usize = 400;

/// The candidate nearest to `word`, if one is near enough to be worth showing. Ties go to the first in order.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if word.len() > MAX_BYTES {
        return None;
    }
    let word = word.to_lowercase();
    let length = word.chars().count();
    let mut best: Option<(f64, &str)> = None;
    for candidate in candidates.into_iter().filter(|candidate| candidate.len() <= MAX_BYTES) {
        let score = strsim::jaro_winkler(&word, candidate);
        let edits = strsim::damerau_levenshtein(&word, candidate);
        // One letter for another is no slip when there is only one.
        let near = score >= 0.88 || (edits <= 1.max(length / 4) && edits < length);
        if near && best.is_none_or(|(top, _)| score > top) {
            best = Some((score, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::nearest;
    use crate::model::Pattern;

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
