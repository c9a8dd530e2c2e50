//! Prints diagnostics: to standard error for people, to standard output for programs.

use std::io::{self, IsTerminal, Write};
use std::path::Path;

use super::{Common, Format};
use crate::diagnostic::{self, Diagnostic, Severity};
use crate::load::{self, text_of};
use crate::model::SourcePath;

/// Prints `diagnostics` of the site in `root`; of a quiet command only the errors.
pub fn print(diagnostics: &[Diagnostic], root: &Path, format: Format, quiet: bool) {
    let shown: Vec<Diagnostic> =
        diagnostics.iter().filter(|d| !quiet || d.severity == Severity::Error).cloned().collect();
    let text = |path: &SourcePath| text_of(root, path);
    // A reader that went away is no fault of ours.
    let _ = match format {
        Format::Human => io::stderr().write_all(diagnostic::human(&shown, &text, colour()).as_bytes()),
        Format::Json => io::stdout().write_all(diagnostic::json(&shown, &text).as_bytes()),
        Format::Sarif => io::stdout().write_all(diagnostic::sarif(&shown, &text).as_bytes()),
        Format::Github => io::stdout().write_all(diagnostic::github(&shown, &text).as_bytes()),
    };
}

/// One line to standard error, unless the command is quiet or speaks to a program.
pub fn say(line: &str, format: Format, quiet: bool) {
    if !quiet && format == Format::Human {
        let _ = writeln!(io::stderr(), "{line}");
    }
}

/// Says what was made, or why nothing was. Whether it went well.
pub fn made(made: Result<Vec<String>, Diagnostic>, common: &Common) -> bool {
    match made {
        Ok(lines) => {
            lines.iter().for_each(|line| say(line, Format::Human, common.quiet));
            true
        }
        Err(fault) => {
            print(&[fault], &common.root, Format::Human, common.quiet);
            false
        }
    }
}

/// Whether the folder holds no site, which is printed.
pub fn no_site(diagnostics: &[Diagnostic], common: &Common) -> bool {
    let found: Vec<Diagnostic> = diagnostics.iter().filter(|fault| fault.rule == load::NO_SITE).cloned().collect();
    print(&found, &common.root, Format::Human, common.quiet);
    !found.is_empty()
}

/// Whether the output goes to a terminal.
pub fn is_terminal() -> bool {
    io::stderr().is_terminal()
}

/// Colours on a terminal, unless NO_COLOR is set (https://no-color.org).
fn colour() -> bool {
    io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}
