#!/usr/bin/env bash
# netlify-headers-parser 7.1.4 (npm), seen 2026-11-30: what Netlify's builds read the file _headers with.
#
# Expected: Cloudflare Pages and Netlify share the format of _headers, and Cloudflare's documentation has rules for
# an absolute address (scheme and host before the path, as below, with "X-Robots-Tag: noindex", so that
# only the preview's host stays out of search engines). Where Netlify has no such rules, the line should be refused with an error, as a
# header without a value is, and the rule's headers dropped with it.
#
# What it does: a line is a rule's path only where it begins with "/". Any other line with a colon is a header of
# the rule before, indented or not. So the address becomes a header named "https", without an error, and the headers
# of the absolute rule go to the rule before it: here every page of the real site is sent with noindex.
#
# Seen: {"X-Frame-Options":"DENY","https":"//:project.pages.dev/*","X-Robots-Tag":"noindex"} for /*, no errors.
#
# What a generator of static sites does about it: writes no absolute rules into a file that either host may read, and
# warns where it finds one in a _headers file that it copies.
set -euo pipefail
dir="$(mktemp -d)"
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --prefix "$dir" netlify-headers-parser@7.1.4 >/dev/null

printf '%s\n' '/*' '  X-Frame-Options: DENY' '' 'https:'"//"':project.pages.dev/*' '  X-Robots-Tag: noindex' > _headers
cat > read.mjs <<'JS'
import { parseAllHeaders } from "netlify-headers-parser";
const { headers, errors } = await parseAllHeaders({ headersFiles: ["_headers"], configHeaders: [], minimal: true });
for (const rule of headers) console.log(rule.for, JSON.stringify(rule.values));
console.log("errors: " + errors.length);
JS
got="$(node read.mjs)"
seen='/* {"X-Frame-Options":"DENY","https":"//:project.pages.dev/*","X-Robots-Tag":"noindex"}
errors: 0'
printf '%s\n' "$got"
if [ "$got" != "$seen" ]; then
    echo "netlify-headers-parser no longer reads an absolute address as a header of the rule before." >&2
    exit 1
fi
