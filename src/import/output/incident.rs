//! A record of an incident as its front matter, from what lists of post-mortems and status pages say. Knows the keys of records; no
//! source.

use crate::model::When;
use crate::yaml::Node;

/// What is known of an incident. What is not known is empty.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Incident {
    pub organisations: Vec<String>,
    pub services: Vec<String>,
    pub regions: Vec<String>,
    /// Dates and times as records have them.
    pub started: Option<String>,
    pub resolved: Option<String>,
    pub severity: Option<String>,
    pub sources: Vec<Source>,
    pub updates: Vec<Update>,
}

/// A page on it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Source {
    pub kind: &'static str,
    pub title: String,
    pub publisher: Option<String>,
    pub url: String,
    pub archive_url: Option<String>,
    pub published: Option<String>,
}

/// What a status page said, and when.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Update {
    pub at: Option<String>,
    pub text: String,
}

impl Incident {
    /// The keys of a record, but for its title and what it did.
    pub fn front(self) -> Vec<(String, Node)> {
        let mut front = Vec::new();
        push_list(&mut front, "organisations", self.organisations);
        push_list(&mut front, "services", self.services);
        push_list(&mut front, "regions", self.regions);
        let mut times = Vec::new();
        push_text(&mut times, "started", self.started);
        push_text(&mut times, "resolved", self.resolved);
        if !times.is_empty() {
            front.push(("times".to_owned(), Node::Map(times)));
        }
        push_text(&mut front, "severity", self.severity);
        if !self.sources.is_empty() {
            front.push(("sources".to_owned(), Node::List(self.sources.into_iter().map(Source::node).collect())));
        }
        if !self.updates.is_empty() {
            front.push(("timeline".to_owned(), Node::List(self.updates.into_iter().map(Update::node).collect())));
        }
        front
    }
}

impl Source {
    /// A page at `address`; one in the Wayback Machine is the archive of another.
    pub fn new(kind: &'static str, title: &str, address: &str) -> Self {
        let (url, archive_url) = match archived(address) {
            Some(original) => (original, Some(address.to_owned())),
            None => (address.to_owned(), None),
        };
        Self { kind, title: title.to_owned(), url, archive_url, ..Self::default() }
    }

    fn node(self) -> Node {
        let mut entry = Vec::new();
        push_text(&mut entry, "kind", Some(self.kind.to_owned()));
        push_text(&mut entry, "title", Some(self.title));
        push_text(&mut entry, "publisher", self.publisher);
        push_text(&mut entry, "url", Some(self.url));
        push_text(&mut entry, "archive_url", self.archive_url);
        push_text(&mut entry, "published", self.published);
        Node::Map(entry)
    }
}

impl Update {
    fn node(self) -> Node {
        let mut entry = Vec::new();
        push_text(&mut entry, "at", Some(self.at.unwrap_or_else(|| "unstated".to_owned())));
        push_text(&mut entry, "kind", Some("communication".to_owned()));
        push_text(&mut entry, "text", Some(self.text));
        Node::Map(entry)
    }
}

/// The address of which this is a copy in the Wayback Machine.
pub fn archived(address: &str) -> Option<String> {
    let rest = ["https://web.archive.org/web/", "http://web.archive.org/web/"]
        .iter()
        .find_map(|at| address.strip_prefix(at))?;
    let (stamp, original) = rest.split_once('/')?;
    let is_stamp = stamp.len() >= 4 && stamp.starts_with(|c: char| c.is_ascii_digit());
    let original = match original.strip_prefix("http:/").filter(|rest| !rest.starts_with('/')) {
        Some(rest) => format!("http://{rest}"),
        None => original.to_owned(),
    };
    (is_stamp && original.contains("://")).then_some(original)
}

/// Whether an address is of some archive of pages.
pub fn is_archive(address: &str) -> bool {
    let host = address.split_once("://").map_or(address, |(_, rest)| rest).split('/').next().unwrap_or_default();
    host.starts_with("web.archive.") || host.starts_with("archive.") || host.ends_with(".archive.org")
}

/// A time as records have it: the day alone where it is midnight, which is what stands where only the day is known. None for what is
/// no time, and for the first year of the calendar, which stands for none.
pub fn time(text: &str) -> Option<String> {
    let text = text.trim();
    let moment: jiff::Timestamp = match text.parse() {
        Ok(moment) => moment,
        // With less than a time it is as precise as it is written.
        Err(_) => return When::parse(text).ok().map(|_| text.to_owned()),
    };
    let whole = moment.to_zoned_datetime(jiff::tz::TimeZone::UTC).datetime();
    if whole.year() < 1000 {
        return None;
    }
    if whole.time() == jiff::civil::Time::midnight() {
        return Some(whole.date().to_string());
    }
    let form = if whole.second() == 0 { "%Y-%m-%dT%H:%MZ" } else { "%Y-%m-%dT%H:%M:%SZ" };
    Some(whole.strftime(form).to_string())
}

/// The same where midnight is a time like any other.
pub fn instant(text: &str) -> Option<String> {
    let moment: jiff::Timestamp = text.trim().parse().ok()?;
    let whole = moment.to_zoned_datetime(jiff::tz::TimeZone::UTC).datetime();
    let form = if whole.second() == 0 { "%Y-%m-%dT%H:%MZ" } else { "%Y-%m-%dT%H:%M:%SZ" };
    (whole.year() >= 1000).then(|| whole.strftime(form).to_string())
}

/// What a record is called: its organisation and when it was, as far as that is known.
pub fn name(organisation: &str, started: Option<&str>) -> String {
    let day = started.map(|date| date.split('T').next().unwrap_or(date));
    match day {
        Some(day) => format!("{organisation} {day}"),
        None => organisation.to_owned(),
    }
}

fn push_text(map: &mut Vec<(String, Node)>, key: &str, value: Option<String>) {
    if let Some(value) = value.filter(|value| !value.trim().is_empty()) {
        map.push((key.to_owned(), Node::Text(value)));
    }
}

fn push_list(map: &mut Vec<(String, Node)>, key: &str, values: Vec<String>) {
    if !values.is_empty() {
        map.push((key.to_owned(), Node::List(values.into_iter().map(Node::Text).collect())));
    }
}

#[cfg(test)]
mod tests {
    use super::{archived, time};

    #[test]
    fn midnight_is_a_day_and_what_is_unknown_stays_so() {
        for (text, expected) in [
            ("2018-07-31T00:00:00Z", Some("2018-07-31")),
            ("2018-07-31T06:00:00Z", Some("2018-07-31T06:00Z")),
            ("2018-07-31T06:00:09+02:00", Some("2018-07-31T04:00:09Z")),
            ("2018-07", Some("2018-07")),
            ("1628-08-10T00:00:00Z", Some("1628-08-10")),
            ("0001-01-01T00:00:00Z", None),
            ("soon", None),
            ("", None),
        ] {
            assert_eq!(time(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn a_copy_in_an_archive_has_an_original() {
        let original = |address| archived(address);
        assert_eq!(
            original("https://web.archive.org/web/20211006135542/https://a.example/b"),
            Some("https://a.example/b".to_owned())
        );
        assert_eq!(original("http://web.archive.org/web/2012*/http:/a.example/"), Some("http://a.example/".to_owned()));
        assert_eq!(original("https://a.example/b"), None);
    }
}
