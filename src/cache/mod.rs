//! EDGE. What one build remembers for the next: outlines, highlighted blocks, the key of each page and how its file was left,
//! and the files themselves.
//! Deleting it changes speed and nothing else; a file that is torn, of another version or of another program is as good as
//! none.

mod blocks;
mod files;
mod outlines;
mod pages;
mod program;
mod sealed;
mod stamp;

use std::path::{Path, PathBuf};

pub use blocks::{blocks, remember_blocks};
pub use files::Files;
pub use outlines::Outlines;
pub use pages::{Entry, Last, PageKeys, Pages, inputs_hash, pages, remember_pages};
pub use program::program_hash;
pub use stamp::{SourceStamp, Stamp};

/// The folder that holds what is remembered about the site in `root`.
fn folder(root: &Path) -> PathBuf {
    root.join(".ninefold")
}
