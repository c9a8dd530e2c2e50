//! What a name means, in a few words: a definition, the facts of an incident, the passage itself. Knows documents and lists.

use lsp_types::{Hover, HoverContents, MarkupContent, MarkupKind};

use crate::index::{Postings, essay_date};
use crate::model::{DocId, When};
use crate::outline::{ConceptFront, Document, EVENT_ANCHOR, Front, IncidentFront, PatternFront, TagName};

use crate::lsp::file::{File, documents, site};
use crate::lsp::here::{self, Here};
use crate::lsp::project::Project;

/// What stands at byte `at`.
pub fn hover(file: &File<'_>, at: usize) -> Option<Hover> {
    let Here { span, doc, anchor } = here::named(file, at)?;
    let value = words(file.project, doc, anchor.as_deref());
    let contents = HoverContents::Markup(MarkupContent { kind: MarkupKind::Markdown, value });
    Some(Hover { contents, range: Some(file.range(span)) })
}

/// The document, and the place on its page, as Markdown.
pub fn words(project: &Project, doc: DocId, anchor: Option<&str>) -> String {
    let document = &documents(project)[doc.index()];
    let mut parts = vec![format!("**{}** ({})", plain(document.title()), kind(document))];
    let place = anchor.map(|anchor| place(document, anchor)).unwrap_or_default();
    if place.is_empty() {
        parts.extend(facts(project, doc, document));
    } else {
        parts.extend(place);
    }
    parts.retain(|part| !part.is_empty());
    parts.join("\n\n")
}

fn kind(document: &Document) -> String {
    let noun = document.kind.noun();
    match essay_date(document) {
        Some(date) => format!("{noun}, {date}"),
        None => noun.to_owned(),
    }
}

/// What stands at the place `anchor`: a passage, an event, or a heading.
fn place(document: &Document, anchor: &str) -> Vec<String> {
    if let Some(mark) = document.body.marks.iter().find(|mark| mark.anchor == anchor) {
        let tag = match &mark.tag {
            TagName::Pattern(pattern) => format!("pattern {}", pattern.id()),
            TagName::Concept(id) => format!("concept {id}"),
        };
        let of = if mark.refuses { format!("says that it shows no {tag}") } else { format!("shows {tag}") };
        return vec![format!("> {}", plain(&mark.passage.text)), of];
    }
    if let (Front::Incident(front), Some(name)) = (&document.front, anchor.strip_prefix(EVENT_ANCHOR)) {
        let events = front.events();
        let event = events.iter().find(|event| event.name == name);
        return event
            .map(|event| {
                let at = event.at.as_ref().map(|at| format!("{at}: ")).unwrap_or_default();
                format!("{at}{}", plain(&event.text))
            })
            .into_iter()
            .collect();
    }
    let heading = document.body.headings.iter().find(|heading| heading.id == anchor);
    heading.map(|heading| format!("_{}_", plain(&heading.text))).into_iter().collect()
}

fn facts(project: &Project, doc: DocId, document: &Document) -> Vec<String> {
    let index = &site(project).index;
    match &document.front {
        Front::Pattern(front) => {
            let pattern = crate::model::Pattern::from_id(&document.id);
            let postings = pattern.and_then(|pattern| index.patterns.get(&pattern));
            of_pattern(front).into_iter().chain(postings.map(counts)).collect()
        }
        Front::Concept(front) => of_concept(front).into_iter().chain(index.by_concept.get(&doc).map(counts)).collect(),
        Front::Incident(front) => {
            let cited = index.by_incident.get(&doc).map(|essays| format!("Cited in {}.", count(essays.len(), "essay")));
            of_incident(front).into_iter().chain(cited).collect()
        }
        Front::Essay(_) | Front::Page(_) => vec![plain(document.summary())],
    }
}

fn of_pattern(front: &PatternFront) -> Vec<String> {
    let definition = front.definition.as_deref().map(plain).unwrap_or_default();
    let question = front.question.as_deref().map(|question| format!("_{}_", plain(question)));
    [definition].into_iter().chain(question).collect()
}

fn of_concept(front: &ConceptFront) -> Vec<String> {
    let also = (!front.aliases.is_empty()).then(|| format!("Also: {}.", plain(&front.aliases.join(", "))));
    let reference = front.reference.as_deref().map(|reference| format!("See {}", plain(reference)));
    [plain(&front.definition)].into_iter().chain(also).chain(reference).collect()
}

fn of_incident(front: &IncidentFront) -> Vec<String> {
    let times = &front.times;
    let when = |when: &Option<When>| when.as_ref().map(When::to_string);
    let list = |texts: &[String]| Some(texts.join(", ")).filter(|text| !text.is_empty());
    let facts = [
        ("Organisations", list(&front.organisations)),
        ("Services", list(&front.services)),
        ("Started", when(&times.started)),
        ("Detected", when(&times.detected)),
        ("Mitigated", when(&times.mitigated)),
        ("Resolved", when(&times.resolved)),
        ("Lasted", front.lasted().map(|lasted| lasted.to_string())),
        ("Severity", front.severity.clone()),
    ];
    let facts: Vec<String> =
        facts.into_iter().filter_map(|(name, fact)| Some(format!("- {name}: {}", plain(&fact?)))).collect();
    vec![facts.join("\n"), front.impact.as_deref().map(plain).unwrap_or_default()]
}

fn counts(postings: &Postings) -> String {
    let Postings { essays, incidents, passages } = postings;
    let [passages, essays, incidents] =
        [(passages.len(), "passage"), (essays.len(), "essay"), (incidents.len(), "incident")]
            .map(|(n, of)| count(n, of));
    format!("{passages} in {essays}, {incidents}.")
}

fn count(n: usize, of: &str) -> String {
    if n == 1 { format!("1 {of}") } else { format!("{n} {of}s") }
}

/// A text whose signs are none of Markdown's.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        if "\\`*_[]<>#|".contains(c) {
            plain.push('\\');
        }
        plain.push(if c.is_control() { ' ' } else { c });
    }
    plain
}
