//! The addresses that Jekyll gives to texts. Knows its styles and signs; reads no file.

use crate::import::dates;
use crate::model::When;

use super::settings::{Role, Settings};

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

/// The address of a text.
pub fn of(about: &About<'_>, role: &Role, settings: &Settings) -> String {
    let zone = settings.old.timezone.as_deref();
    if let Some(own) = about.permalink.filter(|own| !own.contains("{{")) {
        return filled(style(own), about, zone);
    }
    let stem = about.path.rsplit_once('.').map_or(about.path, |(stem, _)| stem);
    match role {
        Role::Post | Role::Draft if settings.is_eleventy() => {
            let root = settings.old.roots.first().map(String::as_str).unwrap_or_default();
            let below = stem.strip_prefix(root).unwrap_or(stem).trim_matches('/');
            // Eleventy takes the day out of a name.
            let folder = below.rsplit_once('/').map_or("", |(folder, _)| folder);
            format!("/{folder}/{}/", about.name).replace("//", "/")
        }
        Role::Post | Role::Draft => filled(style(&settings.permalink), about, zone),
        Role::Collection(name) => {
            let form =
                settings.collections.iter().find(|(known, _)| known == name).and_then(|(_, form)| form.as_deref());
            let below = stem.strip_prefix(&format!("_{name}/")).unwrap_or(stem);
            let path =
                form.unwrap_or("/:collection/:path:output_ext").replace(":collection", name).replace(":path", below);
            filled(&path.replace(":name", about.name), about, zone)
        }
        Role::Page => {
            let root =
                settings.old.roots.first().map(String::as_str).filter(|_| settings.is_eleventy()).unwrap_or_default();
            let below = stem.strip_prefix(root).unwrap_or(stem).trim_matches('/');
            let below = if settings.is_eleventy() { below.strip_prefix("pages/").unwrap_or(below) } else { below };
            match below.strip_suffix("index").filter(|rest| rest.is_empty() || rest.ends_with('/')) {
                Some(folder) => format!("/{folder}"),
                None if settings.is_eleventy() || is_folder(style(&settings.permalink)) => format!("/{below}/"),
                None => format!("/{below}.html"),
            }
        }
    }
}

fn is_folder(form: &str) -> bool {
    form.ends_with('/')
}

fn style(name: &str) -> &str {
    match name {
        "date" => "/:categories/:year/:month/:day/:title:output_ext",
        "pretty" => "/:categories/:year/:month/:day/:title/",
        "ordinal" => "/:categories/:year/:y_day/:title:output_ext",
        "none" => "/:categories/:title:output_ext",
        own => own,
    }
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
