//! What a rule is: one kind of fault, declared beside the code that finds it. Knows no rule; `crate::rules` lists them all.

use std::cmp::Ordering;
use std::hash::{Hash, Hasher};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::Severity;

/// How a rule counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Level {
    Error,
    Warning,
    Note,
    /// Not reported.
    Off,
}

impl Level {
    pub const fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
            Self::Off => "off",
        }
    }

    /// None for a rule that is off.
    pub const fn severity(self) -> Option<Severity> {
        match self {
            Self::Error => Some(Severity::Error),
            Self::Warning => Some(Severity::Warning),
            Self::Note => Some(Severity::Note),
            Self::Off => None,
        }
    }
}

/// Something that breaks a rule, and where it would stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Example {
    /// The text of an essay.
    Text(&'static str),
    /// Lines of an essay's front matter, besides title and date.
    Front(&'static str),
    /// The front matter of an incident's record.
    Record(&'static str),
    /// Lines of `site.yaml`, besides title and address.
    Settings(&'static str),
}

impl Example {
    /// Where it stands, and what.
    pub const fn parts(self) -> (&'static str, &'static str) {
        match self {
            Self::Text(text) => ("the text of an essay", text),
            Self::Front(text) => ("the front matter of an essay", text),
            Self::Record(text) => ("the record of an incident", text),
            Self::Settings(text) => ("site.yaml", text),
        }
    }
}

/// A kind of fault. A diagnostic is made from one, and only `rules!` makes them.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    code: &'static str,
    level: Level,
    is_fixed: bool,
    meaning: &'static str,
    example: Option<Example>,
}

impl Rule {
    #[doc(hidden)]
    pub const fn declared(
        code: &'static str,
        level: Level,
        is_fixed: bool,
        meaning: &'static str,
        example: Option<Example>,
    ) -> Self {
        Self { code, level, is_fixed, meaning, example }
    }

    /// Its stable name, in kebab case.
    pub const fn code(&self) -> &'static str {
        self.code
    }

    /// How it counts unless the settings say otherwise.
    pub const fn level(&self) -> Level {
        self.level
    }

    /// Whether the settings may not change its level: readers, the host or the build itself rely on it.
    pub const fn is_fixed(&self) -> bool {
        self.is_fixed
    }

    /// One line, lower case, without a full stop.
    pub const fn meaning(&self) -> &'static str {
        self.meaning
    }

    pub const fn example(&self) -> Option<Example> {
        self.example
    }
}

// Codes are unique, which a test checks.
impl Ord for Rule {
    fn cmp(&self, other: &Self) -> Ordering {
        self.code.cmp(other.code)
    }
}

impl PartialOrd for Rule {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Hash for Rule {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.code.hash(state);
    }
}

impl Serialize for Rule {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.code.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for &'static Rule {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let code = <&str>::deserialize(deserializer)?;
        crate::rules::find(code).ok_or_else(|| de::Error::custom("no rule has this code"))
    }
}

/// Declares the rules of a module as constants, and lists them as its `RULES`.
///
/// ```text
/// rules! {
///     EMPTY_LINK = "empty-link", error, "a link leads nowhere", text "[the words]()";
///     REFUSED_LINK = "refused-link", error fixed, "a link uses a scheme that …";
/// }
/// ```
///
/// A level is `error`, `warning`, `note` or `off`; `fixed` follows where the settings may not change it. An example is the
/// `text` or `front` matter of an essay, a `record` of an incident, or `settings`. The compiler reports a list that
/// `crate::rules` does not name as unused.
macro_rules! rules {
    ($($name:ident = $code:literal, $level:ident $($fixed:ident)?, $meaning:literal $(, $place:ident $example:literal)?;)+) => {
        $(
            #[doc = $meaning]
            pub(crate) const $name: &$crate::diagnostic::Rule = &$crate::diagnostic::Rule::declared(
                $code,
                $crate::diagnostic::rules!(@level $level),
                $crate::diagnostic::rules!(@fixed $($fixed)?),
                $meaning,
                $crate::diagnostic::rules!(@example $($place $example)?),
            );
        )+

        /// The rules of this module.
        pub(crate) const RULES: &[&$crate::diagnostic::Rule] = &[$($name),+];
    };
    (@level error) => { $crate::diagnostic::Level::Error };
    (@level warning) => { $crate::diagnostic::Level::Warning };
    (@level note) => { $crate::diagnostic::Level::Note };
    (@level off) => { $crate::diagnostic::Level::Off };
    (@fixed) => { false };
    (@fixed fixed) => { true };
    (@example) => { None };
    (@example text $example:literal) => { Some($crate::diagnostic::Example::Text($example)) };
    (@example front $example:literal) => { Some($crate::diagnostic::Example::Front($example)) };
    (@example record $example:literal) => { Some($crate::diagnostic::Example::Record($example)) };
    (@example settings $example:literal) => { Some($crate::diagnostic::Example::Settings($example)) };
}
pub(crate) use rules;
