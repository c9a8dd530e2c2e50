//! What a reader takes, recorded by having it read nothing: each question it asks is a key, with the kind of value that is asked for.
//! Knows kinds and how they are nested; the keys are its callers', and how a shape is written is others'.

use std::cell::RefCell;
use std::rc::Rc;

use crate::model::ClosedSet;

use super::form::Form;
use super::{Faults, Fields, limits};

/// Shared while it is recorded.
pub type Shared<T> = Rc<RefCell<T>>;

/// The values that a key takes.
#[derive(Clone, Debug)]
pub enum Shape {
    /// A text of at most so many characters.
    Text {
        form: Shared<Form>,
        most: usize,
    },
    Flag,
    Number {
        min: i64,
        max: i64,
    },
    /// A group of any keys.
    FreeGroup,
    /// At most so many entries; one alone need not be a list.
    List {
        entries: Vec<Shape>,
        alone: Vec<Shape>,
        most: usize,
    },
    Either(Vec<Shape>),
    Group(Shared<GroupShape>),
    /// A group whose keys are names.
    Named {
        names: Form,
        values: Vec<Shape>,
    },
}

/// A group of keys.
#[derive(Clone, Debug, Default)]
pub struct GroupShape {
    pub keys: Vec<(&'static str, Shape)>,
    pub required: Vec<&'static str>,
    pub by_word: Option<ByWord>,
}

/// A key whose word says what other keys there are.
#[derive(Clone, Debug)]
pub struct ByWord {
    pub key: &'static str,
    pub words: &'static [&'static str],
    /// The keys that go with each word.
    pub groups: Vec<GroupShape>,
}

/// Where the questions of one group go.
#[derive(Debug, Default)]
pub(super) struct Recording {
    group: Shared<GroupShape>,
    /// The form of the next text that is asked for.
    form: Option<Form>,
    /// The last text that stands in the place of a group: what it is comes out later.
    last: Option<Shared<Form>>,
}

impl GroupShape {
    /// What may stand at the end of these keys, through lists and groups.
    pub fn at(&self, path: &[&str]) -> Option<Shape> {
        path.iter().try_fold(Shape::group(self.clone()), |shape, key| shape.at(key))
    }

    /// Every key, with those that go with some word of another.
    fn every_key(&self) -> Vec<(&'static str, Shape)> {
        let mut all = self.clone();
        if let Some(ByWord { key, words, groups }) = &self.by_word {
            all.note(key, Shape::text(Form::one_of(words)));
            for (key, shape) in groups.iter().flat_map(|group| &group.keys) {
                all.note(key, shape.clone());
            }
        }
        all.keys
    }

    fn note(&mut self, key: &'static str, shape: Shape) {
        if self.keys.iter().all(|(known, _)| *known != key) {
            self.keys.push((key, shape));
        }
    }
}

impl<'a> Fields<'a> {
    /// The shape of what `read` takes.
    pub fn shape_of(read: impl FnOnce(&mut Fields<'_>, &mut Faults)) -> GroupShape {
        let path = crate::model::SourcePath::new("");
        let (mut fields, group) = Fields::recorded(&path);
        read(&mut fields, &mut Faults::new());
        group.borrow().clone()
    }

    /// A group whose questions are recorded.
    pub(super) fn recorded(path: &'a crate::model::SourcePath) -> (Self, Shared<GroupShape>) {
        let group = Shared::default();
        let recording = Recording { group: Rc::clone(&group), ..Recording::default() };
        (Self { recording: Some(Box::new(recording)), ..Self::empty(path) }, group)
    }

    /// Whether nothing is read, but what is asked for is recorded.
    pub(super) fn is_recorded(&self) -> bool {
        self.recording.is_some()
    }

    /// The next key that is asked for takes texts of this form; the first form counts.
    pub fn takes(&mut self, form: Form) -> &mut Self {
        if let Some(recording) = &mut self.recording {
            recording.form.get_or_insert(form);
        }
        self
    }

    /// Records that `key` takes what `shape` makes of the form of its texts.
    pub(super) fn note(&mut self, key: &'static str, shape: impl FnOnce(Form) -> Shape) {
        if let Some(recording) = &mut self.recording {
            let form = recording.form.take().unwrap_or(Form::ANY);
            recording.group.borrow_mut().note(key, shape(form));
        }
    }

    pub(super) fn note_required(&self, key: &'static str) {
        if let Some(recording) = &self.recording {
            recording.group.borrow_mut().required.push(key);
        }
    }

    /// A text that may stand in the place of a group has this form.
    pub(super) fn refine(&self, form: Form) {
        if let Some(last) = self.recording.as_ref().and_then(|recording| recording.last.as_ref()) {
            last.replace(form);
        }
    }

    pub(super) fn note_last(&mut self, shape: &Shape) {
        if let (Some(recording), Shape::Text { form, .. }) = (&mut self.recording, shape) {
            recording.last = Some(Rc::clone(form));
        }
    }

    /// One word of a closed set, which decides what else is read.
    pub fn by_word<T: ClosedSet, R>(
        &mut self,
        key: &'static str,
        faults: &mut Faults,
        mut read: impl FnMut(T, &mut Self, &mut Faults) -> Option<R>,
    ) -> Option<R> {
        let Some(outer) = self.recording.as_ref().map(|recording| Rc::clone(&recording.group)) else {
            let word = self.word(key, faults)?;
            return read(word, self, faults);
        };
        let mut groups = Vec::new();
        for word in T::WORDS {
            let group: Shared<GroupShape> = Shared::default();
            if let (Some(recording), Some(kind)) = (&mut self.recording, T::from_word(word)) {
                recording.group = Rc::clone(&group);
                read(kind, self, faults);
            }
            groups.push(group.borrow().clone());
        }
        outer.borrow_mut().by_word = Some(ByWord { key, words: T::WORDS, groups });
        if let Some(recording) = &mut self.recording {
            recording.group = outer;
        }
        None
    }
}

impl Shape {
    fn group(group: GroupShape) -> Self {
        Self::Group(Rc::new(RefCell::new(group)))
    }

