//! `ninefold serve`.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use clap::Args;

use super::{Common, Format, report};
use crate::diagnostic::{self, Diagnostic};
use crate::link::Include;
use crate::serve::{self, Event, Options};

/// See the site while you write it: each save shows at once
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  ninefold serve --open")]
pub struct Serve {
    /// The port to listen on; the next free one is taken if it is in use
    #[arg(long, default_value_t = 4000)]
    port: u16,
    /// Open the site in a browser
    #[arg(long)]
    open: bool,
    /// Leave drafts out, as `build` does
    #[arg(long)]
    no_drafts: bool,
    /// Leave out essays dated after today, as `build` does
    #[arg(long)]
    no_future: bool,
}

impl Serve {
    pub(super) fn run(&self, common: &Common) -> bool {
        let options = Options {
            root: common.root.clone(),
            address: SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), self.port),
            include: Include { drafts: !self.no_drafts, future: !self.no_future },
            open: self.open,
        };
        let quiet = common.quiet;
        let root = common.root.clone();
        let told = move |event: Event<'_>| match event {
            Event::Listening { url, taken } => {
                if let Some(port) = taken {
                    report::say(&format!("Port {port} is taken."), Format::Human, quiet);
                }
                report::say(&format!("The site is at {url} (stop with Ctrl-C)"), Format::Human, quiet);
            }
            Event::Read { pages, milliseconds, diagnostics } => {
                let shown: Vec<Diagnostic> =
                    diagnostics.iter().filter(|d| d.severity != diagnostic::Severity::Note).cloned().collect();
                report::print(&shown, &root, Format::Human, quiet);
                let counts = diagnostic::summary(&shown).map(|counts| format!("; {counts}")).unwrap_or_default();
                report::say(&format!("{pages} pages, read in {milliseconds} ms{counts}"), Format::Human, quiet);
            }
        };
        match serve::serve(&options, told) {
            Ok(()) => true,
            Err(fault) => {
                report::print(&[fault], &common.root, Format::Human, quiet);
                false
            }
        }
    }
}
