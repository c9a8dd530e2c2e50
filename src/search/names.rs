//! The pieces of the index that hold names and words beside the indexer's own. Knows the entry that names all pieces; knows no
//! site.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Map, Value};

use crate::model::Hash;
use crate::site::search::Vocabulary;

/// The file that names the pieces: the one whose own name never changes.
const ENTRY: &str = "pagefind-entry.json";

/// Adds two pieces to `files`, and their names to the entry: `names`, of patterns and concepts, is read with the first search,
/// `words` once a word is found nowhere. The indexer's reader ignores what it does not know in the entry.
pub fn add(files: &mut BTreeMap<String, Vec<u8>>, vocabulary: &Vocabulary) -> serde_json::Result<()> {
    let mut entry: Map<String, Value> = match files.get(ENTRY) {
        Some(entry) => serde_json::from_slice(entry)?,
        None => Map::new(),
    };
    for (key, bytes) in [("names", json(&vocabulary.names)?), ("words", json(&vocabulary.words)?)] {
        let path = format!("{key}.{}.json", Hash::of(&bytes).short());
        entry.insert(key.to_owned(), Value::from(path.as_str()));
        files.insert(path, bytes);
    }
    files.insert(ENTRY.to_owned(), json(&entry)?);
    Ok(())
}

fn json(value: &impl Serialize) -> serde_json::Result<Vec<u8>> {
    serde_json::to_vec(value)
}
