//! The dates that a text names, in the forms people write. Knows words and the calendar; knows no incident.

use std::ops::Range;

use crate::model::{When, likely};

use super::words::Word;

/// The most words of a date: `21st October 2018`.
const MOST_WORDS: usize = 3;

/// Each day and month in `words` of `text`, and its bytes. A year alone is too often something else.
pub fn dates(text: &str, words: &[Word<'_>]) -> Vec<(When, Range<usize>)> {
    let (mut found, mut at) = (Vec::new(), 0);
    while at < words.len() {
        let longest = (2..=MOST_WORDS.min(words.len() - at)).rev();
        let date = longest.filter_map(|count| Some((date(text, &words[at..at + count])?, count))).next();
        match date {
            Some((when, count)) => {
                found.push((when, words[at].range.start..words[at + count - 1].range.end));
                at += count;
            }
            None => at += 1,
        }
    }
    found
}

fn date(text: &str, words: &[Word<'_>]) -> Option<When> {
    let (first, last) = (words.first()?, words.last()?);
    // `02T10` is a day with its time.
    let day = last.written.split_once('T').filter(|(day, _)| day.len() == 2).map_or(last.written, |(day, _)| day);
    let end = last.range.start + day.len();
    if is_joined(text[..first.range.start].chars().rev()) || is_joined(text[end..].chars()) {
        return None;
    }
    let written = &text[first.range.start..end];
    // More than a space, a comma, a point or a dash between two words parts them.
    let is_whole = words.windows(2).all(|pair| {
        let between = &text[pair[0].range.end..pair[1].range.start];
        matches!(between.trim(), "" | "," | "." | "-" | "/") && between.len() <= 2
    });
    if is_whole { likely(written) } else { None }
}

/// Whether more of a date in digits stands beside it.
fn is_joined(mut beside: impl Iterator<Item = char>) -> bool {
    matches!(beside.next(), Some('-' | '/')) && beside.next().is_some_and(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::dates;
    use crate::suggest::words::Words;

    #[test]
    fn dates_are_found_as_people_write_them() {
        let text =
            "On 21 October 2018, and on May 3rd, 2019; 2020-04-02T10:00 or March 2021. In 2017 (12 of 2000), 3/5/2026.";
        let found: Vec<String> = dates(text, &Words::new().of(text))
            .iter()
            .map(|(when, at)| format!("{}={}", &text[at.clone()], when.machine()))
            .collect();
        assert_eq!(
            found,
            [
                "21 October 2018=2018-10-21",
                "May 3rd, 2019=2019-05-03",
                "2020-04-02T10=2020-04-02",
                "March 2021=2021-03"
            ]
        );
    }
}
