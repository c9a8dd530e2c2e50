#!/usr/bin/env bash
# ultimate-sitemap-parser 1.8.1 (PyPI), seen 2026-11-30.
#
# Expected: `lastmod` of a sitemap is a W3C date, which may be a year or a month (www.w3.org/TR/NOTE-datetime; the
# sitemap protocol names that note). `2017` is read as a year, or as its first day, and the same on every day.
#
# What it does: what is missing is taken from the clock. On 30 November 2026 the year 2017 is 30 November 2017, and
# the month 2017-02 is its 28th, since it has no 30th; a day later both are other days. A page that has not changed
# since 2017 seems to change daily to whoever compares.
#
# Seen on 30 November 2026:
#   2017       2017-11-30
#   2017-02    2017-02-28
#   2017-02-03 2017-02-03
#
# What a generator of static sites does about it: writes `lastmod` to the day at least, or leaves it out.
set -euo pipefail
dir="$(mktemp -d)"
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install --quiet --disable-pip-version-check ultimate-sitemap-parser==1.8.1

cat > read.py <<'PY'
import calendar, datetime
from usp.tree import sitemap_from_str
page, space = "https:" + "//example.org/", "http:" + "//www.sitemaps.org/schemas/sitemap/0.9"
dates = ["2017", "2017-02", "2017-02-03"]
urls = "".join(f"<url><loc>{page}{n}/</loc><lastmod>{date}</lastmod></url>" for n, date in enumerate(dates))
today = datetime.date.today()
read = [str(entry.last_modified.date())
        for entry in sitemap_from_str(f'<?xml version="1.0"?><urlset xmlns="{space}">{urls}</urlset>').all_pages()]
for date, seen in zip(dates, read):
    print(f"{date:10} {seen}")
day = min(today.day, calendar.monthrange(2017, today.month)[1])
assert read == [f"2017-{today.month:02}-{day:02}", f"2017-02-{min(today.day, 28):02}", "2017-02-03"], read
PY
if ! "$dir/venv/bin/python" read.py; then
    echo "ultimate-sitemap-parser no longer fills a year with the day on which it is read." >&2
    exit 1
fi
