//! Builds a whole site: reads, assembles, renders every page that changed, writes. Knows the order of things; each step is
//! another module's.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;

use jiff::Timestamp;
use rayon::prelude::*;

use crate::assemble::{Assembled, assemble};
use crate::cache::{self, Entry, PageKeys};
use crate::config::BaseUrl;
use crate::diagnostic::{Diagnostic, sorted};
use crate::link::Include;
use crate::load::{Inputs, program_hash};
use crate::model::{Hash, UrlPath};
use crate::render::{self, Highlighter, Keys, Renderer, Theme};
use crate::site::View;
use crate::write::{Done, Writer};

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
#[derive(Debug)]
pub struct Built {
    pub diagnostics: Vec<Diagnostic>,
    pub counters: Counters,
    /// Pages of the site, files and feeds not counted.
    pub pages: usize,
}

impl Built {
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(Diagnostic::is_error)
    }
}

/// Reads the site and links it, without rendering.
pub fn read(options: &Options) -> Assembled {
    let (mut inputs, faults) = Inputs::read(&options.root, options.now);
    if let Some(base_url) = &options.base_url {
        inputs.config.base_url = base_url.clone();
    }
    assemble(inputs, options.include, faults)
}

/// Renders every page without writing: what `check` does beyond reading.
pub fn check(options: &Options) -> Built {
    let assembled = read(options);
    let mut diagnostics = assembled.diagnostics.clone();
    let mut counters = Counters { outlined: assembled.outlined, ..Counters::default() };
    match render::theme(&assembled.theme) {
        Err(faults) => diagnostics.extend(faults),
        Ok(theme) if !diagnostics.iter().any(Diagnostic::is_error) => {
            let results = each_page(&assembled, &theme, |_, view, renderer| render::output(view, renderer).map(|_| ()));
            counters.rendered = results.len();
            diagnostics.extend(told_once(
                results.into_iter().filter_map(|(url, result)| Some((url, result.err()?))).collect(),
            ));
        }
        Ok(_) => {}
    }
    Built { diagnostics: sorted(diagnostics), counters, pages: pages(&assembled) }
}

/// Builds the site. A page whose key is the last one and whose file is as it was left is not rendered again.
pub fn build(options: &Options) -> Built {
    let assembled = read(options);
    let mut built = Built {
        diagnostics: assembled.diagnostics.clone(),
        counters: Counters { outlined: assembled.outlined, ..Counters::default() },
        pages: pages(&assembled),
    };
    let theme = match render::theme(&assembled.theme) {
        Ok(theme) => theme,
        Err(faults) => {
            built.diagnostics.extend(faults);
            return built.sorted();
        }
    };
    if built.has_errors() {
        return built;
    }
    if let Err(faults) = render_and_write(options, &assembled, &theme, &mut built.counters) {
        built.diagnostics.extend(faults);
    }
    built.sorted()
}

impl Built {
    fn sorted(self) -> Self {
        Self { diagnostics: sorted(self.diagnostics), ..self }
    }
}

/// Addresses that are pages for people.
fn pages(assembled: &Assembled) -> usize {
    assembled.site.urls().filter(|(url, _)| url.as_str().ends_with('/')).count()
}

/// A page that was written or left alone.
struct Page {
    entry: Option<Entry>,
    content: Hash,
    staged: bool,
    rendered: bool,
}

