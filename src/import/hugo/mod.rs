//! Hugo: a folder with `content/` and settings in `hugo.toml` or its like. Knows its keys, its addresses and its shortcodes.

mod addresses;
mod paths;
mod settings;
mod shortcodes;
mod tags;
mod templates;

use std::path::Path;

use crate::diagnostic::Diagnostic;
use crate::model::SourceKind;
use crate::yaml::Node;

use super::Each;
use super::bodies::{self, Dialect, Draft, Ids};
use super::common_markdown::plain;
use super::dates;
use super::fields::{self, Fields};
use super::links::Around;
use super::output::sections::Sections;
use super::report::Report;
use super::source::{self, Parted, SourceFile};
use super::text::{Body, Delimiters, OldSite, Picture, Place, Text};
use settings::Settings;

const DIALECT: Dialect = Dialect {
    ids: Ids::Github,
    term_ids: false,
    definitions: true,
    one_tilde: true,
    more: &["<!--more-->", "<!-- more -->"],
};
/// Keys of front matter that say how the old theme shows a text, and nothing of the text.
const OF_THE_THEME: [&str; 14] = [
    "layout",
    "type",
    "weight",
    "outputs",
    "cascade",
    "menu",
    "menus",
    "markup",
    "headless",
    "build",
    "_build",
    "linkTitle",
    "sitemap",
    "isCJKLanguage",
];

/// Keys by which themes are asked to show formulas.
pub(in crate::import) const MATH: [&str; 4] = ["math", "katex", "mathjax", "usemathjax"];

/// Hands each text to `each`.
pub fn read(source: &Path, each: Each<'_>, report: &mut Report) -> Result<OldSite, Diagnostic> {
    source::folder(source)?;
    let settings = Settings::read(source, report);
    let mut sections = Sections::default();
    for content in &settings.content {
        let files =
            source::files(source, content, &|name| name.ends_with(".md") || name.ends_with(".markdown"), report);
        let unpublished = sections_without_pages(&files, report);
        for file in &files {
            let Ok(below) = file.disk.strip_prefix(content) else { continue };
            let below = below.to_string_lossy().replace('\\', "/");
            let Some(read) = source::read(file, report) else { continue };
            let parted = source::part(&read, &file.path, report);
            let place = Place { file: file.path.clone(), line: 0 };
            let mut part = Text::new(SourceKind::Page, place.clone(), file.path.as_str(), below.as_str());
            part.is_part = true;
            part.body = parted.body.to_owned();
            if unpublished.iter().any(|section| file.path.starts_with(section.as_str())) {
                report.add(place, "texts that have no page of their own", "only other texts show it");
                each(part)?;
                continue;
            }
            let Some(text) = text_of(file, &below, parted, &settings, report) else {
                each(part)?;
                continue;
            };
            sections.take(text, file.name().starts_with("_index."), each)?;
        }
    }
    sections.finish(each, report)?;
    Ok(settings.old)
}

/// Folders whose texts are parts of others: `build: {render: never}`, which a section hands down.
fn sections_without_pages(files: &[SourceFile], report: &mut Report) -> Vec<String> {
    let sections = files.iter().filter(|file| file.name() == "_index.md");
    let mut found = Vec::new();
    for file in sections {
        let Some(text) = source::read(file, report) else { continue };
        let front = Fields(source::part(&text, &file.path, report).front);
        let groups = match front.get("cascade") {
            Some(Node::List(items)) => items.clone(),
            Some(other) => vec![other.clone()],
            None => Vec::new(),
        };
        let never = |group: &Node| {
            let group = fields::get(group, "params").unwrap_or(group);
            ["build", "_build"].iter().filter_map(|key| fields::get(group, key)).any(is_never)
        };
        if groups.iter().any(|group| never(group) && fields::get(group, "target").is_none()) {
            found.push(file.path.trim_end_matches("_index.md").to_owned());
        }
    }
    found
}

fn today() -> String {
    crate::load::now().to_string()
}

fn is_never(build: &Node) -> bool {
    let render = fields::get(build, "render")
        .and_then(|node| fields::flag(node).map(|flag| flag.to_string()).or(fields::text(node)));
    matches!(render.as_deref(), Some("never" | "false" | "link"))
}

/// Why a text has no page of its own, if that is so.
fn without_page(front: &mut Fields) -> Option<&'static str> {
    if ["build", "_build"].iter().filter_map(|key| front.get(key)).any(is_never) {
        Some("only other texts show it")
    } else if front.flag("headless") == Some(true) {
        Some("it is headless")
    } else {
        None
    }
}

/// The name of the text at `below`, a path below the folder of texts.
fn name_of(below: &str) -> String {
    let stem = below.rsplit_once('.').map_or(below, |(stem, _)| stem);
    let name = ["/index", "/_index"].iter().fold(stem, |name, ending| name.strip_suffix(ending).unwrap_or(name));
    if matches!(name, "_index" | "index") { "home".to_owned() } else { name.to_owned() }
}

