//! A view becomes bytes: templates, Markdown, highlighting, XML. Knows one view at a time; chooses no address and writes
//! nothing.

mod body;
mod card;
mod characters;
mod common;
mod csv;
mod escape;
mod feed;
mod highlight;
mod hosts;
mod key;
mod pictures;
mod sitemap;
mod theme;

use std::borrow::Cow;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Rule, rules};
use crate::load::{Content, ThemeFiles};
use crate::model::{Hash, SourcePath};
use crate::outline::PAGE_LIMIT;
use crate::site::{BodySpec, View, view::HtmlView};
use crate::words::Words;

pub use card::fonts::faults as card_faults;
pub use highlight::{Blocks, Highlighted, Highlighter};
pub use key::Keys;
pub(crate) use theme::TEMPLATE;
pub use theme::Theme;

rules! {
    DATA = "data", error fixed, "the data can't be written";
    CHANGED_MEANWHILE = "changed-meanwhile", error fixed, "a file changed while the site was built";
}

/// The rules of this module and those below it.
pub(crate) const ALL_RULES: &[&[&Rule]] = &[RULES, card::fonts::RULES, theme::folded::RULES, theme::RULES];

/// Gives the text of a source: borrowed, the one that was outlined; owned, one that was read since.
pub type Sources<'a> = dyn Fn(&SourcePath) -> Result<Cow<'a, str>, Diagnostic> + Sync + 'a;

/// Reads the bytes of a picture.
pub type Pictures<'a> = dyn Fn(&SourcePath, &Content) -> Result<Vec<u8>, Diagnostic> + Sync + 'a;

/// What an address answers with.
#[derive(Clone, Debug)]
pub enum Output {
    Bytes(Vec<u8>),
    Shared(Arc<Vec<u8>>),
    /// A file to copy.
    Copy(Content),
}

/// What rendering needs besides a view. Made once for a site.
pub struct Renderer<'a> {
    pub theme: &'a Theme,
    pub highlighter: &'a Highlighter,
    pub sources: &'a Sources<'a>,
    pub pictures: &'a Pictures<'a>,
}

/// The theme, ready; or what is wrong with its templates.
pub fn theme(files: &ThemeFiles) -> Result<Theme, Vec<Diagnostic>> {
    Theme::new(files)
}

/// Renders one view.
pub fn output(view: &View, renderer: &Renderer<'_>) -> Result<Output, Diagnostic> {
    let text = |text: String| Output::Bytes(text.into_bytes());
    let read = |path, content, hash| pictures::read(path, content, hash, renderer.pictures);
    Ok(match view {
        View::Html(page) => Output::Bytes(html(page, renderer)?),
        View::Feed(feed) => text(feed::atom(feed, renderer)?),
        View::JsonFeed(feed) => text(feed::json(feed, renderer)?),
        View::Sitemap(entries) => text(sitemap::sitemap(entries)),
        View::SitemapIndex(parts) => text(sitemap::index(parts)),
        View::Robots { sitemap } => {
            let sitemap = sitemap.as_ref().map_or_else(String::new, |url| format!("\nSitemap: {url}\n"));
            text(format!("User-agent: *\nAllow: /\n{sitemap}"))
        }
        View::Plain(words) => text(words.clone()),
        View::HostRedirects(redirects) => text(hosts::redirects(redirects)),
        View::HostHeaders(rules) => text(hosts::headers(rules)),
        View::Redirect { to, canonical, language, title, sentence } => {
            text(sitemap::redirect((to, canonical), language, (title, sentence)))
        }
        View::Data(data) => Output::Bytes(json(data, data.size())?),
        View::BrowseIndex(index) => Output::Bytes(json(index, 0)?),
        View::Summaries(summaries) => Output::Bytes(json(summaries, 0)?),
        View::Table(rows) => Output::Bytes(csv::table(rows)?),
        View::DataPackage(package) => Output::Bytes(json(package, 0)?),
        View::File { content, .. } => Output::Copy(content.clone()),
        View::Drawing { path, content, hash } => Output::Bytes(pictures::drawing(path, &read(path, content, *hash)?)?),
        View::Stripped { path, content, hash, format } => {
            Output::Bytes(pictures::stripped(path, &read(path, content, *hash)?, *format)?)
        }
        View::Copy { path, content, hash, format, width } => {
            Output::Bytes(pictures::copy(path, read(path, content, *hash)?, *format, *width)?)
        }
        View::SocialCard(card) => Output::Bytes(renderer.theme.card(card)?),
        View::Asset { bytes, .. } => Output::Shared(Arc::clone(bytes)),
    })
}

