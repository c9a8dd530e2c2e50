#!/usr/bin/env bash
# mime_guess 2.0.5 (Rust crate), seen 2026-11-30.
#
# Expected: all four kinds of web font have the types that RFC 8081 gave them in 2017, `font/woff2`, `font/woff`, `font/ttf` and
# `font/otf`.
#
# What it does: two have them and two have older ones, `application/font-woff` and `application/font-sfnt`, so that one family in
# four formats is sent under two top-level types: a rule for `font/*` (how long a cache keeps them, what may be compressed,
# which other sites may use them) takes hold of half the files.
#
# What a generator of static sites or an uploader does about it: has a table of its own above the crate's.
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
mime_guess = "=2.0.5"
TOML
cat > src/main.rs <<'RS'
fn main() {
    for ending in ["woff2", "woff", "ttf", "otf"] {
        println!("{ending}: {}", mime_guess::from_ext(ending).first_or_octet_stream());
    }
}
RS
export CARGO_TARGET_DIR="$dir/target"
cargo run --quiet | tee seen
if [ "$(tr '\n' '|' < seen)" != 'woff2: font/woff2|woff: application/font-woff|ttf: font/ttf|otf: application/font-sfnt|' ]; then
    echo "mime_guess no longer has older types for two of the four." >&2
    exit 1
fi
