#!/usr/bin/env bash
# tera 2.4.0 (Rust crate), seen 2026-11-30.
#
# Expected: what Tera 1 did for years and its templates rely on: in {{ a + b | round }} the filter takes the whole of
# what is before it. Tera 1.20.1 gives 3 for 1.4 + 1.4, "A B" for 'a ' ~ 'b' | upper, and 5 for 1 - 6 | abs.
#
# What it does: a filter binds closer than any operator between two values, as in Jinja, so it takes the last operand
# only. No template fails to load: the page shows other numbers. A minus sign in front is still taken with the value
# (-5 | abs is 5). The sign of % is another one too: -7 % 3 is 2, where Tera 1 gave -1.
#
# Seen:
#   {{ a + b | round }}       2.4
#   {{ 10 / 4 | round }}      2.5
#   {{ 'a ' ~ 'b' | upper }}  a B
#   {{ 1 - 6 | abs }}         -5
#
# What a generator of static sites does about it: names this first in its notes for authors of themes, and its own
# templates have brackets round whatever a filter takes.
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
use tera::{Context, Tera};
fn main() {
    let mut context = Context::new();
    context.insert("a", &1.4);
    context.insert("b", &1.4);
    for template in ["{{ a + b | round }}", "{{ (a + b) | round }}", "{{ 10 / 4 | round }}", "{{ 'a ' ~ 'b' | upper }}",
        "{{ 1 - 6 | abs }}", "{{ -5 | abs }}", "{{ -7 % 3 }}"]
    {
        println!("{template:26}{}", Tera::default().render_str(template, &context, false).unwrap());
    }
}
RS
got="$(CARGO_TARGET_DIR="$dir/target" cargo run --quiet)"
seen="{{ a + b | round }}       2.4
{{ (a + b) | round }}     3.0
{{ 10 / 4 | round }}      2.5
{{ 'a ' ~ 'b' | upper }}  a B
{{ 1 - 6 | abs }}         -5
{{ -5 | abs }}            5
{{ -7 % 3 }}              2"
printf '%s\n' "$got"
if [ "$got" != "$seen" ]; then
    echo "Tera 2 no longer applies a filter to the last operand only." >&2
    exit 1
fi
