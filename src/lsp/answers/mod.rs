//! What the editor asks for, one file a kind of request. Knows the site as it is now; sends nothing.

pub mod actions;
pub mod completion;
pub mod hover;
pub mod places;
pub mod rename;
pub mod symbols;
