//! Jekyll's settings and what each file of its folder is. Knows keys and folders, no text.

use std::path::Path;

use crate::import::fields::{self, Fields};
use crate::import::report::Report;
use crate::import::source::{self, SourceFile};
use crate::import::text::{OldList, OldSite, Place};
use crate::yaml::{self, Node};

use super::permalinks::{About, filled};

/// What a file is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Role {
    Post,
    Draft,
    Page,
    /// Of the collection with this name.
    Collection(String),
}

impl Role {
    pub fn is_post(&self) -> bool {
        matches!(self, Self::Post | Self::Draft)
    }

    /// What `defaults` call it.
    fn kind(&self) -> &str {
        match self {
            Self::Post => "posts",
            Self::Draft => "drafts",
            Self::Page => "pages",
            Self::Collection(name) => name,
        }
    }
}

/// One of `defaults`: what front matter has that does not say otherwise.
#[derive(Clone, Debug)]
struct Values {
    /// A path; empty for all.
    scope: String,
    kind: String,
    values: Vec<(String, Node)>,
}

/// What importing needs of them.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    pub old: OldSite,
    /// How addresses of posts are made.
    pub permalink: String,
    /// Names of collections that are published, with how their addresses are made.
    pub collections: Vec<(String, Option<String>)>,
    /// Folders of Eleventy's posts.
    posts: Vec<String>,
    exclude: Vec<String>,
    defaults: Vec<Values>,
    /// Names of authors by their keys.
    authors: Vec<(String, String)>,
}

impl Settings {
    pub fn read(source: &Path, report: &mut Report) -> Self {
        let config =
            Fields(["_config.yml", "_config.yaml"].iter().flat_map(|name| file(source, name, report)).collect());
        let text = |keys: &[&str]| config.text_at(keys);
        let url = text(&["url"]).filter(|url| url.contains("://"));
        let base_url =
            url.map(|url| format!("{}{}", url.trim_end_matches('/'), text(&["baseurl"]).unwrap_or_default()));
        let eleventy = ["content/posts", "src/posts", "posts", "src/content/posts", "src/blog", "blog"];
        let has_posts = has_folder(source, "_posts");
        let posts: Vec<String> = match has_posts {
            true => Vec::new(),
            false => eleventy
                .iter()
                .filter(|folder| source.join(folder).is_dir())
                .take(1)
                .map(|folder| (*folder).to_owned())
                .collect(),
        };
        let root = posts.first().and_then(|posts| posts.rsplit_once('/')).map(|(root, _)| root.to_owned());
        let old = OldSite {
            title: text(&["title"]).or_else(|| text(&["name"])),
            description: text(&["description"]),
            base_url,
            author: text(&["author", "name"]).or_else(|| text(&["author"])),
            language: text(&["lang"]).or_else(|| text(&["language"])).or_else(|| text(&["locale"])),
            timezone: text(&["timezone"]),
            statics: vec![source.to_owned()],
            roots: root.into_iter().chain([String::new()]).collect(),
            more: text(&["excerpt_separator"]).filter(|mark| !mark.trim().is_empty()).into_iter().collect(),
            is_kramdown: posts.is_empty(),
            has_emoji: ["plugins", "gems"]
                .iter()
                .filter_map(|key| config.get(key))
                .flat_map(fields::texts)
                .any(|name| name == "jemoji"),
            lists: lists(&config),
            ..OldSite::default()
        };
        let authors = authors(source, &config, report);
        Self {
            old,
            permalink: text(&["permalink"]).unwrap_or_else(|| "date".to_owned()),
            collections: collections(&config),
            posts,
            exclude: config.get("exclude").map(fields::texts).unwrap_or_default(),
            defaults: defaults(&config),
            authors,
        }
    }

    /// What the file at `path` is; none for what is not published.
    pub fn role(&self, path: &str) -> Option<Role> {
        let parts: Vec<&str> = path.split('/').collect();
        let folders = &parts[..parts.len() - 1];
        if folders.contains(&"_posts") {
            return Some(Role::Post);
        }
        if folders.contains(&"_drafts") {
            return Some(Role::Draft);
        }
        if let Some(name) = folders.first().and_then(|first| first.strip_prefix('_')) {
            let is_known = self.collections.iter().any(|(known, _)| known == name);
            return is_known.then(|| Role::Collection(name.to_owned()));
        }
        if self.posts.iter().any(|folder| path.starts_with(&format!("{folder}/"))) {
            return Some(Role::Post);
        }
        let is_hidden = parts.iter().any(|part| part.starts_with(['_', '.']));
        let is_excluded = self
            .exclude
            .iter()
            .map(|name| name.trim_matches('/'))
            .any(|name| path == name || path.starts_with(&format!("{name}/")));
        let is_vendored = matches!(parts[0], "node_modules" | "vendor" | "docs" | "test" | "templates" | "lib")
            && !self.posts.is_empty()
            || matches!(parts[0], "node_modules" | "vendor");
        // Of Eleventy's folder only what stands where its texts do.
        let root = self.posts.first().and_then(|posts| posts.rsplit_once('/')).map(|(root, _)| format!("{root}/"));
        let is_outside = root.is_some_and(|root| !path.starts_with(&root));
        (!is_hidden && !is_excluded && !is_vendored && !is_outside).then_some(Role::Page)
    }

