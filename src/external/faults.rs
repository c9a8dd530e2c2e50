//! The diagnostics of links to other hosts. Knows findings and places in texts; sends no request.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use crate::assemble::Assembled;
use crate::diagnostic::{Diagnostic, Edit, Spot, rules};
use crate::fields::shortened;
use crate::model::Span;
use crate::yaml::{self, Part};

use super::finding::{Finding, Found};
use super::links::{Link, Links};
use super::record::Record;
use super::suspicion::Suspicion;

rules! {
    GONE_PAGE = "gone-page", error, "a linked page was not there, and was not there days before";
    MISSED_PAGE = "missed-page", warning, "a linked page is not there; days later this counts as an error";
    MOVED_PAGE = "moved-page", warning, "a linked page has moved for good";
    DOUBTFUL_PAGE = "doubtful-page", warning, "a linked page is probably gone, although its server does not say so";
    MISSING_PLACE = "missing-place", warning, "a linked page has no place of the name that the link gives";
    PRIVATE_HOST = "private-host", warning, "a link leads to a host of a private network, which is not asked";
    UNKNOWN_PAGE = "unknown-page", note, "whether a linked page is there can't be told";
}

/// What `records` say of `links`.
pub fn faults(assembled: &Assembled, links: &Links, records: &BTreeMap<String, Record>) -> Vec<Diagnostic> {
    let mut faults = Vec::new();
    for (url, links) in links {
        let Some(record) = records.get(url.as_str()) else { continue };
        // An unknown page is reported at its first link alone.
        let shown = if matches!(record.finding, Finding::Unknown(_)) { 1 } else { links.len() };
        for link in &links[..shown] {
            faults.extend(fault(assembled, link, record));
        }
    }
    faults
}

fn fault(assembled: &Assembled, link: &Link, record: &Record) -> Option<Diagnostic> {
    let at = |fault: Diagnostic| fault.in_place(&link.path, link.spot.clone());
    let name = shortened(&link.written);
    Some(at(match &record.finding {
        Finding::Gone(why) if record.is_gone_for_good() => gone(&name, why, record.gone_since),
        Finding::Gone(why) => Diagnostic::new(MISSED_PAGE, format!("`{name}` is not there: {why}"))
            .help("run the check again in some days: if it is still not there then, it is gone"),
        Finding::Unknown(why) => Diagnostic::new(UNKNOWN_PAGE, format!("`{name}` may be there or not: {why}"))
            .help("look at it in a browser: servers often refuse programs"),
        Finding::Private { host, address } => {
            let message = format!("`{name}` was not asked for: it leads to {address}, in a private network");
            Diagnostic::new(PRIVATE_HOST, message)
                .help(format!("readers elsewhere can't follow it; `--allow-private {host}` asks for it all the same"))
        }
        Finding::Found(found) => return of_found(assembled, link, &name, found).map(at),
    }))
}

fn gone(name: &str, why: &str, since: Option<Timestamp>) -> Diagnostic {
    let since = since.map(|since| format!(", and was not on {}", since.strftime("%Y-%m-%d"))).unwrap_or_default();
    Diagnostic::new(GONE_PAGE, format!("`{name}` is gone: {why}{since}"))
        .help("link to a copy of it in an archive, or to another page, or leave the link out")
}

fn of_found(assembled: &Assembled, link: &Link, name: &str, found: &Found) -> Option<Diagnostic> {
    if let Some(suspected) = &found.suspected {
        let why = match suspected {
            Suspicion::NotFoundPage(words) => format!("its page says \u{201c}{}\u{201d}", shortened(words)),
            Suspicion::FrontPage(host) => format!("it leads to the front page of {host} now"),
            Suspicion::Parked => "its domain is parked, or for sale".to_owned(),
        };
        return Some(
            Diagnostic::new(DOUBTFUL_PAGE, format!("`{name}` is probably gone: {why}"))
                .help("look at it in a browser; if it is gone, link to a copy of it in an archive"),
        );
    }
    let has_place = link.place.as_ref().map(|place| found.places.get(place));
    if let (Some(place), Some(Some(false))) = (&link.place, has_place) {
        let message = format!("`{name}` is there, but it has no place `#{}`", shortened(place));
        return Some(
            Diagnostic::new(MISSING_PLACE, message)
                .help("look for the place it has now; a page that is made by scripts may have it all the same"),
        );
    }
    let to = found.moved.as_deref()?;
    let place = link.place.as_ref().and_then(|_| link.written.split_once('#')).map(|(_, place)| place);
    let to = place.map_or_else(|| to.to_owned(), |place| format!("{}#{place}", to.split('#').next().unwrap_or(to)));
    let fault = Diagnostic::new(MOVED_PAGE, format!("`{name}` has moved for good"));
    let is_sure = matches!(has_place, None | Some(Some(true)));
    Some(match edit(assembled, link, &to).filter(|_| is_sure) {
        Some(edit) => fault.help(format!("write `{to}`; `--fix` does so")).edit(edit),
        None => fault.help(format!("write `{to}`")),
    })
}

/// The edit that puts the address `to` where `link` stands: none where the old address is not there once, as it is.
fn edit(assembled: &Assembled, link: &Link, to: &str) -> Option<Edit> {
    let text = assembled.text(&link.path).ok()?;
    let range = match &link.spot {
        Spot::Bytes(span) => span.range(),
        Spot::Value(steps) => {
            let yaml = yaml::front_matter(&text)?.yaml;
            let wanted = (&**steps, Part::Value);
            let value = yaml::locate(&text[yaml.clone()], &BTreeSet::from([wanted])).remove(&wanted)?;
            yaml.start + value.start..yaml.start + value.end
        }
        Spot::File | Spot::Key(_) => return None,
    };
    let part = text.get(range.clone())?;
    let at = part.find(&link.written)?;
    let (before, after) = (&part[..at], &part[at + link.written.len()..]);
    // A link whose words are the address, or one address that begins another.
    let is_once =
        !after.contains(&link.written) && !after.starts_with(|c: char| c.is_alphanumeric() || "/?#&=%-_.~".contains(c));
    let is_plain = !to.contains(|c: char| c.is_whitespace() || c.is_control() || "<>\"'`\\|[]{}*".contains(c));
    // Parentheses end a link's address, unless they are in pairs.
    let to = to.replace('(', "%28").replace(')', "%29");
    let start = range.start + before.len();
    let span = Span::new(start, start + link.written.len());
    (is_once && is_plain).then_some(Edit { span, text: to })
}
