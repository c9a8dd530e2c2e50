#!/usr/bin/env bash
# pywb 2.10.0 (PyPI), with `enable_memento: true` and else as it is set up, seen 2026-11-30.
#
# Expected: a TimeGate that is asked for a moment either redirects to the copy nearest to it, or answers with that copy itself, and
# then says when it was made in `Memento-Datetime` and where it is in `Content-Location` (RFC 7089, 4.1 and 4.2).
#
# What it does: it answers 200 with a page of its own that shows the copy in a frame, with neither header. A client that looks at
# the answer takes it for a page that is no copy. The copy stands in the `Link` header alone, as rel="memento".
#
# Seen:
#   default:      200, Memento-Datetime: None, Content-Location: None, rel=memento: True
#   no frame:     307 to a copy: True
#
# What a generator of static sites does about it: where the answer is none of the two, it takes the copy nearest to the moment
# from the `Link` header.
set -euo pipefail
dir="$(mktemp -d)"
server=
trap 'if [ -n "$server" ]; then kill "$server"; fi; rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install --quiet --disable-pip-version-check pywb==2.10.0
export PATH="$dir/venv/bin:$PATH"

cat > make.py <<'PY'
from io import BytesIO
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter
with open("copies.warc.gz", "wb") as file:
    writer = WARCWriter(file, gzip=True)
    head = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
    writer.write_record(writer.create_warc_record(
        "https" + "://status.example/incident", "response", payload=BytesIO(b"<p>Text"), http_headers=head,
        warc_headers_dict={"WARC-Date": "2026-05-02T10:00:00Z"}))
PY
cat > ask.py <<'PY'
import http.client, sys, time
for _ in range(300):
    try:
        connection = http.client.HTTPConnection("127.0.0.1", int(sys.argv[1]))
        connection.request("GET", "/essays/https" + "://status.example/incident",
                           headers={"Accept-Datetime": "Thu, 30 Apr 2026 12:00:00 GMT"})
        break
    except OSError:
        time.sleep(0.1)
answer = connection.getresponse()
if answer.status == 200:
    header, relation = answer.getheader, 'rel="memento"'
    print(f"200, Memento-Datetime: {header('Memento-Datetime')}, Content-Location: {header('Content-Location')},",
          f"rel=memento: {relation in header('Link', '')}")
else:
    print(answer.status, "to a copy:", "/20260502100000/" in answer.getheader("Location", ""))
PY
python make.py
wb-manager init essays > /dev/null 2>&1
wb-manager add essays copies.warc.gz > /dev/null 2>&1

asked() {
    local port
    port="$(python -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')"
    wayback -b 127.0.0.1 -p "$port" > /dev/null 2>&1 &
    server=$!
    python ask.py "$port"
    kill "$server"
    wait "$server" 2> /dev/null || true
    server=
}
echo 'enable_memento: true' > config.yaml
default="$(asked)"
printf 'enable_memento: true\nframed_replay: false\nredirect_to_exact: true\n' > config.yaml
bare="$(asked)"
echo "default:      $default"
echo "no frame:     $bare"
if [ "$default" != "200, Memento-Datetime: None, Content-Location: None, rel=memento: True" ] || [ "$bare" != "307 to a copy: True" ]; then
    echo "pywb answers otherwise now." >&2
    exit 1
fi
