//! The site that is served now, and who waits to hear of the next. Knows how to read it again; no HTTP.

use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::Instant;

use tokio::sync::broadcast;

use super::{Event, Options};
use crate::assemble::Assembled;
use crate::build;
use crate::diagnostic::{Diagnostic, sorted};
use crate::load;
use crate::render::{self, Theme};

/// One reading of the site.
pub struct Reading {
    pub assembled: Assembled,
    /// The newest theme whose templates could be read; none if there never was one.
    pub theme: Option<Arc<Theme>>,
    /// Of reading, linking and the theme.
    pub diagnostics: Vec<Diagnostic>,
}

pub struct State {
    pub options: Options,
    told: Box<dyn Fn(Event<'_>) + Send + Sync>,
    now: RwLock<Option<Arc<Reading>>>,
    /// Held while the site is read, so that two changes at once are read one after the other.
    reading: Mutex<()>,
    changes: broadcast::Sender<()>,
}

impl State {
    pub fn new(options: Options, told: impl Fn(Event<'_>) + Send + Sync + 'static) -> Self {
        Self {
            options,
            told: Box::new(told),
            now: RwLock::new(None),
            reading: Mutex::new(()),
            changes: broadcast::channel(16).0,
        }
    }

    pub fn tell(&self, event: Event<'_>) {
        (self.told)(event);
    }

    /// What is served at this moment.
    pub fn reading(&self) -> Option<Arc<Reading>> {
        self.now.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Messages, one for each change.
    pub fn changes(&self) -> broadcast::Receiver<()> {
        self.changes.subscribe()
    }

    /// The path of the front page.
    pub fn home(&self) -> String {
        self.reading()
            .map_or_else(|| "/".to_owned(), |reading| format!("{}/", reading.assembled.site.config.base_url.path()))
    }

    /// Reads the site from the beginning and serves what came of it.
    pub fn read_again(&self) {
        let _one_at_a_time = self.reading.lock().unwrap_or_else(PoisonError::into_inner);
        let start = Instant::now();
        let options = build::Options {
            root: self.options.root.clone(),
            out: None,
            base_url: None,
            include: self.options.include,
            force: false,
            now: load::now(),
        };
        let assembled = build::read(&options);
        let mut diagnostics = assembled.diagnostics.clone();
        let theme = match render::theme(&assembled.theme) {
            Ok(theme) => Some(Arc::new(theme)),
            Err(faults) => {
                diagnostics.extend(faults);
                self.reading().and_then(|before| before.theme.clone())
            }
        };
        let reading = Reading { assembled, theme, diagnostics: sorted(diagnostics) };
        self.tell(Event::Read {
            pages: reading.assembled.site.urls().filter(|(url, _)| url.as_str().ends_with('/')).count(),
            milliseconds: start.elapsed().as_millis(),
            diagnostics: &reading.diagnostics,
        });
        *self.now.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(reading));
        // Nobody listening is fine.
        let _ = self.changes.send(());
    }
}
