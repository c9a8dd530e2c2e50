//! Hugo's settings: `hugo.toml`, `config.yaml`, `config/_default/` and what else they may be called. Knows keys, no text.

use std::path::{Path, PathBuf};

use crate::import::fields::{self, Fields};
use crate::import::report::Report;
use crate::import::source::{self, SourceFile};
use crate::import::text::{Delimiters, FormulaForm, Named, OldList, OldSite, Place};
use crate::yaml::{self, Node};

use super::paths::as_path;

/// What importing needs of them.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    pub old: OldSite,
    /// Folders that hold texts.
    pub content: Vec<PathBuf>,
    /// By section: how addresses are made.
    pub permalinks: Vec<(String, String)>,
    /// `.html` files instead of folders.
    pub ugly: bool,
    /// Capital letters stay in addresses.
    pub keeps_case: bool,
    /// Between which marks formulas stand.
    pub formulas: Vec<Delimiters>,
    /// Whether the theme shows formulas on each page.
    pub has_math: bool,
    /// Lists of words in front matter.
    pub taxonomies: Vec<String>,
}

impl Settings {
    pub fn read(source: &Path, report: &mut Report) -> Self {
        let config = tree(source, report);
        let text = |keys: &[&str]| config.text_at(keys);
        let language = text(&["defaultContentLanguage"]);
        let in_language = |keys: &[&str]| {
            let path: Vec<&str> = ["languages", language.as_deref()?].into_iter().chain(keys.iter().copied()).collect();
            config.text_at(&path)
        };
        let first = |keys: &[&str]| text(keys).or_else(|| in_language(keys));
        let author = first(&["author", "name"]).or_else(|| first(&["author"])).or_else(|| first(&["params", "author"]));
        let author = author.or_else(|| first(&["params", "author", "name"]));
        let content = content(source, &config, language.as_deref());
        let root = |folder: &PathBuf| Some(folder.strip_prefix(source).ok()?.to_string_lossy().replace('\\', "/"));
        let old = OldSite {
            has_term_ids: config
                .at(&["markup", "goldmark", "parser", "autoDefinitionTermID"])
                .and_then(fields::flag)
                .unwrap_or(false),
            roots: content.iter().filter_map(root).collect(),
            title: first(&["title"]),
            description: first(&["params", "description"]).or_else(|| first(&["description"])),
            base_url: first(&["baseURL"]).filter(|url| url.contains("://")),
            author,
            language: first(&["languageCode"]).or_else(|| first(&["locale"])).or_else(|| language.clone()),
            timezone: first(&["timeZone"]),
            menu: menu(&config, language.as_deref()),
            statics: ["static", "assets"].map(|folder| source.join(folder)).to_vec(),
            has_emoji: config.at(&["enableEmoji"]).and_then(fields::flag).unwrap_or(false),
            lists: lists(&config),
            ..OldSite::default()
        };
        Self {
            old,
            content,
            permalinks: permalinks(&config),
            ugly: config.at(&["uglyURLs"]).and_then(fields::flag).unwrap_or(false),
            keeps_case: config.at(&["disablePathToLower"]).and_then(fields::flag).unwrap_or(false),
            formulas: formulas(&config),
            has_math: ["math", "katex", "mathjax"]
                .iter()
                .any(|key| config.at(&["params", key]).and_then(fields::flag) == Some(true)),
            taxonomies: taxonomies(&config),
        }
    }
}

/// All settings as one group. Files of `config/_default/` are named for the group they hold.
fn tree(source: &Path, report: &mut Report) -> Fields {
    let mut all = Fields::default();
    let endings = ["toml", "yaml", "yml", "json"];
    for stem in ["hugo", "config", "config/_default/hugo", "config/_default/config"] {
        for ending in endings {
            all.0.extend(file(source, &format!("{stem}.{ending}"), report));
        }
    }
    for group in ["params", "menus", "menu", "languages", "permalinks", "taxonomies", "module", "author"] {
        for ending in endings {
            let entries = file(source, &format!("config/_default/{group}.{ending}"), report);
            if !entries.is_empty() {
                all.0.push((group.to_owned(), Node::Map(entries)));
            }
        }
    }
    all
}

/// The entries of the settings at `path`; none if there is no such file. What can't be read is reported.
fn file(source: &Path, path: &str, report: &mut Report) -> Vec<(String, Node)> {
    let disk = source.join(path);
    if !disk.is_file() {
        return Vec::new();
    }
    let Some(text) = source::read(&SourceFile { path: path.to_owned(), disk }, report) else { return Vec::new() };
    let read = match path.rsplit('.').next() {
        Some("toml") => source::toml_tree(&text),
        Some("json") => source::json_tree(&text),
        _ => yaml::parse(&text).map_err(|fault| fault.message),
    };
    match read {
        Ok(Node::Map(entries)) => entries,
        Ok(_) => Vec::new(),
        Err(why) => {
            report.add(Place { file: path.to_owned(), line: 0 }, "settings that can't be read", why);
            Vec::new()
        }
    }
}

