#!/usr/bin/env bash
# rss-parser 3.13.0 (npm), seen 2026-11-30.
#
# Expected: an Atom link without rel is the page itself: RFC 4287, 4.2.7.2, has it read as rel="alternate". So
# `link` of the feed is the home page and `link` of an item is the article, in whatever order links are written.
#
# What it does: only a rel="alternate" that is written out is found. Else the first link is taken whatever it is:
# the feed's own address as the site's home page, a recording as the article. And `feedUrl`, where no rel="self" is
# found, is the second link.
#
# Seen, for a feed with self before the page, and an entry with a recording before the page:
#   site:    //example.org/feed.xml
#   article: //example.org/talk.mp3
#
# What a generator of static sites does about it: writes rel="alternate" out in full on every link to a page.
set -euo pipefail
dir="$(mktemp -d)"
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --prefix "$dir" rss-parser@3.13.0 >/dev/null

cat > read.js <<'JS'
const Parser = require("rss-parser");
const w3 = "http:" + "//www.w3.org/", site = "https:" + "//example.org/";
const feed = (rel) => `<feed xmlns="${w3}2005/Atom"><title>t</title><id>urn:x:1</id>
<updated>2026-11-30T00:00:00Z</updated>
<link rel="self" href="${site}feed.xml"/><link ${rel} href="${site}"/>
<entry><title>e</title><id>urn:x:2</id><updated>2026-11-30T00:00:00Z</updated>
<link rel="enclosure" type="audio/mpeg" href="${site}talk.mp3"/><link ${rel} href="${site}article/"/></entry></feed>`;
(async () => {
  for (const [name, rel] of [["without rel", ""], ["with rel", 'rel="alternate"']]) {
    const got = await new Parser().parseString(feed(rel));
    const short = (address) => address.replace("https:", "");
    console.log(`${name}: site ${short(got.link)} article ${short(got.items[0].link)}`);
  }
})();
JS
got="$(node read.js)"
seen='without rel: site //example.org/feed.xml article //example.org/talk.mp3
with rel: site //example.org/ article //example.org/article/'
printf '%s\n' "$got"
if [ "$got" != "$seen" ]; then
    echo "rss-parser no longer takes the first link where the page's link has no rel." >&2
    exit 1
fi
