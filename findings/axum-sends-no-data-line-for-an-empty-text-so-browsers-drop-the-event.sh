#!/usr/bin/env bash
# axum 0.8.9 (Rust crate), seen 2026-11-30.
#
# Expected: an event of a stream that is given an empty text carries it: `data:` and nothing behind it. The HTML standard
# (9.2.6, server-sent events) hands such an event to the page with an empty text.
#
# What it does: Event::default().event("faults").data("") sends the event's name and no `data` field at all. For an event
# without one the standard says that nothing is handed on, so the page never hears of it. A text that ends with a line end gets
# an empty last line as it should, so only the wholly empty text is lost, which is the one that says "nothing is wrong any more".
#
# What a development server does about it: sends something that is never empty, such as JSON ("" in quotation marks), and
# has the page read that.
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
axum = { version = "=0.8.9", default-features = false, features = ["tokio"] }
futures-util = { version = "=0.3.31", default-features = false }
http-body-util = "=0.1.3"
tokio = { version = "=1.47.1", features = ["rt", "macros"] }
TOML
cat > src/main.rs <<'RS'
use axum::response::{sse::{Event, Sse}, IntoResponse};
use http_body_util::BodyExt;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    for data in ["", "one\n"] {
        let event = Event::default().event("faults").data(data);
        let stream = futures_util::stream::iter([Ok::<_, std::convert::Infallible>(event)]);
        let body = Sse::new(stream).into_response().into_body().collect().await.unwrap().to_bytes();
        println!("{data:?} is sent as {:?}", String::from_utf8_lossy(&body));
    }
}
RS
export CARGO_TARGET_DIR="$dir/target"
cargo run --quiet | tee seen
if ! grep -qxF '"" is sent as "event: faults\n\n"' seen || ! grep -qxF '"one\n" is sent as "event: faults\ndata: one\ndata: \n\n"' seen; then
    echo "axum no longer leaves the data line of an empty text out." >&2
    exit 1
fi
