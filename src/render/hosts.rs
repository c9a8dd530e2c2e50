//! `_redirects` and `_headers` as Netlify and Cloudflare read them (docs.netlify.com/manage/routing,
//! developers.cloudflare.com/pages/configuration). Knows the formats only.

use std::fmt;

use percent_encoding::{AsciiSet, utf8_percent_encode};

use crate::model::PATH;
use crate::site::view::HeaderRule;

/// One line a redirect. Without `!`, which only one of the two hosts knows.
pub fn redirects(redirects: &[(String, String)]) -> String {
    redirects.iter().map(|(from, to)| format!("{} {} 301\n", encoded(from), encoded(to))).collect()
}

/// A path, and below it its headers.
pub fn headers(rules: &[HeaderRule]) -> String {
    let lines = |rule: &HeaderRule| -> String {
        rule.headers.iter().map(|(name, value)| format!("  {name}: {value}\n")).collect()
    };
    rules.iter().map(|rule| format!("{}\n{}", encoded(&rule.path), lines(rule))).collect()
}

/// Spaces separate fields here, and colons begin placeholders; what else has a meaning somewhere is coded, too.
const FIELD: &AsciiSet =
    &PATH.add(b'!').add(b'$').add(b'&').add(b'\'').add(b'(').add(b')').add(b';').add(b'=').add(b':');

/// The path as it is in an address.
fn encoded(path: &str) -> impl fmt::Display {
    utf8_percent_encode(path, FIELD)
}
