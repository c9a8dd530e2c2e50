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
    /// The key whose word says what other keys there are, and the keys for each word.
    pub by_word: Option<(&'static str, Vec<(&'static str, GroupShape)>)>,
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
    /// The group that may stand at `key`, alone or in a list.
    pub fn group(&self, key: &str) -> Option<Self> {
        let (_, shape) = self.keys.iter().find(|(known, _)| *known == key)?;
        shape.group()
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
            let group = Shared::default();
            if let (Some(recording), Some(kind)) = (&mut self.recording, T::from_word(word)) {
                recording.group = Rc::clone(&group);
                read(kind, self, faults);
            }
            groups.push((*word, group.borrow().clone()));
        }
        outer.borrow_mut().by_word = Some((key, groups));
        if let Some(recording) = &mut self.recording {
            recording.group = outer;
        }
        None
    }
}

impl Shape {
    /// The group that it is, or that one of its choices is. Shapes are as deep as the readers are nested.
    fn group(&self) -> Option<GroupShape> {
        match self {
            Self::Group(group) => Some(group.borrow().clone()),
            Self::List { entries, alone, .. } => entries.iter().chain(alone).find_map(Self::group),
            Self::Either(choices) => choices.iter().find_map(Self::group),
            Self::Text { .. } | Self::Flag | Self::Number { .. } | Self::FreeGroup | Self::Named { .. } => None,
        }
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
