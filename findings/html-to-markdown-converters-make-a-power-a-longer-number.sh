#!/usr/bin/env bash
# turndown 7.2.5 and node-html-markdown 2.0.0 (npm), html2text 2025.4.15 and markdownify 1.2.3 (PyPI), seen 2026-11-30.
#
# Expected: Markdown has no superscript, but it takes HTML, so <sup> can stay as it is (CommonMark, 6.6), which keeps
# the meaning: "once in 10<sup>6</sup> hours". Turndown's own documentation has an option to keep elements.
#
# What they do: drop the tags without a sign in their place. A million hours becomes 106 hours, 2^32 is 232, a
# footnote's mark joins the number before it ("in 1986<sup>2</sup>" is 19862). html2text (include_sup_sub) and
# markdownify (sup_symbol="<sup>") have options for it, off by default. No warning names the place.
#
# Seen: once in 106 hours (four converters), in 19862 (four converters)
#
# What a generator of static sites does about it: where it imports HTML it leaves <sup> and <sub> as HTML, or writes
# the superscript digits of Unicode.
set -euo pipefail
dir="$(mktemp -d)"
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --prefix "$dir" turndown@7.2.5 node-html-markdown@2.0.0 >/dev/null
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check html2text==2025.4.15 markdownify==1.2.3

cat > convert.js <<'JS'
const Turndown = require("turndown");
const { NodeHtmlMarkdown } = require("node-html-markdown");
for (const html of process.argv.slice(2)) {
  console.log("turndown: " + new Turndown().turndown(html));
  console.log("node-html-markdown: " + NodeHtmlMarkdown.translate(html));
}
JS
cat > convert.py <<'PY'
import sys
import html2text, markdownify

for html in sys.argv[1:]:
    print("html2text:", html2text.html2text(html).strip())
    print("markdownify:", markdownify.markdownify(html).strip())
    print("markdownify, set:", markdownify.markdownify(html, sup_symbol="<sup>").strip())
PY
pages=('<p>once in 10<sup>6</sup> hours</p>' '<p>in 1986<sup>2</sup></p>')
got="$(node convert.js "${pages[@]}"; env/bin/python convert.py "${pages[@]}")"
seen='turndown: once in 106 hours
node-html-markdown: once in 106 hours
turndown: in 19862
node-html-markdown: in 19862
html2text: once in 106 hours
markdownify: once in 106 hours
markdownify, set: once in 10<sup>6</sup> hours
html2text: in 19862
markdownify: in 19862
markdownify, set: in 1986<sup>2</sup>'
printf '%s\n' "$got"
if [ "$got" != "$seen" ]; then
    echo "The converters no longer drop a superscript's tags without a sign." >&2
    exit 1
fi
