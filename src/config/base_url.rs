//! The address a site is published at. Knows how to put a site's own paths below it.

use serde::Serialize;

use crate::diagnostic::{Diagnostic, rules};
use crate::fields::{BAD_URL, Faults, Fields, Form};
use crate::model::UrlPath;

use super::path;

rules! {
    LOCAL_ADDRESS = "local-address", warning, "`base_url` leads to the reader's own machine";
}

/// `https://name.github.io/essays/` as its origin and the path before every link.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BaseUrl {
    origin: String,
    path: String,
}

impl Default for BaseUrl {
    fn default() -> Self {
        Self { origin: "http://localhost".to_owned(), path: String::new() }
    }
}

impl BaseUrl {
    /// A scheme, a host, and a path of plain parts that names no file.
    pub(super) const FORM: Form = Form::of(
        "The address the site will have: https://example.org",
        r"[Hh][Tt][Tt][Pp][Ss]?://[^\x00-,/;-@\\^-`{-\u00a0]+(?:/[^\x00-,/:-@\x5b-^`{-}\u00a0]+)*/*",
    )
    .except(r"/\.\.?(?:/|$)|/index\.html?$");

    /// Reads an http or https address without query or fragment.
    pub fn parse(text: &str) -> Option<Self> {
        let lower = text.to_lowercase();
        let scheme = ["https://", "http://"].into_iter().find(|scheme| lower.starts_with(scheme))?;
        let rest = &text[scheme.len()..];
        let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        let host_fits =
            !host.is_empty() && host.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | ':' | '[' | ']'));
        let path = path.trim_end_matches('/');
        let path_fits = path.split('/').skip(1).all(|part| {
            !matches!(part, "" | "." | "..") && part.chars().all(|c| c.is_alphanumeric() || "-_.~".contains(c))
        });
        (host_fits && path_fits)
            .then(|| Self { origin: format!("{scheme}{}", host.to_lowercase()), path: path.to_owned() })
    }

    pub(super) fn read(fields: &mut Fields<'_>, faults: &mut Faults) -> Option<Self> {
        let text = fields.takes(Self::FORM).required_text("base_url", faults)?;
        let url = Self::parse(&text.value);
        if let Some(folder) = text.value.strip_suffix("/index.html").or_else(|| text.value.strip_suffix("/index.htm")) {
            let message = "`base_url` names a file: every link would begin with it";
            faults.push(
                Diagnostic::new(BAD_URL, message).in_place(&path(), text.spot).help(format!("write `{folder}/`")),
            );
            return Self::parse(folder);
        }
        if url.as_ref().is_some_and(Self::is_local) {
            let message = format!("`base_url` is `{}`, which leads each reader to a machine of their own", text.value);
            faults.push(Diagnostic::new(LOCAL_ADDRESS, message).in_place(&path(), text.spot.clone()).help(
                "write the address the site will have: while you write, it is served here whatever stands there",
            ));
        }
        if url.is_none() {
            faults.push(
                Diagnostic::new(BAD_URL, format!("`base_url`: `{}` is not a web address", text.value))
                    .in_place(&path(), text.spot)
                    .help("write the address the site will have: `https://example.org` or `https://name.github.io/essays/`"),
            );
        }
        url
    }

    /// The host's name, without a port.
    pub fn host(&self) -> &str {
        let host = self.origin.split_once("://").map_or(self.origin.as_str(), |(_, host)| host);
        match host.rsplit_once(':') {
            Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
            _ => host,
        }
    }

    /// Whether it leads to the reader's own machine.
    pub fn is_local(&self) -> bool {
        let host = self.host();
        host == "localhost"
            || host.ends_with(".localhost")
            || host.starts_with("127.")
            || host == "[::1]"
            || host == "0.0.0.0"
    }

    /// Whether it is one that stands for another: no site can be there (RFC 2606).
    pub fn is_placeholder(&self) -> bool {
        matches!(self.host(), "example.org" | "example.com" | "example.net")
    }

    /// The path before every link: empty, or `/essays`.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What a link on a page says: the path below this base.
    pub fn link(&self, url: &UrlPath) -> String {
        [&*self.path, url.as_str()].concat()
    }

    /// The whole address: for feeds, the sitemap and `<link rel=canonical>`.
    pub fn absolute(&self, url: &UrlPath) -> String {
        [&*self.origin, &*self.path, url.as_str()].concat()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_base_is_an_origin_and_a_path() {
        let absolute = |text| BaseUrl::parse(text).map(|base| base.absolute(&UrlPath::new("/x/")));
        assert_eq!(absolute("https://Example.org").as_deref(), Some("https://example.org/x/"));
        assert_eq!(absolute("https://name.github.io/essays/").as_deref(), Some("https://name.github.io/essays/x/"));
        for refused in
            ["example.org", "https://", "ftp://a", "https://a/?q", "https://a/../b", "javascript:x", "https://a b"]
        {
            assert_eq!(absolute(refused), None, "{refused}");
        }
    }
}
