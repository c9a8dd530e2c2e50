//! The views of a series: its parts around an essay, and the pages of a long one. Knows the ordered lists of essays and
//! orders none.

use std::collections::BTreeSet;

use crate::index::Index;
use crate::model::{DocId, UrlPath, slug};
use crate::outline::{Document, Front};
use crate::site::parts::html::Head;
use crate::site::parts::paging::{pages, pagination, slice};
use crate::site::view::{Data, Series, SeriesEntry, SeriesLine, SeriesPart};
use crate::site::{View, Viewer};

/// A series of no more parts is shown whole wherever it is named, and needs no page of its own.
const SHOWN_WHOLE: usize = 12;
/// Parts shown before and after an essay's own in a longer one.
const AROUND: usize = 3;

impl Viewer<'_> {
    /// A series in order, as other pages show it; of a long one the first part, the last, and those near `current`, the essay
    /// that the page shows. None for a series of one.
    pub(in crate::site) fn series_line(&self, name: &str, current: Option<DocId>) -> Option<SeriesLine> {
        let parts = self.index.series.get(name).filter(|parts| parts.len() > 1)?;
        let at = current.and_then(|current| parts.iter().position(|part| *part == current)).unwrap_or(0);
        let mut before = None;
        let mut entries = Vec::new();
        for n in shown(parts.len(), at) {
            let document = self.document(parts[n]);
            entries.push(SeriesEntry {
                title: document.title().to_owned(),
                url: self.link(parts[n]),
                part: number(document).unwrap_or(n + 1),
                current: Some(parts[n]) == current,
                skipped: n - before.map_or(0, |before: usize| before + 1),
            });
            before = Some(n);
        }
        let has_page = parts.len() > SHOWN_WHOLE;
        Some(SeriesLine {
            name: name.to_owned(),
            total: parts.len(),
            url: has_page.then(|| self.config.base_url.link(&series_url(name))),
            essays: entries,
        })
    }

    /// The title of the pages of the series whose first part is `first`.
    pub(in crate::site) fn series_title(&self, first: DocId) -> &str {
        series_name(self.document(first)).unwrap_or_default()
    }

    /// Page `n` of the long series whose first part is `first`.
    pub(in crate::site) fn series(&self, first: DocId, n: usize) -> View {
        let name = self.series_title(first);
        let url = series_url(name);
        let all = self.index.series.get(name).map_or(&[][..], Vec::as_slice);
        let size = self.config.page_size;
        let before = (n - 1) * size;
        let part = |(place, doc): (usize, &DocId)| SeriesPart {
            part: number(self.document(*doc)).unwrap_or(before + place + 1),
            card: self.card(*doc),
        };
        let data = Series {
            name: name.to_owned(),
            parts: slice(all, n, size).iter().enumerate().map(part).collect(),
            total: all.len(),
            pagination: pagination(&self.config.base_url, &url, n, pages(all.len(), size)),
        };
        let mut page = Head::new(name, &url.page(n));
        page.description = Some(self.words.count("of_series", all.len() as u64));
        self.html(page, Data::Series(data))
    }
}

/// The series that have pages of their own: the first part of each, and how many parts there are.
pub(in crate::site) fn long_series(index: &Index) -> impl Iterator<Item = (DocId, usize)> {
    index.series.values().filter(|parts| parts.len() > SHOWN_WHOLE).map(|parts| (parts[0], parts.len()))
}

/// The address of the page of the series that `part` belongs to.
pub(in crate::site) fn url_of(part: &Document) -> UrlPath {
    series_url(series_name(part).unwrap_or_default())
}

fn series_url(name: &str) -> UrlPath {
    let slug = slug(name);
    UrlPath::new(format!("/series/{}/", if slug.is_empty() { "unnamed" } else { &slug }))
}

/// The places of the parts that are shown around the one at `at`.
fn shown(parts: usize, at: usize) -> BTreeSet<usize> {
    if parts <= SHOWN_WHOLE {
        return (0..parts).collect();
    }
    let around = at.saturating_sub(AROUND)..(at + AROUND + 1).min(parts);
    around.chain([0, parts - 1]).collect()
}

pub(in crate::site) fn series_name(document: &Document) -> Option<&str> {
    match &document.front {
        Front::Essay(front) => Some(&front.series.as_ref()?.name),
        _ => None,
    }
}

/// The number that the author gave to a part.
fn number(document: &Document) -> Option<usize> {
    match &document.front {
        Front::Essay(front) => usize::try_from(front.series.as_ref()?.part?).ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_series_shows_both_ends_and_what_is_near() {
        let places = |parts, at| shown(parts, at).into_iter().collect::<Vec<_>>();
        assert_eq!(places(12, 5), (0..12).collect::<Vec<_>>());
        assert_eq!(places(13, 0), [0, 1, 2, 3, 12]);
        assert_eq!(places(13, 4), [0, 1, 2, 3, 4, 5, 6, 7, 12]);
        assert_eq!(places(5_000, 2_000), [0, 1997, 1998, 1999, 2000, 2001, 2002, 2003, 4999]);
        assert_eq!(places(13, 12), [0, 9, 10, 11, 12]);
    }

    #[test]
    fn a_series_has_an_address_whatever_its_name_is() {
        assert_eq!(series_url("Four ports").as_str(), "/series/four-ports/");
        assert_eq!(series_url("?!").as_str(), "/series/unnamed/");
    }
}
