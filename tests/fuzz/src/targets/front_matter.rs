//! Front matter of every kind of source: the first byte chooses the kind.

use ninefold::model::SourceKind;

use crate::world::{kind_of, outlined};

pub fn holds(data: &[u8]) {
    let Some((first, rest)) = data.split_first() else { return };
    let kind: SourceKind = kind_of(*first);
    outlined(kind, &format!("---\n{}\n---\n\nWords.\n", String::from_utf8_lossy(rest)));
}
