//! Which page most likely took the place of one that goes. Owns the comparison of pages; does not know where they are.

use std::collections::BTreeSet;

use crate::outline::tokens::plain;

/// Fewer words than this say too little.
const FEWEST: usize = 30;

/// What is compared of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    pub url: String,
    title: String,
    words: BTreeSet<String>,
}

/// Why a page is taken for the one that goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    Name,
    Title,
    Words,
}

impl Why {
    pub const fn words(self) -> &'static str {
        match self {
            Self::Name => "it has the same name",
            Self::Title => "it has the same title",
            Self::Words => "it has most of its words",
        }
    }
}

impl Page {
    /// The page at an address, as a build writes it. Of one that can't be read, the address is known.
    pub fn new(url: &str, html: &str) -> Self {
        // The text itself, where the theme marks it; around it stands what many pages share.
        let places = [("<div class=\"nf-prose\"", "</article>"), ("<article", "</article>"), ("<main", "</main>")];
        let shown = places.iter().find_map(|(begin, end)| between(html, begin, end));
        let shown = without_tags(shown.unwrap_or_default());
        let words = shown.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        let title = without_tags(between(html, "<h1", "</h1>").unwrap_or_default());
        Self { url: url.to_owned(), title: title.trim().to_lowercase(), words: words.map(str::to_lowercase).collect() }
    }

    fn name(&self) -> &str {
        self.url.trim_end_matches('/').rsplit('/').next().unwrap_or_default()
    }

    /// How likely the other took the place of this one.
    fn likeness(&self, other: &Self) -> Option<(Why, usize)> {
        if !self.name().is_empty() && self.name() == other.name() {
            return Some((Why::Name, 0));
        }
        if !self.title.is_empty() && self.title == other.title {
            return Some((Why::Title, 0));
        }
        let shared = self.words.intersection(&other.words).count();
        let is_most = self.words.len() >= FEWEST && shared * 5 > self.words.len() * 3;
        is_most.then_some((Why::Words, usize::MAX - shared))
    }
}

/// The page of `pages` that most likely took the place of `gone`. Of two that are as likely the first.
pub fn successor<'a>(gone: &Page, pages: &'a [Page]) -> Option<(&'a Page, Why)> {
    let likely = pages.iter().filter_map(|page| Some((gone.likeness(page)?, page)));
    likely.min_by_key(|(likeness, _)| *likeness).map(|((why, _), page)| (page, why))
}

/// What stands in the first element that begins so.
fn between<'a>(html: &'a str, begin: &str, end: &str) -> Option<&'a str> {
    let (_, rest) = html.split_once(begin)?;
    let (_, rest) = rest.split_once('>')?;
    rest.split_once(end).map(|(inner, _)| inner)
}

fn without_tags(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    for part in html.split('<') {
        let shown = if text.is_empty() && !html.starts_with('<') {
            Some(part)
        } else {
            part.split_once('>').map(|(_, text)| text)
        };
        text.push(' ');
        text.push_str(&plain(shown.unwrap_or_default()));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(url: &str, title: &str, words: std::ops::Range<u32>) -> Page {
        let words: String = words.map(|n| format!(" word{n}")).collect();
        Page::new(
            url,
            &format!("<main><article class=\"x\"><h1><a href=\"#\">{title}</a></h1><p>{words}</p></article></main>"),
        )
    }

    #[test]
    fn a_name_says_most_then_a_title_then_words() {
        let gone = page("/essays/a/", "Of lag", 0..100);
        let pages = [
            page("/essays/far/", "Far", 500..600),
            page("/essays/words/", "Of delays", 20..120),
            page("/essays/more-words/", "Of all", 10..900),
            page("/notes/title/", "Of lag", 500..600),
            page("/notes/a/", "Another", 500..600),
        ];
        let found = |most: usize| successor(&gone, &pages[..most]).map(|(page, why)| (page.url.as_str(), why));
        assert_eq!(found(5), Some(("/notes/a/", Why::Name)));
        assert_eq!(found(4), Some(("/notes/title/", Why::Title)));
        assert_eq!(found(3), Some(("/essays/more-words/", Why::Words)));
        assert_eq!(found(2), Some(("/essays/words/", Why::Words)));
        assert_eq!(found(1), None);
        let short = page("/essays/a/", "Of lag", 0..FEWEST as u32 / 2);
        assert_eq!(successor(&short, &pages[1..3]), None, "few words say nothing");
    }
}
