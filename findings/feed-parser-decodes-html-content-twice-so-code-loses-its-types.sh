#!/usr/bin/env bash
# @rowanmanning/feed-parser 2.1.5 (npm), seen 2026-11-30.
#
# Expected: the text of an Atom `content` of type html is HTML once the XML is read (RFC 4287, 3.1.1.2). `&amp;lt;` in
# the feed is `&lt;` in that HTML, and shows as a sign of code.
#
# What it does: entities are decoded once more than XML does. `Vec&lt;String&gt;` in a code element becomes
# `Vec<String>`, an element that no browser knows, so that readers see "Vec". Of type xhtml the same; and a title about
# the letters of an entity, in text that is no HTML, has the sign in their place.
#
# Seen:
#   html:  <p><code>Vec<String></code></p>
#   xhtml: <p><code>Vec<String></code></p>
#   title: Write < as <, please
#
# What a generator of static sites does about it: nothing it can; the feed is right, and other readers read it so.
set -euo pipefail
dir="$(mktemp -d)"
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --prefix "$dir" @rowanmanning/feed-parser@2.1.5 >/dev/null

cat > read.mjs <<'JS'
import { parseFeed } from "@rowanmanning/feed-parser";
const w3 = "http:" + "//www.w3.org/", page = "https:" + "//example.org/";
const entry = (id, content) => `<entry><title>Write &lt; as &amp;lt;, please</title><id>urn:x:${id}</id>
<updated>2026-11-30T00:00:00Z</updated><link href="${page}${id}/"/>${content}</entry>`;
const { items } = parseFeed(`<feed xmlns="${w3}2005/Atom"><title>t</title><id>urn:x:0</id>
<updated>2026-11-30T00:00:00Z</updated><link href="${page}"/>
${entry(1, `<content type="html">&lt;p&gt;&lt;code&gt;Vec&amp;lt;String&amp;gt;&lt;/code&gt;&lt;/p&gt;</content>`)}
${entry(2, `<content type="xhtml"><div xmlns="${w3}1999/xhtml"><p><code>Vec&lt;String&gt;</code></p></div></content>`)}
</feed>`);
console.log(`html:  ${items[0].content}\nxhtml: ${items[1].content}\ntitle: ${items[0].title}`);
JS
seen="$(node read.mjs)"
echo "$seen"
if [ "$seen" != "html:  <p><code>Vec<String></code></p>
xhtml: <p><code>Vec<String></code></p>
title: Write < as <, please" ]; then
    echo "feed-parser no longer decodes texts once more." >&2
    exit 1
fi
