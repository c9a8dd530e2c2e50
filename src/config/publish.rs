//! `publish:` in `site.yaml`: the places a site goes to. Knows how they are written; reaches none of them.

use serde::Serialize;

use crate::diagnostic::rules;
use crate::fields::{BAD_NAME, Faults, Fields, Form, NAME, Numbers, Placed, UNKNOWN_WORD};
use crate::model::{ClosedSet, Id};

use super::{BaseUrl, fault};

rules! {
    COPY_ADDRESS = "copy-address", error fixed, "a copy of the site has no address of its own";
    CREDENTIALS = "credentials", error fixed, "an address to publish to holds a password";
}

/// How long a lock counts of whose holder nothing is heard, in seconds.
const LOCK_SECONDS: u32 = 60;
/// How long an asset is kept that no page names any more, in days.
const KEEP_DAYS: u32 = 30;

const ENDPOINT: Form =
    Form::of("The address of a store: https://storage.example", r"[Hh][Tt][Tt][Pp][Ss]?:[/\\]*[^/\\?#@:][^?#@]*");
const REMOTE: Form = Form::ANY.except(r"^-|^http[^/]*://[^/]*@|://[^/@]*:[^/]*@").numbers(Numbers::Positive);
const DESTINATION: Form =
    Form::of("Where rsync goes: user@host:/srv/www, or rsync://host/module/path", r"[^-/:][^/:]*:[\s\S]+")
        .except(r"^(?:https?|ssh|sftp|ftp|file):|@-|^[^/]*//[^/]*:[^/]*@");
const LOCK: Form =
    Form::of("The seconds after which a silent publisher's lock is taken over, or off", r"off|\+?0*[1-9]\d{0,4}")
        .numbers(Numbers::Whole(1, 86_400));
const PURGE_ID: Form = Form {
    numbers: Numbers::Whole(0, i64::MAX),
    flags: true,
    ..Form::of("The id of a distribution or a zone", "[A-Za-z0-9]+")
};

/// Every place, in the order of the file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Publish {
    pub targets: Vec<Target>,
}

/// One place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Target {
    pub name: String,
    pub kind: TargetKind,
    /// Days for which assets stay that no page names any more: readers may still have the page that does.
    pub keep_days: u32,
    /// Seconds after which a lock is taken over whose holder has not been heard of; none if there is to be no lock.
    pub lock_seconds: Option<u32>,
    pub purge: Option<Purge>,
    /// The address of this copy of the site; none for the site's own.
    pub base_url: Option<BaseUrl>,
    /// Drafts go there too.
    pub drafts: bool,
    /// Essays dated after today go there too.
    pub future: bool,
    /// Search engines are asked to leave this copy out.
    pub noindex: bool,
    /// Days after which what was published there may be removed; none if it stays.
    pub expires: Option<u32>,
    /// Whoever the site announces changes to hears of those here.
    pub is_announced: bool,
}

impl Target {
    /// Whether what goes there is another site than the one that is built by itself.
    pub const fn is_copy(&self) -> bool {
        self.base_url.is_some() || self.drafts || self.future || self.noindex
    }
}

/// What kind of place it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum TargetKind {
    S3(S3Target),
    Rsync(RsyncTarget),
    Git(GitTarget),
    Dir(DirTarget),
}

/// A folder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DirTarget {
    /// From the site's root.
    pub path: String,
    /// The path is a link that is switched from one version of the site to the next.
    pub is_switched: bool,
}

/// A folder that rsync reaches.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RsyncTarget {
    /// As rsync takes it: `user@host:path`, or `rsync://host/module/path`.
    pub destination: String,
}

/// A bucket of Amazon S3 or of anything that speaks the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct S3Target {
    pub bucket: String,
    /// An http or https address; none for Amazon's.
    pub endpoint: Option<String>,
    pub region: Option<String>,
    /// The path in the bucket that the site stands below, without slashes at its ends.
    pub prefix: String,
    /// The bucket that holds what readers do not get, and the path in it; none if that stands beside the site.
    pub state: Option<(String, String)>,
    /// How texts are compressed that are stored there and sent to readers; none if they are not.
    pub coding: Option<Coding>,
}

impl S3Target {
    /// The place of what readers do not get, if it stands apart.
    pub fn state(&self) -> Option<Self> {
        let (bucket, prefix) = self.state.clone()?;
        let is_elsewhere = (&bucket, &prefix) != (&self.bucket, &self.prefix);
        is_elsewhere.then(|| Self { bucket, prefix, state: None, coding: None, ..self.clone() })
    }
}

