//! What is done once readers have the new files: caches are cleared, and what is served is looked at. Knows addresses; sends no file
//! of the site.

pub mod purge;
pub mod verify;
