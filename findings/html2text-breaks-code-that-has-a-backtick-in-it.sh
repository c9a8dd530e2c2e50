#!/usr/bin/env bash
# html2text 2025.4.15 (PyPI), seen 2026-11-30.
#
# Expected: code within a line that has a backtick in it is written between two backticks, as CommonMark (6.1) and
# the first description of Markdown have it: `` a`b ``.
#
# What it does: always writes one backtick on each side. <code>echo `date`</code>, a shell's own notation, becomes
# `echo `date``: the code ends before "date", which is plain text, and begins again after it. With one backtick in
# the code, the last one opens code that takes in what follows, up to the next backtick of the paragraph.
#
# Seen, and read again with markdown-it-py 4.3.0:
#   run <code>echo `date` *</code> now ->
#   <p>run <code>echo </code>date<code> *</code> now</p>
#
# What a generator of static sites does about it: its importer counts the longest run of backticks in the code and
# writes one more on each side, with a space where the code begins or ends with one.
set -euo pipefail
dir="$(mktemp -d)"
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check html2text==2025.4.15 markdown-it-py==4.3.0

cat > convert.py <<'PY'
import html2text
from markdown_it import MarkdownIt

for html in ["<p>run <code>date</code> now</p>", "<p>run <code>echo `date` *</code> now</p>"]:
    again = MarkdownIt().render(html2text.html2text(html)).strip()
    print(html, "->", "the same" if again == html else again)
PY
got="$(env/bin/python convert.py)"
seen='<p>run <code>date</code> now</p> -> the same
<p>run <code>echo `date` *</code> now</p> -> <p>run <code>echo </code>date<code> *</code> now</p>'
printf '%s\n' "$got"
if [ "$got" != "$seen" ]; then
    echo "html2text no longer breaks code that has a backtick in it." >&2
    exit 1
fi
