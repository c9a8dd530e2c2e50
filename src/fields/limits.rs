//! How long texts and lists may be: what one file says of itself is shown on the pages of others too, and a site's menu on all of
//! them. Knows numbers and no keys.

/// Characters of a text, and of one that is an entry of a list.
pub const TEXT_CHARS: usize = 2_000;
pub const ENTRY_CHARS: usize = 300;
/// Entries of a list.
pub const ENTRIES: usize = 500;
