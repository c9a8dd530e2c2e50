//! Which part of a file a reader asks for (RFC 9110, 14). Knows the headers; opens no file.

use std::ops::Range;

/// What is to be sent of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    Whole,
    /// These bytes of it, at least one.
    Bytes(Range<u64>),
    /// It has none of the bytes that are asked for.
    None,
}

/// What `range`, a header's value, asks of a file of so many bytes. One that is not understood, or asks for several parts, is
/// answered with the whole, which every reader must be ready for.
pub fn part(range: &str, length: u64) -> Part {
    let Some(wanted) = range.trim().strip_prefix("bytes=").and_then(|spec| spec.split_once('-')) else {
        return Part::Whole;
    };
    let (first, last) = (wanted.0.trim(), wanted.1.trim());
    let (first, last) = match (number(first), number(last)) {
        // The last so many.
        (None, Some(count)) if first.is_empty() => (length.saturating_sub(count).min(length), length),
        (Some(first), None) if last.is_empty() => (first, length),
        (Some(first), Some(last)) if first <= last => (first, last.saturating_add(1).min(length)),
        _ => return Part::Whole,
    };
    if first < last { Part::Bytes(first..last) } else { Part::None }
}

/// Digits and nothing else; a number too large to count is larger than every file.
fn number(text: &str) -> Option<u64> {
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_part_is_sent_and_what_is_not_understood_is_the_whole() {
        for (range, expected) in [
            ("bytes=0-0", Part::Bytes(0..1)),
            ("bytes=0-99", Part::Bytes(0..100)),
            ("bytes=10-", Part::Bytes(10..100)),
            ("bytes=-10", Part::Bytes(90..100)),
            ("bytes=-1000", Part::Bytes(0..100)),
            ("bytes=99-1000", Part::Bytes(99..100)),
            ("bytes=5-18446744073709551616", Part::Bytes(5..100)),
            ("bytes=100-", Part::None),
            ("bytes=100-200", Part::None),
            ("bytes=-0", Part::None),
            ("bytes=18446744073709551616-", Part::None),
            ("bytes=9-5", Part::Whole),
            ("bytes=-", Part::Whole),
            ("bytes=0-1,5-6", Part::Whole),
            ("bytes=+1-5", Part::Whole),
            ("bytes=1-5x", Part::Whole),
            ("lines=1-5", Part::Whole),
            ("", Part::Whole),
        ] {
            assert_eq!(part(range, 100), expected, "{range}");
        }
        assert_eq!(part("bytes=0-", 0), Part::None);
        assert_eq!(part("bytes=-5", 0), Part::None);
    }
}
