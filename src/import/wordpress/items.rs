//! Items of an export as texts: which are brought, under what name, with which facts. Knows what WordPress calls them, not their bodies.

use std::collections::BTreeMap;
use std::path::Path;

use crate::import::Options;
use crate::import::report::Report;
use crate::import::text::{Picture, Place, Text};
use crate::model::{SourceKind, first_words, slug};
use crate::yaml::{Node as Value, Scalar};

use super::export::Item;
use super::library::Library;
use super::{content, dates, media, name_of, named, plain};

/// Kinds of item that are no texts and nothing to miss.
const PASSED_OVER: [&str; 9] = [
    "attachment",
    "wp_block",
    "revision",
    "customize_changeset",
    "oembed_cache",
    "custom_css",
    "wp_global_styles",
    "user_request",
    "wp_font_face",
];

/// The kind of an item that becomes a text. One that does not is reported, unless it is one of WordPress's own.
fn kind_of(item: &Item, place: &Place, report: &mut Report) -> Option<SourceKind> {
    match item.value("wp:post_type") {
        "post" | "" => return Some(SourceKind::Essay),
        "page" => return Some(SourceKind::Page),
        "nav_menu_item" => report.count("menu entries, which were not brought", 1),
        other if PASSED_OVER.contains(&other) => {}
        other => report.add(place.clone(), format!("items of the kind `{other}`"), named(item)),
    }
    None
}

/// What items are read with.
pub struct Items<'a> {
    pub library: &'a Library,
    pub options: &'a Options,
    pub file: &'a str,
    pub base: Option<&'a str>,
}

