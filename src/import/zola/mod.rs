//! Zola: a folder with `content/` and settings in `config.toml` or `zola.toml`. Knows its keys, its addresses and its shortcodes.

mod shortcodes;

use std::path::Path;

use crate::diagnostic::Diagnostic;
use crate::model::SourceKind;
use crate::yaml::Node;

use super::Each;
use super::bodies::{self, Dialect, Draft, Ids};
use super::common_markdown::plain;
use super::dates;
use super::fields::{self, Fields};
use super::hugo::{authors, picture};
use super::links::Around;
use super::output::sections::Sections;
use super::report::Report;
use super::source::{self, Parted, SourceFile};
use super::text::{Body, OldList, OldSite, Place, Text};

const DIALECT: Dialect = Dialect {
    ids: Ids::Slug,
    term_ids: false,
    definitions: false,
    one_tilde: true,
    more: &["<!-- more -->", "<!--more-->"],
};
/// Keys of front matter that say how the old theme shows a text, and nothing of the text.
const OF_THE_THEME: [&str; 12] = [
    "template",
    "page_template",
    "weight",
    "in_search_index",
    "sort_by",
    "paginate_by",
    "paginate_path",
    "insert_anchor_links",
    "transparent",
    "generate_feeds",
    "generate_feed",
    "redirect_to",
];

/// Hands each text to `each`.
pub fn read(source: &Path, each: Each<'_>, report: &mut Report) -> Result<OldSite, Diagnostic> {
    source::folder(source)?;
    let old = settings(source, report);
    let content = source.join("content");
    let mut sections = Sections::default();
    for file in source::files(source, &content, &|name| name.ends_with(".md"), report) {
        let Some(text) = source::read(&file, report) else { continue };
        let parted = source::part(&text, &file.path, report);
        let Some(text) = text_of(&file, parted, report) else { continue };
        sections.take(text, file.name() == "_index.md", each)?;
    }
    sections.finish(each, report)?;
    Ok(old)
}

fn settings(source: &Path, report: &mut Report) -> OldSite {
    let read = ["config.toml", "zola.toml"].iter().find_map(|name| {
        let file = SourceFile { path: (*name).to_owned(), disk: source.join(name) };
        file.disk.is_file().then(|| source::read(&file, report)).flatten().map(|text| (*name, text))
    });
    let mut config = Fields::default();
    if let Some((name, text)) = read {
        match source::toml_tree(&text) {
            Ok(Node::Map(entries)) => config = Fields(entries),
            Ok(_) => {}
            Err(why) => report.add(Place { file: name.to_owned(), line: 0 }, "settings that can't be read", why),
        }
    }
    OldSite {
        title: config.text_at(&["title"]),
        description: config.text_at(&["description"]),
        base_url: config.text_at(&["base_url"]),
        author: config.text_at(&["author"]),
        language: config.text_at(&["default_language"]),
        statics: ["static", "content"].map(|folder| source.join(folder)).to_vec(),
        roots: vec!["content".to_owned()],
        has_emoji: config.at(&["markdown", "render_emoji"]).and_then(fields::flag).unwrap_or(false),
        lists: lists(&config),
        ..OldSite::default()
    }
}

/// The lists that Zola makes of words: those that the settings name.
fn lists(config: &Fields) -> Vec<OldList> {
    let Some(Node::List(groups)) = config.get("taxonomies") else { return Vec::new() };
    let names = groups.iter().filter_map(|group| {
        let is_shown = fields::get(group, "render").and_then(fields::flag) != Some(false);
        fields::get(group, "name").and_then(fields::text).filter(|_| is_shown)
    });
    names
        .map(|name| OldList {
            form: format!("/{}/:name/", crate::model::slug(&name)),
            group: name,
            ..OldList::default()
        })
        .collect()
}

