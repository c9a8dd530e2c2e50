//! Ninefold turns a folder of Markdown essays on how complex systems fail, and more often succeed, into a site that can be
//! read by pattern, concept and incident.
//!
//! The modules stand here in the order in which data flows, and a module uses only those before it; a test proves it.
//!
//! ```text
//! load ──> outline ──> link ──> index ──> site ──> render ──> write
//! Inputs   Documents   Linked   Index     Site     Output     files
//! ```
//!
//! Stages are functions: values in, values out, with the diagnostics beside them. Nothing stops at the first fault, and only
//! the caller decides which faults are fatal. The edges alone (marked below) touch disk, clock, environment and network;
//! `.clippy.toml` keeps the others from it.
//!
//! What calls itself walks a tree that content made, and each tree's depth has a bound that is checked while it is made, so that
//! no content takes more of the stack than is known:
//!
//! | tree | bound | what walks it |
//! |---|---|---|
//! | a YAML value | [`yaml::MAX_DEPTH`] | making, locating, copying, comparing and dropping a node; `extra` in caches and in templates |
//! | the question where a YAML value stands | 128, the library's own | that library, until it refuses (`yaml/locate.rs`) |
//! | a formula | `math/limits.rs` | the library that reads LaTeX; its plain text |
//! | a record of a publication | 128, serde_json's own | that library |
//! | HTML that is imported | [`import::html::tree::MAX_DEPTH`] | what makes Markdown of it, and writes that |
//!
//! Markdown, HTML and XML are walked by loops here and in the libraries; their depth is bounded for the sake of time
//! (`outline/limits.rs`, `picture/svg.rs`). Templates are the theme's, which is trusted; they can't include themselves.
//!
//! Where does a new thing go? What needs one file: `outline`. Other pages' names: `link`. Sets of pages: `index`. Only HTML:
//! `render` or the theme. Disk, clock or network: an edge.

// A table of all rules, for what reads codes. It names what stands after it, and nothing but the rules of that.
pub mod rules;

// What all stages share.
pub mod model;
pub mod yaml;
pub mod diagnostic;
pub mod guard;
pub mod fields;
pub mod config;
pub mod picture;
pub mod code;
pub mod math;
pub mod headers;
pub mod policy;
pub mod words;
#[allow(clippy::disallowed_methods, reason = "an edge: how files below a folder are reached, for all other edges")]
pub mod folder;

// The stages.
#[allow(clippy::disallowed_methods, reason = "an edge: the only reader of disk and clock")]
pub mod load;
pub mod outline;
pub mod link;
pub mod index;
pub mod site;
pub mod render;
pub mod assemble;
pub mod search;

// What is done with a site.
#[allow(clippy::disallowed_methods, reason = "an edge: what one build remembers for the next")]
pub mod cache;
#[allow(clippy::disallowed_methods, reason = "an edge: the only writer of sites")]
pub mod write;
pub mod pipeline;
#[allow(clippy::disallowed_methods, reason = "an edge: the site in memory, and what changes on disk")]
pub mod snapshot;
#[allow(clippy::disallowed_methods, reason = "an edge: which files change")]
pub mod watch;
#[allow(clippy::disallowed_methods, reason = "an edge: the development server")]
pub mod serve;
#[allow(clippy::disallowed_methods, reason = "an edge: brings sites to where readers get them")]
pub mod publish;
#[allow(clippy::disallowed_methods, reason = "an edge: makes the first files of a site")]
pub mod new;
#[allow(clippy::disallowed_methods, reason = "an edge: reads what other programs made, writes it into a site")]
pub mod import;
pub mod moves;
#[allow(clippy::disallowed_methods, reason = "an edge: mends a site's own texts")]
pub mod fix;
pub mod suggest;
pub mod external;
pub mod schema;
#[allow(clippy::disallowed_methods, reason = "an edge: the editor server, with its input, output and threads")]
pub mod lsp;
#[allow(clippy::disallowed_methods, reason = "an edge: the command line, with its clock and environment")]
pub mod command;
