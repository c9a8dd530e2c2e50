//! Says what each of a site's files is by where it stands. Knows folders and names; opens no file.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::beside::is_content;
use super::pictures::Looked;
use super::read::unreadable;
use super::walk::{Item, UNUSED_FILE, Walked, walk};
use super::{Content, FileHome, FileInput, Look, Source, SourceSettings, checked_id};
use crate::config::Config;
use crate::diagnostic::{Diagnostic, rules};
use crate::guard::guarded;
use crate::model::{SourceKind, SourcePath, slug};

rules! {
    NOT_CONTENT = "not-content", warning, "a file beside a text is of a kind that could hold scripts, and is not published";
}

/// What was found.
pub struct Found {
    pub sources: Vec<Source>,
    pub files: Vec<FileInput>,
    /// Folders outside `content/` that links in it lead to, as whole paths.
    pub linked: Vec<PathBuf>,
}

/// What the settings say of files.
#[derive(Clone, Debug, Default)]
pub struct Rules<'a> {
    /// Files of every kind may stand beside a text.
    trusted: bool,
    /// The folders of an essay are part of its name.
    names_have_folders: bool,
    /// For each text.
    settings: SourceSettings,
    /// Where links may lead to besides the project.
    follow: &'a [String],
}

impl<'a> Rules<'a> {
    pub fn of(config: &'a Config) -> Self {
        Self {
            trusted: config.html_trusted,
            names_have_folders: config.addresses.have_folders(),
            settings: SourceSettings::of(config),
            follow: &config.follow,
        }
    }
}

/// All files below `content/`. Where content is not trusted, files beside a text that could hold scripts are reported and passed
/// over.
pub fn find(root: &Path, rules: Rules<'_>, look: &Look<'_>, faults: &mut Vec<Diagnostic>) -> Found {
    let Walked { items, linked } = walk(root, rules.follow, faults);
    let bundles = items
        .iter()
        .filter(|item| item.path.as_str().ends_with("/index.md"))
        .map(|item| item.path.folder().to_owned())
        .collect();
    let mut sorter = Sorter { bundles, rules, sources: Vec::new(), files: Vec::new() };
    for item in items {
        sorter.sort(item, faults);
    }
    Found { files: hashed(sorter.files, look, faults), sources: sorter.sources, linked }
}

/// Says what each file is.
struct Sorter<'a> {
    /// Folders that hold an `index.md`.
    bundles: BTreeSet<String>,
    rules: Rules<'a>,
    sources: Vec<Source>,
    files: Vec<(SourcePath, FileHome, PathBuf)>,
}

impl Sorter<'_> {
    fn sort(&mut self, Item { path, disk }: Item, faults: &mut Vec<Diagnostic>) {
        let parts: Vec<&str> = path.as_str().split('/').skip(1).collect();
        match &parts[..] {
            [] => {}
            ["site.yml" | "site.yaml.txt" | "_site.yaml"] => {
                faults.push(
                    unused(&path, "the settings are called `site.yaml`")
                        .help("rename it to `site.yaml`, or move there what it says"),
                );
            }
            [_] => faults.push(
                unused(&path, "only `site.yaml` stands here")
                    .help("essays go into `content/essays/`, other pages into `content/pages/`"),
            ),
            ["static", rest @ ..] => {
                let home = FileHome::Static(rest.join("/"));
                self.files.push((path, home, disk));
            }
            [folder, rest @ ..] => {
                if let Some(kind) = SourceKind::from_folder(folder) {
                    self.sort_into(kind, rest, path.clone(), disk, faults);
                }
            }
        }
    }

    /// A file of the folder of `kind`, at `rest` below it.
    fn sort_into(
        &mut self,
        kind: SourceKind,
        rest: &[&str],
        path: SourcePath,
        disk: PathBuf,
        faults: &mut Vec<Diagnostic>,
    ) {
        let base = format!("content/{}", kind.folder());
        let is_bundle = |n: usize| self.bundles.contains(&format!("{base}/{}", rest[..n].join("/")));
        // A text in the folder of another essay is none of its own.
        let is_inside = |most: usize| kind == SourceKind::Essay && (1..most).any(is_bundle);
        if let Some(id) = source_id(kind, rest, self.rules.names_have_folders)
            && !is_inside(if rest.last() == Some(&"index.md") { rest.len() - 1 } else { rest.len() })
        {
            if checked_id(&id, &path, faults) {
                let content = Content::Disk(disk);
                self.sources.push(Source {
                    path,
                    kind,
                    id,
                    content,
                    embedded: false,
                    behind: None,
                    settings: self.rules.settings.clone(),
                });
            }
            return;
        }
        let bundle = (1..rest.len()).rev().find(|n| is_bundle(*n));
        let is_markdown = rest.last().is_some_and(|name| name.ends_with(".md"));
        match bundle {
            Some(_) if !is_markdown && !self.rules.trusted && !is_content(path.as_str()) => {
                faults.push(not_content(&path))
            }
            Some(n) if !is_markdown => {
                let home = FileHome::Beside { kind, folder: rest[..n].join("/"), path: rest[n..].join("/") };
                self.files.push((path, home, disk));
            }
            _ if let Some(name) = renamed(rest) => {
                faults.push(unused(&path, "texts end in `.md`").help(format!("rename it to `{name}`")));
            }
            _ => faults.push(unused(&path, "it belongs to no page").help(format!(
                "{} {} is `{2}/NAME.md`, or `{2}/NAME/index.md` with its pictures beside it",
                kind.article(),
                kind.noun(),
                kind.folder()
            ))),
        }
    }
}

