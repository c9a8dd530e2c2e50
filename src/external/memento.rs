//! Copies of pages in an archive, by RFC 7089: a TimeGate is asked for the one nearest to a moment. Knows the protocol; neither which
//! pages nor what is done with the answer.

use jiff::Timestamp;
use url::Url;

use super::answer::{Answer, Failure, Reply, Request};

/// What an archive has of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Memento {
    Found {
        url: Url,
        at: Timestamp,
    },
    None,
    /// Whether it has one can't be told, and why.
    Unknown(String),
}

/// The address at which the gate answers for `url`.
pub fn address(gate: &str, url: &Url) -> Option<Url> {
    Url::parse(&[gate, url.as_str()].concat()).ok()
}

/// What the answer to `request` says. The page that it leads to is a copy if it says when it was made; one that shows copies in
/// a frame names the nearest among its links.
pub fn read(request: &Request, answer: &Answer) -> Memento {
    let url = answer.hops.last().map_or(&request.url, |(_, to)| to);
    match &answer.end {
        Ok(Reply { status: 200..=299, memento_datetime: Some(at), content_location, .. }) => {
            let at = moment(at);
            let place = content_location.as_deref().map_or_else(|| Ok(url.clone()), |place| url.join(place));
            match place.ok().zip(at) {
                Some((url, at)) => Memento::Found { url, at },
                None => Memento::Unknown("the archive does not say when its copy was made".to_owned()),
            }
        }
        Ok(Reply { status: 200..=299, links: Some(links), .. }) => nearest(links, url, request.when)
            .unwrap_or_else(|| Memento::Unknown("the archive names no copy".to_owned())),
        Ok(Reply { status: 404 | 410, .. }) => Memento::None,
        // A copy of an answer that was none.
        Ok(Reply { memento_datetime: Some(_), .. }) => Memento::None,
        Ok(Reply { status, .. }) => Memento::Unknown(format!("the archive says {status}")),
        Err(Failure::Timeout) => Memento::Unknown("the archive does not answer in time".to_owned()),
        Err(Failure::NoHost) => Memento::Unknown("no host has the archive's name".to_owned()),
        Err(Failure::Private(host, _)) => {
            Memento::Unknown(format!("{host} is in a private network, and was not asked"))
        }
        Err(Failure::TooManyRedirects | Failure::BadRedirect(_)) => {
            Memento::Unknown("the archive redirects without end, or nowhere".to_owned())
        }
        Err(Failure::Connection(why)) => Memento::Unknown(format!("the archive can't be spoken to: {why}")),
    }
}

/// Of the copies that a `Link` header names (RFC 8288), the one nearest to `when`.
fn nearest(header: &str, base: &Url, when: Option<Timestamp>) -> Option<Memento> {
    let copies = links(header).into_iter().filter_map(|(target, parameters)| {
        let of =
            |name: &str| parameters.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| *value);
        let is_copy = of("rel")?.split_whitespace().any(|relation| relation.eq_ignore_ascii_case("memento"));
        is_copy.then_some(())?;
        Some((base.join(target).ok()?, moment(of("datetime")?)?))
    });
    let distance = |at: Timestamp| when.map(|when| at.duration_since(when).abs());
    copies.min_by_key(|(_, at)| distance(*at)).map(|(url, at)| Memento::Found { url, at })
}

/// The targets of a `Link` header, each with its parameters.
fn links(header: &str) -> Vec<(&str, Vec<(&str, &str)>)> {
    let mut links = Vec::new();
    let mut rest = header;
    while let Some((target, after)) = rest.split_once('<').and_then(|(_, rest)| rest.split_once('>')) {
        let mut parameters = Vec::new();
        rest = after;
        while let Some(parameter) = rest.trim_start().strip_prefix(';') {
            let (name, after) = parameter.split_once('=').unwrap_or((parameter, ""));
            let value = match after.strip_prefix('"').and_then(|quoted| quoted.split_once('"')) {
                Some((value, after)) => {
                    rest = after;
                    value
                }
                None => {
                    let (value, after) = after.split_at(after.find([';', ',']).unwrap_or(after.len()));
                    rest = after;
                    value
                }
            };
            parameters.push((name.trim(), value.trim()));
        }
        links.push((target, parameters));
    }
    links
}

/// A moment as HTTP writes it (RFC 9110, 5.6.7).
fn moment(text: &str) -> Option<Timestamp> {
    jiff::fmt::rfc2822::DateTimeParser::new().parse_timestamp(text).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        text.parse().expect("an address")
    }

    const COPY: &str = "https://archive.example/web/20260430120000/https://a.example/x";
    const MADE: &str = "Thu, 30 Apr 2026 12:00:00 GMT";

    fn reply(status: u16) -> Reply {
        let (location, retry_after, html) = (None, None, None);
        Reply { status, location, retry_after, memento_datetime: None, content_location: None, links: None, html }
    }

    fn read_of(reply: Reply) -> Memento {
        let when = Some("2026-04-01T00:00:00Z".parse().expect("a time"));
        let request = Request { url: url("https://archive.example/web/https://a.example/x"), when };
        read(&request, &Answer { hops: vec![(302, url(COPY))], end: Ok(reply) })
    }

    #[test]
    fn a_copy_is_what_says_when_it_was_made() {
        let made =
            |status: u16, made: &str| read_of(Reply { memento_datetime: Some(made.to_owned()), ..reply(status) });
        let at = "2026-04-30T12:00:00Z".parse().expect("a time");
        assert_eq!(made(200, MADE), Memento::Found { url: url(COPY), at });
        assert_eq!(made(404, MADE), Memento::None);
        assert_eq!(made(503, MADE), Memento::None);
        assert!(matches!(made(200, "last week"), Memento::Unknown(_)));
        assert_eq!(read_of(reply(404)), Memento::None);
        assert!(matches!(read_of(reply(200)), Memento::Unknown(_)));
        assert!(matches!(read_of(reply(429)), Memento::Unknown(_)));
    }

    #[test]
    fn a_frame_names_the_copy_among_its_links() {
        let header = format!(
            "<https://a.example/x>; rel=\"original\", </web/1/https://a.example/x>; rel=\"first memento\"; \
             datetime=\"Fri, 01 Mar 2019 10:00:00 GMT\", <{COPY}>; rel=memento; datetime=\"{MADE}\", <other>; rel=next"
        );
        let at = "2026-04-30T12:00:00Z".parse().expect("a time");
        assert_eq!(read_of(Reply { links: Some(header), ..reply(200) }), Memento::Found { url: url(COPY), at });
        for none in ["", "<", "<a>", "<a>;", "<a>; rel=memento", "<a>; rel=memento; datetime=\"x", "a; rel=memento"] {
            let links = Some(none.to_owned());
            assert!(matches!(read_of(Reply { links, ..reply(200) }), Memento::Unknown(_)), "{none}");
        }
    }

    #[test]
    fn the_address_of_a_page_follows_that_of_the_gate_as_it_is() {
        let of = |gate: &str| address(gate, &url("https://a.example/x?y=1")).map(|url| url.to_string());
        assert_eq!(of("https://t.example/web/").as_deref(), Some("https://t.example/web/https://a.example/x?y=1"));
        assert_eq!(of("web/"), None);
    }
}
