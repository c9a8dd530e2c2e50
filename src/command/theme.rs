//! `ninefold theme`.

use std::io::{self, Write};

use clap::{Args, Subcommand};

use super::{Common, Format, report};
use crate::diagnostic::Diagnostic;
use crate::load::{self, Inputs};
use crate::new;

/// Show the files of the theme, or take one to change it
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  ninefold theme eject essay.html")]
pub struct Theme {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Every file of the default theme, and which of them the site has replaced
    #[command(after_help = "Example:\n  ninefold theme list")]
    List,
    /// Copy one file of the default theme into the site
    #[command(after_help = "Example:\n  ninefold theme eject essay.html")]
    Eject {
        /// Its name, as `ninefold theme list` shows it; the folder may be left out
        file: String,
    },
}

impl Theme {
    pub(super) fn run(&self, common: &Common) -> bool {
        let root = &common.root;
        if !root.join("content").is_dir() {
            return refused(common, new::no_site(root));
        }
        // A file goes where the theme that `site.yaml` names will find it; what else is wrong there is for a build to tell.
        let (inputs, _) = Inputs::read(root, load::now());
        let theme = &inputs.config.theme.value;
        match &self.what {
            What::List => {
                for file in new::theme_files(root, theme) {
                    let mark = if file.is_replaced { "  (replaced)" } else { "" };
                    // A reader that went away is no fault of ours.
                    let _ = writeln!(io::stdout(), "{}{mark}", file.name);
                }
                true
            }
            What::Eject { file } => match new::eject(root, theme, file) {
                Ok(lines) => {
                    lines.iter().for_each(|line| report::say(line, Format::Human, common.quiet));
                    true
                }
                Err(fault) => refused(common, fault),
            },
        }
    }
}

fn refused(common: &Common, fault: Diagnostic) -> bool {
    report::print(&[fault], &common.root, Format::Human, common.quiet);
    false
}