fn text_of(
    file: &SourceFile,
    below: &str,
    parted: Parted<'_>,
    settings: &Settings,
    report: &mut Report,
) -> Option<Text> {
    let place = Place { file: file.path.clone(), line: 1 };
    let mut front = Fields(parted.front);
    let is_section = file.name().starts_with("_index.");
    let name = name_of(below);
    let title = front.text(&["title"]);
    let by_name = dates::in_name(name.rsplit('/').next().unwrap_or(&name)).map(|(day, _)| day);
    let date = first_date(&mut front, &["date", "publishdate", "pubdate", "published"], &place, report);
    let updated = first_date(&mut front, &["lastmod", "modified"], &place, report);
    let date = date.or(by_name);
    let wants_page =
        front.get("type").or(front.get("layout")).and_then(fields::text).is_some_and(|kind| kind == "page");
    let kind = if date.is_some() && !is_section && !wants_page { SourceKind::Essay } else { SourceKind::Page };
    let slug = front.text(&["slug"]);
    let last = name.rsplit('/').next().unwrap_or(&name).to_owned();
    let called = match (kind, &slug) {
        (SourceKind::Essay, Some(slug)) => slug.clone(),
        (SourceKind::Essay, None) => last.clone(),
        (_, Some(slug)) => name.rsplit_once('/').map_or(slug.clone(), |(folder, _)| format!("{folder}/{slug}")),
        _ => name.clone(),
    };
    let mut text = Text::new(kind, place.clone(), file.path.as_str(), called);
    text.title = title.unwrap_or_else(|| last.replace(['-', '_'], " "));
    let own =
        addresses::of(&name, is_section, &text.title, slug.as_deref(), date.as_deref(), front.text(&["url"]), settings);
    let aliases = front.texts("aliases");
    text.addresses =
        [own.clone()].into_iter().chain(aliases.iter().map(|alias| addresses::alias(alias, &own))).collect();
    text.also = vec![text.title.clone(), last];
    text.updated = updated.filter(|updated| text.date.as_ref() != Some(updated));
    text.date = date;
    text.draft = front.flag("draft").unwrap_or(false);
    expire(&mut text, &mut front, report);
    if let Some(why) = without_page(&mut front) {
        report.add(Place { line: 0, ..place }, "texts that have no page of their own", why);
        return None;
    }
    text.summary = front.text(&["summary", "description"]).map(|summary| plain(&summary));
    text.authors = authors(&mut front);
    text.picture = picture(&mut front);
    for group in settings.taxonomies.iter().filter(|group| *group != "authors" && *group != "author") {
        let words = front.texts(group);
        if !words.is_empty() {
            text.tags.push((group.clone(), words));
        }
    }
    let params = front.group("params");
    front.0.extend(params.0);
    for key in OF_THE_THEME {
        front.take(key);
    }
    text.extra = front.0;
    let has_math = text_asks_for_math(&text.extra).unwrap_or(settings.has_math);
    text.formulas = match has_math && settings.formulas.is_empty() {
        true => Delimiters::of_scripts(),
        false => settings.formulas.clone(),
    };
    text.extra.retain(|(key, _)| !MATH.contains(&key.to_lowercase().as_str()));
    bodies::fill(&mut text, parted.body, parted.body_line, file);
    text.has_files |= file.name().starts_with("index.");
    Some(text)
}

/// Whether the front matter asks the theme for formulas.
pub(in crate::import) fn text_asks_for_math(front: &[(String, Node)]) -> Option<bool> {
    let key = |key: &str| front.iter().find(|(known, _)| known.eq_ignore_ascii_case(key)).map(|(_, value)| value);
    MATH.iter().find_map(|name| fields::flag(key(name)?))
}

/// A text whose last day is past is a draft.
fn expire(text: &mut Text, front: &mut Fields, report: &mut Report) {
    let Some(expiry) = front.text(&["expirydate", "unpublishdate"]) else { return };
    let is_past = dates::date(&expiry).is_some_and(|expiry| expiry.get(..10) <= today().get(..10));
    text.draft |= is_past;
    let why = if is_past { "it is a draft" } else { "take it out then" };
    report.add(text.place.clone(), "texts that expire", format!("after {expiry}: {why}"));
}

/// The first of `keys` that holds a date. What is none is reported.
fn first_date(front: &mut Fields, keys: &[&str], place: &Place, report: &mut Report) -> Option<String> {
    let mut found = None;
    for key in keys {
        let Some(written) = front.text(&[key]) else { continue };
        match dates::date(&written) {
            Some(date) => found = found.or(Some(date)),
            None => report.add(place.clone(), "dates that can't be read", format!("`{key}: {written}`")),
        }
    }
    found
}

/// Names, as texts or as groups with a name.
pub(in crate::import) fn authors(front: &mut Fields) -> Vec<String> {
    let mut names = Vec::new();
    for key in ["authors", "author"] {
        let Some(node) = front.take(key) else { continue };
        let items = match node {
            Node::List(items) => items,
            other => vec![other],
        };
        for item in items {
            let name = fields::get(&item, "name").and_then(fields::text).or_else(|| fields::text(&item));
            names.extend(name.filter(|name| !name.trim().is_empty() && !names.contains(name)));
        }
    }
    names
}

/// A picture, by the keys that themes use.
pub(in crate::import) fn picture(front: &mut Fields) -> Option<Picture> {
    for key in ["image", "images", "featured_image", "cover", "thumbnail", "banner"] {
        let path = match front.get(key) {
            Some(Node::List(items)) => items.first().and_then(fields::text),
            Some(group @ Node::Map(_)) => {
                ["image", "src", "path", "url"].iter().find_map(|name| fields::get(group, name)).and_then(fields::text)
            }
            Some(other) => fields::text(other),
            None => None,
        };
        if let Some(path) = path.filter(|path| !path.trim().is_empty() && path.contains('.')) {
            let group = front.take(key);
            let own = group.as_ref().and_then(|group| fields::get(group, "alt").and_then(fields::text));
            let alt = own.or_else(|| front.text(&["image_alt", "alt"]));
            return Some(Picture { path, alt });
        }
    }
    None
}

/// The body as Markdown of ours.
pub fn body(source: &Path, text: &Text, around: &Around<'_>, report: &mut Report) -> Body {
    let mut draft = Draft::new(text);
    shortcodes::expand(&mut draft, source, text, around, report);
    let dialect = Dialect { term_ids: around.old.has_term_ids, ..DIALECT };
    bodies::finish(draft, &dialect, text, around, report)
}
