//! What a picture in a text lacks: words for those who don't see it, a file of the site's own. Knows how it is written, not
//! what the file holds.

use crate::diagnostic::{Diagnostic, rules};
use crate::model::SourcePath;

use super::document::Reference;
use super::target::Target;

rules! {
    OUTSIDE_PICTURE = "outside-picture", warning, "a picture is loaded from another host", text "![A queue](https://pictures.example/queue.png)";
    MISSING_ALT = "missing-alt", warning, "a picture has no description for those who don't see it", text "![](https://pictures.example/queue.png)";
}

/// Stands after the address of a picture that says nothing which the text doesn't. Every other viewer passes over it.
const DECORATIVE: &str = "decorative";

/// What is wrong with a picture; `described` if there are words in its square brackets.
pub fn faults(picture: &Reference, described: bool, path: &SourcePath) -> Vec<Diagnostic> {
    let mut faults = Vec::new();
    let decorative = match &picture.target {
        Target::Relative { anchor, .. } | Target::Site { anchor, .. } => anchor.as_deref() == Some(DECORATIVE),
        Target::Outside(url) => {
            faults.push(
                Diagnostic::new(OUTSIDE_PICTURE, "the picture is loaded from another host")
                    .help("save it beside the essay's `index.md`, or in `static/`, and show that file"),
            );
            url.ends_with("#decorative")
        }
        // It is reported as a link that leads nowhere.
        _ => true,
    };
    if !described && !decorative {
        faults.push(
            Diagnostic::new(MISSING_ALT, "the picture has no description for those who don't see it")
                .help("say in the square brackets what it shows: `![Queue length, rising from noon](queue.png)`")
                .help("if the text says all of it, end the address with `#decorative`"),
        );
    }
    faults.into_iter().map(|fault| fault.at(path, picture.span)).collect()
}
