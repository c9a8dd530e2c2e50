//! The program's own record in the site's language: its English front matter with the translated texts in the place of the same keys.
//! Knows keys by name; reads no file.

use crate::load::Source;
use crate::yaml::{self, Node};

const NAME: &str = "name";
const ALIASES: &str = "aliases";

/// The front matter of the program's record of `source` with what is translated of it. Its English name becomes another name, by which
/// it is still found.
pub fn laid_over(english: Node, source: &Source) -> Node {
    let translated = source.settings.translated.as_deref().and_then(|text| yaml::parse(text).ok());
    let Some(Node::Map(translated)) = translated else { return english };
    let Node::Map(mut record) = english else { return english };
    for (key, text) in translated {
        let old = put(&mut record, &key, text.clone());
        if let (NAME, Some(english)) = (&*key, old.filter(|english| *english != text)) {
            match record.iter_mut().find(|(key, _)| key == ALIASES) {
                Some((_, Node::List(names))) => names.push(english),
                _ => record.push((ALIASES.to_owned(), Node::List(vec![english]))),
            }
        }
    }
    Node::Map(record)
}

/// Puts a value under a key, and gives the one that was there.
fn put(record: &mut Vec<(String, Node)>, key: &str, value: Node) -> Option<Node> {
    match record.iter_mut().find(|(own, _)| own == key) {
        Some((_, own)) => Some(std::mem::replace(own, value)),
        None => {
            record.push((key.to_owned(), value));
            None
        }
    }
}
