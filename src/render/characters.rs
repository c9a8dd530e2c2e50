//! Characters that HTML has no place for (html.spec.whatwg.org, "Preprocessing the input stream"): controls, and code points
//! that are no characters. They show as nothing and stop some readers; titles, texts and names may hold them. Knows one page.

/// `page` without them.
pub fn allowed(page: Vec<u8>) -> Vec<u8> {
    if !page.iter().zip(page.iter().skip(1).chain(&[0])).any(|(byte, next)| may_begin(*byte, *next)) {
        return page;
    }
    match String::from_utf8(page) {
        Ok(text) => text.replace(is_out_of_place, "").into_bytes(),
        Err(other) => other.into_bytes(),
    }
}

/// Whether such a character may begin with these two bytes. Looked at first, since few pages hold any.
fn may_begin(byte: u8, next: u8) -> bool {
    let is_control = byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\x0c' | b'\r');
    is_control
        || byte == 0x7f
        || (byte == 0xc2 && next < 0xa0)
        || (byte == 0xef && matches!(next, 0xb7 | 0xbf))
        || byte >= 0xf0
}

fn is_out_of_place(c: char) -> bool {
    let is_no_character = matches!(c, '\u{fdd0}'..='\u{fdef}') || u32::from(c) & 0xfffe == 0xfffe;
    is_no_character || c.is_control() && !matches!(c, '\t' | '\n' | '\x0c' | '\r')
}

#[cfg(test)]
mod tests {
    use super::allowed;

    #[test]
    fn controls_and_code_points_that_are_no_characters_go_and_all_else_stays() {
        let cleaned = |text: &str| String::from_utf8(allowed(text.as_bytes().to_vec()));
        for gone in [
            "\0",
            "\u{1}",
            "\u{b}",
            "\u{1f}",
            "\u{7f}",
            "\u{80}",
            "\u{9f}",
            "\u{fdd0}",
            "\u{fffe}",
            "\u{ffff}",
            "\u{1ffff}",
            "\u{10fffe}",
        ] {
            assert_eq!(cleaned(&format!("a{gone}b{gone}")).as_deref(), Ok("ab"), "{gone:?}");
        }
        for text in ["a\t\n\r\x0cb", "\u{a0}\u{fffd}\u{1f600}é\u{fb01}", "", "\u{feff}"] {
            assert_eq!(cleaned(text).as_deref(), Ok(text));
        }
    }
}
