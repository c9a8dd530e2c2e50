//! The sitemap (sitemaps.org, protocol 0.9) and redirect pages. Knows the formats only.

use crate::config::is_right_to_left;
use crate::site::MOVED_LINK;
use crate::site::view::SitemapEntry;

use super::escape::{escaped, quoted};
use super::feed::Xml;

const NAMESPACE: (&str, &str) = ("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9");

/// A list of pages.
pub fn sitemap(entries: &[SitemapEntry]) -> String {
    listed("urlset", "url", entries)
}

/// A list of sitemaps, for sites with more pages than one may hold.
pub fn index(parts: &[SitemapEntry]) -> String {
    listed("sitemapindex", "sitemap", parts)
}

fn listed(outer: &str, inner: &str, entries: &[SitemapEntry]) -> String {
    let mut xml = Xml::new();
    xml.open(outer, &[NAMESPACE]);
    xml.newline();
    for entry in entries {
        xml.open(inner, &[]);
        xml.newline();
        xml.text("loc", &[], &entry.url);
        if let Some(modified) = &entry.modified {
            xml.text("lastmod", &[], modified);
        }
        xml.close(inner);
    }
    xml.close(outer);
    xml.finish()
}

/// A page that sends readers on, for hosts without redirects of their own.
pub fn redirect((to, canonical): (&str, &str), language: &str, (title, sentence): (&str, &str)) -> String {
    let dir = if is_right_to_left(language) { " dir=\"rtl\"" } else { "" };
    let (to, canonical, language) = (quoted(to), quoted(canonical), quoted(language));
    let sentence = escaped(sentence).replace(MOVED_LINK, &format!("<a href=\"{to}\">{canonical}</a>"));
    let title = escaped(title);
    format!(
        "<!doctype html>\n<html lang=\"{language}\"{dir}>\n<head>\n<meta charset=\"utf-8\">\n<title>{title}</title>\n\
         <meta name=\"robots\" content=\"noindex\">\n<link rel=\"canonical\" href=\"{canonical}\">\n\
         <meta http-equiv=\"refresh\" content=\"0; url={to}\">\n</head>\n<body>\n<p>{sentence}</p>\n</body>\n</html>\n"
    )
}
