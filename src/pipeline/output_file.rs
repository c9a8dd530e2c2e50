//! A file of the output, made now or left alone. Knows how it was left, not what is in it.

use crate::cache::Entry;
use crate::model::Hash;

/// How a build leaves a file.
pub struct OutputFile {
    /// Below the output folder.
    pub path: String,
    pub content: Hash,
    /// What the next build may know of it; none where the system keeps no time.
    pub entry: Option<Entry>,
    /// Written now.
    pub staged: bool,
}
