//! Builds a whole site: reads, assembles, renders every page that changed, writes. Knows the order of things; each step is
//! another module's.

mod caches;
mod output;
mod output_file;
mod pages;
mod search;
mod timings;
mod whole;

use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use jiff::Timestamp;

use crate::assemble::{Assembled, Outlined, TextBudget, assemble, outline_all};
use crate::cache::{self, Looks, Outlines, program_hash};
use crate::config::{BaseUrl, Config, known_path};
use crate::diagnostic::{Diagnostic, sorted};
use crate::guard;
use crate::link::Include;
use crate::load::{Content, Inputs, Source, Stopwatch};
use crate::model::SourcePath;
use crate::render::{self, Highlighted, Highlighter, Keys, Theme};
use crate::site::{Counted, View};
use crate::write::Done;

use caches::Caches;
use output::{PreviousOutput, Rendering};
use pages::{deduplicated, each_page};
pub use timings::Timings;

/// Texts up to this many bytes in all are held between outlining and rendering: a build ends soon, and what is held need not
/// be read again. A hundred thousand essays have less.
const HELD_BYTES: usize = 1 << 30;

/// What takes longest of a build that makes everything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Work {
    /// Cards and smaller copies are drawn.
    Pictures,
    /// Pages are indexed.
    Search,
}

/// Hears of some work how much of how much is done.
pub type Progress<'a> = dyn Fn(Work, usize, usize) + Sync + 'a;

/// What to build and where.
#[derive(Clone, Debug)]
pub struct Options {
    /// The folder that holds `content/`.
    pub root: PathBuf,
    /// None for `public/` in the root.
    pub out: Option<PathBuf>,
    /// In the place of the one in site.yaml.
    pub base_url: Option<BaseUrl>,
    /// Search engines are asked to leave the site out.
    pub noindex: bool,
    pub include: Include,
    /// Build into a folder that Ninefold did not make.
    pub force: bool,
    /// The present moment.
    pub now: Timestamp,
}

impl Options {
    /// The site in `root` as it stands there, built into its own folder.
    pub fn new(root: &Path, include: Include, now: Timestamp) -> Self {
        Self { root: root.to_owned(), out: None, base_url: None, noindex: false, include, force: false, now }
    }

    /// The output folder.
    pub fn out(&self) -> PathBuf {
        self.out.clone().unwrap_or_else(|| self.root.join("public"))
    }
}

/// How much work was done: what tests can assert, since times they may not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counters {
    pub outlined: usize,
    /// Pages whose view was made.
    pub viewed: usize,
    pub rendered: usize,
    pub highlighted: Highlighted,
    /// Pages that were indexed for search; none if the index did not change.
    pub indexed: usize,
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
    pub facts: Facts,
}

/// What publishing asks of a site.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    pub base_url: BaseUrl,
    pub counted: Counted,
}

impl Facts {
    pub(crate) fn new(config: &Config, counted: Counted) -> Self {
        Self { base_url: config.base_url.clone(), counted }
    }
}

