#!/usr/bin/env bash
# isodate 0.7.2 (PyPI), seen 2026-11-30.
#
# Expected: ISO 8601 has days 001 to 365 in a common year, 366 in a leap year, weeks 01 to 52 or 53. A number beyond
# is no date. isodate refuses 2026-02-30 with a ValueError, and Python's own date.fromisoformat refuses 2025-W53-1.
#
# What it does: ordinal days and weeks are added to the year's first day without a look at its length. Day 366 of
# 2026 is 1 January 2027, day 999 is a day of 2028, week 53 of 2025 is the week that 2026 begins with, and week 99
# of 2025 is in November 2026.
#
# Seen:
#   2026-366 -> 2027-01-01
#   2026-999 -> 2028-09-25
#   2025-W53 -> 2025-12-29
#   2025-W99 -> 2026-11-16
#
# What a generator of static sites does about it: writes calendar dates only, and refuses the other forms in front
# matter, with the date to write in their place.
set -euo pipefail
dir="$(mktemp -d)"
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check isodate==0.7.2

cat > read.py <<'PY'
import isodate

for text in ["2026-02-30", "2024-366", "2026-366", "2026-999", "2026-W53", "2025-W53", "2025-W99"]:
    try:
        print(text, "->", isodate.parse_date(text))
    except ValueError:
        print(text, "-> refused")
PY
got="$(env/bin/python read.py)"
seen='2026-02-30 -> refused
2024-366 -> 2024-12-31
2026-366 -> 2027-01-01
2026-999 -> 2028-09-25
2026-W53 -> 2026-12-28
2025-W53 -> 2025-12-29
2025-W99 -> 2026-11-16'
printf '%s\n' "$got"
if [ "$got" != "$seen" ]; then
    echo "isodate no longer carries days and weeks beyond a year's end into the next." >&2
    exit 1
fi
