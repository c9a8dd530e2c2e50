//! What shortcodes mean in Markdown: Hugo's own, those that many themes have, and a site's own where their template is plain. Knows
//! meanings, not the form of tags.

use crate::import::bodies::Remark;
use crate::import::write::{self, Figure, Meaning};

use super::super::tags::Tag;
use super::super::templates;
use super::Context;
use super::place::Place;

/// Boxes that themes draw, and the alert that each becomes.
const ALERTS: [(&str, &str); 16] = [
    ("note", "NOTE"),
    ("info", "NOTE"),
    ("notice", "NOTE"),
    ("callout", "NOTE"),
    ("alert", "NOTE"),
    ("admonition", "NOTE"),
    ("hint", "TIP"),
    ("tip", "TIP"),
    ("success", "TIP"),
    ("important", "IMPORTANT"),
    ("warning", "WARNING"),
    ("warn", "WARNING"),
    ("caution", "CAUTION"),
    ("danger", "CAUTION"),
    ("error", "CAUTION"),
    ("question", "NOTE"),
];

impl Context<'_> {
    /// What `tag` with `inner` between it and its end means; none where it is not known.
    pub(super) fn meaning(
        &self,
        tag: &Tag,
        inner: Option<&str>,
        place: &Place,
        depth: usize,
        remarks: &mut Vec<Remark>,
    ) -> Option<Meaning> {
        let at = tag.range.start;
        let name = tag.name.trim_end_matches(".html").to_lowercase();
        let mut inside = |context: &Self| context.expanded(inner.unwrap_or_default(), depth, remarks, at);
        match name.as_str() {
            "ref" | "relref" => self.reference(tag, place, remarks),
            "figure" | "img" | "image" | "imgproc" => Some(place.set(figure(tag)?)),
            "youtube" | "vimeo" | "instagram" | "instagram_simple" | "x" | "tweet" | "twitter" | "twitter_simple"
            | "x_simple" | "gist" => Some(lone(&address(&name, tag)?)),
            "highlight" | "code" | "codeblock" => inner.map(|inner| write::fence(language(tag), inner, place.is_alone)),
            "hl" => inner.map(|inner| Meaning::Inline(write::code_span(inner.trim()))),
            "mermaid" => inner.map(|inner| write::fence("mermaid", inner, true)),
            "code-toggle" => {
                let Some(inner) = inner.map(str::trim).filter(|inner| !inner.is_empty()) else {
                    let why = "`code-toggle` without content was left out".to_owned();
                    remarks.push((at, "code that stands in data of the old site", why));
                    return Some(Meaning::Inline(String::new()));
                };
                Some(write::fence(write::language_of(inner), inner, true))
            }
            "details" | "expand" | "collapse" => Some(details(tag, inside(self).trim())),
            "new-in" | "deprecated-in" => {
                let version = tag.at(0)?.trim_start_matches(['v', 'V']);
                let words = if name == "new-in" { "New in" } else { "Deprecated in" };
                let words = format!("**{words} v{version}**");
                match inside(self).trim() {
                    "" => Some(Meaning::Inline(words)),
                    inner => Some(Meaning::Block(write::alert("NOTE", &format!("{words} {inner}")))),
                }
            }
            "include" | "readfile" | "import" | "include-html" | "snippet" => {
                self.include(tag.get("file", 0)?, depth, remarks, at)
            }
            "comment" => Some(Meaning::Inline(String::new())),
            "rawhtml" | "raw" | "html" | "unsafe" => {
                inner.map(|inner| Meaning::Block(inner.trim_matches('\n').to_owned()))
            }
            "markdown" | "md" | "div" | "columns" | "column" | "center" | "block" if inner.is_some() => {
                Some(Meaning::Block(inside(self).trim_matches('\n').to_owned()))
            }
            "quote" | "blockquote" | "pullquote" if inner.is_some() => Some(quotation(tag, inside(self).trim())),
            name if inner.is_some() && alert(name).is_some() => Some(alert_of(tag, name, inside(self).trim())),
            _ => Some(place.set(templates::expand(self.source, &tag.name, tag, &inside(self))?)),
        }
    }
}

fn figure(tag: &Tag) -> Option<String> {
    let src = tag.named("src").or_else(|| tag.at(0)).filter(|src| !src.is_empty())?;
    let named = |name: &str| tag.named(name).unwrap_or_default().to_owned();
    let figure = Figure {
        src: src.to_owned(),
        alt: named("alt"),
        caption: caption(&[named("title"), named("caption"), named("attr")]),
        link: tag.named("link").map(str::to_owned),
    };
    Some(figure.markdown())
}

/// Where what `tag` embeds can be seen.
fn address(name: &str, tag: &Tag) -> Option<String> {
    Some(match name {
        "youtube" => format!("https://www.youtube.com/watch?v={}", tag.get("id", 0)?),
        "vimeo" => format!("https://vimeo.com/{}", tag.get("id", 0)?),
        "instagram" | "instagram_simple" => format!("https://www.instagram.com/p/{}/", tag.get("id", 0)?),
        "gist" => format!("https://gist.github.com/{}/{}", tag.at(0)?, tag.at(1)?),
        _ => {
            let id = tag.named("id").or_else(|| tag.at(0))?;
            format!("https://x.com/{}/status/{id}", tag.named("user").unwrap_or("i"))
        }
    })
}

fn language(tag: &Tag) -> &str {
    let language = tag.named("lang").or_else(|| tag.named("file")).or_else(|| tag.at(0)).unwrap_or_default();
    language.rsplit('.').next().unwrap_or_default()
}

fn details(tag: &Tag, inner: &str) -> Meaning {
    let summary = tag.named("summary").or_else(|| tag.named("title")).or_else(|| tag.at(0)).unwrap_or("Details");
    let open = if tag.named("open").is_some_and(|open| open != "false") { " open" } else { "" };
    let summary = write::html_text(summary);
    Meaning::Block(format!("<details{open}>\n<summary>{summary}</summary>\n\n{inner}\n\n</details>"))
}

fn quotation(tag: &Tag, inner: &str) -> Meaning {
    let author = tag.named("author").or_else(|| tag.named("cite"));
    let author = author.map(|author| format!("\n\n\u{2014} {author}")).unwrap_or_default();
    Meaning::Block(write::quotation(&format!("{inner}{author}")))
}

/// The alert that a box of this name becomes.
fn alert(name: &str) -> Option<&'static str> {
    ALERTS.iter().find(|(known, _)| *known == name).map(|(_, kind)| *kind)
}

fn alert_of(tag: &Tag, name: &str, inner: &str) -> Meaning {
    let kind = tag.named("type").or_else(|| tag.named("kind")).or_else(|| tag.at(0)).unwrap_or(name).to_lowercase();
    let kind = alert(&kind).or_else(|| alert(name)).unwrap_or("NOTE");
    let title = tag.named("title").map(|title| format!("**{title}**\n\n")).unwrap_or_default();
    Meaning::Block(write::alert(kind, &format!("{title}{inner}")))
}

fn lone(address: &str) -> Meaning {
    Meaning::Block(format!("<{}>", address.replace([' ', '<', '>'], "")))
}

/// The parts of a caption as one.
fn caption(parts: &[String]) -> String {
    let parts: Vec<&str> = parts.iter().map(|part| part.trim()).filter(|part| !part.is_empty()).collect();
    parts.join(" ")
}
