#!/usr/bin/env bash
# atoma 0.0.17 (PyPI), seen 2026-11-30.
#
# Expected: the content of an Atom entry of type xhtml is its div (RFC 4287, 3.1.1.3), one of three forms that each
# reader must know: the library's own list of text types names it.
#
# What it does: such an entry has no content, as if the feed had none: only text directly in the element is read, and
# there is none beside the div. Nothing is raised or logged: a whole feed of texts arrives without a word.
#
# Seen:
#   html:  html '<p>One <em>two</em></p>'
#   xhtml: None
#
# What a generator of static sites does about it: writes content as html, though xhtml needs less escaping.
set -euo pipefail
dir="$(mktemp -d)"
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install --quiet --disable-pip-version-check atoma==0.0.17

cat > read.py <<'PY'
import atoma
w3, page = "http:" + "//www.w3.org/", "https:" + "//example.org/"
def entry(n, content):
    return f"""<entry><title>e</title><id>urn:x:{n}</id><updated>2026-11-30T00:00:00Z</updated>
<link href="{page}{n}/"/>{content}</entry>"""
feed = f"""<feed xmlns="{w3}2005/Atom"><title>t</title><id>urn:x:0</id><updated>2026-11-30T00:00:00Z</updated>
{entry(1, '<content type="html">&lt;p&gt;One &lt;em&gt;two&lt;/em&gt;&lt;/p&gt;</content>')}
{entry(2, f'<content type="xhtml"><div xmlns="{w3}1999/xhtml"><p>One <em>two</em></p></div></content>')}
</feed>"""
for name, entry in zip(("html: ", "xhtml:"), atoma.parse_atom_bytes(feed.encode()).entries):
    content = entry.content
    print(name, f"{content.text_type.value} {content.value!r}" if content else content)
PY
seen="$("$dir/venv/bin/python" read.py)"
echo "$seen"
if [ "$seen" != "html:  html '<p>One <em>two</em></p>'
xhtml: None" ]; then
    echo "atoma no longer leaves the content of XHTML entries out." >&2
    exit 1
fi
