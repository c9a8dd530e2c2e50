//! Where a link of an old body leads in the new site. Knows addresses and names, not the syntax of bodies.

use std::io::Read;
use std::path::{Path, PathBuf};

use percent_encoding::{percent_decode_str, utf8_percent_encode};

use crate::load::is_content;
use crate::model::{PATH, SourcePath};

use super::anchors::Linked;
use super::names::{Entry, Names, link};
use super::text::{Destination, FileCopy, OldSite};

/// All that a body needs of what is around it.
#[derive(Clone, Copy)]
pub struct Around<'a> {
    pub names: &'a Names,
    pub old: &'a OldSite,
    /// The text whose body it is.
    pub entry: &'a Entry,
    /// Anchors that are the target of a link.
    pub linked: &'a Linked,
}

/// What a destination is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Led {
    /// To a text of the import: the link as the new file has it.
    Text(String),
    /// To a file that is copied: the link, and the file.
    File(String, FileCopy),
    /// To the old site, to nothing that is known there: the path, as it is best written.
    Lost(String),
    /// To somewhere else: it stays as it is.
    Elsewhere,
}

impl Around<'_> {
    /// What `destination` means, as it is written in the body: an address of the old site, whole, from its root or relative to that of
    /// the text; or a file beside the text's own in `folder`.
    pub fn leads(&self, destination: &str, folder: &Path) -> Led {
        let (path, anchor) = match destination.split_once('#') {
            Some((path, anchor)) => (path, Some(anchor).filter(|anchor| !anchor.is_empty())),
            None => (destination, None),
        };
        if path.is_empty() {
            return Led::Elsewhere;
        }
        let from_root = self.path_of_the_site(path);
        if from_root.is_none() && (has_scheme(path) || path.starts_with("//")) {
            return Led::Elsewhere;
        }
        let (path, query) = match from_root.as_deref().unwrap_or(path).split_once('?') {
            Some((path, query)) => (path.to_owned(), Some(query)),
            None => (from_root.clone().unwrap_or_else(|| path.to_owned()), None),
        };
        let whole = match path.starts_with('/') {
            true => path.clone(),
            false => self.beside_address(&path),
        };
        if whole == "/" {
            return Led::Text(format!("/{}", anchor.map(|anchor| format!("#{anchor}")).unwrap_or_default()));
        }
        if let Some(entry) = self.names.at(&whole).or_else(|| self.file_in_source(&path)) {
            return Led::Text(link(self.entry, entry, anchor));
        }
        if let Some(led) = self.file(&path, &whole, folder) {
            return led;
        }
        let query = query.map(|query| format!("?{query}")).unwrap_or_default();
        let anchor = anchor.map(|anchor| format!("#{anchor}")).unwrap_or_default();
        Led::Lost(format!("{whole}{query}{anchor}"))
    }

    /// The link to the text with this key.
    pub fn to(&self, entry: &Entry, anchor: Option<&str>) -> String {
        link(self.entry, entry, anchor)
    }

    /// The path from the old site's root, if `address` is whole and of that site, or begins at the root.
    fn path_of_the_site(&self, address: &str) -> Option<String> {
        let without_scheme = |text: &str| {
            let rest = ["https://", "http://", "//"].iter().find_map(|scheme| text.strip_prefix(scheme))?;
            Some(rest.strip_prefix("www.").unwrap_or(rest).trim_end_matches('/').to_owned())
        };
        let base = self.old.base_url.as_deref().and_then(without_scheme);
        let path = match (&base, without_scheme(address)) {
            (Some(base), Some(_)) => {
                let rest = ["https://", "http://", "//"].iter().find_map(|scheme| address.strip_prefix(scheme))?;
                let rest = rest.strip_prefix("www.").unwrap_or(rest);
                let head = rest.get(..base.len()).filter(|head| head.eq_ignore_ascii_case(base))?;
                &rest[head.len()..]
            }
            (None, Some(_)) => return None,
            (_, None) if address.starts_with('/') => {
                // The path of the base address may stand before that of the page.
                let prefix = base.as_deref().and_then(|base| base.find('/').map(|at| &base[at..]));
                prefix
                    .and_then(|prefix| address.strip_prefix(prefix))
                    .filter(|rest| rest.starts_with('/'))
                    .unwrap_or(address)
            }
            (_, None) => return None,
        };
        match path {
            "" => Some("/".to_owned()),
            path if path.starts_with(['/', '?']) => Some(path.to_owned()),
            _ => None,
        }
    }

    /// The path that a relative one means at the text's own old address.
    fn beside_address(&self, path: &str) -> String {
        let own = self.entry.address.as_deref().unwrap_or("/");
        let folder = own.rsplit_once('/').map_or("", |(folder, _)| folder);
        let resolved = SourcePath::resolve(folder, path).unwrap_or_default();
        let slash = if path.ends_with('/') && !resolved.is_empty() { "/" } else { "" };
        format!("/{resolved}{slash}")
    }

    /// The text whose file is at `path`, seen from that of this text.
    fn file_in_source(&self, path: &str) -> Option<&Entry> {
        let folder = self.entry.place.file.rsplit_once('/').map_or("", |(folder, _)| folder);
        let path = percent_decode_str(path).decode_utf8_lossy();
        let resolved = SourcePath::resolve(folder, &path)?;
        self.names.by_key(&resolved)
    }

    /// A file beside the text's own, or among those that the old site serves as they are.
    fn file(&self, path: &str, whole: &str, folder: &Path) -> Option<Led> {
        let decoded = |path: &str| percent_decode_str(path).decode_utf8_lossy().into_owned();
        if !path.starts_with('/') {
            let name = SourcePath::resolve("", &decoded(path)).filter(|name| !name.is_empty());
            if let Some(name) = name.filter(|name| is_below(folder, name)) {
                let from = folder.join(&name);
                // What could hold scripts is no part of a text: it keeps its old address.
                if self.entry.has_files && is_content(&name) {
                    let name = true_name(&from, name);
                    let link = utf8_percent_encode(&name, PATH).to_string();
                    return Some(Led::File(link, FileCopy { from, to: Destination::Beside(name) }));
                }
                return among_statics(from, SourcePath::resolve("", &decoded(whole))?);
            }
        }
        // Some programs look for a relative path among their own files, too.
        let own = if path.starts_with('/') { None } else { SourcePath::resolve("", &decoded(path)) };
        let candidates =
            [SourcePath::resolve("", &decoded(whole)), own].into_iter().flatten().filter(|at| !at.is_empty());
        let found =
            |at: &String| self.old.statics.iter().find(|folder| is_below(folder, at)).map(|folder| folder.join(at));
        let (at, from) = candidates.into_iter().find_map(|at| found(&at).map(|from| (at, from)))?;
        among_statics(from, at)
    }
}

