//! Input that no site should hold: it ends with a message or with a site, never with a crash, and never outside the site.

mod disk;
mod front_matter;
mod growth;
mod markup;
mod names;
mod pictures;
mod random;
pub mod raw_html;
mod sizes;
mod well_formed;
