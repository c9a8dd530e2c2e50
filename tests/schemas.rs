//! Holds what the program takes and what its schemas take together, for every site that a test makes: what one refuses by form the
//! other refuses, and nothing that the program takes is refused. Knows which faults are of form.

use std::fs;
use std::path::Path;
use std::sync::OnceLock;

use boon::{Compiler, SchemaIndex, Schemas};
use ninefold::config::Config;
use ninefold::diagnostic::Diagnostic;
use ninefold::load::{Content, Source, SourceSettings};
use ninefold::model::{SourceKind, SourcePath};
use ninefold::outline::outline;
use ninefold::schema::{Of, schema};
use ninefold::yaml::{self, Node, Scalar};
use serde_json::{Value, json};

/// Larger sites repeat themselves.
const MOST_FILES: usize = 40;

/// Codes of faults of form.
const FORM: [&str; 26] = [
    "wrong-type",
    "empty-value",
    "long-value",
    "control-character",
    "missing-key",
    "out-of-range",
    "bad-date",
    "unknown-key",
    "unknown-word",
    "bad-name",
    "bad-duration",
    "bad-url",
    "bad-alias",
    "bad-address",
    "bad-version",
    "bad-path",
    "bad-colour",
    "bad-source",
    "bad-licence",
    "bad-language",
    "bad-feed-ids",
    "bad-addresses",
    "bad-feed-id",
    "unknown-lint",
    "fixed-level",
    "credentials",
];

/// Faults with such a code that are not of form: a value against another, or against lists that no pattern holds.
const BEYOND: [(&str, &str); 11] = [
    ("bad-date", "is before"),
    ("bad-date", "ends before it begins"),
    ("bad-date", "stands beside no time"),
    ("bad-date", "a clock change skipped"),
    ("bad-date", "names an unknown time zone"),
    ("bad-duration", "can be read in two ways"),
    ("bad-name", "capital letters"),
    ("bad-name", "NFC"),
    ("bad-name", "longer than"),
    ("bad-alias", "%"),
    ("bad-address", "%"),
];

struct All {
    schemas: Schemas,
    of: Vec<(Of, SchemaIndex)>,
}

fn all() -> &'static All {
    static ALL: OnceLock<All> = OnceLock::new();
    ALL.get_or_init(|| {
        let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
        let compile = |of: Of| {
            let url = format!("https://schemas.example/{}.json", of.name());
            compiler.add_resource(&url, schema(of)).expect("a schema");
            (of, compiler.compile(&url, &mut schemas).unwrap_or_else(|error| panic!("{error:#}")))
        };
        let of = Of::all().map(compile).collect();
        All { schemas, of }
    })
}

/// Why the schema refuses `text`, which is YAML; none where it takes it.
pub fn refusal(of: Of, text: &str) -> Option<String> {
    let node = yaml::parse(text).unwrap_or_else(|fault| panic!("{fault:?}"));
    let (_, index) = all().of.iter().find(|(known, _)| *known == of).expect("its schema");
    all().schemas.validate(&plain(node), *index).err().map(|error| format!("{error:#}"))
}

fn plain(node: Node) -> Value {
    match node {
        Node::Typed(Scalar::Null, _) => Value::Null,
        Node::Typed(Scalar::Bool(value), _) => json!(value),
        Node::Typed(Scalar::Int(value), _) => json!(value),
        Node::Typed(Scalar::Float(value), _) => json!(value),
        Node::Text(text) => json!(text),
        Node::List(items) => items.into_iter().map(plain).collect(),
        Node::Map(entries) => Value::Object(entries.into_iter().map(|(key, value)| (key, plain(value))).collect()),
    }
}

/// Compares both for every file of the site in `root`.
pub fn compare(root: &Path) {
    let files: Vec<_> = walkdir::WalkDir::new(root.join("content"))
        .into_iter()
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_file())
        .take(MOST_FILES)
        .collect();
    for entry in files {
        let Ok(text) = fs::read_to_string(entry.path()) else { continue };
        let relative = entry.path().strip_prefix(root).expect("below").to_string_lossy().into_owned();
        if let Some(difference) = compare_file(&relative, &text) {
            panic!("{difference}");
        }
    }
}

/// Where both differ about one file whose front matter, or all of which, is `yaml`.
pub fn difference(of: Of, yaml: &str) -> Option<String> {
    match of {
        Of::Site => compare_file("content/site.yaml", yaml),
        Of::Front(kind) => compare_file(&format!("content/{}/a.md", kind.folder()), &format!("---\n{yaml}\n---\n")),
    }
}

fn compare_file(path: &str, text: &str) -> Option<String> {
    if path == "content/site.yaml" {
        let (config, faults) = Config::parse(text);
        return config.and_then(|_| compare_text(Of::Site, path, text, &faults));
    }
    let kind = SourceKind::ALL.into_iter().find(|kind| path.starts_with(&format!("content/{}/", kind.folder())))?;
    let front = yaml::front_matter(text).filter(|_| path.ends_with(".md"))?.yaml;
    let source = Source {
        path: SourcePath::new(path),
        kind,
        id: "a".to_owned(),
        content: Content::Held(text.as_bytes().into()),
        embedded: false,
        behind: None,
        settings: SourceSettings::default(),
    };
    let (document, faults) = outline(&source, text);
    if document.stub { None } else { compare_text(Of::Front(kind), path, &text[front], &faults) }
}

fn compare_text(of: Of, path: &str, text: &str, faults: &[Diagnostic]) -> Option<String> {
    // What stands twice is another matter of YAML itself.
    if yaml::parse(text).is_err() || faults.iter().any(|fault| fault.code() == "duplicate-key") {
        return None;
    }
    let of_form: Vec<&Diagnostic> = faults.iter().filter(|fault| FORM.contains(&fault.code())).collect();
    let is_beyond =
        |fault: &&Diagnostic| BEYOND.iter().any(|(code, words)| fault.code() == *code && fault.message.contains(words));
    // Which zones there are is no form, and no name of one has any.
    let is_other = |fault: &Diagnostic| fault.code() == "unknown-timezone";
    match refusal(of, text) {
        Some(refusal) if of_form.is_empty() && !faults.iter().any(is_other) => {
            Some(format!("{path}: the schema refuses what is taken:\n{text}\n{refusal}"))
        }
        None if !of_form.is_empty() && !of_form.iter().all(is_beyond) => {
            Some(format!("{path}: the schema takes what is refused:\n{text}\n{of_form:#?}"))
        }
        _ => None,
    }
}
