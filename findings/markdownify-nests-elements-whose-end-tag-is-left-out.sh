#!/usr/bin/env bash
# markdownify 1.2.3 (PyPI) with its parser, beautifulsoup4 4.15.0 and Python's html.parser, seen 2026-11-30.
#
# Expected: the end tags of li, td, th, tr, dt, dd and p may be left out (HTML standard, optional tags), as pages
# written by hand, and writers that make pages small, do. Both spellings are the same document.
#
# What it does: html.parser ends nothing by itself, so each item or cell is a child of the one before. The numbers of
# a list turn into bullets on the same line, and a table of two rows becomes one row with a table's text in it.
# The option to name another parser (bs4_options) mends it: html5lib reads the document as browsers do.
#
# Seen:
#   <ol><li>open<li>shut</ol>   -> 1. open- shut
#
# What a generator of static sites does about it: its importer reads HTML with a parser made to the standard.
set -euo pipefail
dir="$(mktemp -d)"
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check markdownify==1.2.3 beautifulsoup4==4.15.0 html5lib==1.1

cat > convert.py <<'PY'
from markdownify import markdownify

for html in ["<ol><li>open</li><li>shut</li></ol>", "<ol><li>open<li>shut</ol>",
             "<table><tr><th>When<th>What<tr><td>02:14<td>alarm</table>"]:
    print(html)
    print("  html.parser", repr(markdownify(html).strip()))
    print("  html5lib   ", repr(markdownify(html, bs4_options="html5lib").strip()))
PY
got="$(env/bin/python convert.py)"
seen="<ol><li>open</li><li>shut</li></ol>
  html.parser '1. open\\n2. shut'
  html5lib    '1. open\\n2. shut'
<ol><li>open<li>shut</ol>
  html.parser '1. open- shut'
  html5lib    '1. open\\n2. shut'
<table><tr><th>When<th>What<tr><td>02:14<td>alarm</table>
  html.parser '|  |  |  |  |\\n| --- | --- | --- | --- |\\n| When What|  |  | | --- | --- | | 02:14 alarm | | | |'
  html5lib    '| When | What |\\n| --- | --- |\\n| 02:14 | alarm |'"
printf '%s\n' "$got"
if [ "$got" != "$seen" ]; then
    echo "markdownify no longer nests elements whose end tag is left out." >&2
    exit 1
fi