/// How a text is compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Coding {
    Gzip,
    Brotli,
}

impl Coding {
    /// Its name in `Content-Encoding`, and in `site.yaml`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Gzip => "gzip",
            Self::Brotli => "br",
        }
    }
}

/// A branch of a remote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct GitTarget {
    /// An address, or the name of a remote of the repository that holds the site.
    pub remote: String,
    pub branch: String,
    /// What a commit says, `{commit}` for the one the site was built from; none for words of our own.
    pub message: Option<String>,
    /// Each publication is a commit on the last one; otherwise the branch has one commit.
    pub keeps_history: bool,
}

/// A cache in front of the place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum Purge {
    /// The id of a distribution.
    CloudFront(String),
    /// The id of a zone.
    Cloudflare(String),
}

#[derive(Clone, Copy)]
enum Type {
    S3,
    Git,
    Dir,
    Rsync,
}

impl ClosedSet for Type {
    const WORDS: &'static [&'static str] = &["s3", "git", "dir", "rsync"];

    fn from_word(word: &str) -> Option<Self> {
        Some(match word {
            "s3" => Self::S3,
            "git" => Self::Git,
            "dir" => Self::Dir,
            "rsync" => Self::Rsync,
            _ => return None,
        })
    }

    fn word(self) -> &'static str {
        match self {
            Self::S3 => "s3",
            Self::Git => "git",
            Self::Dir => "dir",
            Self::Rsync => "rsync",
        }
    }
}

impl Publish {
    pub(super) fn read(fields: &mut Fields<'_>, live: Option<&BaseUrl>, faults: &mut Faults) -> Self {
        let mut targets = Vec::new();
        for (name, group) in fields.takes(NAME).named_groups("publish", faults) {
            if let Err(error) = Id::new(&name.value) {
                let message = format!("`{}` can't name a target: it {error}", crate::fields::shortened(&name.value));
                faults.push(fault(BAD_NAME, message, name.spot).help("use lower-case letters, digits and dashes"));
                continue;
            }
            targets.extend(target(name.value, group, live, faults));
        }
        Self { targets }
    }

    /// Whether the limits of known hosts may matter: not if all places are stores of the author's own.
    pub fn has_host_limits(&self) -> bool {
        self.targets.is_empty() || self.targets.iter().any(|target| matches!(target.kind, TargetKind::Git(_)))
    }
}

fn target(name: String, mut group: Fields<'_>, live: Option<&BaseUrl>, faults: &mut Faults) -> Option<Target> {
    group.require("type", faults);
    let by_kind = group.by_word("type", faults, |kind, group, faults| {
        Some(match kind {
            Type::S3 => (s3(group, faults).map(TargetKind::S3), lock(group, faults)),
            // One push moves the branch or does not.
            Type::Git => (git(group, faults).map(TargetKind::Git), None),
            Type::Rsync => (rsync(group, faults).map(TargetKind::Rsync), lock(group, faults)),
            Type::Dir => (dir(group, faults).map(TargetKind::Dir), lock(group, faults)),
        })
    });
    let keep_days = group.number("keep_days", 0, 3650, faults).and_then(|n| u32::try_from(n).ok()).unwrap_or(KEEP_DAYS);
    let purge = group.group("purge", faults).and_then(|group| purge(group, faults));
    let spots = [group.key_of("drafts"), group.key_of("noindex")];
    let has_address = group.has("base_url");
    let base_url = base_url(&mut group, faults);
    let drafts = group.flag("drafts", faults).unwrap_or(false);
    let future = group.flag("future", faults).unwrap_or(false);
    let noindex = group.flag("noindex", faults).unwrap_or(false);
    let is_live = base_url.is_none() && !has_address || base_url.is_some() && base_url.as_ref() == live;
    let said = [("drafts", drafts), ("noindex", noindex)].into_iter().zip(spots).find(|((_, says), _)| *says);
    if let Some(((key, _), spot)) = said.filter(|_| is_live) {
        // Its canonical links would tell search engines that it is the live site.
        faults.push(
            fault(COPY_ADDRESS, format!("a copy with `{key}` has the address of the live site"), spot)
                .help("give the target the `base_url` at which this copy is served"),
        );
    }
    let expires = group.number("expires", 1, 3650, faults).and_then(|n| u32::try_from(n).ok());
    let is_announced = group.flag("announce", faults).unwrap_or(true);
    let (kind, lock_seconds) = by_kind?;
    group.finish(faults);
    let kind = kind?;
    Some(Target {
        name,
        kind,
        keep_days,
        lock_seconds,
        purge,
        base_url,
        drafts,
        future,
        noindex,
        expires,
        is_announced,
    })
}

