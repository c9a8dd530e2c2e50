//! What is to be done to make a place show the site: a pure function of the site's files and the place's record. Knows the
//! order that keeps every page whole; touches nothing.

mod moved;
pub mod sources;
pub mod vanishing;
pub mod waves;

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};

use crate::config::Coding;
use crate::headers::{cache_control, content_type, is_text};
use crate::model::{Hash, folded};
use crate::publish::record::{Entry, Record, Unused};
use crate::publish::stores::{Found, Headers};
use waves::{Wave, address, is_under_its_own_name};

/// Removals up to this many are never too many.
const FEW: usize = 10;
/// More than this many always are.
const MANY: usize = 1_000;
/// So are more than one in this many.
const SHARE: usize = 4;

/// A file to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upload {
    pub path: String,
    pub hash: Hash,
    pub wave: Wave,
    /// Nothing of ours was at the path before.
    pub is_new: bool,
}

/// What the plan depends on besides the two sides.
#[derive(Clone, Copy, Debug)]
pub struct Rules {
    pub now: Timestamp,
    /// Days for which unused assets stay, and the last version.
    pub keep_days: u32,
    /// Days after which what is published may be removed.
    pub expires: Option<u32>,
    /// The last version is brought again, rather than a new one.
    pub is_back: bool,
    /// Whether the place keeps headers beside files; where it does not, they make no difference.
    pub keeps_headers: bool,
    /// How texts are compressed that are stored there.
    pub coding: Option<Coding>,
    /// Whether a cache stands in front of the place.
    pub purges: bool,
}

impl Rules {
    fn keep(&self) -> SignedDuration {
        days_long(self.keep_days)
    }
}

fn days_long(days: u32) -> SignedDuration {
    SignedDuration::from_hours(24 * i64::from(days))
}

/// What is to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// In order.
    pub uploads: Vec<Upload>,
    /// In order: what points at pages, pages, then what pages need.
    pub removals: Vec<String>,
    /// Unused assets that stay for now.
    pub kept: usize,
    pub unchanged: usize,
    /// Addresses that answered and will no more.
    pub vanishing: Vec<String>,
    /// Paths to clear from caches afterwards.
    pub purge: BTreeSet<String>,
    /// Of the version that this one takes the place of: the content of each file that goes, and its path.
    pub replaced: BTreeMap<Hash, String>,
    /// Whether copies of that version stay, for `publish --back`.
    keeps_version: bool,
    /// Removals besides assets whose time is over.
    removed_files: usize,
    before: Record,
    after: Record,
}

impl Plan {
    /// Compares the site's files with what the place has.
    pub fn new(site: &BTreeMap<String, Hash>, before: &Record, rules: Rules) -> Self {
        let (uploads, files) = wanted(site, before, rules);
        let gone = Gone::of(site, before, rules);
        let unchanged = site.len() - uploads.len();
        let removals: Vec<String> = gone.removals.into_iter().map(|(_, path)| path).collect();
        let vanishing =
            removals.iter().filter(|path| before.files.contains_key(*path)).filter_map(|path| address(path)).collect();
        let mut purge = before.unpurged.clone();
        if rules.purges {
            purge.extend(uploads.iter().filter(|upload| !upload.is_new).map(|upload| upload.path.clone()));
            purge.extend(removals.iter().cloned());
        } else {
            purge.clear();
        }
        let mut after = Record::default();
        (after.files, after.unused, after.went_back) = (files, gone.kept, rules.is_back);
        after.expires = rules.expires.map(|days| rules.now + days_long(days)).map(|new| {
            // Written anew once a day at most, so that an unchanged site sends nothing.
            before.expires.filter(|old| new.duration_since(*old).abs() < days_long(1)).unwrap_or(new)
        });
        let is_version = !rules.is_back && !before.files.is_empty() && before.hashes() != after.hashes();
        // A new version takes the place of the last; an old one has its time.
        let since = if is_version { Some(rules.now) } else { before.last };
        after.last = since.filter(|since| rules.now.duration_since(*since) < rules.keep());
        let keeps_version = is_version && after.last.is_some();
        let is_replaced = |path: &String, entry: &Entry| {
            !before.pending.contains(path) && !after.unused.contains_key(path) && after.hash_of(path) != entry.content()
        };
        let replaced = before.files.iter().filter(|(path, entry)| is_replaced(path, entry));
        let replaced = replaced.filter_map(|(path, entry)| Some((entry.content()?, path.clone()))).collect();
        Self {
            kept: after.unused.len(),
            unchanged,
            vanishing,
            purge,
            replaced,
            keeps_version,
            removed_files: gone.files,
            before: before.clone(),
            after,
            uploads,
            removals,
        }
    }

