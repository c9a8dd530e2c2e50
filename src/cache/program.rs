//! Which program is running: another one may make another page of the same essay. Knows nothing of sites.

use std::path::PathBuf;
use std::sync::LazyLock;

use crate::model::Hash;

use super::Stamp;

/// A hash that names the running program: its version, where it is, its size and its time, as files are known without being
/// read. To hash all of it took a quarter of the work of a small build. A program whose time the system does not keep is named
/// by its version.
pub fn program_hash() -> Hash {
    static PROGRAM: LazyLock<Hash> = LazyLock::new(|| {
        let (path, stamp) = found().unwrap_or((PathBuf::new(), Stamp { size: 0, modified: 0 }));
        Hash::of_parts(&[
            env!("CARGO_PKG_VERSION").as_bytes(),
            path.as_os_str().as_encoded_bytes(),
            &stamp.size.to_le_bytes(),
            &stamp.modified.to_le_bytes(),
        ])
    });
    *PROGRAM
}

fn found() -> Option<(PathBuf, Stamp)> {
    let path = std::env::current_exe().ok()?;
    let stamp = Stamp::of(&path.metadata().ok()?)?;
    Some((path, stamp))
}
