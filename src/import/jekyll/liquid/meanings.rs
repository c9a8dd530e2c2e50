//! What Liquid's tags mean in Markdown: links to posts and files, embeds, pictures, plain files that are included. Knows meanings, not
//! where tags begin and end.

use crate::import::bodies::{LOST, Remark, to_key};
use crate::import::report::Report;
use crate::import::source::{self, SourceFile};
use crate::import::write::{Figure, Meaning};

use super::super::tags::{Tag, arguments};
use super::{Liquid, MAX_DEPTH, UNKNOWN};

/// The arguments of a tag: values with a name, and others by their place.
struct Arguments(Vec<(String, String)>);

impl Arguments {
    /// The first that is not empty of those with one of `names`.
    fn named(&self, names: &[&str]) -> Option<&str> {
        let found = names.iter().find_map(|name| self.0.iter().find(|(known, _)| known == name));
        found.map(|(_, value)| value.as_str()).filter(|value| !value.is_empty())
    }

    /// The `n`th without a name.
    fn at(&self, n: usize) -> Option<&str> {
        self.0.iter().filter(|(name, _)| name.is_empty()).nth(n).map(|(_, value)| value.as_str())
    }
}

impl Liquid<'_> {
    /// What `tag` in `text` means; none where it is not known.
    pub(super) fn tag(&self, tag: &Tag, text: &str, depth: usize, remarks: &mut Vec<Remark>) -> Option<Meaning> {
        let arguments = Arguments(arguments(&tag.rest));
        let lone = |address: String| Some(Meaning::Block(format!("<{address}>")));
        let id = || arguments.at(0).or_else(|| arguments.named(&["id"]));
        match tag.name.as_str() {
            "post_url" | "link" => Some(self.link(tag, text, remarks)),
            "gist" => lone(format!("https://gist.github.com/{}", arguments.at(0)?)),
            "youtube" => lone(format!("https://www.youtube.com/watch?v={}", id()?)),
            "vimeo" => lone(format!("https://vimeo.com/{}", id()?)),
            "twitter" | "tweet" => lone(arguments.at(0).filter(|address| address.contains("://"))?.to_owned()),
            "image" | "img" | "picture" | "figure" | "image_with_class" => self.picture(&arguments),
            "asset_path" | "asset" | "static" => {
                Some(Meaning::Inline(format!("/assets/{}", arguments.at(0)?.trim_start_matches('/'))))
            }
            "include" | "include_relative" => self.included(tag, &arguments, depth, remarks),
            _ => None,
        }
    }

    /// The address of a post or a file, as a link unless one is written around it.
    fn link(&self, tag: &Tag, text: &str, remarks: &mut Vec<Remark>) -> Meaning {
        let target = self.value(&tag.rest).unwrap_or_else(|| tag.rest.clone());
        let key = if tag.name == "link" { self.file_key(&target) } else { self.post_key(&target) };
        let destination = match key {
            Some(key) => to_key(&key, ""),
            None if tag.name == "link" && self.source.join(target.trim_start_matches('/')).is_file() => {
                format!("/{}", target.trim_start_matches('/'))
            }
            None => {
                let why = format!("`{target}`: the words stay");
                remarks.push((tag.range.start, "links to texts that are not there", why));
                LOST.to_owned()
            }
        };
        let before = text[..tag.range.start].trim_end_matches(' ');
        let is_destination = ["](", "](<", "=\"", "='", "]:"].iter().any(|mark| before.ends_with(mark));
        Meaning::Inline(if is_destination { destination } else { format!("[{target}]({destination})") })
    }

    fn picture(&self, arguments: &Arguments) -> Option<Meaning> {
        let all = &arguments.0;
        let src = arguments
            .named(&["src", "url", "path"])
            .or_else(|| all.iter().map(|(_, value)| value.as_str()).find(|value| is_picture(value)))?;
        let mut after = all.iter().skip_while(|(_, value)| value != src).skip(1);
        let words =
            || after.find(|(name, value)| name.is_empty() && value.contains(' ')).map(|(_, value)| value.as_str());
        let alt = arguments.named(&["alt"]).or_else(words).unwrap_or_default().to_owned();
        let caption = arguments.named(&["caption", "title"]).unwrap_or_default().to_owned();
        let src = self.value(src).unwrap_or_else(|| src.to_owned());
        let src = src.strip_prefix("./").map_or(src.clone(), |rest| format!("/{rest}"));
        Some(Meaning::Inline(Figure { src, alt, caption, link: None }.markdown()))
    }

    /// A picture or a film where a file of that name is included, as themes have them; else the file.
    fn included(&self, tag: &Tag, arguments: &Arguments, depth: usize, remarks: &mut Vec<Remark>) -> Option<Meaning> {
        let file = arguments.at(0)?;
        let name = file.rsplit('/').next().unwrap_or(file);
        let stem = name.trim_end_matches(".html").trim_end_matches(".md").to_lowercase();
        let value = |written: &str| self.value(written).unwrap_or_else(|| written.to_owned());
        if ["figure", "image", "img", "picture", "photo"].iter().any(|part| stem.contains(part))
            && let Some(src) = arguments.named(&["src", "url", "image", "image_path", "path", "file", "filename"])
        {
            let text = |names: &[&str]| arguments.named(names).map(value).unwrap_or_default();
            let figure = Figure {
                src: value(src),
                alt: text(&["alt", "alt_text"]),
                caption: text(&["caption", "description"]),
                link: arguments.named(&["link", "href"]).map(str::to_owned),
            };
            return Some(Meaning::Inline(figure.markdown()));
        }
        if let "youtube" | "youtubeplayer" | "youtube-embed" | "video" = stem.as_str()
            && let Some(id) = arguments.named(&["id", "youtube_id", "video_id"])
        {
            return Some(Meaning::Block(format!("<https://www.youtube.com/watch?v={id}>")));
        }
        self.include(tag, file, &arguments.0, depth, remarks)
    }

    /// A plain file of `_includes/`, or beside the text.
    fn include(
        &self,
        tag: &Tag,
        file: &str,
        arguments: &[(String, String)],
        depth: usize,
        remarks: &mut Vec<Remark>,
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
        remarks.append(&mut inner);
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
}

fn is_picture(path: &str) -> bool {
    let lower = path.to_lowercase();
    [".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".avif"].iter().any(|ending| lower.ends_with(ending))
}
