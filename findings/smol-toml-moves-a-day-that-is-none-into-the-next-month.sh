#!/usr/bin/env bash
# smol-toml 1.9.1 (npm), seen 2026-11-30.
#
# Expected: TOML 1.0 takes its dates from RFC 3339, where the last day depends on month and year (5.7); 30 February
# is no date, and a parser is to refuse the document. smol-toml does refuse a thirteenth month and an hour 24.
#
# What it does: days 29 to 31 are taken in every month and carried over: 2026-02-30 is read as 2 March, and written
# back as 2026-03-02, without an error. A slip of the hand in front matter moves an article, its address and its
# place in the archive to another month. (@iarna/toml 3.0.0 does so too; Python's tomllib refuses it.)
#
# Seen:
#   2026-02-30 -> 2026-03-02
#   2026-02-29 -> 2026-03-01
#   2026-04-31 -> 2026-05-01
#   2026-13-01 -> refused
#
# What a generator of static sites does about it: compares the date that was read with the text that was written, or
# reads dates from the text with a calendar that refuses days that are none.
set -euo pipefail
dir="$(mktemp -d)"
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --prefix "$dir" smol-toml@1.9.1 >/dev/null

cat > read.mjs <<'JS'
import { parse } from "smol-toml";
for (const date of ["2026-02-28", "2026-02-30", "2026-02-29", "2026-04-31", "2026-13-01", "2026-01-32"]) {
  let read;
  try { read = parse(`date = ${date}`).date.toISOString(); } catch { read = "refused"; }
  console.log(`${date} -> ${read}`);
}
JS
got="$(node read.mjs)"
seen='2026-02-28 -> 2026-02-28
2026-02-30 -> 2026-03-02
2026-02-29 -> 2026-03-01
2026-04-31 -> 2026-05-01
2026-13-01 -> refused
2026-01-32 -> refused'
printf '%s\n' "$got"
if [ "$got" != "$seen" ]; then
    echo "smol-toml no longer moves a day that is none into the next month." >&2
    exit 1
fi
