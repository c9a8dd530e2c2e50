//! What the destination of a link says, by its form alone. Knows no names.

use serde::{Deserialize, Serialize};

use crate::model::{nfc, undone};

use super::sanitiser::SAFE_SCHEMES;

/// A destination as written, its names in NFC as those of files and anchors are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Target {
    /// `pattern:lag`
    Pattern(Named),
    /// `concept:florescence`
    Concept(Named),
    /// `incident:bluesky-2026-04`
    Incident(String),
    /// `[[grow-fast]]`, `[[grow-fast#limits|the limits]]`, `[[#limits]]` on the same page; a bare one, without words of its own, shows
    /// the target's title or heading.
    Wiki { name: String, anchor: Option<String>, bare: bool },
    /// `../patterns/lag.md#cues`, `picture.png`: relative to the file.
    Relative { path: String, anchor: Option<String> },
    /// `/essays/grow-fast/`: a path of this site.
    Site { path: String, anchor: Option<String> },
    /// `#limits`: in the same page.
    Here(String),
    /// Another host, or another program: https, http, mailto, tel.
    Outside(String),
    /// A scheme that is not followed: `javascript:`, `data:` and whatever else. Holds the scheme.
    Refused(String),
    /// `[x]()`
    Empty,
}

/// A pattern or concept by its id: `lag#cues?in=bluesky-2026-04`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    pub id: String,
    /// A place on its page.
    pub anchor: Option<Box<str>>,
    /// What `Terms` reads.
    pub query: Option<Box<str>>,
}

impl Named {
    /// The query may stand before the anchor, as in an address, or after it.
    fn parse(text: &str) -> Self {
        let cut = text.find(['#', '?']).unwrap_or(text.len());
        let (id, mut rest) = text.split_at(cut);
        let mut named = Self { id: id.to_owned(), ..Self::default() };
        while let Some(sign) = rest.chars().next() {
            let end = rest[1..].find(['#', '?']).map_or(rest.len(), |end| end + 1);
            let part = Some(Box::from(&rest[1..end]));
            if sign == '#' {
                named.anchor = part
            } else {
                named.query = part
            }
            rest = &rest[end..];
        }
        named
    }
}

impl Target {
    /// Whether it may lead to another page of the site.
    pub fn is_of_the_site(&self) -> bool {
        match self {
            Self::Pattern(_) | Self::Concept(_) | Self::Incident(_) => true,
            Self::Wiki { .. } | Self::Relative { .. } | Self::Site { .. } => true,
            Self::Here(_) | Self::Outside(_) | Self::Refused(_) | Self::Empty => false,
        }
    }

    /// The place on the page that it leads to.
    pub fn anchor(&self) -> Option<&str> {
        match self {
            Self::Pattern(Named { anchor, .. }) | Self::Concept(Named { anchor, .. }) => anchor.as_deref(),
            Self::Incident(name) => id_and_anchor(name).1,
            Self::Wiki { anchor, .. } | Self::Relative { anchor, .. } | Self::Site { anchor, .. } => anchor.as_deref(),
            Self::Here(anchor) => Some(anchor),
            Self::Outside(_) | Self::Refused(_) | Self::Empty => None,
        }
    }

    /// Reads a destination. Control characters and spaces inside a scheme are ignored, as browsers do.
    pub fn parse(destination: &str) -> Self {
        let written = destination.trim();
        let destination = &*nfc(written);
        if destination.is_empty() {
            return Self::Empty;
        }
        if let Some(anchor) = destination.strip_prefix('#') {
            return Self::Here(undone(anchor));
        }
        if let Some((scheme, rest)) = scheme(destination) {
            return match scheme.as_str() {
                "pattern" => Self::Pattern(Named::parse(rest)),
                "concept" => Self::Concept(Named::parse(rest)),
                "incident" => Self::Incident(rest.to_owned()),
                known if SAFE_SCHEMES.contains(&known) => Self::Outside(written.to_owned()),
                _ => Self::Refused(scheme),
            };
        }
        if destination.starts_with("//") {
            return Self::Outside(written.to_owned());
        }
        let (path, anchor) = split_anchor(destination);
        match path.strip_prefix('/') {
            Some(_) => Self::Site { path, anchor },
            None => Self::Relative { path, anchor },
        }
    }

