//! `ninefold suggest`.

use std::collections::BTreeSet;
use std::io::{self, BufRead, Write};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use rayon::prelude::*;
use serde::Serialize;

use super::{Common, Format, report};
use crate::assemble::{Assembled, Outlined};
use crate::diagnostic::{Diagnostic, Lines};
use crate::fix;
use crate::link::Include;
use crate::load::{self, Content};
use crate::model::{SourceKind, SourcePath, Span};
use crate::moves::Edits;
use crate::outline::Front;
use crate::pipeline::{self, Options};
use crate::suggest::{self, CueKind, ENOUGH, Suggestion, Text, Vocabulary};
use crate::yaml::{self, Node};

/// Find which patterns, concepts and incidents texts show, and on which words
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  ninefold suggest content/essays/out-of-ports.md")]
pub struct Suggest {
    /// The texts: essays of the site, or any other Markdown
    #[arg(required_unless_present = "all", value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Look at every essay of the site
    #[arg(long, conflicts_with = "files")]
    all: bool,
    /// Mark the passages in the essays and add the tags
    #[arg(long, conflicts_with = "ask")]
    apply: bool,
    /// Ask for each one whether to mark it
    #[arg(long)]
    ask: bool,
    /// How suggestions are printed: json gives one object a text
    #[arg(long, value_enum, default_value = "human")]
    format: SuggestFormat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum SuggestFormat {
    /// For people
    Human,
    /// One JSON object a text
    Json,
}

/// The most sentences shown to people for one suggestion.
const SHOWN: usize = 3;

/// A text that was looked at.
struct Looked {
    /// As the user named it, or its path in the site.
    name: String,
    /// An essay of the site: it can be marked.
    essay: Option<SourcePath>,
    lines: Lines,
    math: bool,
    suggestions: Vec<Suggestion>,
    /// Kinds and ids of what its front matter names already.
    tagged: BTreeSet<(&'static str, String)>,
}

impl Suggest {
    pub(super) fn run(&self, common: &Common) -> bool {
        let options = Options::new(&common.root, Include { drafts: true, future: true }, load::now());
        let assembled = pipeline::read(&options);
        if self.all && report::no_site(&assembled.diagnostics, common) {
            return false;
        }
        // Without a site there is what the program brings.
        let vocabulary = Vocabulary::of(assembled.outlined.iter().map(|outlined| &outlined.document));
        let mut faults = Vec::new();
        let looked = self.looked(&assembled, &vocabulary, common, &mut faults);
        report::print(&faults, &common.root, Format::Human, common.quiet);
        // A reader that went away is no fault of ours.
        let _ = match self.format {
            _ if self.ask => Ok(()),
            SuggestFormat::Json => print_json(&looked),
            SuggestFormat::Human => print_human(&looked),
        };
        let edits = if self.apply {
            edits(&looked, |_| true)
        } else if self.ask {
            let mut taken = BTreeSet::new();
            // Answers given before standard input ended are applied.
            let _ = asked(&looked, &mut taken);
            edits(&looked, |place| taken.contains(&place))
        } else {
            return faults.is_empty();
        };
        apply(&options, &assembled, edits, common) && faults.is_empty()
    }

