//! `ninefold completions` and `ninefold man`: shell completions and man pages, generated from the definition of the commands.

use std::fs;
use std::io::{self, Write};
use std::path::PathBuf;

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use super::{Command, Common, Format, report};
use crate::diagnostic::Diagnostic;
use crate::write::cannot_write;

/// The name that shells know the program by.
const NAME: &str = "ninefold";

/// Print what completes the commands in a shell
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  ninefold completions bash > ~/.local/share/bash-completion/completions/ninefold")]
pub struct Completions {
    #[arg(value_enum)]
    shell: Shell,
}

impl Completions {
    pub(super) fn run(&self) -> bool {
        let mut text = Vec::new();
        clap_complete::generate(self.shell, &mut Command::command(), NAME, &mut text);
        // A reader that went away is no fault of ours.
        let _ = io::stdout().write_all(&text);
        true
    }
}

/// Write the manual pages of all commands into a folder
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  ninefold man ~/.local/share/man/man1")]
pub struct Man {
    /// Is made where it is missing
    folder: PathBuf,
}

impl Man {
    pub(super) fn run(&self, common: &Common) -> bool {
        let written = fs::create_dir_all(&self.folder)
            .and_then(|()| clap_mangen::generate_to(Command::command().name(NAME), &self.folder));
        match written {
            Ok(()) => true,
            Err(error) => {
                let fault: Diagnostic = cannot_write(&self.folder, &error);
                report::print(&[fault], &common.root, Format::Human, common.quiet);
                false
            }
        }
    }
}
