//! `ninefold theme`.

use std::io::{self, Write};

use clap::{Args, Subcommand};

use super::{Common, Format, report};
use crate::load;
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
        // A file goes where the theme that `site.yaml` names will find it; what else is wrong there is for a build to tell.
        let mut faults = Vec::new();
        let Some(config) = load::read_config(root, &mut faults) else {
            report::print(&faults, root, Format::Human, common.quiet);
            return false;
        };
        let theme = &config.theme.value;
        match &self.what {
            What::List => {
                for file in new::theme_files(root, theme) {
                    let mark = if file.is_replaced { "  (replaced)" } else { "" };
                    // A reader that went away is no fault of ours.
                    let _ = writeln!(io::stdout(), "{}{mark}", file.name);
                }
                true
            }
            What::Eject { file } => report::made(new::eject(root, theme, file), common),
        }
    }
}
