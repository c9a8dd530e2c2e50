#!/usr/bin/env bash
# html2text 2025.4.15 (PyPI), seen 2026-11-30.
#
# Expected: where HTML has no space between an element and the text after it, the Markdown has none: Markdown takes
# asterisks within a word (CommonMark, 6.2), and a converter is not to change the text.
#
# What it does: puts a space after emphasis unless a full stop or the like follows: "<b>valve</b>s" becomes
# "**valve** s", a ship's name is torn from its s, and a comma gets a space before it. And where the space is the
# first character within the element it is dropped: "it<b> failed</b>" becomes one word.
#
# Seen:
#   the two <b>valve</b>s           -> the two **valve** s
#   the <i>Titanic</i>’s bow        -> the _Titanic_ ’s bow
#   <i>Challenger</i>, <i>Columbia</i> -> _Challenger_ , _Columbia_
#   it<b> failed</b>                -> it**failed**
#
# What a generator of static sites does about it: its importer compares the text of the page before with the text of
# the Markdown rendered again, without markup, and names the posts where they differ.
set -euo pipefail
dir="$(mktemp -d)"
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check html2text==2025.4.15

cat > convert.py <<'PY'
import html2text

for html in ["the two <b>valve</b>s", "the <i>Titanic</i>’s bow", "<i>Challenger</i>, <i>Columbia</i>",
             "it<b> failed</b>", "the <i>Titanic</i>."]:
    print(html, "->", html2text.html2text(f"<p>{html}</p>").strip())
PY
got="$(env/bin/python convert.py)"
seen='the two <b>valve</b>s -> the two **valve** s
the <i>Titanic</i>’s bow -> the _Titanic_ ’s bow
<i>Challenger</i>, <i>Columbia</i> -> _Challenger_ , _Columbia_
it<b> failed</b> -> it**failed**
the <i>Titanic</i>. -> the _Titanic_.'
printf '%s\n' "$got"
if [ "$got" != "$seen" ]; then
    echo "html2text no longer changes the spaces beside emphasis in this way." >&2
    exit 1
fi
