//! Texts and files that shortcodes name: links to other texts, texts that are shown inside another. Reads nothing outside the source.

use crate::import::bodies::{LOST, Remark, to_key};
use crate::import::report::Report;
use crate::import::source::{self, SourceFile};
use crate::import::write::Meaning;

use super::super::tags::Tag;
use super::place::Place;
use super::{Context, MAX_DEPTH};

impl Context<'_> {
    /// The address of another text.
    pub(super) fn reference(&self, tag: &Tag, place: &Place, remarks: &mut Vec<Remark>) -> Option<Meaning> {
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
                    remarks.push((tag.range.start, what, format!("`{target}`: the words stay")));
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
    pub(super) fn include(&self, path: &str, depth: usize, remarks: &mut Vec<Remark>, at: usize) -> Option<Meaning> {
        let file = self.file(path).filter(|_| depth < MAX_DEPTH);
        let read = file.and_then(|file| {
            let text = source::read(&file, &mut Report::default())?;
            let parted = source::part(&text, &file.path, &mut Report::default());
            Some(parted.body.to_owned())
        });
        let Some(body) = read else {
            remarks.push((at, "files that were to be shown and are not there", format!("`{path}`")));
            return None;
        };
        Some(Meaning::Block(self.expanded(body.trim(), depth + 1, remarks, at)))
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
