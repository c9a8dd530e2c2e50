//! Whether a page that was found is probably another than the one that was linked to: a "not found" page whose status says that
//! all is well, a front page in the place of what is gone, a domain that is for sale. Knows words and addresses; names what it
//! suspects and is sure of nothing.

use serde::{Deserialize, Serialize};
use url::Url;

use super::page::Page;

/// What a page probably is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Suspicion {
    /// It says in its title or its heading that there is no such page.
    NotFoundPage(String),
    /// The address leads to the front page of a host now.
    FrontPage(String),
    /// Nobody uses the domain.
    Parked,
}

/// Pages with more text than this are texts, whatever their title says.
const SHORT: usize = 4_000;

/// What titles and headings begin with, or are as a whole, of pages that stand for others that are not there.
const NOT_FOUND: [&str; 22] = [
    "404",
    "error 404",
    "http 404",
    "not found",
    "page not found",
    "file not found",
    "page does not exist",
    "page doesn't exist",
    "page no longer exists",
    "page cannot be found",
    "page can't be found",
    "this page does not exist",
    "this page doesn't exist",
    "this page isn't available",
    "the page you",
    "the requested page",
    "sorry, we couldn't find",
    "seite nicht gefunden",
    "page introuvable",
    "página no encontrada",
    "pagina non trovata",
    "página não encontrada",
];

/// What pages say of domains that nobody uses.
const PARKED: [&str; 12] = [
    "this domain is for sale",
    "this domain may be for sale",
    "domain name is for sale",
    "domain is available for sale",
    "buy this domain",
    "inquire about this domain",
    "this domain is parked",
    "this domain has expired",
    "this domain name has expired",
    "parked free, courtesy of",
    "domain parking",
    "the domain owner may currently be creating",
];

/// Hosts that show nothing but domains.
const DEALERS: [&str; 8] = [
    "sedo.com",
    "sedoparking.com",
    "parkingcrew.net",
    "hugedomains.com",
    "dan.com",
    "afternic.com",
    "bodis.com",
    "domainmarket.com",
];

/// What is suspected of `page`, which was found at `end` when `start` was asked for.
pub fn of(start: &Url, end: &Url, page: Option<&Page>) -> Option<Suspicion> {
    let host = end.host_str().unwrap_or_default();
    let is_of =
        |host: &str, dealer: &str| host.strip_suffix(dealer).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
    let led_to = |dealer: &&str| is_of(host, dealer) && !is_of(start.host_str().unwrap_or_default(), dealer);
    let is_short = |page: &&Page| page.text.len() <= SHORT;
    let says = |page: &Page| PARKED.iter().any(|words| page.text.contains(words) || lower(&page.title).contains(words));
    if DEALERS.iter().any(led_to) || page.filter(is_short).is_some_and(says) {
        return Some(Suspicion::Parked);
    }
    let is_front = |url: &Url| url.path() == "/" && url.query().is_none();
    if is_front(end) && !is_front(start) {
        return Some(Suspicion::FrontPage(host.to_owned()));
    }
    let page = page.filter(is_short)?;
    let said = [&page.title, &page.heading].into_iter().find(|words| names_what_is_missing(&lower(words)))?;
    // The address itself speaks of it: `/articles/page-not-found-pages/`.
    let is_topic = start.path().to_lowercase().contains("not-found") || start.path().contains("404");
    (!is_topic).then(|| Suspicion::NotFoundPage(said.chars().take(80).collect()))
}

fn lower(text: &str) -> String {
    text.trim().to_lowercase().replace('\u{2019}', "'")
}

/// Whether a part of `title`, between its dashes and bars, says that something is not there.
fn names_what_is_missing(title: &str) -> bool {
    let parts = title.split(['|', '\u{2013}', '\u{2014}', '\u{b7}', ':']).flat_map(|part| part.split(" - "));
    parts.map(|part| part.trim().trim_end_matches(['.', '!'])).any(|part| {
        let rest = NOT_FOUND.iter().filter_map(|words| part.strip_prefix(words));
        // "404s in the wild" and "Not found wanting" are titles of texts.
        let mut short = rest.filter(|rest| rest.is_empty() || rest.starts_with([' ', ',', '(']));
        short.any(|rest| rest.is_empty() || rest.len() <= 24 || part.starts_with("the page you"))
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::page::read;
    use super::{Suspicion, of};

    fn suspected(start: &str, end: &str, html: &str) -> Option<Suspicion> {
        let url = |text: &str| text.parse().expect("an address");
        of(&url(start), &url(end), Some(&read(html, &BTreeSet::new())))
    }

    #[test]
    fn a_page_that_says_it_is_not_there_is_suspected() {
        let at = "https://a.example/2019/outage";
        for title in [
            "404",
            "Page not found | Example",
            "Example - 404 Not Found",
            "Sorry, we couldn\u{2019}t find that page",
            "Error 404 (Not Found)!!1",
            "The page you are looking for does not exist",
            "Seite nicht gefunden \u{2013} Beispiel",
        ] {
            let found = suspected(at, at, &format!("<title>{title}</title><p>Go to the front page."));
            assert!(matches!(found, Some(Suspicion::NotFoundPage(_))), "{title}: {found:?}");
        }
        let long = "word ".repeat(2_000);
        for (title, text) in [
            ("404s in the wild", "Short."),
            ("Not found wanting in any respect, a memoir of forty years", "Short."),
            ("Outage of 4 April", "The page was not found by anybody."),
            ("404 Not Found", long.as_str()),
        ] {
            assert_eq!(suspected(at, at, &format!("<title>{title}</title><p>{text}")), None, "{title}");
        }
        let about = "https://a.example/why-404-pages-matter";
        assert_eq!(suspected(about, about, "<title>404 pages</title>"), None);
    }

    #[test]
    fn a_front_page_in_the_place_of_another_is_suspected() {
        let front =
            |start: &str, end: &str| matches!(suspected(start, end, "<title>A</title>"), Some(Suspicion::FrontPage(_)));
        assert!(front("https://a.example/2019/outage", "https://a.example/"));
        assert!(front("https://a.example/2019/outage", "https://b.example/"));
        assert!(!front("http://a.example/", "https://a.example/"));
        assert!(!front("https://a.example/old/", "https://a.example/new/"));
    }

    #[test]
    fn a_domain_that_is_for_sale_is_suspected() {
        let at = "https://a.example/x";
        let parked = |start: &str, end: &str, html: &str| suspected(start, end, html) == Some(Suspicion::Parked);
        assert!(parked(at, at, "<title>a.example</title><p>This domain is for sale!"));
        assert!(parked(at, "https://www.hugedomains.com/domain?d=a.example", "<p>Yours"));
        assert!(!parked("https://sedo.com/about", "https://sedo.com/us/about", "<p>About us"));
        assert!(!parked(at, at, "<p>The company is for sale."));
        assert!(!parked(at, at, &format!("<p>Then it said: this domain is for sale. {}", "word ".repeat(1_000))));
    }
}
