//! What a picture in a text lacks: words for those who don't see it, a file of the site's own. Knows how it is written, not
//! what the file holds.

use crate::diagnostic::{Diagnostic, rules};
use crate::model::SourcePath;

use super::document::{Reference, ReferenceKind};
use super::target::Target;

rules! {
    OUTSIDE_PICTURE = "outside-picture", warning, "a picture is loaded from another host", text "![A queue](https://pictures.example/queue.png)";
    MISSING_ALT = "missing-alt", warning, "a picture has no description for those who don't see it", text "![](https://pictures.example/queue.png)";
}

/// Stands after the address of a picture that says nothing which the text doesn't. Every other viewer passes over it.
const DECORATIVE: &str = "decorative";

/// How a picture is described to those who don't see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Alt {
    Words,
    None,
    /// An `<img>` says nothing of it.
    NoneInHtml,
}

/// What is wrong with a picture or another file that the page loads.
pub fn faults(picture: &Reference, alt: Alt, path: &SourcePath) -> Vec<Diagnostic> {
    let mut faults = Vec::new();
    let what = if picture.kind == ReferenceKind::Picture { "picture" } else { "file" };
    let decorative = match &picture.target {
        Target::Relative { anchor, .. } | Target::Site { anchor, .. } => anchor.as_deref() == Some(DECORATIVE),
        Target::Outside(url) => {
            faults.push(
                Diagnostic::new(OUTSIDE_PICTURE, format!("the {what} is loaded from another host"))
                    .help("save it beside the essay's `index.md`, or in `static/`, and show that file"),
            );
            url.ends_with("#decorative")
        }
        // It is reported as a link that leads nowhere.
        _ => true,
    };
    if alt != Alt::Words && !decorative && picture.kind == ReferenceKind::Picture {
        let fault = Diagnostic::new(MISSING_ALT, "the picture has no description for those who don't see it");
        faults.push(match alt {
            Alt::NoneInHtml => fault
                .help("say in `alt` what it shows: `alt=\"Queue length, rising from noon\"`")
                .help("if the text says all of it, write `alt=\"\"`"),
            _ => fault
                .help("say in the square brackets what it shows: `![Queue length, rising from noon](queue.png)`")
                .help("if the text says all of it, end the address with `#decorative`"),
        });
    }
    faults.into_iter().map(|fault| fault.at(path, picture.span)).collect()
}
