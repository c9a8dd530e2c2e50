//! Parses the command line, runs the command, prints, and exits. Everything else is the library's.

use std::process::ExitCode;

use clap::Parser;
use ninefold::command::Command;

/// A page is made of many short texts, on all cores at once: a fifth of a build's time went to the system's allocator.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    Command::parse().run()
}
