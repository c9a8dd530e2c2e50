//! Characters that HTML has no place for (html.spec.whatwg.org, "Preprocessing the input stream"): controls, and code points
//! that are no characters. They show as nothing and stop some readers; titles, texts and names may hold them. Knows one page.

/// Bytes looked at together: what is true of one is found for all at once, without a branch for each.
const AT_ONCE: usize = 64;

/// `page` without them.
pub fn allowed(page: Vec<u8>) -> Vec<u8> {
    if !holds_any(&page) {
        return page;
    }
    match String::from_utf8(page) {
        Ok(text) => text.replace(is_out_of_place, "").into_bytes(),
        Err(other) => other.into_bytes(),
    }
}

/// Whether such a character may be in the page. Looked at first, since few pages hold any.
fn holds_any(page: &[u8]) -> bool {
    let next = |at: usize| page.get(at + 1).copied().unwrap_or(0);
    page.chunks(AT_ONCE).enumerate().any(|(n, chunk)| {
        let start = n * AT_ONCE;
        chunk.iter().fold(false, |found, byte| found | may_begin(*byte))
            && (start..start + chunk.len()).any(|at| begins(page[at], next(at)))
    })
}

/// Whether such a character may begin with this byte.
fn may_begin(byte: u8) -> bool {
    let is_white = (byte == b'\t') | (byte == b'\n') | (byte == b'\x0c') | (byte == b'\r');
    ((byte < b' ') & !is_white) | (byte == 0x7f) | (byte == 0xc2) | (byte == 0xef) | (byte >= 0xf0)
}

/// Whether it may begin with these two.
fn begins(byte: u8, next: u8) -> bool {
    match byte {
        0xc2 => next < 0xa0,
        0xef => matches!(next, 0xb7 | 0xbf),
        _ => may_begin(byte),
    }
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