    /// Whether the place is as it should be already.
    pub fn is_nothing(&self) -> bool {
        self.uploads.is_empty() && self.removals.is_empty() && self.purge.is_empty() && self.before == self.after
    }

    /// The files of the version that this one takes the place of, if it is to be kept.
    pub fn kept_version(&self) -> Option<BTreeMap<String, Hash>> {
        self.keeps_version.then(|| self.before.hashes())
    }

    /// Whether the time of the version before is over.
    pub const fn drops_last(&self) -> bool {
        self.before.last.is_some() && self.after.last.is_none()
    }

    /// Whether the place holds a version that is kept from an earlier run.
    pub const fn had_last(&self) -> bool {
        self.before.last.is_some()
    }

    /// Whether so much would be removed that the run asks for `--force`.
    pub fn removes_too_much(&self) -> bool {
        let (gone, all) = (self.removed_files, self.before.files.len());
        gone > FEW && (gone > MANY || gone * SHARE > all)
    }

    /// The files of the site that go, and how many there were.
    pub fn removed_of(&self) -> (usize, usize) {
        (self.removed_files, self.before.files.len())
    }

    /// Files to be removed that stand where an upload needs a folder, or the other way round; and those that some disks take for
    /// a file that is uploaded, since their names differ in letter case alone.
    pub fn in_the_way(&self) -> impl Iterator<Item = &str> {
        let new: BTreeSet<String> = self.uploads.iter().map(|upload| folded(&upload.path)).collect();
        let below = |inner: &str, outer: &str| inner.strip_prefix(outer).is_some_and(|rest| rest.starts_with('/'));
        self.removals.iter().map(String::as_str).filter(move |gone| {
            new.contains(&folded(gone))
                || self.uploads.iter().any(|upload| below(&upload.path, gone) || below(gone, &upload.path))
        })
    }

    /// Records the lengths and tags that the place reported for the files that were sent.
    pub fn remember(&mut self, sent: BTreeMap<String, Found>) {
        for (path, found) in sent {
            if let Some(entry) = self.after.files.get_mut(&path) {
                entry.there = Some(found);
            }
        }
    }

    /// The record while files are written: what was, and what may be otherwise already.
    pub fn record_during(&self) -> Record {
        let mut record = self.before.clone();
        record.pending.extend(self.uploads.iter().map(|upload| upload.path.clone()));
        record.unpurged.clone_from(&self.purge);
        record.last = self.after.last.or(self.before.last);
        record
    }

    /// The record once every file is written, while others are removed and caches cleared.
    pub fn record_before_removals(&self) -> Record {
        let mut record = self.after.clone();
        record.pending.extend(self.removals.iter().cloned());
        record.unpurged.clone_from(&self.purge);
        record.last = self.after.last.or(self.before.last);
        record
    }

    /// The record of a finished run.
    pub const fn record_after(&self) -> &Record {
        &self.after
    }
}

