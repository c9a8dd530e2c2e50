//! Every page of a site into its output folder, except those that are there already. Knows what an earlier build looked at
//! and left; chooses no address and makes no view.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::assemble::Assembled;
use crate::cache::{self, Entry, Files, PageKeys, Pages, program_hash};
use crate::config::{self, Config};
use crate::diagnostic::Diagnostic;
use crate::load::Stopwatch;
use crate::model::{Hash, UrlPath};
use crate::render::{self, Highlighter, Keys, Renderer, Theme};
use crate::site::{HOST_LIMIT, Site, UNHEEDED, View, Viewer};
use crate::write::Writer;

use super::output_file::OutputFile;
use super::pages::{Made, deduplicated, each_page};
use super::search;
use super::{Built, Options, Progress, Work};

/// A page that was written or left alone.
struct Page {
    file: OutputFile,
    viewed: bool,
    rendered: bool,
    template: &'static str,
}

impl Page {
    /// The page that an earlier build left as `entry` tells.
    fn again(path: &str, entry: &Entry, writer: &Writer) -> Option<Self> {
        let content = entry.content;
        let (left, staged) = writer.put_again(path, content, entry.stamp)?;
        let entry = left.stamp.map(|stamp| Entry { stamp, ..entry.clone() });
        let file = OutputFile { path: path.to_owned(), content, entry, staged };
        Some(Self { file, viewed: false, rendered: false, template: "(not looked at)" })
    }
}

/// The documents that did not change since an earlier build; none if what all views have in common changed.
struct Unchanged(Option<Vec<bool>>);

impl Unchanged {
    fn since(before: &Pages, frame: Hash, documents: &[Hash]) -> Self {
        let same = || before.documents.iter().zip(documents).map(|(a, b)| a == b).collect();
        Self((before.frame == Some(frame)).then(same))
    }

    /// Whether a view that depends on these documents would be made of the same again.
    fn covers(&self, read: &[u32]) -> bool {
        self.0.as_ref().is_some_and(|unchanged| read.iter().all(|n| unchanged.get(*n as usize) == Some(&true)))
    }
}

/// The output before anything is rendered.
pub struct PreviousOutput<'a> {
    /// The writer, if it was begun already to look at the output.
    pub writer: Option<Writer>,
    /// What the last build left.
    pub pages: &'a Pages,
}

/// Begins to write: locks the output.
pub fn hold(options: &Options) -> Result<Writer, Diagnostic> {
    Writer::begin(&options.root, &options.out(), options.force, Files::of(&options.root))
}

/// What is cached of this build for the next.
pub struct CacheUpdate {
    pub pages: Pages,
    /// Holds the blocks of code that were used, if some were highlighted now.
    pub highlighter: Option<Highlighter>,
    /// Every page was rendered, so that no other blocks are in use.
    pub rendered_all: bool,
    /// About the output as it was found; the next build finds another.
    pub warning: Option<Diagnostic>,
}

/// A site to be rendered and written.
pub struct Rendering<'a> {
    pub options: &'a Options,
    pub assembled: &'a Assembled,
    pub theme: &'a Theme,
    pub progress: &'a Progress<'a>,
}

impl Rendering<'_> {
    /// Renders and writes what the last build did not leave as it would be.
    pub fn write(
        &self,
        previous: PreviousOutput<'_>,
        built: &mut Built,
        watch: &mut Stopwatch,
    ) -> Result<CacheUpdate, Vec<Diagnostic>> {
        let Self { options, assembled, theme, progress } = *self;
        let before = previous.pages;
        let writer = match previous.writer {
            Some(writer) => writer,
            None => hold(options).map_err(|fault| vec![fault])?,
        };
        let warning = writer.warning();
        let program = program_hash();
        let root = options.root.clone();
        let highlighter = Highlighter::knowing(move || cache::blocks(&root, program));
        let frame = Hash::of_parts(&[program.as_bytes(), theme.hash().as_bytes(), assembled.site.frame().as_bytes()]);
        let documents: Vec<Hash> = assembled.site.documents().iter().map(|document| document.hash).collect();
        let unchanged = Unchanged::since(before, frame, &documents);
        let keys = Keys::new(theme, program);
        watch.lap("frame");
        let stage = Stage { site: &assembled.site, before: &before.keys, unchanged, keys, writer: &writer };
        let index = search::look(assembled, &writer, &before.keys);
        watch.lap("look for the index");
        let (mut files, index) = index.beside(assembled, &writer, progress, || {
            let files = taken(self.pages(&stage, &highlighter), built);
            watch.lap("render and stage");
            files
        })?;
        watch.lap("search");
        let pages = files.len();
        built.counters.indexed = index.indexed;
        built.timings.indexing = index.took;
        files.extend(index.files);
        let sizes = files.iter().filter_map(|file| file.entry.as_ref()).map(|entry| entry.stamp.size);
        built.diagnostics.extend(assembled.levelled(too_large(&assembled.site.config, sizes.sum())));
        let finish = || {
            let staged: Vec<&str> = files.iter().filter(|file| file.staged).map(|file| file.path.as_str()).collect();
            writer.finish(files.iter().map(|file| (file.path.clone(), file.content)).collect(), &staged)
        };
        let remembered = || files.iter().filter_map(|file| Some((file.path.clone(), file.entry.clone()?))).collect();
        let (done, after): (_, PageKeys) = rayon::join(finish, remembered);
        built.counters.done = done.map_err(|fault| vec![fault])?;
        watch.lap("write");
        built.counters.highlighted = highlighter.counts();
        built.timings.highlighted = built.counters.highlighted;
        Ok(CacheUpdate {
            pages: Pages { keys: after, frame: Some(frame), documents, last: None },
            highlighter: (built.counters.highlighted.made > 0).then_some(highlighter),
            rendered_all: built.counters.rendered == pages,
            warning,
        })
    }

    /// Every page, staged beside the output where it changed.
    fn pages(&self, stage: &Stage<'_>, highlighter: &Highlighter) -> Vec<Made<Page>> {
        let site = &self.assembled.site;
        let pictures = site.urls().filter(|(url, _)| site.is_made_picture(url)).count();
        let drawn = AtomicUsize::new(0);
        each_page(self.assembled, self.theme, highlighter, |url, renderer| {
            let made = stage.page(url, renderer);
            if site.is_made_picture(url) {
                (self.progress)(Work::Pictures, drawn.fetch_add(1, Ordering::Relaxed) + 1, pictures);
            }
            made
        })
    }
}

