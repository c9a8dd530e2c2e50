#!/usr/bin/env bash
# turndown 7.2.5 and node-html-markdown 2.0.0 (npm), seen 2026-11-30.
#
# Expected: <em> within a word ("<em>re</em>start", "the <em>Titanic</em>s") is emphasis in the Markdown that a
# converter writes. CommonMark allows that with asterisks; with underscores it rules it out (6.2, rules 2 and 6), so
# that snake_case stays as it is.
#
# What they do: <em> is written with underscores whatever is beside it, so the words come back with underscores and
# no emphasis, and <em>a</em><em>b</em> with turndown as one emphasis with underscores in it. <strong>, for which both
# use asterisks, is taken. Turndown's option emDelimiter: "*" mends the first; it is not the default.
#
# Seen, read again with commonmark.js 0.31.2:
#   <p><em>re</em>start</p> -> <p>_re_start</p>
#
# What a generator of static sites does about it: where it imports HTML it writes emphasis with asterisks always.
set -euo pipefail
dir="$(mktemp -d)"
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --prefix "$dir" turndown@7.2.5 node-html-markdown@2.0.0 commonmark@0.31.2 \
    >/dev/null

cat > convert.js <<'JS'
const Turndown = require("turndown");
const { NodeHtmlMarkdown } = require("node-html-markdown");
const { Parser, HtmlRenderer } = require("commonmark");
const converters = {
  turndown: (html) => new Turndown().turndown(html),
  "turndown, *": (html) => new Turndown({ emDelimiter: "*" }).turndown(html),
  "node-html-markdown": (html) => NodeHtmlMarkdown.translate(html),
};
for (const html of ["<p><em>re</em>start</p>", "<p>un<strong>safe</strong></p>"])
  for (const [name, convert] of Object.entries(converters)) {
    const again = new HtmlRenderer().render(new Parser().parse(convert(html))).replaceAll("\n", "");
    console.log(`${name}: ${html} -> ${again === html ? "the same" : again}`);
  }
JS
got="$(node convert.js)"
seen='turndown: <p><em>re</em>start</p> -> <p>_re_start</p>
turndown, *: <p><em>re</em>start</p> -> the same
node-html-markdown: <p><em>re</em>start</p> -> <p>_re_start</p>
turndown: <p>un<strong>safe</strong></p> -> the same
turndown, *: <p>un<strong>safe</strong></p> -> the same
node-html-markdown: <p>un<strong>safe</strong></p> -> the same'
printf '%s\n' "$got"
if [ "$got" != "$seen" ]; then
    echo "The converters no longer write emphasis within a word with underscores." >&2
    exit 1
fi
