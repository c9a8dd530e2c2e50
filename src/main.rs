//! Parses the command line, runs the command, prints, and exits. Everything else is the library's.

use std::process::ExitCode;

use clap::Parser;
use ninefold::command::Command;

fn main() -> ExitCode {
    Command::parse().run()
}