/// Where pages are staged, and which need not be made.
struct Stage<'a> {
    site: &'a Site,
    before: &'a PageKeys,
    unchanged: Unchanged,
    keys: Keys,
    writer: &'a Writer,
}

impl Stage<'_> {
    /// The page at `url`, left alone where the documents it depends on or its key did not change.
    fn page(&self, url: &UrlPath, renderer: &Renderer<'_>) -> Option<Result<Page, Diagnostic>> {
        let path = url.file();
        let last = self.before.get(&path);
        let unread = last.filter(|entry| self.unchanged.covers(&entry.read));
        if let Some(page) = unread.and_then(|entry| Page::again(&path, entry, self.writer)) {
            return Some(Ok(page));
        }
        let viewer = Viewer::new(self.site);
        let view = viewer.view(url)?;
        let (key, template, read) = (self.keys.key(&view), template(&view), Arc::from(viewer.into_read()));
        let same = last.filter(|entry| entry.key == key);
        if let Some(Page { file, .. }) = same.and_then(|entry| Page::again(&path, entry, self.writer)) {
            let entry = file.entry.map(|entry| Entry { read, ..entry });
            return Some(Ok(Page { file: OutputFile { entry, ..file }, viewed: true, rendered: false, template }));
        }
        let put = |output| self.writer.put(&path, &output);
        Some(render::output(&view, renderer).and_then(put).map(|(left, staged)| {
            let content = left.content;
            let entry = left.stamp.map(|stamp| Entry { key, content, stamp, read });
            Page { file: OutputFile { path, content, entry, staged }, viewed: true, rendered: true, template }
        }))
    }
}

/// The files of pages, counted in; the faults of those that could not be made, if there are any.
fn taken(made: Vec<Made<Page>>, built: &mut Built) -> Result<Vec<OutputFile>, Vec<Diagnostic>> {
    let mut files: Vec<OutputFile> = Vec::with_capacity(made.len());
    let mut faults: Vec<(UrlPath, Diagnostic)> = Vec::new();
    for made in made {
        match made.result {
            Ok(page) => {
                built.timings.add(&made.url, page.template, made.took);
                built.counters.viewed += usize::from(page.viewed);
                built.counters.rendered += usize::from(page.rendered);
                files.push(page.file);
            }
            Err(fault) => faults.push((made.url, fault)),
        }
    }
    if faults.is_empty() { Ok(files) } else { Err(deduplicated(faults)) }
}

/// What a site on GitHub Pages may weigh in bytes (docs.github.com/pages/getting-started-with-github-pages, "limits").
const MOST_BYTES: u64 = 1_000_000_000;

fn too_large(config: &Config, bytes: u64) -> Option<Diagnostic> {
    (bytes > MOST_BYTES && config.publish.has_host_limits()).then(|| {
        let message =
            format!("the site weighs {} MB; GitHub Pages takes {}", bytes / 1_000_000, MOST_BYTES / 1_000_000);
        Diagnostic::new(HOST_LIMIT, message).in_file(&config::path()).help(UNHEEDED)
    })
}

fn template(view: &View) -> &'static str {
    match view {
        View::Html(page) => page.data.template(),
        View::Feed(_) | View::JsonFeed(_) => "(feed)",
        View::File { .. } => "(file)",
        View::Drawing { .. } | View::Stripped { .. } | View::Copy { .. } => "(picture)",
        View::SocialCard(_) => "(card)",
        View::Asset { .. } => "(asset)",
        View::Redirect { .. } => "(redirect)",
        View::Sitemap(_)
        | View::SitemapIndex(_)
        | View::Robots { .. }
        | View::Data(_)
        | View::BrowseIndex(_)
        | View::Summaries(_)
        | View::Table(_)
        | View::DataPackage(_) => "(data)",
        View::Plain(_) | View::HostRedirects(_) | View::HostHeaders(_) => "(host)",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_that_weighs_too_much_is_told_so() {
        let config = Config::default();
        assert_eq!(too_large(&config, MOST_BYTES), None);
        let message = too_large(&config, 1_234_567_890).map(|fault| fault.message);
        assert_eq!(message.as_deref(), Some("the site weighs 1234 MB; GitHub Pages takes 1000"));
    }
}
