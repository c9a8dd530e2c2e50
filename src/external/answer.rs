//! What came back for an address, as values. Knows HTTP's words; asks for nothing and judges nothing.

use std::net::IpAddr;
use std::time::Duration;

use jiff::Timestamp;
use url::Url;

/// The most addresses that are followed from one to the next.
pub const MAX_REDIRECTS: usize = 10;
/// A page is read up to this many bytes.
pub const MAX_BODY: usize = 2 << 20;

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Request {
    pub url: Url,
    /// Of the gate of an archive: the moment of which a copy is wanted.
    pub when: Option<Timestamp>,
}

/// The answer to one request; no redirect is followed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    pub status: u16,
    /// Where a redirect leads, as it was written.
    pub location: Option<String>,
    /// How long the server asks clients to wait.
    pub retry_after: Option<Duration>,
    /// When the copy was made that the server shows (RFC 7089), as it was written; where it is; and what else the server links to.
    pub memento_datetime: Option<String>,
    pub content_location: Option<String>,
    pub links: Option<String>,
    /// None where it is no HTML.
    pub html: Option<Html>,
}

/// The text of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Html {
    pub text: String,
    /// False where it was longer than is read.
    pub is_whole: bool,
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    Timeout,
    /// No host has this name.
    NoHost,
    /// The name of the host stands for an address of a private network.
    Private(String, IpAddr),
    TooManyRedirects,
    /// A redirect leads to what is no address on the web.
    BadRedirect(String),
    /// Refused, broken off, no HTTP, no valid certificate: in the words of the system.
    Connection(String),
}

/// Where an address led.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The redirects that were followed: the status of each and where it led.
    pub hops: Vec<(u16, Url)>,
    pub end: Result<Reply, Failure>,
}

/// What answers requests. The one part of this module that reaches the network implements it.
pub trait Web: Sync {
    /// Asks for `url`, once, with these headers besides the usual.
    fn get(&self, url: &Url, headers: &[(&str, &str)]) -> Result<Reply, Failure>;
}

/// Asks for a page and follows redirects, each of which is a request of its own and as guarded as the first.
pub fn follow(web: &dyn Web, request: &Request) -> Answer {
    let when = request.when.map(|when| when.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string());
    let headers: Vec<(&str, &str)> = when.iter().map(|when| ("Accept-Datetime", when.as_str())).collect();
    let mut hops = Vec::new();
    let mut at = request.url.clone();
    loop {
        let reply = match web.get(&at, &headers) {
            Ok(reply) if is_redirect(reply.status) => reply,
            end => return Answer { hops, end },
        };
        let Some(location) = &reply.location else { return Answer { hops, end: Ok(reply) } };
        let to = match at.join(location) {
            Ok(to) if matches!(to.scheme(), "http" | "https") && to.has_host() => to,
            _ => return Answer { hops, end: Err(Failure::BadRedirect(location.clone())) },
        };
        hops.push((reply.status, to.clone()));
        if hops.len() > MAX_REDIRECTS {
            return Answer { hops, end: Err(Failure::TooManyRedirects) };
        }
        at = to;
    }
}

const fn is_redirect(status: u16) -> bool {
    matches!(status, 301 | 302 | 303 | 307 | 308)
}

/// Whether a redirect is for good (RFC 9110, 15.4).
pub const fn is_permanent(status: u16) -> bool {
    matches!(status, 301 | 308)
}
