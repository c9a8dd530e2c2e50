//! `ninefold lsp`.

use std::io;

use clap::Args;

use super::Common;
use crate::link::Include;
use crate::lsp::{self, End, Options};

/// Serve an editor that speaks the Language Server Protocol: editors start it themselves
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  ninefold lsp\n\nThe guide has the lines for VS Code, Neovim, Helix, Emacs and Zed."
)]
pub struct Lsp {
    /// Leave drafts out, as `build` does
    #[arg(long)]
    no_drafts: bool,
    /// Leave out essays dated after today, as `build` does
    #[arg(long)]
    no_future: bool,
    /// As without it: editors add it to name the way they speak
    #[arg(long, hide = true)]
    stdio: bool,
}

impl Lsp {
    pub(super) fn run(&self, common: &Common) -> bool {
        let options = Options {
            root: common.is_named.then(|| common.root.clone()),
            include: Include { drafts: !self.no_drafts, future: !self.no_future },
        };
        matches!(lsp::serve(&options, io::stdin().lock(), io::stdout()), Ok(End::Orderly))
    }
}
