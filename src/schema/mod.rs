//! JSON Schema of what front matter and settings may hold, made of the shapes that their readers take. Owns the dialect (2020-12) and
//! the files; knows no key and reads no content.

mod json;
#[allow(clippy::disallowed_methods, reason = "an edge: writes the schemas where editors find them")]
mod write;

use serde_json::Value;

use crate::config::Config;
use crate::fields::GroupShape;
use crate::model::SourceKind;
use crate::outline::Front;

pub use write::{Written, write};

/// What a schema is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// The front matter of a kind of file.
    Front(SourceKind),
    /// `site.yaml`.
    Site,
}

impl Of {
    /// Every schema there is.
    pub fn all() -> impl Iterator<Item = Self> {
        SourceKind::ALL.into_iter().map(Self::Front).chain([Self::Site])
    }

    /// The name of its file, without the ending.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Front(kind) => kind.noun(),
            Self::Site => "site",
        }
    }

    /// The files that it is for, from the site's root.
    pub fn files(self) -> String {
        match self {
            Self::Front(kind) => format!("content/{}/**/*.md", kind.folder()),
            Self::Site => crate::config::path().to_string(),
        }
    }

    /// What the files may hold, as their reader takes it.
    pub fn shape(self) -> GroupShape {
        match self {
            Self::Front(kind) => Front::shape(kind),
            Self::Site => Config::shape(),
        }
    }

    fn title(self) -> String {
        match self {
            Self::Front(kind) => format!("Front matter of {}", kind.folder()),
            Self::Site => "The settings of a site".to_owned(),
        }
    }
}

/// The schema.
pub fn schema(of: Of) -> Value {
    json::document(&of.title(), &of.shape())
}
