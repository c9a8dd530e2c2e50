//! WordPress: an export of all content, an XML file (WXR). Its posts, pages and drafts are texts; what else it holds is counted.

mod autop;
mod blocks;
mod content;
mod dates;
mod export;
mod library;
mod media;
mod shortcodes;

use std::collections::BTreeMap;
use std::path::Path;

use crate::diagnostic::Diagnostic;
use crate::model::{SourceKind, first_sentences, first_words, slug};
use crate::outline::tokens;
use crate::yaml::{Node as Value, Scalar};

use super::html::tree::{self, Element, Node};
use super::html::{self, Loss};
use super::links::{Around, Led};
use super::markdown;
use super::report::Report;
use super::text::{Body, Destination, FileCopy, OldSite, Picture, Place, Text};
use super::{BAD_IMPORT, Each, Options};
use export::Item;
use library::Library;

/// The longest summary made of the words before a mark, in characters.
const MAX_SUMMARY: usize = 600;
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

/// Hands each text to `each`.
pub fn read(options: &Options, each: Each<'_>, report: &mut Report) -> Result<OldSite, Diagnostic> {
    let path = &options.source;
    let cannot = |error: std::io::Error| {
        Diagnostic::new(BAD_IMPORT, format!("`{}` can't be read: {error}", path.display()))
            .help("name the file that WordPress made under Tools, Export, All content")
    };
    if path.is_dir() {
        return Err(cannot(std::io::Error::other("it is a folder")));
    }
    let library = Library::read(path).map_err(cannot)?;
    let file = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    if !library.export.is_export {
        let why = library.export.broken.as_ref().map(|broken| format!(" (line {}: {})", broken.line, broken.why));
        let message = format!("`{}` is no export of WordPress{}", path.display(), why.unwrap_or_default());
        return Err(Diagnostic::new(BAD_IMPORT, message)
            .help("name the file that WordPress made under Tools, Export, All content"));
    }
    if let Some(broken) = &library.export.broken {
        let place = Place { file: file.clone(), line: broken.line };
        report.tell(
            place,
            "exports that are broken",
            format!("what comes after this line was not read: {}", broken.why),
        );
    }
    let base = library.channel("wp:base_blog_url").or(library.channel("link")).map(str::to_owned);
    let items = Items { library: &library, options, file: &file, base: base.as_deref() };
    let mut n = 0;
    let read = export::read(path, &mut |item| {
        n += 1;
        match items.text(&item, n, report) {
            Some(text) => each(text),
            None => Ok(()),
        }
    });
    read.map_err(cannot)??;
    Ok(OldSite {
        title: library.channel("title").map(plain),
        description: library.channel("description").map(plain),
        base_url: base,
        language: library.channel("language").map(str::to_owned),
        ..OldSite::default()
    })
}

/// What items are read with.
struct Items<'a> {
    library: &'a Library,
    options: &'a Options,
    file: &'a str,
    base: Option<&'a str>,
}

