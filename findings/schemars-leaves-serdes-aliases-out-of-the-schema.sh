#!/usr/bin/env bash
# schemars 1.2.3 with serde 1.0.229 (Rust crate), seen 2026-11-30.
#
# Expected: schemars reads serde's attributes so that a type's schema describes what serde takes for it; it follows
# rename, default, skip, flatten, deny_unknown_fields. #[serde(alias = "tags")] has serde take another name as well,
# of a field and of a variant, so the schema should allow it.
#
# What it does: alias is passed over. With deny_unknown_fields the schema has additionalProperties false and lists
# only the first name, which it also requires, so an editor marks as wrong, twice, what the program reads without a
# word: once for the unknown key, once for the missing one.
#
# Seen:
#   serde: topics [a], kind essay, from "tags" and "post"
#   schema: topics only, required; kinds only ["essay"]
#
# What a generator of static sites does about it: adds the other names to the schema itself (#[schemars(transform)]),
# and a test reads each key that serde takes through the schema, too.
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
schemars = "=1.2.3"
serde = { version = "=1.0.229", features = ["derive"] }
serde_json = "=1.0.154"
TOML
cat > src/main.rs <<'RS'
use schemars::JsonSchema;
use serde::Deserialize;
#[derive(Deserialize, JsonSchema, Debug)]
#[serde(deny_unknown_fields)]
#[allow(dead_code)]
struct Page {
    #[serde(alias = "tags")]
    topics: Vec<String>,
    #[serde(rename = "type")]
    kind: Kind,
}
#[derive(Deserialize, JsonSchema, Debug)]
#[serde(rename_all = "lowercase")]
enum Kind {
    #[serde(alias = "post")]
    Essay,
}
fn main() {
    println!("serde:    {:?}", serde_json::from_str::<Page>(r#"{"tags": ["a"], "type": "post"}"#));
    let schema = serde_json::to_value(schemars::schema_for!(Page)).unwrap();
    println!("names:    {:?}", schema["properties"].as_object().unwrap().keys().collect::<Vec<_>>());
    println!("required: {}, others: {}", schema["required"], schema["additionalProperties"]);
    println!("kinds:    {}", schema["$defs"]["Kind"]["enum"]);
}
RS
got="$(CARGO_TARGET_DIR="$dir/target" cargo run --quiet)"
seen='serde:    Ok(Page { topics: ["a"], kind: Essay })
names:    ["topics", "type"]
required: ["topics","type"], others: false
kinds:    ["essay"]'
printf '%s\n' "$got"
if [ "$got" != "$seen" ]; then
    echo "schemars no longer leaves serde's aliases out of the schema." >&2
    exit 1
fi
