//! Which requests are meant for this machine: a page of another site must not read drafts through a name that leads here, nor
//! listen to the stream of changes. Knows the heads of requests; answers none.

use std::net::{IpAddr, Ipv6Addr};

use axum::http::uri::Scheme;
use axum::http::{HeaderMap, Request, StatusCode, Version, header};

/// Why a request is not answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It does not say for whom it is, or says it twice or not as a host is written (RFC 9112, 3.2).
    Malformed,
    /// It is for another host, or from another's page.
    Foreign,
}

impl Refusal {
    pub const fn status(self) -> StatusCode {
        match self {
            Self::Malformed => StatusCode::BAD_REQUEST,
            Self::Foreign => StatusCode::FORBIDDEN,
        }
    }

    pub const fn words(self) -> &'static str {
        match self {
            Self::Malformed => "The request needs one line `Host: NAME:PORT`.\n",
            Self::Foreign => "This server answers only to this machine, and to names given with --allow-host.\n",
        }
    }
}

/// Whether `text` is a host's name and nothing else.
pub fn is_host_name(text: &str) -> bool {
    let is_label = |label: &str| {
        !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
    };
    text.parse::<IpAddr>().is_err() && text.split('.').all(is_label)
}

/// Whether `request` is meant for this machine. A server that listens beyond it answers to any address in numbers, and to no
/// name but `localhost` and those that were `allowed`: names can be made to lead anywhere.
pub fn check<B>(request: &Request<B>, listens_on: IpAddr, allowed: &[String]) -> Result<(), Refusal> {
    let is_local = |authority: &Authority<'_>| authority.is_local(listens_on, allowed);
    if !is_local(&meant_for(request)?) {
        return Err(Refusal::Foreign);
    }
    let mut origins = request.headers().get_all(header::ORIGIN).iter();
    let is_fine = match (origins.next(), origins.next()) {
        (None, _) => true,
        (Some(origin), None) => origin
            .to_str()
            .ok()
            .and_then(|origin| Authority::parse(origin.strip_prefix("http://")?))
            .is_some_and(|authority| is_local(&authority)),
        (Some(_), Some(_)) => false,
    };
    if is_fine { Ok(()) } else { Err(Refusal::Foreign) }
}

/// The host that a request names: the one in its target where it has one, else that of its `Host` line.
fn meant_for<B>(request: &Request<B>) -> Result<Authority<'_>, Refusal> {
    let named = host_line(request.headers(), request.version())?;
    let Some(target) = request.uri().authority() else { return Ok(named) };
    match request.uri().scheme() {
        Some(scheme) if *scheme != Scheme::HTTP => Err(Refusal::Foreign),
        _ => Authority::parse(target.as_str()).ok_or(Refusal::Malformed),
    }
}

fn host_line(headers: &HeaderMap, version: Version) -> Result<Authority<'_>, Refusal> {
    let mut lines = headers.get_all(header::HOST).iter();
    match (lines.next(), lines.next()) {
        (Some(line), None) => line.to_str().ok().and_then(Authority::parse).ok_or(Refusal::Malformed),
        // Of before the line was asked for.
        (None, _) if version == Version::HTTP_10 => Ok(Authority { host: Host::Name("") }),
        _ => Err(Refusal::Malformed),
    }
}

/// `host` or `host:port`, and nothing else (RFC 3986, 3.2, without the user's name).
#[derive(Debug, PartialEq, Eq)]
struct Authority<'a> {
    host: Host<'a>,
}

#[derive(Debug, PartialEq, Eq)]
enum Host<'a> {
    Number(IpAddr),
    Name(&'a str),
}

impl<'a> Authority<'a> {
    fn parse(text: &'a str) -> Option<Self> {
        let (host, port) = match text.strip_prefix('[') {
            Some(rest) => {
                let (number, port) = rest.split_once(']')?;
                (
                    Host::Number(number.parse::<Ipv6Addr>().ok()?.into()),
                    port.strip_prefix(':').or(Some("").filter(|_| port.is_empty())),
                )
            }
            None => {
                let (name, port) = text.split_once(':').unwrap_or((text, ""));
                let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~%!$&'()*+,;=".contains(&byte);
                let host = name.parse().map_or(Host::Name(name), Host::Number);
                (host, Some(port).filter(|_| name.bytes().all(is_plain)))
            }
        };
        let port = port?;
        let is_port =
            port.is_empty() || (port.bytes().all(|byte| byte.is_ascii_digit()) && port.parse::<u16>().is_ok());
        is_port.then_some(Self { host })
    }

