//! The colours a site may set. Knows their names and what a CSS colour looks like; the theme knows what they paint.

use crate::diagnostic::{Diagnostic, rules};
use crate::fields::{Faults, Fields, shortened};

use super::path;

rules! {
    BAD_COLOUR = "bad-colour", error fixed, "a value is no colour", settings "colours: {light: {accent: rgb(1 2 3)}}";
}

/// The colours set for light and for dark pages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Colours {
    pub light: Palette,
    pub dark: Palette,
}

/// Colour names of the theme with their CSS values, in a fixed order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Palette(pub Vec<(&'static str, String)>);

const NAMES: [&str; 6] = ["background", "surface", "text", "muted", "line", "accent"];

impl Colours {
    pub(super) fn read(mut group: Fields<'_>, faults: &mut Faults) -> Self {
        let mut palette =
            |key| group.group(key, faults).map(|fields| Palette::read(fields, faults)).unwrap_or_default();
        let colours = Self { light: palette("light"), dark: palette("dark") };
        group.finish(faults);
        colours
    }

    /// CSS that sets the theme's custom properties (`--nf-accent`); empty if no colour is set.
    pub fn css(&self) -> String {
        let rules = |palette: &Palette| -> String {
            palette.0.iter().map(|(name, value)| format!("--nf-{name}:{value};")).collect()
        };
        let mut css = String::new();
        if !self.light.0.is_empty() {
            css.push_str(&format!(":root{{{}}}\n", rules(&self.light)));
        }
        if !self.dark.0.is_empty() {
            css.push_str(&format!("@media (prefers-color-scheme:dark){{:root{{{}}}}}\n", rules(&self.dark)));
        }
        css
    }
}

impl Palette {
    fn read(mut fields: Fields<'_>, faults: &mut Faults) -> Self {
        let mut set = Vec::new();
        for name in NAMES {
            let Some(colour) = fields.text(name, faults) else { continue };
            if is_colour(&colour.value) {
                set.push((name, colour.value));
            } else {
                faults.push(
                    Diagnostic::new(BAD_COLOUR, format!("`{}` is not a colour", shortened(&colour.value)))
                        .in_place(&path(), colour.spot)
                        .help(format!("write it in quotes: `{name}: \"#7a2e12\"`, or a CSS colour name")),
                );
            }
        }
        fields.finish(faults);
        Self(set)
    }
}

/// `#rgb`, `#rrggbb`, both with alpha, or a name. Functions are refused: nothing else may get into the style sheet.
fn is_colour(text: &str) -> bool {
    match text.strip_prefix('#') {
        Some(hex) => matches!(hex.len(), 3 | 4 | 6 | 8) && hex.bytes().all(|b| b.is_ascii_hexdigit()),
        None => (3..=24).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_lowercase()),
    }
}
