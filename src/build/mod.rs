//! Builds a whole site: reads, assembles, renders every page that changed, writes. Knows the order of things; each step is
//! another module's.

mod pages;
mod timings;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use jiff::Timestamp;

use crate::assemble::{Assembled, assemble, outline_all};
use crate::cache::{self, Entry, PageKeys};
use crate::config::BaseUrl;
use crate::diagnostic::{Diagnostic, sorted};
use crate::link::Include;
use crate::load::{Inputs, Stopwatch, program_hash};
use crate::model::{Hash, UrlPath};
use crate::render::{self, Keys, Theme};
use crate::site::View;
use crate::write::{Done, Writer};

use pages::{each_page, told_once};
pub use timings::Timings;

/// What to build and where.
#[derive(Clone, Debug)]
pub struct Options {
    /// The folder that holds `content/`.
    pub root: PathBuf,
    /// None for `public/` in the root.
    pub out: Option<PathBuf>,
    /// In the place of the one in site.yaml.
    pub base_url: Option<BaseUrl>,
    pub include: Include,
    /// Build into a folder that Ninefold did not make.
    pub force: bool,
    /// The present moment.
    pub now: Timestamp,
}

impl Options {
    /// The output folder.
    pub fn out(&self) -> PathBuf {
        self.out.clone().unwrap_or_else(|| self.root.join("public"))
    }
}

/// How much work was done: what tests can assert, since times they may not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counters {
    pub outlined: usize,
    pub rendered: usize,
    pub done: Done,
}

/// What came of a build. If a diagnostic is an error, nothing was written.
#[derive(Debug, Default)]
pub struct Built {
    pub diagnostics: Vec<Diagnostic>,
    pub counters: Counters,
    /// Pages of the site, files and feeds not counted.
    pub pages: usize,
    pub timings: Timings,
}

impl Built {
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(Diagnostic::is_error)
    }

    fn of(assembled: &Assembled) -> Self {
        Self {
            diagnostics: assembled.diagnostics.clone(),
            counters: Counters { outlined: assembled.outlined.len(), ..Counters::default() },
            pages: assembled.site.urls().filter(|(url, _)| url.as_str().ends_with('/')).count(),
            timings: Timings::default(),
        }
    }

    fn finished(mut self, faults: Vec<Diagnostic>, watch: &Stopwatch) -> Self {
        self.diagnostics.extend(faults);
        self.diagnostics = sorted(self.diagnostics);
        self.timings.stages = watch.laps().to_vec();
        self
    }
}

/// Reads the site and links it, without rendering.
pub fn read(options: &Options) -> Assembled {
    read_timed(options, &mut Stopwatch::default())
}

fn read_timed(options: &Options, watch: &mut Stopwatch) -> Assembled {
    let (mut inputs, faults) = Inputs::read(&options.root, options.now);
    if let Some(base_url) = &options.base_url {
        Arc::make_mut(&mut inputs.config).base_url = base_url.clone();
    }
    watch.lap("load");
    let outlined = outline_all(&inputs.sources, |_| None);
    watch.lap("outline");
    assemble(&inputs, outlined, options.include, faults, None, watch)
}

/// Renders every page without writing: what `check` does beyond reading.
pub fn check(options: &Options) -> Built {
    with_site(options, |assembled, theme, built, watch| {
        let made = each_page(assembled, theme, |_, view, renderer| render::output(view, renderer).map(|_| ()));
        watch.lap("render");
        built.counters.rendered = made.len();
        let faults: Vec<_> = made.into_iter().filter_map(|page| Some((page.url, page.result.err()?))).collect();
        if faults.is_empty() { Ok(()) } else { Err(told_once(faults)) }
    })
}

/// Builds the site. A page whose key is the last one and whose file is as it was left is not rendered again.
pub fn build(options: &Options) -> Built {
    with_site(options, |assembled, theme, built, watch| render_and_write(options, assembled, theme, built, watch))
}

