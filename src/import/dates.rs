//! Dates as other programs let authors write them, as our front matter has them: no more precise than they were. Knows forms, no
//! clock and no zone but those that are written.

use crate::model::When;

/// `text` as a date, or a date with its time and the offset that is written; none if it is neither.
pub fn date(text: &str) -> Option<String> {
    let text = text.trim().trim_matches(['"', '\'']).trim();
    let (day, rest) = day(text)?;
    let rest = rest.trim_start_matches(['T', 't', ' ', ',']).trim();
    let Some((time, rest)) = time(rest) else { return checked(day) };
    let Some(offset) = offset(rest) else { return checked(format!("{day}T{time}")) };
    // Midnight without a zone is a day, and only that.
    match (time.as_str(), offset.as_str()) {
        ("00:00", "") => checked(day),
        _ => checked(format!("{day}T{time}{offset}")),
    }
}

/// Only what is on the calendar.
fn checked(date: String) -> Option<String> {
    When::parse_local(&date).is_ok().then_some(date)
}

/// The day at the start of `text` as `2018-02-15`, and what follows.
fn day(text: &str) -> Option<(String, &str)> {
    let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    if digits == 4 {
        let separator = text[4..].chars().next().filter(|c| matches!(c, '-' | '/' | '.'))?;
        let (month, rest) = number(&text[5..])?;
        let (day, rest) = number(rest.strip_prefix(separator)?)?;
        return Some((format!("{}-{month:02}-{day:02}", &text[..4]), rest));
    }
    let words = text.strip_prefix(|c: char| c.is_ascii_alphabetic()).and(text.split_once(", ")).filter(|(head, _)| {
        ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].iter().any(|day| head.to_lowercase().starts_with(day))
    });
    let text = words.map_or(text, |(_, rest)| rest);
    let mut parts = text.splitn(4, [' ', '-']).map(|part| part.trim_end_matches([',', '.']));
    let (first, second, third) = (parts.next()?, parts.next()?, parts.next()?);
    let rest = parts.next().unwrap_or_default();
    let ordinal = |text: &str| text.trim_end_matches(|c: char| c.is_ascii_alphabetic()).parse::<u8>().ok();
    let (month, day) = match (month(first), month(second)) {
        (Some(month), _) => (month, ordinal(second)?),
        (None, Some(month)) => (month, ordinal(first)?),
        (None, None) => return None,
    };
    let year = third.parse::<u16>().ok().filter(|year| *year > 999)?;
    Some((format!("{year}-{month:02}-{day:02}"), rest))
}

fn month(word: &str) -> Option<u8> {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let word = word.to_lowercase();
    let n = MONTHS.iter().position(|month| word.starts_with(month))?;
    u8::try_from(n + 1).ok()
}

/// A number of one or two digits, and what follows.
fn number(text: &str) -> Option<(u8, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    (1..=2).contains(&end).then(|| text[..end].parse().ok().map(|n| (n, &text[end..])))?
}

/// The time at the start of `text` as `10:00` or `10:00:05`, and what follows.
fn time(text: &str) -> Option<(String, &str)> {
    let (hour, rest) = number(text)?;
    let (minute, rest) = number(rest.strip_prefix(':')?)?;
    let (second, rest) = match rest.strip_prefix(':').and_then(number) {
        Some((second, rest)) => (second, rest),
        None => (0, rest),
    };
    // Parts of a second say nothing of a text.
    let rest = rest.strip_prefix('.').map_or(rest, |rest| rest.trim_start_matches(|c: char| c.is_ascii_digit()));
    let after = rest.trim_start();
    let hour = match after.get(..2).map(str::to_lowercase).as_deref() {
        Some("pm") if hour < 12 => hour + 12,
        Some("am") if hour == 12 => 0,
        _ => hour,
    };
    let rest = if after.get(..2).is_some_and(|half| matches!(half.to_lowercase().as_str(), "am" | "pm")) {
        &after[2..]
    } else {
        rest
    };
    let time =
        if second == 0 { format!("{hour:02}:{minute:02}") } else { format!("{hour:02}:{minute:02}:{second:02}") };
    Some((time, rest))
}

