//! EDGE. The files of a source: found without following links, read with a limit, parted into front matter and body. Front matter
//! in YAML, TOML and JSON becomes one tree. Knows no key.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use crate::diagnostic::Diagnostic;
use crate::fields::shortened;
use crate::model::{SourceKind, nfc};
use crate::yaml::{self, Node, Scalar};

use super::BAD_IMPORT;
use super::report::Report;
use super::text::{Place, Text};

/// The largest text read.
pub const MAX_TEXT_BYTES: u64 = 16 * 1024 * 1024;

/// A file below the source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// From the source's folder, with `/`, in NFC.
    pub path: String,
    pub disk: PathBuf,
}

impl SourceFile {
    /// The file's name without its folder.
    pub fn name(&self) -> &str {
        self.path.rsplit_once('/').map_or(&self.path, |(_, name)| name)
    }

    /// The path without the ending of its name.
    pub fn stem(&self) -> &str {
        match self.path.rsplit_once('.') {
            Some((stem, extension)) if !extension.contains('/') && !stem.is_empty() && !stem.ends_with('/') => stem,
            _ => &self.path,
        }
    }

    /// The folder it is in, on disk.
    pub fn folder(&self) -> PathBuf {
        self.disk.parent().map(Path::to_owned).unwrap_or_default()
    }
}

/// The folder `source`, or why it is none.
pub fn folder(source: &Path) -> Result<(), Diagnostic> {
    if source.is_dir() {
        return Ok(());
    }
    let message = match source.exists() {
        true => format!("`{}` is not a folder", source.display()),
        false => format!("there is no `{}`", source.display()),
    };
    Err(Diagnostic::new(BAD_IMPORT, message).help("name the folder of the old site"))
}

/// The files below `folder`, which is `base` below the source, whose names `wanted` takes; in the order of their paths.
/// Hidden files and folders are ignored, links are reported.
pub fn files(source: &Path, folder: &Path, wanted: &dyn Fn(&str) -> bool, report: &mut Report) -> Vec<SourceFile> {
    let mut found = Vec::new();
    let hidden = |name: &str| name.starts_with('.') && name.len() > 1;
    let walker = WalkDir::new(folder).sort_by_file_name().into_iter();
    let walker = walker.filter_entry(|entry| entry.depth() == 0 || !hidden(&entry.file_name().to_string_lossy()));
    for entry in walker {
        let Ok(entry) = entry else { continue };
        let Ok(below) = entry.path().strip_prefix(source) else { continue };
        let path = nfc(&below.to_string_lossy().replace('\\', "/")).into_owned();
        if entry.path_is_symlink() {
            report.add(Place { file: path, line: 0 }, "symbolic links", "not followed: put the file itself there");
        } else if entry.file_type().is_file() && wanted(&entry.file_name().to_string_lossy()) {
            found.push(SourceFile { path, disk: entry.into_path() });
        }
    }
    found
}

/// The text of a file; what is no UTF-8 is reported and replaced.
pub fn read(file: &SourceFile, report: &mut Report) -> Option<String> {
    let place = || Place { file: file.path.clone(), line: 0 };
    let mut bytes = Vec::new();
    let read = File::open(&file.disk).and_then(|opened| opened.take(MAX_TEXT_BYTES + 1).read_to_end(&mut bytes));
    if let Err(error) = read {
        report.add(place(), "files that can't be read", error.to_string());
        return None;
    }
    if bytes.len() as u64 > MAX_TEXT_BYTES {
        report.add(place(), "files that can't be read", format!("larger than {} MB", MAX_TEXT_BYTES >> 20));
        return None;
    }
    let text = String::from_utf8(bytes).unwrap_or_else(|error| {
        report.add(place(), "files that are not UTF-8", "what is no character was replaced");
        String::from_utf8_lossy(error.as_bytes()).into_owned()
    });
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text).replace("\r\n", "\n");
    Some(if text.contains('\0') { text.replace('\0', "\u{fffd}") } else { text })
}

/// The front matter of a text, and where its body begins.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Parted<'t> {
    pub front: Vec<(String, Node)>,
    pub body: &'t str,
    /// The line of the file on which the body begins.
    pub body_line: usize,
    /// Whether there is front matter at all.
    pub has_front: bool,
}

/// Parts `text` into front matter and body. Front matter that can't be read is reported whole.
pub fn part<'t>(text: &'t str, file: &str, report: &mut Report) -> Parted<'t> {
    let Some((format, front, at)) = fences(text) else {
        return Parted { body: text, body_line: 1, ..Parted::default() };
    };
    let body = &text[at..];
    let body_line = text[..at].matches('\n').count() + 1;
    let read = match format {
        Format::Yaml => yaml::parse(front).map_err(|fault| fault.message),
        Format::Toml => toml_tree(front),
        Format::Json => json_tree(front),
    };
    let entries = match read {
        Ok(Node::Map(entries)) => entries,
        Ok(other) => {
            let why = format!("it is {}, not a group of keys", other.noun());
            report.add(Place { file: file.to_owned(), line: 1 }, "front matter that can't be read", why);
            Vec::new()
        }
        Err(why) => {
            let why = format!("it {why}: {}", shortened(front.trim()));
            report.add(Place { file: file.to_owned(), line: 1 }, "front matter that can't be read", why);
            Vec::new()
        }
    };
    Parted { front: entries, body, body_line, has_front: true }
}