/// Reads the site and its theme, and does `work` with them if nothing is wrong.
fn with_site(
    options: &Options,
    work: impl FnOnce(&Assembled, &Theme, &mut Built, &mut Stopwatch) -> Result<(), Vec<Diagnostic>>,
) -> Built {
    let mut watch = Stopwatch::default();
    let assembled = read_timed(options, &mut watch);
    let mut built = Built::of(&assembled);
    let result = match render::theme(&assembled.theme) {
        Ok(_) if built.has_errors() => Ok(()),
        Ok(theme) => work(&assembled, &theme, &mut built, &mut watch),
        Err(faults) => Err(faults),
    };
    built.finished(result.err().unwrap_or_default(), &watch)
}

/// A page that was written or left alone.
struct Page {
    entry: Option<Entry>,
    content: Hash,
    /// Written now.
    staged: bool,
    rendered: bool,
    template: &'static str,
}

fn render_and_write(
    options: &Options,
    assembled: &Assembled,
    theme: &Theme,
    built: &mut Built,
    watch: &mut Stopwatch,
) -> Result<(), Vec<Diagnostic>> {
    let out = options.out();
    let writer = Writer::begin(&out, options.force).map_err(|fault| vec![fault])?;
    let before = cache::page_keys(&options.root, &out);
    let keys = Keys::new(theme.hash(), program_hash());
    let made = each_page(assembled, theme, |url, view, renderer| {
        let file = url.file();
        let key = keys.key(view);
        let template = template(view);
        if let Some(entry) = before.get(&file).filter(|entry| entry.key == key)
            && writer.is_as_left(&file, entry.content, entry.stamp)
        {
            return Ok(Page { entry: Some(*entry), content: entry.content, staged: false, rendered: false, template });
        }
        let output = render::output(view, renderer)?;
        let (left, staged) = writer.put(&file, &output)?;
        let entry = left.stamp.map(|stamp| Entry { key, content: left.content, stamp });
        Ok(Page { entry, content: left.content, staged, rendered: true, template })
    });
    watch.lap("render and stage");
    let mut files: BTreeMap<String, Hash> = BTreeMap::new();
    let mut after = PageKeys::new();
    let mut staged = Vec::new();
    let mut faults: Vec<(UrlPath, Diagnostic)> = Vec::new();
    for made in made {
        let page = match made.result {
            Ok(page) => page,
            Err(fault) => {
                faults.push((made.url, fault));
                continue;
            }
        };
        let file = made.url.file();
        built.timings.add(&made.url, page.template, made.took);
        built.counters.rendered += usize::from(page.rendered);
        if page.staged {
            staged.push(file.clone());
        }
        if let Some(entry) = page.entry {
            after.insert(file.clone(), entry);
        }
        files.insert(file, page.content);
    }
    if !faults.is_empty() {
        return Err(told_once(faults));
    }
    built.counters.done = writer.finish(&files, &staged).map_err(|fault| vec![fault])?;
    watch.lap("write");
    if after != before {
        // Without it the next build is slower and otherwise the same.
        let _ = cache::remember_page_keys(&options.root, &out, &after);
    }
    watch.lap("remember");
    Ok(())
}

fn template(view: &View) -> &'static str {
    match view {
        View::Html(page) => page.template,
        View::Feed(_) | View::JsonFeed(_) => "(feed)",
        View::File { .. } => "(file)",
        View::Asset { .. } => "(asset)",
        View::Redirect { .. } => "(redirect)",
        View::Sitemap(_) | View::SitemapIndex(_) | View::Robots { .. } | View::Data(_) | View::BrowseIndex(_) => {
            "(data)"
        }
    }
}

/// The same build on `threads` threads: its output must not depend on their number.
pub fn build_on(options: &Options, threads: usize) -> Result<Built, rayon::ThreadPoolBuildError> {
    Ok(rayon::ThreadPoolBuilder::new().num_threads(threads).build()?.install(|| build(options)))
}
