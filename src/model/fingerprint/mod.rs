//! The hash of plain values: two values of one type that differ have different hashes. Knows no type of the program's.

mod bytes;

use serde::Serialize;

use super::Hash;
use bytes::write;

/// Hashes values one after the other, in large pieces: they are written in small ones, and many bytes at once are hashed at
/// several times the speed.
#[derive(Default)]
pub struct Fingerprint {
    bytes: Vec<u8>,
    /// Of what was more than one piece.
    hasher: Option<Box<blake3::Hasher>>,
}

/// The bytes of a piece. Few views have as many: the data of all essays of a large site has many times as many.
const PIECE: usize = 512 * 1024;

impl Fingerprint {
    pub fn new() -> Self {
        Self { bytes: Vec::with_capacity(32 * 1024), hasher: None }
    }

    pub fn add(&mut self, value: &impl Serialize) {
        write(value, &mut self.bytes);
        if self.bytes.len() >= PIECE {
            self.hasher.get_or_insert_default().update(&self.bytes);
            self.bytes.clear();
        }
    }

    pub fn hash(self) -> Hash {
        match self.hasher {
            None => Hash::of(&self.bytes),
            Some(mut hasher) => Hash::from_hasher(hasher.update(&self.bytes)),
        }
    }
}

impl Hash {
    /// The hash of a plain value.
    pub fn of_value(value: &impl Serialize) -> Self {
        let mut bytes = Vec::new();
        write(value, &mut bytes);
        Self::of(&bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_hashed_in_pieces_hashes_as_in_one() {
        let long = "passage ".repeat(PIECE / 16);
        let mut fingerprint = Fingerprint::new();
        (0..5).for_each(|n| fingerprint.add(&(n, &long)));
        assert!(fingerprint.hasher.is_some() && !fingerprint.bytes.is_empty(), "some of it was hashed before the end");
        let mut whole = Vec::new();
        (0..5).for_each(|n| write(&(n, &long), &mut whole));
        assert_eq!(fingerprint.hash(), Hash::of(&whole));
    }
}
