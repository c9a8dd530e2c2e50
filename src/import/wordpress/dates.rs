//! Dates of an export: the time of the site's clock and that of Greenwich, of which the distance is the zone. Knows forms only.

use jiff::civil::DateTime;

/// A date as front matter has it: with time and zone where both clocks are known, else the day alone.
pub fn date(local: &str, gmt: &str) -> Option<String> {
    match (parse(local), parse(gmt)) {
        (Some(local), Some(gmt)) => {
            let seconds = gmt.duration_until(local).as_secs();
            // Quarters of an hour, and no zone is further away than these.
            let is_zone = seconds.abs() <= 14 * 3600 && seconds % (15 * 60) == 0;
            Some(if is_zone { with_zone(local, seconds / 60) } else { with_zone(gmt, 0) })
        }
        (None, Some(gmt)) => Some(with_zone(gmt, 0)),
        (Some(local), None) => Some(local.date().to_string()),
        (None, None) => None,
    }
}

fn parse(text: &str) -> Option<DateTime> {
    let text = text.trim();
    // What never was published has a date of noughts.
    let time: DateTime = text.replacen(' ', "T", 1).parse().ok()?;
    (time.year() >= 1000).then_some(time)
}

fn with_zone(time: DateTime, minutes: i64) -> String {
    let form = if time.second() == 0 { "%Y-%m-%dT%H:%M" } else { "%Y-%m-%dT%H:%M:%S" };
    let zone = match minutes {
        0 => "Z".to_owned(),
        _ => {
            let sign = if minutes < 0 { '-' } else { '+' };
            format!("{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60)
        }
    };
    format!("{}{zone}", time.strftime(form))
}

#[cfg(test)]
mod tests {
    use super::date;

    #[test]
    fn the_zone_is_the_distance_of_two_clocks() {
        for (local, gmt, expected) in [
            ("2018-11-03 15:20:00", "2018-11-03 19:20:00", Some("2018-11-03T15:20-04:00")),
            ("2018-11-04 01:05:09", "2018-11-03 19:35:09", Some("2018-11-04T01:05:09+05:30")),
            ("2018-11-03 15:20:00", "0000-00-00 00:00:00", Some("2018-11-03")),
            ("2018-11-03 15:20:00", "2018-11-03 15:20:00", Some("2018-11-03T15:20Z")),
            ("", "2018-11-03 19:20:00", Some("2018-11-03T19:20Z")),
            ("2018-11-03 15:20:00", "2001-01-01 00:00:00", Some("2001-01-01T00:00Z")),
            ("0000-00-00 00:00:00", "0000-00-00 00:00:00", None),
            ("soon", "", None),
        ] {
            assert_eq!(date(local, gmt).as_deref(), expected, "{local} {gmt}");
        }
    }
}