fn text_of(file: &SourceFile, parted: Parted<'_>, report: &mut Report) -> Option<Text> {
    let place = Place { file: file.path.clone(), line: 1 };
    let mut front = Fields(parted.front);
    let is_section = file.name() == "_index.md";
    let below = file.stem().strip_prefix("content/").unwrap_or(file.stem());
    let name = ["/index", "/_index"].iter().find_map(|ending| below.strip_suffix(ending)).unwrap_or(below);
    let (folder, last) = name.rsplit_once('/').unwrap_or(("", name));
    let in_name = dates::in_name(last).filter(|(_, rest)| !rest.is_empty());
    let bare = in_name.as_ref().map_or(last, |(_, rest)| *rest);
    let slug = front.text(&["slug"]);
    let path = front.text(&["path"]);
    let own = match &path {
        _ if name == "_index" => "/".to_owned(),
        Some(path) => format!("/{}/", path.trim_matches('/')),
        None => address(folder, &slug.unwrap_or_else(|| crate::model::slug(bare))),
    };
    let written = front.text(&["date"]);
    let date = written.as_deref().and_then(dates::date);
    if let (Some(written), None) = (&written, &date) {
        report.add(place.clone(), "dates that can't be read", format!("`date: {written}`"));
    }
    let in_path = || path.as_deref().and_then(day_in_path);
    let date = date.or_else(|| in_name.as_ref().map(|(day, _)| day.clone())).or_else(in_path);
    let kind = if date.is_some() && !is_section { SourceKind::Essay } else { SourceKind::Page };
    let own_name = own.trim_matches('/').rsplit('/').next().unwrap_or_default();
    let called = match kind {
        _ if name == "_index" => "home",
        SourceKind::Essay => own_name,
        _ => own.trim_matches('/'),
    };
    let mut text = Text::new(kind, place, file.path.as_str(), called);
    text.title = front.text(&["title"]).unwrap_or_else(|| bare.replace(['-', '_'], " "));
    text.also = vec![text.title.clone(), last.to_owned()];
    let aliases = front.texts("aliases");
    text.addresses = [own].into_iter().chain(aliases.iter().map(|alias| from_root(alias))).collect();
    text.date = date;
    text.updated = front.text(&["updated"]).as_deref().and_then(dates::date);
    text.draft = front.flag("draft").unwrap_or(false);
    if front.flag("render") == Some(false) {
        report.add(Place { line: 0, ..text.place }, "texts that have no page of their own", "`render = false`");
        return None;
    }
    text.summary = front.text(&["description", "summary"]).map(|summary| plain(&summary));
    text.authors = authors(&mut front);
    let taxonomies = front.group("taxonomies");
    for (group, words) in taxonomies.0 {
        text.tags.push((group, fields::texts(&words)));
    }
    for key in OF_THE_THEME {
        front.take(key);
    }
    let mut extra = front.group("extra");
    text.picture = picture(&mut extra);
    front.0.extend(extra.0);
    text.extra = front.0;
    bodies::fill(&mut text, parted.body, parted.body_line, file);
    text.has_files |= file.name() == "index.md";
    Some(text)
}

/// The address of the text called `last` in `folder`.
fn address(folder: &str, last: &str) -> String {
    let folders =
        folder.split('/').filter(|part| !part.is_empty()).map(|part| format!("/{}", crate::model::slug(part)));
    format!("{}/{last}/", folders.collect::<String>())
}

/// The day in a path such as `news/2018/02/15/name`.
fn day_in_path(path: &str) -> Option<String> {
    let parts: Vec<&str> = path.split('/').collect();
    parts.windows(3).find_map(|three| dates::date(&three.join("/")))
}

/// A path that need not begin with a slash; one of a file stays as it is.
pub(super) fn from_root(path: &str) -> String {
    let path = format!("/{}", path.trim_start_matches('/'));
    let is_file = path.ends_with(".html") || path.ends_with(".htm");
    if is_file || path.ends_with('/') { path } else { format!("{path}/") }
}

/// The body as Markdown of ours.
pub fn body(text: &Text, around: &Around<'_>, report: &mut Report) -> Body {
    let mut draft = Draft::new(text);
    shortcodes::expand(&mut draft, around, report);
    bodies::finish(draft, &DIALECT, text, around, report)
}
