//! What shortcodes mean in Markdown: Hugo's own, those that many themes have, and a site's own where their template is plain. One that
//! is not known stays as text and is told. Knows meanings, not the form of tags.

use std::path::Path;

use crate::import::bodies::{Code, Draft, Edit, LOST, Told, quoted_text, to_key};
use crate::import::links::Around;
use crate::import::report::Report;
use crate::import::source::{self, SourceFile};
use crate::import::text::Text;
use crate::import::write::{self, Figure, Meaning};

use super::tags::{Tag, tags};
use super::templates;

/// How deep texts may take in each other.
const MAX_DEPTH: usize = 5;
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

/// What is around a shortcode.
struct Context<'a> {
    source: &'a Path,
    text: &'a Text,
    around: &'a Around<'a>,
}

/// Replaces all shortcodes of the body.
pub fn expand(draft: &mut Draft<'_>, source: &Path, text: &Text, around: &Around<'_>, report: &mut Report) {
    let context = Context { source, text, around };
    let mut told = Vec::new();
    let edits = context.edits(draft.text(), 0, &mut told);
    draft.tell(told, report);
    draft.apply(edits);
}

impl Context<'_> {
    /// The changes of `text`.
    fn edits(&self, text: &str, depth: usize, told: &mut Vec<Told>) -> Vec<Edit> {
        let (found, code) = (tags(text), Code::of(text));
        let mut edits = Vec::new();
        let mut n = 0;
        while let Some(tag) = found.get(n) {
            n += 1;
            let written = &text[tag.range.clone()];
            if tag.is_shown {
                let shown = written.replacen("/*", "", 1);
                let shown =
                    shown.rfind("*/").map_or(shown.clone(), |at| format!("{}{}", &shown[..at], &shown[at + 2..]));
                let is_code = code.holds(tag.range.start);
                edits.push(Edit::new(tag.range.clone(), if is_code { shown } else { quoted_text(&shown) }));
                continue;
            }
            if code.holds(tag.range.start) {
                told.push((tag.range.start, "shortcodes in code", format!("`{}` stays as text", tag.name)));
                continue;
            }
            let close = closing(&found, n - 1);
            let end = close.map_or(tag.range.end, |close| found[close].range.end);
            let inner = close.map(|close| &text[tag.range.end..found[close].range.start]);
            let place = Place::of(text, tag.range.start, end);
            match self.meaning(tag, inner, &place, depth, told) {
                Some(Meaning::Block(block)) => {
                    edits.push(Edit::new(tag.range.start..end, place.block(text, tag.range.start, end, &block)));
                    n = close.map_or(n, |close| close + 1);
                }
                Some(Meaning::Inline(words)) => {
                    edits.push(Edit::new(tag.range.start..end, words));
                    n = close.map_or(n, |close| close + 1);
                }
                None => {
                    if !tag.is_closing {
                        let why = format!("`{}` stays as text", tag.name);
                        told.push((tag.range.start, "shortcodes that are not known", why));
                    }
                    edits.push(Edit::new(tag.range.clone(), quoted_text(written)));
                }
            }
        }
        edits
    }

    /// `text` with its shortcodes replaced.
    fn expanded(&self, text: &str, depth: usize, told: &mut Vec<Told>, at: usize) -> String {
        let mut inner_told = Vec::new();
        let mut edits = self.edits(text, depth, &mut inner_told);
        told.extend(inner_told.into_iter().map(|(_, what, why)| (at, what, why)));
        edits.sort_by_key(|edit| std::cmp::Reverse(edit.range.start));
        edits.into_iter().fold(text.to_owned(), |mut text, edit| {
            text.replace_range(edit.range, &edit.with);
            text
        })
    }

    fn meaning(
        &self,
        tag: &Tag,
        inner: Option<&str>,
        place: &Place,
        depth: usize,
        told: &mut Vec<Told>,
    ) -> Option<Meaning> {
        let at = tag.range.start;
        let name = tag.name.trim_end_matches(".html").to_lowercase();
        let mut inside = |context: &Self| context.expanded(inner.unwrap_or_default(), depth, told, at);
        match name.as_str() {
            "ref" | "relref" => self.reference(tag, place, told),
            "figure" | "img" | "image" | "imgproc" => {
                let src = tag.named("src").or_else(|| tag.at(0)).filter(|src| !src.is_empty())?;
                let named =
                    |names: &[&str]| names.iter().find_map(|name| tag.named(name)).unwrap_or_default().to_owned();
                let figure = Figure {
                    src: src.to_owned(),
                    alt: named(&["alt"]),
                    caption: caption(&[named(&["title"]), named(&["caption"]), named(&["attr"])]),
                    link: tag.named("link").map(str::to_owned),
                };
                Some(if place.is_alone {
                    Meaning::Block(figure.markdown())
                } else {
                    Meaning::Inline(figure.markdown())
                })
            }
            "youtube" => Some(lone(format!("https://www.youtube.com/watch?v={}", tag.get("id", 0)?))),
            "vimeo" => Some(lone(format!("https://vimeo.com/{}", tag.get("id", 0)?))),
            "instagram" | "instagram_simple" => {
                Some(lone(format!("https://www.instagram.com/p/{}/", tag.get("id", 0)?)))
            }
            "x" | "tweet" | "twitter" | "twitter_simple" | "x_simple" => {
                let id = tag.named("id").or_else(|| tag.at(0))?;
                let user = tag.named("user").unwrap_or("i");
                Some(lone(format!("https://x.com/{user}/status/{id}")))
            }
            "gist" => Some(lone(format!("https://gist.github.com/{}/{}", tag.at(0)?, tag.at(1)?))),
            "highlight" | "code" | "codeblock" => {
                let language =
                    tag.named("lang").or_else(|| tag.named("file")).or_else(|| tag.at(0)).unwrap_or_default();
                let language = language.rsplit('.').next().unwrap_or_default();
                inner.map(|inner| write::fence(language, inner, place.is_alone))
            }
            "hl" => inner.map(|inner| Meaning::Inline(write::code_span(inner.trim()))),
            "mermaid" => inner.map(|inner| write::fence("mermaid", inner, true)),
            "code-toggle" => {
                let inner = inner.map(str::trim).filter(|inner| !inner.is_empty());
                let Some(inner) = inner else {
                    told.push((
                        at,
                        "code that stands in data of the old site",
                        "`code-toggle` without content was left out".to_owned(),
                    ));
                    return Some(Meaning::Inline(String::new()));
                };
                Some(write::fence(write::language_of(inner), inner, true))
            }
            "details" | "expand" | "collapse" => {
                let summary =
                    tag.named("summary").or_else(|| tag.named("title")).or_else(|| tag.at(0)).unwrap_or("Details");
                let open = if tag.named("open").is_some_and(|open| open != "false") { " open" } else { "" };
                let summary = write::html_text(summary);
                let inner = inside(self);
                Some(Meaning::Block(format!(
                    "<details{open}>\n<summary>{summary}</summary>\n\n{}\n\n</details>",
                    inner.trim()
                )))
            }
            "new-in" | "deprecated-in" => {
                let version = tag.at(0)?.trim_start_matches(['v', 'V']);
                let words = if name == "new-in" { "New in" } else { "Deprecated in" };
                let inner = inside(self);
                match inner.trim() {
                    "" => Some(Meaning::Inline(format!("**{words} v{version}**"))),
                    inner => Some(Meaning::Block(write::alert("NOTE", &format!("**{words} v{version}** {inner}")))),
                }
            }
            "include" | "readfile" | "import" | "include-html" | "snippet" => {
                self.include(tag.get("file", 0)?, depth, told, at)
            }
            "comment" => Some(Meaning::Inline(String::new())),
            "rawhtml" | "raw" | "html" | "unsafe" => {
                inner.map(|inner| Meaning::Block(inner.trim_matches('\n').to_owned()))
            }
            "markdown" | "md" | "div" | "columns" | "column" | "center" | "block" if inner.is_some() => {
                Some(Meaning::Block(inside(self).trim_matches('\n').to_owned()))
            }
            "quote" | "blockquote" | "pullquote" if inner.is_some() => {
                let author =
                    tag.named("author").or_else(|| tag.named("cite")).map(|author| format!("\n\n\u{2014} {author}"));
                Some(Meaning::Block(write::quotation(&format!(
                    "{}{}",
                    inside(self).trim(),
                    author.unwrap_or_default()
                ))))
            }
            name if inner.is_some() && ALERTS.iter().any(|(known, _)| *known == name) => {
                let kind = tag
                    .named("type")
                    .or_else(|| tag.named("kind"))
                    .or_else(|| tag.at(0))
                    .unwrap_or(name)
                    .to_lowercase();
                let own = ALERTS
                    .iter()
                    .find(|(known, _)| *known == kind)
                    .or_else(|| ALERTS.iter().find(|(known, _)| *known == name));
                let title = tag.named("title").map(|title| format!("**{title}**\n\n")).unwrap_or_default();
                let inner = inside(self);
                Some(Meaning::Block(write::alert(
                    own.map_or("NOTE", |(_, kind)| kind),
                    &format!("{title}{}", inner.trim()),
                )))
            }
            _ => {
                let html = templates::expand(self.source, &tag.name, tag, &inside(self))?;
                Some(if place.is_alone { Meaning::Block(html) } else { Meaning::Inline(html) })
            }
        }
    }

    /// The address of another text.
    fn reference(&self, tag: &Tag, place: &Place, told: &mut Vec<Told>) -> Option<Meaning> {
        let target = tag.named("path").or_else(|| tag.at(0))?;
        let (path, anchor) = match target.split_once('#') {
            Some((path, anchor)) => (path, format!("#{anchor}")),
            None => (target, String::new()),
        };
        let destination = match path {
            "" => anchor.clone(),
            path => match self.find(path) {
                Some(key) => to_key(&key, &anchor),
                None => {
                    let what = "links to texts that are not there";
                    told.push((tag.range.start, what, format!("`{target}`: the words stay")));
                    LOST.to_owned()
                }
            },
        };
        Some(Meaning::Inline(if place.is_destination { destination } else { format!("[{path}]({destination})") }))
    }

    /// The key of the text that `path` means: from the root, beside this text, or by its name alone.
    fn find(&self, path: &str) -> Option<String> {
        let names = self.around.names;
        let bare = path.trim_matches('/');
        let stem = bare.strip_suffix(".md").unwrap_or(bare);
        let stem = stem.strip_suffix("/index").or_else(|| stem.strip_suffix("/_index")).unwrap_or(stem);
        let own = self.text.place.file.rsplit_once('/').map_or("", |(folder, _)| folder);
        let own_parent = own.rsplit_once('/').map_or("", |(folder, _)| folder);
        let roots = self.around.old.roots.iter().map(String::as_str);
        let beside = [own, own_parent].into_iter().filter(|_| !path.starts_with('/'));
        for folder in beside.chain(roots) {
            let Some(base) = crate::model::SourcePath::resolve(folder, stem) else { continue };
            for key in [format!("{base}.md"), format!("{base}/index.md"), format!("{base}/_index.md"), base.clone()] {
                if names.by_key(&key).is_some() {
                    return Some(key);
                }
            }
        }
        let name = stem.rsplit('/').next().unwrap_or(stem);
        let mut called = names.called(name);
        let only = called.next().filter(|_| !stem.contains('/'))?;
        called.next().is_none().then(|| only.key.clone())
    }

    /// The text of a plain file, or of a text that only others show.
    fn include(&self, path: &str, depth: usize, told: &mut Vec<Told>, at: usize) -> Option<Meaning> {
        let file = self.file(path).filter(|_| depth < MAX_DEPTH);
        let read = file.and_then(|file| {
            let text = source::read(&file, &mut Report::default())?;
            let parted = source::part(&text, &file.path, &mut Report::default());
            Some(parted.body.to_owned())
        });
        let Some(body) = read else {
            told.push((at, "files that were to be shown and are not there", format!("`{path}`")));
            return None;
        };
        Some(Meaning::Block(self.expanded(body.trim(), depth + 1, told, at)))
    }

    /// The file at `path` below a folder of texts, the source, or beside this text; nothing outside the source.
    fn file(&self, path: &str) -> Option<SourceFile> {
        let own = self.text.place.file.rsplit_once('/').map_or("", |(folder, _)| folder);
        let roots = self.around.old.roots.iter().map(String::as_str).chain([own, ""]);
        for root in roots {
            let Some(base) = crate::model::SourcePath::resolve(root, path.trim_start_matches('/')) else { continue };
            for candidate in
                [base.clone(), format!("{base}.md"), format!("{base}/index.md"), format!("{base}/_index.md")]
            {
                let disk = self.source.join(&candidate);
                if std::fs::symlink_metadata(&disk).is_ok_and(|metadata| metadata.is_file()) {
                    return Some(SourceFile { path: candidate, disk });
                }
            }
        }
        None
    }
}

