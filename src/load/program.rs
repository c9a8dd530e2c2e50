//! Which program is running: another one may make another page of the same essay. Knows nothing of sites.

use std::sync::LazyLock;
use std::time::SystemTime;

use crate::model::Hash;

/// A hash that names the running program: its version, where it is, its size and its time, as files are known without being
/// read. To hash all of it took a quarter of the work of a small build. A program whose time the system does not keep is named
/// by its version.
pub fn program_hash() -> Hash {
    static PROGRAM: LazyLock<Hash> = LazyLock::new(|| {
        let (path, size, changed) = found().unwrap_or_default();
        Hash::of_parts(&[
            env!("CARGO_PKG_VERSION").as_bytes(),
            path.as_os_str().as_encoded_bytes(),
            &size.to_le_bytes(),
            &changed.to_le_bytes(),
        ])
    });
    *PROGRAM
}

/// Path, size in bytes, and when it was changed, in nanoseconds since 1970.
fn found() -> Option<(std::path::PathBuf, u64, u128)> {
    let path = std::env::current_exe().ok()?;
    let metadata = path.metadata().ok()?;
    let changed = metadata.modified().ok()?.duration_since(SystemTime::UNIX_EPOCH).ok()?;
    Some((path, metadata.len(), changed.as_nanos()))
}
