//! A tag: a pattern, concept, incident or page by name. Many pages show the same few, so each is made once, also as the
//! value that templates see. Knows no template.

use std::fmt;
use std::ops::Deref;
use std::sync::{Arc, OnceLock};

use serde::{Serialize, Serializer};
use tera::Value;

/// What a tag says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TagFields {
    /// `pattern`, `concept`, `incident`, `page`.
    pub kind: &'static str,
    pub id: String,
    pub name: String,
    pub url: String,
    /// One sentence, where there is one.
    pub definition: String,
}

/// A tag that pages share.
#[derive(Clone)]
pub struct Tag(Arc<Shared>);

struct Shared {
    fields: TagFields,
    value: OnceLock<Value>,
}

impl Tag {
    pub fn new(fields: TagFields) -> Self {
        Self(Arc::new(Shared { fields, value: OnceLock::new() }))
    }
}

impl Deref for Tag {
    type Target = TagFields;

    fn deref(&self) -> &TagFields {
        &self.0.fields
    }
}

/// What the tag says, whether or not templates saw it already.
impl fmt::Debug for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fields.fmt(f)
    }
}

/// A reader of text, as templates are, gets the value, which the template library takes as it is; a hash gets the fields in
/// their order, which the value does not keep.
impl Serialize for Tag {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let shared = &*self.0;
        if serializer.is_human_readable() {
            shared.value.get_or_init(|| Value::from_serializable(&shared.fields)).serialize(serializer)
        } else {
            shared.fields.serialize(serializer)
        }
    }
}