    fn is_local(&self, listens_on: IpAddr, allowed: &[String]) -> bool {
        match self.host {
            Host::Name(name) => {
                let is_this = |known: &str| name.eq_ignore_ascii_case(known);
                is_this("localhost") || allowed.iter().any(|known| is_this(known))
            }
            Host::Number(number) => number.to_canonical().is_loopback() || !listens_on.is_loopback(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use super::*;

    fn checked(target: &str, headers: &[(&str, &str)], listens_on: IpAddr) -> Option<Refusal> {
        let request =
            headers.iter().fold(Request::builder().uri(target), |request, (name, value)| request.header(*name, *value));
        match request.body(()) {
            Ok(request) => check(&request, listens_on, &["desk.local".to_owned()]).err(),
            Err(_) => Some(Refusal::Malformed),
        }
    }

    #[test]
    fn only_hosts_that_are_this_machine_pass() {
        let of = |host: &str| checked("/", &[("host", host)], Ipv4Addr::LOCALHOST.into());
        for host in [
            "localhost",
            "LOCALHOST:4000",
            "127.0.0.1",
            "127.0.0.1:",
            "127.9.9.9:65535",
            "[::1]",
            "[::1]:4000",
            "[::ffff:127.0.0.1]",
        ] {
            assert_eq!(of(host), None, "{host}");
        }
        for host in [
            "",
            ":4000",
            "a.example",
            "127.0.0.1.a.example",
            "localhost.a.example:80",
            "10.0.0.1",
            "[2001:db8::1]",
            "127.1",
            "0",
        ] {
            assert_eq!(of(host), Some(Refusal::Foreign), "{host}");
        }
        for host in [
            "user@127.0.0.1",
            "user:word@localhost",
            "[::1",
            "[::1]a.example",
            "[::1]a.example:80",
            "[]",
            "[localhost]",
            "[::1%25lo]",
            "::1",
            "localhost:4000:1",
            "localhost:x",
            "localhost:+1",
            "localhost:65536",
            "localhost/",
            "localhost,localhost:x",
            "local host",
            "a[::1]",
        ] {
            assert_eq!(of(host), Some(Refusal::Malformed), "{host}");
        }
    }

    #[test]
    fn the_host_in_the_target_counts() {
        let of = |target: &str, host: &str| checked(target, &[("host", host)], Ipv4Addr::LOCALHOST.into());
        assert_eq!(of("http://127.0.0.1:4000/a", "a.example"), None);
        assert_eq!(of("http://a.example/", "127.0.0.1"), Some(Refusal::Foreign));
        assert_eq!(of("https://127.0.0.1/", "127.0.0.1"), Some(Refusal::Foreign));
        assert_eq!(of("http://user@127.0.0.1/", "127.0.0.1"), Some(Refusal::Malformed));
    }

    #[test]
    fn there_is_one_host_and_at_most_one_origin() {
        let of = |headers: &[(&str, &str)]| checked("/", headers, Ipv4Addr::LOCALHOST.into());
        let host = ("host", "localhost");
        assert_eq!(of(&[]), Some(Refusal::Malformed));
        assert_eq!(of(&[host, host]), Some(Refusal::Malformed));
        assert_eq!(of(&[host, ("origin", "http://localhost:4000")]), None);
        assert_eq!(of(&[host, ("origin", "http://[::1]:4000")]), None);
        for origin in [
            "null",
            "",
            "localhost",
            "https://a.example",
            "http://localhost.a.example",
            "http://user@localhost",
            "http://[::1]a.example",
            "http://localhost/",
        ] {
            assert_eq!(of(&[host, ("origin", origin)]), Some(Refusal::Foreign), "{origin}");
        }
        assert_eq!(of(&[host, ("origin", "http://localhost"), ("origin", "http://localhost")]), Some(Refusal::Foreign));
    }

    #[test]
    fn beyond_this_machine_numbers_pass_and_names_do_not() {
        let of = |host: &str| checked("/", &[("host", host)], Ipv4Addr::UNSPECIFIED.into());
        assert_eq!([of("192.168.1.7:4000"), of("[2001:db8::1]"), of("localhost")], [None; 3]);
        assert_eq!(of("a.example"), Some(Refusal::Foreign));
    }

    #[test]
    fn a_name_that_was_allowed_passes_and_no_name_around_it() {
        let of = |host: &str| checked("/", &[("host", host)], Ipv4Addr::UNSPECIFIED.into());
        assert_eq!([of("desk.local"), of("Desk.Local:4000")], [None; 2]);
        for host in ["a.desk.local", "desk.local.a.example", "desk"] {
            assert_eq!(of(host), Some(Refusal::Foreign), "{host}");
        }
        for name in ["desk", "desk.local", "my_desk.fritz.box"] {
            assert!(is_host_name(name), "{name}");
        }
        for name in ["", "*", "*.local", "http://desk", "desk:4000", "desk/", "10.0.0.1", "::1", "a b"] {
            assert!(!is_host_name(name), "{name}");
        }
    }
}
