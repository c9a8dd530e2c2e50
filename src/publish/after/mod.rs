//! What is done once readers have the new files: caches are cleared, what is served is looked at, and who wants to hear of changes is
//! told. Knows addresses; sends no file of the site.

pub mod announce;
pub mod purge;
pub mod verify;
