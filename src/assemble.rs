//! From inputs to a Site: runs outline, link, index and site one after the other. Knows their order and nothing of what
//! they do; reads texts through `load`, renders nothing.

use std::collections::HashMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::diagnostic::{Diagnostic, sorted};
use crate::index;
use crate::link::{self, Include, softened};
use crate::load::{Content, Inputs, Source, Stopwatch, ThemeFiles};
use crate::model::SourcePath;
use crate::outline::{self, Document, HTML_LIMIT, REMOVED_HTML};
use crate::site::{Parts, Site};

/// A site and what is to be said about it.
pub struct Assembled {
    pub site: Site,
    pub theme: ThemeFiles,
    /// Sorted by place. An error among them means that the site is not to be published.
    pub diagnostics: Vec<Diagnostic>,
    /// Where each source's text is, for rendering.
    pub texts: Texts,
    /// How many sources were outlined.
    pub outlined: usize,
}

/// Where the texts of a site's sources are.
#[derive(Clone, Debug, Default)]
pub struct Texts(HashMap<SourcePath, Content>);

impl Texts {
    /// Reads the text of the source at `path`.
    pub fn read(&self, path: &SourcePath) -> Result<String, Diagnostic> {
        match self.0.get(path) {
            Some(content) => content.read_text(path),
            None => {
                Err(Diagnostic::error("unreadable", format!("`{path}` is not a source of this site")).in_file(path))
            }
        }
    }
}

/// Makes the site of `inputs`. `faults` are those of reading them.
pub fn assemble(inputs: Inputs, include: Include, mut faults: Vec<Diagnostic>, watch: &mut Stopwatch) -> Assembled {
    let Inputs { config, sources, files, theme, now } = inputs;
    let outlined: Vec<(Arc<Document>, Vec<Diagnostic>)> = sources.par_iter().map(read_and_outline).collect();
    let texts = Texts(sources.into_iter().map(|source| (source.path, source.content)).collect());
    let (documents, said): (Vec<Arc<Document>>, Vec<Vec<Diagnostic>>) = outlined.into_iter().unzip();
    watch.lap("outline");

    let (linked, link_faults) = link::link(&documents, &files, &now, include);
    for ((document, said), status) in documents.iter().zip(said).zip(&linked.status) {
        faults.extend(said.into_iter().filter_map(|fault| softened(fault, document, status)));
    }
    faults.extend(link_faults);
    if config.html_trusted {
        faults.retain(|fault| ![REMOVED_HTML, HTML_LIMIT].contains(&fault.code));
    }
    watch.lap("link");
    let index = index::index(&documents, &linked);
    watch.lap("index");
    let count = documents.len();
    let (site, site_faults) = Site::new(Parts { config, documents, files, theme: theme.clone(), linked, index });
    faults.extend(site_faults);
    watch.lap("site");
    Assembled { site, theme, diagnostics: sorted(faults), texts, outlined: count }
}

fn read_and_outline(source: &Source) -> (Arc<Document>, Vec<Diagnostic>) {
    match source.content.read_text(&source.path) {
        Ok(text) => {
            let (document, faults) = outline::outline(source, &text);
            (Arc::new(document), faults)
        }
        Err(fault) => (Arc::new(outline::unread(source)), vec![fault]),
    }
}
