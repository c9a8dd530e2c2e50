//! WordPress: an export of all content, an XML file (WXR). Its posts, pages and drafts are texts; what else it holds is counted.

mod autop;
mod blocks;
mod body;
mod content;
mod dates;
mod export;
mod items;
mod library;
mod media;
mod shortcodes;

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostic;
use crate::outline::tokens;

use super::report::Report;
use super::text::{Named, OldList, OldSite, Place};
use super::{BAD_IMPORT, Each, Options};
use export::Item;
use items::Items;
use library::Library;

pub use body::body;

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
        report.add(
            place,
            "exports that are broken",
            format!("what comes after this line was not read: {}", broken.why),
        );
    }
    let base = library.channel("wp:base_blog_url").or(library.channel("link")).map(str::to_owned);
    let items = Items { library: &library, options, file: &file, base: base.as_deref() };
    let (mut n, mut words) = (0, Words::default());
    let read = export::read(path, &mut |item| {
        n += 1;
        words.add(&item, &library);
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
        lists: words.lists(),
        ..OldSite::default()
    })
}

/// What stands for categories, tags and authors in addresses.
#[derive(Default)]
struct Words {
    categories: BTreeMap<String, String>,
    tags: BTreeMap<String, String>,
    authors: BTreeMap<String, String>,
}

impl Words {
    fn add(&mut self, item: &Item, library: &Library) {
        for term in &item.terms {
            let names = match term.list.as_str() {
                "category" => &mut self.categories,
                "post_tag" => &mut self.tags,
                _ => continue,
            };
            let nicename = percent_encoding::percent_decode_str(&term.nicename).decode_utf8_lossy();
            names.entry(plain(&term.name)).or_insert_with(|| nicename.into_owned());
        }
        let login = item.value("dc:creator").trim();
        if !login.is_empty() && item.value("wp:post_type") == "post" {
            self.authors.entry(library.author(login)).or_insert_with(|| crate::model::slug(login));
        }
    }

    fn lists(self) -> Vec<OldList> {
        [
            ("categories", "/category/:name/", self.categories),
            ("tags", "/tag/:name/", self.tags),
            ("authors", "/author/:name/", self.authors),
        ]
        .into_iter()
        .map(|(group, form, names)| OldList { group: group.to_owned(), form: form.to_owned(), named: Named::As(names) })
        .collect()
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
