//! `content/known-faults.yaml`: faults that were there before the site was held to its rules, and count as warnings until they are
//! mended. Knows how they are written and compared, not how a fault is found.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use crate::diagnostic::{Diagnostic, Rule, TextOf, rules, words};
use crate::fields::{Faults, Fields, Placed, WRONG_TYPE, shortened, yaml_fault};
use crate::model::{Hash, SourcePath, Span};
use crate::yaml;

use super::lints::changeable;

rules! {
    MENDED_FAULT = "mended-fault", warning, "an entry of `known-faults.yaml` is for a fault that is no longer there";
}

/// Where they stand.
pub fn known_path() -> SourcePath {
    SourcePath::new("content/known-faults.yaml")
}

/// The first line of the file.
const HEAD: &str = "# Faults that are known, made by `ninefold check --baseline`. Each is a warning until it is mended; then take its line out.\n";

/// What tells a fault from others, wherever in its file it moves.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct KnownFault {
    pub rule: &'static Rule,
    pub file: SourcePath,
    /// The words that the fault is about; none if it is about the file as a whole.
    pub words: Option<String>,
}

/// The faults that the file lists.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KnownFaults {
    entries: BTreeMap<KnownFault, Span>,
    /// Of the file's text.
    pub hash: Option<Hash>,
}

impl KnownFaults {
    /// Reads the text of the file: an entry a line. What is wrong is reported; the rest counts. Each line is read by itself,
    /// since there may be thousands, and YAML of that size is not read as a whole.
    pub fn parse(text: &str) -> (Self, Faults) {
        let (mut entries, mut faults) = (BTreeMap::new(), Vec::new());
        let path = known_path();
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            let span = Span::new(start, start + line.trim_end().len());
            start += line.len();
            if !line.trim().is_empty() && !line.starts_with('#') {
                let mut found = Vec::new();
                entries.extend(entry(line.trim_end(), &path, &mut found).map(|known| (known, span)));
                faults.extend(found.into_iter().map(|fault| fault.at(&path, span)));
            }
        }
        (Self { entries, hash: Some(Hash::of(text.as_bytes())) }, faults)
    }

    /// Where the entries of one file stand.
    pub fn of_file<'a>(&'a self, file: &'a SourcePath) -> impl Iterator<Item = Span> + 'a {
        self.entries.iter().filter(move |(known, _)| known.file == *file).map(|(_, span)| *span)
    }

    /// `faults` with each error that is known as a warning; and for each entry that is for none of them one more, unless
    /// `is_left_out` says that its file was not looked at.
    pub fn applied(
        &self,
        mut faults: Vec<Diagnostic>,
        text_of: &TextOf<'_>,
        is_left_out: impl Fn(&SourcePath) -> bool,
    ) -> Vec<Diagnostic> {
        if self.entries.is_empty() {
            return faults;
        }
        let rules_and_files: BTreeSet<(&Rule, &SourcePath)> =
            self.entries.keys().map(|known| (known.rule, &known.file)).collect();
        let may_be_known = |fault: &Diagnostic| {
            fault.path().is_some_and(|path| rules_and_files.contains(&(fault.rule, path))) && !fault.rule.is_fixed()
        };
        let (candidates, others): (Vec<_>, Vec<_>) = faults.drain(..).partition(may_be_known);
        let identified = known_of(&candidates, text_of);
        let mut found: BTreeSet<KnownFault> = BTreeSet::new();
        faults = others;
        faults.extend(candidates.into_iter().zip(identified).map(|(fault, known)| {
            match known.filter(|known| self.entries.contains_key(known)) {
                Some(known) => {
                    found.insert(known);
                    fault.softened()
                }
                None => fault,
            }
        }));
        let unused = self.entries.iter().filter(|(known, _)| !found.contains(*known) && !is_left_out(&known.file));
        faults.extend(unused.map(|(known, span)| mended(known, *span)));
        faults
    }
}

/// `- {code: broken-link, file: content/essays/a.md, words: "[the sequel](b.md)"}`.
fn entry(line: &str, path: &SourcePath, faults: &mut Faults) -> Option<KnownFault> {
    let node = line.strip_prefix("- ").map(yaml::parse);
    let node = match node {
        Some(Ok(node)) => node,
        Some(Err(fault)) => {
            faults.push(yaml_fault(path, 0, "the entry", fault));
            return None;
        }
        None => {
            let fault = Diagnostic::new(WRONG_TYPE, "the line is no entry");
            faults.push(fault.help("write each on one line: `- {code: …, file: …, words: …}`"));
            return None;
        }
    };
    let mut group = Fields::top(path, node, "the entry", faults);
    let code = group.required_text("code", faults);
    let file = group.required_text("file", faults);
    let words = group.text("words", faults).map(|words| words.value);
    group.finish(faults);
    let (code, file): (Placed<String>, Placed<String>) = (code?, file?);
    let rule = changeable(&code, path, faults)?;
    Some(KnownFault { rule, file: SourcePath::new(file.value), words })
}

fn mended(known: &KnownFault, span: Span) -> Diagnostic {
    let words = known.words.as_ref().map(|words| format!(", in `{}`", shortened(words))).unwrap_or_default();
    let message = format!("`{}` is mended in `{}`{words}", known.rule.code(), known.file);
    Diagnostic::new(MENDED_FAULT, message)
        .at(&known_path(), span)
        .help("take the line out, or write the file anew with `ninefold check --baseline`")
}

/// What each fault is known by; none of one that stands in no file.
fn known_of(faults: &[Diagnostic], text_of: &TextOf<'_>) -> Vec<Option<KnownFault>> {
    let words = words(faults, text_of);
    let known = |(fault, words): (&Diagnostic, Option<String>)| {
        Some(KnownFault { rule: fault.rule, file: fault.path()?.clone(), words })
    };
    faults.iter().zip(words).map(known).collect()
}

/// Whether an error may be known: it is in a text of the site, and its rule is not fixed.
pub fn can_be_known(fault: &Diagnostic) -> bool {
    !fault.rule.is_fixed() && fault.path().is_some_and(|path| *path != super::path())
}

/// The file that makes every error among `faults` known that may be: its text, and how many it holds.
pub fn baseline(faults: &[Diagnostic], text_of: &TextOf<'_>) -> (String, usize) {
    let faults: Vec<Diagnostic> =
        faults.iter().filter(|fault| fault.is_error() && can_be_known(fault)).cloned().collect();
    let mut known: Vec<KnownFault> = known_of(&faults, text_of).into_iter().flatten().collect();
    known.sort_by(|a, b| (&a.file, a).cmp(&(&b.file, b)));
    known.dedup();
    let mut text = HEAD.to_owned();
    for KnownFault { rule, file, words } in &known {
        let words = words.as_ref().map(|words| format!(", words: {}", yaml::quoted(words))).unwrap_or_default();
        // Writing to a String does not fail.
        let _ = writeln!(text, "- {{code: {}, file: {}{words}}}", rule.code(), yaml::quoted(file.as_str()));
    }
    (text, known.len())
}
