//! What a reference to a pattern or concept says besides its name: of which incidents its words speak, of which event in them,
//! and whether they say no. Knows the form; whether an incident or event of that name exists is decided by `link`.

use crate::diagnostic::{Diagnostic, rules};
use crate::fields::shortened;
use crate::model::nearest;

rules! {
    UNKNOWN_TERM = "unknown-term", error, "a reference says something after `?` that does not exist", text "It was [late](pattern:lag?inn=none).";
}

/// The word for a general remark, about no incident.
const NONE: &str = "none";
const KNOWN: [&str; 3] = ["in", "at", "not"];

/// The terms of a reference: `pattern:lag?in=slack-2021-01-04&at=07:01&not`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Terms {
    /// The incidents that the words speak of, empty for a general remark; `None` leaves it to what stands around.
    pub incidents: Option<Vec<String>>,
    /// The event that the words speak of, by its time or its name.
    pub event: Option<String>,
    /// The words say that the pattern or concept is *not* there.
    pub refuses: bool,
}

impl Terms {
    /// Reads what follows the question mark.
    pub fn parse(query: &str) -> Result<Self, Diagnostic> {
        let mut terms = Self::default();
        for part in query.split('&') {
            match part.split_once('=') {
                Some(("in", ids)) => terms.incidents = Some(incidents(ids)?),
                Some(("at", "")) => return Err(no_event()),
                Some(("at", event)) => terms.event = Some(event.to_owned()),
                None if part == "not" => terms.refuses = true,
                _ => return Err(unknown(part)),
            }
        }
        Ok(terms)
    }
}

/// Ids with commas between them, or `none`.
pub fn incidents(text: &str) -> Result<Vec<String>, Diagnostic> {
    if text == NONE {
        return Ok(Vec::new());
    }
    let ids: Vec<String> = text.split(',').map(|id| id.trim().to_owned()).collect();
    if ids.iter().any(|id| id.is_empty() || id == NONE) {
        let message = match text {
            "" => "no incident is named".to_owned(),
            _ => format!("`{}` is no list of incidents", shortened(text)),
        };
        return Err(fault(message).help("write their ids with commas, or `none` for a general remark"));
    }
    Ok(ids)
}

fn unknown(part: &str) -> Diagnostic {
    let name = part.split('=').next().unwrap_or_default();
    let help = match nearest(name, KNOWN) {
        Some("in") => "write `?in=ID`, the incident that the words speak of".to_owned(),
        Some("at") => "write `?at=14:09`, the time of the event that the words speak of".to_owned(),
        Some(near) => format!("did you mean `?{near}`?"),
        None => "known here: `?in=ID` for the incident that the words speak of, `?at=14:09` for the event in it, `?not` where \
                 they say no"
            .to_owned(),
    };
    fault(format!("a reference can't say `{}`", shortened(part))).help(help)
}

fn no_event() -> Diagnostic {
    fault("no event is named".to_owned())
        .help("write the time of an event of the incident's timeline, as in `?at=14:09`")
}

fn fault(message: String) -> Diagnostic {
    Diagnostic::new(UNKNOWN_TERM, message)
}

#[cfg(test)]
mod tests {
    use super::Terms;

    #[test]
    fn a_query_says_which_incidents_and_whether_no() {
        let some = |ids: &[&str]| Some(ids.iter().map(|id| (*id).to_owned()).collect());
        for (query, incidents, event, refuses) in [
            ("in=a", some(&["a"]), None, false),
            ("in=a,b", some(&["a", "b"]), None, false),
            ("in=none", some(&[]), None, false),
            ("not", None, None, true),
            ("not&in=a", some(&["a"]), None, true),
            ("in=a&not", some(&["a"]), None, true),
            ("at=14:09", None, Some("14:09"), false),
            ("not&at=2026-04-06T14:09&in=a", some(&["a"]), Some("2026-04-06T14:09"), true),
        ] {
            let event = event.map(str::to_owned);
            assert_eq!(Terms::parse(query), Ok(Terms { incidents, event, refuses }), "{query}");
        }
        for query in ["", "in", "in=", "in=a,", "in=none,a", "not=yes", "inn=a", "IN=a", "at", "at="] {
            assert!(Terms::parse(query).is_err(), "{query}");
        }
    }
}
