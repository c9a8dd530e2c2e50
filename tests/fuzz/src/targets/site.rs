//! A site of the default theme around one text: every page is well-formed, every feed is XML, all data is JSON. The first line
//! stands as title, tag and organisation, the rest as front matter and as a body.

use ninefold::model::UrlPath;

use crate::html;
use crate::world::World;

pub fn holds(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let (name, body) = text.split_once('\n').unwrap_or((&text, ""));
    for (url, bytes) in World::themed().site(name, body) {
        let text = String::from_utf8(bytes).unwrap_or_else(|error| panic!("{url}: {error}"));
        check(&url, &text);
    }
}

fn check(url: &UrlPath, text: &str) {
    let file = url.file();
    if file.ends_with(".html") {
        let faults = html::faults(text);
        assert!(faults.is_empty(), "{url}: {faults:?}\n{text}");
    } else if file.ends_with(".xml") {
        let mut reader = quick_xml::Reader::from_str(text);
        loop {
            match reader.read_event().unwrap_or_else(|error| panic!("{url}: {error}\n{text}")) {
                quick_xml::events::Event::Eof => break,
                quick_xml::events::Event::Start(tag) | quick_xml::events::Event::Empty(tag) => {
                    tag.attributes().for_each(|attribute| assert!(attribute.is_ok(), "{url}: {attribute:?}"));
                }
                _ => {}
            }
        }
        assert!(text.chars().all(is_xml), "{url}: {text:?}");
    } else if file.ends_with(".json") {
        let read = serde_json::from_str::<serde_json::Value>(text);
        assert!(read.is_ok(), "{url}: {read:?}\n{text}");
    }
}

/// Whether XML 1.0 may hold it (section 2.2).
fn is_xml(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}