    /// Adds the values of `defaults` that the front matter does not have itself.
    pub fn fill(&self, front: &mut Fields, path: &str, role: &Role) {
        // The last of them counts.
        for Values { scope, kind, values } in self.defaults.iter().rev() {
            let in_scope =
                scope.is_empty() || path == scope || path.starts_with(&format!("{}/", scope.trim_end_matches('/')));
            if in_scope && (kind.is_empty() || kind == role.kind()) {
                for (key, value) in values {
                    if front.get(key).is_none() {
                        front.0.push((key.clone(), value.clone()));
                    }
                }
            }
        }
    }

    /// The name that a key of an author stands for.
    pub fn author(&self, key: &str) -> String {
        self.authors.iter().find(|(known, _)| known == key).map_or(key, |(_, name)| name).to_owned()
    }

    /// What else Eleventy may have called a post: the folder's rules are programs, which are not run.
    pub fn further_addresses(&self, about: &About<'_>, role: &Role) -> Vec<String> {
        if self.posts.is_empty() || *role != Role::Post || about.permalink.is_some() {
            return Vec::new();
        }
        vec![filled("/:year/:month/:day/:title/", about, None)]
    }

    /// Whether posts are Eleventy's.
    pub fn is_eleventy(&self) -> bool {
        !self.posts.is_empty()
    }
}

fn has_folder(source: &Path, name: &str) -> bool {
    let walker = walkdir::WalkDir::new(source).max_depth(3).into_iter().filter_map(Result::ok);
    walker.into_iter().any(|entry| entry.file_type().is_dir() && entry.file_name().to_str() == Some(name))
}

fn file(source: &Path, path: &str, report: &mut Report) -> Vec<(String, Node)> {
    let disk = source.join(path);
    if !disk.is_file() {
        return Vec::new();
    }
    let Some(text) = source::read(&SourceFile { path: path.to_owned(), disk }, report) else { return Vec::new() };
    match yaml::parse(&text) {
        Ok(Node::Map(entries)) => entries,
        Ok(_) => Vec::new(),
        Err(fault) => {
            report.add(
                Place { file: path.to_owned(), line: 0 },
                "settings that can't be read",
                format!("it {}", fault.message),
            );
            Vec::new()
        }
    }
}

/// The lists that `jekyll-archives` makes of words.
fn lists(config: &Fields) -> Vec<OldList> {
    let enabled = config.at(&["jekyll-archives", "enabled"]);
    let is_all = enabled.and_then(fields::text).is_some_and(|text| text == "all");
    let enabled = enabled.map(fields::texts).unwrap_or_default();
    let list = |(one, group): (&str, &str)| {
        let form = config.text_at(&["jekyll-archives", "permalinks", one]);
        let form = form.filter(|form| form.contains(":name")).unwrap_or_else(|| format!("/{one}/:name/"));
        OldList { group: group.to_owned(), form, ..OldList::default() }
    };
    let groups = [("tag", "tags"), ("category", "categories")];
    groups.into_iter().filter(|(_, group)| is_all || enabled.iter().any(|known| known == group)).map(list).collect()
}

fn collections(config: &Fields) -> Vec<(String, Option<String>)> {
    let Some(Node::Map(entries)) = config.get("collections") else { return Vec::new() };
    let is_shown = |value: &Node| fields::get(value, "output").and_then(fields::flag) == Some(true);
    let permalink = |value: &Node| fields::get(value, "permalink").and_then(fields::text);
    entries
        .iter()
        .filter(|(name, value)| name != "posts" && is_shown(value))
        .map(|(name, value)| (name.clone(), permalink(value)))
        .collect()
}

fn defaults(config: &Fields) -> Vec<Values> {
    let Some(Node::List(items)) = config.get("defaults") else { return Vec::new() };
    let of = |item: &Node| {
        let scope = fields::get(item, "scope")?;
        let part = |key: &str| fields::get(scope, key).and_then(fields::text).unwrap_or_default();
        let Node::Map(values) = fields::get(item, "values")? else { return None };
        Some(Values { scope: part("path"), kind: part("type"), values: values.clone() })
    };
    items.iter().filter_map(of).collect()
}

fn authors(source: &Path, config: &Fields, report: &mut Report) -> Vec<(String, String)> {
    let mut entries = match config.get("authors") {
        Some(Node::Map(entries)) => entries.clone(),
        _ => Vec::new(),
    };
    for path in ["_data/authors.yml", "_data/authors.yaml", "_data/team.yml"] {
        entries.extend(file(source, path, report));
    }
    let name = |value: &Node| {
        ["name", "display_name", "full_name"].iter().find_map(|key| fields::get(value, key).and_then(fields::text))
    };
    entries.iter().filter_map(|(key, value)| Some((key.clone(), name(value)?))).collect()
}

/// Folders above `_posts` are categories.
pub fn categories_of_folder(path: &str) -> Vec<String> {
    match path.split_once("_posts/") {
        Some((above, _)) => above.split('/').filter(|part| !part.is_empty()).map(str::to_owned).collect(),
        None => Vec::new(),
    }
}
