//! Permalinks: forms with signs that a text fills in. Knows the signs; reads no settings.

use crate::import::dates;
use crate::model::When;

/// What an address is made of.
#[derive(Clone, Copy, Debug)]
pub struct About<'a> {
    pub path: &'a str,
    /// Its file's name without the day, or its `slug`.
    pub name: &'a str,
    pub categories: &'a [String],
    pub date: Option<&'a str>,
    /// Of its own front matter.
    pub permalink: Option<&'a str>,
}

/// `form` with its signs filled in; the day is that of the site's zone.
pub fn filled(form: &str, about: &About<'_>, zone: Option<&str>) -> String {
    let date = about.date.map(|date| in_zone(date, zone)).unwrap_or_default();
    let (year, month, day) = dates::parts(&date).unwrap_or(("", "", ""));
    let time = |range: std::ops::Range<usize>| date.get(range).unwrap_or("00").to_owned();
    let short = |text: &str| text.trim_start_matches('0').to_owned();
    let categories: Vec<String> =
        about.categories.iter().map(|word| word.trim().to_lowercase().replace(' ', "%20")).collect();
    let mut path = String::new();
    let mut rest = form;
    while let Some(at) = rest.find(':') {
        path.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let end = rest.find(|c: char| !(c.is_ascii_lowercase() || c == '_')).unwrap_or(rest.len());
        let value = match &rest[..end] {
            "year" => year.to_owned(),
            "short_year" => year.get(2..).unwrap_or_default().to_owned(),
            "month" => month.to_owned(),
            "i_month" => short(month),
            "day" => day.to_owned(),
            "i_day" => short(day),
            "y_day" => day_of_year(&date),
            "hour" => time(11..13),
            "minute" => time(14..16),
            "second" => time(17..19),
            "title" | "slug" | "name" => about.name.to_owned(),
            "categories" | "category" => categories.join("/"),
            "output_ext" => ".html".to_owned(),
            _ => String::new(),
        };
        path.push_str(&value);
        rest = &rest[end..];
    }
    path.push_str(rest);
    let mut path = format!("/{path}");
    while path.contains("//") {
        path = path.replace("//", "/");
    }
    let is_file = path.rsplit('/').next().is_some_and(|last| last.contains('.'));
    if is_file || path.ends_with('/') { path } else { format!("{path}/") }
}

/// The date as clocks of `zone` show it.
fn in_zone(date: &str, zone: Option<&str>) -> String {
    let zoned = || {
        let zone = jiff::tz::TimeZone::get(zone?).ok()?;
        let time = When::parse(date).ok().filter(|_| date.contains('T'))?.earliest();
        Some(zone.to_datetime(time).to_string())
    };
    zoned().unwrap_or_else(|| date.to_owned())
}

fn day_of_year(date: &str) -> String {
    let day = date.get(..10).and_then(|day| day.parse::<jiff::civil::Date>().ok());
    day.map(|day| format!("{:03}", day.day_of_year())).unwrap_or_default()
}
