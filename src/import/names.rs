//! What each text is called in the site, and which text an old address means. Knows names, not bodies.

use std::collections::{HashMap, HashSet};

use percent_encoding::{percent_decode_str, utf8_percent_encode};

use crate::fields::shortened;
use crate::model::{PATH, SourceKind, UrlPath, nfc, slug};
use crate::outline::old_address;

use super::report::Report;
use super::text::{Place, Text};

/// What the site itself answers at, so that no page can: the first parts of addresses.
const RESERVED: [&str; 18] = [
    "404",
    "404.html",
    "assets",
    "authors",
    "browse",
    "concepts",
    "data",
    "essays",
    "feed.json",
    "feed.xml",
    "incidents",
    "pagefind",
    "patterns",
    "pictures",
    "robots.txt",
    "search",
    "sitemap.xml",
    "static",
];
/// Names are cut to this many bytes.
const MAX_NAME: usize = 80;

/// A text by its name in the site.
#[derive(Clone, Debug)]
pub struct Entry {
    pub key: String,
    pub kind: SourceKind,
    pub id: String,
    pub has_files: bool,
    /// Old addresses that lead here, its own first, as front matter has them; none that is the new one.
    pub aliases: Vec<String>,
    /// Its own old address, whatever became of it.
    pub address: Option<String>,
    pub place: Place,
}

impl Entry {
    /// Its file in the site.
    pub fn file(&self) -> String {
        let folder = self.kind.folder();
        match self.has_files {
            true => format!("content/{folder}/{}/index.md", self.id),
            false => format!("content/{folder}/{}.md", self.id),
        }
    }

    /// Its address in the site.
    pub fn url(&self) -> String {
        match self.kind {
            SourceKind::Page => format!("/{}/", self.id),
            kind => format!("/{}/{}/", kind.folder(), self.id),
        }
    }

    /// The folder of its file.
    pub fn folder(&self) -> String {
        let file = self.file();
        file.rsplit_once('/').map_or(String::new(), |(folder, _)| folder.to_owned())
    }
}

/// All texts of an import.
#[derive(Debug, Default)]
pub struct Names {
    entries: Vec<Entry>,
    by_key: HashMap<String, usize>,
    /// With whether it is the text's own.
    by_address: HashMap<String, (usize, bool)>,
    /// Lower-case names, titles and aliases.
    by_name: HashMap<String, Vec<usize>>,
    taken: HashSet<(SourceKind, String)>,
    numbers: HashMap<(SourceKind, String), usize>,
}

impl Names {
    /// None yet; `taken` are the ids that the site has already.
    pub fn new(taken: HashSet<(SourceKind, String)>) -> Self {
        Self { taken, ..Self::default() }
    }

    /// Gives `text` its name: `before`, which an earlier import gave it, or one made of its own.
    pub fn add(&mut self, text: &Text, before: Option<String>, report: &mut Report) {
        let n = self.entries.len();
        let id = before.unwrap_or_else(|| self.named(text, report));
        self.taken.insert((text.kind, id.clone()));
        let mut entry = Entry {
            key: text.key.clone(),
            kind: text.kind,
            id,
            has_files: text.has_files,
            aliases: Vec::new(),
            address: text.addresses.first().cloned(),
            place: text.place.clone(),
        };
        for (place, address) in text.addresses.iter().enumerate() {
            self.add_address(n, address, place == 0, &mut entry, report);
        }
        self.by_key.entry(text.key.clone()).or_insert(n);
        let file_name = text.name.rsplit('/').next().unwrap_or_default();
        let mut names: Vec<String> =
            text.also.iter().map(String::as_str).chain([file_name]).map(|name| nfc(name).to_lowercase()).collect();
        names.sort();
        names.dedup();
        for name in names {
            self.by_name.entry(name).or_default().push(n);
        }
        self.entries.push(entry);
    }

    /// The first text with an old address has it; but one that is a text's own, before those that only lead to another.
    fn add_address(&mut self, n: usize, address: &str, is_own: bool, entry: &mut Entry, report: &mut Report) {
        let folded = folded(address);
        let first = self.by_address.get(&folded).filter(|(other, _)| *other != n).copied();
        if let Some((other, was_own)) = first {
            let wins = is_own && !was_own;
            let (file, place) = match self.entries.get_mut(other) {
                Some(other) if wins => {
                    other.aliases.retain(|alias| self::folded(alias) != folded);
                    (entry.place.file.clone(), other.place.clone())
                }
                Some(other) => (other.place.file.clone(), entry.place.clone()),
                None => return,
            };
            let why = format!("`{}` leads to `{file}`, which has it too", shortened(address));
            report.add(place, "old addresses that two texts have", why);
            if !wins {
                return;
            }
        }
        self.by_address.insert(folded.clone(), (n, is_own));
        let first = address.trim_start_matches('/').split('/').next().unwrap_or_default();
        let taken = first.is_empty() || (RESERVED.contains(&first) && !address.trim_matches('/').contains('/'));
        // With its last slash or without, it is one page.
        let as_page = |address: &str| old_address(address).unwrap_or_else(|_| UrlPath::new(address)).folded();
        let is_known = |known: &str| as_page(known) == as_page(address);
        match old_address(address) {
            _ if !address.starts_with('/') => {}
            Ok(_) if is_known(&entry.url()) || entry.aliases.iter().any(|alias| is_known(alias)) => {}
            Ok(_) if taken => {
                let why = format!("`{}` shows a page of Ninefold's own", shortened(address));
                report.add(entry.place.clone(), "old addresses that can't be kept", why);
            }
            Ok(_) => entry.aliases.push(address.to_owned()),
            Err(help) => {
                let why = format!("`{}` is no path of a site: {help}", shortened(address));
                report.add(entry.place.clone(), "old addresses that can't be kept", why);
            }
        }
    }

