//! Numbers in raised digits. Knows signs, no markup.

/// `10` as `¹⁰`, if it is a number: none otherwise.
pub fn raised(text: &str) -> Option<String> {
    let sign = |c: char| {
        Some(match c {
            '0' => '\u{2070}',
            '1' => '\u{b9}',
            '2' => '\u{b2}',
            '3' => '\u{b3}',
            '4'..='9' => char::from_u32(u32::from(c) - u32::from('0') + 0x2070)?,
            '+' => '\u{207a}',
            '-' | '\u{2212}' | '\u{2013}' => '\u{207b}',
            _ => return None,
        })
    };
    let has_digit = text.contains(|c: char| c.is_ascii_digit());
    if has_digit { text.chars().map(sign).collect() } else { None }
}

#[cfg(test)]
mod tests {
    use super::raised;

    #[test]
    fn numbers_are_raised_and_words_are_not() {
        assert_eq!(raised("10").as_deref(), Some("\u{b9}\u{2070}"));
        assert_eq!(raised("-6").as_deref(), Some("\u{207b}\u{2076}"));
        for text in ["st", "-", "", "n+1"] {
            assert_eq!(raised(text), None, "{text}");
        }
    }
}
