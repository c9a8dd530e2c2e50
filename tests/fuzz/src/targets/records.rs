//! What an output folder and a place of publication hold about themselves: whatever stands there, no path leads out, and what
//! was read can be written and is read back as the same.

use ninefold::publish::Record;
use ninefold::write::Manifest;

pub fn holds(data: &[u8]) {
    if data.starts_with(b"ninefold manifest") {
        let (manifest, _) = Manifest::parse(data);
        manifest.paths().for_each(is_inside);
        assert_eq!(Manifest::parse(manifest.text().as_bytes()), (manifest, false));
    } else if let Ok(record) = Record::parse(data) {
        let paths = record.files.keys().chain(record.unused.keys()).chain(&record.pending);
        paths.map(String::as_str).for_each(is_inside);
        assert_eq!(Record::parse(&record.bytes()), Ok(record));
    }
}

fn is_inside(path: &str) {
    assert!(!path.starts_with('/') && path.split('/').all(|part| part != ".."), "{path:?}");
}