    /// Each text with what it shows, on all cores.
    fn looked(
        &self,
        assembled: &Assembled,
        vocabulary: &Vocabulary,
        common: &Common,
        faults: &mut Vec<Diagnostic>,
    ) -> Vec<Looked> {
        let of_essay = |outlined: &Outlined| of_source(outlined, outlined.document.path.to_string(), vocabulary);
        let looked: Vec<Result<Looked, Diagnostic>> = if self.all {
            let essays = assembled.outlined.par_iter().filter(|one| one.document.kind == SourceKind::Essay);
            essays.map(of_essay).collect()
        } else {
            self.files.par_iter().map(|file| of_file(file, assembled, vocabulary, &common.root)).collect()
        };
        looked.into_iter().filter_map(|one| one.map_err(|fault| faults.push(fault)).ok()).collect()
    }
}

fn of_file(file: &Path, assembled: &Assembled, vocabulary: &Vocabulary, root: &Path) -> Result<Looked, Diagnostic> {
    let name = file.display().to_string();
    let absolute = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let within = absolute(file).strip_prefix(absolute(root)).ok().map(|path| SourcePath::new(path.to_string_lossy()));
    if let Some(outlined) = within.and_then(|path| assembled.source(&path)) {
        return of_source(outlined, name, vocabulary);
    }
    let text = Content::Disk(file.to_owned()).read_text(&SourcePath::new(name.as_str()))?;
    let (title, summary) = title_and_summary(&text);
    let of = Text { title: &title, summary: &summary, ..Text::bare(&text) };
    let suggestions = suggest::suggestions(of, vocabulary);
    Ok(Looked { name, essay: None, math: false, suggestions, tagged: BTreeSet::new(), lines: Lines::new(text) })
}

fn of_source(outlined: &Outlined, name: String, vocabulary: &Vocabulary) -> Result<Looked, Diagnostic> {
    let document = &outlined.document;
    let text = outlined.text()?.into_owned();
    let suggestions = suggest::unmarked(document, &text, vocabulary);
    let tagged = suggest::tagged(document);
    let essay = matches!(document.front, Front::Essay(_)).then(|| document.path.clone());
    Ok(Looked { name, essay, lines: Lines::new(text), math: document.front.math(), suggestions, tagged })
}

fn is_named(tagged: &BTreeSet<(&'static str, String)>, suggestion: &Suggestion) -> bool {
    tagged.contains(&(suggestion.shown.kind(), suggestion.shown.id().to_owned()))
}

/// What the front matter of a text of which nothing is known says of it.
fn title_and_summary(text: &str) -> (String, String) {
    let Some(front) = yaml::front_matter(text) else { return Default::default() };
    let Ok(Node::Map(entries)) = yaml::parse(&text[front.yaml]) else { return Default::default() };
    let value = |keys: &[&str]| {
        let entry = entries.iter().find(|(name, _)| keys.contains(&name.as_str()));
        match entry {
            Some((_, Node::Text(value))) => value.clone(),
            _ => String::new(),
        }
    };
    (value(&["title", "name"]), value(&["summary", "description"]))
}

fn print_human(looked: &[Looked]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    for text in looked {
        writeln!(out, "{}", text.name)?;
        if text.suggestions.is_empty() {
            writeln!(out, "  nothing that is not marked yet")?;
        }
        text.suggestions.iter().try_for_each(|suggestion| print_suggestion(&mut out, suggestion, text))?;
    }
    Ok(())
}

fn print_suggestion(out: &mut impl Write, suggestion: &Suggestion, text: &Looked) -> io::Result<()> {
    writeln!(out, "  {}", headline(suggestion, text))?;
    for evidence in suggestion.evidence.iter().take(SHOWN) {
        writeln!(out, "    {}{}", place(&text.lines, evidence.span), quoted(evidence))?;
    }
    if suggestion.evidence.len() > SHOWN {
        writeln!(out, "    and {} more", suggestion.evidence.len() - SHOWN)?;
    }
    Ok(())
}

/// `pattern lag: Lag (tagged, no passage)`.
fn headline(suggestion: &Suggestion, text: &Looked) -> String {
    let note = match (suggestion.is_refused, is_named(&text.tagged, suggestion)) {
        (true, _) => ", said not to be there",
        (false, true) => ", tagged, no passage yet",
        (false, false) => "",
    };
    format!("{} {}{note}", suggestion.shown.kind(), suggestion.shown.id())
}

/// `12:5 `: empty for what stands in no body.
fn place(lines: &Lines, span: Option<Span>) -> String {
    span.map(|span| lines.of(span).0).map_or(String::new(), |at| format!("{}:{} ", at.line, at.column))
}

/// The sentence with its words set off, and why they count.
fn quoted(evidence: &suggest::Evidence) -> String {
    let (sentence, at) = (&evidence.sentence, &evidence.words);
    // No text moves the cursor of a terminal.
    let one_line =
        |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").replace(char::is_control, "\u{fffd}");
    let parts = [&sentence[..at.start], "[", &sentence[at.clone()], "]", &sentence[at.end..]].concat();
    format!("\u{201c}{}\u{201d} ({})", one_line(&parts), why(evidence))
}

fn why(evidence: &suggest::Evidence) -> String {
    match evidence.kind {
        CueKind::Name => "its name".to_owned(),
        CueKind::Alias => format!("its alias `{}`", evidence.cue),
        CueKind::Cue => format!("cue `{}`", evidence.cue),
        CueKind::Hint => format!("hint `{}`", evidence.cue),
        CueKind::Date => format!("record of {}", evidence.cue),
    }
}

#[derive(Serialize)]
struct JsonText<'a> {
    path: &'a str,
    suggestions: Vec<JsonSuggestion<'a>>,
}

#[derive(Serialize)]
struct JsonSuggestion<'a> {
    kind: &'static str,
    id: &'a str,
    title: &'a str,
    /// `shows` or `refuses`.
    says: &'static str,
    /// 1 is enough.
    score: f64,
    tagged: bool,
    evidence: Vec<JsonEvidence<'a>>,
}

#[derive(Serialize)]
struct JsonEvidence<'a> {
    line: Option<usize>,
    column: Option<usize>,
    sentence: &'a str,
    words: &'a str,
    cue: &'a str,
    why: String,
}