    /// What it is in one of its forms, alone or in a list. Shapes are as deep as the readers are nested.
    fn choices(&self) -> Vec<&Self> {
        match self {
            Self::List { entries, alone, .. } => entries.iter().chain(alone).flat_map(Self::choices).collect(),
            Self::Either(choices) => choices.iter().flat_map(Self::choices).collect(),
            one => vec![one],
        }
    }

    /// What may stand at `key` of the group that it may be.
    fn at(&self, key: &str) -> Option<Self> {
        self.choices().into_iter().find_map(|choice| match choice {
            Self::Group(group) => {
                group.borrow().every_key().into_iter().find(|(known, _)| *known == key).map(|(_, shape)| shape)
            }
            Self::Named { values, .. } => Some(Self::Either(values.clone())),
            _ => None,
        })
    }

    /// The keys of the group that it may be, with what may stand at each. Names that the author chooses are none.
    pub fn keys(&self) -> Vec<(&'static str, Self)> {
        let keys = |choice: &Self| match choice {
            Self::Group(group) => group.borrow().every_key(),
            Self::Named { names, values } => {
                names.words.iter().map(|word| (*word, Self::Either(values.clone()))).collect()
            }
            _ => Vec::new(),
        };
        let mut all = GroupShape::default();
        self.choices().into_iter().flat_map(keys).for_each(|(key, shape)| all.note(key, shape));
        all.keys
    }

    /// The words that may stand there, where only some may.
    pub fn words(&self) -> Vec<&'static str> {
        let mut words = Vec::new();
        for choice in self.choices() {
            let own: &[&str] = match choice {
                Self::Flag => &["true", "false"],
                Self::Text { form, .. } => form.borrow().words,
                _ => &[],
            };
            words.extend(own.iter().filter(|word| !words.contains(*word)).collect::<Vec<_>>());
        }
        words
    }

    /// What may stand there, in a few words for who writes it; nothing where any text may.
    pub fn about(&self) -> String {
        let about = |choice: &Self| match choice {
            Self::Text { form, .. } => Some(form.borrow().what.to_owned()),
            Self::Number { min, max: i64::MAX } => Some(format!("A whole number from {min} up")),
            Self::Number { min, max } => Some(format!("A whole number from {min} to {max}")),
            _ => None,
        };
        self.choices().into_iter().find_map(about).unwrap_or_default()
    }

    pub(super) fn text(form: Form) -> Self {
        Self::Text { form: Rc::new(RefCell::new(form)), most: limits::TEXT_CHARS }
    }

    /// The same text where it stands alone, and not in a list: only its length differs.
    pub(super) fn alone(&self) -> Self {
        match self {
            Self::Text { form, .. } => Self::Text { form: Rc::clone(form), most: limits::TEXT_CHARS },
            other => other.clone(),
        }
    }

    /// The same as an entry of a list.
    pub(super) fn entry(form: Form) -> Self {
        Self::Text { form: Rc::new(RefCell::new(form)), most: limits::ENTRY_CHARS }
    }
}
