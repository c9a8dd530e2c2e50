#!/usr/bin/env bash
# rss-parser 3.13.0 (npm), seen 2026-11-30.
#
# Expected: an Atom entry may carry its text as content type="xhtml" (RFC 4287, 4.1.3.3): markup inside the
# feed, whose order is the text. A reader that hands it on as a string should give the same elements and the
# same words in the same order.
#
# What it does: the XML is read into an object by element name and then written again. All text of a paragraph
# comes first, then its elements, those of one name together. "one <em>two</em> three" is read as
# "one  three<em>two</em>", and a paragraph after a list comes before it. No error is raised.
#
# Seen:
#   <p>The valve  open and the pump .<em>was</em><em>ran</em></p><p>Nobody knew.</p><ul><li>first</li></ul>
#
# What a generator of static sites does about it: writes the body of an Atom entry as type="html", escaped. That
# is one string to every reader, and rss-parser gives it back letter by letter (the second output below).
set -euo pipefail
dir="$(mktemp -d)"
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --prefix "$dir" rss-parser@3.13.0 >/dev/null

cat > read.js <<'JS'
const Parser = require("rss-parser");
const w3 = "http:" + "//www.w3.org/";
const body = "<p>The valve <em>was</em> open and the pump <em>ran</em>.</p><ul><li>first</li></ul><p>Nobody knew.</p>";
const escaped = body.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
const feed = (content) => `<feed xmlns="${w3}2005/Atom"><title>t</title><id>urn:x:1</id>
<updated>2026-11-30T00:00:00Z</updated><entry><title>e</title><id>urn:x:2</id>
<updated>2026-11-30T00:00:00Z</updated>${content}</entry></feed>`;
(async () => {
  const xhtml = feed(`<content type="xhtml"><div xmlns="${w3}1999/xhtml">${body}</div></content>`);
  const html = feed(`<content type="html">${escaped}</content>`);
  const first = (await new Parser().parseString(xhtml)).items[0].content;
  const second = (await new Parser().parseString(html)).items[0].content;
  console.log("xhtml: " + first.replace(/<\/?div[^>]*>/g, ""));
  console.log("html:  " + (second === body ? "as written" : second));
})();
JS
got="$(node read.js)"
seen='xhtml: <p>The valve  open and the pump .<em>was</em><em>ran</em></p><p>Nobody knew.</p><ul><li>first</li></ul>
html:  as written'
printf '%s\n' "$got"
if [ "$got" != "$seen" ]; then
    echo "rss-parser no longer gives the XHTML of an entry in this order." >&2
    exit 1
fi