impl Items<'_> {
    /// The text of the `n`th item, if it is one and wanted.
    pub fn text(&self, item: &Item, n: u64, report: &mut Report) -> Option<Text> {
        let place = Place { file: self.file.to_owned(), line: item.line };
        let kind = kind_of(item, &place, report)?;
        let status = item.value("wp:status");
        let has_password = !item.value("wp:post_password").is_empty();
        if let "trash" | "auto-draft" | "inherit" = status {
            report.add(place, format!("items that are `{status}`"), named(item));
            return None;
        }
        let is_private = status == "private" || has_password;
        if is_private && !self.options.private {
            let what = if has_password { "texts with a password" } else { "private texts" };
            report.add(place, what, format!("{}: with `--private` it comes as a draft", named(item)));
            return None;
        }
        let id = item.number("wp:post_id").unwrap_or(n);
        let name = name_of(item);
        let name = if kind == SourceKind::Page {
            self.library.page_name(&name, item.number("wp:post_parent").unwrap_or(0))
        } else {
            name
        };
        let mut text = Text::new(kind, place.clone(), id.to_string(), name);
        let content = content::content(item, id, self.library);
        text.body_line = item.content_line.max(1);
        let source = item.value("content:encoded");
        for (at, what, why) in content.remarks {
            let before = source.get(..at).unwrap_or_default();
            let line = text.body_line + before.matches('\n').count();
            report.add(Place { file: self.file.to_owned(), line }, what, why);
        }
        text.body = content.html;
        text.title = self.title(item, &text.body, &place, report);
        self.dates(item, &mut text, report);
        text.draft = is_private || !matches!(status, "publish" | "");
        let drafts = match status {
            "future" => Some("scheduled texts that are drafts now"),
            _ if is_private => Some("private texts that are drafts now"),
            _ => None,
        };
        if let Some(what) = drafts {
            report.add(place.clone(), what, named(item));
        }
        text.addresses.extend(self.address(item, &place, report));
        text.summary = Some(plain(item.value("excerpt:encoded"))).filter(|summary| !summary.is_empty());
        let author = item.value("dc:creator").trim();
        if !author.is_empty() {
            text.authors.push(self.library.author(author));
        }
        self.terms(item, &mut text);
        text.picture = self.picture(item);
        if item.value("wp:is_sticky").trim() == "1" {
            text.extra.push(("sticky".to_owned(), Value::Typed(Scalar::Bool(true), "true".to_owned())));
        }
        self.uploads(&mut text);
        if item.comments > 0 {
            report.count("comments, which were not brought", item.comments);
        }
        Some(text)
    }

    /// The featured picture.
    fn picture(&self, item: &Item) -> Option<Picture> {
        let id = item.meta("_thumbnail_id").and_then(|id| id.trim().parse::<u64>().ok())?;
        let attachment = self.library.attachments.get(&id)?;
        let alt = Some(attachment.alt.clone()).filter(|alt| !alt.is_empty());
        Some(Picture { path: attachment.address.clone(), alt })
    }

    /// The files that the text shows, where there is a folder of uploads.
    fn uploads(&self, text: &mut Text) {
        let Some(uploads) = &self.options.uploads else { return };
        text.folder.clone_from(uploads);
        let picture = text.picture.as_ref().is_some_and(|picture| media::file(&picture.path, uploads).is_some());
        text.has_files = picture || refers_to_file(&text.body, uploads);
    }

    fn title(&self, item: &Item, body: &str, place: &Place, report: &mut Report) -> String {
        let title = plain(item.value("title"));
        if !title.is_empty() {
            return title;
        }
        let words = first_words(&plain(body), 8);
        let title = if words.is_empty() { "Untitled".to_owned() } else { words };
        report.add(place.clone(), "texts without a title", format!("called \u{201c}{title}\u{201d}"));
        title
    }

    fn dates(&self, item: &Item, text: &mut Text, report: &mut Report) {
        let date = dates::date(item.value("wp:post_date"), item.value("wp:post_date_gmt"));
        let modified = || dates::date(item.value("wp:post_modified"), item.value("wp:post_modified_gmt"));
        text.date = date.or_else(|| {
            let date = modified();
            let why = match &date {
                Some(date) => format!("{}: {date}, when it was last changed", named(item)),
                None => format!("{}: write one", named(item)),
            };
            report.add(text.place.clone(), "texts without a date", why);
            date
        });
    }

    /// The path at which the old site shows it.
    fn address(&self, item: &Item, place: &Place, report: &mut Report) -> Option<String> {
        let link = item.value("link").trim();
        let rest = match self.base.and_then(|base| link.strip_prefix(base.trim_end_matches('/'))) {
            Some(rest) => rest,
            None => link.split_once("://").map(|(_, rest)| rest.find('/').map_or("", |at| &rest[at..]))?,
        };
        if rest.contains('?') {
            if !matches!(item.value("wp:status"), "draft" | "pending" | "future" | "private") {
                let why = format!("`{link}`: no page of a static site answers to what follows a `?`");
                report.add(place.clone(), "old addresses that can't be kept", why);
            }
            return None;
        }
        let path = format!("/{}", rest.trim_start_matches('/'));
        (rest.starts_with('/') && path != "/").then_some(path)
    }

    fn terms(&self, item: &Item, text: &mut Text) {
        let mut lists: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for term in &item.terms {
            let list = match term.list.as_str() {
                "category" => "categories",
                "post_tag" | "" => "tags",
                "post_format" => "formats",
                other => other,
            };
            lists.entry(list).or_default().push(plain(&term.name));
        }
        let key = |list: &str| slug(list).replace('-', "_");
        text.tags = lists.into_iter().map(|(list, words)| (key(list), words)).collect();
    }
}

fn refers_to_file(body: &str, uploads: &Path) -> bool {
    let starts = ["/wp-content/uploads/", ".files.wordpress.com/"];
    starts.iter().flat_map(|start| body.match_indices(start)).any(|(at, _)| {
        let rest = &body[at..];
        let end = rest.find(['"', '\'', ' ', '<', '>', ')']).unwrap_or(rest.len());
        // What is before the mark is of no matter.
        let address = if rest.starts_with('/') { rest[..end].to_owned() } else { format!("x{}", &rest[..end]) };
        media::file(&address, uploads).is_some()
    })
}
