//! One cue: words that point to a pattern or concept, as written in its file. Knows words; knows no text.

use super::words::{Word, Words};

/// The most words that the three dots of a cue stand for, and a star.
pub const MOST_BETWEEN: usize = 10;
pub const STAR: usize = 2;

/// What the words of a cue are in their file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CueKind {
    Name,
    Alias,
    Cue,
    /// Words that point to it only beside others.
    Hint,
    /// The date of an incident, beside its organisation.
    Date,
}

/// Words in their order. Three dots stand for up to [`MOST_BETWEEN`] others (`queue ... grew`) and a star for up to [`STAR`]; of words
/// with strokes between them any one may stand: `chose|opted ... rather than`.
#[derive(Clone, Debug)]
pub struct Cue {
    /// Its pattern or concept: an index into the vocabulary.
    pub of: usize,
    pub kind: CueKind,
    pub written: String,
    /// With others between them. None is empty.
    runs: Vec<Run>,
}

/// Words that stand together.
#[derive(Clone, Debug)]
struct Run {
    /// The most words between the run before and this one.
    gap: usize,
    forms: Vec<Form>,
}

/// What a word must be.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Form {
    /// An inflection of this word, which has this stem: words of one stem may mean different things.
    Inflected { folded: String, stem: String },
    /// Written so: a name in capitals.
    Exact(String),
    /// In this form: what only looks like a cue may differ from it in its inflection alone.
    Folded(String),
    /// One of these.
    Any(Vec<Form>),
}

impl Form {
    fn new(word: &Word<'_>) -> Self {
        let is_name = word.written.len() > 1 && !word.written.contains(char::is_lowercase);
        if is_name && word.written.contains(char::is_uppercase) {
            Self::Exact(word.written.to_owned())
        } else {
            Self::Inflected { folded: word.folded.clone().into_owned(), stem: word.stem.clone().into_owned() }
        }
    }

    fn is_of(&self, word: &Word<'_>) -> bool {
        match self {
            Self::Inflected { folded, stem } => *stem == word.stem && are_inflections(folded, &word.folded),
            Self::Exact(written) => written == word.written,
            Self::Folded(folded) => *folded == word.folded,
            Self::Any(forms) => forms.iter().any(|form| form.is_of(word)),
        }
    }

    /// The stems that a word of this form may have.
    fn stems(&self, words: &Words) -> Vec<String> {
        match self {
            Self::Inflected { stem, .. } => vec![stem.clone()],
            Self::Exact(written) | Self::Folded(written) => {
                words.of(written).first().map(|word| word.stem.clone().into_owned()).into_iter().collect()
            }
            Self::Any(forms) => forms.iter().flat_map(|form| form.stems(words)).collect(),
        }
    }
}

/// Whether two words of one stem are forms of the same word: `challenge` and `challenging`, and not `challenger`.
fn are_inflections(a: &str, b: &str) -> bool {
    let same = a.bytes().zip(b.bytes()).take_while(|(a, b)| a == b).count();
    let last = a[..same].bytes().last();
    let is_ending = |end: &str| {
        // The last letter may stand twice: `stopped`.
        let single = end.strip_prefix(|c: char| Some(c as u32) == last.map(u32::from)).unwrap_or(end);
        [end, single].iter().any(|end| ENDINGS.contains(end))
    };
    a == b || a.is_char_boundary(same) && is_ending(&a[same..]) && is_ending(&b[same..])
}

/// What inflection puts in the place of the end of a word, or of nothing.
const ENDINGS: [&str; 10] = ["", "e", "y", "s", "es", "ies", "d", "ed", "ied", "ing"];

/// The words of a cue as they are written, between spaces.
fn runs(written: &str, words: &Words) -> Vec<Run> {
    let spaced = written.replace("...", "\u{2026}").replace('\u{2026}', " \u{2026} ");
    let mut runs = vec![Run { gap: 0, forms: Vec::new() }];
    for part in spaced.split_whitespace() {
        let gap = match part {
            "\u{2026}" => Some(MOST_BETWEEN),
            "*" => Some(STAR),
            _ => None,
        };
        match (gap, runs.last_mut()) {
            (Some(gap), _) => runs.push(Run { gap, forms: Vec::new() }),
            (None, Some(run)) if part.contains('|') => {
                let any: Vec<Form> = words.of(part).iter().map(Form::new).collect();
                run.forms.extend((!any.is_empty()).then_some(Form::Any(any)));
            }
            (None, Some(run)) => run.forms.extend(words.of(part).iter().map(Form::new)),
            (None, None) => {}
        }
    }
    runs.retain(|run| !run.forms.is_empty());
    runs
}

impl Cue {
    /// The cue that is `written`; none if no word is in it.
    pub fn new(of: usize, kind: CueKind, written: &str, words: &Words) -> Option<Self> {
        let runs = runs(written, words);
        (!runs.is_empty()).then(|| Self { of, kind, written: written.to_owned(), runs })
    }

