//! The patterns and concepts that the program brings: the repository's own, each replaced by a site's file of the same
//! name. Knows no meaning of them.

use std::collections::BTreeMap;

use rust_embed::RustEmbed;

use super::{Content, Source};
use crate::model::{SourceKind, SourcePath};

#[derive(RustEmbed)]
#[folder = "content/"]
#[include = "patterns/*.md"]
#[include = "concepts/*.md"]
struct Vocabulary;

/// Adds each embedded source; where the site has a file for it, that one stays and this one stands behind it.
pub fn add_to(sources: &mut Vec<Source>) {
    let taken: BTreeMap<(SourceKind, String), usize> =
        sources.iter().enumerate().map(|(n, source)| ((source.kind, source.id.clone()), n)).collect();
    for name in Vocabulary::iter() {
        let Some((folder, file)) = name.split_once('/') else { continue };
        let (Some(kind), Some(id)) = (SourceKind::from_folder(folder), file.strip_suffix(".md")) else { continue };
        let Some(file) = Vocabulary::get(&name) else { continue };
        let content = Content::Held(file.data.into());
        if let Some(n) = taken.get(&(kind, id.to_owned())) {
            sources[*n].behind = Some(content);
            continue;
        }
        sources.push(Source {
            path: SourcePath::new(format!("content/{name}")),
            kind,
            id: id.to_owned(),
            content,
            embedded: true,
            behind: None,
        });
    }
}

/// The text of the embedded file at `path`.
pub fn text(path: &SourcePath) -> Option<String> {
    let file = Vocabulary::get(path.as_str().strip_prefix("content/")?)?;
    String::from_utf8(file.data.into_owned()).ok()
}
