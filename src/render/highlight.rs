//! Code to HTML with a class for each part, coloured by the theme's style sheets. Knows languages, not pages, and the blocks
//! that were highlighted before, wherever they are cached.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use crate::code::{self, Fence, Language, beyond};
use crate::guard::locked;
use crate::model::Hash;
use crate::outline::Allowance;

/// Far more than any block within the limits becomes.
const MAX_UNPACKED_BYTES: usize = 32 * 1024 * 1024;
/// The most blocks that are held for the next time: a server may see code change for days. Packed, most have less than a
/// kilobyte.
const MAX_HELD: usize = 200_000;

/// The HTML inside blocks that were highlighted, packed, by the hash of their grammar's name and their code. Highlighted code
/// is mostly the same few tags: packed it fills a tenth.
pub type Blocks = HashMap<Hash, Arc<[u8]>>;

/// How many blocks came from where.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Highlighted {
    /// By their grammar, now.
    pub made: usize,
    /// From the cache.
    pub cached: usize,
}

/// Highlights code blocks, each of them once.
#[derive(Default)]
pub struct Highlighter {
    /// Gives the blocks of an earlier build; asked when the first block is highlighted.
    earlier: Option<Box<dyn Fn() -> Blocks + Send + Sync>>,
    cached: OnceLock<Blocks>,
    /// The blocks that were asked for.
    used: Mutex<HashMap<Hash, Arc<Slot>>>,
    from_cached: AtomicUsize,
    made: AtomicUsize,
}

/// A block, packed, once it was highlighted; none if it is too much for its grammar, or the grammar failed. Other threads that need it
/// wait for it.
type Slot = OnceLock<Option<Arc<[u8]>>>;

impl Highlighter {
    /// One that knows the blocks that `earlier` gives. They must come from the same program: a block is taken as it is.
    pub fn knowing(earlier: impl Fn() -> Blocks + Send + Sync + 'static) -> Self {
        Self { earlier: Some(Box::new(earlier)), ..Self::default() }
    }

    /// Whether it makes anything of a block: a language is named, or some of its lines are marked.
    pub fn knows(&self, fence: &Fence<'_>) -> bool {
        !fence.marked.is_empty() || !fence.language.is_empty()
    }

    /// How many blocks came from where, so far.
    pub fn counts(&self) -> Highlighted {
        Highlighted { made: self.made.load(Relaxed), cached: self.from_cached.load(Relaxed) }
    }

    /// The blocks that were asked for.
    pub fn into_used(self) -> Blocks {
        let used = self.used.into_inner().unwrap_or_else(PoisonError::into_inner);
        used.into_iter().filter_map(|(hash, slot)| Some((hash, slot.get()?.clone()?))).collect()
    }

    /// What stands inside a block; none if it has no colours: for want of a grammar, or because it would take too much work, by
    /// itself or with what `allowance` was spent on before.
    pub fn coloured(&self, language: &str, code: &str, allowance: &mut Allowance) -> Option<String> {
        let language = Language::of(language)?;
        if !allowance.has_bytes() || !allowance.takes_work(code::work(language, code)) {
            return None;
        }
        let [grammar, way] = language.key();
        let hash = Hash::of_parts(&[grammar, way, code.as_bytes()]);
        let known = self.cached.get_or_init(|| self.earlier.as_ref().map(|earlier| earlier()).unwrap_or_default());
        let slot = self.slot(hash);
        let mut fresh = None;
        let packed = slot.get_or_init(|| {
            if let Some(packed) = known.get(&hash).filter(|packed| unpacked(packed).is_some()) {
                return Some(Arc::clone(packed));
            }
            if beyond(language, code).is_some() {
                return None;
            }
            let inner = fresh.insert(code::coloured(language, code)?);
            Some(lz4_flex::compress_prepend_size(inner.as_bytes()).into())
        });
        let (inner, counter) = match fresh {
            Some(inner) => (inner, &self.made),
            None => (unpacked(packed.as_ref()?)?, &self.from_cached),
        };
        counter.fetch_add(1, Relaxed);
        Some(inner)
    }

    /// The slot of a block. Beyond the limit it is not shared, and dropped by the caller.
    fn slot(&self, hash: Hash) -> Arc<Slot> {
        let mut used = locked(&self.used);
        if let Some(slot) = used.get(&hash) {
            return Arc::clone(slot);
        }
        let slot = Arc::new(Slot::new());
        if used.len() < MAX_HELD {
            used.insert(hash, Arc::clone(&slot));
        }
        slot
    }
}

fn unpacked(packed: &[u8]) -> Option<String> {
    let (size, _) = lz4_flex::block::uncompressed_size(packed).ok()?;
    if size > MAX_UNPACKED_BYTES {
        return None;
    }
    String::from_utf8(lz4_flex::decompress_size_prepended(packed).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_has_no_colours_once_the_allowance_is_spent() {
        let highlighter = Highlighter::default();
        let is_coloured = |allowance: &mut Allowance| highlighter.coloured("rust", "let x = 1;", allowance).is_some();
        assert!(is_coloured(&mut Allowance::of(100)));
        let mut spent = Allowance::of(100);
        spent.takes_work(u64::MAX);
        assert!(!is_coloured(&mut spent), "though the block is cached");
        let mut spent = Allowance::of(100);
        spent.takes_bytes(usize::MAX);
        assert!(!is_coloured(&mut spent));
    }
}