impl Built {
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(Diagnostic::is_error)
    }

    fn of(assembled: &Assembled) -> Self {
        Self {
            diagnostics: assembled.diagnostics.clone(),
            counters: Counters { outlined: assembled.outlined.len(), ..Counters::default() },
            pages: assembled.site.urls().filter(|(url, kind)| kind.is_page_at(url)).count(),
            timings: Timings::default(),
            facts: Facts::new(&assembled.site.config, assembled.site.counted()),
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

/// The same as if no fault were known.
pub fn read_strictly(options: &Options) -> Assembled {
    let (inputs, faults) = inputs(options);
    let inputs = Inputs { known: Arc::default(), ..inputs };
    let faults = faults.into_iter().filter(|fault| fault.path() != Some(&known_path())).collect();
    // Nothing of it is rendered, so no text need be held.
    assemble(&inputs, outlined(&inputs, 0), options.include, faults, None, &mut Stopwatch::default())
}

/// The same with other `texts` in the place of those of these sources.
pub fn read_with(options: &Options, texts: &BTreeMap<SourcePath, Arc<[u8]>>) -> Assembled {
    let held = |source: &Source| match texts.get(&source.path) {
        Some(text) => Source { content: Content::Held(Arc::clone(text)), ..source.clone() },
        None => source.clone(),
    };
    read_altered(options, |inputs| Inputs { sources: inputs.sources.iter().map(held).collect(), ..inputs })
}

/// The same of what `alter` makes of the files.
pub fn read_altered(options: &Options, alter: impl FnOnce(Inputs) -> Inputs) -> Assembled {
    let (inputs, faults) = inputs(options);
    let inputs = alter(inputs);
    assemble(&inputs, outlined(&inputs, HELD_BYTES), options.include, faults, None, &mut Stopwatch::default())
}

fn outlined(inputs: &Inputs, held_bytes: usize) -> Vec<Outlined> {
    let budget = TextBudget::new(held_bytes);
    outline_all(&inputs.sources, |source| Outlined::new(source, source.read_text(), &budget))
}

fn read_timed(options: &Options, watch: &mut Stopwatch) -> Assembled {
    let (inputs, faults) = inputs(options);
    watch.lap("load");
    let outlined = outlined(&inputs, HELD_BYTES);
    watch.lap("outline");
    assemble(&inputs, outlined, options.include, faults, None, watch)
}

fn inputs(options: &Options) -> (Inputs, Vec<Diagnostic>) {
    inputs_looking(options, &Looks::last(&options.root, program_hash()))
}

fn inputs_looking(options: &Options, looks: &Looks) -> (Inputs, Vec<Diagnostic>) {
    let look = |path: &SourcePath, content: &Content| looks.look(path, content);
    let (inputs, faults) = Inputs::read_looking(&options.root, options.now, &look);
    let inputs = options.base_url.iter().fold(inputs, Inputs::at);
    (if options.noindex { inputs.unlisted() } else { inputs }, faults)
}

/// Renders every page without writing, except those that the last build made of the same: what `check` does beyond reading.
pub fn check(options: &Options) -> Built {
    let mut watch = Stopwatch::default();
    let assembled = read_timed(options, &mut watch);
    with_theme(&render::theme(&assembled.theme), Built::of(&assembled), &mut watch, |theme, built, watch| {
        let before = cache::pages(&options.root, &options.out());
        let keys = Keys::new(theme, program_hash());
        let pictures = Mutex::new(HashSet::new());
        // All copies of a picture can be made, or none.
        let is_known_picture = |view: &View| match view {
            View::Copy { hash, .. } => !guard::locked(&pictures).insert(*hash),
            _ => false,
        };
        let made = each_page(&assembled, theme, &Highlighter::default(), |url, renderer| {
            let view = assembled.site.view(url)?;
            let is_known = before.keys.get(&url.file()).is_some_and(|last| last.key == keys.key(&view));
            Some(if is_known || is_known_picture(&view) {
                Ok(false)
            } else {
                render::check(&view, renderer).map(|()| true)
            })
        });
        watch.lap("render");
        built.counters.viewed = made.len();
        built.counters.rendered = made.iter().filter(|page| page.result != Ok(false)).count();
        let faults: Vec<_> = made.into_iter().filter_map(|page| Some((page.url, page.result.err()?))).collect();
        if faults.is_empty() { Ok(()) } else { Err(deduplicated(faults)) }
    })
}

/// Builds the site. If everything is as the last build left it, nothing is read; else a source that did not change is not
/// outlined again, and a page whose key is the last one and whose file is as it was left is not rendered again.
pub fn build(options: &Options) -> Built {
    build_telling(options, &|_, _, _| {})
}

/// The same, telling how much of what takes longest is done.
pub fn build_telling(options: &Options, progress: &Progress<'_>) -> Built {
    let mut watch = Stopwatch::default();
    let program = program_hash();
    let looks = Looks::last(&options.root, program);
    let (inputs, mut faults) = inputs_looking(options, &looks);
    faults.extend(cache::obstacles(&options.root));
    watch.lap("load");
    let outlines = Outlines::look(&inputs.sources);
    let whole = whole::inputs_hash(options, &inputs, &faults, &outlines);
    let before = cache::pages(&options.root, &options.out());
    let (unchanged, writer) = whole::unchanged(options, whole, &inputs, &before);
    watch.lap("look");
    if let Some(built) = unchanged {
        // A file that was too fresh to be trusted may be old enough now.
        let _ = looks.remember(&options.root, program);
        return built.finished(Vec::new(), &watch);
    }
    let outlines = outlines.with_cached(&options.root, program);
    let budget = TextBudget::new(HELD_BYTES);
    let outlined = outline_all(&inputs.sources, |source| {
        outlines.known(source).unwrap_or_else(|| Outlined::new(source, source.read_text(), &budget))
    });
    watch.lap("outline");
    let (assembled, theme) = rayon::join(
        || assemble(&inputs, outlined, options.include, faults, None, &mut watch),
        || render::theme(&inputs.theme),
    );
    let mut built = Built::of(&assembled);
    built.counters.outlined = outlines.unknown();
    let mut update = None;
    let built = with_theme(&theme, built, &mut watch, |theme, built, watch| {
        let previous = PreviousOutput { writer, pages: &before };
        let mut made = Rendering { options, assembled: &assembled, theme, progress }.write(previous, built, watch)?;
        made.pages.last = whole.map(|inputs_hash| whole::last(inputs_hash, &assembled, &inputs.now, built));
        built.diagnostics.extend(made.warning.take());
        update = Some(made);
        Ok(())
    });
    let caches = Caches { options, program };
    // Without what could not be stored the next build is slower and otherwise the same.
    let _ = rayon::join(
        || caches.store_sources(&outlines, looks, &assembled, &built),
        || update.map(|update| caches.store_output(update, &before)),
    );
    watch.lap("remember");
    // Dropped on another thread, so that the caller returns sooner.
    rayon::spawn(move || drop((assembled, theme)));
    Built { timings: Timings { stages: watch.laps().to_vec(), ..built.timings }, ..built }
}

/// Does `work` with the theme if nothing is wrong with it, nor with what was built so far.
fn with_theme(
    theme: &Result<Theme, Vec<Diagnostic>>,
    mut built: Built,
    watch: &mut Stopwatch,
    work: impl FnOnce(&Theme, &mut Built, &mut Stopwatch) -> Result<(), Vec<Diagnostic>>,
) -> Built {
    let result = match theme {
        Ok(_) if built.has_errors() => Ok(()),
        Ok(theme) => work(theme, &mut built, watch),
        Err(faults) => Err(faults.clone()),
    };
    built.finished(result.err().unwrap_or_default(), watch)
}

/// The same build on `threads` threads: its output must not depend on their number.
pub fn build_on(options: &Options, threads: usize) -> Result<Built, rayon::ThreadPoolBuildError> {
    Ok(guard::pool().num_threads(threads).build()?.install(|| build(options)))
}
