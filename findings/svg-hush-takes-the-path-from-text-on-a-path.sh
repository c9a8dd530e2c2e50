#!/usr/bin/env bash
# svg-hush 0.9.7 (Rust crate), seen 2026-11-30.
#
# Expected: a reference within the file (href="#name") loads nothing, so a filter of SVG files leaves it, as svg-hush
# does on <use>, and as it does with fill="url(#name)".
#
# What it does: <textPath> passes, but its href does not, nor does xlink:href, whatever it points to. SVG 2 has a
# textPath without a path draw nothing, so the words of the drawing are gone, and nothing says so.
#
# Seen:
#   <use href="#arc"/>
#   <textPath>one way</textPath>
#
# What a generator of static sites does about it: compares the elements' references before and after, puts back those
# that stay within the file (a # and a name), or warns that the words along a path are lost.
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
svg-hush = "=0.9.7"
TOML
cat > src/main.rs <<'RS'
fn main() {
    let svg = r##"<svg xmlns="NS2000/svg" xmlns:xlink="NS1999/xlink" viewBox="0 0 90 90"><path id="arc" d="M5 50h80"/>
<use href="#arc"/><text><textPath href="#arc">one way</textPath></text>
<use xlink:href="#arc"/><text><textPath xlink:href="#arc">the other</textPath></text></svg>"##;
    let svg = svg.replace("NS", &["http:", "//www.w3.org/"].concat());
    let mut out = Vec::new();
    svg_hush::Filter::new().filter(&mut svg.as_bytes(), &mut out).unwrap();
    for line in String::from_utf8(out).unwrap().lines() {
        if line.contains("<use") || line.contains("<textPath") {
            println!("{}", line.trim());
        }
    }
}
RS
got="$(CARGO_TARGET_DIR="$dir/target" cargo run --quiet)"
seen='<use href="#arc"/>
<textPath>one way</textPath>
<use href="#arc"/>
<textPath>the other</textPath>'
printf '%s\n' "$got"
if [ "$got" != "$seen" ]; then
    echo "svg-hush no longer takes the reference from textPath." >&2
    exit 1
fi
