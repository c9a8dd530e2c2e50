//! The colours a site may set. Knows their names and what a CSS colour looks like; the theme knows what they paint.

use std::sync::LazyLock;

use serde::Serialize;

use crate::diagnostic::{Diagnostic, rules};
use crate::fields::{Faults, Fields, Form, shortened};

use super::contrast::{LEAST, OTHER, contrast, is_name, names};
use super::path;
use crate::model::nearest;

rules! {
    LOW_CONTRAST = "low-contrast", warning, "a colour is hard to read on its ground", settings "colours: {light: {accent: \"#eeeeee\"}}";
    BAD_COLOUR = "bad-colour", error fixed, "a value is no colour", settings "colours: {light: {accent: rgb(1 2 3)}}";
}

static PATTERN: LazyLock<String> = LazyLock::new(|| {
    let names = names().chain(OTHER).collect::<Vec<_>>().join("|");
    format!("#(?:[0-9A-Fa-f]{{3}}|[0-9A-Fa-f]{{4}}|[0-9A-Fa-f]{{6}}|[0-9A-Fa-f]{{8}})|{names}")
});

fn form() -> Form {
    Form::of("A colour, in quotes, or its name in CSS: \"#7a2e12\"", PATTERN.as_str())
}

/// The colours set for light and for dark pages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Colours {
    pub light: Palette,
    pub dark: Palette,
}

/// Colour names of the theme with their CSS values, in a fixed order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
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

    /// Colours of letters that are hard to read on their grounds. What a palette leaves out is the default theme's, if the site
    /// has that, and else not known.
    pub(super) fn faults(&self, is_default_theme: bool) -> Vec<Diagnostic> {
        let palettes = [("light", &self.light, LIGHT), ("dark", &self.dark, DARK)];
        palettes
            .into_iter()
            .flat_map(|(name, palette, own)| palette.faults(name, is_default_theme.then_some(own)))
            .collect()
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

/// The colours of the default theme, in the order of their names.
const LIGHT: [&str; 6] = ["#fcfcfa", "#f1f2ee", "#1c2226", "#576068", "#d5d9d5", "#0d5870"];
const DARK: [&str; 6] = ["#15191c", "#1d2327", "#dde2e0", "#9aa6ab", "#353e44", "#7fc3d9"];
/// Colours of letters, and what they stand on.
const LETTERS: [&str; 3] = ["text", "muted", "accent"];
const GROUNDS: [&str; 2] = ["background", "surface"];

impl Palette {
    fn faults(&self, palette: &str, theme: Option<[&'static str; 6]>) -> Vec<Diagnostic> {
        let set = |name: &str| self.0.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str());
        let of = |name: &str| {
            let place = NAMES.iter().position(|known| *known == name);
            set(name).or_else(|| Some(theme?[place?]))
        };
        // Of two grounds, the one on which the letters are hardest to read.
        let faintest = |letters: &'static str| {
            let grounds = GROUNDS.into_iter().filter(|ground| set(letters).or(set(ground)).is_some());
            let ratios = grounds.filter_map(|ground| Some((contrast(of(letters)?, of(ground)?)?, ground)));
            ratios.min_by(|a, b| a.0.total_cmp(&b.0)).map(|(ratio, ground)| (letters, ratio, ground))
        };
        let faint = LETTERS.into_iter().filter_map(faintest).filter(|(_, ratio, _)| *ratio < LEAST);
        let faint = faint.map(|(letters, ratio, ground)| {
            let message = format!(
                "`{letters}` of the {palette} palette has a contrast of {ratio:.1} with its `{ground}`: letters need {LEAST}"
            );
            let fault = Diagnostic::new(LOW_CONTRAST, message).in_file(&path());
            fault.help("choose two colours that are further apart in lightness")
        });
        faint.collect()
    }

    fn read(mut fields: Fields<'_>, faults: &mut Faults) -> Self {
        let mut set = Vec::new();
        for name in NAMES {
            let Some(colour) = fields.takes(form()).text(name, faults) else { continue };
            if is_colour(&colour.value) {
                set.push((name, colour.value));
            } else {
                faults.push(
                    Diagnostic::new(BAD_COLOUR, format!("`{}` is not a colour", shortened(&colour.value)))
                        .in_place(&path(), colour.spot)
                        .maybe_help(nearest(&colour.value, names()).map(|near| format!("did you mean `{near}`?")))
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
        None => is_name(text),
    }
}
