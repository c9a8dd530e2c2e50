//! Where in a text things are written that an edit changes: destinations of references, headings. Knows sources; makes no document.

pub mod destinations;
pub mod headings;
