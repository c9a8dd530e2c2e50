//! What a place of publication holds about itself: whatever stands in it, no path leads out, and it reads back.

use ninefold::publish::Record;

pub fn holds(data: &[u8]) {
    let Ok(record) = Record::parse(data) else { return };
    for path in record.files.keys().chain(record.unused.keys()).chain(&record.pending) {
        assert!(
            !path.starts_with('/') && path.split(['/', '\\']).all(|part| part != ".." && !part.is_empty()),
            "{path:?}"
        );
    }
    assert_eq!(Record::parse(&record.bytes()), Ok(record));
}
