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
        /// The folder to make, or an empty one; a fresh repository with a readme and a licence will do
        name: std::path::PathBuf,
    },
    /// An essay, begun as a draft
    #[command(after_help = "Example:\n  ninefold new essay --folder out-of-ports")]
    Essay {
        /// Its file name and address: lower-case letters, digits and dashes; folders may stand before it
        name: String,
        /// Make a folder for it, where its pictures go beside it
        #[arg(long)]
        folder: bool,
    },
    /// A page that is no essay, begun as a draft
    #[command(after_help = "Example:\n  ninefold new page about")]
    Page {
        /// Its file name and address: lower-case letters, digits and dashes; folders may stand before it
        name: String,
        /// Make a folder for it, where its pictures go beside it
        #[arg(long)]
        folder: bool,
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
    /// Whether it begins a site, rather than something in one.
    pub(super) fn makes_a_site(&self) -> bool {
        matches!(self.what, What::Site { .. })
    }

    pub(super) fn run(&self, common: &Common) -> bool {
        let root = &common.root;
        let begin = |record, name, folder| new::record(root, record, name, folder, load::now());
        let made = match &self.what {
            What::Site { name } => new::site(&root.join(name), load::now()),
            What::Essay { name, folder } => begin(Record::Essay, name, *folder),
            What::Page { name, folder } => begin(Record::Page, name, *folder),
            What::Incident { name } => begin(Record::Incident, name, false),
            What::Concept { name } => begin(Record::Concept, name, false),
            What::Deploy { host } => new::deploy(root, *host),
        };
        report::made(made, common)
    }
}
