//! SVG: what comes out of the cleaner holds nothing that runs, is well-formed, and is clean.

use ninefold::picture::clean;
use quick_xml::events::Event;

/// Attributes that hold an address, or what one becomes in an animation. In others such a text is no address.
const ADDRESSES: [&str; 9] = ["href", "src", "to", "from", "by", "values", "data", "action", "base"];

pub fn holds(data: &[u8]) {
    let Ok(cleaned) = clean(data) else { return };
    let text = std::str::from_utf8(&cleaned.bytes).expect("UTF-8");
    let mut reader = quick_xml::Reader::from_str(text);
    loop {
        match reader.read_event().unwrap_or_else(|error| panic!("{error}: {text}")) {
            Event::Eof => break,
            Event::Start(tag) | Event::Empty(tag) => {
                let name = tag.local_name().as_ref().to_owned();
                assert!(!["script", "foreignObject", "iframe"].contains(&name.as_str()), "{text}");
                for attribute in tag.attributes() {
                    let attribute = attribute.unwrap_or_else(|error| panic!("{error}: {text}"));
                    assert!(!attribute.key.local_name().as_ref().starts_with("on"), "{text}");
                    let is_script = attribute.value.trim().to_lowercase().starts_with("javascript:");
                    assert!(!is_script || !ADDRESSES.contains(&attribute.key.local_name().as_ref()), "{text}");
                }
            }
            _ => {}
        }
    }
    let again = clean(&cleaned.bytes).unwrap_or_else(|fault| panic!("{}: {text}", fault.message));
    assert_eq!(again.lost, [""; 0], "{text}");
    assert_eq!(again.size, cleaned.size, "{text}");
}
