//! What texts a key takes, beyond that there is one: words, patterns, and what YAML makes of texts without quotes. Knows forms and no
//! key. A reader declares a form beside the check that it stands for, and a test holds the two together.

/// The texts that a key takes. Patterns are regular expressions for the whole text, of what all dialects share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Form {
    /// In a few words, for who writes it.
    pub what: &'static str,
    pub pattern: Option<&'static str>,
    /// What is not taken, although the pattern is that of it.
    pub except: Option<&'static str>,
    /// The only ones; none for any.
    pub words: &'static [&'static str],
    /// Which numbers without quotes are texts of the form.
    pub numbers: Numbers,
    /// Whether `true` and `false` without quotes are.
    pub flags: bool,
}

/// Numbers that stand where a text does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Numbers {
    None,
    Whole(i64, i64),
    /// From 0 up.
    Positive,
    Any,
}

impl Form {
    /// Any text.
    pub const ANY: Self =
        Self { what: "", pattern: None, except: None, words: &[], numbers: Numbers::Any, flags: true };

    /// Texts of a pattern, none of which can be taken for anything else.
    pub const fn of(what: &'static str, pattern: &'static str) -> Self {
        Self { what, pattern: Some(pattern), numbers: Numbers::None, flags: false, ..Self::ANY }
    }

    /// One of some words.
    pub const fn one_of(words: &'static [&'static str]) -> Self {
        Self { words, numbers: Numbers::None, flags: false, ..Self::ANY }
    }

    /// The same, but for texts in which this pattern is found.
    pub const fn except(self, pattern: &'static str) -> Self {
        Self { except: Some(pattern), ..self }
    }

    /// The same with numbers.
    pub const fn numbers(self, numbers: Numbers) -> Self {
        Self { numbers, ..self }
    }
}

/// What no address holds: white space, and some more.
macro_rules! no_space {
    () => {
        no_space!("")
    };
    ($more:literal) => {
        concat!("[^", $more, r"\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]")
    };
}
pub(crate) use no_space;

/// A day of the calendar, from the year 1000 to 9999.
macro_rules! day {
    () => {
        r"(?:[1-9]\d{3}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|02-(?:0[1-9]|1\d|2[0-8]))|(?:[1-9]\d(?:0[48]|[2468][048]|[13579][26])|(?:[2468][048]|[13579][26])00)-02-29)"
    };
}

/// A time on that day.
macro_rules! time {
    () => {
        r"[Tt ](?:[01]\d|2[0-3])(?::?[0-5]\d(?::?(?:[0-5]\d|60)(?:[.,]\d{1,9})?)?)?"
    };
}

/// Its zone: an offset, a name, or both.
macro_rules! zone {
    () => {
        r"(?:(?: ?Z|z| UTC| GMT| ?[+-](?:[01]\d|2[0-5])(?::?[0-5]\d(?::?[0-5]\d(?:[.,]\d{1,9})?)?)?)(?:\[[^\[\]]+\])*|(?:\[[^\[\]]+\])+)"
    };
}

/// A year or a month.
macro_rules! year_or_month {
    () => {
        r"[1-9]\d{3}(?:-(?:0[1-9]|1[0-2]))?"
    };
}

/// A date of any precision, a time with its zone.
macro_rules! when {
    () => {
        concat!("(?:", year_or_month!(), "|", day!(), "(?:", time!(), zone!(), ")?)")
    };
}

/// Years that stand as numbers.
const YEARS: Numbers = Numbers::Whole(1000, 9999);

pub const DAY: Form = Form::of("A day: 2026-04-30", day!());
pub const WHEN: Form =
    Form::of("A date as precise as it is known: 2026, 2026-04, 2026-04-30, 2026-04-30T18:35Z", when!()).numbers(YEARS);
pub const LOCAL_WHEN: Form = Form::of(
    "A date as precise as it is known, a time without a zone is one of the site's",
    concat!("(?:", year_or_month!(), "|", day!(), "(?:", time!(), zone!(), "?)?)"),
)
.numbers(YEARS);
/// The same to the day at least.
pub const LOCAL_DAY: Form =
    Form::of("A day, with a time or without: 2026-04-30", concat!(day!(), "(?:", time!(), zone!(), "?)?"));
pub const MOMENT: Form = Form::of(
    "When it happened: a date, a span such as 2026-04-30T18:35Z/19:10, or unstated",
    concat!("(?:", when!(), "(?:/(?:", when!(), r"|(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?))?|unstated)"),
)
.numbers(YEARS);
pub const URL: Form =
    Form::of("A web address, with https:// or http://", concat!("[Hh][Tt][Tt][Pp][Ss]?://", no_space!(), "*"));
/// Letters of any script but capitals of ours, digits, dashes, underscores, dots inside.
pub const NAME: Form = Form {
    numbers: Numbers::Any,
    flags: true,
    ..Form::of(
        "A name that can be part of an address: lower-case letters, digits and dashes",
        r"[^\x00-,./:-^`{-\u00a0](?:[^\x00-,/:-^`{-\u00a0]{0,198}[^\x00-,./:-^`{-\u00a0])?",
    )
    .except(r"^(?:con|prn|aux|nul|com[1-9]|lpt[1-9])(?:\.|$)")
};
pub const DURATION: Form = Form::of(
    "How long it took: 73 h, 1 h 30 min, about 90 min",
    r"(?:about +)?(?:\+?[Pp](?:\d[\d.,]*[Ww])?(?:\d[\d.,]*[Dd])?(?:[Tt](?:\d[\d.,]*[HhMmSs])+)?|\+? *(?:\d[\d.,]* *(?:weeks?|wks?|w|days?|d|hours?|hrs?|h|minutes?|mins?|m|seconds?|secs?|s|milliseconds?|millis?|msecs?|ms|microseconds?|micros?|usecs?|us|\u00b5secs?|\u00b5s|nanoseconds?|nanos?|nsecs?|ns) *,? *)*(?:\d+:\d\d:\d\d(?:[.,]\d+)?)?)",
);
