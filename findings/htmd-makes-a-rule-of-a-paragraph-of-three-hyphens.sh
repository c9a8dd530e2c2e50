#!/usr/bin/env bash
# htmd 0.5.6 (Rust crate), seen 2026-11-30.
#
# Expected: a converter from HTML to Markdown escapes text that Markdown would read as markup. htmd does so for a
# paragraph of three asterisks, three underscores, or a hyphen and a space. turndown 7.2.5 does so for three hyphens,
# too ("\---").
#
# What it does: a paragraph of hyphens alone is written as it is: a thematic break (CommonMark, 4.1), and the words
# are gone. After a line break within a paragraph ("Notes<br>---") it underlines: the lines before become a heading.
# Writers use three hyphens as a break between scenes, and for "no value".
#
# Seen:
#   <p>---</p>          -> ---
#   <p>Notes<br>---</p> -> Notes, two spaces, and --- on the next line
#
# What a generator of static sites does about it: where it imports HTML it puts a backslash before hyphens at the
# start of a line that holds nothing else.
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
htmd = "=0.5.6"
TOML
cat > src/main.rs <<'RS'
fn main() {
    for html in ["<p>***</p>", "<p>___</p>", "<p>- one</p>", "<p>---</p>", "<p>Notes<br>---</p>"] {
        println!("{html} -> {:?}", htmd::convert(html).unwrap());
    }
}
RS
got="$(CARGO_TARGET_DIR="$dir/target" cargo run --quiet)"
seen='<p>***</p> -> "\\*\\*\\*"
<p>___</p> -> "\\_\\_\\_"
<p>- one</p> -> "\\- one"
<p>---</p> -> "---"
<p>Notes<br>---</p> -> "Notes  \n---"'
printf '%s\n' "$got"
if [ "$got" != "$seen" ]; then
    echo "htmd no longer leaves a paragraph of hyphens as it is." >&2
    exit 1
fi
