//! Which files of an output folder are ours, with the hash of each. Plain text, so that publishing tools can read it too.
//!
//! After a first line with the version there is a line for each file: its hash, two spaces, its path. A path that holds a
//! backslash or a line end is written as `sha256sum` writes it: a backslash before the hash, then `\\`, `\n`, `\r`. The last
//! line has the hash of all lines before it; the first version had neither of the two.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{self, Read, Write};
use std::path::{Component, Path};

use rayon::prelude::*;

use super::MANIFEST;
use crate::folder::Folder;
use crate::load::hash_of;
use crate::model::Hash;

const FIRST_LINE: &str = "ninefold manifest 2";
const FIRST_LINE_1: &str = "ninefold manifest 1";
/// What the last line begins with.
const SUM: &str = "sum ";

/// Paths below the output folder, with `/`, and hashes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Manifest(BTreeMap<String, Hash>);

/// A manifest as it was found.
pub struct Found {
    pub manifest: Manifest,
    /// It is not as a build wrote it: lines are missing, changed or added.
    pub is_damaged: bool,
}

impl Manifest {
    pub fn new(files: BTreeMap<String, Hash>) -> Self {
        Self(files)
    }

    /// The manifest in `folder`; none if there is none. A line that would lead out of the folder is passed over: whatever is in
    /// the file, only files below the folder are ever removed. Of a damaged one only those lines count whose files are there with
    /// the content they name: another line may be of a file that is not ours.
    pub fn read(folder: &Folder) -> io::Result<Option<Found>> {
        let mut file = match folder.place(MANIFEST)?.read() {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            result => result?,
        };
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        let (manifest, is_damaged) = Self::parse(&bytes);
        let manifest = if is_damaged { manifest.proved_by(folder) } else { manifest };
        Ok(Some(Found { manifest, is_damaged }))
    }

    /// What can be read, and whether anything can't.
    pub fn parse(bytes: &[u8]) -> (Self, bool) {
        let text = String::from_utf8_lossy(bytes);
        let mut is_damaged = matches!(text, Cow::Owned(_));
        let (first, lines) = text.split_once('\n').unwrap_or((&text, ""));
        let lines = match first {
            FIRST_LINE => match lines.trim_end_matches('\n').rsplit_once('\n').unwrap_or(("", lines.trim_end())) {
                (lines, last) if last.strip_prefix(SUM) == Some(&Self::sum(&text, last)) => lines,
                _ => {
                    is_damaged = true;
                    lines
                }
            },
            _ => {
                is_damaged |= first != FIRST_LINE_1;
                lines
            }
        };
        let mut files = BTreeMap::new();
        for line in lines.lines() {
            match entry(line) {
                Some((path, hash)) => {
                    files.insert(path, hash);
                }
                None => is_damaged = true,
            }
        }
        (Self(files), is_damaged)
    }

    /// The hash of what stands before the last line.
    fn sum(text: &str, last: &str) -> String {
        let before = text.len().saturating_sub(last.len() + 1);
        Hash::of(text.as_bytes().get(..before).unwrap_or_default()).to_string()
    }

    fn proved_by(self, folder: &Folder) -> Self {
        let is_proved = |(path, hash): &(String, Hash)| {
            let file = folder.place(path).and_then(|place| place.read());
            file.and_then(hash_of).is_ok_and(|found| found == *hash)
        };
        Self(self.0.into_par_iter().filter(is_proved).collect())
    }

    /// The whole file.
    pub fn text(&self) -> String {
        let mut text = format!("{FIRST_LINE}\n");
        for (path, hash) in &self.0 {
            // Writing to a String does not fail.
            let _ = match escaped(path) {
                Cow::Borrowed(path) => writeln!(text, "{hash}  {path}"),
                Cow::Owned(path) => writeln!(text, "\\{hash}  {path}"),
            };
        }
        let sum = Hash::of(text.as_bytes());
        let _ = writeln!(text, "{SUM}{sum}");
        text
    }

