//! What a look at each file found, so that one that did not change is neither read nor parsed. A file is unchanged if its size and
//! times are what they were. Knows files by path.

use std::collections::HashMap;
use std::io;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};

use crate::guard::locked;
use crate::load::{Content, Looked, look};
use crate::model::{Hash, SourcePath};

use super::seen::{Seen, now};
use super::{folder, folder_made, sealed};

#[derive(Clone, PartialEq, Serialize, Deserialize)]
struct Entry {
    seen: Seen,
    looked: Looked,
}

type Entries = HashMap<SourcePath, Entry>;

/// What the last build found, and what this one did.
pub struct Looks {
    last: Entries,
    found: Mutex<Entries>,
    now: u64,
}

const NAME: &str = "looks";

/// Another program may find other faults.
fn kind(program: Hash) -> String {
    format!("looks 1 {program}")
}

impl Looks {
    /// What the last build by `program` found.
    pub fn last(root: &Path, program: Hash) -> Self {
        let last = folder(root).ok().and_then(|folder| sealed::read(&folder, NAME, &kind(program)));
        Self { last: last.unwrap_or_default(), found: Mutex::default(), now: now() }
    }

    /// What is found at `path`, whose file is looked at only if it changed.
    pub fn look(&self, path: &SourcePath, content: &Content) -> io::Result<Looked> {
        let seen = match content {
            Content::Disk(file) => Seen::of(file, self.now),
            Content::Held(_) => None,
        };
        let Some(seen) = seen else { return look(path, content) };
        let last = self.last.get(path).filter(|last| last.seen == seen && seen.is_sure());
        let looked = last.map_or_else(|| look(path, content), |last| Ok(last.looked.clone()))?;
        let mut found = locked(&self.found);
        found.insert(path.clone(), Entry { seen, looked: looked.clone() });
        Ok(looked)
    }

    /// Leaves nothing for the next build to know.
    pub fn forget(root: &Path) -> io::Result<()> {
        folder(root)?.place(NAME)?.remove().map(|_| ())
    }

    /// Keeps what was found for the next build.
    pub fn remember(self, root: &Path, program: Hash) -> io::Result<()> {
        let found = self.found.into_inner().unwrap_or_else(PoisonError::into_inner);
        if found == self.last { Ok(()) } else { sealed::write(&folder_made(root)?, NAME, &kind(program), &found) }
    }
}
