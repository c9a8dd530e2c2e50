#!/usr/bin/env bash
# rsync 3.5.0 (Debian 3.5.0+ds1-0+deb12u1), seen 2026-12-01.
#
# Expected: `rsync --files-from=LIST rsync://host/module/folder/ here/` fetches the listed files of that folder, as it does
# over ssh, and as `rsync -r` does from the same address.
#
# What it does: a daemon (with `use chroot = no`) says "file has vanished" of each listed file that is in a folder, fetches
# none of them and ends with 24. From the module's own root, with `folder/./` before each name, the same files come.
#
# Seen:
#   folder: 24
#   root:   0 ./a/b.txt
#
# What a publisher does about it: fetches from the module's root, with the way to the folder and `./` in the list.
set -euo pipefail
dir="$(mktemp -d)"
port="$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')"
mkdir -p "$dir/served/folder/a" "$dir/first" "$dir/second"
echo text > "$dir/served/folder/a/b.txt"
as=""
[ "$(id -u)" -ne 0 ] || as=$'uid = root\ngid = root'
cat > "$dir/rsyncd.conf" <<CONF
use chroot = no
$as
[module]
path = $dir/served
CONF
rsync --daemon --no-detach --address=127.0.0.1 --port="$port" --config="$dir/rsyncd.conf" 2>/dev/null &
daemon=$!
trap 'kill "$daemon"; wait "$daemon" 2>/dev/null || true; rm -rf "$dir"' EXIT
for _ in $(seq 50); do
    rsync "rsync://127.0.0.1:$port/" >/dev/null 2>&1 && break
    sleep 0.1
done
code=0
echo a/b.txt > "$dir/list"
rsync --files-from="$dir/list" "rsync://127.0.0.1:$port/module/folder/" "$dir/first/" 2>/dev/null || code=$?
seen="folder: $code $(cd "$dir/first" && find . -type f)"
code=0
echo folder/./a/b.txt > "$dir/list"
rsync --files-from="$dir/list" "rsync://127.0.0.1:$port/module/" "$dir/second/" || code=$?
seen="$seen
root:   $code $(cd "$dir/second" && find . -type f)"
echo "$seen"
if [ "$seen" != "folder: 24 
root:   0 ./a/b.txt" ]; then
    echo "A daemon of rsync finds listed files in a folder of a module now." >&2
    exit 1
fi
