//! All tests that need more than one module. A case is data: a small site in, pages or diagnostics out.

#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops at the first thing that is not as it should be"
)]

mod browser;
mod cases;
mod publish;
mod random;
mod random_site;
mod schemas;
mod support;
