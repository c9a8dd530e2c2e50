//! Plain text: cut into sentences and first words, made into slugs, brought into one form. Knows no Markdown and no HTML.

use std::borrow::Cow;
use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

/// `text` in Unicode form NFC, which ASCII always is.
pub fn nfc(text: &str) -> Cow<'_, str> {
    if text.is_ascii() { Cow::Borrowed(text) } else { Cow::Owned(text.nfc().collect()) }
}

/// Lower-case ASCII words joined by dashes, for anchors; other scripts are transliterated. Empty if nothing is left.
pub fn slug(text: &str) -> String {
    let mut slug = slug::slugify(text);
    if slug.len() > 80 {
        let cut = slug[..80].rfind('-').unwrap_or(80);
        slug.truncate(cut);
    }
    slug
}

/// How many words `text` has: runs of anything but white space. In Chinese and Japanese none stands between words, of which two
/// characters are about one. Every word of a site is counted, so ASCII is counted by the byte.
pub fn count_words(text: &str) -> usize {
    let bytes = text.as_bytes();
    if !text.is_ascii() {
        let (mut words, mut characters, mut is_in_word) = (0_usize, 0_usize, false);
        for c in text.chars() {
            let is_character = is_han_or_kana(c);
            let is_of_word = !is_character && !c.is_whitespace() && !is_wide_mark(c);
            characters += usize::from(is_character);
            words += usize::from(is_of_word && !is_in_word);
            is_in_word = is_of_word;
        }
        return words + characters.div_ceil(2);
    }
    let is_space = |byte: u8| matches!(byte, b' ' | b'\t'..=b'\r');
    let Some((first, rest)) = bytes.split_first() else { return 0 };
    // Pairs of bytes and small numbers, so that many are looked at in one step.
    let begin = bytes.iter().zip(rest).map(|(a, b)| u32::from(is_space(*a) & !is_space(*b)));
    usize::from(!is_space(*first)) + begin.sum::<u32>() as usize
}

