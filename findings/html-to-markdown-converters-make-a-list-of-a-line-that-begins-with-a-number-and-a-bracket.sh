#!/usr/bin/env bash
# turndown 7.2.5 and node-html-markdown 2.0.0 (npm), html2text 2025.4.15 (PyPI), seen 2026-11-30.
#
# Expected: a converter from HTML to Markdown escapes what Markdown would read as markup, so that a paragraph stays a
# paragraph. All three know of ordered lists: a paragraph "1. open" is written as "1\. open".
#
# What they do: CommonMark has two marks after a list's number, "." and ")" (5.2, ordered list marker), and they know
# the first only. "2) The pump was restarted." is written as it is, and is a list that starts with 2 when read again.
# After a line break within a paragraph "1) ..." ends the paragraph. A sentence that begins within brackets at a
# line's start, "1986) ...", is item 1986. (rehype-remark 10.0.1 escapes both.)
#
# Seen, read again with commonmark.js 0.31.2:
#   <p>2) The pump was restarted.</p> -> <ol start="2"><li>The pump was restarted.</li></ol>
#
# What a generator of static sites does about it: where it imports posts from HTML it puts a backslash before a
# bracket that follows up to nine digits at the start of a line.
set -euo pipefail
dir="$(mktemp -d)"
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --prefix "$dir" turndown@7.2.5 node-html-markdown@2.0.0 commonmark@0.31.2 \
    >/dev/null
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check html2text==2025.4.15

cat > convert.js <<'JS'
const { execFileSync } = require("child_process");
const Turndown = require("turndown");
const { NodeHtmlMarkdown } = require("node-html-markdown");
const { Parser, HtmlRenderer } = require("commonmark");
const python = "import sys, html2text; print(html2text.html2text(sys.argv[1]))";
const converters = {
  turndown: (html) => new Turndown().turndown(html),
  "node-html-markdown": (html) => NodeHtmlMarkdown.translate(html),
  html2text: (html) => execFileSync("env/bin/python", ["-c", python, html], { encoding: "utf8" }),
};
for (const html of ["<p>1. open</p>", "<p>2) The pump was restarted.</p>", "<p>Steps:<br />1) open</p>"])
  for (const [name, convert] of Object.entries(converters)) {
    const again = new HtmlRenderer().render(new Parser().parse(convert(html))).replaceAll("\n", "");
    console.log(`${name}: ${html} -> ${again === html ? "the same" : again}`);
  }
JS
got="$(node convert.js)"
seen='turndown: <p>1. open</p> -> the same
node-html-markdown: <p>1. open</p> -> the same
html2text: <p>1. open</p> -> the same
turndown: <p>2) The pump was restarted.</p> -> <ol start="2"><li>The pump was restarted.</li></ol>
node-html-markdown: <p>2) The pump was restarted.</p> -> <ol start="2"><li>The pump was restarted.</li></ol>
html2text: <p>2) The pump was restarted.</p> -> <ol start="2"><li>The pump was restarted.</li></ol>
turndown: <p>Steps:<br />1) open</p> -> <p>Steps:</p><ol><li>open</li></ol>
node-html-markdown: <p>Steps:<br />1) open</p> -> <p>Steps:</p><ol><li>open</li></ol>
html2text: <p>Steps:<br />1) open</p> -> <p>Steps:</p><ol><li>open</li></ol>'
printf '%s\n' "$got"
if [ "$got" != "$seen" ]; then
    echo "The converters no longer leave a number and a bracket at a line's start as they are." >&2
    exit 1
fi
