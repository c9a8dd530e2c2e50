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
/// The most words of an aside between commas, and of an item of a list.
const ASIDE: usize = 3;

const NEGATORS: [&str; 13] = [
    "no", "not", "never", "without", "neither", "nor", "none", "cannot", "hardly", "nothing", "nobody", "zero",
    "nowhere",
];
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
const MODAL: [&str; 15] = [
    "can",
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

/// Stems of noticing and knowing: what was not noticed was there.
const NOTICING: [&str; 28] = [
    "notic",
    "see",
    "saw",
    "seen",
    "know",
    "known",
    "show",
    "shown",
    "catch",
    "caught",
    "cover",
    "alert",
    "watch",
    "detect",
    "find",
    "found",
    "expect",
    "anticip",
    "understand",
    "realis",
    "realiz",
    "clear",
    "warn",
    "monitor",
    "test",
    "page",
    "until",
    "befor",
];
const QUESTIONS: [&str; 2] = ["why", "how"];
/// What can stand between a cue and its denial: `lag was not`, `a cascade did not`.
const AUXILIARIES: [&str; 9] = ["was", "were", "is", "are", "did", "does", "has", "had", "been"];
/// Stems of what came to nothing: `a cascade was avoided`.
const CAME_TO_NOTHING: [&str; 4] = ["prevent", "avoid", "avert", "absent"];

/// In which sense the words from `start` to `end` stand in their sentence, whose text is `text`.
pub fn sense(text: &str, words: &[Word<'_>], start: usize, end: usize) -> Sense {
    let denied = before(text, words, start).or_else(|| in_list(text, words, start, end));
    denied.or_else(|| after(text, words, end)).unwrap_or_else(|| {
        // What another part of the sentence says of the future says nothing of a cue before it.
        let clause = (end..words.len()).find(|at| *at > 0 && is_parted(text, &words[at - 1], &words[*at]));
        let mut others = (0..start).chain(end..clause.unwrap_or(words.len()));
        if others.any(|at| is_modal(words, at)) { Sense::Supposed } else { Sense::Said }
    })
}

/// What the words before a cue say of it, from the nearest on.
fn before(text: &str, words: &[Word<'_>], start: usize) -> Option<Sense> {
    let mut at = start;
    let mut begin = start;
    let (mut is_against, mut is_noticed) = (false, false);
    while at > 0 && begin - at < REACH {
        if is_parted(text, &words[at - 1], &words[at]) {
            // `did not, however, cascade`: the aside is passed over.
            match aside_before(text, words, at).filter(|negator| is_negator(&words[*negator])) {
                Some(negator) => (at, begin) = (negator + 1, negator + 1),
                None => break,
            }
        }
        at -= 1;
        let word = &words[at];
        let is_in_vain = IN_VAIN.contains(&&*word.stem);
        if is_against && (is_negator(word) || is_in_vain) {
            return Some(Sense::Said);
        }
        if is_negator(word) && words.get(at + 1).is_none_or(|next| !NO_NEGATION.contains(&&*next.folded)) {
            return Some(if is_noticed { Sense::Supposed } else { Sense::Denied });
        }
        // `failed to cascade`, `far from exhausted`.
        let next = words.get(at + 1).map_or("", |next| &*next.folded);
        if (is_in_vain && next == "to" && at + 2 == start) || (word.folded == "far" && next == "from") {
            return Some(Sense::Denied);
        }
        is_against |= AGAINST.contains(&&*word.stem);
        is_noticed |= NOTICING.contains(&&*word.stem) || QUESTIONS.contains(&&*word.folded);
    }
    is_against.then_some(Sense::Supposed)
}

/// The word before the aside between commas that ends before the word `at`.
fn aside_before(text: &str, words: &[Word<'_>], at: usize) -> Option<usize> {
    let is_comma = |n: usize| comma_between(text, &words[n - 1], &words[n]);
    (at > 0 && is_comma(at)).then(|| (1..at).rev().take(ASIDE).find(|n| is_comma(*n)))?.map(|n| n - 1)
}

/// The word after the aside between commas that begins with the word `at`.
fn after_aside(text: &str, words: &[Word<'_>], at: usize) -> Option<usize> {
    let is_comma = |n: usize| n < words.len() && comma_between(text, &words[n - 1], &words[n]);
    (at > 0 && is_comma(at)).then(|| (at + 1..=at + ASIDE).find(|n| is_comma(*n)))?
}

/// What is denied of all that is named with commas and an `or`: `no congestion, saturation or lag`.
fn in_list(text: &str, words: &[Word<'_>], start: usize, end: usize) -> Option<Sense> {
    let is_or = |n: usize| matches!(&*words[n].folded, "or" | "nor");
    // How far an item may reach from a comma or an `or` on.
    let is_joint = |n: usize| n > 0 && n < words.len() && (comma_between(text, &words[n - 1], &words[n]) || is_or(n));
    let stops = |n: usize| n > 0 && n < words.len() && !is_joint(n) && is_parted(text, &words[n - 1], &words[n]);
    let (mut has_or, mut length) = (false, 0);
    for n in end..words.len() {
        length = if is_joint(n) { 0 } else { length + 1 };
        has_or |= is_or(n);
        if has_or || stops(n) || length > ASIDE {
            break;
        }
    }
    let (mut has_joint, mut length) = (false, 0);
    let mut is_noticed = false;
    for n in (0..start).rev() {
        if stops(n + 1) || length > ASIDE {
            return None;
        }
        if is_joint(n + 1) {
            (has_joint, length) = (true, 0);
        }
        has_or |= is_or(n);
        if is_negator(&words[n]) && !NO_NEGATION.contains(&&*words[n + 1].folded) {
            let sense = if is_noticed { Sense::Supposed } else { Sense::Denied };
            return (has_or && has_joint).then_some(sense);
        }
        is_noticed |= NOTICING.contains(&&*words[n].stem);
        length += 1;
    }
    None
}

/// What the words right after a cue say of it.
fn after(text: &str, words: &[Word<'_>], end: usize) -> Option<Sense> {
    let last = words.get(end.checked_sub(1)?)?;
    let next = words.get(end)?;
    let end = match after_aside(text, words, end) {
        Some(after) => after,
        None if is_parted(text, last, next) => return None,
        None => end,
    };
    let next = words.get(end)?;
    let at = if AUXILIARIES.contains(&&*next.folded) { end + 1 } else { end };
    let word = words.get(at)?;
    let is_of = |stems: &[&str], at: usize| words.get(at).is_some_and(|word| stems.contains(&&*word.stem));
    if is_negator(word) && !words.get(at + 1).is_some_and(|next| NO_NEGATION.contains(&&*next.folded)) {
        return Some(if is_of(&NOTICING, at + 1) { Sense::Supposed } else { Sense::Denied });
    }
    (at > end && is_of(&CAME_TO_NOTHING, at)).then_some(Sense::Denied)
}

/// Whether it makes the sentence one about what might be. Of those in the past, `could not` tells of what was.
fn is_modal(words: &[Word<'_>], at: usize) -> bool {
    (MODAL.contains(&&*words[at].folded) || words[at].folded.ends_with("'ll"))
        && !(words[at].folded == "could" && words.get(at + 1).is_some_and(|next| next.folded == "not"))
}

/// Whether the word turns round what follows it.
pub fn is_negator(word: &Word<'_>) -> bool {
    NEGATORS.contains(&&*word.folded) || word.folded.ends_with("n't")
}

fn comma_between(text: &str, before: &Word<'_>, after: &Word<'_>) -> bool {
    text[before.range.end..after.range.start].trim() == ","
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
            ("nobody noticed until it cascaded", Sense::Supposed),
            ("it is not clear why it cascaded", Sense::Supposed),
            ("we had no alert on the cascade", Sense::Supposed),
            ("never before had it cascaded", Sense::Supposed),
            ("the cascade was not noticed", Sense::Supposed),
            ("the cascade never came", Sense::Denied),
            ("a cascade did not happen", Sense::Denied),
            ("the cascade was avoided", Sense::Denied),
            ("the failure failed to cascade", Sense::Denied),
            ("cascading servers could not answer", Sense::Said),
            ("it cascaded, and we will add a limit", Sense::Said),
            ("you'll see that it cascaded", Sense::Supposed),
            ("the failure did not, however, cascade", Sense::Denied),
            ("the failure did not, in the end, cascade", Sense::Denied),
            ("a cascade, luckily, did not follow", Sense::Denied),
            ("there was no lag, congestion or cascade", Sense::Denied),
            ("there was no cascade, lag, or congestion", Sense::Denied),
            ("without lag, a cascade, or loss of data", Sense::Denied),
            ("it was not slow, and a cascade or two came", Sense::Said),
            ("nothing was lost, a cascade began and went on", Sense::Said),
            ("not only lag, congestion or a cascade", Sense::Said),
        ] {
            let words = Words::new();
            let words = words.of(text);
            let at = words.iter().position(|word| word.stem.starts_with("cascad")).expect("the cue");
            assert_eq!(sense(text, &words, at, at + 1), expected, "{text}");
        }
    }
}