fn render_and_write(
    options: &Options,
    assembled: &Assembled,
    theme: &Theme,
    counters: &mut Counters,
) -> Result<(), Vec<Diagnostic>> {
    let out = options.out();
    let writer = Writer::begin(&out, options.force).map_err(|fault| vec![fault])?;
    let before = cache::page_keys(&options.root, &out);
    let keys = Keys::new(theme.hash(), program_hash());
    let unchanged = |url: &UrlPath, view: &View| -> Option<Page> {
        let entry = before.get(&url.file())?;
        let same = entry.key == keys.key(view) && writer.is_as_left(&url.file(), entry.content, entry.stamp);
        same.then_some(Page { entry: Some(*entry), content: entry.content, staged: false, rendered: false })
    };
    let results = each_page(assembled, theme, |url, view, renderer| {
        if let Some(page) = unchanged(url, view) {
            return Ok(page);
        }
        let output = render::output(view, renderer)?;
        let (left, staged) = writer.put(&url.file(), &output)?;
        let key = keys.key(view);
        let entry = left.stamp.map(|stamp| Entry { key, content: left.content, stamp });
        Ok(Page { entry, content: left.content, staged, rendered: true })
    });
    let mut files: BTreeMap<String, Hash> = BTreeMap::new();
    let mut after = PageKeys::new();
    let mut staged = Vec::new();
    let mut faults = Vec::new();
    for (url, result) in results {
        match result {
            Err(fault) => faults.push((url, fault)),
            Ok(page) => {
                let file = url.file();
                counters.rendered += usize::from(page.rendered);
                if page.staged {
                    staged.push(file.clone());
                }
                if let Some(entry) = page.entry {
                    after.insert(file.clone(), entry);
                }
                files.insert(file, page.content);
            }
        }
    }
    if !faults.is_empty() {
        return Err(told_once(faults));
    }
    counters.done = writer.finish(&files, &staged).map_err(|fault| vec![fault])?;
    if after != before {
        // Without it the next build is slower and otherwise the same.
        let _ = cache::remember_page_keys(&options.root, &out, &after);
    }
    Ok(())
}

type Results<T> = Vec<(UrlPath, Result<T, Diagnostic>)>;

/// Runs `work` on every page, on all cores. A page that panics is one error, and the others go on.
fn each_page<T: Send>(
    assembled: &Assembled,
    theme: &Theme,
    work: impl Fn(&UrlPath, &View, &Renderer<'_>) -> Result<T, Diagnostic> + Sync,
) -> Results<T> {
    let sources = |path: &crate::model::SourcePath| assembled.texts.read(path);
    let renderer = Renderer { theme, highlighter: &Highlighter, sources: &sources };
    let urls: Vec<&UrlPath> = assembled.site.urls().map(|(url, _)| url).collect();
    urls.into_par_iter()
        .filter_map(|url| {
            let one = || {
                let view = assembled.site.view(url)?;
                Some(work(url, &view, &renderer))
            };
            let result = catch_unwind(AssertUnwindSafe(one)).unwrap_or_else(|_| Some(Err(panicked(url))));
            Some((url.clone(), result?))
        })
        .collect()
}

/// One fault of a template is met on every page that uses it: it is told once, with the first page and the number of others.
fn told_once(faults: Vec<(UrlPath, Diagnostic)>) -> Vec<Diagnostic> {
    let mut groups: BTreeMap<Diagnostic, (UrlPath, usize)> = BTreeMap::new();
    for (url, fault) in faults {
        groups.entry(fault).or_insert((url, 0)).1 += 1;
    }
    let met = |(fault, (url, pages)): (Diagnostic, (UrlPath, usize))| match (fault.code == render::TEMPLATE, pages) {
        (false, _) => fault,
        (true, 1) => fault.help(format!("met on the page `{url}`")),
        (true, n) => fault.help(format!("met on the page `{url}` and {} more", n - 1)),
    };
    groups.into_iter().map(met).collect()
}

fn panicked(url: &UrlPath) -> Diagnostic {
    Diagnostic::error("internal", format!("the page `{url}` could not be made: Ninefold has a fault"))
        .help("please report it with the essay that shows it")
}

/// For tests of order: the same build on `threads` threads.
pub fn build_on(options: &Options, threads: usize) -> Result<Built, rayon::ThreadPoolBuildError> {
    Ok(rayon::ThreadPoolBuilder::new().num_threads(threads).build()?.install(|| build(options)))
}
