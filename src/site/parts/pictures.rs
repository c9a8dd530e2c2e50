//! The pictures that pages show: their smaller copies, their dark siblings, and what is wrong with them. Knows files by their
//! headers; opens none.

use std::collections::{BTreeSet, HashMap};

use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::link::{Link, doc_id};
use crate::load::FileInput;
use crate::model::{DocId, Hash, SourcePath, UrlPath, slug};
use crate::outline::{Document, Front, ReferenceKind, in_set};
use crate::picture::{self, Format, Header};
use crate::site::view::{Picture, PictureSource};
use crate::site::{PageKind, Site, View, Viewer};

/// Where the smaller copies are. Their names change with their content, so that hosts may keep the folder for ever.
const FOLDER: &str = "/pictures";
const DARK: &str = "(prefers-color-scheme: dark)";

/// The smaller copies of the pictures that pages show, each with its address.
pub(in crate::site) fn all_copies(site: &Site) -> impl Iterator<Item = (UrlPath, PageKind)> {
    site.shown.iter().flat_map(|n| copies(*n, &site.files[*n as usize])).map(|(_, url, kind)| (url, kind))
}

/// What is wrong with the pictures that pages show, and with drawings that can't be made safe.
pub(in crate::site) fn picture_faults(site: &Site) -> Vec<Diagnostic> {
    let is_checked = |n: u32, file: &FileInput| site.shown.contains(&n) || is_cleaned(file, &site.config);
    (0_u32..)
        .zip(&*site.files)
        .filter(|(n, file)| is_checked(*n, file))
        .filter_map(|(n, file)| {
            let fault = file.picture.as_ref()?.as_ref().err().cloned()?;
            // What no page shows keeps no page from its readers; what is too large is not served to anybody.
            let is_error = site.shown.contains(&n) || fault.rule == picture::TOO_LARGE;
            Some(if is_error { fault } else { fault.softened() })
        })
        .chain(private_notes(site))
        .collect()
}

/// Photographs that are published with what their notes tell.
fn private_notes(site: &Site) -> impl Iterator<Item = Diagnostic> {
    let is_published = |n: u32| site.pages.get(&site.linked.file_urls[n as usize]) == Some(&PageKind::File(n));
    (0_u32..).zip(&*site.files).filter(move |(n, _)| is_published(*n)).filter_map(|(_, file)| {
        let header = header(file).filter(|header| header.private.is_any() && !is_stripped(*header, &site.config))?;
        Some(picture::private_notes(header.private, header.can_strip()).in_file(&file.path))
    })
}

/// Whether it is published without its notes.
fn is_stripped(header: Header, config: &Config) -> bool {
    config.strip_pictures && header.private.is_any() && header.can_strip()
}

/// The files that bodies show as pictures, that essays open with, and the dark siblings of both.
pub(in crate::site) fn shown_files(site: &Site) -> BTreeSet<u32> {
    if site.files.iter().all(|file| file.picture.is_none()) {
        return BTreeSet::new();
    }
    let by_url: HashMap<&UrlPath, u32> = site.linked.file_urls.iter().zip(0_u32..).collect();
    let mut shown = BTreeSet::new();
    for (n, document) in site.documents().iter().enumerate() {
        if !site.linked.is_published(doc_id(n)) {
            continue;
        }
        let pictures =
            document.body.references.iter().zip(site.linked.links[n].iter()).filter_map(|(reference, link)| {
                match (reference.kind, link) {
                    (ReferenceKind::Picture, Link::File(url)) => by_url.get(url).copied(),
                    _ => None,
                }
            });
        shown.extend(pictures);
        shown.extend(image_file(document, &site.files));
    }
    let dark: Vec<u32> = shown.iter().filter_map(|n| dark_sibling(&site.files[*n as usize], &site.files)).collect();
    shown.extend(dark);
    shown
}

/// `diagram.dark.png` beside `diagram.png`.
fn dark_sibling(file: &FileInput, files: &[FileInput]) -> Option<u32> {
    let (stem, extension) = file.path.as_str().rsplit_once('.')?;
    let wanted = format!("{stem}.dark.{extension}");
    let n = files.binary_search_by(|other| other.path.as_str().cmp(&wanted)).ok()?;
    u32::try_from(n).ok()
}

/// The file that an essay names as its picture.
pub(in crate::site) fn image_file(document: &Document, files: &[FileInput]) -> Option<u32> {
    let Front::Essay(front) = &document.front else { return None };
    let name = &front.image.as_ref()?.value;
    let wanted = match name.strip_prefix('/') {
        Some(rest) => format!("content/static/{rest}"),
        None => SourcePath::resolve(document.path.folder(), name)?,
    };
    let n = files.binary_search_by(|file| file.path.as_str().cmp(&wanted)).ok()?;
    u32::try_from(n).ok()
}