/// How a shortcode stands in its text.
struct Place {
    /// Nothing else is on its lines.
    is_alone: bool,
    /// What stands before it on its line: white space, and marks of quotations.
    indent: String,
    /// It is where the destination of a link is written.
    is_destination: bool,
}

impl Place {
    fn of(text: &str, start: usize, end: usize) -> Self {
        let line = text[..start].rsplit('\n').next().unwrap_or_default();
        let after = text[end..].split('\n').next().unwrap_or_default();
        let is_alone = line.chars().all(|c| c.is_whitespace() || c == '>') && after.trim().is_empty();
        let is_destination = ["](", "](<", "=\"", "='", "="].iter().any(|before| text[..start].ends_with(before))
            || (line.starts_with('[') && line.trim_end().ends_with("]:"));
        Self { is_alone, indent: if is_alone { line.to_owned() } else { String::new() }, is_destination }
    }

    /// `block` on lines of its own, with an empty line before and after it.
    fn block(&self, text: &str, start: usize, end: usize, block: &str) -> String {
        let lines = block.replace('\n', &format!("\n{}", self.indent));
        let empty = format!("\n{}", self.indent.trim_end());
        let before = text[..start - self.indent.len()].trim_end_matches([' ', '\t']);
        let first = if before.is_empty() || before.ends_with("\n\n") || !self.is_alone {
            String::new()
        } else {
            format!("{}\n{}", self.indent.trim(), self.indent)
        };
        let has_empty_after = text[end..]
            .trim_start_matches([' ', '\t'])
            .strip_prefix('\n')
            .is_none_or(|rest| rest.is_empty() || rest.starts_with('\n'));
        let last = if has_empty_after || !self.is_alone { String::new() } else { empty };
        format!("{first}{lines}{last}")
    }
}

fn lone(address: String) -> Meaning {
    Meaning::Block(format!("<{}>", address.replace([' ', '<', '>'], "")))
}

/// The parts of a caption as one.
fn caption(parts: &[String]) -> String {
    let parts: Vec<&str> = parts.iter().map(|part| part.trim()).filter(|part| !part.is_empty()).collect();
    parts.join(" ")
}

/// The tag that closes the one at `n`.
fn closing(tags: &[Tag], n: usize) -> Option<usize> {
    let tag = &tags[n];
    if tag.is_closing || tag.is_whole {
        return None;
    }
    let mut depth = 0;
    for (at, other) in
        tags.iter().enumerate().skip(n + 1).filter(|(_, other)| other.name == tag.name && !other.is_shown)
    {
        match (other.is_closing, depth) {
            (true, 0) => return Some(at),
            (true, _) => depth -= 1,
            (false, _) if !other.is_whole => depth += 1,
            (false, _) => {}
        }
    }
    None
}
