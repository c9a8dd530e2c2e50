#!/usr/bin/env bash
# svg-hush 0.9.7 (Rust crate), seen 2026-11-30.
#
# Expected: a filter of SVG files takes out what loads or runs something and leaves the drawing as it was. Ids and
# classes may hold any letter (names of XML 1.0; SVG 2 takes both from HTML), and so may the text of aria-label,
# which is read aloud.
#
# What it does: in attributes every character beyond ASCII is dropped, though text and <title> keep theirs. Ids that
# differ in such letters become one, or empty, so a fill by url(#...) draws another gradient or none; a class no
# longer matches its rule in <style>, which keeps the letter; and a screen reader is given "Flche".
#
# Seen: <linearGradient id="rr"> twice, <clipPath id=""> twice, aria-label="Flche", class="flche" beside .fläche{...}
#
# What a generator of static sites does about it: gives each id and class beyond ASCII another name, in the attributes
# and in <style> alike, before the file goes through svg-hush, and takes aria-label over after it.
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
    let svg = r##"<svg xmlns="NS" viewBox="0 0 9 9"><style>.fläche{opacity:1}</style><title>Größe</title>
<linearGradient id="rör"/><linearGradient id="rår"/><clipPath id="日"/><clipPath id="本"/>
<rect class="fläche" aria-label="Fläche" fill="url(#rör)" clip-path="url(#本)" width="9" height="9"/></svg>"##;
    let svg = svg.replace("NS", &["http:", "//www.w3.org/2000/svg"].concat());
    let mut out = Vec::new();
    svg_hush::Filter::new().filter(&mut svg.as_bytes(), &mut out).unwrap();
    for line in String::from_utf8(out).unwrap().replace("><", ">\n<").lines().skip(2) {
        println!("{}", line.trim());
    }
}
RS
got="$(CARGO_TARGET_DIR="$dir/target" cargo run --quiet)"
seen='<style>.fläche{opacity:1}</style>
<title>Größe</title>
<linearGradient id="rr"/>
<linearGradient id="rr"/>
<clipPath id=""/>
<clipPath id=""/>
<rect aria-label="Flche" class="flche" clip-path="url(#)" fill="url(#rr)" height="9" width="9"/>
</svg>'
printf '%s\n' "$got"
if [ "$got" != "$seen" ]; then
    echo "svg-hush no longer drops letters beyond ASCII from attributes in this way." >&2
    exit 1
fi
