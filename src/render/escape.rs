//! Text escaped for HTML. Knows no page.

use pulldown_cmark_escape::escape_html_body_text;

/// Text escaped for the body of an element.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let _ = escape_html_body_text(&mut out, text);
    out
}

/// The same for an attribute in double quotes.
pub(super) fn quoted(text: &str) -> String {
    escaped(text).replace('"', "&quot;")
}