    /// A name that is meant as written, capitals too; none if no word is in it.
    pub fn name(written: &str, words: &Words) -> Option<Self> {
        let forms: Vec<Form> = words.of(written).iter().map(|word| Form::Exact(word.written.to_owned())).collect();
        let runs = vec![Run { gap: 0, forms }];
        (!runs[0].forms.is_empty()).then(|| Self { of: 0, kind: CueKind::Name, written: written.to_owned(), runs })
    }

    /// Words that only look like a cue: a single one is meant in this form alone (`surprisingly` and not `surprise`).
    pub fn look_alike(of: usize, written: &str, words: &Words) -> Option<Self> {
        let mut cue = Self::new(of, CueKind::Cue, written, words)?;
        if let ([run], [word]) = (&mut cue.runs[..], &words.of(written)[..]) {
            run.forms = vec![Form::Folded(word.folded.clone().into_owned())];
        }
        Some(cue)
    }

    /// The stems of the first word of whatever it matches.
    pub fn firsts(&self, words: &Words) -> Vec<String> {
        let mut stems = self.runs[0].forms[0].stems(words);
        stems.sort();
        stems.dedup();
        stems
    }

    /// Whether it is more than one word.
    pub fn is_phrase(&self) -> bool {
        self.runs.iter().map(|run| run.forms.len()).sum::<usize>() > 1
    }

    /// Where it ends if it begins at word `at` of `words`: the word after its last.
    pub fn end(&self, words: &[Word<'_>], at: usize) -> Option<usize> {
        let (first, others) = self.runs.split_first()?;
        let mut end = run_end(first, words, at)?;
        for run in others {
            end = (end..=end + run.gap).find_map(|from| run_end(run, words, from))?;
        }
        Some(end)
    }
}

fn run_end(run: &Run, words: &[Word<'_>], at: usize) -> Option<usize> {
    let end = at + run.forms.len();
    let found = words.get(at..end)?;
    run.forms.iter().zip(found).all(|(form, word)| form.is_of(word)).then_some(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The words that `cue` matches in `text`.
    fn found<'t>(cue: &str, text: &'t str) -> &'t str {
        let words = Words::new();
        let cue = Cue::new(0, CueKind::Cue, cue, &words).expect("a cue");
        let of_text = words.of(text);
        let hit = (0..of_text.len()).find_map(|at| Some((at, cue.end(&of_text, at)?)));
        hit.map_or("", |(start, end)| &text[of_text[start].range.start..of_text[end - 1].range.end])
    }

    #[test]
    fn inflections_hyphens_and_case_do_not_matter() {
        assert_eq!(found("retry storm", "Then Retry-storms came"), "Retry-storms");
        assert_eq!(found("lag", "no flag, no lagoon"), "");
        assert_eq!(found("overload", "it was overloading"), "overloading");
    }

    #[test]
    fn a_name_in_capitals_is_meant_as_written() {
        assert_eq!(found("OOM", "Zoom boom oom"), "");
        assert_eq!(found("OOM", "the OOM killer"), "OOM");
    }

    #[test]
    fn dots_stand_for_some_words() {
        assert_eq!(found("queue ... grew", "the queue of jobs soon grew"), "queue of jobs soon grew");
        assert_eq!(found("queue \u{2026} grew", "the queue grew"), "queue grew");
        let between = |words: usize| format!("queue {}grew", "x ".repeat(words));
        assert_eq!(found("queue ... grew", &between(MOST_BETWEEN)), between(MOST_BETWEEN));
        assert_eq!(found("queue ... grew", &between(MOST_BETWEEN + 1)), "");
    }

    #[test]
    fn a_word_of_the_same_stem_that_is_another_word_is_none() {
        for (cue, same, other) in [
            ("challenging", "challenged", "Challenger"),
            ("rapid", "rapids", "rapidly"),
            ("intuition", "intuitions", "intuitive"),
            ("dependency", "dependencies", "dependent"),
            ("stop", "stopped", "stopper"),
            ("agree", "agreed", "agreement"),
        ] {
            assert_eq!((found(cue, same), found(cue, other)), (same, ""), "{cue}");
        }
    }

    #[test]
    fn a_star_stands_for_a_word_or_two_and_strokes_part_words_any_of_which_may_stand() {
        let cue = "took|take * risk|chance";
        assert_eq!(found(cue, "they take risks"), "take risks");
        assert_eq!(found(cue, "they took a calculated risk"), "took a calculated risk");
        assert_eq!(found(cue, "they took a very large risk"), "");
        assert_eq!(found(cue, "taking the chance"), "taking the chance");
        assert_eq!(
            found("chose|opted ... rather than", "we opted to wait rather than act"),
            "opted to wait rather than"
        );
        assert_eq!(found("OOM|swap killer", "the OOM killer, a zoom killer"), "OOM killer");
    }

    #[test]
    fn dots_alone_are_no_cue() {
        for nothing in ["...", "*", "|", ""] {
            assert!(Cue::new(0, CueKind::Cue, nothing, &Words::new()).is_none(), "{nothing}");
        }
    }
}
