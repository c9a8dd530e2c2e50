//! What Liquid means in a body: links to posts and files, addresses, code, pictures, plain files. What decides or loops stays as text
//! and is told. Nothing is run.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::Path;

use crate::import::bodies::{Code, Draft, Edit, LOST, Told, to_key};
use crate::import::links::Around;
use crate::import::report::Report;
use crate::import::source::{self, SourceFile};
use crate::import::text::Text;
use crate::import::write::{self, Figure, Meaning, quoted_text};

use super::tags::{Tag, arguments, tags};

/// What the report calls tags that stay.
const UNKNOWN: &str = "Liquid that is not known";
/// How deep included files may include others.
const MAX_DEPTH: usize = 5;

struct Liquid<'a> {
    source: &'a Path,
    text: &'a Text,
    around: &'a Around<'a>,
    /// What `assign` and `capture` gave names to.
    variables: RefCell<BTreeMap<String, String>>,
}

/// Replaces all tags and outputs of the body.
pub fn run(draft: &mut Draft<'_>, source: &Path, text: &Text, around: &Around<'_>, report: &mut Report) {
    let liquid = Liquid { source, text, around, variables: RefCell::default() };
    let mut told = Vec::new();
    let edits = liquid.edits(draft.text(), 0, &mut told);
    draft.tell(told, report);
    draft.apply(edits);
}

