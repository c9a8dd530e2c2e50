#!/usr/bin/env bash
# mistune 3.4.0 and Markdown 3.11.3 (PyPI), seen 2026-11-30.
#
# Expected: in a table of GitHub's Markdown a bar within a cell is written "\|", within code too, since cells are cut
# before anything else is read; the backslash is not shown (GFM, Tables, has an example with code in a cell). Both
# libraries have tables of this form and do cut the cell rightly. markdown-it-py 4.3.0 shows what is expected.
#
# What they do: show the backslash where the bar is in code, as in code outside of tables. Outside of code it goes
# away. So a shell's "a | b" in a table can't be written at all: without the backslash it is two cells, with it the
# reader sees and copies "a \| b". The same source reads rightly on GitHub.
#
# Seen: <td><code>a \| b</code></td><td>a | b</td>
#
# What a generator of static sites does about it: nothing where its own parser follows GFM; its notes for those who
# move a site there or away name the difference, since the text of such tables changes.
set -euo pipefail
dir="$(mktemp -d)"
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check mistune==3.4.0 Markdown==3.11.3 markdown-it-py==4.3.0

cat > render.py <<'PY'
import re
import markdown, mistune
from markdown_it import MarkdownIt

SOURCE = "| code | text |\n|---|---|\n| `a \\| b` | a \\| b |\n"
for name, render in {
    "mistune": mistune.create_markdown(plugins=["table"]),
    "Markdown": lambda text: markdown.markdown(text, extensions=["tables"]),
    "markdown-it-py": MarkdownIt().enable("table").render,
}.items():
    print(name + ":", "".join(re.findall("<td>.*?</td>", render(SOURCE))))
PY
got="$(env/bin/python render.py)"
seen='mistune: <td><code>a \| b</code></td><td>a | b</td>
Markdown: <td><code>a \| b</code></td><td>a | b</td>
markdown-it-py: <td><code>a | b</code></td><td>a | b</td>'
printf '%s\n' "$got"
if [ "$got" != "$seen" ]; then
    echo "mistune or Markdown no longer shows the backslash of a bar in a table's code." >&2
    exit 1
fi
