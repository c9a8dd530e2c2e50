//! `csp:` in `site.yaml`: what pages may load and reach besides the site itself. Knows how a source is written; the policy
//! it goes into is `policy`'s.

use serde::Serialize;

use crate::diagnostic::{Diagnostic, rules};
use crate::fields::{Faults, Fields, Form, Placed, shortened};

use super::path;

rules! {
    BAD_SOURCE = "bad-source", error fixed, "a source that pages may load from is not written as browsers read it";
}

/// The directives that a site may add to, named as the standard names them (CSP Level 3).
const DIRECTIVES: [&str; 10] = [
    "script-src",
    "style-src",
    "img-src",
    "font-src",
    "media-src",
    "connect-src",
    "frame-src",
    "worker-src",
    "form-action",
    "frame-ancestors",
];

/// What runs no text of a page.
const WASM: &str = "'wasm-unsafe-eval'";

/// Sources that a site adds to the policy of its pages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Csp(Vec<(&'static str, Vec<String>)>);

impl Csp {
    pub(super) fn read(mut group: Fields<'_>, faults: &mut Faults) -> Self {
        let mut added = Vec::new();
        for directive in DIRECTIVES {
            let texts = group.takes(form(directive)).texts(directive, faults);
            let sources: Vec<String> = texts.into_iter().filter_map(|text| source(directive, text, faults)).collect();
            if !sources.is_empty() {
                added.push((directive, sources));
            }
        }
        group.finish(faults);
        Self(added)
    }

    /// The directives that were added to.
    pub fn directives(&self) -> impl Iterator<Item = &'static str> {
        self.0.iter().map(|(directive, _)| *directive)
    }

    /// Whether something may be written into a page: all styles, or what has one of some hashes.
    pub fn allows_inline(&self, directive: &str) -> bool {
        self.added(directive).iter().any(|source| source.starts_with('\'') && source != WASM)
    }

    /// What is added to `directive`, as it stands in a policy.
    pub fn added(&self, directive: &str) -> &[String] {
        self.0.iter().find(|(name, _)| *name == directive).map_or(&[], |(_, sources)| sources)
    }
}

/// A host with its scheme, a port and a path.
macro_rules! address {
    () => {
        r"'*(?:https?|wss?)://(?:\*\.)?[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*(?::\+?\d+)?(?:/[A-Za-z0-9/._~%-]*)?'*"
    };
}

/// A hash of what is written into a page.
macro_rules! hash {
    () => {
        "sha(?:256|384|512)-[A-Za-z0-9+/_-]{40,}=*"
    };
}

/// What sources of `directive` look like.
fn form(directive: &str) -> Form {
    const WHAT: &str = "The address of a host: https://stats.example";
    Form::of(
        WHAT,
        match directive {
            "script-src" => concat!(address!(), "|'*(?:wasm-unsafe-eval|", hash!(), ")'*"),
            "worker-src" => concat!(address!(), "|'*", hash!(), "'*"),
            "style-src" => concat!(address!(), "|'*(?:unsafe-inline|data:|blob:|https:|", hash!(), ")'*"),
            _ => concat!(address!(), "|'*(?:data:|blob:|https:|", hash!(), ")'*"),
        },
    )
}

/// The source as it stands in a policy. What would let any script run is refused: the policy would be none.
fn source(directive: &'static str, text: Placed<String>, faults: &mut Faults) -> Option<String> {
    let bare = text.value.trim_matches('\'');
    let is_script = matches!(directive, "script-src" | "worker-src");
    let quoted = is_hash(bare)
        || (bare == "unsafe-inline" && directive == "style-src")
        || (bare == "wasm-unsafe-eval" && directive == "script-src");
    if quoted {
        return Some(format!("'{bare}'"));
    }
    if is_address(bare) || (matches!(bare, "data:" | "blob:" | "https:") && !is_script) {
        return Some(bare.to_owned());
    }
    let fault = |message: String| Diagnostic::new(BAD_SOURCE, message).in_place(&path(), text.spot.clone());
    let opens_all =
        ["unsafe-inline", "unsafe-eval", "unsafe-hashes", "strict-dynamic", "*", "data:", "blob:", "https:", "http:"];
    faults.push(if is_script && opens_all.contains(&bare) {
        fault(format!("`{bare}` would let any script on a page run"))
            .help("put the script into a file of `content/static/` and name that with `src`")
            .help("a script that must stay in the page is allowed by its hash, which the browser's console shows: `sha256-…`")
    } else {
        fault(format!("`{}` is not a source of `{directive}`", shortened(bare)))
            .help("write the address of a host: `https://stats.example`, or `https://*.stats.example` for all below it")
    });
    None
}

/// `sha256-` and the hash in base64, or one of the two longer ones.
fn is_hash(text: &str) -> bool {
    let is_base64 = |hash: &str| {
        let digits = hash.trim_end_matches('=');
        digits.len() >= 40 && digits.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+/-_".contains(&byte))
    };
    ["sha256-", "sha384-", "sha512-"].iter().any(|start| text.strip_prefix(start).is_some_and(is_base64))
}

/// A host with its scheme, perhaps with a port and a path.
fn is_address(text: &str) -> bool {
    let schemes = ["https://", "http://", "wss://", "ws://"];
    let Some(rest) = schemes.iter().find_map(|scheme| text.strip_prefix(scheme)) else { return false };
    let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let (host, port) = authority.split_once(':').unwrap_or((authority, "443"));
    let host = host.strip_prefix("*.").unwrap_or(host);
    let is_label =
        |label: &str| !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    host.split('.').all(is_label)
        && port.parse::<u16>().is_ok()
        && path.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/-._~%".contains(&byte))
}
