//! From inputs to a Site: runs link, index and site one after the other on what was outlined. Knows their order and nothing
//! of what they do; renders nothing.

mod needless;
mod outlined;

use std::borrow::Cow;
use std::sync::Arc;

use jiff::civil::Date;
use rayon::prelude::*;

use crate::config::Config;
use crate::diagnostic::{Diagnostic, sorted};
use crate::guard::guarded;
use crate::index;
use crate::link::{self, Before, Include, doc_id, softened};
use crate::load::{Inputs, Source, Stopwatch, ThemeFiles, UNREADABLE};
use crate::model::{Hash, SourcePath};
use crate::outline::{
    Document, Front, HTML_LIMIT, IGNORED_ATTRIBUTES, IMPLIED_END, INLINE_SCRIPT, INLINE_STYLE, REMOVED_HTML,
};
use crate::picture;
use crate::render::card_faults;
use crate::site::{self, Parts, Site};

pub use outlined::{Outlined, TextBudget};

/// Sources or pages that a core takes at once: few, so that no core waits at the end for another's many.
pub const AT_ONCE: usize = 8;

/// A site and its diagnostics.
pub struct Assembled {
    pub site: Site,
    pub theme: Arc<ThemeFiles>,
    /// Sorted by place. An error among them means that the site is not to be published.
    pub diagnostics: Vec<Diagnostic>,
    /// The sources as they were read, in the order of their paths: what is rendered.
    pub outlined: Vec<Outlined>,
    include: Include,
    of_theme: Arc<OfTheme>,
}

/// What comes of the theme and the settings alone.
struct OfTheme {
    /// Of what cards are drawn by.
    card: Hash,
    blocked: Vec<Diagnostic>,
}

impl OfTheme {
    fn new(theme: &ThemeFiles, config: &Config) -> Self {
        Self { card: site::card_hash(theme), blocked: site::blocked(theme, config) }
    }
}

impl Assembled {
    /// What was made of the source at `path`.
    pub fn source(&self, path: &SourcePath) -> Option<&Outlined> {
        let n = self.outlined.binary_search_by(|outlined| outlined.document.path.cmp(path)).ok()?;
        Some(&self.outlined[n])
    }

    /// The text of the source at `path`: the one that was outlined where it is held, else what stands in the file now.
    pub fn text(&self, path: &SourcePath) -> Result<Cow<'_, str>, Diagnostic> {
        match self.source(path) {
            Some(outlined) => outlined.text(),
            None => Err(Diagnostic::new(UNREADABLE, format!("`{path}` is not a source of this site")).in_file(path)),
        }
    }

    /// What else was found at the level that the settings give it.
    pub fn levelled(&self, faults: impl IntoIterator<Item = Diagnostic>) -> Vec<Diagnostic> {
        levelled(faults, &self.site.config, &self.outlined)
    }

    /// Whether it was made of the same files, whatever stood in them, and with the same flags.
    fn is_of(&self, inputs: &Inputs, include: Include) -> bool {
        let same_files = self.outlined.len() == inputs.sources.len()
            && self.outlined.iter().zip(&*inputs.sources).all(|(a, b)| a.document.path == b.path);
        same_files
            && self.include == include
            && self.site.is_of(&inputs.config, &inputs.files)
            && Arc::ptr_eq(&self.theme, &inputs.theme)
    }
}

/// Outlines every source, on all cores.
pub fn outline_all(sources: &[Source], outlined: impl Fn(&Source) -> Outlined + Send + Sync) -> Vec<Outlined> {
    sources.par_iter().with_max_len(AT_ONCE).map(|source| outline_one(source, &outlined)).collect()
}

/// Outlines one source. Where that panics, it is one that can't be read.
pub fn outline_one(source: &Source, outlined: impl FnOnce(&Source) -> Outlined) -> Outlined {
    let what = || "the file could not be outlined".to_owned();
    guarded(what, || outlined(source)).unwrap_or_else(|fault| Outlined::unread(source, fault.in_file(&source.path)))
}

