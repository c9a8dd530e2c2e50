//! What pages of several kinds are made of. Knows documents and addresses, no page's view.

pub mod archives;
pub mod body;
mod cards;
pub mod evidence;
pub mod html;
pub mod paging;
pub mod pictures;
pub mod quotations;
pub mod quotes;
pub mod related;
mod sharing;
pub mod sources;
pub mod time;
