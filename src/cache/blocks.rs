//! The highlighted blocks that one build keeps for the next. Knows how many are worth keeping, not what is in them.

use std::io;
use std::path::Path;
use std::sync::Arc;

use serde::{Deserialize, Serialize, Serializer};

use crate::model::Hash;
use crate::render::Blocks;

use super::{folder, folder_made, sealed};

/// Blocks cached beyond twice those of the last build that used all: what a few weeks of edits leave behind.
const SPARE: usize = 1_000;

#[derive(Default, Serialize, Deserialize)]
struct File {
    /// How many the last build used that made every page.
    whole: usize,
    blocks: Vec<(Hash, Block)>,
}

/// A packed block, written in one piece.
#[derive(Deserialize)]
struct Block(Arc<[u8]>);

impl Serialize for Block {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&self.0)
    }
}

/// Another program may highlight otherwise: its blocks are not ours.
fn kind(program: Hash) -> String {
    format!("blocks 1 {program}")
}

const NAME: &str = "blocks";

/// The blocks that earlier builds by `program` cached; empty if nothing usable is there.
pub fn blocks(root: &Path, program: Hash) -> Blocks {
    let read = |folder| sealed::read(&folder, NAME, &kind(program));
    let file: File = folder(root).ok().and_then(read).unwrap_or_default();
    file.blocks.into_iter().map(|(hash, Block(block))| (hash, block)).collect()
}

/// Caches the blocks that a build used. One that made every page says which are in use; after others the earlier ones are
/// cached too, up to twice as many.
pub fn remember_blocks(root: &Path, program: Hash, used: Blocks, made_all: bool) -> io::Result<()> {
    let (folder, kind) = (folder_made(root)?, kind(program));
    let before: File = sealed::read(&folder, NAME, &kind).unwrap_or_default();
    let whole = if made_all { used.len() } else { before.whole };
    let mut blocks = used;
    if !made_all && before.blocks.len() + blocks.len() <= 2 * whole + SPARE {
        for (hash, Block(block)) in before.blocks {
            blocks.entry(hash).or_insert(block);
        }
    }
    let mut blocks: Vec<(Hash, Block)> = blocks.into_iter().map(|(hash, block)| (hash, Block(block))).collect();
    blocks.sort_unstable_by_key(|(hash, _)| *hash);
    sealed::write(&folder, NAME, &kind, &File { whole, blocks })
}
