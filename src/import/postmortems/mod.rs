//! Lists of post-mortems: a record of an incident for each entry. An entry is a file of its own, or a paragraph or item of a list that
//! begins with a link to the account.

mod files;
mod list;

use std::collections::{BTreeMap, HashMap};

use crate::diagnostic::Diagnostic;
use crate::model::{Pattern, SourceKind, When, first_sentences, sentence_around};
use crate::yaml::Node;

use super::links::Around;
use super::output::incident::{Incident, name};
use super::report::Report;
use super::source::{self, SourceFile};
use super::text::{Body, OldSite, Place, Text};
use super::{BAD_IMPORT, Each, Options};

/// The longest account of what an incident did that stands in its front matter, in characters.
const MAX_IMPACT: usize = 1_800;
/// How many sentences of one record are shown for a pattern that may be in it.
const MAX_SENTENCES: usize = 3;

/// What a list says of one incident.
#[derive(Clone, Debug, Default)]
struct Entry {
    place: Place,
    key: String,
    title: String,
    incident: Incident,
    /// What it did.
    impact: String,
    body: String,
    body_line: usize,
    tags: Vec<(String, Vec<String>)>,
    extra: Vec<(String, Node)>,
}

/// Hands each record to `each`.
pub fn read(options: &Options, each: Each<'_>, report: &mut Report) -> Result<OldSite, Diagnostic> {
    let path = &options.source;
    let mut entries = Vec::new();
    if path.is_dir() {
        let found = source::files(path, path, &|name| name.to_lowercase().ends_with(".md"), report);
        for file in &found {
            // Examples for the tests of the list's own program.
            if file.path.split('/').any(|folder| matches!(folder, "testdata" | "node_modules")) {
                let place = Place { file: file.path.clone(), line: 0 };
                report.add(place, "files that are no entry and no list", "passed over: the folder holds examples");
                continue;
            }
            let Some(text) = source::read(file, report) else { continue };
            match files::entry(file, &text, report) {
                Some(entry) => entries.push(entry),
                None => entries.extend(list::entries(file, &text, report)),
            }
        }
    } else {
        let file_name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let file = SourceFile { path: file_name, disk: path.clone() };
        if !path.is_file() {
            return Err(Diagnostic::new(BAD_IMPORT, format!("there is no `{}`", path.display()))
                .help("name a list in Markdown, or the folder of one file for each incident"));
        }
        if let Some(text) = source::read(&file, report) {
            entries.extend(
                files::entry(&file, &text, report).map_or_else(|| list::entries(&file, &text, report), |it| vec![it]),
            );
        }
    }
    fold_names(&mut entries);
    tell_duplicates(&entries, report);
    for entry in entries {
        tell_patterns(&entry, report);
        each(entry.into_text())?;
    }
    Ok(OldSite::default())
}

impl Entry {
    fn into_text(self) -> Text {
        let organisation = self.incident.organisations.first().cloned().unwrap_or_else(|| self.title.clone());
        let name = name(&organisation, self.incident.started.as_deref());
        let mut text = Text::new(SourceKind::Incident, self.place, self.key, name);
        text.title = self.title;
        let is_short = self.impact.chars().count() <= MAX_IMPACT;
        text.summary = Some(if is_short { self.impact.clone() } else { first_sentences(&self.impact, MAX_IMPACT) });
        text.body = match (is_short, self.body.trim().is_empty()) {
            (true, _) => self.body,
            (false, true) => self.impact,
            (false, false) => format!("{}\n\n{}", self.impact, self.body),
        };
        text.body_line = self.body_line;
        text.front = self.incident.front();
        text.tags = self.tags;
        text.extra = self.extra;
        text
    }
}

/// The body as it is: it is Markdown.
pub fn body(text: &Text, _around: &Around<'_>, _report: &mut Report) -> Body {
    Body { markdown: text.body.clone(), ..Body::default() }
}

/// One spelling for each organisation: the one that most entries have.
fn fold_names(entries: &mut [Entry]) {
    let mut spellings: BTreeMap<String, BTreeMap<String, usize>> = BTreeMap::new();
    for name in entries.iter().flat_map(|entry| &entry.incident.organisations) {
        *spellings.entry(folded(name)).or_default().entry(name.clone()).or_default() += 1;
    }
    let best: HashMap<String, String> = spellings
        .into_iter()
        .filter_map(|(folded, names)| {
            let most = names.into_iter().max_by(|a, b| a.1.cmp(&b.1).then_with(|| b.0.cmp(&a.0)))?;
            Some((folded, most.0))
        })
        .collect();
    for name in entries.iter_mut().flat_map(|entry| &mut entry.incident.organisations) {
        if let Some(best) = best.get(&folded(name)) {
            name.clone_from(best);
        }
    }
}

fn folded(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Entries of one organisation at one time may be one incident.
fn tell_duplicates(entries: &[Entry], report: &mut Report) {
    let mut of: BTreeMap<String, Vec<&Entry>> = BTreeMap::new();
    for entry in entries {
        for name in &entry.incident.organisations {
            of.entry(folded(name)).or_default().push(entry);
        }
    }
    for (n, entry, other) in of.values().flat_map(|entries| {
        entries.iter().enumerate().flat_map(move |(n, entry)| entries[..n].iter().map(move |other| (n, *entry, *other)))
    }) {
        let same_page =
            entry.incident.sources.iter().any(|source| other.incident.sources.iter().any(|it| it.url == source.url));
        if n > 0 && (same_page || overlaps(&entry.incident, &other.incident)) {
            let why = format!(
                "\u{201c}{}\u{201d} and \u{201c}{}\u{201d} (`{}:{}`): both were brought",
                entry.title, other.title, other.place.file, other.place.line
            );
            report.add(entry.place.clone(), "entries that may be one incident", why);
        }
    }
}

/// Whether two incidents have a time in common, as far as theirs are known.
fn overlaps(one: &Incident, other: &Incident) -> bool {
    let when = |text: &Option<String>| text.as_deref().and_then(|text| When::parse(text).ok());
    let span = |incident: &Incident| {
        let started = when(&incident.started)?;
        let end = when(&incident.resolved).unwrap_or_else(|| started.clone());
        Some((started, end))
    };
    match (span(one), span(other)) {
        (Some((a, a_end)), Some((b, b_end))) => !a_end.is_over_before(&b) && !b_end.is_over_before(&a),
        _ => false,
    }
}

/// Sentences in which a pattern is called by its name: a reading is the author's.
fn tell_patterns(entry: &Entry, report: &mut Report) {
    let text = format!("{}\n{}", entry.impact, entry.body);
    let lower = text.to_lowercase();
    if lower.len() != text.len() {
        return;
    }
    for pattern in Pattern::ALL {
        let id = pattern.id();
        let stem = id.strip_suffix('s').unwrap_or(id);
        let is_edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
        let found = lower.match_indices(stem).filter(|(at, _)| {
            let rest = lower[at + stem.len()..].trim_start_matches('s');
            is_edge(lower[..*at].chars().next_back()) && is_edge(rest.chars().next())
        });
        for (at, _) in found.take(MAX_SENTENCES) {
            let sentence = &text[sentence_around(&text, at..at + stem.len())];
            let sentence = sentence.split_whitespace().collect::<Vec<_>>().join(" ");
            let why = format!("`{id}`? \u{201c}{}\u{201d}", first_sentences(&sentence, 300));
            report.add(entry.place.clone(), "sentences that may show a pattern", why);
        }
    }
}