/// The name that a text with another ending of Markdown is to have.
fn renamed(rest: &[&str]) -> Option<String> {
    let (stem, ending) = rest.last()?.rsplit_once('.')?;
    let is_markdown = matches!(ending.to_lowercase().as_str(), "markdown" | "mdown" | "mkd" | "md");
    (is_markdown && ending != "md").then(|| format!("{stem}.md"))
}

/// Whoever writes may put files beside a text, and scripts in them would run at the site's address.
fn not_content(path: &SourcePath) -> Diagnostic {
    let message = format!("`{path}` is not published: files of its kind could hold scripts, or are unknown");
    Diagnostic::new(NOT_CONTENT, message).in_file(path).help(
        "move it to `content/static/`, where files are trusted; beside a text stand pictures, sound, video, PDF, office documents, text, data and archives",
    )
}

/// The id of the Markdown file at `rest` below its kind's folder; none if it stands where no source of this kind does. Pages
/// are named with their folders; essays may stand in folders, which are part of their names only where `names_have_folders`.
fn source_id(kind: SourceKind, rest: &[&str], names_have_folders: bool) -> Option<String> {
    let (folders, name) = match rest {
        [folders @ .., name, "index.md"] => (folders, *name),
        [folders @ .., name] => (folders, name.strip_suffix(".md")?),
        [] => return None,
    };
    match kind {
        _ if folders.is_empty() => Some(name.to_owned()),
        SourceKind::Page => Some([&folders.join("/"), "/", name].concat()),
        SourceKind::Essay if names_have_folders => {
            let folders = folders.iter().map(|folder| slug(folder)).filter(|folder| !folder.is_empty());
            Some(folders.chain([name.to_owned()]).collect::<Vec<_>>().join("/"))
        }
        SourceKind::Essay => Some(name.to_owned()),
        SourceKind::Incident | SourceKind::Pattern | SourceKind::Concept => None,
    }
}

fn hashed(
    files: Vec<(SourcePath, FileHome, PathBuf)>,
    look: &Look<'_>,
    faults: &mut Vec<Diagnostic>,
) -> Vec<FileInput> {
    let results: Vec<Result<(FileInput, Option<Diagnostic>), Diagnostic>> = files
        .into_par_iter()
        .map(|(path, home, disk)| {
            let content = Content::Disk(disk);
            let what = || "the file could not be looked at".to_owned();
            let looked = guarded(what, || look(&path, &content)).map_err(|fault| fault.in_file(&path))?;
            let Looked { hash, picture, fault } = looked.map_err(|error| unreadable(&path, &error))?;
            Ok((FileInput { path, home, content, hash, picture }, fault))
        })
        .collect();
    let mut found = Vec::with_capacity(results.len());
    for result in results {
        match result {
            Ok((file, fault)) => {
                found.push(file);
                faults.extend(fault);
            }
            Err(fault) => faults.push(fault),
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

fn unused(path: &SourcePath, why: &str) -> Diagnostic {
    Diagnostic::new(UNUSED_FILE, format!("`{path}` is not used: {why}")).in_file(path)
}

/// Whether the file at `path` is a link, or stands behind one, that leads out of `content/`.
pub fn leads_out(root: &Path, path: &SourcePath) -> bool {
    match (root.join(path.as_str()).canonicalize(), root.join("content").canonicalize()) {
        (Ok(real), Ok(content)) => !real.starts_with(content),
        _ => false,
    }
}
