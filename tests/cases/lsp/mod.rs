//! The editor server, by a client that speaks over its input and output.

mod actions;
mod asked;
mod client;
mod completion;
mod editors;
mod rename;
mod robust;
mod sync;
