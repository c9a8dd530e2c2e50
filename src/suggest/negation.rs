//! What stands before a cue and turns it round: that it was not so, that it is to be prevented, that it only might be. Knows
//! words of English; knows no cue.

use super::words::Word;

/// How a sentence takes words that match a cue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sense {
    /// It was so.
    Said,
    /// It was not so.
    Denied,
    /// It might be so, or is to be prevented.
    Supposed,
}

/// How many words before a cue are looked at.
const REACH: usize = 4;

const NEGATORS: [&str; 12] =
    ["no", "not", "never", "without", "neither", "nor", "none", "cannot", "hardly", "nothing", "nobody", "zero"];
/// After a negator, what makes it none: `not only`, `no longer`.
const NO_NEGATION: [&str; 8] = ["only", "just", "merely", "longer", "doubt", "simply", "sooner", "least"];
/// Stems of what is done against something.
const AGAINST: [&str; 13] = [
    "prevent", "avoid", "protect", "guard", "mitig", "reduc", "elimin", "against", "minim", "stop", "lessen", "fix",
    "limit",
];
/// Stems of what turns that round once more: `failed to prevent`.
const IN_VAIN: [&str; 4] = ["fail", "unabl", "insuffici", "inadequ"];
/// What makes a sentence one about what might be.
const MODAL: [&str; 14] = [
    "would",
    "could",
    "should",
    "may",
    "might",
    "will",
    "if",
    "unless",
    "plan",
    "plans",
    "planned",
    "future",
    "potential",
    "potentially",
];

/// In which sense the words from `start` to `end` stand in their sentence, whose text is `text`.
pub fn sense(text: &str, words: &[Word<'_>], start: usize, end: usize) -> Sense {
    let mut at = start;
    let mut is_against = false;
    while at > 0 && start - at < REACH && !is_parted(text, &words[at - 1], &words[at]) {
        at -= 1;
        let word = &words[at];
        if is_against && (is_negator(word) || IN_VAIN.contains(&&*word.stem)) {
            return Sense::Said;
        }
        if is_negator(word) && words.get(at + 1).is_none_or(|next| !NO_NEGATION.contains(&&*next.folded)) {
            return Sense::Denied;
        }
        is_against |= AGAINST.contains(&&*word.stem);
    }
    // Of those in the past, `could not` tells of what was.
    let is_modal = |at: usize| {
        MODAL.contains(&&*words[at].folded)
            && !(words[at].folded == "could" && words.get(at + 1).is_some_and(|next| next.folded == "not"))
    };
    if is_against || (0..start).chain(end..words.len()).any(is_modal) { Sense::Supposed } else { Sense::Said }
}

/// Whether the word turns round what follows it.
pub fn is_negator(word: &Word<'_>) -> bool {
    NEGATORS.contains(&&*word.folded) || word.folded.ends_with("n't")
}

/// Whether a new part of the sentence begins between two words.
fn is_parted(text: &str, before: &Word<'_>, after: &Word<'_>) -> bool {
    const CONJUNCTIONS: [&str; 6] = ["and", "but", "which", "that", "so", "then"];
    CONJUNCTIONS.contains(&&*before.folded)
        || text[before.range.end..after.range.start].contains([',', ';', ':', '(', ')', '\u{2014}', '\u{2013}'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::suggest::words::Words;

    #[test]
    fn the_words_before_a_cue_decide() {
        for (text, expected) in [
            ("the failure cascaded", Sense::Said),
            ("the failure did not cascade", Sense::Denied),
            ("the failure didn\u{2019}t ever cascade", Sense::Denied),
            ("there was no real cascade", Sense::Denied),
            ("it did not only cascade", Sense::Said),
            ("it no longer cascaded", Sense::Said),
            ("nothing was wrong, and then it cascaded", Sense::Said),
            ("it could not hold and cascaded", Sense::Said),
            ("to prevent a cascade they waited", Sense::Supposed),
            ("the limit failed to prevent a cascade", Sense::Said),
            ("the limit did not prevent a cascade", Sense::Said),
            ("a cascade could follow", Sense::Supposed),
        ] {
            let words = Words::new();
            let words = words.of(text);
            let at = words.iter().position(|word| word.stem.starts_with("cascad")).expect("the cue");
            assert_eq!(sense(text, &words, at, at + 1), expected, "{text}");
        }
    }
}
