//! One cue: words that point to a pattern or concept, as written in its file. Knows words; knows no text.

use super::words::{Word, Words};

/// The most words that the three dots of a cue stand for.
pub const MOST_BETWEEN: usize = 10;

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

/// Words in their order. Three dots stand for up to [`MOST_BETWEEN`] others: `queue ... grew`.
#[derive(Clone, Debug)]
pub struct Cue {
    /// Its pattern or concept: an index into the vocabulary.
    pub of: usize,
    pub kind: CueKind,
    pub written: String,
    /// Runs of words, with others between them. None is empty.
    runs: Vec<Vec<Form>>,
}

/// What a word must be.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Form {
    /// Of this stem.
    Stem(String),
    /// Written so: a name in capitals.
    Exact(String),
    /// In this form: what only looks like a cue may differ from it in its inflection alone.
    Folded(String),
}

impl Form {
    fn new(word: &Word<'_>) -> Self {
        let is_name = word.written.len() > 1 && !word.written.contains(char::is_lowercase);
        if is_name && word.written.contains(char::is_uppercase) {
            Self::Exact(word.written.to_owned())
        } else {
            Self::Stem(word.stem.clone().into_owned())
        }
    }

    fn is_of(&self, word: &Word<'_>) -> bool {
        match self {
            Self::Stem(stem) => *stem == word.stem,
            Self::Exact(written) => written == word.written,
            Self::Folded(folded) => *folded == word.folded,
        }
    }
}

impl Cue {
    /// The cue that is `written`; none if no word is in it.
    pub fn new(of: usize, kind: CueKind, written: &str, words: &Words) -> Option<Self> {
        let runs = written.split("...").flat_map(|run| run.split('\u{2026}')).map(|run| words.of(run));
        let runs: Vec<Vec<Form>> =
            runs.filter(|run| !run.is_empty()).map(|run| run.iter().map(Form::new).collect()).collect();
        (!runs.is_empty()).then(|| Self { of, kind, written: written.to_owned(), runs })
    }

    /// A name that is meant as written, capitals too; none if no word is in it.
    pub fn name(written: &str, words: &Words) -> Option<Self> {
        let run: Vec<Form> = words.of(written).iter().map(|word| Form::Exact(word.written.to_owned())).collect();
        (!run.is_empty()).then(|| Self { of: 0, kind: CueKind::Name, written: written.to_owned(), runs: vec![run] })
    }

    /// Words that only look like a cue: a single one is meant in this form alone (`surprisingly` and not `surprise`).
    pub fn look_alike(of: usize, written: &str, words: &Words) -> Option<Self> {
        let mut cue = Self::new(of, CueKind::Cue, written, words)?;
        if let ([run], [word]) = (&mut cue.runs[..], &words.of(written)[..]) {
            *run = vec![Form::Folded(word.folded.clone().into_owned())];
        }
        Some(cue)
    }

    /// The stem or the folded form of the first word of whatever it matches.
    pub fn first(&self, words: &Words) -> String {
        match &self.runs[0][0] {
            Form::Stem(stem) => stem.clone(),
            Form::Exact(written) | Form::Folded(written) => {
                words.of(written).first().map(|word| word.stem.clone().into_owned()).unwrap_or_default()
            }
        }
    }

    /// Whether it is more than one word.
    pub fn is_phrase(&self) -> bool {
        self.runs.iter().map(Vec::len).sum::<usize>() > 1
    }

    /// Where it ends if it begins at word `at` of `words`: the word after its last.
    pub fn end(&self, words: &[Word<'_>], at: usize) -> Option<usize> {
        let (first, others) = self.runs.split_first()?;
        let mut end = run_end(first, words, at)?;
        for run in others {
            end = (end..=end + MOST_BETWEEN).find_map(|from| run_end(run, words, from))?;
        }
        Some(end)
    }
}

fn run_end(run: &[Form], words: &[Word<'_>], at: usize) -> Option<usize> {
    let end = at + run.len();
    let found = words.get(at..end)?;
    run.iter().zip(found).all(|(form, word)| form.is_of(word)).then_some(end)
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
    fn dots_alone_are_no_cue() {
        assert!(Cue::new(0, CueKind::Cue, "...", &Words::new()).is_none());
    }
}
