//! The command line: one file a subcommand, each turns its arguments into one call of the library. Exit codes: 0 fine,
//! 1 the site has errors, 2 wrong usage.

mod build;
mod check;
mod explain;
mod external;
mod import;
mod list;
mod lsp;
mod moves;
mod new;
mod progress;
mod publish;
mod report;
mod root;
mod schema;
mod serve;
mod shell;
mod suggest;
mod theme;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::config::BaseUrl;
use crate::fix;
use crate::guard;
use crate::link::Include;

/// Turns a folder of essays into a site that can be read by pattern, concept and incident.
#[derive(Debug, Parser)]
#[command(name = "ninefold", version, about, disable_help_subcommand = true, arg_required_else_help = true)]
pub struct Command {
    #[command(subcommand)]
    action: Action,
    #[command(flatten)]
    everywhere: Everywhere,
}

#[derive(Debug, Subcommand)]
enum Action {
    Build(build::Build),
    Check(check::Check),
    Suggest(suggest::Suggest),
    Explain(explain::Explain),
    Serve(serve::Serve),
    Lsp(lsp::Lsp),
    New(new::New),
    Import(import::Import),
    List(list::List),
    Rename(moves::Rename),
    Merge(moves::Merge),
    Split(moves::Split),
    Publish(publish::Publish),
    Schema(schema::Schema),
    Theme(theme::Theme),
    Completions(shell::Completions),
    Man(shell::Man),
}

/// What every command takes.
#[derive(Debug, Args)]
struct Everywhere {
    /// The site's folder, the one that holds `content/`; without it, the present one or the nearest around it
    #[arg(long, global = true, value_name = "DIR")]
    root: Option<PathBuf>,
    /// Print errors only
    #[arg(long, short, global = true)]
    quiet: bool,
}

/// The same, with the folder found.
#[derive(Debug)]
struct Common {
    root: PathBuf,
    /// The user named the folder.
    is_named: bool,
    quiet: bool,
}

/// How diagnostics are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people: the line, a caret, what to do
    Human,
    /// One JSON object a line
    Json,
    /// Annotations that GitHub shows beside a change
    Github,
    /// One SARIF log, for code hosts and editors
    Sarif,
}

/// Which essays are taken in.
#[derive(Clone, Copy, Debug, Args)]
struct Selection {
    /// Take drafts in
    #[arg(long)]
    drafts: bool,
    /// Take in essays dated after today
    #[arg(long)]
    future: bool,
}

impl From<Selection> for Include {
    fn from(selection: Selection) -> Self {
        Self { drafts: selection.drafts, future: selection.future }
    }
}

fn base_url(text: &str) -> Result<BaseUrl, String> {
    BaseUrl::parse(text)
        .ok_or_else(|| "write a web address, such as https://example.org or https://name.github.io/essays/".to_owned())
}

impl Command {
    /// Runs the command and says how it went.
    pub fn run(self) -> ExitCode {
        // Without effect where they run already.
        let _ = guard::pool().build_global();
        let what = || "the command could not be finished".to_owned();
        let is_named = self.everywhere.root.is_some();
        let root = match self.everywhere.root {
            Some(root) => root,
            None if self.action.works_around_a_site() => root::found(),
            None => PathBuf::from("."),
        };
        let common = Common { root, is_named, quiet: self.everywhere.quiet };
        let fine = guard::guarded(what, || self.action.run_on_whole_site(&common)).unwrap_or_else(|fault| {
            report::print(&[fault], &common.root, Format::Human, common.quiet);
            false
        });
        ExitCode::from(u8::from(!fine))
    }
}

impl Action {
    /// Whether it is about a site that is there, which may be around the present folder.
    fn works_around_a_site(&self) -> bool {
        !matches!(self, Self::New(new) if new.makes_a_site())
    }

    /// Runs on the site, of which nothing is half changed: what was interrupted is brought to its end first.
    fn run_on_whole_site(&self, common: &Common) -> bool {
        if self.works_around_a_site() {
            match fix::finish(&common.root) {
                Ok(false) => {}
                Ok(true) => {
                    let line = "A change that had been interrupted is brought to its end";
                    report::say(line, Format::Human, common.quiet);
                }
                Err(fault) => {
                    report::print(&[fault], &common.root, Format::Human, common.quiet);
                    return false;
                }
            }
        }
        self.run(common)
    }

    fn run(&self, common: &Common) -> bool {
        match self {
            Self::Build(build) => build.run(common),
            Self::Check(check) => check.run(common),
            Self::Suggest(suggest) => suggest.run(common),
            Self::Explain(explain) => explain.run(common),
            Self::Serve(serve) => serve.run(common),
            Self::Lsp(lsp) => lsp.run(common),
            Self::New(new) => new.run(common),
            Self::Import(import) => import.run(common),
            Self::List(list) => list.run(common),
            Self::Rename(rename) => rename.run(common),
            Self::Merge(merge) => merge.run(common),
            Self::Split(split) => split.run(common),
            Self::Publish(publish) => publish.run(common),
            Self::Schema(schema) => schema.run(common),
            Self::Theme(theme) => theme.run(common),
            Self::Completions(completions) => completions.run(),
            Self::Man(man) => man.run(common),
        }
    }
}
