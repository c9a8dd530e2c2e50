#!/usr/bin/env bash
# jiff 1.0.2 (Rust crate), seen 2026-11-30.
#
# Expected: jiff's "friendly" durations are made to be written by people in English ("2 hours, 30 minutes"; the unit
# names are English only). There a comma within a number groups thousands: 1,440 minutes are a day. A parser may
# take that, or refuse it, as humantime 2.4.0 does.
#
# What it does: a comma between digits is a decimal sign, before three digits as before one, and is taken without an
# error wherever a fraction is allowed. An outage of 1,440 minutes lasts a minute and a half. Only units of days and
# more are refused, since these have no fractions.
#
# Seen:
#   1,440 minutes -> PT1M26.4S
#   12,500 hours  -> PT12H30M
#
# What a generator of static sites does about it: refuses a duration that has a comma between digits before jiff sees
# it, and names both spellings (1440 min, 1.44 min) for the author to choose from.
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
jiff = { version = "=1.0.2", default-features = false, features = ["std"] }
TOML
cat > src/main.rs <<'RS'
fn main() {
    for text in ["2 hours, 30 minutes", "1440 minutes", "1,440 minutes", "1,000 s", "12,500 hours", "1,000 days"] {
        match text.parse::<jiff::Span>() {
            Ok(span) => println!("{text} -> {span}"),
            Err(_) => println!("{text} -> refused"),
        }
    }
}
RS
got="$(CARGO_TARGET_DIR="$dir/target" cargo run --quiet)"
seen='2 hours, 30 minutes -> PT2H30M
1440 minutes -> PT1440M
1,440 minutes -> PT1M26.4S
1,000 s -> PT1S
12,500 hours -> PT12H30M
1,000 days -> refused'
printf '%s\n' "$got"
if [ "$got" != "$seen" ]; then
    echo "jiff no longer reads a comma between thousands as a decimal sign." >&2
    exit 1
fi
