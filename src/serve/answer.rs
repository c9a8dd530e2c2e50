//! What an address of the site answers with while it is being written. Knows the site and its faults; no HTTP.

use crate::diagnostic::Diagnostic;
use crate::headers::content_type;
use crate::load::{Content, UNREADABLE};
use crate::model::UrlPath;
use crate::policy;
use crate::render::{self, Output};
use crate::site::search::FOLDER;
use crate::snapshot::{Change, Snapshot, is_page};

use super::banner;
use super::file::OpenFile;
use super::look::Look;
use super::state::State;
use super::turns::Work;

/// An answer, ready to send.
pub struct Answer {
    pub status: u16,
    pub content_type: &'static str,
    pub body: Payload,
    /// Where to go instead.
    pub location: Option<String>,
    /// Its Content-Security-Policy.
    pub policy: Option<String>,
}

/// What is sent.
pub enum Payload {
    Bytes(Vec<u8>),
    File(OpenFile),
}

/// Pages in files up to this many bytes are looked at as others are; larger ones are sent as they are.
const LOOKED_AT: u64 = 1 << 20;

/// Answers for `path`, percent-decoded, as the published site would, with the faults above every page.
pub fn answer(state: &State, path: &str) -> Answer {
    let mut snapshot = state.snapshot();
    let base = snapshot.assembled.site.config.base_url.path().to_owned();
    let Some(inner) = inside(&snapshot, path) else {
        return match state.moved(&snapshot, path) {
            Some(inner) => to(format!("{base}{inner}")),
            None if path == "/" || path == base => to(format!("{base}/")),
            None => not_found_plain(),
        };
    };
    let url = UrlPath::new(inner.to_owned());
    let mut result = answered(state, &snapshot, &url);
    if matches!(&result, Some(Err(fault)) if fault.rule == render::CHANGED_MEANWHILE) {
        // The file was saved a moment ago and the watcher is on its way.
        state.follow(&Change::Anything, state.received());
        snapshot = state.snapshot();
        result = answered(state, &snapshot, &url);
    }
    match result {
        Some(Ok(body)) => found(200, &url, body, &snapshot, state),
        Some(Err(fault)) => failed(&url, &snapshot, state, fault),
        None if snapshot.assembled.site.has(&format!("{inner}/")) => to(format!("{base}{inner}/")),
        None => {
            let url = UrlPath::new("/404.html");
            match page(&snapshot, &url) {
                Some(Ok(body)) => found(404, &url, Payload::Bytes(body), &snapshot, state),
                _ => not_found_plain(),
            }
        }
    }
}

/// A file of the search index, or what the site has at `url`.
fn answered(state: &State, snapshot: &Snapshot, url: &UrlPath) -> Option<Result<Payload, Diagnostic>> {
    if snapshot.assembled.site.config.search && url.as_str().starts_with(FOLDER) {
        return state.index.file(snapshot, &url.file()).transpose().map(|file| file.map(Payload::Bytes));
    }
    payload(snapshot, url)
}

/// What kind of work it is to answer for `path`.
pub fn work(state: &State, path: &str) -> Work {
    let snapshot = state.snapshot();
    match inside(&snapshot, path) {
        Some(inner) if inner.starts_with(FOLDER) => Work::Search,
        Some(inner) if snapshot.assembled.site.is_made_picture(&UrlPath::new(inner.to_owned())) => Work::Picture,
        _ => Work::Page,
    }
}

/// The path as the site knows it; none if it is not below the site's own.
fn inside<'a>(snapshot: &Snapshot, path: &'a str) -> Option<&'a str> {
    path.strip_prefix(snapshot.assembled.site.config.base_url.path()).filter(|inner| inner.starts_with('/'))
}

/// The look of the page that `path` shows.
pub fn look(snapshot: &Snapshot, path: &str) -> Look {
    let not_found = UrlPath::new("/404.html");
    let url = inside(snapshot, path).map_or_else(|| not_found.clone(), |inner| UrlPath::new(inner.to_owned()));
    let made = page(snapshot, &url).or_else(|| page(snapshot, &not_found));
    Look::of(snapshot, made.as_ref().map(|made| made.as_deref()))
}

