#!/bin/sh
# Fetches the program into this folder and compares its checksum.
set -eu
name=ninefold-x86_64-unknown-linux-musl.tar.gz
curl --fail --silent --show-error --location --remote-name-all "REPOSITORY/releases/download/vVERSION/$name" "REPOSITORY/releases/download/vVERSION/$name.sha256"
sha256sum -c "$name.sha256"
tar -xzf "$name" ninefold
rm "$name" "$name.sha256"