    /// When all texts are known: an old address that is now a page's leads there, and nowhere else.
    pub fn settle(&mut self, report: &mut Report) {
        let urls: HashSet<String> = self.entries.iter().map(|entry| UrlPath::new(entry.url()).folded()).collect();
        for entry in &mut self.entries {
            let own = UrlPath::new(entry.url()).folded();
            let place = &entry.place;
            entry.aliases.retain(|alias| {
                let folded = UrlPath::new(alias.as_str()).folded();
                let is_taken = folded != own && urls.contains(&folded);
                if is_taken {
                    let why = format!("`{}` is the address of another page now", shortened(alias));
                    report.add(place.clone(), "old addresses that can't be kept", why);
                }
                !is_taken
            });
        }
    }

    /// A name of its own: a number follows where another has it.
    fn named(&mut self, text: &Text, report: &mut Report) -> String {
        let base = base_name(text);
        let key = (text.kind, base.clone());
        let is_reserved = text.kind == SourceKind::Page && RESERVED.contains(&base.as_str());
        if !is_reserved && !self.taken.contains(&key) {
            return base;
        }
        let n = self.numbers.entry(key).or_insert(1);
        loop {
            *n += 1;
            let id = format!("{base}-{n}");
            if !self.taken.contains(&(text.kind, id.clone())) {
                let why = format!("`{base}` is the name of another, so this is `{id}`");
                report.add(text.place.clone(), "names that got a number", why);
                return id;
            }
        }
    }

    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The text with this key.
    pub fn by_key(&self, key: &str) -> Option<&Entry> {
        self.by_key.get(key).map(|n| &self.entries[*n])
    }

    /// The text that answered at `address`, a path of the old site: as it is, without regard to case, with or without `.html`.
    pub fn at(&self, address: &str) -> Option<&Entry> {
        let exact = folded(address);
        let stem = exact.strip_suffix(".html").or_else(|| exact.strip_suffix(".md")).unwrap_or(&exact);
        let candidates = [exact.clone(), stem.to_owned(), format!("{stem}.html")];
        candidates.iter().find_map(|address| self.by_address.get(address)).map(|(n, _)| &self.entries[*n])
    }

    /// The texts with this name, title or alias, whatever its case.
    pub fn called(&self, name: &str) -> impl Iterator<Item = &Entry> {
        self.by_name.get(&nfc(name).to_lowercase()).into_iter().flatten().map(|n| &self.entries[*n])
    }
}

/// The name that `text` has if no other has it.
fn base_name(text: &Text) -> String {
    let fit = |part: &str| {
        let mut id = slug(part);
        id.truncate(MAX_NAME);
        let id = id.trim_matches('-').to_owned();
        // What Windows reserves is no name.
        if crate::model::Id::new(&id).is_ok() || id.is_empty() { id } else { format!("{id}-text") }
    };
    let parts: Vec<String> = match text.kind {
        SourceKind::Page => text.name.split('/').map(fit).filter(|part| !part.is_empty()).collect(),
        _ => vec![fit(&text.name)],
    };
    match parts.join("/") {
        name if !name.is_empty() => name,
        _ => Some(fit(&text.title)).filter(|name| !name.is_empty()).unwrap_or_else(|| "untitled".to_owned()),
    }
}

/// An address as addresses are compared: escapes undone, lower case, without the slash or the `index.html` at its end.
fn folded(address: &str) -> String {
    let decoded = percent_decode_str(address).decode_utf8_lossy();
    let path = nfc(&decoded).to_lowercase();
    let path = path.strip_suffix("index.html").unwrap_or(&path);
    format!("/{}", path.trim_matches('/'))
}

/// The link from the file of `from` to that of `to`.
pub fn link(from: &Entry, to: &Entry, anchor: Option<&str>) -> String {
    let anchor = anchor.map(|anchor| format!("#{anchor}")).unwrap_or_default();
    if from.key == to.key && !anchor.is_empty() {
        return anchor;
    }
    format!("{}{anchor}", relative(&from.folder(), &to.file()))
}

/// The path from `folder` to `file`, both of the site, as a link has it.
fn relative(folder: &str, file: &str) -> String {
    let from: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    let to: Vec<&str> = file.split('/').collect();
    let common = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let up = from[common..].iter().map(|_| "..");
    let path = up.chain(to[common..].iter().copied()).collect::<Vec<_>>().join("/");
    utf8_percent_encode(&path, PATH).to_string()
}

#[cfg(test)]
mod tests {
    use super::{folded, relative};

    #[test]
    fn addresses_are_compared_without_what_hosts_ignore() {
        for (text, expected) in [
            ("/2018/02/15/Release-1.24/", "/2018/02/15/release-1.24"),
            ("/a%20b/index.html", "/a b"),
            ("", "/"),
            ("/x.html", "/x.html"),
        ] {
            assert_eq!(folded(text), expected);
        }
    }

    #[test]
    fn a_link_leads_from_folder_to_file() {
        for (folder, file, expected) in [
            ("content/essays", "content/essays/b.md", "b.md"),
            ("content/essays/a", "content/essays/b/index.md", "../b/index.md"),
            ("content/pages/x", "content/essays/\u{fc}.md", "../../essays/%C3%BC.md"),
        ] {
            assert_eq!(relative(folder, file), expected);
        }
    }
}
