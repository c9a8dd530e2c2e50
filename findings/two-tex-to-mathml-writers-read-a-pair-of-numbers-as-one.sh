#!/usr/bin/env bash
# pulldown-latex 0.8.0 (Rust crate) and Temml 0.13.5 (npm), seen 2026-11-30.
#
# Expected: in TeX a comma in mathematics is punctuation: (3,4) is a pair, and a thin space follows the comma. Who
# wants a decimal or a thousands comma writes 3{,}4 (The TeXbook, chapter 18). In MathML a pair is two <mn> with an
# <mo>,</mo> between, which is what a screen reader reads. KaTeX 0.19.1 writes that.
#
# What they do: digits, commas and digits without spaces are one number, <mn>3,4</mn>, in pairs, intervals, sets and
# indices alike: [0,100] is read aloud as one number, and drawn without the space. pulldown-latex has it the other
# way round altogether: 1{,}000, the TeX form of one number, becomes three parts.
#
# Seen: (3,4) -> <mn>3,4</mn> by both; pulldown-latex: 1{,}000 -> <mn>1</mn><mrow><mo>,</mo></mrow><mn>000</mn>
#
# What a generator of static sites does about it: puts a space after each comma that is not within braces before the
# formula is converted; with the space, both write a pair.
set -euo pipefail
dir="$(mktemp -d)"
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --prefix "$dir" temml@0.13.5 katex@0.19.1 >/dev/null
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
    for tex in std::env::args().skip(1) {
        let (storage, mut out) = (Storage::new(), String::new());
        push_mathml(&mut out, Parser::new(&tex, &storage), RenderConfig::default()).unwrap();
        println!("{out}");
    }
}
RS
cat > write.js <<'JS'
const [name, ...formulas] = process.argv.slice(2);
const writer = require(name);
for (const tex of formulas) console.log(writer.renderToString(tex, { output: "mathml" }).replace(/<annotation.*/, ""));
JS
formulas=('(3,4)' '[0,100]' '(3, 4)' '1{,}000')
numbers() { while read -r line; do grep -o '<m[no][^>]*>[0-9,]*</m[no]>' <<<"$line" | sed 's/ [^>]*>/>/' | paste -sd ' '; done; }
got="$(echo katex; node write.js katex "${formulas[@]}" | numbers
    echo temml; node write.js temml "${formulas[@]}" | numbers
    echo pulldown-latex; CARGO_TARGET_DIR="$dir/target" cargo run --quiet -- "${formulas[@]}" | numbers)"
seen='katex
<mn>3</mn> <mo>,</mo> <mn>4</mn>
<mn>0</mn> <mo>,</mo> <mn>100</mn>
<mn>3</mn> <mo>,</mo> <mn>4</mn>
<mn>1,000</mn>
temml
<mn>3,4</mn>
<mn>0,100</mn>
<mn>3</mn> <mo>,</mo> <mn>4</mn>
<mn>1,000</mn>
pulldown-latex
<mn>3,4</mn>
<mn>0,100</mn>
<mn>3</mn> <mo>,</mo> <mn>4</mn>
<mn>1</mn> <mo>,</mo> <mn>000</mn>'
printf '%s\n' "$got"
if [ "$got" != "$seen" ]; then
    echo "pulldown-latex or Temml no longer reads a pair of numbers as one." >&2
    exit 1
fi
