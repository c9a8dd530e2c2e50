//! Ninefold turns a folder of Markdown essays on how complex systems fail, and more often succeed, into a site that can be
//! read by pattern, concept and incident.
//!
//! The modules stand in the order in which data flows. A module uses only those before it; a test proves it.
//! `load`, `write`, `cache` and `serve` are the edges: only they touch disk, clock or network. Everything between is values in, values out.

pub mod assemble;
pub mod build;
pub mod cache;
pub mod command;
pub mod config;
pub mod diagnostic;
pub mod fields;
pub mod index;
pub mod link;
pub mod load;
pub mod model;
pub mod new;
pub mod outline;
pub mod render;
pub mod serve;
pub mod site;
pub mod write;
pub mod yaml;
