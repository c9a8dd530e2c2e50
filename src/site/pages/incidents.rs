//! The view of the list of incidents.

use crate::index::incident_date;
use crate::model::UrlPath;
use crate::site::parts::html::Head;
use crate::site::parts::paging::{INCIDENTS_A_PAGE, pages, pagination, slice};
use crate::site::view::{Data, IncidentYear, Incidents, OrganisationLine};
use crate::site::{View, Viewer};

/// Organisations named on the list's first page, those with most incidents first.
const ORGANISATIONS_SHOWN: usize = 60;
/// Incidents named beside each.
const INCIDENTS_EACH: usize = 12;

impl Viewer<'_> {
    pub(in crate::site) fn incidents(&self, n: usize) -> View {
        let url = UrlPath::new("/incidents/");
        let total = self.index.incidents.len();
        let mut years: Vec<IncidentYear> = Vec::new();
        let shown = slice(&self.index.incidents, n, INCIDENTS_A_PAGE);
        for doc in shown {
            let year = incident_date(self.document(*doc)).map(crate::model::When::year);
            let card = self.incident_card(*doc);
            match years.last_mut() {
                Some(last) if last.year == year => last.incidents.push(card),
                _ => years.push(IncidentYear { year, incidents: vec![card] }),
            }
        }
        let cards = years.iter_mut().flat_map(|year| &mut year.incidents).zip(shown.iter().copied());
        let scale = self.draw_to_scale(cards);
        let data = Incidents {
            total,
            years,
            scale,
            organisations: if n == 1 { self.organisations() } else { Vec::new() },
            pagination: pagination(&self.config.base_url, &url, n, pages(total, INCIDENTS_A_PAGE)),
        };
        let mut page = Head::new(self.words.text("incidents"), &url.page(n));
        page.description = Some(self.words.say("of_incidents", &[("site", &self.config.title)]));
        self.html(page, Data::Incidents(data))
    }

    fn organisations(&self) -> Vec<OrganisationLine> {
        let mut lines: Vec<_> = self.index.organisations.iter().collect();
        if lines.len() > ORGANISATIONS_SHOWN {
            lines.sort_by_key(|(name, incidents)| (std::cmp::Reverse(incidents.len()), name.to_lowercase()));
            lines.truncate(ORGANISATIONS_SHOWN);
        }
        lines.sort_by_key(|(name, _)| name.to_lowercase());
        lines
            .into_iter()
            .map(|(name, incidents)| OrganisationLine {
                name: name.clone(),
                incidents: self.tags(slice(incidents, 1, INCIDENTS_EACH)),
            })
            .collect()
    }
}
