//! YAML as a tree with places: parses, caps, finds duplicate keys, points at any node, and writes it. The only user of the YAML
//! library; knows no key and no file.

mod add;
mod add_key;
mod comments;
mod flow;
mod front_matter;
mod locate;
mod plain_words;
mod remove;
mod tree;
mod write;

pub use add::with_item;
pub use add_key::{with_groups, with_key};
pub use comments::{Cut, cuts};
pub use flow::flow;
pub use front_matter::{FrontMatter, Unclosed, front_matter, split};
pub use locate::{Part, Step, Wanted, locate};
pub use plain_words::{Fault, explain};
pub use remove::without;
pub use tree::{Node, Scalar, parse};
pub use write::written;

/// `text`, one line, as a YAML text in quotes.
pub fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// The most bytes of YAML read: the library's time grows faster than its input.
pub const MAX_BYTES: usize = 64 * 1024;
/// The deepest nesting read. It bounds all that calls itself on a tree: making a [`Node`], finding a place in it again,
/// copying, comparing and dropping it, and what is made of it (`extra`, in caches and in templates).
pub const MAX_DEPTH: usize = 64;
/// The most nodes made; aliases can name one node many times.
pub const MAX_NODES: usize = 20_000;