/// The site's files that are to be sent, in their waves, and what the record says of every one.
fn wanted(site: &BTreeMap<String, Hash>, before: &Record, rules: Rules) -> (Vec<Upload>, BTreeMap<String, Entry>) {
    let mut uploads = Vec::new();
    let mut files = BTreeMap::new();
    for (path, hash) in site {
        let entry = entry(path, *hash, rules);
        let there = before.files.get(path).or_else(|| before.unused.get(path).map(|unused| &unused.entry));
        let is_same = there.is_some_and(|there| there.is_like(&entry));
        if !is_same || before.pending.contains(path) {
            let wave = Wave::of(path, *hash);
            uploads.push(Upload { path: path.clone(), hash: *hash, wave, is_new: there.is_none() });
        }
        let unchanged = there.filter(|_| is_same).cloned();
        files.insert(path.clone(), unchanged.unwrap_or(entry));
    }
    uploads.sort_by(|a, b| (a.wave, &a.path).cmp(&(b.wave, &b.path)));
    (uploads, files)
}

/// Sorts what the site no longer has into what goes and what stays.
struct Gone {
    rules: Rules,
    removals: Vec<(Wave, String)>,
    kept: BTreeMap<String, Unused>,
    files: usize,
}

impl Gone {
    /// Of a place that has what `before` says, in the order in which it goes: pages first.
    fn of(site: &BTreeMap<String, Hash>, before: &Record, rules: Rules) -> Self {
        let mut gone = Self { rules, removals: Vec::new(), kept: BTreeMap::new(), files: 0 };
        for (path, entry) in before.files.iter().filter(|(path, _)| !site.contains_key(*path)) {
            gone.add(path, entry, rules.now);
        }
        for (path, unused) in before.unused.iter().filter(|(path, _)| !site.contains_key(*path)) {
            gone.add(path, &unused.entry, unused.since);
        }
        for path in &before.pending {
            let is_known = before.files.contains_key(path) || before.unused.contains_key(path);
            if !is_known && !site.contains_key(path) {
                gone.removals.push((Wave::of(path, Hash::of(&[])), path.clone()));
            }
        }
        gone.removals.sort_by(|a, b| (b.0, &a.1).cmp(&(a.0, &b.1)));
        gone
    }

    fn add(&mut self, path: &str, entry: &Entry, since: Timestamp) {
        let content = entry.content().unwrap_or(Hash::of(&[]));
        let is_asset = is_under_its_own_name(path, content);
        if is_asset && self.rules.now.duration_since(since) < self.rules.keep() {
            self.kept.insert(path.to_owned(), Unused { entry: entry.clone(), since });
        } else {
            self.files += usize::from(!is_asset);
            self.removals.push((Wave::of(path, content), path.to_owned()));
        }
    }
}

/// What the file at `path` is sent with, to a place that stores texts compressed in this way.
pub fn headers(path: &str, hash: Hash, coding: Option<Coding>) -> Headers {
    let content_type = content_type(path);
    let coding = coding.filter(|_| is_text(content_type));
    Headers { content_type, cache_control: cache_control(path, hash), coding }
}

