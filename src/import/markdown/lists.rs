//! Whether a list is tight. Knows its blocks, not how they are written.

use super::{Block, Item};

/// Whether the items of a list stand apart.
pub(super) fn is_loose(items: &[Item]) -> bool {
    items.iter().any(|item| item.is_loose || !fits_tight(&item.blocks))
}

/// Whether blocks can follow one another without an empty line.
fn fits_tight(blocks: &[Block]) -> bool {
    let rest = match blocks {
        [Block::Paragraph(_), rest @ ..] => rest,
        all => all,
    };
    rest.iter().enumerate().all(|(n, block)| match block {
        Block::Code { .. } => true,
        // Within a paragraph only these begin a list.
        Block::List { start, items } => {
            let has_words = items.first().is_some_and(|item| !item.blocks.is_empty() || item.done.is_some());
            n > 0 || rest.len() == blocks.len() || start.is_none_or(|start| start == 1) && has_words
        }
        _ => false,
    })
}
