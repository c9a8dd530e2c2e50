#!/usr/bin/env bash
# latex2mathml 3.81.1 (PyPI), seen 2026-11-30.
#
# Expected: within \text{...} TeX reads text, where a percent or dollar sign must be escaped, since % begins a comment
# there as well: \text{50\% of all} shows "50% of all". KaTeX 0.19.1 shows that. Outside of \text latex2mathml takes
# \% as it is meant.
#
# What it does: what is in \text is copied, so the backslash is shown, and so are the dollar signs of a formula within
# it. Text and formula disagree about one and the same sign in one line.
#
# Seen:
#   50\%              -> 50%
#   \text{50\% of it} -> 50\% of it
#   \text{at $t$}     -> at $t$
#
# What a generator of static sites does about it: takes out the backslash of \% \$ \# \& and \_ within \text before the
# formula is converted, or writes the sign outside: \text{50}\%\text{ of it}.
set -euo pipefail
dir="$(mktemp -d)"
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --prefix "$dir" katex@0.19.1 >/dev/null
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check latex2mathml==3.81.1

cat > write.py <<'PY'
import sys
from latex2mathml.converter import convert

for tex in sys.argv[1:]:
    print(convert(tex))
PY
cat > write.js <<'JS'
const katex = require("katex");
for (const tex of process.argv.slice(2))
  console.log(katex.renderToString(tex, { output: "mathml" }).replace(/<annotation.*/, ""));
JS
formulas=('50\%' '\text{50\% of it}' '\text{\$5}' '\text{at $t$}')
words() { sed -e 's/&#x000A0;/ /g; s/&#x00025;/%/g; s/\xc2\xa0/ /g' -e 's/<[^>]*>//g'; }
got="$(echo katex; node write.js "${formulas[@]}" | words
    echo latex2mathml; env/bin/python write.py "${formulas[@]}" | words)"
seen='katex
50%
50% of it
$5
at t
latex2mathml
50%
50\% of it
\$5
at $t$'
printf '%s\n' "$got"
if [ "$got" != "$seen" ]; then
    echo "latex2mathml no longer shows the backslash of a sign escaped in text." >&2
    exit 1
fi
