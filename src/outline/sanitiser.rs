//! The one sanitiser, through which a body with raw HTML passes, and its rules: what they don't allow is taken out of an
//! author's HTML before, with a warning. Knows HTML, no page.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::Builder;

/// Elements of MathML that formulas are made of.
const MATHML: [&str; 30] = [
    "math",
    "annotation",
    "menclose",
    "merror",
    "mfrac",
    "mi",
    "mmultiscripts",
    "mn",
    "mo",
    "mover",
    "mpadded",
    "mphantom",
    "mprescripts",
    "mroot",
    "mrow",
    "ms",
    "mspace",
    "msqrt",
    "mstyle",
    "msub",
    "msubsup",
    "msup",
    "mtable",
    "mtd",
    "mtext",
    "mtr",
    "munder",
    "munderover",
    "none",
    "semantics",
];

/// Attributes of MathML that only shape a formula.
const MATHML_ATTRIBUTES: [&str; 24] = [
    "display",
    "mathvariant",
    "mathcolor",
    "mathbackground",
    "stretchy",
    "symmetric",
    "fence",
    "separator",
    "lspace",
    "rspace",
    "minsize",
    "maxsize",
    "movablelimits",
    "accent",
    "accentunder",
    "linethickness",
    "columnalign",
    "columnspacing",
    "rowspacing",
    "displaystyle",
    "scriptlevel",
    "width",
    "height",
    "depth",
];

/// Schemes that a page may link to: those that the sanitiser allows by itself, and newer ones of the same kind. None of them runs
/// anything at the site's address.
pub const SAFE_SCHEMES: [&str; 29] = [
    "http",
    "https",
    "mailto",
    "tel",
    "bitcoin",
    "feed",
    "ftp",
    "ftps",
    "gemini",
    "geo",
    "git",
    "im",
    "irc",
    "ircs",
    "magnet",
    "matrix",
    "mms",
    "news",
    "nntp",
    "openpgp4fpr",
    "sftp",
    "sip",
    "sips",
    "sms",
    "smsto",
    "ssh",
    "urn",
    "webcal",
    "xmpp",
];

/// What a body with raw HTML passes through, whole.
pub fn sanitiser() -> &'static Builder<'static> {
    static SANITISER: LazyLock<Builder<'static>> = LazyLock::new(|| {
        let mut builder = Builder::default();
        builder
            .add_tags([
                "figure",
                "figcaption",
                "section",
                "input",
                "picture",
                "source",
                "video",
                "audio",
                "track",
                "mark",
            ])
            .add_tags(MATHML)
            .add_generic_attributes(["id", "class", "title", "lang", "dir", "role"])
            .add_generic_attribute_prefixes(["aria-", "data-"])
            .add_tag_attributes("a", ["href", "hreflang", "rel", "name"])
            .add_tag_attributes("img", ["loading", "decoding", "srcset", "sizes", "width", "height"])
            .add_tag_attributes("input", ["type", "checked", "disabled"])
            .add_tag_attributes("ol", ["start", "reversed", "type"])
            .add_tag_attributes("video", ["src", "controls", "poster", "width", "height", "preload", "muted", "loop"])
            .add_tag_attributes("audio", ["src", "controls", "preload"])
            .add_tag_attributes("source", ["src", "srcset", "type", "media", "sizes", "width", "height"])
            .add_tag_attributes("track", ["src", "kind", "srclang", "label"])
            .add_tag_attributes("details", ["open"])
            .add_tag_attributes("time", ["datetime"])
            // Long tables and code are scrolled by keyboard.
            .add_tag_attribute_values("div", "tabindex", ["0"])
            .add_tag_attribute_values("pre", "tabindex", ["0"])
            .add_tag_attributes("math", ["xmlns"])
            .add_tag_attributes("annotation", ["encoding"])
            .set_tag_attribute_value("input", "type", "checkbox")
            .link_rel(None)
            .url_schemes(HashSet::from(SAFE_SCHEMES));
        for tag in MATHML {
            builder.add_tag_attributes(tag, MATHML_ATTRIBUTES);
        }
        builder
    });
    &SANITISER
}

/// Whether elements of this name stay.
pub fn allows(tag: &str) -> bool {
    ALLOWED.tags.contains(tag)
}

/// Whether it is an element of formulas.
pub fn is_mathml(tag: &str) -> bool {
    MATHML.contains(&tag)
}

/// Whether an element that stays keeps this attribute.
pub fn allows_attribute(tag: &str, attribute: &str, value: &str) -> bool {
    ALLOWED.everywhere.contains(attribute)
        || ALLOWED.prefixes.iter().any(|prefix| attribute.starts_with(prefix))
        || ALLOWED.attributes.get(tag).is_some_and(|own| own.contains(attribute))
        || ALLOWED.values.get(tag).and_then(|own| own.get(attribute)).is_some_and(|values| values.contains(value))
}

/// The sanitiser's lists: it gives them as copies.
struct Allowed {
    tags: HashSet<&'static str>,
    everywhere: HashSet<&'static str>,
    prefixes: HashSet<&'static str>,
    attributes: HashMap<&'static str, HashSet<&'static str>>,
    values: HashMap<&'static str, HashMap<&'static str, HashSet<&'static str>>>,
}

static ALLOWED: LazyLock<Allowed> = LazyLock::new(|| Allowed {
    tags: sanitiser().clone_tags(),
    everywhere: sanitiser().clone_generic_attributes(),
    prefixes: sanitiser().clone_generic_attribute_prefixes().unwrap_or_default(),
    attributes: sanitiser().clone_tag_attributes(),
    values: sanitiser().clone_tag_attribute_values(),
});
