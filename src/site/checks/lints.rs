//! What is worth a second look once every list is known: essays that nothing leads to, records that no essay cites. Knows the
//! site; the levels of the rules decide what is reported.

use crate::diagnostic::{Diagnostic, Rule, Spot, rules};
use crate::fields::{Placed, shortened};
use crate::link::{ReadTag, shows};
use crate::model::{DocId, Pattern};
use crate::outline::{EssayFront, Front, IncidentFront, SourceEntry};
use crate::site::Site;

rules! {
    ESSAY_BEFORE_INCIDENT = "essay-before-incident", warning, "an essay is dated before an incident that it cites began";
    ORPHAN_ESSAY = "orphan-essay", off, "no page links to an essay, and it has no tag and no series", text "Words without a link.";
    TAG_WITHOUT_PASSAGE = "tag-without-passage", off, "a tag of an essay has no passage that shows it", front "patterns: [lag]";
    UNCITED_INCIDENT = "uncited-incident", off, "no essay cites an incident", record "title: Slow pages";
    UNSOURCED_INCIDENT = "unsourced-incident", off, "the record of an incident names no source", record "title: Slow pages";
    UNARCHIVED_SOURCE = "unarchived-source", off, "a source of a record has no archived copy", record "title: Slow pages\nsources: [{kind: report, title: Report, url: \"https://example.org/report\"}]";
}

pub(in crate::site) fn lints(site: &Site, faults: &mut Vec<Diagnostic>) {
    let essays = site.index.essays.iter().flat_map(|doc| of_essay(site, *doc));
    let incidents = site.index.incidents.iter().flat_map(|doc| of_incident(site, *doc));
    faults.extend(essays.chain(incidents));
}

/// Whether the settings leave something to be found.
fn is_on(site: &Site, rule: &Rule) -> bool {
    site.config.lints.may_count(rule)
}

fn of_essay(site: &Site, doc: DocId) -> Vec<Diagnostic> {
    let document = site.document(doc);
    let Front::Essay(front) = &document.front else { return Vec::new() };
    let found = [
        before_incident(site, doc, front),
        is_on(site, ORPHAN_ESSAY).then(|| orphan(site, doc, front)).flatten(),
        is_on(site, TAG_WITHOUT_PASSAGE).then(|| tag_without_passage(site, doc, front)).flatten(),
    ];
    found.into_iter().flatten().map(|(fault, spot)| fault.in_place(&document.path, spot)).collect()
}

type Found = Option<(Diagnostic, Spot)>;

/// Only where both are known so well that there is no doubt.
fn before_incident(site: &Site, doc: DocId, front: &EssayFront) -> Found {
    let date = front.date.as_ref()?;
    let began = |incident: &DocId| match &site.document(*incident).front {
        Front::Incident(front) => front.times.started.as_ref(),
        _ => None,
    };
    let mut cited = site.linked.tags[doc.index()].incidents.iter();
    let is_before = |incident: &&DocId| began(incident).is_some_and(|began| date.value.is_over_before(began));
    let incident = &site.document(*cited.find(is_before)?).id;
    let message = format!("the essay is dated before `{incident}` began");
    let help = "look at the two dates: one of them is probably mistyped";
    Some((Diagnostic::new(ESSAY_BEFORE_INCIDENT, message).help(help), date.spot.clone()))
}

fn orphan(site: &Site, doc: DocId, front: &EssayFront) -> Found {
    let tags = &site.linked.tags[doc.index()];
    let leads_to_it = front.series.is_some()
        || !tags.patterns.is_empty()
        || !tags.concepts.is_empty()
        || !tags.incidents.is_empty()
        || !site.linked.backlinks[doc.index()].is_empty();
    (!leads_to_it).then(|| {
        let fault = Diagnostic::new(ORPHAN_ESSAY, "nothing but the list of essays leads to this one");
        (fault.help("link to it from another page, or give it a tag or a series"), Spot::File)
    })
}

/// Of essays on one incident, `link` tells: there a tag is a claim.
fn tag_without_passage(site: &Site, doc: DocId, front: &EssayFront) -> Found {
    let tags = &site.linked.tags[doc.index()];
    if tags.incidents.len() == 1 {
        return None;
    }
    let document = site.document(doc);
    let is_shown = |tag| shows(document, |doc| site.id(doc), tag);
    let pattern =
        |name: &&Placed<String>| Pattern::from_id(&name.value).is_some_and(|tag| !is_shown(ReadTag::Pattern(tag)));
    let concept = |name: &&Placed<String>| {
        let doc = tags.concepts.iter().find(|doc| site.document(**doc).id == name.value);
        doc.is_some_and(|doc| !is_shown(ReadTag::Concept(*doc)))
    };
    let unshown: Vec<&Placed<String>> =
        front.patterns.iter().filter(pattern).chain(front.concepts.iter().filter(concept)).collect();
    let first = unshown.first()?;
    let names: Vec<String> = unshown.iter().map(|name| format!("`{}`", name.value)).collect();
    let message = format!("no passage shows what the essay is tagged with: {}", names.join(", "));
    let fault = Diagnostic::new(TAG_WITHOUT_PASSAGE, message).help("mark the words that show it, or take the tag out");
    Some((fault, first.spot.clone()))
}

fn of_incident(site: &Site, doc: DocId) -> Vec<Diagnostic> {
    let document = site.document(doc);
    let Front::Incident(front) = &document.front else { return Vec::new() };
    let is_cited = site.index.by_incident.get(&doc).is_some_and(|essays| !essays.is_empty());
    let found = [
        (!is_cited && is_on(site, UNCITED_INCIDENT)).then(|| {
            Diagnostic::new(UNCITED_INCIDENT, "no essay cites this incident").help("cite it in an essay's `incidents`")
        }),
        (front.sources.is_empty() && is_on(site, UNSOURCED_INCIDENT)).then(|| {
            let fault = Diagnostic::new(UNSOURCED_INCIDENT, "the record names no source");
            fault.help("list what it is taken from: `sources: [{kind: official, title: …, url: …}]`")
        }),
        is_on(site, UNARCHIVED_SOURCE).then(|| unarchived(front)).flatten(),
    ];
    found.into_iter().flatten().map(|fault| fault.in_file(&document.path)).collect()
}

fn unarchived(front: &IncidentFront) -> Option<Diagnostic> {
    let is_unarchived = |source: &&SourceEntry| source.url.is_some() && source.archive_url.is_none();
    let titles: Vec<String> = front
        .sources
        .iter()
        .filter(is_unarchived)
        .map(|source| format!("\u{201c}{}\u{201d}", shortened(&source.title)))
        .collect();
    (!titles.is_empty()).then(|| {
        let message = format!("without an archived copy: {}", titles.join(", "));
        Diagnostic::new(UNARCHIVED_SOURCE, message).help("add the address of one as its `archive_url`")
    })
}
