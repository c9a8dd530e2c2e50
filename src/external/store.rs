//! EDGE. The records of addresses on disk, a line each: every finding is there as soon as it is made, so that a run that is
//! ended goes on where it was. Knows the file; judges nothing.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read, Write};
use std::path::Path;

use crate::folder::Folder;

use super::record::Record;

/// The folder below a site's root, and the file in it.
const FOLDER: &str = ".ninefold";
const FILE: &str = "links.jsonl";
const BESIDE: &str = "links.jsonl.new";
/// More of the file than this is not read.
const MOST_BYTES: u64 = 64 << 20;

/// What is remembered, and where findings are added.
#[derive(Debug)]
pub struct Store {
    pub records: BTreeMap<String, Record>,
    file: Option<File>,
}

impl Store {
    /// What was remembered of the site in `root`. A line that is torn or of another version is as good as none.
    pub fn read(root: &Path) -> Self {
        let text = || -> io::Result<String> {
            let mut bytes = Vec::new();
            Folder::open(root)?.folder(FOLDER)?.place(FILE)?.read()?.take(MOST_BYTES).read_to_end(&mut bytes)?;
            Ok(String::from_utf8_lossy(&bytes).into_owned())
        };
        let text = text().unwrap_or_default();
        let records = text.lines().filter_map(|line| serde_json::from_str::<Record>(line).ok());
        Self { records: records.map(|record| (record.url.clone(), record)).collect(), file: None }
    }

    /// Opens the file for adding, without the lines that later ones replaced. Where that can't be, the next run asks again.
    pub fn open(&mut self, root: &Path) -> io::Result<()> {
        let folder = Folder::open(root)?.folder_made(FOLDER)?;
        let beside = folder.place(BESIDE)?;
        // Left by a run that was killed.
        beside.remove()?;
        let mut file = beside.create_new()?;
        let lines: String = self.records.values().filter_map(line).collect();
        file.write_all(lines.as_bytes())?;
        beside.rename_to(&folder.place(FILE)?)?;
        self.file = Some(file);
        Ok(())
    }

    /// Adds a record, in the place of the one before it.
    pub fn add(&mut self, record: Record) {
        if let (Some(file), Some(line)) = (&mut self.file, line(&record)) {
            // A line that could not be written is asked for again.
            let _ = file.write_all(line.as_bytes());
        }
        self.records.insert(record.url.clone(), record);
    }
}

fn line(record: &Record) -> Option<String> {
    serde_json::to_string(record).ok().map(|line| line + "\n")
}