/// What is wrong with the output of a view, if anything is. A picture is read; its copies are not made.
pub fn check(view: &View, renderer: &Renderer<'_>) -> Result<(), Diagnostic> {
    match view {
        View::Copy { path, content, hash, format, .. } => {
            pictures::check(path, &pictures::read(path, content, *hash, renderer.pictures)?, *format)
        }
        _ => output(view, renderer).map(drop),
    }
}

/// `value` in JSON, with room for `size` bytes from the first: it would else be copied as it grows.
fn json(value: &impl serde::Serialize, size: usize) -> Result<Vec<u8>, Diagnostic> {
    let mut written = Vec::with_capacity(size);
    serde_json::to_writer(&mut written, value)
        .map_err(|error| Diagnostic::new(DATA, format!("the data can't be written as JSON: {error}")))?;
    Ok(written)
}

/// The most bytes that the HTML of a body may have for each byte of its source, and besides.
const GROWTH: usize = 20;
const FRAME: usize = 16 * 1024;

/// The HTML of a body.
struct Prose {
    html: String,
    /// Bytes of the source.
    source: usize,
}

impl Prose {
    /// Whether it may take so many bytes where it is shown.
    const fn may_take(&self, bytes: usize) -> bool {
        bytes <= GROWTH * self.source + FRAME
    }
}

/// The limits on formulas, code, pictures and empty cells leave this to texts that are made of little else than marks.
fn too_large(source: &SourcePath) -> Diagnostic {
    let message = format!("the page would be more than {GROWTH} times as large as its text");
    Diagnostic::new(PAGE_LIMIT, message).in_file(source).help("write fewer marks, or more text between them")
}

fn html(page: &HtmlView, renderer: &Renderer<'_>) -> Result<Vec<u8>, Diagnostic> {
    let body = match &page.body {
        Some(spec) => {
            let prose = prose(spec, renderer)?;
            if !prose.may_take(prose.html.len()) {
                return Err(too_large(&spec.source));
            }
            prose.html
        }
        None => String::new(),
    };
    Ok(characters::allowed(renderer.theme.render(page, &body)?))
}

/// The HTML of a body.
fn prose(spec: &BodySpec, renderer: &Renderer<'_>) -> Result<Prose, Diagnostic> {
    prose_from(spec, renderer.sources, renderer.theme.words(), Some(renderer.highlighter))
}

/// The HTML of a body whose code is not coloured: the same words for less work.
pub fn plain_prose(spec: &BodySpec, sources: &Sources<'_>, words: &Words) -> Result<String, Diagnostic> {
    prose_from(spec, sources, words, None).map(|prose| prose.html)
}

fn prose_from(
    spec: &BodySpec,
    sources: &Sources<'_>,
    words: &Words,
    highlighter: Option<&Highlighter>,
) -> Result<Prose, Diagnostic> {
    if spec.too_deep {
        return Ok(Prose { html: String::new(), source: 0 });
    }
    let text = outlined(spec, sources)?;
    let mut source = text.len();
    let mut quoted = body::Quoted::new();
    for (n, link) in spec.links.iter().enumerate() {
        let Some(quotation) = link.quotation.as_deref().filter(|quotation| !quotation.body.too_deep) else { continue };
        if let Some((html, bytes)) = body::quoted(&outlined(&quotation.body, sources)?, quotation, words, highlighter) {
            quoted.insert(n, html);
            source += bytes;
        }
    }
    Ok(Prose { html: body::html(&text, spec, words, highlighter, quoted), source })
}

/// The text of a body. It must be the one that was outlined: its links are counted off against the events.
fn outlined<'a>(spec: &BodySpec, sources: &'a Sources<'_>) -> Result<Cow<'a, str>, Diagnostic> {
    let text = sources(&spec.source)?;
    match &text {
        Cow::Owned(text) if Hash::of(text.as_bytes()) != spec.hash => Err(changed(&spec.source)),
        _ => Ok(text),
    }
}

/// A file that is no longer the one that was read.
fn changed(path: &SourcePath) -> Diagnostic {
    Diagnostic::new(CHANGED_MEANWHILE, "the file changed while the site was built")
        .in_file(path)
        .help("run the command again")
}
