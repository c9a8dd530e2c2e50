#!/usr/bin/env bash
# yaml 2.9.1 and gray-matter 4.0.3 (npm), seen 2026-11-30: where the two meet.
#
# Expected: a tool that fills in front matter (a CMS, a script that imports posts) writes it with the package yaml, and
# the site reads it with gray-matter. A string that one writes is a string to the other.
#
# What they do: yaml writes YAML 1.2, where 12:30:45 is a string and needs no quotes; gray-matter brings a reader of
# YAML 1.1 (js-yaml 3), where it is a number to the base of sixty, 1_000 a number, and 2026-01-02 a moment. So the
# time of an alarm, how long an outage lasted, and a day come back as 45045, 685230 and a Date at midnight in UTC, which
# is the evening before wherever a page shows it in American time. Booleans do not differ: both leave "no" a string.
#
# Seen:
#   written alarm: 12:30:45, read 45045
#   written lasted: 190:20:30, read 685230
#   written day: 2026-01-02, read 2026-01-02T00:00:00.000Z
#
# What a generator of static sites does about it: quotes whatever YAML 1.1 or 1.2 reads as something else than a
# string where it writes front matter, and reads a field from its text by what the field is, not by what it looks like.
set -euo pipefail
dir="$(mktemp -d)"
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --prefix "$dir" yaml@2.9.1 gray-matter@4.0.3 >/dev/null

cat > meet.js <<'JS'
const { stringify } = require("yaml");
const matter = require("gray-matter");
const fields = { alarm: "12:30:45", lasted: "190:20:30", day: "2026-01-02", units: "1_000", solved: "no", note: "a: b" };
const written = stringify(fields);
console.log(written.trim());
const read = matter(`---\n${written}---\n`).data;
for (const key of Object.keys(fields))
  console.log(`${key}: ${read[key] === fields[key] ? "the same" : JSON.stringify(read[key])}`);
JS
got="$(node meet.js)"
seen='alarm: 12:30:45
lasted: 190:20:30
day: 2026-01-02
units: 1_000
solved: no
note: "a: b"
alarm: 45045
lasted: 685230
day: "2026-01-02T00:00:00.000Z"
units: 1000
solved: the same
note: the same'
printf '%s\n' "$got"
if [ "$got" != "$seen" ]; then
    echo "gray-matter and yaml no longer differ in this way." >&2
    exit 1
fi
