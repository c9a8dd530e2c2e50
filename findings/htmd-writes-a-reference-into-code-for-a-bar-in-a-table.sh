#!/usr/bin/env bash
# htmd 0.5.6 (Rust crate), seen 2026-11-30.
#
# Expected: a bar in a cell of a table is written "\|" in GitHub's Markdown, in code and outside of it (GFM, Tables).
#
# What it does: writes the reference &#124; in its place. Outside of code that shows a bar. In code references are not
# read (CommonMark, 2.5), so a cell with a shell's "a | b" as code shows and copies as "a &#124; b". Code outside of
# tables keeps its bar.
#
# Seen: | `a &#124; b` | a &#124; b |
#
# What a generator of static sites does about it: where it imports HTML it puts "\|" in place of the reference within
# the code of a table's cells.
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
    let html = "<table><thead><tr><th>code</th><th>text</th></tr></thead><tbody><tr><td><code>a | b</code></td>\
                <td>a | b</td></tr></tbody></table><p><code>a | b</code></p>";
    println!("{}", htmd::convert(html).unwrap());
}
RS
got="$(CARGO_TARGET_DIR="$dir/target" cargo run --quiet | tr -s ' -')"
seen='| code | text |
| - | - |
| `a &#124; b` | a &#124; b |

`a | b`'
printf '%s\n' "$got"
if [ "$got" != "$seen" ]; then
    echo "htmd no longer writes a reference into the code of a table." >&2
    exit 1
fi
