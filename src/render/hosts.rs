//! `_redirects` and `_headers` as Netlify and Cloudflare read them (docs.netlify.com/manage/routing,
//! developers.cloudflare.com/pages/configuration). Knows the formats only.

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

/// The path as it is in an address: spaces separate fields here, and colons begin placeholders.
fn encoded(path: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/+@,*".contains(&byte);
    path.bytes()
        .map(|byte| if is_plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}
