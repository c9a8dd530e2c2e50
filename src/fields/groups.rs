//! Groups of keys inside groups, and lists of them. Knows how they are nested, not what their keys say.

use std::rc::Rc;

use crate::diagnostic::Spot;
use crate::yaml::{Node, Step};

use super::{Faults, Fields, Form, Placed, Shape, limits, shortened};

/// An entry of a list whose entries may be short: a text, or a group of keys.
#[derive(Debug)]
pub enum Item<'a> {
    Text(Placed<String>),
    Group(Fields<'a>),
}

/// What stands for a text where nothing is read. It is a name, so that what only names have goes on.
fn any_name() -> Placed<String> {
    Placed { value: "any".to_owned(), spot: Spot::File }
}

impl<'a> Fields<'a> {
    /// A group of keys.
    pub fn group(&mut self, key: &'static str, faults: &mut Faults) -> Option<Fields<'a>> {
        if self.is_recorded() {
            let (inner, group) = Fields::recorded(self.path);
            self.note(key, |_| Shape::Group(group));
            return Some(inner);
        }
        let (node, step) = self.take(key)?;
        let steps = self.steps.iter().copied().chain([step]).collect();
        Some(Fields::of(self.path, node, steps, format!("`{key}`"), faults))
    }

    /// A list of groups; a single group is a list of one.
    pub fn groups(&mut self, key: &'static str, faults: &mut Faults) -> Vec<Fields<'a>> {
        if self.is_recorded() {
            let (inner, group) = Fields::recorded(self.path);
            let alone = vec![Shape::Group(group)];
            self.note(key, |_| Shape::List { entries: alone.clone(), alone, most: limits::ENTRIES });
            return vec![inner];
        }
        let Some((node, step)) = self.take(key) else { return Vec::new() };
        let entries = self.entries(key, step, node, faults);
        let mut make = |node: Node, more: &[Step]| {
            let steps = self.steps.iter().copied().chain([step]).chain(more.iter().copied()).collect();
            Fields::of(self.path, node, steps, format!("an entry of `{key}`"), faults)
        };
        entries.into_iter().map(|(place, node)| make(node, place.as_slice())).collect()
    }

    /// A text, or a group of keys that says more.
    pub fn item(&mut self, key: &'static str, faults: &mut Faults) -> Option<Item<'a>> {
        if self.is_recorded() {
            let (inner, group) = Fields::recorded(self.path);
            self.note(key, |form| Shape::Either(vec![Shape::text(form), Shape::Group(group)]));
            return Some(Item::Group(inner));
        }
        let (node, step) = self.take(key)?;
        if !matches!(node, Node::Map(_) | Node::List(_)) {
            return self.text_of(key, node, &[step], faults).map(Item::Text);
        }
        let steps = self.steps.iter().copied().chain([step]).collect();
        Some(Item::Group(Fields::of(self.path, node, steps, format!("`{key}`"), faults)))
    }

    /// A list of texts and groups; one alone is a list of one.
    pub fn items(&mut self, key: &'static str, faults: &mut Faults) -> Vec<Item<'a>> {
        if self.is_recorded() {
            let (inner, group) = Fields::recorded(self.path);
            let text = Shape::entry(Form::ANY);
            self.note_last(&text);
            let (entries, alone) =
                (vec![text.clone(), Shape::Group(Rc::clone(&group))], vec![text.alone(), Shape::Group(group)]);
            self.note(key, |_| Shape::List { entries, alone, most: limits::ENTRIES });
            return vec![Item::Text(any_name()), Item::Group(inner)];
        }
        let Some((node, step)) = self.take(key) else { return Vec::new() };
        let entries = self.entries(key, step, node, faults);
        let mut make = |node: Node, more: &[Step]| {
            let from_entry: Vec<Step> = [step].into_iter().chain(more.iter().copied()).collect();
            if matches!(node, Node::Map(_)) {
                let steps = self.steps.iter().copied().chain(from_entry).collect();
                let owner = format!("an entry of `{key}`");
                return Some(Item::Group(Fields::of(self.path, node, steps, owner, faults)));
            }
            self.text_of(key, node, &from_entry, faults).map(Item::Text)
        };
        entries.into_iter().filter_map(|(place, node)| make(node, place.as_slice())).collect()
    }

    /// A group whose keys are names of the author's, each with a group of its own.
    pub fn named_groups(&mut self, key: &'static str, faults: &mut Faults) -> Vec<(Placed<String>, Fields<'a>)> {
        if self.is_recorded() {
            let (inner, group) = Fields::recorded(self.path);
            self.note(key, |names| Shape::Named { names, values: vec![Shape::Group(group)] });
            return vec![(any_name(), inner)];
        }
        let Some(outer) = self.group(key, faults) else { return Vec::new() };
        outer.named(|outer, name, node, steps| {
            Some(Fields::of(outer.path, node, steps, format!("`{}`", shortened(name)), faults))
        })
    }

    /// The same, each with a group or one text.
    pub fn named_items(&mut self, key: &'static str, faults: &mut Faults) -> Vec<(Placed<String>, Item<'a>)> {
        if self.is_recorded() {
            let (inner, group) = Fields::recorded(self.path);
            let text = Shape::text(Form::ANY);
            self.note_last(&text);
            self.note(key, |names| Shape::Named { names, values: vec![text, Shape::Group(group)] });
            return vec![(any_name(), Item::Text(any_name())), (any_name(), Item::Group(inner))];
        }
        let Some(outer) = self.group(key, faults) else { return Vec::new() };
        outer.named(|outer, name, node, steps| match node {
            Node::Map(_) => {
                Some(Item::Group(Fields::of(outer.path, node, steps, format!("`{}`", shortened(name)), faults)))
            }
            _ => outer.text_of(name, node, &steps[outer.steps.len()..], faults).map(Item::Text),
        })
    }

    /// What `read` makes of the entries that are left: it gets the name, the value and the way to it.
    fn named<T>(mut self, mut read: impl FnMut(&Self, &str, Node, Vec<Step>) -> Option<T>) -> Vec<(Placed<String>, T)> {
        let entries = std::mem::take(&mut self.entries);
        entries
            .into_iter()
            .filter_map(|entry| {
                let name = Placed { value: entry.key, spot: self.key_spot(entry.step) };
                let steps = self.steps.iter().copied().chain([entry.step]).collect();
                let value = read(&self, &name.value, entry.node?, steps)?;
                Some((name, value))
            })
            .collect()
    }
}
