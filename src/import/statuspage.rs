//! Status pages: the file in which Statuspage, Instatus, incident.io or Google Cloud list their incidents. A record for each, with what
//! the page said as events of communication. When something was posted is not when it happened.

use std::collections::HashMap;

use pulldown_cmark::{Event, TagEnd};
use serde_json::Value;

use crate::diagnostic::Diagnostic;
use crate::model::{SourceKind, first_sentences};
use crate::outline::{Markdown, of_event};

use super::html;
use super::links::Around;
use super::markdown;
use super::output::incident::{Incident, Source, Update, instant, name};
use super::report::Report;
use super::source::{self, SourceFile};
use super::text::{Body, OldSite, Place, Text};
use super::{BAD_IMPORT, Each, Options};

/// The longest text of one update, in characters, and the most updates of one record.
const MAX_UPDATE: usize = 1_900;
const MAX_UPDATES: usize = 500;

/// Hands each record to `each`.
pub fn read(options: &Options, each: Each<'_>, report: &mut Report) -> Result<OldSite, Diagnostic> {
    let path = &options.source;
    let refused = |why: &str| {
        Diagnostic::new(BAD_IMPORT, format!("`{}` {why}", path.display()))
            .help("save what the status page answers at `/api/v2/incidents.json`, or `/incidents.json` of Google Cloud")
    };
    if !path.is_file() {
        return Err(refused("is no file"));
    }
    let file_name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let file = SourceFile { path: file_name.clone(), disk: path.clone() };
    let text = source::read(&file, report).ok_or_else(|| refused("can't be read"))?;
    let value: Value = serde_json::from_str(&text).map_err(|error| refused(&format!("is no JSON: {error}")))?;
    let Some(listed) = incidents(&value) else { return Err(refused("lists no incidents")) };
    let page = Page::of(&value, listed);
    let lines = lines_of_ids(&text);
    for (n, incident) in listed.iter().enumerate() {
        let id = text_of(incident, &["id", "number", "uri"]).unwrap_or_else(|| n.to_string());
        let place = Place { file: file_name.clone(), line: lines.get(&id).copied().unwrap_or(0) };
        if let Some(text) = record(incident, &id, &page, place, report) {
            each(text)?;
        }
    }
    Ok(OldSite::default())
}

/// The body was made with the record.
pub fn body(text: &Text, _around: &Around<'_>, _report: &mut Report) -> Body {
    Body { markdown: text.body.clone(), ..Body::default() }
}

/// The list of incidents, wherever the file has it.
fn incidents(value: &Value) -> Option<&Vec<Value>> {
    let is_incident = |it: &Value| it.get("id").is_some() || it.get("begin").is_some();
    let list = value.as_array().or_else(|| {
        ["incidents", "data", "activeIncidents", "summary"].iter().find_map(|key| match value.get(key) {
            Some(Value::Array(list)) => Some(list),
            Some(inner) => inner.get("incidents").and_then(Value::as_array),
            None => None,
        })
    })?;
    list.iter().all(is_incident).then_some(list)
}

/// What the file says of the page that the incidents were on.
struct Page {
    name: Option<String>,
    url: Option<String>,
}

impl Page {
    fn of(value: &Value, incidents: &[Value]) -> Self {
        let page = value.get("page").or_else(|| value.get("summary")).unwrap_or(&Value::Null);
        // Google's list says of itself only what its incidents do.
        let is_google = incidents.iter().any(|it| it.get("external_desc").is_some());
        let known = |name: &str| is_google.then(|| name.to_owned());
        Self {
            name: text_of(page, &["name", "title"]).or_else(|| known("Google Cloud")),
            url: text_of(page, &["url", "public_url"]).or_else(|| known("https://status.cloud.google.com/")),
        }
    }
}

fn record(incident: &Value, id: &str, page: &Page, place: Place, report: &mut Report) -> Option<Text> {
    let what = text_of(incident, &["name", "title", "external_desc"]).map(|what| words(&what));
    let what = what.filter(|what| !what.is_empty()).unwrap_or_else(|| format!("Incident {id}"));
    if let Some(planned) = text_of(incident, &["scheduled_for", "scheduledFor"])
        .or_else(|| text_of(incident, &["type"]).filter(|kind| kind == "maintenance"))
    {
        report.add(place, "maintenance, which is no incident", format!("\u{201c}{what}\u{201d} ({planned})"));
        return None;
    }
    let moment = |keys: &[&str]| text_of(incident, keys).and_then(|text| instant(&text));
    let impacts = || incident.get("component_impacts").and_then(Value::as_array).into_iter().flatten();
    let started = moment(&["started_at", "startedAt", "started", "begin"])
        .or_else(|| impacts().filter_map(|it| instant(&text_of(it, &["start_at"])?)).min());
    let resolved = moment(&["resolved_at", "resolvedAt", "resolved", "end"])
        .or_else(|| impacts().filter_map(|it| instant(&text_of(it, &["end_at"])?)).max());
    let title = first_sentences(&what, 120);
    let mut record = Incident {
        organisations: page.name.iter().cloned().collect(),
        services: names(incident, &["components", "affected_components", "affected_products", "affectedComponents"]),
        regions: names(incident, &["currently_affected_locations", "previously_affected_locations"]),
        severity: text_of(incident, &["impact", "impact_override", "severity", "status_impact"])
            .filter(|it| it != "none"),
        started,
        resolved,
        ..Incident::default()
    };
    record.sources.extend(source(incident, id, page, &title));
    record.updates = updates(incident, &place, report);
    let mut text = Text::new(
        SourceKind::Incident,
        place,
        id.to_owned(),
        name(page.name.as_deref().unwrap_or("incident"), day(incident).as_deref()),
    );
    text.title = title;
    text.summary = (what.chars().count() > 120).then_some(what).map(|what| first_sentences(&what, MAX_UPDATE));
    text.body = text_of(incident, &["postmortem_body", "postmortem"]).map(|body| prose(&body)).unwrap_or_default();
    text.front = record.front();
    Some(text)
}

