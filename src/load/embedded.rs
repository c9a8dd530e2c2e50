//! The patterns and concepts that the program brings: the repository's own, each replaced by a site's file of the same
//! name, and what they say in other languages. Knows no meaning of them.

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

/// For each language, what stands in the place of the English texts of the same keys.
#[derive(RustEmbed)]
#[folder = "vocabulary/"]
struct Translations;

/// The bytes of the embedded file of this name below `content/`.
fn file(name: &str) -> Option<Cow<'static, [u8]>> {
    Patterns::get(name).or_else(|| Concepts::get(name)).map(|file| file.data)
}

/// The records in the language of a tag, each by its name below `content/`: the lines of its keys. None of English.
fn translated(language: &str) -> BTreeMap<String, Arc<str>> {
    let language = language.split('-').next().unwrap_or_default().to_ascii_lowercase();
    let bytes = Translations::get(&format!("{language}.yaml")).map(|file| file.data).unwrap_or_default();
    let mut records: BTreeMap<String, String> = BTreeMap::new();
    let mut current = None;
    for line in std::str::from_utf8(&bytes).unwrap_or_default().lines() {
        match line.strip_prefix("  ") {
            None => current = line.strip_suffix(':').map(str::to_owned),
            Some(line) => {
                let record = current.as_ref().map(|name| records.entry(format!("{name}.md")).or_default());
                record.into_iter().for_each(|record| record.extend([line, "\n"]));
            }
        }
    }
    records.into_iter().map(|(name, record)| (name, record.into())).collect()
}

/// Adds each embedded source, with its texts in the site's language where there are some; where the site has a file for it, that
/// one stays and this one stands behind it.
pub fn add_to(sources: &mut Vec<Source>, language: &str) {
    let translated = translated(language);
    let taken: BTreeMap<(SourceKind, String), usize> =
        sources.iter().enumerate().map(|(n, source)| ((source.kind, source.id.clone()), n)).collect();
    for name in Patterns::iter().chain(Concepts::iter()) {
        let Some((folder, id)) = name.strip_suffix(".md").and_then(|name| name.split_once('/')) else { continue };
        let (Some(kind), Some(bytes)) = (SourceKind::from_folder(folder), file(&name)) else { continue };
        if let Some(n) = taken.get(&(kind, id.to_owned())) {
            sources[*n].behind = std::str::from_utf8(&bytes).ok().map(Arc::from);
            sources[*n].settings.translated = translated.get(&*name).cloned();
            continue;
        }
        sources.push(Source {
            path: SourcePath::new(format!("content/{name}")),
            kind,
            id: id.to_owned(),
            content: Content::Held(bytes.into()),
            embedded: true,
            behind: None,
            settings: SourceSettings { translated: translated.get(&*name).cloned(), ..SourceSettings::default() },
        });
    }
}

/// The text of the embedded file at `path`.
pub fn text(path: &SourcePath) -> Option<String> {
    String::from_utf8(file(path.as_str().strip_prefix("content/")?)?.into_owned()).ok()
}
