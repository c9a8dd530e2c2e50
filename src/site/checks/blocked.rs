//! What a theme's templates hold that the policy of pages keeps from doing anything: scripts and styles written into them,
//! files of hosts that `csp` does not name. Knows tags and the policy; of the template language only where its parts end.

use crate::config::{Config, Csp};
use crate::diagnostic::{Diagnostic, rules};
use crate::load::{ThemeFile, ThemeFiles};
use crate::model::Span;
use crate::outline::inline::Inline;
use crate::outline::tokens::{self, Kind, Tag, raw_text_end};

rules! {
    BLOCKED_BY_POLICY = "blocked-by-policy", warning, "a template loads what the policy of pages refuses";
    NO_POLICY = "no-policy", warning, "a template does not say what its pages may load";
}

/// Stands for what a template puts in: what it will be is not known here.
const FILLED: char = '\u{7f}';

/// Elements that load a file or send a form, with the attribute that says where, and the directive that allows it.
const REACHING: [(&str, &str, &str); 4] = [
    ("script", "src", "script-src"),
    ("link", "href", "style-src"),
    ("iframe", "src", "frame-src"),
    ("form", "action", "form-action"),
];

/// Warns of all that a reader's browser would refuse.
pub fn blocked(theme: &ThemeFiles, config: &Config) -> Vec<Diagnostic> {
    let pages = theme.templates.iter().filter(|(name, _)| name.ends_with(".html"));
    pages
        .flat_map(|(name, file)| {
            let mut faults: Vec<Diagnostic> = without_policy(name, file).into_iter().collect();
            each_tag(&plain(&file.content), |span, tag| {
                let refused = refusals(tag, config).into_iter();
                faults.extend(refused.map(|(what, help)| {
                    let message = format!("{what}: the policy of pages refuses it");
                    Diagnostic::new(BLOCKED_BY_POLICY, message).at(&file.path, span).help(help)
                }));
            });
            faults
        })
        .collect()
}

/// A copy of the default's head that was made before there was a policy.
fn without_policy(name: &str, file: &ThemeFile<String>) -> Option<Diagnostic> {
    let has = |text: &str| file.content.contains(text);
    let lacks = match name {
        "common/head.html" => !has("site.policy"),
        "base.html" => !has("site.policy") && !has("common.head"),
        _ => false,
    };
    lacks.then(|| {
        Diagnostic::new(NO_POLICY, "the template does not say what its pages may load").in_file(&file.path).help(
            "write into its head: `<meta http-equiv=\"Content-Security-Policy\" content=\"{{ site.policy | safe }}\">`",
        )
    })
}

/// The template with as many bytes and without its language.
fn plain(template: &str) -> String {
    let mut out = String::with_capacity(template.len());
    let mut rest = template;
    while let Some(at) = rest.find("{{").into_iter().chain(rest.find("{%")).chain(rest.find("{#")).min() {
        out.push_str(&rest[..at]);
        let (end, with) = match rest.as_bytes()[at + 1] {
            b'{' => ("}}", FILLED),
            b'%' => ("%}", ' '),
            _ => ("#}", ' '),
        };
        let length = rest[at..].find(end).map_or(rest.len() - at, |length| length + end.len());
        out.extend(std::iter::repeat_n(with, length));
        rest = &rest[at + length..];
    }
    out + rest
}

/// Calls with the place of each start tag, and what it says.
fn each_tag(html: &str, mut see: impl FnMut(Span, &Tag)) {
    let mut at = 0;
    while at < html.len() {
        let (kind, range) = tokens::next(html, at);
        at = range.end;
        let tag = if matches!(kind, Kind::Tag { .. }) { tokens::tag(&html[range.clone()]) } else { None };
        if let Some(tag) = tag.filter(|tag| !tag.is_end) {
            see(Span::new(range.start, range.end), &tag);
            if matches!(tag.name.as_str(), "script" | "style") {
                at = raw_text_end(html, at, &tag.name).unwrap_or(html.len());
            }
        }
    }
}

/// What of a tag would be refused, each with what to do.
fn refusals(tag: &Tag, config: &Config) -> Vec<(String, String)> {
    let name = tag.name.as_str();
    let get = |wanted: &str| tag.attributes.iter().find(|(key, _)| key == wanted).map(|(_, value)| value.as_str());
    let mut refused = Vec::new();
    for inline in Inline::of(tag) {
        let (is_allowed, help) = match inline {
            Inline::Script => (
                config.csp.allows_inline("script-src"),
                "put it into a file of `assets/` and name that: `<script src=\"{{ site.assets[\"own.js\"] }}\" defer>`",
            ),
            Inline::Handler(_) => (false, "listen in a script file: `element.addEventListener(…)`"),
            Inline::Sheet => {
                (config.csp.allows_inline("style-src"), "put it into a file of `assets/`, or into one of `extra_css`")
            }
            Inline::Style => (
                config.csp.allows_inline("style-src"),
                "give the element a class, and style that in a file of `assets/`",
            ),
        };
        refused.extend((!is_allowed).then(|| (inline.what(), help.to_owned())));
    }
    for (_, attribute, directive) in REACHING.into_iter().filter(|(element, ..)| *element == name) {
        let is_sheet = name != "link" || get("rel").is_some_and(|rel| rel.contains("stylesheet"));
        if let Some(host) = get(attribute).filter(|_| is_sheet).and_then(host_outside)
            && host.split_once("://").is_none_or(|(_, name)| name != config.base_url.host())
            && !names(&config.csp, directive, &host)
        {
            let help = format!("allow it in `site.yaml`: `csp: {{{directive}: [\"{host}\"]}}`");
            refused.push((format!("`<{name}>` of `{host}`"), help));
        }
    }
    refused
}

/// The scheme and host of an address of another site, if it is known.
fn host_outside(address: &str) -> Option<String> {
    let (scheme, rest) = match address.strip_prefix("//") {
        Some(rest) => ("https", rest),
        None => address.split_once("://").filter(|(scheme, _)| matches!(*scheme, "http" | "https"))?,
    };
    let host = rest.split(['/', '?', '#']).next().filter(|host| !host.is_empty() && !host.contains(FILLED))?;
    Some(format!("{scheme}://{host}"))
}

/// Whether `csp` names the host, itself or all below a name it ends with.
fn names(csp: &Csp, directive: &str, host: &str) -> bool {
    csp.added(directive).iter().any(|source| match source.split_once("*.") {
        Some((scheme, below)) => {
            let below = below.split('/').next().unwrap_or_default();
            host.strip_prefix(scheme).is_some_and(|name| name.ends_with(&format!(".{below}")))
        }
        None => {
            source == "https:" || source.strip_prefix(host).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        }
    })
}
