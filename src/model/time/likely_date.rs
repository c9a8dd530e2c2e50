//! What a text that is no date most likely means: `30 May 2026`, `30/05/2026`, `May 2026`. Gives no date where two readings are possible.

use jiff::civil;

use super::date::{MONTHS, When};

/// The date that `text` most likely means, to be suggested and never used.
pub fn likely(text: &str) -> Option<When> {
    // Longer texts are no dates, however they are read.
    let text = text.get(..40).is_none().then_some(text)?;
    let parts: Vec<Part> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(Part::read)
        .collect::<Option<_>>()?;
    match parts[..] {
        [Part::Year(year), Part::Month(month)] | [Part::Month(month), Part::Year(year)] => {
            Some(When::Month(year, month))
        }
        [Part::Year(year), Part::Small(month)] | [Part::Small(month), Part::Year(year)] if month <= 12 => {
            Some(When::Month(year, month))
        }
        [Part::Year(year), Part::Month(month), Part::Small(day)]
        | [Part::Small(day), Part::Month(month), Part::Year(year)]
        | [Part::Month(month), Part::Small(day), Part::Year(year)]
        | [Part::Year(year), Part::Small(month), Part::Small(day)] => on(year, month, day),
        [Part::Small(day), Part::Small(month), Part::Year(year)] if text.contains('.') => on(year, month, day),
        [Part::Small(first), Part::Small(second), Part::Year(year)] => match (first > 12, second > 12) {
            (true, false) => on(year, second, first),
            (false, true) => on(year, first, second),
            _ if first == second => on(year, first, second),
            // Day or month first: only the author knows.
            _ => None,
        },
        _ => None,
    }
}

fn on(year: i16, month: i8, day: i8) -> Option<When> {
    civil::Date::new(year, month, day).ok().map(When::Day)
}

/// One word of a date.
#[derive(Clone, Copy)]
enum Part {
    Year(i16),
    Month(i8),
    /// A day, or a month by its number.
    Small(i8),
}

impl Part {
    fn read(word: &str) -> Option<Self> {
        if word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit()) {
            return word.parse().ok().filter(|year| *year >= 1000).map(Self::Year);
        }
        let number = ["st", "nd", "rd", "th"].iter().find_map(|ordinal| word.strip_suffix(ordinal)).unwrap_or(word);
        if number.len() <= 2 && number.bytes().all(|b| b.is_ascii_digit()) {
            return number.parse().ok().filter(|n| (1..=31).contains(n)).map(Self::Small);
        }
        let word = word.to_lowercase();
        let is_name = |name: &&str| word.len() >= 3 && name.to_lowercase().starts_with(&word);
        // In two languages September is shortened to four letters.
        let name = if word == "sept" { 8 } else { MONTHS.iter().position(is_name)? };
        i8::try_from(name + 1).ok().map(Self::Month)
    }
}

#[cfg(test)]
mod tests {
    use super::likely;

    #[test]
    fn forms_that_people_write_are_recognised_where_they_have_one_reading() {
        for (text, expected) in [
            ("30-May-2026", "2026-05-30"),
            ("2026-May-30", "2026-05-30"),
            ("30 May 2026", "2026-05-30"),
            ("May 30, 2026", "2026-05-30"),
            ("sept. 3rd 2026", "2026-09-03"),
            ("2026/05/30", "2026-05-30"),
            ("2026-5-3", "2026-05-03"),
            ("30.5.2026", "2026-05-30"),
            ("3.5.2026", "2026-05-03"),
            ("30/05/2026", "2026-05-30"),
            ("05/30/2026", "2026-05-30"),
            ("May 2026", "2026-05"),
            ("05/2026", "2026-05"),
            ("3/5/2026", ""),
            ("31 April 2026", ""),
            ("mid-2026-ish", ""),
            ("Ma 2026", ""),
            ("26-05-30", ""),
            ("", ""),
            ("----------", ""),
            ("\u{661}\u{662} May 2026", ""),
        ] {
            assert_eq!(likely(text).map(|when| when.machine()).unwrap_or_default(), expected, "{text}");
        }
    }
}
