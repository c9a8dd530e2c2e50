#!/usr/bin/env bash
# @rowanmanning/feed-parser 2.1.5 (npm), seen 2026-11-30.
#
# Expected: the HTML of an entry is escaped once to stand in XML (Atom type="html", RSS description), so it is
# decoded once when the XML is read. "5 &lt; 6" in the article's HTML comes back as "5 &lt; 6".
#
# What it does: decodes the HTML itself, too. References in the article's text become characters: an essay that
# shows an element's name as &lt;details&gt; comes back with an element <details> and without the name on the page,
# and "&amp;lt;" (an essay on escaping) comes back as "&lt;". XHTML content is decoded the same way, and its <br/>
# comes out as <br></br>, which HTML reads as two breaks.
#
# Seen:
#   html:  <p>5 < 6, see <details> and &lt;.</p>
#   xhtml: <p>5 < 6, see <details> and &lt;.<br></br>End.</p>
#
# What a generator of static sites does about it: nothing in its output would help (escaping twice breaks the other
# readers). Its own tests of feeds read the entries with another reader (rss-parser and feedsmith decode once).
set -euo pipefail
dir="$(mktemp -d)"
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --prefix "$dir" @rowanmanning/feed-parser@2.1.5 >/dev/null

cat > read.mjs <<'JS'
import { parseFeed } from "@rowanmanning/feed-parser";
const w3 = "http:" + "//www.w3.org/";
const body = "<p>5 &lt; 6, see &lt;details&gt; and &amp;lt;.<br/>End.</p>";
const escaped = body.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
const feed = (content) => `<feed xmlns="${w3}2005/Atom"><title>t</title><id>urn:x:1</id>
<updated>2026-11-30T00:00:00Z</updated><entry><title>e</title><id>urn:x:2</id>
<updated>2026-11-30T00:00:00Z</updated>${content}</entry></feed>`;
const read = (content) => parseFeed(feed(content)).items[0].content;
console.log("written: " + body);
console.log("html:    " + read(`<content type="html">${escaped}</content>`));
console.log("xhtml:   " + read(`<content type="xhtml"><div xmlns="${w3}1999/xhtml">${body}</div></content>`));
JS
got="$(node read.mjs)"
seen='written: <p>5 &lt; 6, see &lt;details&gt; and &amp;lt;.<br/>End.</p>
html:    <p>5 < 6, see <details> and &lt;.<br/>End.</p>
xhtml:   <p>5 < 6, see <details> and &lt;.<br></br>End.</p>'
printf '%s\n' "$got"
if [ "$got" != "$seen" ]; then
    echo "feed-parser no longer decodes the HTML of an entry a second time." >&2
    exit 1
fi
