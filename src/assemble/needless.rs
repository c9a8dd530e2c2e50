//! The edits that mend faults which are found where no text is at hand: lines of front matter that do nothing. Knows which these
//! are, and texts; finds no fault.

use crate::diagnostic::{Diagnostic, Edit, Rule, Spot, TextOf};
use crate::model::Span;
use crate::outline::NEEDLESS_SLUG;
use crate::site::NEEDLESS_ALIAS;
use crate::yaml;

const NEEDLESS: [&Rule; 2] = [NEEDLESS_ALIAS, NEEDLESS_SLUG];

/// Adds to each fault about what does nothing the edit that takes it out, where there is a safe one.
pub fn add_edits(faults: &mut [Diagnostic], text_of: &TextOf<'_>) {
    for fault in faults.iter_mut().filter(|fault| fault.edit.is_none() && NEEDLESS.contains(&fault.rule)) {
        if let Some(edit) = edit(fault, text_of) {
            fault.edit = Some(Box::new(edit));
            fault.help = vec!["delete it, or let `ninefold check --fix` do it".to_owned()];
        }
    }
}

fn edit(fault: &Diagnostic, text_of: &TextOf<'_>) -> Option<Edit> {
    let place = fault.place.as_ref()?;
    let (Spot::Value(steps) | Spot::Key(steps)) = &place.spot else { return None };
    let text = text_of(&place.path)?;
    let front = yaml::front_matter(&text)?.yaml;
    let range = yaml::without(&text[front.clone()], steps)?;
    Some(Edit { span: Span::from(range).shifted(front.start), text: String::new() })
}
