#!/usr/bin/env bash
# pulldown-latex 0.8.0 (Rust crate), seen 2026-11-30.
#
# Expected: "\ " (a backslash and a space) is TeX's plain space, as in "12\ \text{h}". In MathML it is a space of its
# own: <mspace>, or <mtext> with a no-break space in it.
#
# What it does: writes the HTML reference for a no-break space and then escapes its ampersand, so that the page shows
# the six characters "&nbsp;" in the midst of the formula. A tie (~) comes out the same. A space within \text{...} is
# written as the bare reference: right in HTML, but XML has no such entity, so the same MathML makes an Atom feed with
# XHTML content, or a chapter of an EPUB, one that XML parsers refuse.
#
# Seen:
#   a\ b           -> <mi>a</mi><mtext>&amp;nbsp;</mtext><mi>b</mi>
#   \text{if so }a -> <mtext>if so&nbsp;</mtext><mi>a</mi>
#
# What a generator of static sites does about it: writes both as the character itself (U+00A0) in the MathML that
# comes back, before it goes into a page, a feed or a book.
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
use pulldown_latex::{push_mathml, Parser, RenderConfig, Storage};
fn main() {
    for tex in [r"a\ b", r"a~b", r"\text{if so }a", r"a\quad b"] {
        let (storage, mut out) = (Storage::new(), String::new());
        push_mathml(&mut out, Parser::new(tex, &storage), RenderConfig::default()).unwrap();
        let inner = out.split_once('>').unwrap().1.replace("</math>", "");
        println!("{tex} -> {inner}");
    }
}
RS
got="$(CARGO_TARGET_DIR="$dir/target" cargo run --quiet)"
seen='a\ b -> <mi>a</mi><mtext>&amp;nbsp;</mtext><mi>b</mi>
a~b -> <mi>a</mi><mtext>&amp;nbsp;</mtext><mi>b</mi>
\text{if so }a -> <mtext>if so&nbsp;</mtext><mi>a</mi>
a\quad b -> <mi>a</mi><mspace width="1em" /><mi>b</mi>'
printf '%s\n' "$got"
if [ "$got" != "$seen" ]; then
    echo "pulldown-latex no longer writes its spaces as references in this way." >&2
    exit 1
fi
