//! What an answer means: a pure function of the address, the places that links want on the page, and what came back. Knows
//! nothing of earlier answers, which `record` weighs.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use url::Url;

use super::answer::{Answer, Failure, Reply, is_permanent};
use super::suspicion::Suspicion;
use super::{page, suspicion};

/// What became of an address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Finding {
    Found(Found),
    /// There is no such page, or no such host.
    Gone(String),
    /// Whether the page is there can't be told from here, and why.
    Unknown(String),
    /// It leads to a host of a private network, which was not asked.
    Private {
        host: String,
        address: String,
    },
}

/// A page that is there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// The address that it has moved to for good.
    pub moved: Option<String>,
    pub suspected: Option<Suspicion>,
    /// Of the places that were looked for, whether the page has them. What could not be read has none here.
    pub places: BTreeMap<String, bool>,
}

/// What `answer` says of `url`.
pub fn judge(url: &Url, wanted: &BTreeSet<String>, answer: &Answer) -> Finding {
    let reply = match &answer.end {
        Ok(reply) => reply,
        Err(failure) => return failed(failure),
    };
    match reply.status {
        200..=299 => Finding::Found(found(url, wanted, &answer.hops, reply)),
        404 | 410 => Finding::Gone(format!("its server says {}", named(reply.status))),
        status => Finding::Unknown(format!("its server says {}", named(status))),
    }
}

fn failed(failure: &Failure) -> Finding {
    match failure {
        Failure::NoHost => Finding::Gone("no host has this name".to_owned()),
        Failure::Private(host, address) => Finding::Private { host: host.clone(), address: address.to_string() },
        Failure::Timeout => Finding::Unknown("its server does not answer in time".to_owned()),
        Failure::TooManyRedirects => Finding::Unknown("it is redirected too many times".to_owned()),
        Failure::BadRedirect(to) => {
            Finding::Unknown(format!("it is redirected to `{}`", to.chars().take(80).collect::<String>()))
        }
        Failure::Connection(why) => Finding::Unknown(format!("its server can't be spoken to: {why}")),
    }
}

fn found(url: &Url, wanted: &BTreeSet<String>, hops: &[(u16, Url)], reply: &Reply) -> Found {
    let end = hops.last().map_or(url, |(_, to)| to);
    let page = reply.html.as_ref().map(|html| page::read(&html.text, wanted));
    let suspected = suspicion::of(url, end, page.as_ref());
    // One step that holds for now makes the rest so, too.
    let for_good = hops.iter().take_while(|(status, _)| is_permanent(*status)).last();
    let moved = for_good.filter(|(_, to)| suspected.is_none() && to != url).map(|(_, to)| to.to_string());
    let is_whole = reply.html.as_ref().is_some_and(|html| html.is_whole);
    let looked_for = |place: &String| {
        let has = page.as_ref()?.places.contains(place);
        (has || is_whole).then(|| (place.clone(), has))
    };
    Found { moved, suspected, places: wanted.iter().filter_map(looked_for).collect() }
}

/// A status with the words that are usual for it.
fn named(status: u16) -> String {
    let words = http::StatusCode::from_u16(status).ok().and_then(|status| status.canonical_reason());
    words.map_or_else(|| status.to_string(), |words| format!("{status} ({})", words.to_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::super::answer::Html;
    use super::*;

    fn url(text: &str) -> Url {
        text.parse().expect("an address")
    }

    fn reply(status: u16, text: &str, is_whole: bool) -> Reply {
        let html = Some(Html { text: text.to_owned(), is_whole });
        Reply {
            status,
            location: None,
            retry_after: None,
            memento_datetime: None,
            content_location: None,
            links: None,
            html,
        }
    }

    fn of(hops: &[(u16, &str)], end: Result<Reply, Failure>, wanted: &[&str]) -> Finding {
        let hops = hops.iter().map(|(status, to)| (*status, url(to))).collect();
        let wanted = wanted.iter().map(|place| (*place).to_owned()).collect();
        judge(&url("https://a.example/old"), &wanted, &Answer { hops, end })
    }

    fn of_found(finding: Finding) -> Found {
        if let Finding::Found(found) = finding { Some(found) } else { None }.expect("a page that was found")
    }

    #[test]
    fn only_a_missing_page_or_host_is_gone() {
        for (status, is_gone) in [
            (404, true),
            (410, true),
            (400, false),
            (401, false),
            (403, false),
            (405, false),
            (429, false),
            (451, false),
            (500, false),
            (503, false),
            (304, false),
            (999, false),
        ] {
            let finding = of(&[], Ok(reply(status, "", true)), &[]);
            assert_eq!(matches!(finding, Finding::Gone(_)), is_gone, "{finding:?}");
            assert_eq!(matches!(finding, Finding::Unknown(_)), !is_gone, "{finding:?}");
        }
        assert!(matches!(of(&[], Err(Failure::NoHost), &[]), Finding::Gone(_)));
        for failure in [
            Failure::Timeout,
            Failure::TooManyRedirects,
            Failure::BadRedirect("ftp://a".into()),
            Failure::Connection("no".into()),
        ] {
            assert!(matches!(of(&[], Err(failure), &[]), Finding::Unknown(_)));
        }
    }

    #[test]
    fn only_what_moved_for_good_has_a_new_address() {
        let moved = |hops: &[(u16, &str)]| of_found(of(hops, Ok(reply(200, "<p>Text", true)), &[])).moved;
        let (b, c) = ("https://a.example/b", "https://a.example/c");
        assert_eq!(moved(&[(301, b)]).as_deref(), Some(b));
        assert_eq!(moved(&[(308, b), (301, c)]).as_deref(), Some(c));
        assert_eq!(moved(&[(301, b), (302, c)]).as_deref(), Some(b));
        for status in [302, 303, 307] {
            assert_eq!(moved(&[(status, b), (301, c)]), None);
        }
        // A page that is probably another is not proposed.
        assert_eq!(moved(&[(301, "https://a.example/")]), None);
    }

    #[test]
    fn places_are_looked_for_in_what_was_read() {
        let places = |end: Reply| -> Vec<_> { of_found(of(&[], Ok(end), &["a", "b"])).places.into_iter().collect() };
        let (a, b) = ("a".to_owned(), "b".to_owned());
        assert_eq!(places(reply(200, "<p id=a>", true)), [(a.clone(), true), (b, false)]);
        assert_eq!(places(reply(200, "<p id=a>", false)), [(a, true)]);
        assert_eq!(places(Reply { html: None, ..reply(200, "", true) }), []);
    }
}
