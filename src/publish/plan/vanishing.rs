//! Warns of addresses that will answer no more, with the page that most likely took the place of each. Owns the warnings; how pages
//! are compared is `moved`'s.

use std::path::Path;

use rayon::prelude::*;

use super::moved::{Page, Why, successor};
use super::sources;
use super::waves::address;
use super::{Plan, Upload};
use crate::assemble::Assembled;
use crate::diagnostic::{Diagnostic, Edit};
use crate::model::{SourcePath, Span, UrlPath};
use crate::pipeline;
use crate::publish::VANISHING_ADDRESS;
use crate::yaml;

/// Addresses that have a warning of their own.
const SHOWN: usize = 20;
/// New and changed pages that are read.
const READ: usize = 2_000;

/// What a place shows at a path.
pub type Old<'a> = dyn Fn(&str) -> Option<Vec<u8>> + 'a;

/// The files of the pages that go and are read.
pub fn read(plan: &Plan) -> impl Iterator<Item = String> {
    plan.vanishing.iter().take(SHOWN).map(|url| UrlPath::new(url.as_str()).file())
}

/// A warning for each address that will answer no more; of many, for the first ones and for the rest together. With `site` its pages
/// are compared with what was there.
pub fn warnings(plan: &Plan, site: Option<(&pipeline::Options, &Path)>, old: &Old<'_>) -> Vec<Diagnostic> {
    if plan.vanishing.is_empty() {
        return Vec::new();
    }
    let warning = |message: String| Diagnostic::new(VANISHING_ADDRESS, message);
    let urls = plan.vanishing.iter().take(SHOWN);
    let plain = |url: &String| warning(format!("`{url}` will answer no more"));
    let named: Vec<Diagnostic> = match site {
        None => urls.map(plain).collect(),
        Some((build, out)) => {
            let assembled = pipeline::read(build);
            let pages = pages(plan, out, &assembled);
            let mut taken: Vec<&str> = Vec::new();
            urls.map(|url| {
                let html = old(&UrlPath::new(url.as_str()).file()).unwrap_or_default();
                let gone = Page::new(url, &String::from_utf8_lossy(&html));
                let Some((page, why)) = successor(&gone, &pages) else {
                    return plain(url).help(format!("if the page has moved, give it `aliases: [{url}]`"));
                };
                let mut warning = moved(plain(url), &gone, page, why, &assembled);
                // A front matter takes one edit: of several pages that moved to one the next run has the next.
                if taken.contains(&page.url.as_str()) {
                    warning.edit = None;
                }
                taken.push(&page.url);
                warning
            })
            .collect()
        }
    };
    let more = plan.vanishing.len().saturating_sub(SHOWN);
    let rest = (more > 0).then(|| {
        warning(format!("{more} more addresses will answer no more"))
            .help("`ninefold publish --dry-run --json` lists them all")
    });
    named.into_iter().chain(rest).collect()
}

/// The pages that are new or other than they were and that have a text of their own.
fn pages(plan: &Plan, out: &Path, assembled: &Assembled) -> Vec<Page> {
    let addressed = plan.uploads.iter().filter_map(|upload| Some((upload, address(&upload.path)?)));
    let is_text = |url: &String| assembled.site.source_of(&UrlPath::new(url.as_str())).is_some();
    let uploads: Vec<_> = addressed.filter(|(_, url)| is_text(url)).take(READ).collect();
    let page = |(upload, url): &(&Upload, String)| {
        Some(Page::new(url, &String::from_utf8_lossy(&sources::content(out, upload).ok()?)))
    };
    uploads.par_iter().filter_map(page).collect()
}

/// The warning about a page that moved, with the edit that writes the alias.
fn moved(warning: Diagnostic, gone: &Page, page: &Page, why: Why, assembled: &Assembled) -> Diagnostic {
    let (url, to) = (&gone.url, &page.url);
    let warning = warning.help(format!("`{to}` most likely took its place: {}", why.words()));
    let Some(path) = assembled.site.source_of(&UrlPath::new(to.as_str())) else { return warning };
    match alias(assembled, path, url) {
        Some(edit) => warning
            .in_file(path)
            .help(format!("if so, give it `aliases: [{url}]`; `ninefold publish --fix` writes that"))
            .edit(edit),
        None => warning.in_file(path).help(format!("if so, add `{url}` to its `aliases`")),
    }
}

fn alias(assembled: &Assembled, path: &SourcePath, url: &str) -> Option<Edit> {
    let text = assembled.text(path).ok()?;
    let front = yaml::front_matter(&text)?;
    let (range, text) = yaml::with_item(&text[front.yaml.clone()], "aliases", url)?;
    Some(Edit { span: Span::new(front.yaml.start + range.start, front.yaml.start + range.end), text })
}
