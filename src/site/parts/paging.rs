//! Cutting lists into pages. Knows sizes, not what is in the lists.

use crate::config::BaseUrl;
use crate::model::UrlPath;
use crate::site::view::Pagination;

/// Incidents on one page of their list: they are short lines.
pub const INCIDENTS_A_PAGE: usize = 100;
/// Backlinks quoted on a page; the newest ones.
pub const BACKLINKS_SHOWN: usize = 30;
/// Incidents on a page that is about something else.
pub const INCIDENTS_SHOWN: usize = 30;

/// Years in a strip of them.
pub const YEARS_SHOWN: i16 = 200;
/// Concepts on one page of their list: they are a sentence each.
pub const CONCEPTS_A_PAGE: usize = 100;
/// Passages of one essay on a page that shows several essays.
pub const PASSAGES_EACH: usize = 50;
/// Pages named on the one above them.
pub const CHILDREN_SHOWN: usize = 200;

/// How many pages `items` fill; an empty list has one.
pub const fn pages(items: usize, size: usize) -> usize {
    if items == 0 { 1 } else { items.div_ceil(size) }
}

/// The part of `list` on page `page`, from 1.
pub fn slice<T>(list: &[T], page: usize, size: usize) -> &[T] {
    let start = ((page - 1) * size).min(list.len());
    &list[start..(start + size).min(list.len())]
}

/// The links of page `page` of `pages` of the list at `url`.
pub fn pagination(base: &BaseUrl, url: &UrlPath, page: usize, pages: usize) -> Pagination {
    let at = |n: usize| base.link(&url.page(n));
    Pagination { page, pages, previous: (page > 1).then(|| at(page - 1)), next: (page < pages).then(|| at(page + 1)) }
}
