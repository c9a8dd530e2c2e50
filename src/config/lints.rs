//! `lints:` in `site.yaml`: at which level each rule counts. Knows the rules by their codes; finds no fault itself.

use std::sync::LazyLock;

use jiff::civil::Date;
use serde::{Serialize, Serializer};

use crate::diagnostic::{Diagnostic, Level, Rule, rules};
use crate::fields::{Faults, Fields, Form, Item, Placed, shortened};
use crate::model::{ClosedSet, SourcePath};
use crate::rules;

use super::path;

rules! {
    UNKNOWN_LINT = "unknown-lint", error fixed, "a level is given to a code that does not exist",
        settings "lints: {missing-alts: off}";
    FIXED_LEVEL = "fixed-level", error fixed, "a level is given to what readers, the host or the build rely on",
        settings "lints: {refused-link: off}";
}

/// The levels that the settings give to rules.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Lints(Vec<Setting>);

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct Setting {
    #[serde(serialize_with = "code")]
    rule: &'static Rule,
    level: Level,
    /// Only in essays dated before this day.
    before: Option<Date>,
}

fn code<S: Serializer>(rule: &Rule, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(rule.code())
}

impl ClosedSet for Level {
    const WORDS: &'static [&'static str] = &["error", "warning", "off"];

    fn from_word(word: &str) -> Option<Self> {
        [Self::Error, Self::Warning, Self::Off].into_iter().find(|level| level.word() == word)
    }

    fn word(self) -> &'static str {
        self.word()
    }
}

/// The codes of the rules whose level can be changed.
static CHANGEABLE: LazyLock<Vec<&str>> =
    LazyLock::new(|| rules::all().filter(|rule| !rule.is_fixed()).map(Rule::code).collect());

impl Lints {
    pub(super) fn read(fields: &mut Fields<'_>, faults: &mut Faults) -> Self {
        let items = fields.takes(Form::one_of(CHANGEABLE.as_slice())).named_items("lints", faults);
        let settings = items.into_iter().filter_map(|(code, item)| {
            let (level, before) = match item {
                Item::Text(text) => (fields.word_of(&code.value, &text, faults)?, None),
                Item::Group(group) => level_before(group, faults)?,
            };
            Some(Setting { rule: changeable(&code, &path(), faults)?, level, before })
        });
        Self(settings.collect())
    }

    /// Whether a fault of `rule` may count: it is not off everywhere.
    pub fn may_count(&self, rule: &Rule) -> bool {
        let mut settings = self.0.iter().filter(|setting| setting.rule == rule);
        rule.level() != Level::Off || settings.any(|setting| setting.level != Level::Off)
    }

    /// `fault` at the level of its rule; none if that is off. `date_of` gives the date of the essay at a path.
    pub fn levelled(&self, fault: Diagnostic, date_of: impl FnOnce(&SourcePath) -> Option<Date>) -> Option<Diagnostic> {
        // Settings that can't be read mean something else than is written: they are strict themselves.
        if fault.rule.is_fixed() || fault.is_error() && fault.path() == Some(&path()) {
            return Some(fault);
        }
        let setting = self.0.iter().find(|setting| setting.rule == fault.rule);
        let applies = |setting: &&Setting| match setting.before {
            Some(day) => fault.path().and_then(date_of).is_some_and(|date| date < day),
            None => true,
        };
        let level = setting.filter(applies).map_or(fault.rule.level(), |setting| setting.level);
        fault.at_level(level)
    }
}

/// The rule of this code, if the settings may change its level.
pub(super) fn changeable(code: &Placed<String>, file: &SourcePath, faults: &mut Faults) -> Option<&'static Rule> {
    let Some(rule) = rules::find(&code.value) else {
        faults.push(unknown(&code.value).in_place(file, code.spot.clone()));
        return None;
    };
    if rule.is_fixed() {
        let (name, word) = (rule.code(), rule.level().word());
        let message = format!("the level of `{name}` can't be changed: it is always {} {word}", article(rule));
        let help = format!("delete it; `ninefold explain {name}` says what it means");
        faults.push(Diagnostic::new(FIXED_LEVEL, message).in_place(file, code.spot.clone()).help(help));
        return None;
    }
    Some(rule)
}

/// `{level: warning, before: 2026-01-01}`.
fn level_before(mut group: Fields<'_>, faults: &mut Faults) -> Option<(Level, Option<Date>)> {
    group.require("level", faults);
    let level = group.word("level", faults);
    let before = group.day("before", faults);
    group.finish(faults);
    Some((level?, before))
}

fn article(rule: &Rule) -> &'static str {
    if rule.level() == Level::Error { "an" } else { "a" }
}

/// The diagnostic for a code that does not exist.
pub fn unknown(code: &str) -> Diagnostic {
    let help = match rules::nearest_code(code) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "`ninefold explain` lists all".to_owned(),
    };
    Diagnostic::new(UNKNOWN_LINT, format!("there is no lint `{}`", shortened(code))).help(help)
}
