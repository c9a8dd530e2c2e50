#!/usr/bin/env bash
# pulldown-latex 0.8.0 (Rust crate), seen 2026-11-30.
#
# Expected: the MathML of \big( is well-formed XML, as that of \left( is.
#
# What it does: writes stretchy="true"minsize="1.2em" without a space between the two attributes. A parser of HTML reads that,
# with a parse error; one of XML refuses the whole document: a feed with XHTML content, an EPUB, a page sent as
# application/xhtml+xml.
#
# What a generator of static sites does about it: puts the space in before it hands the formula on, or writes the elements of
# a formula from the parser's events itself; and reads every page and feed with a parser that counts errors.
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
roxmltree = "=0.20.0"
TOML
cat > src/main.rs <<'RS'
fn main() {
    for latex in [r"\left( x \right)", r"\big( x \big)"] {
        let storage = pulldown_latex::Storage::new();
        let mut mathml = String::new();
        pulldown_latex::push_mathml(&mut mathml, pulldown_latex::Parser::new(latex, &storage), Default::default()).unwrap();
        match roxmltree::Document::parse(&mathml) {
            Ok(_) => println!("{latex}: well-formed"),
            Err(error) => println!("{latex}: {error} in {mathml}"),
        }
    }
}
RS
export CARGO_TARGET_DIR="$dir/target"
cargo run --quiet | tee seen
if ! grep -qxF '\left( x \right): well-formed' seen || ! grep -qF 'stretchy="true"minsize="1.2em"' seen; then
    echo "pulldown-latex no longer joins the two attributes." >&2
    exit 1
fi
