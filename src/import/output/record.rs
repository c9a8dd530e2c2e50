//! What imports wrote into a site: each file with the hash of what was written and the text it came from. By it the next import
//! knows which files the author has edited since, and calls each text as before. Knows the record's form, not the disk.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::model::Hash;

/// The record's file, in the site's folder.
pub const RECORD: &str = ".ninefold-import";
/// The first line, with the version of what follows.
const HEAD: &str =
    "# Files that `ninefold import` wrote, by hash, path and source (1). Without it, all of them count as edited.";

/// A file that an import wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// Of the whole file.
    pub hash: Hash,
    /// The key of the text it came from; empty for a copied file.
    pub key: String,
}

/// All of them, by path in the site.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Record {
    pub files: BTreeMap<String, Written>,
}

impl Record {
    /// Reads the record's text. Lines that say nothing are ignored: their files count as edited.
    pub fn parse(text: &str) -> Self {
        let entry = |line: &str| {
            let mut parts = line.splitn(3, '\t');
            let (hash, path) = (Hash::from_hex(parts.next()?)?, parts.next()?.to_owned());
            Some((path, Written { hash, key: parts.next().unwrap_or_default().to_owned() }))
        };
        Self { files: text.lines().filter_map(entry).collect() }
    }

    /// The record as its file has it.
    pub fn text(&self) -> String {
        let mut text = format!("{HEAD}\n");
        for (path, Written { hash, key }) in &self.files {
            // Writing to a String does not fail.
            let _ = writeln!(text, "{hash}\t{path}\t{}", key.replace(['\n', '\r', '\t'], " "));
        }
        text
    }

    /// The path of each text, by its key.
    pub fn paths_by_key(&self) -> BTreeMap<&str, &str> {
        let texts = self.files.iter().filter(|(_, written)| !written.key.is_empty());
        texts.map(|(path, written)| (written.key.as_str(), path.as_str())).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::{Record, Written};
    use crate::model::Hash;

    #[test]
    fn a_record_reads_as_it_was_written_and_ignores_what_it_does_not_know() {
        let mut record = Record::default();
        let written = |key: &str| Written { hash: Hash::of(key.as_bytes()), key: key.to_owned() };
        record.files.insert("content/essays/a.md".to_owned(), written("post/a.md"));
        record.files.insert("content/static/x.png".to_owned(), written(""));
        assert_eq!(Record::parse(&format!("{}garbage\n\tx\n", record.text())), record);
        assert_eq!(record.paths_by_key().into_iter().collect::<Vec<_>>(), [("post/a.md", "content/essays/a.md")]);
    }
}
