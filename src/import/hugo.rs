//! Hugo: a folder with `content/` and settings in `hugo.toml` or its like.

use std::path::Path;

use crate::diagnostic::Diagnostic;
use crate::model::SourceKind;
use crate::yaml::Node;

use super::Each;
use super::links::Around;
use super::report::Report;
use super::source;
use super::text::{Body, OldSite, Place, Text};

/// Hands each text to `each`.
pub fn read(source: &Path, each: Each<'_>, report: &mut Report) -> Result<OldSite, Diagnostic> {
    source::folder(source)?;
    let content = source.join("content");
    for file in source::files(source, &content, &|name| name.ends_with(".md"), report) {
        let Some(text) = source::read(&file, report) else { continue };
        let parted = source::part(&text, &file.path, report);
        let place = Place { file: file.path.clone(), line: 1 };
        let mut text = Text::new(SourceKind::Essay, place, file.path.as_str(), file.stem());
        text.folder = file.folder();
        text.body = parted.body.to_owned();
        text.body_line = parted.body_line;
        for (key, value) in parted.front {
            match (key.as_str(), value) {
                ("title", Node::Text(title)) => text.title = title,
                ("date", Node::Text(date)) => text.date = Some(date),
                (_, value) => text.extra.push((key, value)),
            }
        }
        each(text)?;
    }
    Ok(OldSite::default())
}

/// The body as Markdown of ours.
pub fn body(text: &Text, _around: &Around<'_>, _report: &mut Report) -> Body {
    Body { markdown: text.body.clone(), ..Body::default() }
}
