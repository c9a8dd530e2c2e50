//! What publishing refuses before anything is changed, and why. Knows sites, targets and records; does nothing.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use super::record::{RECORD, Record};
use crate::config::{self, Target};
use crate::diagnostic::{Diagnostic, rules};
use crate::load::UNREADABLE;
use crate::model::{Hash, nearest};
use crate::pipeline::Built;
use crate::write;

rules! {
    PLACEHOLDER_ADDRESS = "placeholder-address", warning, "a site is published whose `base_url` was never written";
    NO_TARGET = "no-target", error fixed, "no target, or not which one, is named";
    EMPTY_SITE = "empty-site", error fixed, "the site has no page to publish";
    LEAKED_DRAFT = "leaked-draft", error fixed, "a draft would be published";
    BAD_RECORD = "bad-record", error fixed, "the record of what was published can't be used";
    NO_LAST_VERSION = "no-last-version", error fixed, "the place keeps no version before this one";
    FOREIGN_TARGET = "foreign-target", error fixed, "the place holds files that were not published by this program";
}

/// The target of that name, or the only one.
pub fn chosen<'a>(targets: &'a [Target], name: Option<&str>) -> Result<&'a Target, Diagnostic> {
    let fault = |message: String| Diagnostic::new(NO_TARGET, message).in_file(&config::path());
    let names = || targets.iter().map(|target| target.name.as_str());
    let all = || names().collect::<Vec<_>>().join(", ");
    match (name, targets) {
        (_, []) => Err(fault("the site names no place to publish to".to_owned()).help(
            "add one to `site.yaml`: `publish: {live: {type: dir, path: /srv/www}}`; `type` may be s3, git or rsync too",
        )),
        (None, [only]) => Ok(only),
        (None, _) => Err(fault("the site names more than one place to publish to".to_owned())
            .help(format!("name one after the command: {}", all()))),
        (Some(name), _) => targets.iter().find(|target| target.name == name).ok_or_else(|| {
            fault(format!("there is no target `{name}`")).help(
                nearest(name, names())
                    .map_or_else(|| format!("the targets are {}", all()), |near| format!("did you mean `{near}`?")),
            )
        }),
    }
}

/// Refuses a site that was published by mistake: empty, or with drafts.
pub fn check(built: &Built, files: &BTreeMap<String, Hash>) -> Result<(), Diagnostic> {
    if built.facts.counted.documents == 0 {
        return Err(Diagnostic::new(EMPTY_SITE, "the site has no essay, incident or page to publish")
            .help("write one, or see whether all are drafts or dated after today"));
    }
    match built.facts.counted.left_out.iter().find(|url| files.contains_key(&url.file())) {
        Some(url) => Err(Diagnostic::new(
            LEAKED_DRAFT,
            format!("a file stands at `{url}`, the address of an essay that is a draft or dated after today"),
        )
        .help("delete it from `content/static/`, or publish the essay")),
        None => Ok(()),
    }
}

/// The warning for a site whose address was never written.
pub fn placeholder(built: &Built) -> Option<Diagnostic> {
    built.facts.base_url.is_placeholder().then(|| {
        let message = format!("`base_url` is still `{}`, which is no site's address", built.facts.base_url.host());
        Diagnostic::new(PLACEHOLDER_ADDRESS, message)
            .in_file(&config::path())
            .help("write the address the site will have: feeds, the sitemap and cards name it")
    })
}

pub fn unreadable(out: &Path) -> Diagnostic {
    Diagnostic::new(UNREADABLE, format!("`{}` was built and can't be read", out.display()))
        .help("run the command again")
}

/// A place may not be in the folder that is built into, nor hold it; the same for the folders that the site is made of.
pub fn overlapping(place: &Path, out: &Path, root: &Path) -> Result<(), Diagnostic> {
    let fault = |what: &str| {
        Diagnostic::new(super::BAD_TARGET, format!("the target's folder `{}` {what}", place.display()))
            .help("name a folder outside `public/`, `content/`, `themes/` and `.ninefold/`")
    };
    let unknown = |error: io::Error| fault(&format!("can't be looked at: {error}"));
    let (real_place, real_out) = (write::real(place).map_err(unknown)?, write::real(out).map_err(unknown)?);
    let own = write::overlap(root, place).map_err(unknown)?;
    if own.is_some() || write::are_nested(&real_place, &real_out) {
        return Err(fault("overlaps with the site's own"));
    }
    Ok(())
}

pub fn parsed(bytes: &[u8]) -> Result<Record, Diagnostic> {
    Record::parse(bytes).map_err(|why| {
        Diagnostic::new(BAD_RECORD, format!("`{RECORD}` at the place can't be used: {why}"))
            .help("delete it there, then publish with `--adopt`")
    })
}

pub fn no_last() -> Diagnostic {
    Diagnostic::new(NO_LAST_VERSION, "the place keeps no version before this one")
        .help("a version is kept from the second publication on, for the `keep_days` of the target")
}

pub fn foreign(there: &[String], replaced: &[String]) -> Diagnostic {
    /// Paths that are listed.
    const SHOWN: usize = 10;
    let files = if there.len() == 1 { "1 file".to_owned() } else { format!("{} files", there.len()) };
    let fault = Diagnostic::new(FOREIGN_TARGET, format!("the place holds {files} that Ninefold did not publish"));
    let list = match replaced {
        [] => "none of them would be replaced".to_owned(),
        some => {
            let more = if some.len() > SHOWN { ", …" } else { "" };
            format!(
                "these would be replaced: {}{more}",
                some.iter().take(SHOWN).cloned().collect::<Vec<_>>().join(", ")
            )
        }
    };
    fault.help(list).help("publish with `--adopt` to take the place over; the others stay")
}