/// The offset that `text` is: empty for none, `Z`, `+02:00`; none if it is something else.
fn offset(text: &str) -> Option<String> {
    let text = text.trim();
    // Go writes the offset and its name.
    let text = text.split_whitespace().next().unwrap_or_default();
    if text.is_empty() {
        return Some(String::new());
    }
    if matches!(text, "Z" | "z" | "UTC" | "GMT") {
        return Some("Z".to_owned());
    }
    let sign = text.chars().next().filter(|c| matches!(c, '+' | '-'))?;
    let digits: String = text[1..].chars().filter(|c| *c != ':').collect();
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let (hours, minutes) = match digits.len() {
        1 | 2 => (digits.as_str(), "00"),
        3 => digits.split_at(1),
        4 => digits.split_at(2),
        _ => return None,
    };
    match (hours.parse::<u8>().ok()?, minutes.parse::<u8>().ok()?) {
        (0, 0) => Some("Z".to_owned()),
        (hours, minutes) => Some(format!("{sign}{hours:02}:{minutes:02}")),
    }
}

/// The parts of the day that begins `date`: year, month, day.
pub fn parts(date: &str) -> Option<(&str, &str, &str)> {
    Some((date.get(..4)?, date.get(5..7)?, date.get(8..10)?))
}

/// The day after a month's last, for one that the calendar does not have, as clocks count on: 2011-04-31 is 2011-05-01.
pub fn rolled(name: &str) -> Option<String> {
    let (day, _) = day(name).filter(|_| name.as_bytes().first().is_some_and(u8::is_ascii_digit))?;
    let (year, month, day) = (day[..4].parse().ok()?, day[5..7].parse().ok()?, day[8..10].parse::<i8>().ok()?);
    let last = jiff::civil::Date::new(year, month, 1).ok()?.last_of_month();
    let over = day.checked_sub(last.day()).filter(|over| (1..=3).contains(over))?;
    Some(last.checked_add(jiff::Span::new().days(over)).ok()?.to_string())
}

/// The day that a file's name begins with, as in `2018-02-15-name`, and the rest of the name.
pub fn in_name(name: &str) -> Option<(String, &str)> {
    let (day, rest) = day(name).filter(|_| name.as_bytes().first().is_some_and(u8::is_ascii_digit))?;
    let rest = rest.strip_prefix(['-', '_', ' ']).unwrap_or(rest);
    Some((checked(day)?, rest))
}

#[cfg(test)]
mod tests {
    use super::{date, in_name, rolled};

    #[test]
    fn dates_are_read_in_the_forms_that_people_use() {
        for (text, expected) in [
            ("2018-02-15", "2018-02-15"),
            ("2018/02/15", "2018-02-15"),
            ("2018-2-5", "2018-02-05"),
            ("2021-03-04T09:10:11Z", "2021-03-04T09:10:11Z"),
            ("2018-02-15 10:00 UTC", "2018-02-15T10:00Z"),
            ("2018-02-15 10:00:00 -0800", "2018-02-15T10:00-08:00"),
            ("2016-05-19 10:00:00 -5", "2016-05-19T10:00-05:00"),
            ("2016-05-19T10:00:00.123+05:30", "2016-05-19T10:00+05:30"),
            ("2018-02-15 10:00:00 +0000 UTC", "2018-02-15T10:00Z"),
            ("2018-02-15 10:00", "2018-02-15T10:00"),
            ("2018-02-15 00:00:00", "2018-02-15"),
            ("2018-02-15T00:00:00Z", "2018-02-15T00:00Z"),
            ("Feb 15, 2018", "2018-02-15"),
            ("15 February 2018", "2018-02-15"),
            ("February 3rd, 2018 3:05 PM", "2018-02-03T15:05"),
            ("Thu, 15 Feb 2018 10:00:00 +0100", "2018-02-15T10:00+01:00"),
        ] {
            assert_eq!(date(text).as_deref(), Some(expected), "{text}");
        }
        for text in ["", "soon", "2018-02-31", "2018", "15/02/2018", "{{ now }}"] {
            assert_eq!(date(text), None, "{text}");
        }
        assert_eq!(in_name("2018-02-15-a-name"), Some(("2018-02-15".to_owned(), "a-name")));
        assert_eq!(in_name("2018-02-15_b"), Some(("2018-02-15".to_owned(), "b")));
        assert_eq!(in_name("a-name"), None);
        assert_eq!(rolled("2011-04-31-a-name").as_deref(), Some("2011-05-01"));
        assert_eq!([rolled("2011-04-30-x"), rolled("2011-14-31-x"), rolled("x")], [None, None, None]);
    }
}
