//! Publishing with real parts: a server that speaks S3 (moto), nginx, rsync, Node, a terminal. These need parts that are not everywhere, so they run
//! when they are asked for: `cargo test --release -- --ignored`.

mod back;
mod bar;
mod bucket;
mod cloudfront;
mod git_server;
mod killed;
mod mended;
mod nginx;
mod parts;
#[cfg(unix)]
mod rsync;
