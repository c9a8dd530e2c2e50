//! EDGE. The development server: holds a site in memory, renders a page when it is asked for, and tells the browser when
//! something changed. There is no second way to build: a change runs the same stages
//! again, on what it did not touch.

mod answer;
mod banner;
mod connections;
mod file;
mod http;
mod index;
mod live;
mod local;
mod look;
mod range;
mod state;
mod turns;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, rules};
use crate::guard::STACK_BYTES;
use crate::link::Include;
use crate::load::no_site;
use crate::watch::{self, EventCount};

pub use local::is_host_name;
use state::State;
use turns::Turns;

rules! {
    SERVE = "serve", error fixed, "the development server can't start";
}

/// What to serve, and where.
#[derive(Clone, Debug)]
pub struct Options {
    /// The folder that holds `content/`.
    pub root: PathBuf,
    /// The next free port is taken if this one is in use.
    pub address: SocketAddr,
    /// Names that it answers to besides `localhost`.
    pub names: Vec<String>,
    pub include: Include,
    /// Open the site in the user's browser.
    pub open: bool,
    /// Take open pages to the one that was edited last.
    pub follow: bool,
    /// Look for changes now and then, where the system sends no events.
    pub poll: bool,
}

/// What the server tells whoever runs it.
pub enum Event<'a> {
    /// It answers at `url`. `taken` is the port that was in use.
    Listening { url: String, taken: Option<u16> },
    /// The site was read, at the start or after a change.
    Read { pages: usize, milliseconds: u128, diagnostics: &'a [Diagnostic] },
    /// Files can't be watched as they should be, or what changed can't be read.
    Fault(&'a Diagnostic),
}

/// A server lives long and holds little at a time. In huge pages, which the allocator asks for and a build is faster with, it took
/// twice the memory at rest and four times as much for each thousand requests.
fn take_small_pages() {
    // A system that can't be asked decides by itself.
    #[cfg(target_os = "linux")]
    let _ = rustix::thread::disable_transparent_huge_pages(true);
}

/// Serves until Ctrl-C.
pub fn serve(options: &Options, reporter: impl Fn(Event<'_>) + Send + Sync + 'static) -> Result<(), Diagnostic> {
    let fail = |what: &str, error: &dyn std::fmt::Display| Diagnostic::new(SERVE, format!("{what}: {error}"));
    // Watchers give whole paths.
    let root = options.root.canonicalize().map_err(|_| no_site(&options.root))?;
    if !root.join("content").is_dir() {
        return Err(no_site(&options.root));
    }
    let options = Options { root, ..options.clone() };
    take_small_pages();
    let turns = Turns::on(std::thread::available_parallelism().map_or(1, usize::from));
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .thread_stack_size(STACK_BYTES)
        .max_blocking_threads(turns.threads())
        .enable_all()
        .build()
        .map_err(|error| fail("the server can't start", &error))?;
    runtime.block_on(async {
        let (listener, taken) = http::listen(options.address).await.map_err(|error| {
            fail(&format!("port {} can't be listened on", options.address.port()), &error)
                .help("choose another with `--port N`")
        })?;
        let address = listener.local_addr().map_err(|error| fail("the server has no address", &error))?;
        let received = EventCount::default();
        let (watching, inbox, fault) = watch::watch(&options.root, options.poll, &received)
            .map_err(|error| fail("changes can't be watched", &error).help("are the site's folders readable?"))?;
        let state = Arc::new(State::new(options, turns, received, reporter));
        if let Some(fault) = fault {
            state.set_watching(fault);
        }
        watch::follow(&watching, inbox, Arc::clone(&state))
            .map_err(|error| fail("changes can't be followed", &error))?;
        let url = format!("http://{address}{}", state.home());
        state.report(Event::Listening { url: url.clone(), taken });
        if state.options.open {
            open(&url);
        }
        http::run(listener, Arc::clone(&state)).await.map_err(|error| fail("the server stopped", &error))
    })
}

/// Opens `url` in the user's browser. If none opens, the address was printed anyway.
fn open(url: &str) {
    let (program, arguments): (&str, &[&str]) = if cfg!(target_os = "macos") {
        ("open", &[])
    } else if cfg!(windows) {
        ("cmd", &["/C", "start", ""])
    } else {
        ("xdg-open", &[])
    };
    let _ = std::process::Command::new(program).args(arguments).arg(url).spawn();
}
