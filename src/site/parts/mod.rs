//! What pages of several kinds are made of. Knows documents and addresses, no page's view.

pub mod archives;
mod axis;
pub mod body;
mod cards;
pub mod clocks;
pub mod evidence;
pub mod html;
mod lanes;
pub mod paging;
mod phases;
pub mod pictures;
pub mod quotations;
pub mod quotes;
pub mod related;
mod scale;
mod sharing;
pub mod sources;
mod timeline;
mod window;
