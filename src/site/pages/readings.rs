//! Who sees which pattern or concept in an incident, and on which words: on the incident's page, on pages of their own, as a
//! feed, and counted. Knows the listed readings; decides none.

use crate::index::{PassageAt, ReadingAt};
use crate::link::ReadTag;
use crate::model::{DocId, Pattern, UrlPath};
use crate::outline::{Front, Named, Target, Terms};
use crate::site::parts::html::Head;
use crate::site::parts::paging::{pages, pagination, slice};
use crate::site::parts::quotes::quote;
use crate::site::view::{Data, FeedLink, FeedView, Neighbour, PassageGroup, Quote, ReadingGroup, Readings, Tag};
use crate::site::{View, Viewer};

/// Passages, tags without one and refusals shown of each pattern or concept on the incident's page; the newest.
const SHOWN: usize = 4;

/// What is claimed of one pattern in one incident.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::site) struct Claims {
    pub by_record: bool,
    /// Essays that see it there.
    pub essays: usize,
    /// Essays that say that it is not there.
    pub refusals: usize,
}

impl Claims {
    pub fn is_claimed(self) -> bool {
        self.by_record || self.essays > 0
    }

    /// Whether one says yes and another no.
    pub fn is_contested(self) -> bool {
        self.is_claimed() && self.refusals > 0
    }
}

/// The readings of one pattern or concept in an incident.
struct OfTag<'a> {
    tag: ReadTag,
    by_record: bool,
    readings: &'a [ReadingAt],
}

