//! Words that `new` begins a text with, and that were not replaced. Knows front matter and words.

use crate::diagnostic::{Diagnostic, rules};
use crate::fields::Faults;
use crate::load::Source;

use super::super::front::Front;

rules! {
    LEFT_OVER = "left-over", warning, "words that `new` begins a file with were not replaced", front "summary: One or two sentences.";
}

/// How the text of a new essay begins.
pub const BEGINNING: &str = "Begin here. Link the words that are evidence: ";
/// The summary of a new essay.
pub const SUMMARY: &str = "One or two sentences.";
/// The definition of a new concept.
pub const DEFINITION: &str = "One sentence that says what it is.";

/// The fault of a block that was left as it came.
pub fn of_block(text: &str) -> Option<Diagnostic> {
    text.starts_with(BEGINNING).then(|| fault("these words stand in every new essay"))
}

fn fault(message: &str) -> Diagnostic {
    Diagnostic::new(LEFT_OVER, message).help("write your own in their place, or take them out")
}

/// Looks at the front matter. In a draft such words are no fault yet.
pub fn settle(source: &Source, front: &Front, faults: &mut Faults) {
    let is_left = match front {
        _ if front.is_draft() => return faults.retain(|fault| fault.rule != LEFT_OVER),
        Front::Essay(_) => front.summary() == Some(SUMMARY),
        Front::Concept(concept) => concept.definition == DEFINITION,
        _ => false,
    };
    if is_left {
        let what = if matches!(front, Front::Essay(_)) { "summary" } else { "definition" };
        faults.push(fault(&format!("the {what} is that of every new file")).in_file(&source.path));
    }
}
