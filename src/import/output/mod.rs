//! What an import leaves in a site: files with their front matter, settings, the record of what was written. Knows the keys of our
//! texts and the folder it writes to, no source's format.

pub mod front;
pub mod incident;
pub mod lists;
pub mod record;
pub mod sections;
pub mod settings;
pub mod writer;
