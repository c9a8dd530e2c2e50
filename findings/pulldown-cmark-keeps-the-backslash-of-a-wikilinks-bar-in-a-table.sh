#!/usr/bin/env bash
# pulldown-cmark 0.13.6 (Rust crate; wikilinks and tables on), seen 2026-11-30, beside comrak 0.59.0.
#
# Expected: a bar inside a cell of a table is written "\|", whatever it stands in; the table takes the backslash away, and
# what is in the cell is read after that (GFM, "Tables (extension)"). So [[queue\|the essay]] is the way to write a
# wikilink with words of its own into a table, and the one that Obsidian inserts there by itself.
#
# What it does: the cell is not cut at the bar, and the words are right, but the backslash stays in the address: the link
# leads to "queue\", which no page is called. Code in the same cell loses its backslash. Without the backslash the cell ends
# at the bar, so no spelling makes such a link. comrak leads to "queue".
#
# Seen (the cell's HTML):
#   pulldown-cmark  [[queue\|the essay]]  -> <a href="queue%5C">the essay</a>
#   pulldown-cmark  `queue\|the essay`    -> <code>queue|the essay</code>
#   pulldown-cmark  [[queue|the essay]]   -> [[queue
#   comrak          [[queue\|the essay]]  -> <a href="queue" ...>the essay</a>
#
# What a generator of static sites does about it: takes one backslash off the end of a wikilink's target where the link has
# words of its own.
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
pulldown-cmark = { version = "=0.13.6", default-features = false, features = ["html"] }
comrak = { version = "=0.59.0", default-features = false }
TOML
cat > src/main.rs <<'RS'
fn cell(html: &str) -> String {
    let start = html.find("<td>").unwrap() + 4;
    html[start..start + html[start..].find("</td>").unwrap()].replace(" data-wikilink=\"true\"", "")
}
fn main() {
    use pulldown_cmark::{html::push_html, Options, Parser};
    let mut comrak = comrak::Options::default();
    comrak.extension.table = true;
    comrak.extension.wikilinks_title_after_pipe = true;
    for text in [r"[[queue\|the essay]]", r"`queue\|the essay`", "[[queue|the essay]]"] {
        let table = format!("| a |\n|---|\n| {text} |\n");
        let mut html = String::new();
        push_html(&mut html, Parser::new_ext(&table, Options::ENABLE_TABLES | Options::ENABLE_WIKILINKS));
        println!("pulldown-cmark {text} -> {}", cell(&html));
        println!("comrak {text} -> {}", cell(&comrak::markdown_to_html(&table, &comrak)));
    }
}
RS
got="$(CARGO_TARGET_DIR="$dir/target" cargo run --quiet)"
seen='pulldown-cmark [[queue\|the essay]] -> <a href="queue%5C">the essay</a>
comrak [[queue\|the essay]] -> <a href="queue">the essay</a>
pulldown-cmark `queue\|the essay` -> <code>queue|the essay</code>
comrak `queue\|the essay` -> <code>queue|the essay</code>
pulldown-cmark [[queue|the essay]] -> [[queue
comrak [[queue|the essay]] -> [[queue'
printf '%s\n' "$got"
if [ "$got" != "$seen" ]; then
    echo "the two no longer read a wikilink in a table in this way." >&2
    exit 1
fi
