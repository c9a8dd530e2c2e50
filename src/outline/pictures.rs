//! What a picture in a text lacks: words for those who don't see it, a file of the site's own. Knows how it is written, not
//! what the file holds.

use crate::diagnostic::{Diagnostic, rules};
use crate::fields::shortened;
use crate::model::SourcePath;

use super::document::{Reference, ReferenceKind};
use super::target::Target;

rules! {
    OUTSIDE_PICTURE = "outside-picture", warning, "a picture is loaded from another host", text "![A queue](https://pictures.example/queue.png)";
    MISSING_ALT = "missing-alt", warning, "a picture has no description for those who don't see it", text "![](https://pictures.example/queue.png)";
}

/// Stands after the address of a picture that says nothing which the text doesn't. Every other viewer passes over it.
const DECORATIVE: &str = "decorative";

/// What a picture is to be shown as, in pixels, where its description ends in that.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shown {
    pub width: u32,
    pub height: Option<u32>,
}

/// A description without the size at its end, as Obsidian writes it: `A queue|300`, `A queue|300x200`. Of `![[queue.png|300]]`
/// it is all there is.
pub fn sized(description: &str, is_wikilink: bool) -> (&str, Option<Shown>) {
    let (words, size) = description.rsplit_once('|').unwrap_or(("", if is_wikilink { description } else { "" }));
    match shown(size.trim()) {
        Some(shown) => (words.trim_end(), Some(shown)),
        None => (description, None),
    }
}

fn shown(size: &str) -> Option<Shown> {
    let side = |text: &str| text.parse::<u32>().ok().filter(|side| (1..=10_000).contains(side));
    match size.split_once('x') {
        Some((width, height)) => Some(Shown { width: side(width)?, height: Some(side(height)?) }),
        None => Some(Shown { width: side(size)?, height: None }),
    }
}

/// Hosts of films and posts, which other programs show where a picture would stand.
const OF_PAGES: [&str; 8] =
    ["youtube.com", "youtu.be", "vimeo.com", "twitter.com", "x.com", "bsky.app", "mastodon.social", "linkedin.com"];

/// Whether the address is that of a film or a post.
fn is_page(url: &str) -> bool {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = rest.split('/').next().unwrap_or_default();
    let host = host.strip_prefix("www.").or_else(|| host.strip_prefix("m.")).unwrap_or(host);
    OF_PAGES.contains(&host)
}

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
        Target::Outside(url) if is_page(url) => {
            faults.push(Diagnostic::new(OUTSIDE_PICTURE, "the address is that of a page, which is no picture").help(
                format!("write `<{}>` on a line of its own: it becomes a card that leads there", shortened(url)),
            ));
            true
        }
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

#[cfg(test)]
mod tests {
    use super::{Shown, sized};

    #[test]
    fn a_size_stands_at_the_end_of_a_description() {
        let of = |width, height| Some(Shown { width, height });
        assert_eq!(sized("A queue|300", false), ("A queue", of(300, None)));
        assert_eq!(sized("A | b |300x200", false), ("A | b", of(300, Some(200))));
        assert_eq!(sized("300", true), ("", of(300, None)));
        for (text, is_wikilink) in
            [("300", false), ("A|b", true), ("A|0", false), ("A|20000", false), ("queue.png", true), ("A|-3", false)]
        {
            assert_eq!(sized(text, is_wikilink), (text, None));
        }
    }
}