/// Characters of Chinese and Japanese (Unicode's blocks of Han, Hiragana and Katakana).
const fn is_han_or_kana(c: char) -> bool {
    matches!(c, '\u{3005}'..='\u{3007}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Characters of Chinese and Japanese and the marks between them: no space stands between two.
pub const fn is_wide(c: char) -> bool {
    is_han_or_kana(c) || is_wide_mark(c)
}

/// Marks that stand between them.
const fn is_wide_mark(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ffef}')
}

/// The first `n` words of `text`.
pub fn first_words(text: &str, n: usize) -> String {
    text.split_whitespace().take(n).collect::<Vec<_>>().join(" ")
}

/// As many whole sentences from the start of `text` as fit in `max` characters; if not even one fits, whole words and an ellipsis.
pub fn first_sentences(text: &str, max: usize) -> String {
    let text = text.trim();
    let Some((limit, _)) = text.char_indices().nth(max) else { return text.to_owned() };
    match sentence_ends(text).take_while(|end| *end <= limit).last() {
        Some(end) => text[..end].to_owned(),
        None => {
            let cut = text[..limit].rfind(char::is_whitespace).unwrap_or(limit);
            format!("{}\u{2026}", text[..cut].trim_end_matches([',', ';', ':', ' ']))
        }
    }
}

/// The range of the sentence that holds `inner`; if `inner` runs over a boundary, of all the sentences it touches.
pub fn sentence_around(text: &str, inner: Range<usize>) -> Range<usize> {
    let mut start = 0;
    for end in sentence_ends(text) {
        if end >= inner.end {
            return trimmed(text, start..end);
        }
        if end <= inner.start {
            start = end;
        }
    }
    trimmed(text, start..text.len())
}

/// The sentence around `inner` with as many of the sentences after it, and then before it, as fit in `max` bytes; an
/// ellipsis stands where sentences were left out. Returns the text and where `inner` is in it. A single sentence longer
/// than `max` is cut at words around `inner`.
pub fn passage_around(text: &str, inner: Range<usize>, max: usize) -> (String, Range<usize>) {
    let sentence = sentence_around(text, inner.clone());
    let inner = clipped(inner, &sentence);
    if sentence.len() > max {
        return cut_at_words(text, sentence, inner, max);
    }
    let (mut start, mut end) = (sentence.start, sentence.end);
    for next in sentence_ends(text).chain([text.trim_end().len()]).filter(|next| *next > sentence.end) {
        if next - start <= max {
            end = next;
        }
    }
    let starts = sentence_ends(text).map(|end| end + (text[end..].len() - text[end..].trim_start().len()));
    let before: Vec<usize> =
        [text.len() - text.trim_start().len()].into_iter().chain(starts).filter(|s| *s < sentence.start).collect();
    for earlier in before.into_iter().rev() {
        if end - earlier <= max {
            start = earlier;
        }
    }
    with_ellipses(text, start..end, inner)
}

fn cut_at_words(text: &str, sentence: Range<usize>, inner: Range<usize>, max: usize) -> (String, Range<usize>) {
    let inner = inner.start..inner.end.min(text.floor_char_boundary(inner.start + max));
    let spare = max.saturating_sub(inner.len()) / 2;
    let from = text.floor_char_boundary(inner.start.saturating_sub(spare).max(sentence.start));
    let start = match text[from..inner.start].find(' ') {
        Some(space) if from > sentence.start => from + space + 1,
        _ => from,
    };
    let to = text.floor_char_boundary((inner.end + spare).min(sentence.end));
    let end = match text[inner.end..to].rfind(' ') {
        Some(space) if to < sentence.end => inner.end + space,
        _ => to,
    };
    with_ellipses(text, start..end, inner)
}

fn with_ellipses(text: &str, shown: Range<usize>, inner: Range<usize>) -> (String, Range<usize>) {
    let shown = trimmed(text, shown);
    let before = if text[..shown.start].trim().is_empty() { "" } else { "\u{2026} " };
    let after = if text[shown.end..].trim().is_empty() { "" } else { " \u{2026}" };
    let at = clipped(inner, &shown);
    let at = at.start - shown.start + before.len()..at.end - shown.start + before.len();
    ([before, &text[shown], after].concat(), at)
}

/// What of `inner` is within `outer`: words may begin or end with a space, or be none, where the text around is trimmed.
pub fn clipped(inner: Range<usize>, outer: &Range<usize>) -> Range<usize> {
    inner.start.clamp(outer.start, outer.end)..inner.end.clamp(outer.start, outer.end)
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let slice = &text[range.clone()];
    let start = range.start + (slice.len() - slice.trim_start().len());
    start..start.max(range.start + slice.trim_end().len())
}

/// The sentences of `text`, in order, without the spaces around them.
pub fn sentences(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut start = 0;
    sentence_ends(text).chain([text.len()]).filter_map(move |end| {
        let sentence = trimmed(text, start..end);
        start = end;
        (!sentence.is_empty()).then_some(sentence)
    })
}

/// Where sentences end: after `.`, `!`, `?` or an ellipsis and closing marks, before a space and anything but a lower-case
/// letter, and not after an abbreviation or an initial.
fn sentence_ends(text: &str) -> impl Iterator<Item = usize> {
    const ABBREVIATIONS: [&str; 12] = ["e.g", "i.e", "etc", "vs", "cf", "dr", "mr", "mrs", "ms", "st", "no", "approx"];
    let is_close = |c: char| {
        matches!(c, '"' | '\'' | ')' | ']' | '\u{2019}' | '\u{201d}' | '\u{bb}' | '\u{300d}' | '\u{300f}' | '\u{ff09}')
    };
    // By the byte at which such a character begins, since most do not.
    let begins = |byte: u8| matches!(byte, b'.' | b'!' | b'?' | 0xe2 | 0xe3 | 0xef);
    let places = text.bytes().enumerate().filter(move |(_, byte)| begins(*byte));
    places.filter_map(move |(at, _)| {
        let c = text[at..].chars().next()?;
        let is_wide_end = matches!(c, '\u{3002}' | '\u{ff01}' | '\u{ff1f}');
        if !is_wide_end && !matches!(c, '.' | '!' | '?' | '\u{2026}') {
            return None;
        }
        let rest = &text[at + c.len_utf8()..];
        let after = rest.trim_start_matches(is_close);
        let end = text.len() - after.len();
        if is_wide_end || after.is_empty() {
            return Some(end);
        }
        let next = after.trim_start();
        if next.len() == after.len() || next.starts_with(char::is_lowercase) {
            return None;
        }
        if c == '.' {
            let word = text[..at].rsplit(|c: char| c.is_whitespace() || c == '(').next().unwrap_or("");
            let initial = word.chars().count() == 1 && word.starts_with(char::is_uppercase);
            if initial || ABBREVIATIONS.contains(&word.to_lowercase().as_str()) {
                return None;
            }
        }
        Some(end)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_what_white_space_parts() {
        for text in
            ["", " ", "one", " one  two\tthree\n", "a\u{a0}b", "caf\u{e9} \u{2014} dash\u{2003}wide", "\u{b}x\u{1c}y z"]
        {
            assert_eq!(count_words(text), text.split_whitespace().count(), "{text:?}");
        }
    }

    #[test]
    fn two_characters_of_chinese_and_japanese_are_a_word() {
        for (text, words) in [
            ("工程师没有收到警报。", 5),
            ("当直の技術者は、警報に気づかなかった。", 9),
            ("用 kubectl 看日志", 3),
            ("3月18日", 3),
        ] {
            assert_eq!(count_words(text), words, "{text:?}");
        }
    }

    #[test]
    fn a_sentence_is_found_around_words() {
        let text =
            "It ran, e.g. Monday, slowly. Then D. Woods said \u{201c}stop.\u{201d} Nobody did! version 1.2 came.";
        let at = |words: &str| text.find(words).map(|start| start..start + words.len());
        let sentence = |words: &str| at(words).map(|range| &text[sentence_around(text, range)]);
        assert_eq!(sentence("Monday"), Some("It ran, e.g. Monday, slowly."));
        assert_eq!(sentence("Woods"), Some("Then D. Woods said \u{201c}stop.\u{201d}"));
        assert_eq!(sentence("did!"), Some("Nobody did! version 1.2 came."));
        assert_eq!(
            sentence("slowly. Then"),
            Some("It ran, e.g. Monday, slowly. Then D. Woods said \u{201c}stop.\u{201d}")
        );
    }

    #[test]
    fn a_passage_keeps_the_sentences_that_fit() {
        let text = "One is first. Two has the mark inside. Three follows it. Four is last.";
        let at = text.find("mark").map_or(0..0, |start| start..start + 4);
        let shown = |max| {
            let (passage, inner) = passage_around(text, at.clone(), max);
            assert_eq!(&passage[inner], "mark");
            passage
        };
        assert_eq!(shown(200), text);
        assert_eq!(shown(45), "\u{2026} Two has the mark inside. Three follows it. \u{2026}");
        assert_eq!(shown(25), "\u{2026} Two has the mark inside. \u{2026}");
        assert_eq!(shown(14), "\u{2026} the mark \u{2026}");
    }

    #[test]
    fn words_that_are_spaces_or_nothing_are_found_too() {
        for (text, at) in
            [(" and", 0..0), (" one two", 0..4), ("one two ", 7..8), (" ", 0..1), ("", 0..0), ("A. ", 3..3)]
        {
            for max in [0, 2, 80] {
                let (passage, inner) = passage_around(text, at.clone(), max);
                assert!(passage.get(inner).is_some(), "{text:?} {max}");
            }
        }
    }

    #[test]
    fn long_text_is_cut_at_a_sentence_or_at_a_word() {
        assert_eq!(first_sentences("One. Two. Three.", 10), "One. Two.");
        assert_eq!(first_sentences("One long sentence, without end", 19), "One long sentence\u{2026}");
        assert_eq!(first_sentences("Short", 19), "Short");
    }

    #[test]
    fn slugs_are_ascii_and_bounded() {
        assert_eq!(slug("Ran out of ports!"), "ran-out-of-ports");
        assert_eq!(slug("Über straße"), "uber-strasse");
        assert_eq!(slug("\u{1f600}"), "grinning");
        assert!(slug(&"word ".repeat(100)).len() <= 80);
    }
}
