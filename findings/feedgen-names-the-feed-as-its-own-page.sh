#!/usr/bin/env bash
# feedgen 1.0.0 (PyPI, python-feedgen), seen 2026-12-01.
#
# Expected: `link` of an RSS channel is the address of the site that the channel belongs to (RSS 2.0, required elements),
# so of a feed with an alternate and a self link it is the alternate, as it is for entries of the same package ("the last
# link with rel=alternate is used"). In Atom a link has the relation that it was given: an entry's audio is rel="enclosure"
# with type and length (RFC 4287, 4.2.7).
#
# What it does: the channel's `link` is whichever link was added last. In the order of the package's own first example,
# alternate and then self, it is the address of the feed: readers that open "the site" open XML. And links of Atom entries
# lose all but href, so an enclosure is a second alternate page, which RFC 4287 forbids (4.1.1), and the audio is no
# longer an attachment (that half is known to its authors).
#
# Seen:
#   RSS, alternate, self: feed.xml
#   Atom, entry: href e.mp3
#
# What a user does about it: adds the alternate link of the feed last, and hands out the RSS where entries have
# enclosures, where they are written whole.
set -euo pipefail
dir="$(mktemp -d)"
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check feedgen==1.0.0

cat > write.py <<'PY'
from feedgen.feed import FeedGenerator
from lxml import etree

site = "https:" + "//example.org/"
alternate = {"href": site, "rel": "alternate"}
own = {"href": site + "feed.xml", "rel": "self"}

def feed(links):
    made = FeedGenerator()
    made.id(site); made.title("t"); made.description("d")
    for link in links:
        made.link(link)
    entry = made.add_entry()
    entry.id(site + "e/"); entry.title("e")
    entry.link(href=site + "e/", rel="alternate")
    entry.enclosure(site + "e.mp3", "4096", "audio/mpeg")
    return made

short = lambda address: address.removeprefix(site) or "the site"
for name, links in [("alternate, self", [alternate, own]), ("self, alternate", [own, alternate])]:
    rss = etree.fromstring(feed(links).rss_str())
    print(f"RSS, {name}: {short(rss.findtext('channel/link'))}")
atom = etree.fromstring(feed([alternate, own]).atom_str())
for link in atom.iterfind("{*}link"):
    print("Atom, feed:", link.get("rel"), short(link.get("href")))
for link in atom.iterfind("{*}entry/{*}link"):
    print("Atom, entry:", " ".join(sorted(link.attrib)), short(link.get("href")))
print("RSS, entry:", " ".join(sorted(rss.find("channel/item/enclosure").attrib)), "e.mp3")
PY
got="$(env/bin/python write.py)"
seen='RSS, alternate, self: feed.xml
RSS, self, alternate: the site
Atom, feed: alternate the site
Atom, feed: self feed.xml
Atom, entry: href e/
Atom, entry: href e.mp3
RSS, entry: length type url e.mp3'
printf '%s\n' "$got"
if [ "$got" != "$seen" ]; then
    echo "feedgen no longer names the feed as its own page, or no longer drops what a link is." >&2
    exit 1
fi
