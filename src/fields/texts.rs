//! Keys that take texts: one, lists of them, lists of names. Knows how texts are written; the keys are its callers'.

use crate::diagnostic::Diagnostic;
use crate::yaml::{Node, Scalar, Step};

use super::form::Form;
use super::shape::Shape;
use super::{COMMA_LIST, CONTROL_CHARACTER, EMPTY_VALUE, Faults, Fields, LONG_VALUE, Placed, limits};

impl Fields<'_> {
    /// One text, in the characters that were written: `1.10` and `true` are texts here. Empty texts are faults.
    pub fn text(&mut self, key: &'static str, faults: &mut Faults) -> Option<Placed<String>> {
        self.note(key, Shape::text);
        let (node, step) = self.take(key)?;
        self.text_of(key, node, &[step], faults)
    }

    pub(super) fn text_of(&self, key: &str, node: Node, steps: &[Step], faults: &mut Faults) -> Option<Placed<String>> {
        let spot = self.value_spot(steps);
        let value = match node {
            Node::Text(text) => text,
            Node::Typed(scalar, written) if scalar != Scalar::Null => written,
            other => {
                faults.push(self.wrong_type(key, "text", &other, spot));
                return None;
            }
        };
        if value.trim().is_empty() {
            faults.push(
                self.fault(EMPTY_VALUE, format!("`{key}` is empty"), spot).help("write a value, or delete the line"),
            );
            return None;
        }
        if let Some(c) = value.chars().find(|c| c.is_control() && !matches!(c, '\n' | '\t')) {
            let message = format!("`{key}` holds a control character (U+{:04X})", u32::from(c));
            faults.push(self.fault(CONTROL_CHARACTER, message, spot).help("delete it"));
            return None;
        }
        let (what, most) =
            if steps.len() > 1 { ("an entry of ", limits::ENTRY_CHARS) } else { ("", limits::TEXT_CHARS) };
        if value.trim().chars().nth(most).is_some() {
            let message = format!("{what}`{key}` is longer than {most} characters");
            faults.push(self.fault(LONG_VALUE, message, spot).help("shorten it: other pages show it too"));
            return None;
        }
        Some(Placed { value: value.trim().to_owned(), spot })
    }

    /// A text that must be there.
    pub fn required_text(&mut self, key: &'static str, faults: &mut Faults) -> Option<Placed<String>> {
        self.require(key, faults);
        self.text(key, faults)
    }

    /// A list of texts; a single text is a list of one.
    pub fn texts(&mut self, key: &'static str, faults: &mut Faults) -> Vec<Placed<String>> {
        self.texts_up_to(limits::ENTRIES, key, faults)
    }

    /// The same of fewer texts.
    pub fn texts_up_to(&mut self, most: usize, key: &'static str, faults: &mut Faults) -> Vec<Placed<String>> {
        self.note(key, |form| {
            // Neither is a list of one.
            let alone = Form { flags: false, ..form };
            Shape::List { entries: vec![Shape::entry(form)], alone: vec![Shape::text(alone)], most }
        });
        let Some((node, step)) = self.take(key) else { return Vec::new() };
        match node {
            Node::List(items) => {
                // A list of its own, of the right size: one made in the place of the nodes would keep their memory.
                let mut texts = Vec::with_capacity(items.len());
                let items = self.limited(key, step, items, most, faults);
                texts.extend(items.filter_map(|(n, item)| self.text_of(key, item, &[step, n], faults)));
                texts
            }
            Node::Map(_) | Node::Typed(Scalar::Bool(_), _) => {
                faults.push(self.wrong_type(key, "a list such as `[a, b]`", &node, self.value_spot(&[step])));
                Vec::new()
            }
            single => self.text_of(key, single, &[step], faults).into_iter().collect(),
        }
    }

    /// A list of names, none of which holds a comma. A single text with commas counts as a list, with a warning.
    pub fn names(&mut self, key: &'static str, faults: &mut Faults) -> Vec<Placed<String>> {
        let texts = self.texts(key, faults);
        let [Placed { value, spot }] = &texts[..] else { return texts };
        if !value.contains(',') {
            return texts;
        }
        let names: Vec<&str> = value.split(',').map(str::trim).filter(|name| !name.is_empty()).collect();
        let message = format!("`{key}` is read as a list of {}: {}", names.len(), names.join(", "));
        let help = format!("write it as one: `{key}: [{}]`", names.join(", "));
        faults.push(Diagnostic::new(COMMA_LIST, message).in_place(self.path, spot.clone()).help(help));
        names.into_iter().map(|name| Placed { value: name.to_owned(), spot: spot.clone() }).collect()
    }

    /// The entries at `key` with their places in the list; one alone has none.
    pub(super) fn entries(&self, key: &str, step: Step, node: Node, faults: &mut Faults) -> Vec<(Option<Step>, Node)> {
        match node {
            Node::List(items) => {
                let items = self.limited(key, step, items, limits::ENTRIES, faults);
                items.map(|(place, item)| (Some(place), item)).collect()
            }
            single => vec![(None, single)],
        }
    }

    /// The entries of a list, without those beyond the most that it may have.
    pub(super) fn limited(
        &self,
        key: &str,
        step: Step,
        items: Vec<Node>,
        most: usize,
        faults: &mut Faults,
    ) -> impl Iterator<Item = (Step, Node)> + use<> {
        if items.len() > most {
            let message = format!("`{key}` has {} entries, and may have {most}", items.len());
            let fault = self.fault(LONG_VALUE, message, self.value_spot(&[step, Step::Item(most)]));
            faults.push(fault.help("leave out what matters least: pages show all of them"));
        }
        items.into_iter().take(most).enumerate().map(|(n, item)| (Step::Item(n), item))
    }
}
