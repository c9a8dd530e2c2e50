//! The copies that archives have of linked pages, as pages offer them. Knows addresses of copies; asks no archive.

use jiff::civil::Date;

use crate::model::When;
use crate::outline::{ArchivedPage, Document, Front, SourceEntry};
use crate::site::view::{ArchivedCopy, ArchivedLine};
use crate::words::Words;

impl ArchivedCopy {
    /// The copy of a source; none if the record names none.
    pub(in crate::site) fn of(source: &SourceEntry) -> Option<Self> {
        let url = source.archive_url.clone()?;
        Some(Self { was: day_of_copy(&url), url, gone: source.gone })
    }
}

impl ArchivedLine {
    fn of(page: &ArchivedPage) -> Self {
        let name = page.url.split_once("://").map_or(page.url.as_str(), |(_, rest)| rest).trim_end_matches('/');
        let url = page.archive_url.clone();
        Self { name: name.to_owned(), copy: ArchivedCopy { was: day_of_copy(&url), url, gone: page.gone } }
    }
}

/// The pages that an essay links to and has copies of.
pub(in crate::site) fn lines(pages: &[ArchivedPage]) -> Vec<ArchivedLine> {
    pages.iter().map(ArchivedLine::of).collect()
}

/// The copy that stands in the place of `url` in the text of `document`, since the page is gone; and the words that say so.
pub(in crate::site) fn instead(document: &Document, url: &str, words: &Words) -> Option<(String, String)> {
    let Front::Essay(front) = &document.front else { return None };
    let page = front.archives.iter().find(|page| page.gone && page.url == url)?;
    let copy = match day_of_copy(&page.archive_url) {
        Some(day) => words.say("as_it_was", &[("date", &words.day(&day))]),
        None => words.text("a_copy").to_owned(),
    };
    Some((page.archive_url.clone(), words.say("gone_but", &[("copy", &copy)])))
}

/// The day that the address of a copy names, as those of most archives do: `/web/20260430183500/https://…`.
fn day_of_copy(url: &str) -> Option<When> {
    let part = url.split('/').skip(3).find_map(|part| {
        let digits = part.trim_end_matches(|c: char| c.is_ascii_lowercase() || c == '_');
        (digits.len() == 14 && digits.bytes().all(|byte| byte.is_ascii_digit())).then_some(digits)
    })?;
    let number = |range: std::ops::Range<usize>| part[range].parse::<i16>().ok();
    let (month, day) = (i8::try_from(number(4..6)?).ok()?, i8::try_from(number(6..8)?).ok()?);
    Date::new(number(0..4)?, month, day).ok().map(When::Day)
}

#[cfg(test)]
mod tests {
    use super::day_of_copy;

    #[test]
    fn the_address_of_a_copy_tells_the_day_on_which_it_was_made() {
        let of = |url: &str| day_of_copy(url).map(|day| day.machine());
        let day = Some("2026-04-30".to_owned());
        assert_eq!(of("https://web.archive.org/web/20260430183500/https://a.example/"), day);
        assert_eq!(of("https://archive.example/all/20260430183500mp_/https://a.example/"), day);
        assert_eq!(of("https://archive.example/Ab3dE"), None);
        assert_eq!(of("https://archive.example/20261399000000/x"), None);
    }
}
