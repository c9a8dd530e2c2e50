//! One program, ten targets: `TARGET=dates cargo run --release -- corpus/dates`. libFuzzer brings `main` and mutates; a target is
//! a function of bytes that panics where a property does not hold. `./run` runs them one after the other.
//!
//! `.cargo/config.toml` has the compiler's flags: they are stable ones, so neither a nightly nor `cargo fuzz` is needed.
#![no_main]

mod html;
mod targets;
mod world;

use std::sync::LazyLock;

static TARGET: LazyLock<fn(&[u8])> = LazyLock::new(|| {
    let name = std::env::var("TARGET").unwrap_or_default();
    let found = targets::ALL.iter().find(|(target, _)| *target == name);
    let names = || targets::ALL.map(|(target, _)| target).join(", ");
    let target = found.unwrap_or_else(|| panic!("set TARGET to one of: {}", names())).1;
    // Several threads would make the coverage of one input differ from run to run.
    rayon::ThreadPoolBuilder::new().num_threads(1).build_global().expect("one thread");
    target
});

libfuzzer_sys::fuzz_target!(|data: &[u8]| TARGET(data));