    /// Reads what stands in `[[ ]]`, before the bar, which is escaped in a table: `[[grow-fast\|the essay]]`.
    pub fn parse_wiki(inner: &str, bare: bool) -> Self {
        let inner = if bare { inner } else { inner.strip_suffix('\\').unwrap_or(inner) };
        match split_anchor(&nfc(inner.trim())) {
            (name, None) if name.is_empty() => Self::Empty,
            (name, anchor) => Self::Wiki { name, anchor, bare },
        }
    }
}

/// `lag#cues` as the id and the anchor on its page.
pub fn id_and_anchor(name: &str) -> (&str, Option<&str>) {
    match name.split_once('#') {
        Some((id, anchor)) => (id, Some(anchor)),
        None => (name, None),
    }
}

fn split_anchor(text: &str) -> (String, Option<String>) {
    match text.split_once('#') {
        Some((path, anchor)) => (undone(path), Some(undone(anchor)).filter(|anchor| !anchor.is_empty())),
        None => (undone(text), None),
    }
}

/// The scheme in lower case and what follows the colon, if there is one (RFC 3986, section 3.1).
fn scheme(text: &str) -> Option<(String, &str)> {
    let (before, rest) = text.split_once(':')?;
    let scheme: String =
        before.chars().filter(|c| !c.is_control() && !c.is_whitespace()).collect::<String>().to_lowercase();
    let fits = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    fits.then_some((scheme, rest))
}

#[cfg(test)]
mod tests {
    use super::{Named, Target};

    #[test]
    fn the_form_says_what_is_meant() {
        let relative =
            |path: &str, anchor: Option<&str>| Target::Relative { path: path.into(), anchor: anchor.map(Into::into) };
        let named = |id: &str, anchor: Option<&str>, query: Option<&str>| Named {
            id: id.into(),
            anchor: anchor.map(Into::into),
            query: query.map(Into::into),
        };
        for (text, expected) in [
            ("pattern:lag", Target::Pattern(named("lag", None, None))),
            ("pattern:lag#cues", Target::Pattern(named("lag", Some("cues"), None))),
            ("pattern:lag?in=a&not", Target::Pattern(named("lag", None, Some("in=a&not")))),
            ("concept:slack?not#use", Target::Concept(named("slack", Some("use"), Some("not")))),
            ("concept:slack#use?not", Target::Concept(named("slack", Some("use"), Some("not")))),
            ("grow-fast.md#limits", relative("grow-fast.md", Some("limits"))),
            ("a%20b.png", relative("a b.png", None)),
            ("cafe\u{301}.md#u\u{308}ber", relative("caf\u{e9}.md", Some("\u{fc}ber"))),
            ("cafe%CC%81.md#u%CC%88ber", relative("caf\u{e9}.md", Some("\u{fc}ber"))),
            ("#u\u{308}", Target::Here("\u{fc}".into())),
            ("concept:cafe\u{301}", Target::Concept(named("caf\u{e9}", None, None))),
            ("https://e.example/cafe\u{301}", Target::Outside("https://e.example/cafe\u{301}".into())),
            ("/about/", Target::Site { path: "/about/".into(), anchor: None }),
            ("#limits", Target::Here("limits".into())),
            ("HTTPS://a.example", Target::Outside("HTTPS://a.example".into())),
            ("//a.example", Target::Outside("//a.example".into())),
            ("JavaScript:alert(1)", Target::Refused("javascript".into())),
            ("java\tscript:alert(1)", Target::Refused("javascript".into())),
            ("data:text/html,x", Target::Refused("data".into())),
            ("", Target::Empty),
        ] {
            assert_eq!(Target::parse(text), expected, "{text:?}");
        }
        assert_eq!(
            Target::parse_wiki("x#y", true),
            Target::Wiki { name: "x".into(), anchor: Some("y".into()), bare: true }
        );
    }
}
