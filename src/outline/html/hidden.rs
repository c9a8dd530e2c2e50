//! What stands inside an element of a line that shows nothing, such as a script: it is dropped once the element ends. Knows
//! where it was found, not what it is.

use std::ops::Range;

use super::Placed;

/// Such an element.
pub struct Hidden<'e> {
    pub name: String,
    /// Its start tag, in the body.
    pub span: Range<usize>,
    /// Where its end tag ends, once that was found.
    pub end: Option<usize>,
    /// How many elements are open around it.
    pub around: usize,
    pub held: Vec<Placed<'e>>,
    /// How many diagnostics and ids there were before it.
    pub found: usize,
    pub ids: usize,
}
