#!/usr/bin/env bash
# markdownify 1.2.3 (PyPI) and node-html-markdown 2.0.0 (npm), seen 2026-11-30.
#
# Expected: a <pre> whose text has a line of three backticks (a page on how to write Markdown) is written with a
# longer fence, or indented: a fence ends at the first line of as many of its characters (CommonMark, 4.5).
#
# What they do: three backticks always. The block ends at the line within it, what was code is read as paragraphs,
# headings and links, and where the number of such lines is odd, the last fence opens a block that runs to the end of
# the page. (turndown 7.2.5 and htmd 0.5.6 count the backticks.)
#
# Seen, read again with commonmark.js 0.31.2: two code blocks, and "# Title" between them is a heading.
#
# What a generator of static sites does about it: its importer counts the longest run of backticks in the text of a
# block and writes a fence that is one longer.
set -euo pipefail
dir="$(mktemp -d)"
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --prefix "$dir" turndown@7.2.5 node-html-markdown@2.0.0 commonmark@0.31.2 \
    >/dev/null
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check markdownify==1.2.3

cat > convert.js <<'JS'
const { execFileSync } = require("child_process");
const Turndown = require("turndown");
const { NodeHtmlMarkdown } = require("node-html-markdown");
const { Parser, HtmlRenderer } = require("commonmark");
const python = "import sys, markdownify; print(markdownify.markdownify(sys.argv[1]))";
const converters = {
  markdownify: (html) => execFileSync("env/bin/python", ["-c", python, html], { encoding: "utf8" }),
  "node-html-markdown": (html) => NodeHtmlMarkdown.translate(html),
  turndown: (html) => new Turndown({ codeBlockStyle: "fenced" }).turndown(html),
};
const html = "<pre><code>Write:\n```\n# Title\n```\n</code></pre><p>The end.</p>";
for (const [name, convert] of Object.entries(converters)) {
  const again = new HtmlRenderer().render(new Parser().parse(convert(html)));
  console.log(`${name}: ${(again.match(/<pre>/g) ?? []).length} blocks, heading ${/<h1>/.test(again) ? "yes" : "no"}`);
}
JS
got="$(node convert.js)"
seen='markdownify: 2 blocks, heading yes
node-html-markdown: 2 blocks, heading yes
turndown: 1 blocks, heading no'
printf '%s\n' "$got"
if [ "$got" != "$seen" ]; then
    echo "The converters no longer end a code block at the fence inside it." >&2
    exit 1
fi