fn s3(group: &mut Fields<'_>, faults: &mut Faults) -> Option<S3Target> {
    let bucket = group.required_text("bucket", faults);
    let endpoint = endpoint(group, faults);
    let region = group.text("region", faults).map(|region| region.value);
    let prefix = group.text("prefix", faults);
    let prefix = prefix.map(|prefix| prefix.value.trim_matches('/').to_owned()).unwrap_or_default();
    let state = group.text("state", faults).map(|state| {
        let (bucket, prefix) = state.value.split_once('/').unwrap_or((&state.value, ""));
        (bucket.to_owned(), prefix.trim_matches('/').to_owned())
    });
    let coding = coding(group, faults);
    Some(S3Target { bucket: bucket?.value, endpoint, region, prefix, state, coding })
}

fn dir(group: &mut Fields<'_>, faults: &mut Faults) -> Option<DirTarget> {
    let path = group.required_text("path", faults);
    let is_switched = group.takes(Form::one_of(&["atomic"])).text("switch", faults).is_some_and(|word| {
        let fits = word.value == "atomic";
        if !fits {
            let message = format!("`switch` can't be `{}`", crate::fields::shortened(&word.value));
            faults.push(fault(UNKNOWN_WORD, message, word.spot).help("write `atomic`, or leave the line out"));
        }
        fits
    });
    Some(DirTarget { path: path?.value, is_switched })
}

fn rsync(group: &mut Fields<'_>, faults: &mut Faults) -> Option<RsyncTarget> {
    group.require("destination", faults);
    let text = without_credentials(group.takes(DESTINATION), "destination", faults)?;
    let is_web = ["http:", "https:", "ssh:", "sftp:", "ftp:", "file:"].iter().any(|web| text.value.starts_with(web));
    let is_place = text.value.split_once(':').is_some_and(|(host, path)| {
        // ssh would take it for an option.
        !host.is_empty() && !host.contains('/') && !path.is_empty() && !text.value.contains("@-")
    });
    if is_place && !is_web {
        return Some(RsyncTarget { destination: text.value });
    }
    let message = format!("`destination` can't be `{}`", crate::fields::shortened(&text.value));
    faults.push(fault(UNKNOWN_WORD, message, text.spot).help(
        "write it as rsync does: `user@host:/srv/www`, or `rsync://host/module/path`; for a folder of this machine `type: dir`",
    ));
    None
}

/// `compress: gzip` or `br`.
fn coding(group: &mut Fields<'_>, faults: &mut Faults) -> Option<Coding> {
    let word = group.takes(Form::one_of(&["gzip", "br"])).text("compress", faults)?;
    let coding = [Coding::Gzip, Coding::Brotli].into_iter().find(|coding| coding.name() == word.value);
    if coding.is_none() {
        let message = format!("`compress` can't be `{}`", crate::fields::shortened(&word.value));
        faults
            .push(fault(UNKNOWN_WORD, message, word.spot).help("write `gzip` or `br` (Brotli), or leave the line out"));
    }
    coding
}

/// The address of this copy of the site.
fn base_url(group: &mut Fields<'_>, faults: &mut Faults) -> Option<BaseUrl> {
    let text = group.takes(BaseUrl::FORM).text("base_url", faults)?;
    let base_url = BaseUrl::parse(&text.value);
    if base_url.is_none() {
        let message = format!("`base_url` can't be `{}`", crate::fields::shortened(&text.value));
        faults.push(
            fault(UNKNOWN_WORD, message, text.spot).help("write a web address, such as `https://staging.example.org`"),
        );
    }
    base_url
}

/// The address of a store: a host, which a path may follow.
fn endpoint(group: &mut Fields<'_>, faults: &mut Faults) -> Option<String> {
    let text = without_credentials(group.takes(ENDPOINT), "endpoint", faults)?;
    let is_address = url::Url::parse(&text.value).is_ok_and(|url| {
        matches!(url.scheme(), "http" | "https")
            && url.host().is_some()
            && url.query().is_none()
            && url.fragment().is_none()
    });
    if is_address {
        return Some(text.value);
    }
    let message = format!("`endpoint` can't be `{}`", crate::fields::shortened(&text.value));
    faults.push(
        fault(UNKNOWN_WORD, message, text.spot)
            .help("write an address with http or https, such as `https://storage.example`"),
    );
    None
}

