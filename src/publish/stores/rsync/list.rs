//! Reads what `rsync --list-only` prints. Knows its columns.

use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use crate::publish::stores::{Found, Listing, Tag, is_inside, is_own};

/// A version by the second in which it was written: rsync sends that along with each file.
pub fn tag(second: i64) -> Tag {
    format!("{second:012}")
}

/// The files of a list, our own left out.
pub fn parsed(text: &str) -> Listing {
    let mut listing = Listing::default();
    for (kind, found, path) in text.lines().filter_map(entry) {
        if kind == 'd' || is_own(path) {
        } else if is_inside(path) {
            // A link is no file of ours, whatever it leads to.
            let found = if kind == '-' { found } else { Found::new(Some(u64::MAX), None) };
            listing.files.insert(path.to_owned(), found);
        } else {
            // A name with a character that commands a terminal is printed in another way, with backslashes.
            listing.odd.push(path.to_owned());
        }
    }
    listing
}

/// `-rw-r--r--      3 2026/12/01 01:00:45 a/b.html`: what it is, what is known of it, its path.
fn entry(line: &str) -> Option<(char, Found, &str)> {
    let kind = line.chars().next()?;
    let (_, rest) = line.split_once(' ')?;
    let (length, rest) = rest.trim_start().split_once(' ')?;
    let (day, rest) = rest.split_once(' ')?;
    let (time, path) = rest.split_once(' ')?;
    let moment: Option<DateTime> = format!("{}T{time}", day.replace('/', "-")).parse().ok();
    let second = moment.and_then(|moment| TimeZone::UTC.to_timestamp(moment).ok()).map(|at| at.as_second());
    let path = if kind == 'l' { path.split(" -> ").next().unwrap_or(path) } else { path };
    Some((kind, Found::new(Some(length.parse().ok()?), second.map(tag).as_deref()), path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_read_with_links_and_odd_names() {
        let text = "drwxr-xr-x            120 2026/12/01 01:00:45 .\n\
            -rw-r--r--              3 1970/01/01 00:01:00 b/two  words.html\n\
            lrwxrwxrwx              1 2026/12/01 01:00:45 b/lnk -> k\n\
            -rw-r--r--              2 2026/12/01 01:00:45 b/\\#0121\n\
            -rw-r--r--              9 2026/12/01 01:00:45 .ninefold-lock.json\n";
        let listing = parsed(text);
        let expected = [
            ("b/lnk", Found::new(Some(u64::MAX), None)),
            ("b/two  words.html", Found::new(Some(3), Some("000000000060"))),
        ];
        assert_eq!(listing.files, expected.map(|(path, found)| (path.to_owned(), found)).into());
        assert_eq!(listing.odd, ["b/\\#0121"]);
    }
}