fn print_json(looked: &[Looked]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    for text in looked {
        let suggestions = text.suggestions.iter().map(|suggestion| json_suggestion(suggestion, text)).collect();
        serde_json::to_writer(&mut out, &JsonText { path: &text.name, suggestions })?;
        writeln!(out)?;
    }
    Ok(())
}

fn json_suggestion<'a>(suggestion: &'a Suggestion, text: &Looked) -> JsonSuggestion<'a> {
    let evidence = suggestion.evidence.iter().map(|evidence| {
        let at = evidence.span.map(|span| text.lines.of(span).0);
        JsonEvidence {
            line: at.map(|at| at.line),
            column: at.map(|at| at.column),
            sentence: &evidence.sentence,
            words: &evidence.sentence[evidence.words.clone()],
            cue: &evidence.cue,
            why: why(evidence),
        }
    });
    JsonSuggestion {
        kind: suggestion.shown.kind(),
        id: suggestion.shown.id(),
        title: &suggestion.title,
        says: if suggestion.is_refused { "refuses" } else { "shows" },
        score: f64::from(suggestion.score) / f64::from(ENOUGH),
        tagged: is_named(&text.tagged, suggestion),
        evidence: evidence.collect(),
    }
}

/// The edits of the suggestions that are chosen, by text and place in it, and how many of those can't be marked.
fn edits(looked: &[Looked], is_chosen: impl Fn((usize, usize)) -> bool) -> (Edits, usize) {
    let (mut edits, mut left) = (Edits::new(), 0);
    for (t, text) in looked.iter().enumerate() {
        let numbered = text.suggestions.iter().enumerate();
        let chosen: Vec<&Suggestion> = numbered.filter(|(s, _)| is_chosen((t, *s))).map(|(_, one)| one).collect();
        let Some(path) = &text.essay else {
            left += chosen.len();
            continue;
        };
        let (of_text, marked) = suggest::edits(text.lines.text(), text.math, &chosen);
        left += chosen.len() - marked;
        if !of_text.is_empty() {
            edits.insert(path.clone(), of_text);
        }
    }
    (edits, left)
}

/// Asks for each suggestion, and adds to `taken` which are, by text and place in it. The end of the input is the end of the
/// questions.
fn asked(looked: &[Looked], taken: &mut BTreeSet<(usize, usize)>) -> io::Result<()> {
    let (mut out, mut answers) = (io::stdout().lock(), io::stdin().lock().lines());
    for (t, text) in looked.iter().enumerate().filter(|(_, text)| text.essay.is_some()) {
        for (s, suggestion) in text.suggestions.iter().enumerate() {
            print_suggestion(&mut out, suggestion, text)?;
            write!(out, "  Mark it? [y]es, [n]o, [q]uit: ")?;
            out.flush()?;
            match answers.next().transpose()?.map(|answer| answer.trim().to_lowercase()).as_deref() {
                Some("y" | "yes") => drop(taken.insert((t, s))),
                None | Some("q" | "quit") => return Ok(()),
                Some(_) => {}
            }
        }
    }
    Ok(())
}

/// Puts the edits into the essays. Whether all could be written.
fn apply(options: &Options, assembled: &Assembled, (edits, left): (Edits, usize), common: &Common) -> bool {
    let fixed = fix::apply(options, assembled, &edits, Diagnostic::is_error);
    report::print(&fixed.faults, &common.root, Format::Human, common.quiet);
    let count = |n: usize, one: &str, many: &str| if n == 1 { format!("1 {one}") } else { format!("{n} {many}") };
    let mut line = match fixed.files {
        0 => "Nothing was marked".to_owned(),
        n => format!("Marked in {}", count(n, "essay", "essays")),
    };
    if left > 0 {
        let left = count(left, "suggestion was left", "suggestions were left");
        line.push_str(&format!("; {left}: no link can be put around the words, or the text is no essay of the site"));
    }
    if fixed.left > 0 {
        let left = count(fixed.left, "edit was left", "edits were left");
        line.push_str(&format!("; {left}: errors would have come of it"));
    }
    report::say(&line, Format::Human, common.quiet);
    fixed.faults.is_empty()
}