impl Liquid<'_> {
    fn edits(&self, text: &str, depth: usize, told: &mut Vec<Told>) -> Vec<Edit> {
        let (found, code) = (tags(text), Code::of(text));
        let mut edits = Vec::new();
        let mut n = 0;
        while let Some(tag) = found.get(n) {
            n += 1;
            let is_code = code.holds(tag.range.start);
            let end_of = |name: &str| found.iter().enumerate().skip(n).find(|(_, other)| other.name == name);
            match tag.name.as_str() {
                "raw" | "endraw" => {
                    edits.push(Edit::new(tag.range.clone(), ""));
                    continue;
                }
                "comment" => {
                    if let Some((close, end)) = end_of("endcomment") {
                        edits.push(Edit::new(tag.range.start..end.range.end, ""));
                        n = close + 1;
                        continue;
                    }
                }
                "assign" if !is_code => {
                    if let Some((name, value)) = tag.rest.split_once('=')
                        && let Some(value) = self.output(value, tag.range.start, told)
                    {
                        self.variables.borrow_mut().insert(name.trim().to_owned(), value);
                        edits.push(Edit::new(tag.range.clone(), ""));
                        continue;
                    }
                }
                "capture" if !is_code && depth < MAX_DEPTH => {
                    if let Some((close, end)) = end_of("endcapture") {
                        let inner =
                            self.run_inside(&text[tag.range.end..end.range.start], depth, tag.range.start, told);
                        self.variables.borrow_mut().insert(tag.rest.trim_matches(['"', '\'']).to_owned(), inner);
                        edits.push(Edit::new(tag.range.start..end.range.end, ""));
                        n = close + 1;
                        continue;
                    }
                }
                "highlight" if !is_code => {
                    if let Some((close, end)) = end_of("endhighlight") {
                        let language = tag.rest.split_whitespace().next().unwrap_or_default();
                        let inner = &text[tag.range.end..end.range.start];
                        let inner = inner.replace("{% raw %}", "").replace("{% endraw %}", "");
                        let (Meaning::Block(block) | Meaning::Inline(block)) = write::fence(language, &inner, true);
                        edits.push(Edit::new(tag.range.start..end.range.end, block));
                        n = close + 1;
                        continue;
                    }
                }
                _ => {}
            }
            let meaning = if tag.is_output() {
                self.output(&tag.rest, tag.range.start, told).map(Meaning::Inline)
            } else {
                self.tag(tag, text, depth, told)
            };
            match meaning {
                Some(Meaning::Inline(words) | Meaning::Block(words)) => edits.push(Edit::new(tag.range.clone(), words)),
                None if is_code => {}
                None => {
                    let written = &text[tag.range.clone()];
                    told.push((
                        tag.range.start,
                        "Liquid that is not known",
                        format!("`{}` stays as text", shown(written)),
                    ));
                    edits.push(Edit::new(tag.range.clone(), quoted_text(written)));
                }
            }
        }
        edits
    }

    /// `text` with its tags replaced; what is told of it stands at byte `at` of the text around.
    fn run_inside(&self, text: &str, depth: usize, at: usize, told: &mut Vec<Told>) -> String {
        let mut inner = Vec::new();
        let mut edits = self.edits(text, depth + 1, &mut inner);
        told.extend(inner.into_iter().map(|(_, what, why)| (at, what, why)));
        edits.sort_by_key(|edit| std::cmp::Reverse(edit.range.start));
        edits.into_iter().fold(text.to_owned(), |mut text, edit| {
            text.replace_range(edit.range, &edit.with);
            text
        })
    }

    fn tag(&self, tag: &Tag, text: &str, depth: usize, told: &mut Vec<Told>) -> Option<Meaning> {
        let arguments = arguments(&tag.rest);
        let named = |names: &[&str]| {
            let found = names.iter().find_map(|name| arguments.iter().find(|(known, _)| known == name));
            found.map(|(_, value)| value.as_str()).filter(|value| !value.is_empty())
        };
        let at =
            |n: usize| arguments.iter().filter(|(name, _)| name.is_empty()).nth(n).map(|(_, value)| value.as_str());
        let lone = |address: String| Some(Meaning::Block(format!("<{address}>")));
        match tag.name.as_str() {
            "post_url" | "link" => {
                let target = self.value(&tag.rest).unwrap_or_else(|| tag.rest.clone());
                let key = if tag.name == "link" { self.file_key(&target) } else { self.post_key(&target) };
                let destination = match key {
                    Some(key) => to_key(&key, ""),
                    None if tag.name == "link" && self.source.join(target.trim_start_matches('/')).is_file() => {
                        format!("/{}", target.trim_start_matches('/'))
                    }
                    None => {
                        told.push((
                            tag.range.start,
                            "links to texts that are not there",
                            format!("`{target}`: the words stay"),
                        ));
                        LOST.to_owned()
                    }
                };
                let before = &text[..tag.range.start];
                let is_destination = ["](", "](<", "=\"", "='", "]: "]
                    .iter()
                    .any(|mark| before.trim_end_matches(' ').ends_with(mark.trim_end()));
                Some(Meaning::Inline(if is_destination { destination } else { format!("[{target}]({destination})") }))
            }
            "gist" => lone(format!("https://gist.github.com/{}", at(0)?)),
            "youtube" => lone(format!("https://www.youtube.com/watch?v={}", at(0).or_else(|| named(&["id"]))?)),
            "vimeo" => lone(format!("https://vimeo.com/{}", at(0).or_else(|| named(&["id"]))?)),
            "twitter" | "tweet" => lone(at(0).filter(|address| address.contains("://"))?.to_owned()),
            "image" | "img" | "picture" | "figure" | "image_with_class" => {
                let src = named(&["src", "url", "path"])
                    .or_else(|| arguments.iter().map(|(_, value)| value.as_str()).find(|value| is_picture(value)))?;
                let after = arguments.iter().skip_while(|(_, value)| value != src).skip(1);
                let alt = named(&["alt"]).or_else(|| {
                    let mut words = after.filter(|(name, value)| name.is_empty() && value.contains(' '));
                    words.next().map(|(_, value)| value.as_str())
                });
                let caption = named(&["caption", "title"]).unwrap_or_default().to_owned();
                let src = self.value(src).unwrap_or_else(|| src.to_owned());
                let src = src.strip_prefix("./").map_or(src.clone(), |rest| format!("/{rest}"));
                Some(Meaning::Inline(
                    Figure { src, alt: alt.unwrap_or_default().to_owned(), caption, link: None }.markdown(),
                ))
            }
            "asset_path" | "asset" | "static" => {
                Some(Meaning::Inline(format!("/assets/{}", at(0)?.trim_start_matches('/'))))
            }
            "include" | "include_relative" => {
                let file = at(0)?;
                let stem = file
                    .rsplit('/')
                    .next()
                    .unwrap_or(file)
                    .trim_end_matches(".html")
                    .trim_end_matches(".md")
                    .to_lowercase();
                if ["figure", "image", "img", "picture", "photo"].iter().any(|part| stem.contains(part))
                    && let Some(src) = named(&["src", "url", "image", "image_path", "path", "file", "filename"])
                {
                    let text = |names: &[&str]| {
                        named(names).map(|text| self.value(text).unwrap_or_else(|| text.to_owned())).unwrap_or_default()
                    };
                    let figure = Figure {
                        src: self.value(src).unwrap_or_else(|| src.to_owned()),
                        alt: text(&["alt", "alt_text"]),
                        caption: text(&["caption", "description"]),
                        link: named(&["link", "href"]).map(str::to_owned),
                    };
                    return Some(Meaning::Inline(figure.markdown()));
                }
                if let "youtube" | "youtubeplayer" | "youtube-embed" | "video" = stem.as_str()
                    && let Some(id) = named(&["id", "youtube_id", "video_id"])
                {
                    return lone(format!("https://www.youtube.com/watch?v={id}"));
                }
                self.include(tag, file, &arguments, depth, told)
            }
            _ => None,
        }
    }

    /// A plain file of `_includes/`, or beside the text.
    fn include(
        &self,
        tag: &Tag,
        file: &str,
        arguments: &[(String, String)],
        depth: usize,
        told: &mut Vec<Told>,
    ) -> Option<Meaning> {
        let folder = match tag.name.as_str() {
            "include_relative" => self.text.place.file.rsplit_once('/').map_or("", |(folder, _)| folder),
            _ => "_includes",
        };
        let path = crate::model::SourcePath::resolve(folder, file).filter(|_| depth < MAX_DEPTH)?;
        let disk = self.source.join(&path);
        if !std::fs::symlink_metadata(&disk).is_ok_and(|metadata| metadata.is_file()) {
            return None;
        }
        let mut text = source::read(&SourceFile { path, disk }, &mut Report::default())?;
        for (name, value) in arguments.iter().filter(|(name, _)| !name.is_empty()) {
            text = text
                .replace(&format!("{{{{ include.{name} }}}}"), value)
                .replace(&format!("{{{{include.{name}}}}}"), value);
        }
        let mut inner = Vec::new();
        let shown = self.run_inside(&text, depth, tag.range.start, &mut inner);
        if inner.iter().any(|(_, what, _)| *what == UNKNOWN) {
            return None;
        }
        told.append(&mut inner);
        Some(Meaning::Block(shown.trim().to_owned()))
    }

    /// The key of the post that is called `2015-01-02-first`, or has the path above it.
    fn post_key(&self, name: &str) -> Option<String> {
        let name = name.trim_matches(['"', '\'', '/']).trim();
        let (folder, stem) = name.rsplit_once('/').map_or(("", name), |(folder, stem)| (folder, stem));
        let mut called = self.around.names.called(stem).filter(|entry| entry.key.contains(folder));
        called.next().map(|entry| entry.key.clone())
    }

    /// The key of the file at `path`.
    fn file_key(&self, path: &str) -> Option<String> {
        let path = path.trim_matches(['"', '\'']).trim_start_matches('/');
        self.around.names.by_key(path).map(|entry| entry.key.clone())
    }

    /// What an output prints: a text or a value of the site, and filters that leave it one.
    fn output(&self, expression: &str, at: usize, told: &mut Vec<Told>) -> Option<String> {
        let mut parts = expression.split('|').map(str::trim);
        let mut value = self.value(parts.next()?)?;
        for filter in parts {
            let (name, argument) =
                filter.split_once(':').map_or((filter, ""), |(name, argument)| (name.trim(), argument.trim()));
            value = match name {
                "relative_url" | "absolute_url" | "url" | "asAbsoluteUrl" => from_root(&value),
                "prepend" => format!("{}{value}", self.value(argument)?),
                "append" => format!("{value}{}", self.value(argument)?),
                "markdownify" | "safe" | "default" | "escape" | "xml_escape" | "strip" | "uri_escape"
                | "cgi_escape" | "strip_newlines" => value.trim().to_owned(),
                "downcase" => value.to_lowercase(),
                "upcase" => value.to_uppercase(),
                "remove" => value.replace(&self.value(argument)?, ""),
                // Liquid passes on what a filter that it does not know is given.
                name => {
                    told.push((
                        at,
                        "filters that are not known",
                        format!("`{name}`: `{}` stays", crate::fields::shortened(&value)),
                    ));
                    value
                }
            };
        }
        Some(value)
    }

    fn value(&self, written: &str) -> Option<String> {
        let written = written.trim();
        for quote in ['"', '\''] {
            if let Some(inner) = written.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote)) {
                return (!inner.contains(quote)).then(|| inner.to_owned());
            }
        }
        let old = self.around.old;
        match written {
            "site.baseurl" | "site.url" | "site.host" | "site.github.url" | "baseurl" => Some(String::new()),
            "site.title" | "site.name" => old.title.clone(),
            "site.description" => old.description.clone(),
            "page.title" => Some(self.text.title.clone()),
            "page.url" | "page.id" => self.text.addresses.first().cloned(),
            "page.author" => self.text.authors.first().cloned(),
            name => self.variables.borrow().get(name).cloned(),
        }
    }
}

fn from_root(path: &str) -> String {
    if path.starts_with('/') || path.contains("://") { path.to_owned() } else { format!("/{path}") }
}

fn is_picture(path: &str) -> bool {
    let lower = path.to_lowercase();
    [".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".avif"].iter().any(|ending| lower.ends_with(ending))
}

fn shown(text: &str) -> String {
    crate::fields::shortened(&text.split_whitespace().collect::<Vec<_>>().join(" ")).to_string()
}
