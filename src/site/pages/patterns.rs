//! The views of the nine, of one pattern, of a pair, and of the questions for a review.

use crate::index::{PassageAt, pattern_bits};
use crate::link::ReadTag;
use crate::model::{DocId, Pattern, PatternPair, UrlPath};
use crate::outline::{Front, PatternFront, readable_cues};
use crate::site::parts::evidence::shade;
use crate::site::parts::html::Head;
use crate::site::parts::paging::{INCIDENTS_SHOWN, pages, pagination, slice};
use crate::site::view::{
    Data, LookAlikeLine, Matrix, MatrixCell, MatrixRow, Pair, PairLine, PatternPage, Patterns, Review, ReviewBlock,
};
use crate::site::{View, Viewer, pair_url, pattern_url};
use crate::words::FALLBACK;

const REVIEW: &str = "/patterns/review/";

impl Viewer<'_> {
    pub(in crate::site) fn pattern_front(&self, pattern: Pattern) -> Option<(DocId, &PatternFront)> {
        let doc = *self.linked.patterns.get(&pattern)?;
        match &self.document(doc).front {
            Front::Pattern(front) => Some((doc, front)),
            _ => None,
        }
    }

    /// The language of a text of the program's own, where the site has another.
    pub(in crate::site) fn body_language(&self, doc: DocId) -> Option<&'static str> {
        let is_english = self.config.language.split('-').next().is_some_and(|code| code.eq_ignore_ascii_case(FALLBACK));
        (self.document(doc).embedded && !is_english).then_some(FALLBACK)
    }

    pub(in crate::site) fn patterns(&self) -> View {
        let data = Patterns {
            patterns: Pattern::ALL.map(|pattern| self.tile(pattern)).to_vec(),
            matrix: self.matrix(),
            review: self.link_to(REVIEW),
        };
        let mut page = Head::new(self.words.text("patterns"), &UrlPath::new("/patterns/"));
        page.description = Some(self.words.text("of_patterns").to_owned());
        self.html(page, Data::Patterns(data))
    }

    fn matrix(&self) -> Option<Matrix> {
        let largest = self.index.pairs.values().map(Vec::len).max()?;
        let cell = |row: Pattern, column: Pattern| {
            let other = self.pattern_tag(column);
            match PatternPair::new(row, column) {
                None => {
                    let count = self.index.patterns[&row].essays.len();
                    MatrixCell { url: Some(other.url.clone()), other, count, shade: 0, diagonal: true }
                }
                Some(pair) => {
                    let count = self.index.pairs.get(&pair).map_or(0, Vec::len);
                    let url = (count > 0).then(|| self.config.base_url.link(&pair_url(pair)));
                    MatrixCell { other, count, shade: shade(count, largest), url, diagonal: false }
                }
            }
        };
        let rows = Pattern::ALL
            .map(|row| MatrixRow {
                pattern: self.pattern_tag(row),
                cells: Pattern::ALL.map(|column| cell(row, column)).to_vec(),
            })
            .to_vec();
        Some(Matrix { patterns: self.pattern_tags(&Pattern::ALL), rows })
    }

    pub(in crate::site) fn pattern(&self, pattern: Pattern, n: usize) -> View {
        let url = pattern_url(pattern);
        let tag = self.pattern_tag(pattern);
        let postings = &self.index.patterns[&pattern];
        let found = self.pattern_front(pattern);
        let front = found.map(|(_, front)| front.clone()).unwrap_or_default();
        let first = n == 1;
        let data = PatternPage {
            body_language: found.and_then(|(doc, _)| self.body_language(doc)),
            aliases: front.aliases,
            cues: readable_cues(&front.cues),
            look_alikes: front
                .look_alikes
                .iter()
                .filter_map(|alike| {
                    let tag = self.pattern_tag(Pattern::from_id(&alike.id.value)?);
                    Some(LookAlikeLine { tag, difference: alike.difference.clone() })
                })
                .collect(),
            questions: front.questions,
            review: self.link_to(REVIEW),
            neighbours: if first { self.pattern_neighbours(pattern) } else { Vec::new() },
            evidence: self.evidence((ReadTag::Pattern(pattern), postings), found.map(|(doc, _)| doc), &url, n),
            pattern: tag,
        };
        let title = data.pattern.name.clone();
        let mut page = Head::new(&title, &url.page(n));
        page.description = Some(data.pattern.definition.clone());
        if !postings.essays.is_empty() {
            page.feed = Some(self.feed_link(&self.feed_title(&title), &url));
        }
        match found {
            Some((doc, _)) if first => self.html_of(doc, page, Data::Pattern(Box::new(data))),
            _ => self.html(page, Data::Pattern(Box::new(data))),
        }
    }

    fn pattern_neighbours(&self, pattern: Pattern) -> Vec<PairLine> {
        let mut lines: Vec<PairLine> = Pattern::ALL
            .into_iter()
            .filter_map(|other| {
                let pair = PatternPair::new(pattern, other)?;
                let count = self.index.pairs.get(&pair)?.len();
                Some(PairLine { tag: self.pattern_tag(other), url: self.config.base_url.link(&pair_url(pair)), count })
            })
            .collect();
        lines.sort_by_key(|line| std::cmp::Reverse(line.count));
        lines
    }

    pub(in crate::site) fn pair(&self, pair: PatternPair, n: usize) -> View {
        let url = pair_url(pair);
        let (a, b) = pair.both();
        let (first, second) = (self.pattern_tag(a), self.pattern_tag(b));
        let essays = self.index.pairs.get(&pair).map_or(&[][..], Vec::as_slice);
        let size = self.config.page_size;
        let shown = slice(essays, n, size);
        let passages: Vec<PassageAt> =
            shown.iter().flat_map(|essay| self.passages_of(*essay, &[a, b].map(ReadTag::Pattern))).collect();
        let wanted = pattern_bits(&[a, b]);
        let both = |doc: &&DocId| self.index.patterns_of[doc.index()] & wanted == wanted;
        let incidents: Vec<DocId> = if n == 1 {
            self.index.patterns[&a].incidents.iter().filter(both).take(INCIDENTS_SHOWN).copied().collect()
        } else {
            Vec::new()
        };
        let title = self.pair_title(pair);
        let data = Pair {
            essays: self.cards(shown),
            essay_count: essays.len(),
            incidents: self.incident_cards(&incidents),
            passages: self.passage_groups(&passages),
            pagination: pagination(&self.config.base_url, &url, n, pages(essays.len(), size)),
            first,
            second,
        };
        let mut page = Head::new(&title, &url.page(n));
        page.description = Some(self.of_pair(a, b));
        page.feed = Some(self.feed_link(&self.feed_title(&title), &url));
        self.html(page, Data::Pair(data))
    }

    pub(in crate::site) fn pair_title(&self, pair: PatternPair) -> String {
        let (first, second) = pair.both();
        let (first, last) = (self.pattern_tag(first), self.pattern_tag(second));
        self.words.say("pair", &[("first", &first.name), ("second", &self.words.in_a_sentence(&last.name))])
    }

    /// What the page of a pair has, in a sentence.
    fn of_pair(&self, first: Pattern, second: Pattern) -> String {
        let [first, second] = [first, second].map(|pattern| self.words.in_a_sentence(&self.pattern_tag(pattern).name));
        self.words.say("of_pair", &[("first", &first), ("second", &second)])
    }

    /// The title of a feed of essays beside those of other things.
    pub(in crate::site) fn feed_title(&self, name: &str) -> String {
        self.words.say("feed_essays", &[("name", name)])
    }

    pub(in crate::site) fn review(&self) -> View {
        let patterns = Pattern::ALL
            .into_iter()
            .map(|pattern| ReviewBlock {
                tag: self.pattern_tag(pattern),
                questions: self.pattern_front(pattern).map(|(_, front)| front.questions.clone()).unwrap_or_default(),
            })
            .collect();
        let mut page = Head::new(self.words.text("review"), &UrlPath::new(REVIEW));
        page.description = Some(self.words.text("of_review").to_owned());
        self.html(page, Data::Review(Review { patterns }))
    }
}
