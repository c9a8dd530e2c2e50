//! Scripts and styles that are written into a page: the policy of pages refuses them, so that also where HTML is trusted they
//! do nothing unless the site allows them. Knows one tag.

use crate::diagnostic::Diagnostic;

use super::tokens::Tag;
use super::{INLINE_SCRIPT, INLINE_STYLE};

/// What a tag writes into the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Inline {
    /// `<script>` without `src`; data for machines is none.
    Script,
    /// `onclick` and the like, by its name.
    Handler(String),
    /// `<style>`.
    Sheet,
    /// `style="…"`.
    Style,
}

impl Inline {
    /// All that `tag` writes.
    pub fn of(tag: &Tag) -> Vec<Self> {
        let get = |name: &str| tag.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
        let element = match tag.name.as_str() {
            "script" if get("src").is_none() && get("type").is_none_or(|kind| !kind.contains("json")) => {
                Some(Self::Script)
            }
            "style" => Some(Self::Sheet),
            _ => None,
        };
        let attributes = tag.attributes.iter().filter_map(|(name, _)| match name.as_str() {
            "style" => Some(Self::Style),
            name if name.starts_with("on") => Some(Self::Handler(name.to_owned())),
            _ => None,
        });
        element.into_iter().chain(attributes).collect()
    }

    /// What it is, in words.
    pub fn what(&self) -> String {
        match self {
            Self::Script => "a script in the page".to_owned(),
            Self::Handler(name) => format!("the attribute `{name}`"),
            Self::Sheet => "a style sheet in the page".to_owned(),
            Self::Style => "the attribute `style`".to_owned(),
        }
    }

    /// The warning for an author.
    pub fn warning(&self) -> Diagnostic {
        let message = format!("{}: the policy of pages refuses it", self.what());
        match self {
            Self::Script => Diagnostic::new(INLINE_SCRIPT, message).help(
                "put it into a file of `content/static/` and name that with `src`, or allow it by its hash: `csp: {script-src: [sha256-…]}`",
            ),
            Self::Handler(_) => Diagnostic::new(INLINE_SCRIPT, message)
                .help("listen in a script file: `element.addEventListener(…)`"),
            Self::Sheet | Self::Style => Diagnostic::new(INLINE_STYLE, message).help(
                "style a class in a file of `extra_css`, or allow all such styles: `csp: {style-src: [unsafe-inline]}`",
            ),
        }
    }
}