    /// Writes it into the folder `stage`.
    pub fn write(&self, stage: &Folder) -> io::Result<()> {
        stage.place(MANIFEST)?.create_new()?.write_all(self.text().as_bytes())
    }

    /// Writes it into the folder `stage` and moves it from there into `folder`.
    pub fn write_and_move(&self, stage: &Folder, folder: &Folder) -> io::Result<()> {
        self.write(stage)?;
        stage.place(MANIFEST)?.rename_to(&folder.place(MANIFEST)?)
    }

    pub fn get(&self, path: &str) -> Option<Hash> {
        self.0.get(path).copied()
    }

    pub fn into_files(self) -> BTreeMap<String, Hash> {
        self.0
    }

    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// Both together; where both name a file, as the other says.
    pub fn and(&self, other: &Self) -> Self {
        let mut both = self.0.clone();
        both.extend(other.0.iter().map(|(path, hash)| (path.clone(), *hash)));
        Self(both)
    }
}

fn entry(line: &str) -> Option<(String, Hash)> {
    let (line, is_escaped) = line.strip_prefix('\\').map_or((line, false), |rest| (rest, true));
    let (hash, path) = line.split_once("  ")?;
    let path = if is_escaped { unescaped(path)? } else { path.to_owned() };
    is_inside(&path).then_some((path, Hash::from_hex(hash)?))
}

fn escaped(path: &str) -> Cow<'_, str> {
    if path.contains(['\\', '\n', '\r']) {
        path.replace('\\', "\\\\").replace('\n', "\\n").replace('\r', "\\r").into()
    } else {
        path.into()
    }
}

fn unescaped(path: &str) -> Option<String> {
    let mut plain = String::with_capacity(path.len());
    let mut chars = path.chars();
    while let Some(c) = chars.next() {
        plain.push(match c {
            '\\' => match chars.next()? {
                '\\' => '\\',
                'n' => '\n',
                'r' => '\r',
                _ => return None,
            },
            c => c,
        });
    }
    Some(plain)
}

fn is_inside(path: &str) -> bool {
    !path.is_empty() && Path::new(path).components().all(|part| matches!(part, Component::Normal(_)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manifest(paths: &[&str]) -> Manifest {
        Manifest::new(paths.iter().map(|path| ((*path).to_owned(), Hash::of(path.as_bytes()))).collect())
    }

    #[test]
    fn what_is_written_reads_back_whatever_names_hold() {
        for paths in
            [&[][..], &["index.html"], &["a b/ c.txt", "a\\nb", "a\nb", "a\r\n\\", "\\", "a\n0  index.html", "ä"]]
        {
            let manifest = manifest(paths);
            assert_eq!(Manifest::parse(manifest.text().as_bytes()), (manifest, false), "{paths:?}");
        }
    }

    #[test]
    fn the_first_version_is_read() {
        let hash = Hash::of(b"x");
        let text = format!("{FIRST_LINE_1}\n{hash}  a/index.html\n{hash}  b\\n.txt\n");
        let files = ["a/index.html", "b\\n.txt"].map(|path| (path.to_owned(), hash));
        assert_eq!(Manifest::parse(text.as_bytes()), (Manifest::new(files.into()), false));
    }

    #[test]
    fn any_damage_is_seen_and_no_line_leads_out() {
        let whole = manifest(&["a/index.html", "b.css", "index.html"]).text().into_bytes();
        for n in 0..whole.len() {
            assert!(Manifest::parse(&whole[..n]).1, "cut at {n}");
            let mut flipped = whole.clone();
            flipped[n] ^= 1;
            assert!(Manifest::parse(&flipped).1, "changed at {n}");
        }
        let hash = Hash::of(b"x");
        for path in ["../x", "/etc/x", "a/../../x", ""] {
            let (manifest, is_damaged) = Manifest::parse(format!("{FIRST_LINE_1}\n{hash}  {path}\n").as_bytes());
            assert!(is_damaged && manifest == Manifest::default(), "{path}");
        }
    }
}
