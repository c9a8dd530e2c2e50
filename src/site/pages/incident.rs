//! The view of an incident's page: facts, timeline, who claims which pattern, what is near.

use std::cmp::Reverse;

use crate::index::patterns_in;
use crate::model::{DocId, Pattern, RelationKind};
use crate::outline::{Front, IncidentFront, Statement};

use super::readings::readings_url;
use crate::site::parts::html::Head;
use crate::site::parts::sources::Numbers;
use crate::site::view::{Data, IncidentPage, Related, RelationLine, StatementLine, Tag, Why};
use crate::site::{View, Viewer};

/// Essays shown on an incident's page; the feed has the newest, the rest are found by pattern.
const ESSAYS_SHOWN: usize = 50;
const SIMILAR_SHOWN: usize = 5;
/// Incidents named whose records name this one, the newest.
const NAMING_SHOWN: usize = 12;
/// What they share, at most.
const REASONS_SHOWN: usize = 3;
/// Incidents weighed for likeness, newest first.
const SIMILAR_CANDIDATES: usize = 256;

impl Viewer<'_> {
    pub(in crate::site) fn incident(&self, doc: DocId) -> View {
        let document = self.document(doc);
        let front = match &document.front {
            Front::Incident(front) => (**front).clone(),
            _ => IncidentFront::default(),
        };
        let essays = self.index.by_incident.get(&doc).map_or(&[][..], Vec::as_slice);
        let cites = |from: DocId| self.linked.tags[from.index()].incidents.contains(&doc);
        let beside = self.index.beside.get(&doc);
        let is_beside = |from: DocId| beside.is_some_and(|others| others.contains(&from));
        let (backlinks, more_backlinks) = self.backlinks_but(doc, |from| cites(from) || is_beside(from));
        let numbers = Numbers::new(&front);
        let timeline = self.timeline(doc, &front, &numbers);
        let held = self.statements(doc, &front.held, &numbers);
        let mut readings = self.reading_groups(doc);
        for group in &mut readings {
            let named = |concept: &Tag| concept.kind == group.tag.kind && concept.id == group.tag.id;
            group.held = held.iter().any(|line| line.concept.as_ref().is_some_and(named));
        }
        let data = IncidentPage {
            incident: self.incident_card(doc),
            timeline: timeline.lines,
            zone: timeline.zone,
            since: timeline.since,
            drawing: timeline.drawing,
            readings,
            all_readings: (self.readings_pages(doc) > 0)
                .then(|| self.config.base_url.link(&readings_url(self.url(doc)))),
            readings_feed: (!self.readings_of(doc).is_empty()).then(|| self.readings_feed_link(doc)),
            related: self.relations(doc, &front),
            similar: self.similar(doc, &front),
            concepts: self.tags(&self.linked.tags[doc.index()].concepts),
            essays: self.some_cards(essays, ESSAYS_SHOWN),
            essay_count: essays.len(),
            sources: numbers.lines(&front),
            held,
            disputes: self.statements(doc, &front.disputes, &numbers),
            services: front.services,
            regions: front.regions,
            times: front.times,
            severity: front.severity,
            backlinks,
            more_backlinks,
        };
        let mut page = Head::new(document.title(), self.url(doc));
        page.description = Some(document.summary().to_owned()).filter(|summary| !summary.is_empty());
        if !essays.is_empty() {
            page.feed = Some(self.feed_link(&self.feed_title(document.title()), self.url(doc)));
        }
        self.html_of(doc, page, Data::Incident(Box::new(data)))
    }

    fn statements(&self, doc: DocId, statements: &[Statement], numbers: &Numbers) -> Vec<StatementLine> {
        let concepts = &self.linked.tags[doc.index()].concepts;
        let line = |statement: &Statement| {
            let named = statement.concept.as_ref();
            let concept = named.and_then(|named| concepts.iter().find(|doc| self.document(**doc).id == named.value));
            StatementLine {
                text: statement.text.clone(),
                concept: concept.filter(|doc| self.linked.is_published(**doc)).map(|doc| self.tag(*doc)),
                sources: numbers.of(&statement.sources),
            }
        };
        statements.iter().map(line).collect()
    }

    fn relations(&self, doc: DocId, front: &IncidentFront) -> Vec<RelationLine> {
        let own = front.related.iter().filter_map(|relation| {
            let named = &self.linked.tags[doc.index()].related;
            let other = named.iter().find(|other| self.id(**other) == relation.id.value)?;
            Some((*other, relation.kind))
        });
        let named = own.clone().map(|(other, _)| other).collect::<Vec<_>>();
        let others = self.index.beside.get(&doc).map_or(&[][..], Vec::as_slice);
        let naming = others.iter().filter(|other| !named.contains(other)).take(NAMING_SHOWN);
        let naming = naming.filter_map(|other| Some((*other, self.relation(*other, doc)?)));
        own.chain(naming)
            .map(|(other, kind)| RelationLine {
                tag: self.tag(other),
                kind,
                side_by_side: (other != doc).then(|| self.side_by_side_link(doc, other)),
            })
            .collect()
    }

    /// How the record of `doc` says that `other` relates to it.
    pub(in crate::site) fn relation(&self, doc: DocId, other: DocId) -> Option<RelationKind> {
        let Front::Incident(front) = &self.document(doc).front else { return None };
        front.related.iter().find(|relation| relation.id.value == self.id(other)).map(|relation| relation.kind)
    }

    /// Incidents of the same organisation, or with two patterns in common, that no record sets beside this one. Those that
    /// share most come first; of equals those of the organisation, and the newest.
    fn similar(&self, doc: DocId, front: &IncidentFront) -> Vec<Related> {
        let mut rarest: Vec<Pattern> = patterns_in(self.index.patterns_of[doc.index()]).collect();
        rarest.sort_by_key(|pattern| (self.index.patterns[pattern].incidents.len(), *pattern));
        // What is shared, how much it weighs, and who shares it.
        let organisations = front
            .organisations
            .iter()
            .filter_map(|name| Some((Shared::Organisation(name), 3, self.index.organisations.get(name)?)));
        let patterns =
            rarest.into_iter().map(|pattern| (Shared::Pattern(pattern), 1, &self.index.patterns[&pattern].incidents));
        let shared: Vec<(Shared<'_>, usize, &[DocId])> = organisations
            .chain(patterns)
            .map(|(what, weight, who)| (what, weight, &who[..who.len().min(SIMILAR_CANDIDATES)]))
            .collect();
        let all = shared.iter().flat_map(|(_, weight, who)| who.iter().map(move |other| (*other, *weight)));
        let mut found: Vec<Alike> =
            all.enumerate().map(|(place, (incident, score))| Alike { incident, place, score }).collect();
        found.sort_unstable_by_key(|alike| (alike.incident, alike.place));
        let named = |other: DocId| self.index.beside.get(&doc).is_some_and(|others| others.contains(&other));
        let mut ranked: Vec<Alike> = found
            .chunk_by(|a, b| a.incident == b.incident)
            .map(|same| Alike { score: same.iter().map(|alike| alike.score).sum(), ..same[0] })
            .filter(|alike| alike.incident != doc && alike.score >= 2 && !named(alike.incident))
            .collect();
        let order = |alike: &Alike| (Reverse(alike.score), alike.place);
        if ranked.len() > SIMILAR_SHOWN {
            ranked.select_nth_unstable_by_key(SIMILAR_SHOWN, order);
            ranked.truncate(SIMILAR_SHOWN);
        }
        ranked.sort_unstable_by_key(order);
        let related = |Alike { incident: other, .. }: Alike| {
            let names = shared.iter().filter(|(_, _, who)| who.contains(&other)).map(|(what, _, _)| match what {
                Shared::Organisation(name) => (*name).to_owned(),
                Shared::Pattern(pattern) => self.words.in_a_sentence(&self.pattern_tag(*pattern).name),
            });
            let names: Vec<String> = names.take(REASONS_SHOWN).collect();
            Related {
                title: self.document(other).title().to_owned(),
                url: self.link(other),
                summary: self.document(other).summary().to_owned(),
                why: Why { linked: false, shares: names },
            }
        };
        ranked.into_iter().map(related).collect()
    }
}

/// An incident that shares something with another: one such thing, or the sum of all.
#[derive(Clone, Copy)]
struct Alike {
    incident: DocId,
    /// Its place among all that were found, so that equal scores keep their order.
    place: usize,
    score: usize,
}

/// What two incidents have in common.
enum Shared<'a> {
    Organisation(&'a str),
    Pattern(Pattern),
}