fn git(group: &mut Fields<'_>, faults: &mut Faults) -> Option<GitTarget> {
    let remote = without_credentials(group.takes(REMOTE), "remote", faults)
        .map_or_else(|| "origin".to_owned(), |remote| remote.value);
    let branch = group.takes(Form::ANY.except("^-").numbers(Numbers::Positive)).text("branch", faults);
    let history = group.takes(Form::one_of(&["keep", "single"])).text("history", faults);
    let message = group.text("message", faults).map(|message| message.value);
    if let Some(branch) = branch.as_ref().filter(|branch| branch.value.starts_with('-')) {
        // git would take it for an option.
        let message = format!("`branch` can't be `{}`", crate::fields::shortened(&branch.value));
        faults.push(fault(UNKNOWN_WORD, message, branch.spot.clone()).help("name a branch, such as `gh-pages`"));
        return None;
    }
    let branch = branch.map_or_else(|| "gh-pages".to_owned(), |branch| branch.value);
    let keeps_history = match history {
        None => true,
        Some(word) => match word.value.as_str() {
            "keep" => true,
            "single" => false,
            other => {
                faults.push(
                    fault(UNKNOWN_WORD, format!("`history` can't be `{other}`"), word.spot)
                        .help("use `keep` (as without the line) or `single`, for a branch of one commit"),
                );
                return None;
            }
        },
    };
    Some(GitTarget { remote, branch, message, keeps_history })
}

/// An address, which must hold no name and password: site.yaml is in everybody's copy of the site.
fn without_credentials(group: &mut Fields<'_>, key: &'static str, faults: &mut Faults) -> Option<Placed<String>> {
    let text = group.text(key, faults)?;
    let host = text.value.split_once("://").map(|(_, rest)| rest.split('/').next().unwrap_or(rest));
    // The name in `ssh://git@host` is no secret.
    let is_secret = |host: &str| {
        host.rsplit_once('@').is_some_and(|(user, _)| user.contains(':') || text.value.starts_with("http"))
    };
    if host.is_some_and(is_secret) {
        let message = format!("`{key}` holds a name or a password");
        faults.push(fault(CREDENTIALS, message, text.spot).help(
            "take it out: whoever reads `site.yaml` could use it; credentials come from the environment, or from what git knows",
        ));
        return None;
    }
    if text.value.starts_with('-') {
        let message = format!("`{key}` can't be `{}`", crate::fields::shortened(&text.value));
        faults.push(fault(UNKNOWN_WORD, message, text.spot).help("write an address"));
        return None;
    }
    Some(text)
}

/// `lock: off`, or for how many seconds a silent holder's lock counts.
fn lock(group: &mut Fields<'_>, faults: &mut Faults) -> Option<u32> {
    let Some(text) = group.takes(LOCK).text("lock", faults) else { return Some(LOCK_SECONDS) };
    if text.value == "off" {
        return None;
    }
    let seconds = text.value.parse::<u32>().ok().filter(|seconds| (1..=86_400).contains(seconds));
    if seconds.is_none() {
        faults.push(
            fault(UNKNOWN_WORD, format!("`lock` can't be `{}`", crate::fields::shortened(&text.value)), text.spot)
                .help("write `off`, or the seconds after which a silent publisher's lock is taken over, such as 60"),
        );
    }
    seconds
}

fn purge(mut group: Fields<'_>, faults: &mut Faults) -> Option<Purge> {
    let cloudfront = group.takes(PURGE_ID).text("cloudfront", faults);
    let cloudflare = group.takes(PURGE_ID).text("cloudflare", faults);
    group.finish(faults);
    let id = cloudfront.as_ref().or(cloudflare.as_ref())?;
    if !id.value.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        let message = format!("`{}` is not an id", crate::fields::shortened(&id.value));
        faults.push(
            fault(BAD_NAME, message, id.spot.clone())
                .help("copy the distribution's or the zone's id, letters and digits"),
        );
        return None;
    }
    cloudfront.map(|id| Purge::CloudFront(id.value)).or_else(|| cloudflare.map(|id| Purge::Cloudflare(id.value)))
}
