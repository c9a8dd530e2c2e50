#!/usr/bin/env bash
# yaml-language-server 2.0.0 (npm), seen 2026-11-30: what editors check YAML with a JSON Schema by.
#
# Expected: format "date" in JSON Schema is full-date of RFC 3339, where the last day depends on month and year (5.7).
# The server does check formats: 2026-13-01 is refused as no date of RFC 3339. So 2026-02-30 should be refused.
#
# What it does: takes days to 31 in every month, in "date" and in "date-time". And "duration" of the same list of
# formats is not checked at all: any word passes.
#
# Seen:
#   date: 2026-02-30 -> nothing
#   date: 2026-13-01 -> String is not a RFC3339 date.
#   duration: soon -> nothing
#
# What a generator of static sites does about it: hands out a schema for front matter all the same, but checks dates
# with a calendar of its own at every build; an editor without a word is no proof that the date is one.
set -euo pipefail
dir="$(mktemp -d)"
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --prefix "$dir" yaml-language-server@2.0.0 >/dev/null

cat > ask.js <<'JS'
const { spawn } = require("child_process");
const { writeFileSync } = require("fs");
const lines = ["date: 2026-02-28", "date: 2026-02-30", "date: 2026-04-31", "date: 2026-13-01",
  "moment: 2026-02-30T10:00:00Z", "duration: soon"];
const text = (format) => ({ type: "string", format });
const properties = { date: text("date"), moment: text("date-time"), duration: text("duration") };
writeFileSync("schema.json", JSON.stringify({ type: "object", properties }));
const server = spawn("node", [require.resolve("yaml-language-server/bin/yaml-language-server"), "--stdio"]);
const send = (message) => {
  const body = JSON.stringify({ jsonrpc: "2.0", ...message });
  server.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
};
const root = "file:" + "//" + process.cwd();
const settings = { validate: true, schemas: { [`${root}/schema.json`]: "*.yaml" }, schemaStore: { enable: false } };
const open = (i) => i < lines.length ? send({ method: "textDocument/didOpen", params: { textDocument:
  { uri: `${root}/${i}.yaml`, languageId: "yaml", version: 1, text: lines[i] + "\n" } } }) : server.kill();
const on = ({ id, method, params }) => {
  if (id === 1 && !method) { send({ method: "initialized", params: {} }); setTimeout(open, 3000, 0); }
  else if (method === "workspace/configuration")
    send({ id, result: params.items.map(({ section }) => (section === "yaml" ? settings : {})) });
  else if (method === "textDocument/publishDiagnostics") {
    const i = Number(/(\d+)\.yaml$/.exec(params.uri)[1]);
    console.log(`${lines[i]} -> ${params.diagnostics.map((one) => one.message).join() || "nothing"}`);
    open(i + 1);
  } else if (id !== undefined && method) send({ id, result: null });
};
let rest = "";
server.stdout.setEncoding("utf8").on("data", (data) => {
  rest += data;
  for (let m; (m = /^(?:.*\r\n)*?Content-Length: (\d+)\r\n(?:.*\r\n)*?\r\n/.exec(rest)) && rest.length >= m[0].length + +m[1]; ) {
    const body = rest.slice(m[0].length, m[0].length + +m[1]);
    rest = rest.slice(m[0].length + +m[1]);
    on(JSON.parse(body));
  }
});
send({ id: 1, method: "initialize", params: { processId: process.pid, rootUri: null,
  capabilities: { workspace: { configuration: true } } } });
JS
got="$(timeout 90 node ask.js)"
seen='date: 2026-02-28 -> nothing
date: 2026-02-30 -> nothing
date: 2026-04-31 -> nothing
date: 2026-13-01 -> String is not a RFC3339 date.
moment: 2026-02-30T10:00:00Z -> nothing
duration: soon -> nothing'
printf '%s\n' "$got"
if [ "$got" != "$seen" ]; then
    echo "yaml-language-server no longer takes days that are none." >&2
    exit 1
fi
