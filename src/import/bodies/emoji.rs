//! Emoji by their names: `:tada:` in words, where the old program showed the sign. Knows GitHub's names; code is no word.

use std::ops::Range;

use pulldown_cmark::{Event, Parser};

use crate::import::common_markdown::options;

use super::draft::{Draft, Edit};

/// Writes the signs for all names in the body.
pub fn read(draft: &mut Draft<'_>) {
    let text = draft.text();
    let mut words: Vec<Range<usize>> = Vec::new();
    for (event, range) in Parser::new_ext(text, options()).into_offset_iter() {
        if !matches!(event, Event::Text(_)) || !text[range.clone()].contains([':', '_']) && words.is_empty() {
            continue;
        }
        // `:white_check_mark:` comes in pieces.
        match words.last_mut() {
            Some(last) if last.end == range.start => last.end = range.end,
            _ => words.push(range),
        }
    }
    let code = super::Code::of(text);
    let words = words.into_iter().filter(|range| !code.holds(range.start));
    let edits = words.flat_map(|range| found(&text[range.clone()], range.start)).collect();
    draft.apply(edits);
}

/// `text` with signs for names.
pub fn written(text: &str) -> String {
    super::edited(text, found(text, 0))
}

/// What stands for each name of `text`, which begins at `start`.
fn found(text: &str, start: usize) -> Vec<Edit> {
    let mut edits = Vec::new();
    let mut from = 0;
    while let Some(open) = text[from..].find(':').map(|at| from + at) {
        let name_at = open + 1;
        let is_of_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '+' | '-');
        let end = text[name_at..].find(|c: char| !is_of_name(c)).map_or(text.len(), |length| name_at + length);
        from = end.max(name_at);
        if text[end..].starts_with(':')
            && let Some(emoji) = emojis::get_by_shortcode(&text[name_at..end])
        {
            edits.push(Edit::new(start + open..start + end + 1, emoji.as_str()));
            from = end + 1;
        }
    }
    edits
}

#[cfg(test)]
mod tests {
    use super::written;

    #[test]
    fn names_between_colons_are_signs_and_all_else_stays() {
        for (text, expected) in [
            ("Out :tada:!", "Out \u{1f389}!"),
            (":+1::white_check_mark:", "\u{1f44d}\u{2705}"),
            ("a:zz:c, 10:30:00, :no_such_name:", "a:zz:c, 10:30:00, :no_such_name:"),
            ("::", "::"),
            ("x :heart", "x :heart"),
        ] {
            assert_eq!(written(text), expected);
        }
    }
}
