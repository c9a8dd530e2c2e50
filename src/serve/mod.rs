//! EDGE. The development server: holds a site in memory, renders a page when it is asked for, and tells the browser when
//! something changed. There is no second way to build: a change runs from load to Site again.

mod answer;
mod http;
mod page;
mod state;
mod watch;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::link::Include;

use state::State;

/// What to serve, and where.
#[derive(Clone, Debug)]
pub struct Options {
    /// The folder that holds `content/`.
    pub root: PathBuf,
    /// The next free port is taken if this one is in use.
    pub address: SocketAddr,
    pub include: Include,
    /// Open the site in the user's browser.
    pub open: bool,
}

/// What the server tells whoever runs it.
pub enum Event<'a> {
    /// It answers at `url`. `taken` is the port that was in use.
    Listening { url: String, taken: Option<u16> },
    /// The site was read, at the start or after a change.
    Read { pages: usize, milliseconds: u128, diagnostics: &'a [Diagnostic] },
}

/// Serves until Ctrl-C.
pub fn serve(options: &Options, told: impl Fn(Event<'_>) + Send + Sync + 'static) -> Result<(), Diagnostic> {
    let fail = |what: &str, error: &dyn std::fmt::Display| Diagnostic::error("serve", format!("{what}: {error}"));
    if !options.root.join("content").is_dir() {
        return Err(Diagnostic::error(
            "no-site",
            format!("there is no site in `{}`: it has no folder `content`", options.root.display()),
        )
        .help("make one with `ninefold new site NAME`, or name its folder with `--root DIR`"));
    }
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(|error| fail("the server can't start", &error))?;
    runtime.block_on(async {
        let state = Arc::new(State::new(options.clone(), told));
        let (listener, taken) = http::listen(options.address).await.map_err(|error| {
            fail(&format!("port {} can't be listened on", options.address.port()), &error)
                .help("choose another with `--port N`")
        })?;
        let address = listener.local_addr().map_err(|error| fail("the server has no address", &error))?;
        state.read_again();
        let _watcher = watch::watch(Arc::clone(&state)).map_err(|error| {
            fail("changes can't be watched", &error).help("is the number of watched files limited on this system?")
        })?;
        let url = format!("http://{address}{}", state.home());
        state.tell(Event::Listening { url: url.clone(), taken });
        if options.open {
            page::open(&url);
        }
        http::run(listener, Arc::clone(&state)).await.map_err(|error| fail("the server stopped", &error))
    })
}