/// An essay without a date has the day on which its file was last changed.
pub fn day_of_file(text: &mut Text, file: &SourceFile, report: &mut Report) {
    if text.kind == SourceKind::Essay && text.date.is_none() {
        text.date = day_of(file);
        report.add(text.place.clone(), "texts without a date", "it has the day of its file: write its own");
    }
}

fn day_of(file: &SourceFile) -> Option<String> {
    let modified = std::fs::metadata(&file.disk).and_then(|metadata| metadata.modified()).ok()?;
    let time = jiff::Timestamp::try_from(modified).ok()?;
    Some(time.to_string().chars().take(10).collect())
}

enum Format {
    Yaml,
    Toml,
    Json,
}

/// The front matter's text and where the body begins.
fn fences(text: &str) -> Option<(Format, &str, usize)> {
    let mut lines = text.split_inclusive('\n');
    let first = lines.next()?;
    if first.trim_end() == "{" || (first.starts_with('{') && !first.starts_with("{{") && !first.starts_with("{%")) {
        let mut stream = serde_json::Deserializer::from_str(text).into_iter::<serde::de::IgnoredAny>();
        stream.next()?.ok()?;
        let end = stream.byte_offset();
        let rest = &text[end..];
        return Some((Format::Json, &text[..end], end + (rest.len() - rest.trim_start().len()).min(rest.len())));
    }
    let format = match first.trim_end() {
        "---" => Format::Yaml,
        "+++" => Format::Toml,
        _ => return None,
    };
    let fence = first.trim_end();
    let mut at = first.len();
    for line in lines {
        if line.trim_end() == fence {
            return Some((format, &text[first.len()..at], at + line.len()));
        }
        at += line.len();
    }
    None
}

/// TOML as a tree.
pub fn toml_tree(text: &str) -> Result<Node, String> {
    let table: toml::Table =
        text.parse().map_err(|error: toml::de::Error| format!("is not TOML: {}", error.message()))?;
    Ok(of_toml(toml::Value::Table(table)))
}

fn of_toml(value: toml::Value) -> Node {
    match value {
        toml::Value::String(text) => Node::Text(text),
        toml::Value::Integer(n) => Node::Typed(Scalar::Int(n), n.to_string()),
        toml::Value::Float(n) => Node::Typed(Scalar::Float(n), format!("{n:?}")),
        toml::Value::Boolean(b) => Node::Typed(Scalar::Bool(b), b.to_string()),
        toml::Value::Datetime(date) => Node::Text(date.to_string()),
        toml::Value::Array(items) => Node::List(items.into_iter().map(of_toml).collect()),
        toml::Value::Table(table) => Node::Map(table.into_iter().map(|(key, value)| (key, of_toml(value))).collect()),
    }
}

/// JSON as a tree.
pub fn json_tree(text: &str) -> Result<Node, String> {
    serde_json::from_str(text).map(of_json).map_err(|error| format!("is not JSON: {error}"))
}

fn of_json(value: serde_json::Value) -> Node {
    match value {
        serde_json::Value::Null => Node::Typed(Scalar::Null, "~".to_owned()),
        serde_json::Value::Bool(b) => Node::Typed(Scalar::Bool(b), b.to_string()),
        serde_json::Value::Number(n) => match (n.as_i64(), n.as_f64()) {
            (Some(int), _) => Node::Typed(Scalar::Int(int), n.to_string()),
            (None, Some(float)) => Node::Typed(Scalar::Float(float), n.to_string()),
            (None, None) => Node::Text(n.to_string()),
        },
        serde_json::Value::String(text) => Node::Text(text),
        serde_json::Value::Array(items) => Node::List(items.into_iter().map(of_json).collect()),
        serde_json::Value::Object(map) => {
            Node::Map(map.into_iter().map(|(key, value)| (key, of_json(value))).collect())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::part;
    use crate::import::report::Report;
    use crate::yaml::written;

    #[test]
    fn front_matter_is_read_in_three_forms() {
        for (text, front, body, line) in [
            ("---\ntitle: A\ntags: [x]\n---\nBody\n", "title: A\ntags:\n- x\n", "Body\n", 5),
            (
                "+++\ntitle = \"A\"\ndate = 2018-02-15\n[extra]\nn = 1\n+++\n\nBody",
                "title: A\ndate: 2018-02-15\nextra:\n  n: 1\n",
                "\nBody",
                7,
            ),
            ("{\n\"title\": \"A {\"\n}\n\nBody", "title: A {\n", "Body", 5),
            ("{{ x }}\nBody", "", "{{ x }}\nBody", 1),
            ("---\ntitle: A\n", "", "---\ntitle: A\n", 1),
        ] {
            let parted = part(text, "x.md", &mut Report::default());
            assert_eq!((written(&parted.front).as_str(), parted.body, parted.body_line), (front, body, line), "{text}");
        }
        let mut report = Report::default();
        assert_eq!(part("---\ntitle: [\n---\nBody", "x.md", &mut report).body, "Body");
        assert_eq!(report.len(), 1);
    }
}
