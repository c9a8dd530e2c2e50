//! Addresses of pages as authors write them: what can be one, and what of a name can't. Knows no page.

use percent_encoding::percent_decode_str;

use super::text::nfc;
use super::url::{UrlPath, without_page_ending};

/// The longest part of a path that file systems take, in bytes, with room for the ending of a file that is not yet whole.
const MAX_PART: usize = 200;
/// What no file's name can hold here (learn.microsoft.com/windows/win32/fileio/naming-a-file).
const NOT_IN_NAMES: &[char] = if cfg!(windows) { &['<', '>', ':', '"', '|', '?', '*'] } else { &[] };

/// Why a text is no address of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AddressError {
    /// It names a host.
    Host,
    /// It holds a query or an anchor, which a host does not look at.
    Query,
    /// Some part of it is empty, too long, hidden, or no name of a file.
    Part,
}

/// The path of a page that `text` says, with escapes undone. A page that is a file keeps its name; what answers for any other is
/// a folder, so it ends with a slash.
pub fn page_address(text: &str) -> Result<UrlPath, AddressError> {
    if text.contains("://") {
        return Err(AddressError::Host);
    }
    if text.contains(['?', '#']) {
        return Err(AddressError::Query);
    }
    let text = undone(text);
    let inner = text.strip_prefix('/').unwrap_or(&text);
    let parts: Vec<&str> = inner.strip_suffix('/').unwrap_or(inner).split('/').collect();
    let is_drive = |part: &&str| matches!(part.as_bytes(), [letter, b':', ..] if letter.is_ascii_alphabetic());
    if !parts.iter().all(|part| is_part(part)) || parts.first().is_some_and(is_drive) {
        return Err(AddressError::Part);
    }
    let slash = if text.ends_with('/') || without_page_ending(inner).is_none() { "/" } else { "" };
    let path = ["/", &parts.join("/"), slash].concat();
    // The file that answers for a folder.
    Ok(UrlPath::new(path.strip_suffix("index.html").filter(|folder| folder.ends_with('/')).unwrap_or(&path)))
}

/// Whether `part` can be a folder or file of the output on every disk.
fn is_part(part: &str) -> bool {
    !part.is_empty()
        && part.len() <= MAX_PART
        && !part.starts_with('.')
        && !part.ends_with(['.', ' '])
        && !part.contains(|c: char| c.is_control() || c == '\\' || NOT_IN_NAMES.contains(&c))
}

/// What of `url`, a whole address, follows `site`, the address of a site without a slash at its end: a path that begins with one.
/// None if it leads elsewhere. Schemes make no difference, nor does letter case in the host.
pub fn below<'a>(url: &'a str, site: &str) -> Option<&'a str> {
    let host = |text: &str| {
        ["https://", "http://", "//"]
            .into_iter()
            .find(|scheme| text.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)))
            .map(str::len)
    };
    let (url, site) = (&url[host(url)?..], &site[host(site)?..]);
    let (name, path) = site.split_at(site.find('/').unwrap_or(site.len()));
    let rest = url.get(name.len()..).filter(|_| url[..name.len()].eq_ignore_ascii_case(name))?.strip_prefix(path)?;
    match rest.chars().next() {
        None => Some("/"),
        Some('/') => Some(rest),
        _ => None,
    }
}

/// `%20` and its like undone, in NFC; left as it is where that gives no UTF-8.
pub fn undone(text: &str) -> String {
    if !text.contains('%') {
        return nfc(text).into_owned();
    }
    percent_decode_str(text).decode_utf8().map_or_else(|_| text.to_owned(), |text| nfc(&text).into_owned())
}

#[cfg(test)]
mod tests {
    use super::{AddressError, below, page_address};

    #[test]
    fn a_whole_address_may_be_below_that_of_the_site() {
        let of = |url| below(url, "https://example.org/blog");
        assert_eq!(of("https://example.org/blog/a/#b"), Some("/a/#b"));
        assert_eq!(of("HTTP://Example.ORG/blog"), Some("/"));
        assert_eq!(of("//example.org/blog/?q"), Some("/?q"));
        for other in [
            "https://example.org/",
            "https://example.org/blog2/",
            "https://example.org.example/blog/",
            "https://example.org:8080/blog/",
            "https://www.example.org/blog/",
            "https://me@example.org/blog/",
            "mailto:a@example.org",
            "/blog/a/",
            "https://\u{fc}",
        ] {
            assert_eq!(of(other), None, "{other}");
        }
        assert_eq!(below("https://example.org/a/", "https://example.org"), Some("/a/"));
        assert_eq!(below("https://example.organic/a/", "https://example.org"), None);
    }

    #[test]
    fn an_address_is_a_folder_unless_it_is_a_file() {
        let path = |text: &str| page_address(text).map(|url| url.as_str().to_owned());
        for (text, expected) in [
            ("/2018/02/15/x/", "/2018/02/15/x/"),
            ("2018/x", "/2018/x/"),
            ("/2018/x.html", "/2018/x.html"),
            ("/2018/x.htm", "/2018/x.htm"),
            ("/2018/x.html/", "/2018/x.html/"),
            ("/a%20b/", "/a b/"),
            ("/v1.2", "/v1.2/"),
            ("/2018/index.html", "/2018/"),
        ] {
            assert_eq!(path(text).as_deref(), Ok(expected), "{text}");
        }
        for (text, expected) in [
            ("https://example.org/x/", AddressError::Host),
            ("/x/?p=1", AddressError::Query),
            ("/x/#y", AddressError::Query),
            ("", AddressError::Part),
            ("/", AddressError::Part),
            ("//x/", AddressError::Part),
            ("/../x/", AddressError::Part),
            ("/a/.hidden/", AddressError::Part),
            ("c:/x/", AddressError::Part),
            ("/a\u{1}b/", AddressError::Part),
        ] {
            assert_eq!(path(text), Err(expected), "{text}");
        }
    }
}