fn content(source: &Path, config: &Fields, language: Option<&str>) -> Vec<PathBuf> {
    let mut folders = Vec::new();
    if let Some(Node::List(mounts)) = config.at(&["module", "mounts"]) {
        for mount in mounts {
            let part = |key: &str| fields::get(mount, key).and_then(fields::text);
            if let (Some(from), Some(to)) = (part("source"), part("target"))
                && to == "content"
                && !from.contains("..")
            {
                folders.push(source.join(from));
            }
        }
    }
    let own = config.text_at(&["contentDir"]);
    let own = own.or_else(|| config.text_at(&["languages", language?, "contentDir"]));
    if folders.is_empty() {
        folders.extend(own.filter(|own| !own.contains("..")).map(|own| source.join(own)));
    }
    if folders.is_empty() {
        folders.push(source.join("content"));
    }
    folders.retain(|folder| folder.is_dir() && folder.starts_with(source));
    folders
}

fn permalinks(config: &Fields) -> Vec<(String, String)> {
    let Some(Node::Map(entries)) = config.get("permalinks") else { return Vec::new() };
    let mut found = Vec::new();
    for (section, value) in entries {
        match value {
            // By kind of page since Hugo 0.115; that of sections is for lists.
            Node::Map(inner) if section == "page" => {
                found.extend(inner.iter().filter_map(|(name, form)| Some((name.clone(), fields::text(form)?))));
            }
            other => found.extend(fields::text(other).map(|form| (section.clone(), form))),
        }
    }
    found
}

/// The marks that Goldmark leaves alone, where it is told to.
fn formulas(config: &Fields) -> Vec<Delimiters> {
    const PASSTHROUGH: [&str; 4] = ["markup", "goldmark", "extensions", "passthrough"];
    let at = |rest: &[&str]| config.at(&[&PASSTHROUGH[..], rest].concat());
    if at(&["enable"]).and_then(fields::flag) != Some(true) {
        return Vec::new();
    }
    let mut found = Vec::new();
    for (key, form) in [("block", FormulaForm::Block), ("inline", FormulaForm::Inline)] {
        let Some(Node::List(pairs)) = at(&["delimiters", key]) else { continue };
        for pair in pairs {
            if let [open, close] = &*fields::texts(pair) {
                found.push(Delimiters::new(open, close, form));
            }
        }
    }
    found
}

/// The lists that Hugo makes of words: of tags and categories, unless the settings name others or none.
fn lists(config: &Fields) -> Vec<OldList> {
    let disabled = config.get("disableKinds").map(fields::texts).unwrap_or_default();
    if disabled.iter().any(|kind| matches!(&*kind.to_lowercase(), "term" | "taxonomy" | "taxonomyterm")) {
        return Vec::new();
    }
    // Old settings say `indexes`.
    let groups = match config.get("taxonomies").or_else(|| config.get("indexes")) {
        Some(Node::Map(entries)) => entries.iter().filter_map(|(_, plural)| fields::text(plural)).collect(),
        _ => vec!["tags".to_owned(), "categories".to_owned()],
    };
    let named = Named::By(|word| as_path(word, false).replace('/', "-"));
    let list = |group: String| OldList { form: format!("/{group}/:name/"), group, named: named.clone() };
    groups.into_iter().map(list).collect()
}

fn taxonomies(config: &Fields) -> Vec<String> {
    let mut groups = vec!["tags".to_owned(), "categories".to_owned()];
    if let Some(Node::Map(entries)) = config.get("taxonomies").or_else(|| config.get("indexes")) {
        groups.extend(
            entries
                .iter()
                .filter_map(|(_, plural)| fields::text(plural))
                .filter(|plural| plural != "tags" && plural != "categories"),
        );
    }
    groups.push("keywords".to_owned());
    groups
}

fn menu(config: &Fields, language: Option<&str>) -> Vec<(String, String)> {
    let in_language = || ["menu", "menus"].iter().find_map(|key| config.at(&["languages", language?, key, "main"]));
    let main = config.at(&["menu", "main"]).or_else(|| config.at(&["menus", "main"])).or_else(in_language);
    let Some(Node::List(entries)) = main else { return Vec::new() };
    let mut found: Vec<(i64, String, String)> = Vec::new();
    for entry in entries {
        let part = |key: &str| fields::get(entry, key).and_then(fields::text);
        if let (Some(title), Some(url)) =
            (part("name").or_else(|| part("title")), part("url").or_else(|| part("pageRef")))
        {
            let weight = part("weight").and_then(|weight| weight.parse().ok()).unwrap_or(0);
            found.push((weight, title, url));
        }
    }
    found.sort_by_key(|(weight, ..)| *weight);
    found.into_iter().map(|(_, title, url)| (title, url)).collect()
}
