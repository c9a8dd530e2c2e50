//! Fetches some of the published addresses and compares. Knows addresses and hashes; knows the faults that hosts are known for.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use crate::config::BaseUrl;
use crate::diagnostic::{Diagnostic, rules};
use crate::model::{Hash, UrlPath};
use crate::publish::VERIFY;
use crate::publish::http::{Answer, Client};
use crate::publish::plan::waves::address;
use crate::publish::record::{RECORD, Record};

rules! {
    RECORD_SERVED = "record-served", warning fixed, "readers get the record of what was published";
    PRIVATE_BUCKET = "private-bucket", error fixed, "the bucket is not open to readers";
}

/// Addresses that are looked at, at most.
const SAMPLE: usize = 24;
/// The pause before an address is asked for again that still shows another version.
const PAUSE: Duration = Duration::from_secs(2);

const REPAIR: &str = "if others changed the place, `ninefold publish --repair` sends what differs from the site";

/// What is fetched: the file's path, its address, what should be there.
struct Probe<'a> {
    path: &'a str,
    url: String,
    hash: Hash,
}

/// The front page; of the files that changed essays first; then files spread over the whole site. The same ones for the same
/// site.
fn sample<'a>(site: &'a BTreeMap<String, Hash>, changed: &[String], base: &BaseUrl) -> Vec<Probe<'a>> {
    let is_shown = |path: &str| !path.starts_with(['_', '.']) && !matches!(path, "CNAME" | "404.html");
    let changed: BTreeSet<&String> = changed.iter().collect();
    let mut paths: Vec<&'a String> = site.keys().filter(|path| is_shown(path)).collect();
    // By hash of the name: no folder is looked at more than others.
    let spread = |path: &String| Hash::of(path.as_bytes()).short();
    paths.sort_by_key(|path| {
        (*path != "index.html", !changed.contains(path), !path.starts_with("essays/"), spread(path))
    });
    let mut rest = paths.split_off(paths.len().min(SAMPLE / 2));
    rest.sort_by_key(|path| spread(path));
    paths
        .into_iter()
        .chain(rest)
        .take(SAMPLE)
        .filter_map(|path| {
            let url = base.absolute(&UrlPath::new(address(path).unwrap_or_else(|| format!("/{path}"))));
            Some(Probe { path, url, hash: *site.get(path)? })
        })
        .collect()
}

/// Looks at a sample and returns how many addresses were as they should be. An address that shows another version is asked
/// again until `patience` is over: caches take their time.
pub fn verify(
    client: &Client,
    site: &BTreeMap<String, Hash>,
    changed: &[String],
    base: &BaseUrl,
    patience: Duration,
) -> Result<usize, Vec<Diagnostic>> {
    let end = Instant::now() + patience;
    let probes = sample(site, changed, base);
    let mut faults = Vec::new();
    for probe in &probes {
        loop {
            match look(client, probe, base) {
                Ok(()) => break,
                Err(fault) if fault.rule == PRIVATE_BUCKET => return Err(vec![fault]),
                Err(fault) => {
                    if Instant::now() + PAUSE > end {
                        faults.push(fault);
                        break;
                    }
                    std::thread::sleep(PAUSE);
                }
            }
        }
    }
    if faults.is_empty() { Ok(probes.len()) } else { Err(faults) }
}

/// Whether readers get the record too: it names every file, also those that no page names any more.
pub fn served(client: &Client, base: &BaseUrl) -> Option<Diagnostic> {
    let url = base.absolute(&UrlPath::new(format!("/{RECORD}")));
    let answer = client.get(&url).ok().filter(|answer| answer.status == 200)?;
    Record::parse(&answer.body).ok()?;
    let message = format!("readers get {url}, the record of what was published");
    Some(Diagnostic::new(RECORD_SERVED, message).help(
        "a bucket: name another one, which is private, as the target's `state`; a server of your own: let it answer 404 for `/.ninefold-`",
    ))
}

fn look(client: &Client, probe: &Probe<'_>, base: &BaseUrl) -> Result<(), Diagnostic> {
    let wrong = |what: String| Diagnostic::new(VERIFY, format!("{} {what}", probe.url));
    let answer = client.get(&probe.url).map_err(|why| {
        wrong(format!("can't be reached: {why}")).help("see that `base_url` is where the target is served")
    })?;
    match answer.status {
        200 if Hash::of(&answer.body) == probe.hash => Ok(()),
        200 => Err(wrong("shows something else than was published".to_owned())
            .help("a cache may still have the old version, or the host changes pages on their way; look again later")
            .help(REPAIR)),
        403 if is_private_bucket(client, probe, base) => Err(Diagnostic::new(
            PRIVATE_BUCKET,
            format!("{} answers 403, and with `index.html` behind it 200: a private bucket that knows no folders", probe.url),
        )
        .help("`ninefold new deploy cloudfront` writes the function that adds `index.html`, the rule for 404, and the steps")),
        status => Err(wrong(format!("answers {status}"))
            .help("see that the host serves the place that was published, with `index.html` for folders")
            .help(REPAIR)),
    }
}

fn is_private_bucket(client: &Client, probe: &Probe<'_>, base: &BaseUrl) -> bool {
    probe.url.ends_with('/')
        && matches!(
            client.get(&base.absolute(&UrlPath::new(format!("/{}", probe.path)))),
            Ok(Answer { status: 200, .. })
        )
}
