//! What may stand where the author types: keys and values of front matter, names, places and files of links. Knows what is typed
//! by the text alone, and what there is by the site.

mod front;
mod links;
mod offered;
mod typing;

use lsp_types::CompletionList;

use crate::model::SourceKind;
use crate::yaml;

use crate::lsp::file::File;
use offered::Offered;
use typing::{Typing, typing};

/// Letters after which an editor asks by itself.
pub const TRIGGERS: [&str; 9] = [":", "[", "(", "#", "?", "=", "&", "/", ","];

/// What may stand at the byte `at`.
pub fn completion(file: &File<'_>, at: usize) -> Option<CompletionList> {
    let (typing, word) = typing(&file.text, at)?;
    let typed = file.words(word);
    Some(offered::list(offered(file, &typing), typed, file.positions().range(word)))
}

fn offered(file: &File<'_>, typing: &Typing<'_>) -> Vec<Offered> {
    let kind = || file.last_document().map(|(_, document)| document.kind).or_else(|| kind_of(file.path.as_str()));
    match typing {
        Typing::Key(within) => {
            let yaml = yaml::front_matter(&file.text).map_or(file.text.as_str(), |front| &file.text[front.yaml]);
            kind().map(|kind| front::keys_in(kind, within, yaml)).unwrap_or_default()
        }
        Typing::Value(path) => kind().map(|kind| front::values(file, kind, path)).unwrap_or_default(),
        Typing::Destination(written) => links::destinations(file, written),
        Typing::Wiki(written) => links::wiki(file, written),
        Typing::Attribute(None) => ["pattern=", "concept=", "incident="].map(Offered::word).into(),
        Typing::Attribute(Some("pattern")) => offered::documents_of(file.project, SourceKind::Pattern),
        Typing::Attribute(Some("concept")) => offered::documents_of(file.project, SourceKind::Concept),
        Typing::Attribute(Some("incident")) => links::incidents(file),
        Typing::Attribute(Some(_)) => Vec::new(),
    }
}

/// What a file that was not saved yet will be.
fn kind_of(path: &str) -> Option<SourceKind> {
    let (folder, _) = path.strip_prefix("content/")?.split_once('/')?;
    SourceKind::from_folder(folder)
}
