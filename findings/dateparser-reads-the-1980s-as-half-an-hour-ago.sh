#!/usr/bin/env bash
# dateparser 1.5.0 (PyPI), seen 2026-11-30.
#
# Expected: "1980s" in English names a decade. A parser of human dates gives a day of those ten years, or None for
# what it does not know, as it does for "early 1980" and "2019-W10".
#
# What it does: the final s is read as the unit of seconds, and a span without "ago" or "in" counts back from now:
# "the 1980s" is 1980 seconds ago, this very day. The longer the decade's number, the fewer the minutes: nothing
# about the result looks wrong but the year. "1,440 minutes ago", where a comma groups thousands, is read as 1.44
# minutes by the same path.
#
# Seen, with 31 January 2026, 12:00, as now:
#   the 1980s          2026-01-31 11:27:00
#   1970s              2026-01-31 11:27:10
#   1,440 minutes ago  2026-01-31 11:58:33.600000
#
# What a generator of static sites does about it: takes dates in front matter only as full dates, months or years,
# and for words ("the 1980s") has a field of text that no parser guesses at.
set -euo pipefail
dir="$(mktemp -d)"
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check dateparser==1.5.0

cat > read.py <<'PY'
import warnings
warnings.simplefilter("ignore")
from datetime import datetime
import dateparser

now = {"RELATIVE_BASE": datetime(2026, 1, 31, 12, 0)}
for words in ["March 1986", "the 1980s", "1970s", "1,440 minutes ago", "1440 minutes ago", "early 1980"]:
    print(words.ljust(18), dateparser.parse(words, languages=["en"], settings=now))
PY
got="$(env/bin/python read.py)"
seen='March 1986         1986-03-31 00:00:00
the 1980s          2026-01-31 11:27:00
1970s              2026-01-31 11:27:10
1,440 minutes ago  2026-01-31 11:58:33.600000
1440 minutes ago   2026-01-30 12:00:00
early 1980         None'
printf '%s\n' "$got"
if [ "$got" != "$seen" ]; then
    echo "dateparser no longer reads a decade as a number of seconds ago." >&2
    exit 1
fi