fn entry(path: &str, hash: Hash, rules: Rules) -> Entry {
    let Headers { content_type, cache_control, coding } = headers(path, hash, rules.coding);
    let headers = if rules.keeps_headers {
        let coding = coding.map(|coding| format!("\n{}", coding.name())).unwrap_or_default();
        Hash::of(format!("{content_type}\n{cache_control}{coding}").as_bytes()).short()
    } else {
        String::new()
    };
    Entry { hash: hash.to_string(), headers, there: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULES: Rules = Rules {
        now: Timestamp::UNIX_EPOCH,
        keep_days: 30,
        expires: None,
        is_back: false,
        keeps_headers: true,
        coding: None,
        purges: true,
    };

    fn files(paths: &[&str]) -> BTreeMap<String, Hash> {
        paths.iter().map(|path| ((*path).to_owned(), Hash::of(path.as_bytes()))).collect()
    }

    const ENTRY: &str = "pagefind/pagefind-entry.json";

    #[test]
    fn pieces_of_the_index_stay_for_those_who_have_read_an_older_entry() {
        let old = "pagefind/index/en_c8bf637.pf_index";
        let plan = Plan::new(&files(&[old, ENTRY]), &Record::default(), RULES);
        assert_eq!(plan.uploads.iter().map(|upload| upload.path.as_str()).collect::<Vec<_>>(), [old, ENTRY]);
        let new = files(&["pagefind/index/en_1234567.pf_index", ENTRY]);
        let next = Plan::new(&new, plan.record_after(), RULES);
        assert_eq!((next.removals.len(), next.kept), (0, 1));
        let later = Rules { now: RULES.now + SignedDuration::from_hours(24 * 30), ..RULES };
        assert_eq!(Plan::new(&new, next.record_after(), later).removals, [old]);
    }

    fn fingerprinted() -> (String, Hash) {
        let hash = Hash::of(b"h1 {}");
        (format!("assets/a.{}.css", hash.short()), hash)
    }

    #[test]
    fn what_pages_need_goes_first_and_leaves_last() {
        let (asset, hash) = fingerprinted();
        let mut site =
            files(&["sitemap.xml", "index.html", "essays/index.html", "essays/a/index.html", "essays/a/b.png", ENTRY]);
        site.insert(asset.clone(), hash);
        let plan = Plan::new(&site, &Record::default(), RULES);
        let paths: Vec<&str> = plan.uploads.iter().map(|upload| upload.path.as_str()).collect();
        let order =
            [&asset, "essays/a/b.png", "essays/a/index.html", ENTRY, "essays/index.html", "index.html", "sitemap.xml"];
        assert_eq!(paths, order);
        // Everything goes but the asset, which stays for readers with an older page.
        let gone = Plan::new(&BTreeMap::new(), plan.record_after(), RULES);
        assert_eq!(
            gone.removals,
            ["sitemap.xml", "essays/index.html", "index.html", ENTRY, "essays/a/index.html", "essays/a/b.png"]
        );
        assert_eq!((gone.kept, gone.vanishing.len()), (1, 3));
        let later = Rules { now: RULES.now + SignedDuration::from_hours(24 * 30), ..RULES };
        assert_eq!(Plan::new(&BTreeMap::new(), gone.record_after(), later).removals, [asset]);
    }

    #[test]
    fn other_headers_count_and_so_does_what_an_unfinished_run_touched() {
        let site = files(&["index.html", "feed.xml"]);
        let done = Plan::new(&site, &Record::default(), RULES).record_after().clone();
        assert!(Plan::new(&site, &done, RULES).is_nothing());
        let mut other = done.clone();
        other.files.entry("index.html".to_owned()).and_modify(|entry| entry.headers = "other".to_owned());
        assert_eq!(Plan::new(&site, &other, RULES).uploads.len(), 1);
        // A run that was to add `b.html` was interrupted: the file may be there or not.
        let begun = Plan::new(&files(&["index.html", "feed.xml", "b.html"]), &done, RULES).record_during();
        let back = Plan::new(&site, &begun, RULES);
        assert_eq!((back.uploads.len(), back.removals), (0, vec!["b.html".to_owned()]));
        let mut changed = site.clone();
        changed.insert("index.html".to_owned(), Hash::of(b"new"));
        let begun = Plan::new(&changed, &done, RULES).record_during();
        assert_eq!(Plan::new(&site, &begun, RULES).uploads.len(), 1, "it may show the new one already");
    }

    #[test]
    fn caches_are_cleared_of_what_changed_and_went_until_that_has_worked() {
        let done = Plan::new(&files(&["a.html", "b.html"]), &Record::default(), RULES).record_after().clone();
        let mut site = files(&["a.html", "c.html"]);
        site.insert("a.html".to_owned(), Hash::of(b"new"));
        let plan = Plan::new(&site, &done, RULES);
        let cleared = ["a.html", "b.html"].map(str::to_owned).into();
        assert_eq!(plan.purge, cleared);
        let again = Plan::new(&site, &plan.record_before_removals(), RULES);
        assert_eq!(again.purge, cleared);
        assert!(!again.is_nothing());
    }
}
