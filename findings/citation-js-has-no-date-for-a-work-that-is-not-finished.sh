#!/usr/bin/env bash
# @citation-js/core, plugin-bibtex and plugin-csl 0.9.0 (npm), seen 2026-12-01.
#
# Expected: a range of dates without an end (date = {2019-05/}, or 2019-05/.. as in EDTF) is a work that goes on, such
# as a log of outages kept since 2019 (the manual of biblatex, "Date and Time Specifications", has both forms). Its year
# is 2019; a style that has no words for "since" shows that.
#
# What they do: plugin-bibtex reads the begin and puts null for the end. With that the writer of references takes the
# whole for no date: "n.d.", and BibTeX written back has no year at all. A range with an end is
# shown in full. Nothing is reported.
#
# Seen:
#   2019-05/2021-07  (2019–2021)  year = {2019}
#   2019-05/         (n.d.)       no year
#   2019-05/..       (n.d.)       no year
#
# What a user does about it: gives only the begin as the date of a work that goes on, and says the rest in the note.
set -euo pipefail
dir="$(mktemp -d)"
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --prefix "$dir" \
    @citation-js/core@0.9.0 @citation-js/plugin-bibtex@0.9.0 @citation-js/plugin-csl@0.9.0 >/dev/null

cat > read.mjs <<'JS'
import { Cite } from "@citation-js/core";
import "@citation-js/plugin-bibtex";
import "@citation-js/plugin-csl";
for (const date of ["2019-05", "2019-05/2021-07", "2019-05/", "2019-05/.."]) {
  const work = new Cite(`@book{log, title={Outages}, author={Doe, J.}, date={${date}}}`);
  const shown = /\(.*?\)/.exec(work.format("bibliography", { template: "apa" }))[0];
  const year = /year = \{\d+\}/.exec(work.format("bibtex"))?.[0] ?? "no year";
  console.log(`${date} ${JSON.stringify(work.data[0].issued["date-parts"])} ${shown} ${year}`);
}
JS
got="$(node read.mjs)"
printf '%s\n' "$got"
seen='2019-05 [[2019,5]] (2019) year = {2019}
2019-05/2021-07 [[2019,5],[2021,7]] (2019–2021) year = {2019}
2019-05/ [[2019,5],null] (n.d.) no year
2019-05/.. [[2019,5],null] (n.d.) no year'
if [ "$got" != "$seen" ]; then
    echo "citation-js no longer drops the date of a work that is not finished." >&2
    exit 1
fi
