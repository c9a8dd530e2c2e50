//! The patterns and concepts that the program brings: the repository's own, each replaced by a site's file of the same
//! name. Knows no meaning of them.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use rust_embed::RustEmbed;

use super::{Content, Source, SourceSettings};
use crate::model::{SourceKind, SourcePath};

#[derive(RustEmbed)]
#[folder = "content/patterns/"]
#[prefix = "patterns/"]
struct Patterns;

#[derive(RustEmbed)]
#[folder = "content/concepts/"]
#[prefix = "concepts/"]
struct Concepts;

/// The bytes of the embedded file of this name below `content/`.
fn file(name: &str) -> Option<Cow<'static, [u8]>> {
    Patterns::get(name).or_else(|| Concepts::get(name)).map(|file| file.data)
}

/// Adds each embedded source; where the site has a file for it, that one stays and this one stands behind it.
pub fn add_to(sources: &mut Vec<Source>) {
    let taken: BTreeMap<(SourceKind, String), usize> =
        sources.iter().enumerate().map(|(n, source)| ((source.kind, source.id.clone()), n)).collect();
    for name in Patterns::iter().chain(Concepts::iter()) {
        let Some((folder, id)) = name.strip_suffix(".md").and_then(|name| name.split_once('/')) else { continue };
        let (Some(kind), Some(bytes)) = (SourceKind::from_folder(folder), file(&name)) else { continue };
        if let Some(n) = taken.get(&(kind, id.to_owned())) {
            sources[*n].behind = std::str::from_utf8(&bytes).ok().map(Arc::from);
            continue;
        }
        sources.push(Source {
            path: SourcePath::new(format!("content/{name}")),
            kind,
            id: id.to_owned(),
            content: Content::Held(bytes.into()),
            embedded: true,
            behind: None,
            settings: SourceSettings::default(),
        });
    }
}

/// The text of the embedded file at `path`.
pub fn text(path: &SourcePath) -> Option<String> {
    String::from_utf8(file(path.as_str().strip_prefix("content/")?)?.into_owned()).ok()
}
