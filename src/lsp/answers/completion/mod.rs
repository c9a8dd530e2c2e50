//! What may stand where the author types: keys and values of front matter and settings, names, places and files of links. Knows what is typed
//! by the text alone, and what there is by the site.

mod front;
mod links;
mod offered;
mod typing;

use lsp_types::CompletionList;

use crate::config;
use crate::model::SourceKind;
use crate::schema::Of;
use crate::yaml;

use crate::lsp::file::File;
use offered::Offered;
use typing::Typing;

/// Letters after which an editor asks by itself.
pub const TRIGGERS: [&str; 9] = [":", "[", "(", "#", "?", "=", "&", "/", ","];

/// What may stand at the byte `at`.
pub fn completion(file: &File<'_>, at: usize) -> Option<CompletionList> {
    let of = of(file);
    let (typing, word) = match of {
        Some(Of::Site) => typing::in_yaml(&file.text, at),
        _ => typing::typing(&file.text, at),
    }?;
    let typed = file.words(word);
    Some(offered::list(offered(file, of, &typing), typed, file.positions().range(word)))
}

/// What the file is, or will be once it is saved.
fn of(file: &File<'_>) -> Option<Of> {
    if file.path == config::path() {
        return Some(Of::Site);
    }
    let in_folder = || SourceKind::from_folder(file.path.as_str().strip_prefix("content/")?.split_once('/')?.0);
    file.last_document().map(|(_, document)| document.kind).or_else(in_folder).map(Of::Front)
}

fn offered(file: &File<'_>, of: Option<Of>, typing: &Typing<'_>) -> Vec<Offered> {
    match typing {
        Typing::Key(within) => {
            let yaml = yaml::front_matter(&file.text).map_or(file.text.as_str(), |front| &file.text[front.yaml]);
            of.map(|of| front::keys_in(of, within, yaml)).unwrap_or_default()
        }
        Typing::Value(path) => of.map(|of| front::values(file, of, path)).unwrap_or_default(),
        Typing::Destination(written) => links::destinations(file, written),
        Typing::Wiki(written) => links::wiki(file, written),
        Typing::Attribute(None) => ["pattern=", "concept=", "incident="].map(Offered::word).into(),
        Typing::Attribute(Some("pattern")) => offered::documents_of(file.project, SourceKind::Pattern),
        Typing::Attribute(Some("concept")) => offered::documents_of(file.project, SourceKind::Concept),
        Typing::Attribute(Some("incident")) => links::incidents(file),
        Typing::Attribute(Some(_)) => Vec::new(),
    }
}
