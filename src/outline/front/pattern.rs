//! The front matter of the nine patterns.

use serde::{Deserialize, Serialize};

use crate::fields::{Faults, Fields, Placed};

use super::keys::values;

/// What a file says of one of the nine. Every key may be missing: the program's own file has them all.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PatternFront {
    pub name: Option<String>,
    pub definition: Option<String>,
    /// What it asks, in a few words.
    pub question: Option<String>,
    pub aliases: Vec<String>,
    /// Phrases that point to the pattern in prose.
    pub cues: Vec<String>,
    /// Phrases that point to it only beside others.
    pub hints: Vec<String>,
    /// Phrases that only look like it.
    pub not: Vec<String>,
    /// Other patterns it is taken for, and the difference.
    pub look_alikes: Vec<LookAlike>,
    /// What to ask in a review.
    pub questions: Vec<String>,
}

/// A pattern that another is taken for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LookAlike {
    pub id: Placed<String>,
    pub difference: String,
}

impl PatternFront {
    pub(super) fn read(fields: &mut Fields<'_>, faults: &mut Faults) -> Self {
        Self {
            name: fields.text("name", faults).map(Placed::set),
            definition: fields.text("definition", faults).map(Placed::set),
            question: fields.text("question", faults).map(Placed::set),
            aliases: values(fields.texts("aliases", faults)),
            cues: values(fields.texts("cues", faults)),
            hints: values(fields.texts("hints", faults)),
            not: values(fields.texts("not", faults)),
            look_alikes: fields
                .groups("look_alikes", faults)
                .into_iter()
                .filter_map(|group| LookAlike::read(group, faults))
                .collect(),
            questions: fields.texts("questions", faults).into_iter().map(Placed::set).collect(),
        }
    }
}

impl PatternFront {
    /// Takes from `other` whatever this one leaves unsaid.
    pub fn fill_from(&mut self, other: Self) {
        fn fill<T>(own: &mut Vec<T>, other: Vec<T>) {
            if own.is_empty() {
                *own = other;
            }
        }
        self.name = self.name.take().or(other.name);
        self.definition = self.definition.take().or(other.definition);
        self.question = self.question.take().or(other.question);
        fill(&mut self.aliases, other.aliases);
        fill(&mut self.cues, other.cues);
        fill(&mut self.hints, other.hints);
        fill(&mut self.not, other.not);
        fill(&mut self.look_alikes, other.look_alikes);
        fill(&mut self.questions, other.questions);
    }
}

impl LookAlike {
    fn read(mut group: Fields<'_>, faults: &mut Faults) -> Option<Self> {
        let id = group.required_text("id", faults);
        let difference = group.required_text("difference", faults);
        group.finish(faults);
        Some(Self { id: id?, difference: difference?.set() })
    }
}
