//! The views of the front page, the list of essays and the page for what is not there.

use crate::link::ReadTag;
use crate::model::{DocId, Pattern, UrlPath};

use super::readings::Claims;
use crate::site::parts::evidence::shade;
use crate::site::parts::html::Head;
use crate::site::parts::paging::{pages, pagination, slice};
use crate::site::view::{Card, Data, Essays, Home, IncidentCell, IncidentMatrix, IncidentRow, NotFound, PassageGroup};
use crate::site::{View, Viewer};

/// Essays on the front page.
const LATEST: usize = 6;
/// Incidents in the front page's matrix.
const MATRIX_ROWS: usize = 12;
/// Series named on the first page of the list.
const SERIES_SHOWN: usize = 50;

impl Viewer<'_> {
    pub(in crate::site) fn home(&self) -> View {
        let start = self.index.pages.iter().find(|doc| self.document(**doc).id == "start-here");
        let data = Home {
            latest: self.cards(slice(&self.index.essays, 1, LATEST)),
            essay_count: self.index.essays.len(),
            patterns: Pattern::ALL.map(|pattern| self.tile(pattern)).to_vec(),
            passage: self.latest_passage(),
            matrix: self.incident_matrix(MATRIX_ROWS),
            start_here: start.map(|doc| self.tag(*doc)),
        };
        let mut page = Head::new(&self.config.title, &UrlPath::home());
        page.description.clone_from(&self.config.description);
        self.html(page, Data::Home(data))
    }

    /// The first passage with words of its own of the newest essay that has one.
    fn latest_passage(&self) -> Option<PassageGroup> {
        let every = Pattern::ALL.map(ReadTag::Pattern);
        let latest = slice(&self.index.essays, 1, LATEST).iter();
        let passage = latest.flat_map(|essay| self.passages_of(*essay, &every)).find(|passage| !passage.is_section)?;
        self.passage_groups(&[passage]).pop()
    }

    /// The newest incidents of which a pattern is claimed or refused, by the nine.
    pub(in crate::site) fn incident_matrix(&self, most: usize) -> Option<IncidentMatrix> {
        let rows: Vec<(DocId, [Claims; 9])> = self
            .index
            .incidents
            .iter()
            .map(|doc| (*doc, self.pattern_claims(*doc)))
            .filter(|(_, claims)| claims.iter().any(|claims| *claims != Claims::default()))
            .take(most)
            .collect();
        if rows.is_empty() {
            return None;
        }
        let weight = |claims: Claims| usize::from(claims.by_record) + claims.essays;
        let largest = rows.iter().flat_map(|(_, row)| row.iter().map(|claims| weight(*claims))).max().unwrap_or(0);
        let cell = |claims: Claims| IncidentCell {
            claimed: claims.by_record,
            essays: claims.essays,
            refusals: claims.refusals,
            contested: claims.is_contested(),
            shade: shade(weight(claims), largest),
        };
        let rows = rows
            .into_iter()
            .map(|(doc, claims)| IncidentRow {
                incident: self.incident_card(doc),
                cells: claims.into_iter().map(cell).collect(),
            })
            .collect();
        Some(IncidentMatrix { patterns: self.pattern_tags(&Pattern::ALL), rows, total: self.index.incidents.len() })
    }

    pub(in crate::site) fn essays(&self, n: usize) -> View {
        let url = UrlPath::new("/essays/");
        let size = self.config.page_size;
        let total = self.index.essays.len();
        let series = if n == 1 {
            self.index.series.keys().take(SERIES_SHOWN).filter_map(|name| self.series_line(name, None)).collect()
        } else {
            Vec::new()
        };
        let data = Essays {
            essays: self.cards(slice(&self.index.essays, n, size)),
            total,
            pagination: pagination(&self.config.base_url, &url, n, pages(total, size)),
            series,
        };
        let mut page = Head::new(self.words.text("essays"), &url.page(n));
        page.description = Some(self.words.say("of_essays", &[("site", &self.config.title)]));
        self.html(page, Data::Essays(data))
    }

    pub(in crate::site) fn not_found(&self) -> View {
        let url = UrlPath::new("/404.html");
        let page = Head::new(self.words.text("not_found"), &url);
        let patterns = Pattern::ALL.map(|pattern| self.tile(pattern)).to_vec();
        self.html(page, Data::NotFound(NotFound { patterns }))
    }

    /// The newest essays as cards, for lists beside something else.
    pub(in crate::site) fn some_cards(&self, docs: &[DocId], most: usize) -> Vec<Card> {
        self.cards(slice(docs, 1, most))
    }
}
