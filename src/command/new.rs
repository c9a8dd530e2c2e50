//! `ninefold new`.

use clap::{Args, Subcommand};

use super::{Common, report};
use crate::load;
use crate::new::{self, Record};

/// Begin a site, an essay or a record
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  ninefold new essay out-of-ports")]
pub struct New {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// A folder with a site that builds at once
    #[command(after_help = "Example:\n  ninefold new site my-essays")]
    Site {
        /// The folder to make
        name: std::path::PathBuf,
    },
    /// An essay, begun as a draft
    #[command(after_help = "Example:\n  ninefold new essay out-of-ports")]
    Essay {
        /// Its file name and address: lower-case letters, digits and dashes
        name: String,
    },
    /// The record of an incident
    #[command(after_help = "Example:\n  ninefold new incident bluesky-2026-04")]
    Incident {
        /// Its id: lower-case letters, digits and dashes
        name: String,
    },
    /// A concept
    #[command(after_help = "Example:\n  ninefold new concept adaptive-capacity")]
    Concept {
        /// Its id: lower-case letters, digits and dashes
        name: String,
    },
    /// The files that a host needs to build or show the site
    #[command(after_help = "Example:\n  ninefold new deploy github")]
    Deploy {
        /// Where the site will be
        host: new::Host,
    },
}

impl New {
    pub(super) fn run(&self, common: &Common) -> bool {
        let root = &common.root;
        let made = match &self.what {
            What::Site { name } => new::site(&root.join(name), load::now()),
            What::Essay { name } => new::record(root, Record::Essay, name, load::now()),
            What::Incident { name } => new::record(root, Record::Incident, name, load::now()),
            What::Concept { name } => new::record(root, Record::Concept, name, load::now()),
            What::Deploy { host } => new::deploy(root, *host),
        };
        report::made(made, common)
    }
}
