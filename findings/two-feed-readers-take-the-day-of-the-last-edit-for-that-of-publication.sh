#!/usr/bin/env bash
# @extractus/feed-extractor 8.0.3 and htmlparser2 12.0.0 (npm), seen 2026-11-30.
#
# Expected: the day of publication of an Atom entry is its `published` (RFC 4287, 4.2.9); `updated` is the last change
# that matters (4.2.15). An entry that has both is one of 2020 that was revised in 2026.
#
# What they do: `published` of feed-extractor and `pubDate` of htmlparser2's parseFeed are the text of `updated`,
# although `published` stands beside it, in either order. A revised text of six years ago is the newest of all. From
# JSON Feed, feed-extractor takes `date_published`, so the two feeds of one site disagree.
#
# Seen:
#   feed-extractor, Atom: 2026-11-30T00:00:00.000Z
#   feed-extractor, JSON: 2020-01-02T00:00:00.000Z
#   htmlparser2, Atom:    2026-11-30T00:00:00.000Z
#
# What a generator of static sites does about it: moves `updated` for real revisions only, never at each build.
set -euo pipefail
dir="$(mktemp -d)"
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --prefix "$dir" @extractus/feed-extractor@8.0.3 htmlparser2@12.0.0 >/dev/null

cat > read.mjs <<'JS'
import { extractFromXml, extractFromJson } from "@extractus/feed-extractor";
import { parseFeed } from "htmlparser2";
const w3 = "http:" + "//www.w3.org/", page = "https:" + "//example.org/e/";
const atom = `<feed xmlns="${w3}2005/Atom"><title>t</title><id>urn:x:1</id><updated>2026-11-30T00:00:00Z</updated>
<entry><title>e</title><id>urn:x:2</id><published>2020-01-02T00:00:00Z</published>
<updated>2026-11-30T00:00:00Z</updated><link href="${page}"/><content>Words</content></entry></feed>`;
const json = JSON.stringify({ version: "https:" + "//jsonfeed.org/version/1.1", title: "t", items: [
  { id: page, url: page, title: "e", content_text: "Words",
    date_published: "2020-01-02T00:00:00Z", date_modified: "2026-11-30T00:00:00Z" }] });
console.log(`feed-extractor, Atom: ${extractFromXml(atom).entries[0].published}`);
console.log(`feed-extractor, JSON: ${extractFromJson(json).entries[0].published}`);
console.log(`htmlparser2, Atom:    ${parseFeed(atom).items[0].pubDate.toISOString()}`);
JS
seen="$(node read.mjs)"
echo "$seen"
if [ "$seen" != "feed-extractor, Atom: 2026-11-30T00:00:00.000Z
feed-extractor, JSON: 2020-01-02T00:00:00.000Z
htmlparser2, Atom:    2026-11-30T00:00:00.000Z" ]; then
    echo "the readers no longer take the same days for those of publication." >&2
    exit 1
fi