/// Whether a drawing is made safe when it is published.
fn is_cleaned(file: &FileInput, config: &Config) -> bool {
    Format::of_name(file.path.as_str()) == Some(Format::Svg) && !config.html_trusted
}

impl Viewer<'_> {
    /// The picture that the address shows, if it is a file of the site that can be one.
    pub(in crate::site) fn picture(&self, url: &UrlPath, link: impl Fn(&UrlPath) -> String) -> Option<Picture> {
        let PageKind::File(n) = *self.pages.get(url)? else { return None };
        let file = &self.files[n as usize];
        let header = header(file)?;
        let mut sources = Vec::new();
        if let Some(dark) = dark_sibling(file, self.files) {
            let sibling = &self.files[dark as usize];
            sources.extend(webp(dark, sibling, Some(DARK), &link));
            sources.push(PictureSource {
                media: Some(DARK),
                format: None,
                srcset: in_set(&link(&self.linked.file_urls[dark as usize])),
                ..sized(sibling)
            });
        }
        sources.extend(webp(n, file, None, &link));
        Some(Picture {
            url: link(url),
            width: header.size.map(|size| size.width),
            height: header.size.map(|size| size.height),
            sources,
        })
    }

    /// The file that an essay names as its picture.
    pub(in crate::site) fn image_file(&self, doc: DocId) -> Option<u32> {
        image_file(self.document(doc), self.files)
    }

    /// Its address.
    pub(in crate::site) fn image_url(&self, doc: DocId) -> Option<&UrlPath> {
        self.linked.file_urls.get(self.image_file(doc)? as usize)
    }

    /// A file as it is published: a photograph without its notes, where the site wants that, and a drawing made safe, unless the
    /// site trusts it. One that can't be is a fault and nothing else, so it goes by the name alone.
    pub(in crate::site) fn file(&self, n: u32) -> View {
        let file = &self.files[n as usize];
        let (path, content, hash) = (file.path.clone(), file.content.clone(), file.hash);
        if let Some(header) = header(file).filter(|header| is_stripped(*header, self.config)) {
            return View::Stripped { path, content, hash, format: header.format };
        }
        if is_cleaned(file, self.config) { View::Drawing { path, content, hash } } else { View::File { content, hash } }
    }

    /// The smaller copy of file `n`.
    pub(in crate::site) fn copy(&self, n: u32, width: u32) -> Option<View> {
        let file = &self.files[n as usize];
        let format = header(file)?.format;
        Some(View::Copy { path: file.path.clone(), content: file.content.clone(), hash: file.hash, format, width })
    }
}

fn header(file: &FileInput) -> Option<Header> {
    file.picture.as_ref()?.as_ref().ok().copied()
}

/// The copies of file `n`: width, address and what makes them, narrow ones first.
fn copies(n: u32, file: &FileInput) -> Vec<(u32, UrlPath, PageKind)> {
    let Some(Header { can_shrink: true, size: Some(size), .. }) = header(file) else { return Vec::new() };
    let name = file.path.as_str().rsplit('/').next().unwrap_or_default();
    let stem = slug(name.rsplit_once('.').map_or(name, |(stem, _)| stem));
    let mut made_of = file.hash.as_bytes().to_vec();
    made_of.extend(picture::RECIPE.as_bytes());
    let hash = Hash::of(&made_of).short();
    picture::widths(size)
        .into_iter()
        .map(|width| {
            let url = UrlPath::new(format!("{FOLDER}/{stem}-{hash}-{width}.webp"));
            (width, url, PageKind::Copy { file: n, width })
        })
        .collect()
}

fn webp(
    n: u32,
    file: &FileInput,
    media: Option<&'static str>,
    link: impl Fn(&UrlPath) -> String,
) -> Option<PictureSource> {
    let copies = copies(n, file);
    let srcset: Vec<String> = copies.iter().map(|(width, url, _)| format!("{} {width}w", in_set(&link(url)))).collect();
    (!copies.is_empty()).then(|| PictureSource {
        media,
        format: Some("image/webp"),
        srcset: srcset.join(", "),
        ..sized(file)
    })
}

fn sized(file: &FileInput) -> PictureSource {
    let size = header(file).and_then(|header| header.size);
    PictureSource {
        media: None,
        format: None,
        srcset: String::new(),
        width: size.map(|size| size.width),
        height: size.map(|size| size.height),
    }
}