/// The day of a record's name: when it began, or when the page first had it.
fn day(incident: &Value) -> Option<String> {
    text_of(
        incident,
        &["started_at", "startedAt", "started", "begin", "created_at", "createdAt", "published_at", "created"],
    )
    .and_then(|text| instant(&text))
}

fn source(incident: &Value, id: &str, page: &Page, title: &str) -> Option<Source> {
    let base = page.url.as_deref().map(|url| url.trim_end_matches('/'));
    let whole = |path: String| base.map(|base| format!("{base}/{}", path.trim_start_matches('/')));
    let address = text_of(incident, &["shortlink", "url", "permalink"])
        .or_else(|| text_of(incident, &["uri"]).and_then(whole))
        .or_else(|| whole(format!("incidents/{id}")))
        .filter(|address| address.contains("://"))?;
    Some(Source { publisher: page.name.clone(), ..Source::new("status-page", title, &address) })
}

/// What the page said, the first first.
fn updates(incident: &Value, place: &Place, report: &mut Report) -> Vec<Update> {
    let listed =
        ["incident_updates", "updates", "incidentUpdates"].iter().find_map(|key| incident.get(key)?.as_array());
    let mut updates: Vec<(Option<String>, Update)> = listed
        .into_iter()
        .flatten()
        .filter_map(|update| {
            let said =
                text_of(update, &["body", "message", "message_string", "text", "markdown"]).map(|text| words(&text));
            let status = text_of(update, &["status", "to_status", "new_status"])
                .filter(|it| !it.is_empty())
                .map(|it| readable(&it));
            let text = match (status, said.filter(|said| !said.is_empty())) {
                (Some(status), Some(said)) => format!("{status}: {said}"),
                (Some(text), None) | (None, Some(text)) => text,
                (None, None) => return None,
            };
            let at = text_of(
                update,
                &["display_at", "displayAt", "when", "published_at", "created_at", "createdAt", "created", "started"],
            );
            let at = at.and_then(|at| instant(&at));
            let short = first_sentences(&text, MAX_UPDATE);
            if short != text {
                report.add(
                    place.clone(),
                    "updates that are too long for a timeline",
                    format!("cut after \u{201c}{}\u{201d}", last_words(&short)),
                );
            }
            Some((at.clone(), Update { at, text: short }))
        })
        .collect();
    // Pages have the newest first.
    updates.reverse();
    updates.sort_by(|a, b| a.0.cmp(&b.0));
    if updates.len() > MAX_UPDATES {
        let why = format!("the last {} of {} were left out", updates.len() - MAX_UPDATES, updates.len());
        report.add(place.clone(), "incidents with more updates than a timeline has events", why);
        updates.truncate(MAX_UPDATES);
    }
    updates.into_iter().map(|(_, update)| update).collect()
}

fn last_words(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words[words.len().saturating_sub(6)..].join(" ")
}

/// `SERVICE_DISRUPTION`, `monitoring`: as words.
fn readable(status: &str) -> String {
    let words = status.replace('_', " ").to_lowercase();
    let mut chars = words.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// The text at the first of `keys` that has one; numbers are texts, too.
fn text_of(value: &Value, keys: &[&str]) -> Option<String> {
    keys.iter().find_map(|key| match value.get(key)? {
        Value::String(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        // Instatus and others give texts by language.
        Value::Object(map) => map.get("default").or_else(|| map.get("en")).and_then(Value::as_str).map(str::to_owned),
        _ => None,
    })
}

fn names(incident: &Value, keys: &[&str]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for entry in keys.iter().filter_map(|key| incident.get(key)?.as_array()).flatten() {
        let name = entry.as_str().map(str::to_owned).or_else(|| text_of(entry, &["name", "title"]));
        names.extend(name.filter(|name| !names.contains(name)));
    }
    if names.is_empty() {
        names.extend(text_of(incident, &["service_name"]));
    }
    names
}

/// The words of HTML or Markdown, in one paragraph.
fn words(text: &str) -> String {
    let markdown = prose(text);
    let parsed = Markdown::new(&markdown, false);
    let mut words = String::new();
    for (event, _) in parsed.events() {
        match &event {
            Event::End(TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item | TagEnd::TableCell) => words.push(' '),
            Event::HardBreak | Event::SoftBreak => words.push(' '),
            event => words.push_str(&of_event(event).unwrap_or_default()),
        }
    }
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text that may be HTML as Markdown.
fn prose(text: &str) -> String {
    let is_html =
        ["<p", "<br", "<b>", "<a ", "<ul", "<strong", "<div", "<em", "<li"].iter().any(|tag| text.contains(tag));
    if is_html { markdown::write(&html::read(&text.replace("\n", "<br>"), &|_| false).blocks) } else { text.to_owned() }
}

/// The line on which the id of each incident stands.
fn lines_of_ids(text: &str) -> HashMap<String, usize> {
    let mut lines = HashMap::new();
    let mut line = 1;
    let mut last = 0;
    for (at, _) in text.match_indices("\"id\"") {
        line += text[last..at].matches('\n').count();
        last = at;
        let rest = text[at + "\"id\"".len()..].trim_start_matches([' ', ':', '\n', '\t']).trim_start_matches('"');
        let end = rest.find(['"', ',', '}', '\n']).unwrap_or(rest.len());
        lines.entry(rest[..end].to_owned()).or_insert(line);
    }
    lines
}