impl Viewer<'_> {
    /// Everything that essays read in an incident, by tag and then newest first.
    pub(in crate::site) fn readings_of(&self, incident: DocId) -> &[ReadingAt] {
        self.index.readings.get(&incident).map_or(&[], Vec::as_slice)
    }

    /// What is claimed of each of the nine in an incident.
    pub(in crate::site) fn pattern_claims(&self, incident: DocId) -> [Claims; 9] {
        Pattern::ALL.map(|pattern| self.claims_of(incident, ReadTag::Pattern(pattern)))
    }

    /// What is claimed of `tag` in an incident.
    pub(in crate::site) fn claims_of(&self, incident: DocId, tag: ReadTag) -> Claims {
        self.of_tag(incident, tag).claims()
    }

    fn of_tag(&self, incident: DocId, tag: ReadTag) -> OfTag<'_> {
        OfTag { tag, by_record: self.is_in_record(incident, tag), readings: only(self.readings_of(incident), tag) }
    }

    /// The readings shown on the incident's page, patterns first.
    pub(in crate::site) fn reading_groups(&self, incident: DocId) -> Vec<ReadingGroup> {
        self.by_tag(incident).iter().map(|of_tag| self.reading_group(incident, of_tag, SHOWN)).collect()
    }

    /// How many pages the readings of an incident have of their own.
    pub(in crate::site) fn readings_pages(&self, incident: DocId) -> usize {
        readings_pages(self.readings_of(incident), self.config.page_size)
    }

    pub(in crate::site) fn readings(&self, incident: DocId, n: usize) -> View {
        let url = readings_url(self.url(incident));
        let readings = self.readings_of(incident);
        let shown = slice(readings, n, self.config.page_size);
        let of_tags = shown.chunk_by(|a, b| a.tag == b.tag).map(|of_tag| {
            let tag = of_tag[0].tag;
            OfTag { tag, by_record: self.is_in_record(incident, tag), readings: of_tag }
        });
        let data = Readings {
            incident: self.tag(incident),
            readings: of_tags.map(|of_tag| self.reading_group(incident, &of_tag, usize::MAX)).collect(),
            total: readings.len(),
            pagination: pagination(&self.config.base_url, &url, n, pages(readings.len(), self.config.page_size)),
        };
        let feed = self.readings_feed_link(incident);
        let mut page = Head::new(&feed.title, &url.page(n));
        page.feed = Some(feed);
        self.html(page, Data::Readings(data))
    }

    pub(in crate::site) fn readings_feed_link(&self, incident: DocId) -> FeedLink {
        let title = self.words.say("readings_of", &[("name", self.document(incident).title())]);
        self.feed_link(&title, &readings_url(self.url(incident)))
    }

    /// The essays that read the incident, newest first, each with its words.
    pub(in crate::site) fn readings_feed(&self, incident: DocId) -> FeedView {
        let mut readings: Vec<&ReadingAt> = self.readings_of(incident).iter().collect();
        // Stable: of one essay the tags stay in their order.
        readings.sort_by_key(|reading| self.index.rank[reading.essay.index()]);
        let by_essay: Vec<&[&ReadingAt]> = readings.chunk_by(|a, b| a.essay == b.essay).collect();
        let essays: Vec<DocId> = by_essay.iter().map(|of_essay| of_essay[0].essay).collect();
        let readings = self.words.say("readings_of", &[("name", self.document(incident).title())]);
        let title = format!("{readings} \u{b7} {}", self.config.title);
        let url = readings_url(self.url(incident)).child("feed.xml");
        let mut feed = self.feed(&title, self.url(incident), &url, &essays);
        for (entry, of_essay) in feed.entries.iter_mut().zip(by_essay) {
            let lines: Vec<String> = of_essay.iter().map(|reading| self.reading_line(reading)).collect();
            (entry.summary, entry.summary_html) = (lines.join("\n"), None);
        }
        self.of_record(incident, feed, "readings/feed.xml")
    }

    /// A reading in one line of plain text.
    fn reading_line(&self, reading: &ReadingAt) -> String {
        let name = self.read_tag(reading.tag).name.clone();
        let Some(passage) = reading.passage else { return self.words.say("line_tagged", &[("name", &name)]) };
        let text = &self.document(passage.essay).body.marks[passage.mark as usize].passage.text;
        self.words.say(if reading.refuses { "line_not" } else { "line" }, &[("name", &name), ("text", text)])
    }

    /// The readings of one pattern or concept in an incident: at most `most` passages, tags and refusals.
    pub(in crate::site) fn reading_of(&self, incident: DocId, tag: ReadTag, most: usize) -> ReadingGroup {
        self.reading_group(incident, &self.of_tag(incident, tag), most)
    }

    /// Everything that the record or an essay says of the incident, by tag.
    fn by_tag(&self, incident: DocId) -> Vec<OfTag<'_>> {
        self.tags_read(incident).into_iter().map(|tag| self.of_tag(incident, tag)).collect()
    }

    /// What the record or an essay speaks of, patterns in their order and then concepts by name.
    pub(in crate::site) fn tags_read(&self, incident: DocId) -> Vec<ReadTag> {
        let readings = self.readings_of(incident);
        let record = &self.linked.tags[incident.index()];
        let mut concepts: Vec<DocId> = record.concepts.clone();
        concepts.extend(readings.iter().filter_map(|reading| match reading.tag {
            ReadTag::Concept(concept) => Some(concept),
            ReadTag::Pattern(_) => None,
        }));
        concepts.sort_by_cached_key(|doc| (self.document(*doc).title().to_lowercase(), *doc));
        concepts.dedup();
        let tags = Pattern::ALL.into_iter().map(ReadTag::Pattern).chain(concepts.into_iter().map(ReadTag::Concept));
        let is_read = |tag: &ReadTag| self.is_in_record(incident, *tag) || !only(readings, *tag).is_empty();
        tags.filter(is_read).collect()
    }

    /// The sentences in which the record's text links `tag`, as far as they say that it is in this incident.
    fn record_words(&self, incident: DocId, tag: ReadTag) -> Vec<Quote> {
        let record = self.document(incident);
        let is_named = |named: &Named, tag: ReadTag| match tag {
            ReadTag::Pattern(pattern) => named.id == pattern.id(),
            ReadTag::Concept(concept) => named.id == self.document(concept).id,
        };
        let claims = |named: &Named| match named.query.as_deref().map(Terms::parse) {
            None => true,
            Some(Ok(terms)) => !terms.refuses && terms.incidents.is_none_or(|ids| ids.contains(&record.id)),
            Some(Err(_)) => false,
        };
        let mut quotes: Vec<Quote> = Vec::new();
        for reference in &record.body.references {
            let (Target::Pattern(named) | Target::Concept(named)) = &reference.target else { continue };
            let kind = matches!(reference.target, Target::Pattern(_)) == matches!(tag, ReadTag::Pattern(_));
            let quote = quote(&reference.context);
            if kind && is_named(named, tag) && claims(named) && !quotes.contains(&quote) {
                quotes.push(quote);
            }
        }
        quotes.truncate(SHOWN);
        quotes
    }

    pub(in crate::site) fn authors_of(&self, essay: DocId) -> Vec<String> {
        match &self.document(essay).front {
            Front::Essay(front) => self.authors(front).to_vec(),
            _ => Vec::new(),
        }
    }

    fn is_in_record(&self, incident: DocId, tag: ReadTag) -> bool {
        let record = &self.linked.tags[incident.index()];
        match tag {
            ReadTag::Pattern(pattern) => record.patterns.contains(&pattern),
            ReadTag::Concept(concept) => record.concepts.contains(&concept),
        }
    }

    pub(in crate::site) fn read_tag(&self, tag: ReadTag) -> Tag {
        match tag {
            ReadTag::Pattern(pattern) => self.pattern_tag(pattern),
            ReadTag::Concept(concept) => self.tag(concept),
        }
    }

    /// At most `most` passages, tags and refusals each.
    fn reading_group(&self, incident: DocId, of_tag: &OfTag<'_>, most: usize) -> ReadingGroup {
        let [passages, tagged, refusals] = sorted(of_tag.readings);
        let quoted = |readings: &[&ReadingAt]| -> Vec<PassageGroup> {
            let passages: Vec<PassageAt> = readings.iter().take(most).filter_map(|reading| reading.passage).collect();
            let mut groups = self.passage_groups(&passages);
            for (group, essay) in groups.iter_mut().zip(essays_of(&passages)) {
                group.essay.authors = self.authors_of(essay);
            }
            groups
        };
        let more = [&passages, &tagged, &refusals].map(|readings| readings.len().saturating_sub(most));
        ReadingGroup {
            tag: self.read_tag(of_tag.tag),
            by_record: of_tag.by_record,
            held: false,
            record_words: if of_tag.by_record { self.record_words(incident, of_tag.tag) } else { Vec::new() },
            // Of all readings: a page of the list holds a part of them.
            contested: self.claims_of(incident, of_tag.tag).is_contested(),
            passages: quoted(&passages),
            tagged: tagged.iter().take(most).map(|reading| self.neighbour(reading.essay)).collect::<Vec<Neighbour>>(),
            refusals: quoted(&refusals),
            more: more.iter().sum(),
        }
    }
}

