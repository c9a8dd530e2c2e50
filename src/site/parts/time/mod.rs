//! Time as pages draw it: an incident's timeline, its phases, and the clocks of two incidents beside one another. Knows records and
//! moments, no page.

mod axis;
pub mod clocks;
mod lanes;
pub mod phases;
mod scale;
mod timeline;
mod window;
