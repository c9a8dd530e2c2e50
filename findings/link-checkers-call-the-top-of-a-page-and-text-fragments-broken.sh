#!/usr/bin/env bash
# linkinator 7.6.1 and hyperlink 5.0.4 (npm), seen 2026-11-30.
#
# Expected: a fragment that is not an element's name may still be a place. `#top` is the top of any page
# (html.spec.whatwg.org, 7.4.6.4 "Scrolling to a fragment"); what follows `:~:` is no part of the fragment but a
# directive that a browser takes off (wicg.github.io/scroll-to-text-fragment, 3.3); and a fragment is compared with
# names after its percent signs are decoded, so that `#a%20b` and `#gr%C3%B6%C3%9Fe` are places.
#
# What they do: linkinator with --check-fragments and hyperlink count links to text fragments and to `#top` as broken;
# hyperlink compares a fragment with names as it is written, percent signs and all. A site whose links all lead where
# they should fails in the author's checks.
#
# Seen:
#   linkinator: [#] #:~:text=some words, [#] #top, [#] #x:~:text=words
#   hyperlink:  #:~:text=some%20words, #gr%C3%B6%C3%9Fe, #top, #x:~:text=words
#
# What a generator of static sites does about it: checks such links itself, by the rules of browsers, and writes the
# directive as the author wrote it.
set -euo pipefail
dir="$(mktemp -d)"
server=
trap '[ -z "$server" ] || kill "$server"; rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --prefix "$dir" linkinator@7.6.1 hyperlink@5.0.4 >/dev/null

mkdir site
cat > site/index.html <<'HTML'
<!doctype html><html lang="en"><head><meta charset="utf-8"><title>One</title></head><body>
<h1>One</h1><h2 id="größe">Two</h2>
<p><a href="#top">top</a> <a href="b.html#:~:text=some%20words">words</a> <a href="b.html#x:~:text=words">words</a>
<a href="#gr%C3%B6%C3%9Fe">two</a> <a href="b.html#x">other</a></p></body></html>
HTML
cat > site/b.html <<'HTML'
<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Other</title></head><body>
<h1 id="x">some words</h1></body></html>
HTML
cat > serve.js <<'JS'
const { createServer } = require("http"), { readFileSync } = require("fs");
createServer((request, answer) => {
  try {
    const page = readFileSync("site" + new URL(request.url, "http:" + "//x").pathname);
    answer.writeHead(200, { "Content-Type": "text/html; charset=utf-8" }).end(page);
  } catch {
    answer.writeHead(404).end();
  }
}).listen(0, "127.0.0.1", function () { require("fs").writeFileSync("port", String(this.address().port)); });
JS
node serve.js & server=$!
for _ in $(seq 100); do [ -s port ] && break; sleep 0.1; done
site="http:""//127.0.0.1:$(cat port)"

linkinator="$(node_modules/.bin/linkinator "$site/index.html" --recurse --check-fragments 2>&1 |
  grep -o '\[#\] .*' | sed 's/ .*#/ #/' | sort -u | paste -sd, | sed 's/,/, /g' || true)"
hyperlink="$(node_modules/.bin/hyperlink --canonicalroot "$site/" site/index.html 2>&1 |
  grep '^not ok .*fragment-check' | sed 's/.*#/#/' | sort -u | paste -sd, | sed 's/,/, /g' || true)"
seen="linkinator: $linkinator
hyperlink:  $hyperlink"
echo "$seen"
if [ "$seen" != "linkinator: [#] #:~:text=some words, [#] #top, [#] #x:~:text=words
hyperlink:  #:~:text=some%20words, #gr%C3%B6%C3%9Fe, #top, #x:~:text=words" ]; then
    echo "the link checkers no longer call the same links broken." >&2
    exit 1
fi
