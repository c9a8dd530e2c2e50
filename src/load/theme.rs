//! A theme's files: the embedded default, file by file under the site's own. Knows names, not what templates mean.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use rust_embed::RustEmbed;
use walkdir::WalkDir;

use super::Content;
use super::read::{UNREADABLE, unreadable};
use super::walk::{SKIPPED_LINK, usable_path};
use crate::diagnostic::{Diagnostic, rules};
use crate::fields::{Fields, Placed, yaml_fault};
use crate::model::{SourcePath, nearest};
use crate::words::{self, Words, WordsFile};
use crate::yaml;

rules! {
    EMPTY_TEMPLATE = "empty-template", warning, "a template of the theme is empty";
    UNKNOWN_THEME = "unknown-theme", error fixed, "there is no theme of this name", settings "theme: seaside";
    THEME_TOO_NEW = "theme-too-new", error fixed, "the theme is made for a newer version of the program";
}

/// The version of what templates are given. It grows when a theme made for it would no longer work with an older program.
pub const THEME_API: i64 = 2;

#[derive(RustEmbed)]
#[folder = "themes/default/"]
struct DefaultTheme;

/// Templates, assets and fonts by their name below `templates/`, `assets/` and `fonts/`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ThemeFiles {
    pub name: String,
    pub templates: BTreeMap<String, ThemeFile<String>>,
    pub assets: BTreeMap<String, ThemeFile<Vec<u8>>>,
    /// What cards are set in.
    pub fonts: BTreeMap<String, ThemeFile<Vec<u8>>>,
    /// Files of words below `words/`: the program's, then the theme's own, which lie over them.
    pub word_files: Vec<WordsFile>,
    /// What they say in the site's language.
    pub words: Arc<Words>,
}

/// One file of a theme and where it came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThemeFile<T> {
    pub path: SourcePath,
    pub content: T,
}

/// Reads the theme that `site.yaml` names, with its words in the site's language.
pub fn read(root: &Path, name: &Placed<String>, language: &str, faults: &mut Vec<Diagnostic>) -> ThemeFiles {
    let mut files = embedded_files();
    files.name.clone_from(&name.value);
    let themes = root.join("themes");
    let folder = themes.join(&name.value);
    if let Some(link) = [&themes, &folder].into_iter().find(|path| path.is_symlink()) {
        let shown = link.strip_prefix(root).unwrap_or(link).display();
        let fault = Diagnostic::new(UNREADABLE, format!("`{shown}` is a link, which is not followed"));
        faults.push(fault.help("put the folder itself in its place"));
    } else if folder.is_dir() {
        check_manifest(root, &name.value, faults);
        overlay(root, &folder, &mut files, faults);
    } else if name.value != "default" {
        let themes = theme_names(root);
        let help = nearest(&name.value, themes.iter().map(String::as_str)).map_or_else(
            || "delete the line for the default theme, or make the folder".to_owned(),
            |near| format!("did you mean `{near}`?"),
        );
        faults.push(
            Diagnostic::new(UNKNOWN_THEME, format!("there is no theme `{0}`: no folder `themes/{0}`", name.value))
                .in_place(&crate::config::path(), name.spot.clone())
                .help(help),
        );
    }
    files.words = Arc::new(words::resolve(language, &files.word_files, faults));
    files
}

fn theme_names(root: &Path) -> Vec<String> {
    let mut names = vec!["default".to_owned()];
    let folders = WalkDir::new(root.join("themes")).min_depth(1).max_depth(1).sort_by_file_name();
    names.extend(
        folders
            .into_iter()
            .filter_map(Result::ok)
            .filter(|entry| entry.file_type().is_dir())
            .filter_map(|entry| entry.file_name().to_str().map(str::to_owned)),
    );
    names
}

/// The default theme as the program carries it, in English.
pub fn embedded() -> ThemeFiles {
    ThemeFiles { words: Arc::new(embedded_words(words::FALLBACK)), ..embedded_files() }
}

/// The words that the program brings for a language.
pub fn embedded_words(language: &str) -> Words {
    words::resolve(language, &embedded_files().word_files, &mut Vec::new())
}

fn embedded_files() -> ThemeFiles {
    let mut files = ThemeFiles { name: "default".to_owned(), ..ThemeFiles::default() };
    for (name, bytes) in default_theme_files() {
        let path = SourcePath::new(format!("themes/default/{name}"));
        put(&mut files, &name, path, bytes, &mut Vec::new());
    }
    files.word_files.iter_mut().for_each(|file| file.embedded = true);
    files
}

/// Every file of the embedded theme and its bytes, by its name below `themes/default/`, in the order of names.
pub fn default_theme_files() -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<(String, Vec<u8>)> = DefaultTheme::iter()
        .filter_map(|name| Some((name.to_string(), DefaultTheme::get(&name)?.data.into_owned())))
        .collect();
    files.sort();
    files
}

