//! EDGE. Requests over HTTP, each bounded in time and size, and guarded: a host's name is resolved first, and no connection is
//! made to an address of a private network. Knows ureq; judges nothing.

use std::io::Read;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use ureq::config::Config;
use ureq::http::{HeaderMap, Uri, header};
use ureq::tls::{RootCerts, TlsConfig};
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};
use ureq::{Agent, Error};
use url::Url;

use super::answer::{Failure, Html, MAX_BODY, Reply, Web};
use super::private::is_private;

/// The `User-Agent` of every request.
const USER_AGENT: &str = concat!("ninefold/", env!("CARGO_PKG_VERSION"), " (checks whether linked pages are there)");

/// How requests are made.
#[derive(Clone, Debug)]
pub struct Access {
    /// Hosts that are asked although they are of a private network.
    pub allow_private: Vec<String>,
    /// How long one request may take.
    pub timeout: Duration,
}

impl Default for Access {
    fn default() -> Self {
        Self { allow_private: Vec::new(), timeout: Duration::from_secs(20) }
    }
}

/// The public web.
#[derive(Debug)]
pub struct PublicWeb {
    agent: Agent,
}

impl PublicWeb {
    pub fn new(access: Access) -> Self {
        let tls = TlsConfig::builder()
            .root_certs(RootCerts::PlatformVerifier)
            .unversioned_rustls_crypto_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .build();
        let config = Config::builder()
            .tls_config(tls)
            .timeout_global(Some(access.timeout))
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false)
            // A proxy would resolve names in our place, unguarded.
            .proxy(None)
            .user_agent(USER_AGENT)
            .build();
        let resolver = Guarded { inner: DefaultResolver::default(), allow_private: access.allow_private };
        Self { agent: Agent::with_parts(config, DefaultConnector::new(), resolver) }
    }
}

impl Web for PublicWeb {
    fn get(&self, url: &Url, headers: &[(&str, &str)]) -> Result<Reply, Failure> {
        let request = self.agent.get(url.as_str()).header("Accept", "text/html, */*;q=0.5");
        let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
        let response = request.call().map_err(failure)?;
        let (parts, body) = response.into_parts();
        let text = |name: header::HeaderName| text(&parts.headers, name.as_str());
        let seconds = text(header::RETRY_AFTER).and_then(|value| value.trim().parse().ok());
        let is_html = text(header::CONTENT_TYPE)
            .is_some_and(|kind| ["text/html", "application/xhtml+xml"].iter().any(|html| kind.starts_with(html)))
            && text(header::CONTENT_ENCODING).is_none_or(|encoding| encoding == "identity");
        let html = if is_html && parts.status.is_success() { Some(html(body.into_reader())?) } else { None };
        Ok(Reply {
            status: parts.status.as_u16(),
            location: text(header::LOCATION),
            retry_after: seconds.map(Duration::from_secs),
            memento_datetime: self::text(&parts.headers, "memento-datetime"),
            content_location: text(header::CONTENT_LOCATION),
            links: text(header::LINK),
            html,
        })
    }
}

fn text(headers: &HeaderMap, name: &str) -> Option<String> {
    headers.get(name).map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned())
}

/// The text of a page, up to a size. Letters beyond ASCII in encodings of old are replaced: ids and what is looked for are not
/// made of them.
fn html(body: impl Read) -> Result<Html, Failure> {
    let mut bytes = Vec::new();
    body.take(MAX_BODY as u64 + 1).read_to_end(&mut bytes).map_err(|error| failure(Error::from(error)))?;
    let is_whole = bytes.len() <= MAX_BODY;
    bytes.truncate(MAX_BODY);
    Ok(Html { text: String::from_utf8_lossy(&bytes).into_owned(), is_whole })
}

fn failure(error: Error) -> Failure {
    match error {
        Error::Timeout(_) => Failure::Timeout,
        Error::HostNotFound => Failure::NoHost,
        Error::Io(error) => {
            if let Some(Refused { host, address }) = error.get_ref().and_then(|inner| inner.downcast_ref()) {
                return Failure::Private(host.clone(), *address);
            }
            let words = error.to_string();
            match error.kind() {
                std::io::ErrorKind::TimedOut => Failure::Timeout,
                _ if says_no_such_host(&words) => Failure::NoHost,
                _ => Failure::Connection(words),
            }
        }
        other => Failure::Connection(other.to_string()),
    }
}

/// Whether the system says that no host has this name, rather than that it could not find out: each has words of its own.
fn says_no_such_host(words: &str) -> bool {
    ["Name or service not known", "nodename nor servname provided", "Name does not resolve", "No such host is known"]
        .iter()
        .any(|known| words.contains(known))
}

/// Resolves names, and refuses what stands for a private network: the connection is made to the addresses that were looked at.
#[derive(Debug)]
struct Guarded {
    inner: DefaultResolver,
    allow_private: Vec<String>,
}

/// Why a name is not connected to.
#[derive(Debug)]
struct Refused {
    host: String,
    address: IpAddr,
}

impl std::fmt::Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} is {}, in a private network", self.host, self.address)
    }
}

impl std::error::Error for Refused {}

impl Resolver for Guarded {
    fn resolve(&self, uri: &Uri, config: &Config, timeout: NextTimeout) -> Result<ResolvedSocketAddrs, Error> {
        let found = self.inner.resolve(uri, config, timeout)?;
        let host = uri.host().unwrap_or_default();
        if self.allow_private.iter().any(|allowed| allowed.eq_ignore_ascii_case(host)) {
            return Ok(found);
        }
        match found.iter().map(|address| address.ip()).find(|ip| is_private(*ip)) {
            Some(address) => Err(Error::Io(std::io::Error::other(Refused { host: host.to_owned(), address }))),
            None => Ok(found),
        }
    }
}
