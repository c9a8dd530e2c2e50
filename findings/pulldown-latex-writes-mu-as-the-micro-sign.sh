#!/usr/bin/env bash
# pulldown-latex 0.8.0 (Rust crate), seen 2026-11-30.
#
# Expected: \mu is the Greek letter, U+03BC, as the other Greek letters are (\lambda is U+03BB) and as other writers of MathML
# have it.
#
# What it does: writes U+00B5, the sign for "millionth", which looks the same in most fonts. Whoever searches a page for the
# letter does not find the formula, screen readers say "micro", and two texts that look alike compare as different.
#
# What a generator of static sites does about it: puts the letter in the place of the sign in what comes out.
set -euo pipefail
dir="$(mktemp -d)"
trap 'rm -rf "$dir"' EXIT
cd "$dir"
mkdir src
cat > Cargo.toml <<'TOML'
[package]
name = "finding"
version = "0.0.0"
edition = "2021"
[dependencies]
pulldown-latex = "=0.8.0"
TOML
cat > src/main.rs <<'RS'
fn main() {
    for latex in [r"\lambda", r"\mu", r"\nu"] {
        let storage = pulldown_latex::Storage::new();
        let mut mathml = String::new();
        pulldown_latex::push_mathml(&mut mathml, pulldown_latex::Parser::new(latex, &storage), Default::default()).unwrap();
        let letter = mathml.chars().find(|c| !c.is_ascii()).map_or(0, |c| c as u32);
        println!("{latex} is U+{letter:04X}");
    }
}
RS
export CARGO_TARGET_DIR="$dir/target"
cargo run --quiet | tee seen
if [ "$(tr '\n' ' ' < seen)" != '\lambda is U+03BB \mu is U+00B5 \nu is U+03BD ' ]; then
    echo "pulldown-latex no longer writes \\mu as the micro sign." >&2
    exit 1
fi
