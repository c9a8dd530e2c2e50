//! The closed sets of words that front matter may use. Knows their spelling, not where they stand.

use serde::{Deserialize, Serialize};

/// By which rule the ids of headings are made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum HeadingIds {
    /// Our own: ASCII words joined by dashes, other scripts transliterated, cut at 80 bytes.
    #[default]
    Plain,
    /// That of GitHub, and of the generators that follow it: letters of any script, spaces as dashes, nothing cut.
    Github,
}

impl ClosedSet for HeadingIds {
    const WORDS: &'static [&'static str] = &["plain", "github"];

    fn from_word(word: &str) -> Option<Self> {
        [Self::Plain, Self::Github].into_iter().find(|ids| ids.word() == word)
    }

    fn word(self) -> &'static str {
        Self::WORDS[self as usize]
    }
}

/// What a source file is; decided by its folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SourceKind {
    Essay,
    Incident,
    Pattern,
    Concept,
    Page,
}

impl SourceKind {
    pub const ALL: [Self; 5] = [Self::Essay, Self::Incident, Self::Pattern, Self::Concept, Self::Page];

    /// The folder in `content/` that holds this kind.
    pub const fn folder(self) -> &'static str {
        match self {
            Self::Essay => "essays",
            Self::Incident => "incidents",
            Self::Pattern => "patterns",
            Self::Concept => "concepts",
            Self::Page => "pages",
        }
    }

    /// The word for one of it.
    pub const fn noun(self) -> &'static str {
        match self {
            Self::Essay => "essay",
            Self::Incident => "incident",
            Self::Pattern => "pattern",
            Self::Concept => "concept",
            Self::Page => "page",
        }
    }

    /// The article before the noun.
    pub const fn article(self) -> &'static str {
        match self {
            Self::Essay | Self::Incident => "an",
            Self::Pattern | Self::Concept | Self::Page => "a",
        }
    }

    /// What the list of all of it is called; pages have none.
    pub const fn list(self) -> Option<&'static str> {
        match self {
            Self::Essay => Some("Essays"),
            Self::Incident => Some("Incidents"),
            Self::Pattern => Some("Patterns"),
            Self::Concept => Some("Concepts"),
            Self::Page => None,
        }
    }

    /// Whether it is a text of the site's author, rather than a name that texts are marked with.
    pub const fn is_text(self) -> bool {
        match self {
            Self::Essay | Self::Incident | Self::Page => true,
            Self::Pattern | Self::Concept => false,
        }
    }

    /// The kind whose folder is `name`.
    pub fn from_folder(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.folder() == name)
    }
}

/// A closed set of words that front matter may use.
pub trait ClosedSet: Copy + 'static {
    /// Every word of the set, for "did you mean".
    const WORDS: &'static [&'static str];
    /// The member spelled `word`.
    fn from_word(word: &str) -> Option<Self>;
    /// How the member is spelled.
    fn word(self) -> &'static str;
}

/// Makes a closed set of words: the enum, its words, and the way back.
macro_rules! words {
    ($(#[$meta:meta])* $name:ident { $($variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name {
            $(#[serde(rename = $word)] $variant),+
        }

        impl ClosedSet for $name {
            const WORDS: &'static [&'static str] = &[$($word),+];

            fn from_word(word: &str) -> Option<Self> {
                match word {
                    $($word => Some(Self::$variant),)+
                    _ => None,
                }
            }

            fn word(self) -> &'static str {
                match self {
                    $(Self::$variant => $word),+
                }
            }
        }
    };
}

words! {
    /// What sort of text an essay is.
    EssayKind { Essay = "essay", Analysis = "analysis", Note = "note" }
}

words! {
    /// What happened at a point of an incident's timeline.
    TimelineKind {
        Change = "change",
        Symptom = "symptom",
        Detection = "detection",
        Diagnosis = "diagnosis",
        Action = "action",
        Recovery = "recovery",
        Communication = "communication",
    }
}

words! {
    /// How one incident relates to another.
    RelationKind { Similar = "similar", Sequel = "sequel", SameSystem = "same-system", Contrast = "contrast" }
}
