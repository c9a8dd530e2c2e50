//! The theme's files under names that change with their content. Knows how style sheets and scripts name other files; knows no page.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::config::Colours;
use crate::load::ThemeFiles;
use crate::model::{Hash, SourcePath, UrlPath};
use crate::words::{Message, Words};

use super::Asset;

/// The style sheet of the colours that `site.yaml` sets.
pub(super) const COLOURS: &str = "site-colours.css";

/// How a file names another.
struct Reference {
    before: &'static str,
    after: char,
}

/// `url(font.woff2)` in a style sheet.
const OF_SHEETS: Reference = Reference { before: "url(", after: ')' };
/// `import { find } from "./find.js"` in a script.
const OF_SCRIPTS: Reference = Reference { before: "from \"./", after: '"' };

/// The theme's assets under names that change with their content, so that hosts may cache them for ever. A file is named after
/// those it names. The site's own colours are a style sheet among them: the policy of its pages allows none that is written into
/// a page.
pub fn assets(theme: &ThemeFiles, colours: &Colours) -> Arc<[Asset]> {
    let files = || theme.assets.iter().map(|(name, file)| (name.as_str(), file.content.as_slice()));
    let ends = |ending: &'static str| move |(name, _): &(&str, &[u8])| name.ends_with(ending);
    let is_plain = |file: &(&str, &[u8])| !ends(".css")(file) && !ends(".js")(file);
    let mut assets: Vec<Asset> =
        files().filter(is_plain).map(|(name, content)| asset(name, content.to_vec())).collect();
    let translated: Vec<(&str, Vec<u8>)> =
        files().filter(ends(".js")).map(|(name, script)| (name, with_words(script, &theme.words))).collect();
    let mut scripts: Vec<(&str, &[u8])> = translated.iter().map(|(name, script)| (*name, script.as_slice())).collect();
    while !scripts.is_empty() {
        let waits = |(_, content): &(&str, &[u8])| scripts.iter().any(|(other, _)| names(content, other));
        let (later, ready): (Vec<_>, Vec<_>) = scripts.iter().copied().partition(waits);
        // Scripts that name each other in a circle keep the names they were given.
        let now = if ready.is_empty() { &later } else { &ready };
        let named: Vec<Asset> = now
            .iter()
            .map(|(name, content)| asset(name, with_fingerprints(content, name, &OF_SCRIPTS, &assets)))
            .collect();
        assets.extend(named);
        scripts = if ready.is_empty() { Vec::new() } else { later };
    }
    let sheets: Vec<Asset> = files()
        .filter(ends(".css"))
        .map(|(name, content)| asset(name, with_fingerprints(content, name, &OF_SHEETS, &assets)))
        .collect();
    assets.extend(sheets);
    assets.extend(Some(colours.css()).filter(|css| !css.is_empty()).map(|css| asset(COLOURS, css.into_bytes())));
    assets.into()
}

/// Begins the line of a script that names the words it says.
const WORDS: &str = "const WORDS = {}; // words of the theme:";

/// The script with the words that it names: `const WORDS = {}; // words of the theme: copy more` holds them instead of nothing.
fn with_words(script: &[u8], words: &Words) -> Vec<u8> {
    let Ok(text) = std::str::from_utf8(script) else { return script.to_vec() };
    let Some((before, rest)) = text.split_once(WORDS) else { return script.to_vec() };
    let (keys, after) = rest.split_once('\n').unwrap_or((rest, ""));
    let messages: BTreeMap<&str, &Message> =
        keys.split_whitespace().filter_map(|key| Some((key, words.message(key)?))).collect();
    // Texts always serialise.
    let messages = serde_json::to_string(&messages).unwrap_or_default();
    format!("{before}const WORDS = {messages};\n{after}").into_bytes()
}

fn asset(name: &str, bytes: Vec<u8>) -> Asset {
    let hash = Hash::of(&bytes);
    let url = match name.rsplit_once('.') {
        Some((stem, extension)) => format!("/assets/{stem}.{}.{extension}", hash.short()),
        None => format!("/assets/{name}.{}", hash.short()),
    };
    Asset { name: name.to_owned(), url: UrlPath::new(url), bytes: Arc::new(bytes), hash }
}

/// Whether the script imports the script `other`, which stands beside it.
fn names(script: &[u8], other: &str) -> bool {
    let import = format!("{}{other}{}", OF_SCRIPTS.before, OF_SCRIPTS.after);
    std::str::from_utf8(script).is_ok_and(|text| text.contains(&import))
}

/// The names of assets in a text become the fingerprinted ones. What names no asset stays as it is.
fn with_fingerprints(content: &[u8], file: &str, reference: &Reference, assets: &[Asset]) -> Vec<u8> {
    let Ok(text) = std::str::from_utf8(content) else { return content.to_vec() };
    let up = "../".repeat(file.matches('/').count());
    let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(reference.before) {
        let (before, after) = rest.split_at(at + reference.before.len());
        out.push_str(before);
        let end = after.find(reference.after).unwrap_or(after.len());
        let inner = after[..end].trim().trim_matches(['"', '\'']);
        let (name, suffix) = inner.split_at(inner.find(['#', '?']).unwrap_or(inner.len()));
        let wanted = SourcePath::resolve(folder, name);
        match assets.iter().find(|asset| Some(asset.name.as_str()) == wanted.as_deref()) {
            Some(asset) => {
                let target = asset.url.as_str().trim_start_matches("/assets/");
                let quote = if reference.before.ends_with('(') { "\"" } else { "" };
                out.push_str(&format!("{quote}{up}{target}{suffix}{quote}"));
            }
            None => out.push_str(&after[..end]),
        }
        rest = &after[end..];
    }
    out.push_str(rest);
    out.into_bytes()
}