/// How many pages the readings of an incident have of their own: none where its page shows them all.
pub(in crate::site) fn readings_pages(readings: &[ReadingAt], size: usize) -> usize {
    let is_more = readings.chunk_by(|a, b| a.tag == b.tag).any(|of_tag| {
        let [passages, tagged, refusals] = sorted(of_tag);
        [passages.len(), tagged.len(), refusals.len()].iter().any(|count| *count > SHOWN)
    });
    if is_more { pages(readings.len(), size) } else { 0 }
}

impl OfTag<'_> {
    fn claims(&self) -> Claims {
        let essays = |refuses: bool| {
            let mut essays: Vec<DocId> = self
                .readings
                .iter()
                .filter(|reading| reading.refuses == refuses)
                .map(|reading| reading.essay)
                .collect();
            essays.sort_unstable();
            essays.dedup();
            essays.len()
        };
        Claims { by_record: self.by_record, essays: essays(false), refusals: essays(true) }
    }
}

/// The essays of passages, in the order in which they first appear.
fn essays_of(passages: &[PassageAt]) -> Vec<DocId> {
    let mut essays: Vec<DocId> = Vec::new();
    for passage in passages {
        if !essays.contains(&passage.essay) {
            essays.push(passage.essay);
        }
    }
    essays
}

/// Those of `tag`; all are sorted by it.
fn only(readings: &[ReadingAt], tag: ReadTag) -> &[ReadingAt] {
    let start = readings.partition_point(|reading| reading.tag < tag);
    let end = readings.partition_point(|reading| reading.tag <= tag);
    &readings[start..end]
}

/// Passages, tags without a passage, refusals.
fn sorted(readings: &[ReadingAt]) -> [Vec<&ReadingAt>; 3] {
    let (refusals, claims): (Vec<&ReadingAt>, Vec<&ReadingAt>) = readings.iter().partition(|reading| reading.refuses);
    let (passages, tagged) = claims.into_iter().partition(|reading| reading.passage.is_some());
    [passages, tagged, refusals]
}

/// Where the readings of the incident at `url` are.
pub(in crate::site) fn readings_url(url: &UrlPath) -> UrlPath {
    url.child("readings/")
}
