//! Bodies that are Markdown already: what the old program read in another way than ours is changed, every other byte stays. Code is
//! never touched. Knows Markdown and links, not the marks of any one program.

mod code;
mod draft;
mod emoji;
mod formulas;
mod guards;
mod headings;
mod html;
mod links;
mod summary;

use super::common_markdown::options;
use super::links::Around;
use super::report::Report;
use super::source::SourceFile;
use super::text::{Body, Picture, Text};

pub use super::write::quoted_text;
pub use code::Code;
pub use draft::{Draft, Edit, Remark, edited};
pub use emoji::written as with_emoji;
pub use headings::Ids;
pub use links::{LOST, to_key};

use std::path::Path;

use pulldown_cmark::{Event, Parser, Tag as MarkdownTag};

/// How the old program read Markdown where it is not as we do.
#[derive(Clone, Copy, Debug)]
pub struct Dialect {
    /// How it made ids of headings.
    pub ids: Ids,
    /// Whether terms of definition lists have ids as headings do.
    pub term_ids: bool,
    /// Whether `: ` begins a definition.
    pub definitions: bool,
    /// Whether one tilde strikes out.
    pub one_tilde: bool,
    /// What parts the summary from the rest.
    pub more: &'static [&'static str],
}

/// Gives `text` its body, which begins on a line of `file`, and the files beside it if it shows any.
pub fn fill(text: &mut Text, body: &str, line: usize, file: &SourceFile) {
    text.body = body.to_owned();
    text.body_line = line;
    text.folder = file.folder();
    text.has_files = names_files(&text.body, &text.folder);
}

/// Whether the body shows a file that stands beside it in `folder`.
fn names_files(body: &str, folder: &Path) -> bool {
    let is_there = |address: &str| {
        let path = address.split(['?', '#']).next().unwrap_or_default();
        let path = percent_encoding::percent_decode_str(path).decode_utf8_lossy();
        let is_own = !path.is_empty() && !path.starts_with(['/', '.']) || path.starts_with("./");
        let is_text = path.ends_with(".md") || path.ends_with(".html");
        is_own && !is_text && path.contains('.') && !path.contains("..") && folder.join(&*path).is_file()
    };
    // Of a text between quotation marks or brackets, and of destinations, which may hold brackets.
    body.split(|c: char| c.is_whitespace() || "()\"'<>=".contains(c)).any(is_there)
        || Parser::new_ext(body, options()).any(|event| match event {
            Event::Start(MarkdownTag::Image { dest_url, .. } | MarkdownTag::Link { dest_url, .. }) => {
                is_there(&dest_url)
            }
            _ => false,
        })
}

/// What all sources do to a body of Markdown once their own marks are gone.
pub fn finish(mut draft: Draft<'_>, dialect: &Dialect, text: &Text, around: &Around<'_>, report: &mut Report) -> Body {
    let own = around.old.more.iter().chain(&text.more).map(String::as_str);
    let more: Vec<&str> = dialect.more.iter().copied().chain(own).collect();
    let mut body = Body { summary: summary::summary(&mut draft, &more), ..Body::default() };
    html::read(&mut draft, around, report);
    headings::keep_ids(&mut draft, dialect, around, report);
    if around.old.has_emoji {
        emoji::read(&mut draft);
    }
    body.has_formulas = formulas::read(&mut draft, &text.formulas, report);
    guards::guard(&mut draft, dialect, body.has_formulas);
    links::lead(&mut draft, text, around, &mut body.files, report);
    body.picture = text.picture.as_ref().map(|picture| {
        let path = links::led(&picture.path, text, around, &mut body.files).unwrap_or_else(|| picture.path.clone());
        Picture { path, alt: picture.alt.clone() }
    });
    body.markdown = draft.into_text();
    body
}
