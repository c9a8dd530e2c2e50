#!/usr/bin/env bash
# object_store 0.14.2 (Rust crate), seen 2026-11-30.
#
# Expected: S3 takes any text as a key, `a//b.txt` too (other programs and consoles make such keys), so a list of a bucket
# has every object; one whose key is no path to the crate is left out, or is an error of its own between the others.
#
# What it does: the whole page of the list is an error, that of the key, and no object on it is seen: a bucket with one such
# key among thousands can't be listed at all.
#
# Seen:
#   the server told: a.txt a//b.txt c.txt
#   list() gave: 0 objects, 1 error
#
# What a publisher does about it: asks for the list itself (ListObjectsV2 is one signed GET), takes the keys that are paths,
# and tells of the others once.
set -euo pipefail
dir="$(mktemp -d)"
trap 'rm -rf "$dir"' EXIT
cd "$dir"
mkdir src
cat > Cargo.toml <<'TOML'
[package]
name = "finding"
version = "0.0.0"
edition = "2021"
[dependencies]
futures = "0.3"
object_store = { version = "=0.14.2", features = ["aws"] }
tokio = { version = "1", features = ["rt-multi-thread"] }
TOML
cat > src/main.rs <<'RS'
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;

use futures::StreamExt;
use object_store::{aws::AmazonS3Builder, ObjectStore};

const KEYS: [&str; 3] = ["a.txt", "a//b.txt", "c.txt"];

fn main() {
    let listener = TcpListener::bind((std::net::Ipv4Addr::LOCALHOST, 0)).unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
            while lines.next().is_some_and(|line| line.is_ok_and(|line| !line.is_empty())) {}
            let objects: String = KEYS
                .iter()
                .map(|key| format!("<Contents><Key>{key}</Key><LastModified>2026-01-01T00:00:00.000Z</LastModified><ETag>\"1\"</ETag><Size>1</Size></Contents>"))
                .collect();
            let body = format!("<?xml version=\"1.0\"?><ListBucketResult><Name>b</Name><KeyCount>3</KeyCount><IsTruncated>false</IsTruncated>{objects}</ListBucketResult>");
            let head = format!("HTTP/1.1 200 OK\r\nContent-Type: application/xml\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", body.len());
            stream.write_all((head + &body).as_bytes()).unwrap();
        }
    });
    let store = AmazonS3Builder::new()
        .with_endpoint(url)
        .with_allow_http(true)
        .with_bucket_name("b")
        .with_region("us-east-1")
        .with_access_key_id("key")
        .with_secret_access_key("secret")
        .build()
        .unwrap();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let found: Vec<_> = runtime.block_on(store.list(None).collect());
    let errors = found.iter().filter(|object| object.is_err()).count();
    println!("the server told: {}", KEYS.join(" "));
    println!("list() gave: {} objects, {errors} error", found.len() - errors);
}
RS
got="$(CARGO_TARGET_DIR="$dir/target" cargo run --quiet)"
seen='the server told: a.txt a//b.txt c.txt
list() gave: 0 objects, 1 error'
printf '%s\n' "$got"
if [ "$got" != "$seen" ]; then
    echo "object_store no longer refuses a whole list for one key." >&2
    exit 1
fi