impl Items<'_> {
    /// The text of the `n`th item, if it is one and wanted.
    fn text(&self, item: &Item, n: u64, report: &mut Report) -> Option<Text> {
        let place = Place { file: self.file.to_owned(), line: item.line };
        let kind = match item.value("wp:post_type") {
            "post" | "" => SourceKind::Essay,
            "page" => SourceKind::Page,
            "nav_menu_item" => {
                report.count("menu entries, which were not brought", 1);
                return None;
            }
            other => {
                if !PASSED_OVER.contains(&other) {
                    report.tell(place, format!("items of the kind `{other}`"), named(item));
                }
                return None;
            }
        };
        let status = item.value("wp:status");
        let has_password = !item.value("wp:post_password").is_empty();
        if let "trash" | "auto-draft" | "inherit" = status {
            report.tell(place, format!("items that are `{status}`"), named(item));
            return None;
        }
        let is_private = status == "private" || has_password;
        if is_private && !self.options.private {
            let what = if has_password { "texts with a password" } else { "private texts" };
            report.tell(place, what, format!("{}: with `--private` it comes as a draft", named(item)));
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
        for (at, what, why) in content.told {
            let before = source.get(..at).unwrap_or_default();
            let line = text.body_line + before.matches('\n').count();
            report.tell(Place { file: self.file.to_owned(), line }, what, why);
        }
        text.body = content.html;
        text.title = self.title(item, &text.body, &place, report);
        self.dates(item, &mut text, report);
        text.draft = is_private || !matches!(status, "publish" | "");
        if text.draft {
            let what = match status {
                "future" => "scheduled texts that are drafts now",
                _ if is_private => "private texts that are drafts now",
                _ => "",
            };
            if !what.is_empty() {
                report.tell(place.clone(), what, named(item));
            }
        }
        text.addresses.extend(self.address(item, &place, report));
        text.summary = Some(plain(item.value("excerpt:encoded"))).filter(|summary| !summary.is_empty());
        let author = item.value("dc:creator").trim();
        if !author.is_empty() {
            text.authors.push(self.library.author(author));
        }
        self.terms(item, &mut text);
        let attachment = item.meta("_thumbnail_id").and_then(|id| id.trim().parse().ok());
        text.picture = attachment
            .and_then(|id: u64| self.library.attachments.get(&id))
            .map(|it| Picture { path: it.address.clone(), alt: Some(it.alt.clone()).filter(|alt| !alt.is_empty()) });
        if item.value("wp:is_sticky").trim() == "1" {
            text.extra.push(("sticky".to_owned(), Value::Typed(Scalar::Bool(true), "true".to_owned())));
        }
        if let Some(uploads) = &self.options.uploads {
            text.folder.clone_from(uploads);
            let picture = text.picture.as_ref().is_some_and(|picture| media::file(&picture.path, uploads).is_some());
            text.has_files = picture || refers_to_file(&text.body, uploads);
        }
        if item.comments > 0 {
            report.count("comments, which were not brought", item.comments);
        }
        Some(text)
    }

    fn title(&self, item: &Item, body: &str, place: &Place, report: &mut Report) -> String {
        let title = plain(item.value("title"));
        if !title.is_empty() {
            return title;
        }
        let words = first_words(&plain(body), 8);
        let title = if words.is_empty() { "Untitled".to_owned() } else { words };
        report.tell(place.clone(), "texts without a title", format!("called \u{201c}{title}\u{201d}"));
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
            report.tell(text.place.clone(), "texts without a date", why);
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
                report.tell(place.clone(), "old addresses that can't be kept", why);
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

/// What a text is called in addresses.
fn name_of(item: &Item) -> String {
    let name = item.value("wp:post_name").trim();
    let decoded = percent_encoding::percent_decode_str(name).decode_utf8_lossy();
    if decoded.is_empty() { plain(item.value("title")) } else { decoded.into_owned() }
}

fn named(item: &Item) -> String {
    let title = plain(item.value("title"));
    let name = if title.is_empty() { item.value("wp:post_name").to_owned() } else { title };
    format!("\u{201c}{name}\u{201d}")
}

/// Words of HTML.
fn plain(html: &str) -> String {
    if !html.contains(['<', '&']) {
        return html.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    let mut out = String::new();
    let mut at = 0;
    while at < html.len() {
        let (kind, range) = tokens::next(html, at);
        match kind {
            tokens::Kind::Text => out.push_str(&tokens::plain(&html[range.clone()])),
            tokens::Kind::Unended => out.push_str(&html[range.clone()]),
            tokens::Kind::Tag { .. } => {
                let tag = &html[range.clone()];
                if ["<p", "</p", "<br", "<h", "</h", "<li", "<div", "</div", "<td"]
                    .iter()
                    .any(|start| tag.starts_with(start))
                {
                    out.push(' ');
                }
            }
            _ => {}
        }
        at = range.end;
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
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

/// The body as Markdown of ours.
pub fn body(text: &Text, around: &Around<'_>, report: &mut Report) -> Body {
    let mut made = Body::default();
    let mut leading = Leading { text, around, report, files: Vec::new() };
    made.picture =
        text.picture.as_ref().map(|picture| Picture { path: leading.led(&picture.path, 0), alt: picture.alt.clone() });
    let (before, whole) = match text.body.split_once("<!--more") {
        Some((before, rest)) => {
            let rest = rest.split_once("-->").map_or("", |(_, rest)| rest);
            (Some(before), format!("{before}{rest}"))
        }
        None => (None, text.body.clone()),
    };
    made.summary =
        before.map(plain).filter(|words| !words.is_empty()).map(|words| first_sentences(&words, MAX_SUMMARY));
    let is_linked = |id: &str| around.linked.has(id);
    let read = match tree::parse(&whole) {
        Some(mut nodes) => {
            leading.lead(&mut nodes);
            html::read_tree(nodes, &is_linked)
        }
        None => html::read(&whole, &is_linked),
    };
    made.files = leading.files.into_iter().map(|(_, copy)| copy).collect();
    for Loss { line, what, why } in read.losses {
        report.tell(text.line(line), what, why);
    }
    made.markdown = markdown::write(&read.blocks);
    made
}

/// Leads the addresses of a body to where things are now.
struct Leading<'a, 'r> {
    text: &'a Text,
    around: &'a Around<'a>,
    report: &'r mut Report,
    /// Names beside the text, and what is copied there.
    files: Vec<(String, FileCopy)>,
}

impl Leading<'_, '_> {
    fn lead(&mut self, nodes: &mut Vec<Node>) {
        // The button beside a file's link leads to the same file.
        let is_button =
            |element: &Element| element.has_class("wp-block-file__button") || element.has_class("wp-block-file__embed");
        nodes.retain(|node| !matches!(node, Node::Element(element) if is_button(element)));
        for node in nodes {
            let Node::Element(element) = node else { continue };
            let line = element.line;
            for name in ["href", "src", "poster"] {
                if let Some(address) = element.attribute(name).map(str::trim).map(str::to_owned)
                    && !address.is_empty()
                    && !(name == "src" && matches!(element.name.as_str(), "iframe" | "embed" | "script"))
                {
                    let led = self.led(&address, line);
                    element.set(name, &led);
                }
            }
            self.lead(&mut element.children);
        }
    }

    fn led(&mut self, address: &str, line: usize) -> String {
        if let Some(below) = media::below_uploads(address) {
            let copied = self.text.has_files.then(|| media::file(address, &self.text.folder)).flatten();
            return match copied {
                Some(from) => self.copied(from, &below),
                None => {
                    let why = format!("the address stays as it is: {address}");
                    self.report.tell(self.text.line(line), "uploads that are not at hand", why);
                    address.to_owned()
                }
            };
        }
        match self.around.leads(address, Path::new("")) {
            Led::Text(link) => link,
            Led::File(link, copy) => {
                self.files.push((link.clone(), copy));
                link
            }
            Led::Lost(_) if address.starts_with('#') => address.to_owned(),
            Led::Lost(path) => {
                let why = format!("`{path}` is no text of the export; the address stays as it is");
                self.report.tell(self.text.line(line), "links to the old site that lead to no text", why);
                whole_address(address, self.around.old.base_url.as_deref())
            }
            Led::Elsewhere => address.to_owned(),
        }
    }

    /// The name of an upload beside the text: its own, or its whole path where another has that.
    fn copied(&mut self, from: std::path::PathBuf, below: &str) -> String {
        let name = from.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let is_other = |(known, copy): &&(String, FileCopy)| *known == name && copy.from != from;
        let name = if self.files.iter().find(is_other).is_some() { below.to_owned() } else { name };
        let link = percent_encoding::utf8_percent_encode(&name, crate::model::PATH).to_string();
        self.files.push((name.clone(), FileCopy { from, to: Destination::Beside(name) }));
        link
    }
}

/// An address of the old site from its beginning, so that it leads somewhere from anywhere.
fn whole_address(address: &str, base: Option<&str>) -> String {
    match base.filter(|_| address.starts_with('/') && !address.starts_with("//")) {
        Some(base) => {
            let host = base.split_once("://").map_or(base, |(_, rest)| rest).split('/').next().unwrap_or_default();
            let scheme = base.split_once("://").map_or("https", |(scheme, _)| scheme);
            format!("{scheme}://{host}{address}")
        }
        None => address.to_owned(),
    }
}