fn among_statics(from: PathBuf, at: String) -> Option<Led> {
    let at = true_name(&from, at);
    let link = format!("/{}", utf8_percent_encode(&at, PATH));
    Some(Led::File(link, FileCopy { from, to: Destination::Static(at) }))
}

/// `name` with the ending of the picture that the file holds: programs look at the bytes, and we at the name first.
fn true_name(file: &Path, name: String) -> String {
    let Some((stem, ending)) = name.rsplit_once('.') else { return name };
    let lower = ending.to_lowercase();
    if !["png", "jpg", "jpeg", "gif", "webp"].contains(&lower.as_str()) {
        return name;
    }
    let mut first = [0; 12];
    let is_read = std::fs::File::open(file).and_then(|mut opened| opened.read_exact(&mut first)).is_ok();
    let held = match &first {
        [0x89, b'P', b'N', b'G', ..] => "png",
        [0xff, 0xd8, 0xff, ..] => "jpg",
        [b'G', b'I', b'F', b'8', ..] => "gif",
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P'] => "webp",
        _ => return name,
    };
    if !is_read || lower == held || (lower == "jpeg" && held == "jpg") { name } else { format!("{stem}.{held}") }
}

/// Whether the file at `name` below `folder` is one of the old site's: no link leads out, and nothing hidden is shown.
fn is_below(folder: &Path, name: &str) -> bool {
    if name.split('/').any(|part| part.starts_with(['.', '_'])) {
        return false;
    }
    let file = folder.join(name);
    let is_file = std::fs::symlink_metadata(&file).is_ok_and(|metadata| metadata.is_file());
    is_file
        && matches!((file.canonicalize(), folder.canonicalize()), (Ok(file), Ok(folder)) if file.starts_with(&folder))
}

/// Whether an address begins with a scheme (RFC 3986, section 3.1).
pub fn has_scheme(address: &str) -> bool {
    address.split_once(':').is_some_and(|(scheme, _)| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
    })
}
