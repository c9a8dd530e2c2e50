//! What only a real browser, HTML checker or accessibility checker can tell. These need parts that are not everywhere, so
//! they run when they are asked for: `cargo test --release -- --ignored`.

mod browsing;
mod checkers;
mod driver;
mod evidence;
mod keyboard;
mod notes;
mod policy;
mod previews;
mod printing;
mod reading;
mod screens;
mod search_in_browser;
mod searching;
mod served;
mod timelines;
mod writing;