fn put(files: &mut ThemeFiles, name: &str, path: SourcePath, bytes: Vec<u8>, faults: &mut Vec<Diagnostic>) {
    if let Some(name) = name.strip_prefix("templates/") {
        match Content::Held(bytes.into()).read_text(&path) {
            Ok(content) => {
                if is_blank(&content) && !name.starts_with(HOOKS) {
                    faults.push(blank(&path));
                }
                files.templates.insert(name.to_owned(), ThemeFile { path, content });
            }
            Err(fault) => faults.push(fault),
        }
    } else if name.starts_with("words/") && name.ends_with(".yaml") {
        match Content::Held(bytes.into()).read_text(&path) {
            Ok(text) => files.word_files.push(WordsFile { path, text, embedded: false }),
            Err(fault) => faults.push(fault),
        }
    } else if let Some(name) = name.strip_prefix("assets/") {
        files.assets.insert(name.to_owned(), ThemeFile { path, content: bytes });
    } else if let Some(name) =
        name.strip_prefix("fonts/").filter(|name| name.ends_with(".ttf") || name.ends_with(".otf"))
    {
        files.fonts.insert(name.to_owned(), ThemeFile { path, content: bytes });
    }
}

/// Templates that add to others, and may be empty.
const HOOKS: &str = "hooks/";

/// Whether a template holds nothing but white space and comments.
fn is_blank(template: &str) -> bool {
    let mut rest = template.trim_start();
    while let Some((_, after)) = rest.strip_prefix("{#").and_then(|comment| comment.split_once("#}")) {
        rest = after.trim_start();
    }
    rest.is_empty()
}

fn blank(path: &SourcePath) -> Diagnostic {
    Diagnostic::new(EMPTY_TEMPLATE, format!("the template `{path}` is empty, and so are the pages that it makes"))
        .in_file(path)
        .help("delete the file to have the default theme's, or fill it")
}

/// The folders of a theme whose files are read.
const FOLDERS: [&str; 4] = ["templates", "assets", "fonts", "words"];

fn skipped(path: &SourcePath) -> Diagnostic {
    let message = format!("`{path}` is a link, or no file, and is skipped");
    Diagnostic::new(SKIPPED_LINK, message).in_file(path).help("copy the file here")
}

fn overlay(root: &Path, folder: &Path, files: &mut ThemeFiles, faults: &mut Vec<Diagnostic>) {
    for entry in WalkDir::new(folder).sort_by_file_name().into_iter().filter_map(Result::ok) {
        let hidden =
            entry.file_name().to_string_lossy().starts_with('.') || entry.file_name().to_string_lossy().ends_with('~');
        if hidden || entry.file_type().is_dir() {
            continue;
        }
        let relative = |base: &Path| -> Option<String> {
            let parts: Option<Vec<&str>> =
                entry.path().strip_prefix(base).ok()?.components().map(|part| part.as_os_str().to_str()).collect();
            Some(parts?.join("/"))
        };
        let is_used = |name: &String| FOLDERS.contains(&name.split('/').next().unwrap_or_default());
        let Some(name) = relative(folder).filter(is_used) else { continue };
        let path = match usable_path(root, entry.path()) {
            Ok(path) => path,
            Err(fault) => {
                faults.push(fault);
                continue;
            }
        };
        if !entry.file_type().is_file() {
            faults.push(skipped(&path));
            continue;
        }
        match Content::Disk(entry.path().to_owned()).bytes() {
            Ok(bytes) => put(files, &name, path, bytes, faults),
            Err(error) => faults.push(unreadable(&path, &error)),
        }
    }
}

/// `theme.yaml` may say which version of the views its templates are made for.
fn check_manifest(root: &Path, name: &str, faults: &mut Vec<Diagnostic>) {
    let path = SourcePath::new(format!("themes/{name}/theme.yaml"));
    let content = Content::disk(root, &path);
    let disk = root.join(path.as_str());
    if disk.is_symlink() {
        return faults.push(skipped(&path));
    }
    if !disk.exists() {
        return;
    }
    let text = match content.read_text(&path) {
        Ok(text) => text,
        Err(fault) => return faults.push(fault),
    };
    let node = match yaml::parse(&text) {
        Ok(node) => node,
        Err(fault) => return faults.push(yaml_fault(&path, 0, "`theme.yaml`", fault)),
    };
    let mut fields = Fields::top(&path, node, "`theme.yaml`", faults);
    for key in ["name", "description", "author", "licence"] {
        fields.text(key, faults);
    }
    if let Some(api) = fields.number("api", 1, i64::MAX, faults)
        && api > THEME_API
    {
        faults.push(
            Diagnostic::new(
                THEME_TOO_NEW,
                format!(
                    "the theme `{name}` needs a newer Ninefold: its `api` is {api}, this program knows {THEME_API}"
                ),
            )
            .in_file(&path)
            .help("update Ninefold, or take an older version of the theme"),
        );
    }
    fields.finish(faults);
}
