#!/usr/bin/env bash
# resvg 0.48.1 in resvg-py 0.5.0 (PyPI), seen 2026-11-30; the crate resvg 0.49.0 does the same.
#
# Expected: CSS has a program that finds none of the named families draw with what it has (CSS Fonts 4, on font
# matching: a system font as the last resort), and compares names of families without regard to case. With one font
# loaded, text is drawn in that font. resvg-js 2.6.2, made from the same library, does that.
#
# What it does: where no family of the list is found by its exact letters, the text is left out: an empty picture
# and no error. The default family that is set counts only where a drawing names none, and "sans-serif" only where
# that family is set of its own. "system-ui" and "dejavu sans" draw nothing with DejaVu Sans loaded.
#
# Seen: of seven lists of families only "DejaVu Sans", "Georgia, DejaVu Sans" and none at all are drawn.
#
# What a generator of static sites does about it: for its cards, puts its own font's name at the end of every list of
# families and sets all generic families to it, and checks that a card has ink where its title stands.
set -euo pipefail
dir="$(mktemp -d)"
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check resvg-py==0.5.0
npm install --silent --no-audit --no-fund --prefix "$dir" dejavu-fonts-ttf@2.37.3 @resvg/resvg-js@2.6.2 >/dev/null

cat > draw.py <<'PY'
import resvg_py

SVG = '<svg xmlns="http:' + '//www.w3.org/2000/svg" width="200" height="60">%s</svg>'
FONT = "node_modules/dejavu-fonts-ttf/ttf/DejaVuSans.ttf"

def draw(content):
    return resvg_py.svg_to_bytes(
        svg_string=SVG % content, skip_system_fonts=True, font_files=[FONT], font_family="DejaVu Sans"
    )

empty = draw("")
for family in ["DejaVu Sans", "Georgia, DejaVu Sans", "", "Georgia", "system-ui", "sans-serif", "dejavu sans"]:
    name = f'font-family="{family}"' if family else ""
    text = draw(f'<text x="5" y="40" font-size="30" {name}>Title</text>')
    print("resvg:", family or "(none named)", "->", "nothing" if text == empty else "text")
PY
cat > draw.js <<'JS'
const { Resvg } = require("@resvg/resvg-js");
const svg = `<svg xmlns="${"http:" + "//www.w3.org/2000/svg"}" width="200" height="60">
<text x="5" y="40" font-size="30" font-family="Georgia">Title</text></svg>`;
const font = { loadSystemFonts: false, fontFiles: ["node_modules/dejavu-fonts-ttf/ttf/DejaVuSans.ttf"] };
const ink = new Resvg(svg, { font }).render().pixels.some((byte) => byte);
console.log("resvg-js: Georgia -> " + (ink ? "text" : "nothing"));
JS
got="$(env/bin/python draw.py; node draw.js)"
seen='resvg: DejaVu Sans -> text
resvg: Georgia, DejaVu Sans -> text
resvg: (none named) -> text
resvg: Georgia -> nothing
resvg: system-ui -> nothing
resvg: sans-serif -> nothing
resvg: dejavu sans -> nothing
resvg-js: Georgia -> text'
printf '%s\n' "$got"
if [ "$got" != "$seen" ]; then
    echo "resvg no longer leaves out text whose families are not found." >&2
    exit 1
fi