/// Makes the site of `inputs`, whose sources were `outlined`. `faults` are those of reading them. `before` is an earlier one,
/// from which is taken what can't have changed: it makes it faster and changes nothing.
pub fn assemble(
    inputs: &Inputs,
    outlined: Vec<Outlined>,
    include: Include,
    mut faults: Vec<Diagnostic>,
    before: Option<&Assembled>,
    watch: &mut Stopwatch,
) -> Assembled {
    let Inputs { config, known, files, theme, now, .. } = inputs;
    let before = before.filter(|before| before.is_of(inputs, include));
    let links_before = before.map(|before| Before { documents: before.site.documents(), linked: &before.site.linked });
    let documents: Vec<Arc<Document>> = outlined.iter().map(|outlined| Arc::clone(&outlined.document)).collect();

    let (linked, link_faults) = link::link(&documents, files, config, now, include, links_before);
    for (outlined, status) in outlined.iter().zip(&linked.status) {
        let counted = outlined.diagnostics.iter().filter(|fault| config.lints.may_count(fault.rule)).cloned();
        faults.extend(counted.filter_map(|fault| softened(fault, &outlined.document, status)));
    }
    faults.extend(link_faults);
    faults.retain(|fault| match fault.rule {
        REMOVED_HTML | IGNORED_ATTRIBUTES | IMPLIED_END | HTML_LIMIT | picture::CLEANED => !config.html_trusted,
        INLINE_SCRIPT => config.html_trusted && !config.csp.allows_inline("script-src"),
        INLINE_STYLE => config.html_trusted && !config.csp.allows_inline("style-src"),
        _ => true,
    });
    watch.lap("link");
    let index = index::index(&documents, &linked, links_before.zip(before.map(|before| &before.site.index)));
    watch.lap("index");
    let assets = match before {
        Some(before) if Arc::ptr_eq(&before.theme, theme) => Arc::clone(before.site.assets()),
        _ => site::assets(theme, &config.colours),
    };
    let of_theme = match before {
        Some(before) => Arc::clone(&before.of_theme),
        None => Arc::new(OfTheme::new(theme, config)),
    };
    let parts = Parts {
        config: Arc::clone(config),
        documents,
        files: Arc::clone(files),
        assets,
        card_theme: of_theme.card,
        words: Arc::clone(&theme.words),
        linked,
        index,
    };
    let (site, site_faults) = Site::new(parts, before.map(|before| &before.site));
    faults.extend(site_faults);
    faults.extend(of_theme.blocked.iter().cloned());
    faults.extend(card_faults(&site, config, theme));
    watch.lap("site");
    let text_of = |path: &SourcePath| {
        let n = outlined.binary_search_by(|outlined| outlined.document.path.cmp(path)).ok()?;
        outlined[n].text().ok().map(Cow::into_owned)
    };
    needless::add_edits(&mut faults, &text_of);
    let is_left_out = |path: &SourcePath| {
        let n = outlined.binary_search_by(|outlined| outlined.document.path.cmp(path));
        n.is_ok_and(|n| !site.linked.is_published(doc_id(n)))
    };
    let faults = known.applied(faults, &text_of, is_left_out);
    let faults = levelled(faults, config, &outlined);
    Assembled { site, theme: Arc::clone(theme), diagnostics: sorted(faults), outlined, include, of_theme }
}

/// Every fault at the level that the settings give it: the one place where they count.
fn levelled(faults: impl IntoIterator<Item = Diagnostic>, config: &Config, outlined: &[Outlined]) -> Vec<Diagnostic> {
    let date_of = |path: &SourcePath| -> Option<Date> {
        let n = outlined.binary_search_by(|outlined| outlined.document.path.cmp(path)).ok()?;
        match &outlined[n].document.front {
            Front::Essay(front) => front.date.as_ref().map(|date| date.value.first_day()),
            Front::Incident(_) | Front::Pattern(_) | Front::Concept(_) | Front::Page(_) => None,
        }
    };
    faults.into_iter().filter_map(|fault| config.lints.levelled(fault, date_of)).collect()
}
