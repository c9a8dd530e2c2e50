#!/usr/bin/env bash
# edtf 5.0.2 (PyPI, python-edtf), seen 2026-12-01.
#
# Expected: EDTF, level 2, has codes for quarters (33 to 36 in the place of the month), which the same package reads:
# 2021-35 is July to September. So text_to_edtf makes "Q3 2021" into 2021-35, or into the year, as it does with "third
# quarter of 2021" and "H1 2021", or into None. A week of the year is likewise a span within it, or nothing.
#
# What it does: the number is taken for that of the month. "Q3 2021" is March, which lies in the first quarter; "Q4" is
# April, and "week 10 of 2019", which is in March, is October. Each is a valid date of EDTF, so nothing later sees it.
# The package's list of what its reader of English takes names neither quarters nor weeks, and no such reading.
#
# Seen:
#   Q3 2021          2021-03
#   Q4 2019          2019-04
#   week 10 of 2019  2019-10
#
# What a user does about it: writes the code (2021-35) or the months (2021-07/2021-09) by hand, and lets no
# reader of English guess at "Q3" when dates of old records are turned into EDTF.
set -euo pipefail
dir="$(mktemp -d)"
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check edtf==5.0.2

cat > read.py <<'PY'
import warnings
warnings.simplefilter("ignore")
from edtf import parse_edtf, text_to_edtf

for words in ["July 2021", "third quarter of 2021", "H1 2021", "Q3 2021", "Q4 2019", "week 10 of 2019"]:
    print(words.ljust(22), text_to_edtf(words))
quarter = parse_edtf("2021-35")
print("2021-35".ljust(22), f"months {quarter.lower_strict()[1]} to {quarter.upper_strict()[1]}")
PY
got="$(env/bin/python read.py)"
seen='July 2021              2021-07
third quarter of 2021  2021
H1 2021                2021
Q3 2021                2021-03
Q4 2019                2019-04
week 10 of 2019        2019-10
2021-35                months 7 to 9'
printf '%s\n' "$got"
if [ "$got" != "$seen" ]; then
    echo "edtf no longer reads the number of a quarter as that of a month." >&2
    exit 1
fi
