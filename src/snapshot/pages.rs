//! The pages of a site as they were rendered last, from snapshot to snapshot: each is rendered once for all who ask for it, and
//! again only where what it is made of has changed. Knows views and keys; no HTTP.

use std::collections::{HashMap, VecDeque};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use crate::cache::program_hash;
use crate::diagnostic::{Diagnostic, Spot};
use crate::guard::{guarded, locked};
use crate::headers::content_type;
use crate::load::picture_bytes;
use crate::model::{Hash, SourcePath, UrlPath};
use crate::render::{self, Keys, Output, Renderer, TEMPLATE, Theme};
use crate::site::View;

use super::Snapshot;

/// Pages that are remembered: those that were asked for last.
const REMEMBERED: usize = 64;

#[derive(Default)]
pub(super) struct Pages {
    /// The one that was asked for last comes first.
    pages: Mutex<VecDeque<(UrlPath, Remembered)>>,
    rendered: AtomicUsize,
    snapshots: AtomicU64,
}

/// What is remembered of a page, if it was ever rendered.
type Remembered = Arc<Mutex<Option<Rendered>>>;

/// The last good version of a page.
struct Rendered {
    /// The last snapshot that it was found to be of.
    snapshot: u64,
    /// Of all that it depends on.
    key: Hash,
    body: Arc<Vec<u8>>,
}

impl Pages {
    /// A number for another snapshot.
    pub fn snapshot_number(&self) -> u64 {
        self.snapshots.fetch_add(1, Ordering::Relaxed)
    }

    /// What is remembered of the page at `url`, to be held while it is rendered: who else asks waits for the same.
    fn at(&self, url: &UrlPath) -> Remembered {
        let mut pages = locked(&self.pages);
        let known = pages.iter().position(|(other, _)| other == url).and_then(|n| pages.remove(n));
        let (url, page) = known.unwrap_or_else(|| (url.clone(), Arc::default()));
        pages.push_front((url, Arc::clone(&page)));
        pages.truncate(REMEMBERED);
        page
    }
}

impl Snapshot {
    /// What `url` answers with, broken links of a page marked; none if nothing is there.
    pub fn output(&self, url: &UrlPath) -> Option<Result<Output, Diagnostic>> {
        if let Some(fault) = &self.unread {
            return Some(Err(fault.clone()));
        }
        let what = || format!("the page `{url}` could not be made");
        let panicked = |fault: Diagnostic| Some(Err(fault.maybe_in_file(self.assembled.site.source_of(url))));
        let make =
            || if is_page(url) && self.assembled.site.has(url.as_str()) { self.page(url) } else { self.made(url) };
        guarded(what, make).unwrap_or_else(panicked)
    }

    /// The last version of the page at `url` that could be rendered.
    pub fn last_good(&self, url: &UrlPath) -> Option<Arc<Vec<u8>>> {
        let page =
            locked(&self.pages.pages).iter().find(|(other, _)| other == url).map(|(_, page)| Arc::clone(page))?;
        let page = locked(&page);
        page.as_ref().map(|page| Arc::clone(&page.body))
    }

    /// How many pages were rendered for this snapshot and those before it.
    pub fn rendered(&self) -> usize {
        self.pages.rendered.load(Ordering::Relaxed)
    }

    /// The page, as it is remembered where it is still the same. What can't be rendered is not: the next to ask may be luckier.
    fn page(&self, url: &UrlPath) -> Option<Result<Output, Diagnostic>> {
        let page = self.pages.at(url);
        let mut page = locked(&page);
        if let Some(page) = page.as_ref().filter(|page| page.snapshot == self.number) {
            return Some(Ok(Output::Shared(Arc::clone(&page.body))));
        }
        let view = self.view(url)?;
        let theme = match self.theme() {
            Ok(theme) => theme,
            Err(fault) => return Some(Err(fault)),
        };
        let key = Keys::new(theme, program_hash()).key(&view);
        if let Some(page) = page.as_mut().filter(|page| page.key == key) {
            page.snapshot = self.number;
            return Some(Ok(Output::Shared(Arc::clone(&page.body))));
        }
        self.pages.rendered.fetch_add(1, Ordering::Relaxed);
        Some(self.render(&view, theme).map(|output| match output {
            Output::Bytes(body) => {
                let body = Arc::new(body);
                *page = Some(Rendered { snapshot: self.number, key, body: Arc::clone(&body) });
                Output::Shared(body)
            }
            output => output,
        }))
    }

    fn made(&self, url: &UrlPath) -> Option<Result<Output, Diagnostic>> {
        let view = self.view(url)?;
        Some(self.theme().and_then(|theme| self.render(&view, theme)))
    }

    fn view(&self, url: &UrlPath) -> Option<View> {
        let mut view = self.assembled.site.view(url)?;
        mark_faults(&mut view, self);
        Some(view)
    }

    fn theme(&self) -> Result<&Theme, Diagnostic> {
        self.theme.as_deref().ok_or_else(|| {
            let fault = self.diagnostics.iter().find(|fault| fault.rule == TEMPLATE).cloned();
            fault.unwrap_or_else(|| Diagnostic::new(TEMPLATE, "the theme can't be read"))
        })
    }

    fn render(&self, view: &View, theme: &Theme) -> Result<Output, Diagnostic> {
        let sources = |path: &SourcePath| self.assembled.text(path);
        render::output(
            view,
            &Renderer { theme, highlighter: &self.highlighter, sources: &sources, pictures: &picture_bytes },
        )
    }
}

/// Whether what is at `url` is a page of HTML.
pub fn is_page(url: &UrlPath) -> bool {
    content_type(&url.file()).starts_with("text/html")
}

/// Says of each broken link of a page what is wrong with it.
fn mark_faults(view: &mut View, snapshot: &Snapshot) {
    let View::Html(page) = view else { return };
    let Some(body) = &mut page.body else { return };
    let faults: HashMap<_, &Diagnostic> = snapshot
        .assembled
        .diagnostics
        .iter()
        .filter_map(|fault| match &fault.place {
            Some(place) if place.path == body.source => match place.spot {
                Spot::Bytes(span) => Some((span, fault)),
                _ => None,
            },
            _ => None,
        })
        .collect();
    let Some(outlined) = snapshot.assembled.source(&body.source).filter(|_| !faults.is_empty()) else { return };
    for (link, reference) in body.links.iter_mut().zip(&outlined.document.body.references) {
        if let Some(fault) = faults.get(&reference.span).filter(|_| link.url.is_none()) {
            link.fault = Some(
                [fault.message.as_str()]
                    .into_iter()
                    .chain(fault.help.iter().map(String::as_str))
                    .collect::<Vec<_>>()
                    .join("; "),
            );
        }
    }
}
