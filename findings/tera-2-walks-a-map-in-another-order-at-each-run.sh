#!/usr/bin/env bash
# tera 2.4.0 (Rust crate), seen 2026-11-30.
#
# Expected: the same template with the same data gives the same page. {{ map }} prints a map's keys in order, so a
# loop over the map should walk it in that order, too (in Tera 1 a map was serde_json's, which is sorted).
#
# What it does: {% for key, value in map %} walks a hash map with a seed of its own at each start of the program, as
# long as the feature preserve_order is off (it is off by default). Twelve keys came in six orders in six runs, while
# {{ map }} printed them sorted each time: trying it out by printing the map does not show it.
#
# What a generator of static sites does about it: turns preserve_order on, or gives templates arrays of pairs; and
# builds its own site twice in its tests, in two processes, and compares each byte.
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
tera = { version = "=2.4.0", default-features = false }
TOML
cat > src/main.rs <<'RS'
use std::collections::BTreeMap;
use tera::{Context, Tera};
fn main() {
    let map: BTreeMap<String, u8> = ('a'..='l').map(|key| (key.to_string(), 1)).collect();
    let mut context = Context::new();
    context.insert("map", &map);
    let template = std::env::args().nth(1).unwrap();
    println!("{}", Tera::default().render_str(&template, &context, false).unwrap());
}
RS
export CARGO_TARGET_DIR="$dir/target"
cargo build --quiet
runs() { for _ in 1 2 3 4 5 6; do target/debug/finding "$1"; done; }
loops="$(runs '{% for key, value in map %}{{ key }}{% endfor %}')"
prints="$(runs '{{ map }}')"
printf '%s\n' "$loops"
orders="$(sort -u <<<"$loops" | wc -l)"
printed="$(sort -u <<<"$prints" | wc -l)"
echo "six runs: $orders orders by a loop, $printed by printing the map"
if [ "$orders" -lt 2 ] || [ "$printed" -ne 1 ]; then
    echo "Tera 2 no longer walks a map in another order at each run while it prints it in one." >&2
    exit 1
fi
