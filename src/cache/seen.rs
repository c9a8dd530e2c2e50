//! How a file of a site looked, and whether that is enough to know it again. Knows sizes and times.

use std::path::Path;
use std::time::SystemTime;

use serde::{Deserialize, Serialize};

use super::stamp::SourceStamp;

/// How long before it was looked at a file must have been left alone, in nanoseconds: a second change within what the file
/// system takes for one moment would leave its time as it was. FAT counts in steps of two seconds.
const TRUSTED_AFTER: u64 = 2_000_000_000;

/// A file's stamp, and whether it was old enough to be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    stamp: SourceStamp,
    sure: bool,
}

impl Seen {
    /// Of the file at `path`, looked at after `now`; none where there is no such file or the system keeps no time.
    pub fn of(path: &Path, now: u64) -> Option<Self> {
        let stamp = SourceStamp::of(&std::fs::metadata(path).ok()?)?;
        Some(Self { stamp, sure: stamp.latest().saturating_add(TRUSTED_AFTER) <= now })
    }

    pub const fn stamp(&self) -> SourceStamp {
        self.stamp
    }

    /// Whether a file that looks so is as it was.
    pub const fn is_sure(&self) -> bool {
        self.sure
    }
}

/// In nanoseconds since 1970.
pub fn now() -> u64 {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    u64::try_from(now.as_nanos()).unwrap_or_default()
}