/// What `url` answers with; none if nothing is there.
fn payload(snapshot: &Snapshot, url: &UrlPath) -> Option<Result<Payload, Diagnostic>> {
    Some(snapshot.output(url)?.and_then(|output| {
        match output {
            Output::Bytes(bytes) => Ok(Payload::Bytes(bytes)),
            Output::Shared(bytes) => Ok(Payload::Bytes(bytes.to_vec())),
            Output::Copy(Content::Held(bytes)) => Ok(Payload::Bytes(bytes.to_vec())),
            Output::Copy(Content::Disk(path)) => OpenFile::open(&path, &snapshot.folder_of(&path))
                .and_then(|file| match is_page(url) && file.length <= LOOKED_AT {
                    true => file.read().map(Payload::Bytes),
                    false => Ok(Payload::File(file)),
                })
                .map_err(|error| Diagnostic::new(UNREADABLE, format!("the file of `{url}` can't be read: {error}"))),
        }
    }))
}

/// The page at `url`; none if no page is there, or one that is not looked at.
fn page(snapshot: &Snapshot, url: &UrlPath) -> Option<Result<Vec<u8>, Diagnostic>> {
    match payload(snapshot, Some(url).filter(|url| is_page(url))?)? {
        Ok(Payload::Bytes(body)) => Some(Ok(body)),
        Ok(Payload::File(_)) => None,
        Err(fault) => Some(Err(fault)),
    }
}

fn found(status: u16, url: &UrlPath, body: Payload, snapshot: &Snapshot, state: &State) -> Answer {
    let body = match body {
        Payload::Bytes(body) if is_page(url) => {
            let faults = faults(state, snapshot, url, None);
            Payload::Bytes(banner::with_live_reload(&body, Look::of(snapshot, Some(Ok(&body))), &faults))
        }
        body => body,
    };
    let (content_type, policy) = (content_type(&url.file()), Some(policy_of(snapshot, url)));
    Answer { status, content_type, body, location: None, policy }
}

/// What binds a page also where its theme has no `<meta>` of it. An author's own file is bound by its own words alone, as it
/// is when it is published.
fn policy_of(snapshot: &Snapshot, url: &UrlPath) -> String {
    let site = &snapshot.assembled.site;
    let frames = policy::of_frames(&site.config);
    if site.is_file(url) { frames } else { format!("{}; {frames}", policy::of_pages(&site.config)) }
}

/// Nothing newer can be shown: the last good page is, or, where there is none, what is wrong.
fn failed(url: &UrlPath, snapshot: &Snapshot, state: &State, fault: Diagnostic) -> Answer {
    let content_type = content_type("index.html");
    let look = Look::of(snapshot, Some(Err(&fault)));
    let faults = faults(state, snapshot, url, Some(fault));
    let policy = Some(policy_of(snapshot, url));
    let (status, body) = match snapshot.last_good(url) {
        Some(body) => (200, banner::with_live_reload(&body, look, &faults)),
        None => (500, banner::faults_alone(look, &faults).into_bytes()),
    };
    Answer { status, content_type, body: Payload::Bytes(body), location: None, policy }
}

/// What stands above the page at `url`: its own fault, then those of watching and of the site.
fn faults(state: &State, snapshot: &Snapshot, url: &UrlPath, own: Option<Diagnostic>) -> String {
    let first: Vec<Diagnostic> = own.into_iter().chain(state.diagnostics()).collect();
    let mut shown: Vec<&Diagnostic> = first.iter().chain(&snapshot.diagnostics).collect();
    shown.dedup();
    banner::faults(&shown, snapshot.assembled.site.source_of(url), &state.options.root)
}

/// What stands above the page that `path` shows.
pub fn faults_above(state: &State, snapshot: &Snapshot, path: &str) -> String {
    let url = UrlPath::new(inside(snapshot, path).unwrap_or("/404.html").to_owned());
    let own = page(snapshot, &url).and_then(Result::err);
    faults(state, snapshot, &url, own)
}

fn to(location: String) -> Answer {
    Answer {
        status: 307,
        content_type: "text/plain; charset=utf-8",
        body: Payload::Bytes(Vec::new()),
        location: Some(location),
        policy: None,
    }
}

fn not_found_plain() -> Answer {
    Answer {
        status: 404,
        content_type: "text/plain; charset=utf-8",
        body: Payload::Bytes(b"Nothing is here.\n".to_vec()),
        location: None,
        policy: None,
    }
}
