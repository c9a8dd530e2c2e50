//! A picture as a page shows it.

use serde::Serialize;

/// A picture of the site with what browsers choose from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Picture {
    /// The link of the file as it came.
    pub url: String,
    /// In pixels; none where the file does not say.
    pub width: Option<u32>,
    pub height: Option<u32>,
    /// What may be shown in its place, the best first.
    pub sources: Vec<PictureSource>,
}

/// One choice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PictureSource {
    /// When it applies: the reader's colours are dark. None for always.
    pub media: Option<&'static str>,
    /// `image/webp`; none where the file's own type is shown by every browser.
    pub format: Option<&'static str>,
    /// Links, each with its width where there are several.
    pub srcset: String,
    pub width: Option<u32>,
    pub height: Option<u32>,
}
