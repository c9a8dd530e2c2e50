//! `ninefold serve`.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Mutex;

use clap::Args;

use super::{Common, Format, report};
use crate::diagnostic::{self, Diagnostic};
use crate::guard::locked;
use crate::link::Include;
use crate::serve::{self, Event, Options};

/// See the site while you write it: each save shows at once
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  ninefold serve --open")]
pub struct Serve {
    /// The port to listen on; the next free one is taken if it is in use
    #[arg(long, default_value_t = 4000, value_parser = port)]
    port: u16,
    /// Open the site in a browser
    #[arg(long)]
    open: bool,
    /// The address to listen on; another one than this machine's own lets others read your drafts
    #[arg(long, value_name = "ADDRESS", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    host: IpAddr,
    /// Answer to this name, too: one that leads to this machine in your own network
    #[arg(long, value_name = "NAME", value_parser = host_name)]
    allow_host: Vec<String>,
    /// Take open pages along to the one you edit
    #[arg(long)]
    follow: bool,
    /// Look for changes now and then, where the system does not tell of them: network drives, Windows' drives from Linux
    #[arg(long)]
    poll: bool,
    /// Leave drafts out, as `build` does
    #[arg(long)]
    no_drafts: bool,
    /// As without it: `build` has a flag of this name
    #[arg(long, hide = true, conflicts_with = "no_drafts")]
    drafts: bool,
    /// As without it: `build` has a flag of this name
    #[arg(long, hide = true, conflicts_with = "no_future")]
    future: bool,
    /// Leave out essays dated after today, as `build` does
    #[arg(long)]
    no_future: bool,
}

fn port(text: &str) -> Result<u16, &'static str> {
    text.parse().map_err(|_| "a port is a number from 0 to 65535; 0 takes any that is free")
}

fn host_name(text: &str) -> Result<String, &'static str> {
    if serve::is_host_name(text) {
        Ok(text.to_owned())
    } else {
        Err("write a name alone, such as my-computer.local: no http://, no port, no star")
    }
}

impl Serve {
    pub(super) fn run(&self, common: &Common) -> bool {
        let options = Options {
            root: common.root.clone(),
            address: SocketAddr::new(self.host, self.port),
            names: self.allow_host.clone(),
            include: Include { drafts: self.drafts || !self.no_drafts, future: self.future || !self.no_future },
            open: self.open,
            follow: self.follow,
            poll: self.poll,
        };
        let quiet = common.quiet;
        let root = common.root.clone();
        let last = Mutex::new(Vec::new());
        let reporter = move |event: Event<'_>| match event {
            Event::Listening { url, taken } => {
                if let Some(port) = taken {
                    report::say(&format!("Port {port} is taken."), Format::Human, quiet);
                }
                report::say(&format!("The site is at {url} (stop with Ctrl-C)"), Format::Human, quiet);
            }
            Event::Fault(fault) => report::print(std::slice::from_ref(fault), &root, Format::Human, quiet),
            Event::Read { pages, milliseconds, diagnostics } => {
                let shown: Vec<Diagnostic> =
                    diagnostics.iter().filter(|d| d.severity != diagnostic::Severity::Note).cloned().collect();
                // The diagnostics of the reading before still stand above.
                let mut last = locked(&last);
                if *last != shown {
                    report::print(&shown, &root, Format::Human, quiet);
                    last.clone_from(&shown);
                }
                let counts = diagnostic::summary(&shown).map(|counts| format!("; {counts}")).unwrap_or_default();
                report::say(&format!("{pages} pages, read in {milliseconds} ms{counts}"), Format::Human, quiet);
            }
        };
        match serve::serve(&options, reporter) {
            Ok(()) => true,
            Err(fault) => {
                report::print(&[fault], &common.root, Format::Human, quiet);
                false
            }
        }
    }
}
