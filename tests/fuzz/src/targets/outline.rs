//! Markdown to outline.

use ninefold::model::SourceKind;

use crate::world::outlined;

pub fn holds(data: &[u8]) {
    let body = String::from_utf8_lossy(data);
    outlined(SourceKind::Essay, &format!("---\ntitle: A\ndate: 2026-05-01\nmath: true\n---\n{body}"));
}
