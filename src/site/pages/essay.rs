//! The view of an essay's page.

use crate::index::{Postings, pattern_bits};
use crate::model::{DocId, Pattern, When, slug};
use crate::outline::{Document, EssayFront, Front, Heading, MarkKind, TagName};
use crate::site::parts::archives;
use crate::site::parts::html::Head;
use crate::site::parts::quotes::quote;
use crate::site::view::{
    Citation, ContentsEntry, Data, Essay, EssayDetail, Neighbour, NextBlock, NextPassage, Onward, Passage, Related,
    StripMark, Tag, TagFields,
};
use crate::site::{View, Viewer};

/// Blocks of what else there is on a tag: patterns first, of each kind the rarest.
const NEXT_BLOCKS: usize = 16;
/// Marks of passages beside the contents.
const STRIP: usize = 200;
/// Cards of incidents, and concepts with their definitions.
const CARDS: usize = 50;
/// Passages looked at to find the best one for a block.
const NEXT_CANDIDATES: usize = 40;

impl Viewer<'_> {
    pub(in crate::site) fn essay(&self, doc: DocId) -> View {
        let document = self.document(doc);
        let Front::Essay(front) = &document.front else { return self.not_found() };
        let tags = &self.linked.tags[doc.index()];
        let (backlinks, more_backlinks) = self.backlinks(doc);
        let (newer, older) = self.neighbours(doc);
        let incidents: Vec<DocId> =
            tags.incidents.iter().copied().filter(|doc| self.linked.is_published(*doc)).collect();
        let related = self.related(doc);
        let onward = self.onward(doc, front, &related);
        let is_onward = |near: &Related| onward.as_ref().is_some_and(|onward| onward.url == near.url);
        let related: Vec<Related> = related.into_iter().map(|(_, near)| near).filter(|near| !is_onward(near)).collect();
        let data = Essay {
            essay: self.detail(doc, document, front),
            incidents: self.incident_cards(&incidents[..incidents.len().min(CARDS)]),
            more_incidents: incidents.len().saturating_sub(CARDS),
            series: front.series.as_ref().and_then(|series| self.series_line(&series.name, Some(doc))),
            backlinks,
            more_backlinks,
            onward,
            related,
            next: self.next_blocks(doc),
            archives: archives::lines(&front.archives),
            newer,
            older,
            citation: self.citation(doc, document, front),
        };
        let mut page = Head::new(document.title(), self.url(doc));
        page.description = Some(document.summary().to_owned()).filter(|summary| !summary.is_empty());
        self.html_of(doc, page, Data::Essay(Box::new(data)))
    }

    fn detail(&self, doc: DocId, document: &Document, front: &EssayFront) -> EssayDetail {
        let tags = &self.linked.tags[doc.index()];
        let (contents, opening) = self.contents_with_marks(document);
        EssayDetail {
            card: self.card(doc),
            concepts: self.defined_concepts(&tags.concepts),
            incidents: self.tags(&tags.incidents),
            updated: front.updated.clone(),
            authors: self.authors(front).to_vec(),
            author_links: self.author_links(front),
            words: document.body.words,
            contents,
            opening,
            image: self.image_url(doc).map(|url| self.config.base_url.link(url)),
            image_alt: front.image_alt.clone(),
            picture: self.image_url(doc).and_then(|url| self.picture(url, |url| self.config.base_url.link(url))),
            extra: front.extra.clone(),
        }
    }

    fn defined_concepts(&self, concepts: &[DocId]) -> Vec<Tag> {
        let mut tags = self.tags(concepts);
        for tag in tags.iter_mut().skip(CARDS) {
            *tag = Tag::new(TagFields { definition: String::new(), ..TagFields::clone(tag) });
        }
        tags
    }

    /// The essay's authors, else the site's.
    pub(in crate::site) fn authors<'a>(&'a self, front: &'a EssayFront) -> &'a [String] {
        if front.authors.is_empty() { self.config.author.as_slice() } else { &front.authors }
    }

    fn neighbours(&self, doc: DocId) -> (Option<Neighbour>, Option<Neighbour>) {
        let essays = &self.index.essays;
        let n = self.index.rank[doc.index()] as usize;
        let at = |n: usize| essays.get(n).map(|doc| self.neighbour(*doc));
        (n.checked_sub(1).and_then(at), at(n + 1))
    }

    pub(in crate::site) fn neighbour(&self, doc: DocId) -> Neighbour {
        let summary = self.summary(doc);
        Neighbour { title: summary.title.to_owned(), url: summary.link.to_owned() }
    }

    /// The next part of the essay's series, else the nearest essay; with the passage that joins them.
    fn onward(&self, doc: DocId, front: &EssayFront, related: &[(DocId, Related)]) -> Option<Onward> {
        let series = front.series.as_ref().and_then(|series| {
            let parts = self.index.series.get(&series.name)?;
            let next = *parts.get(parts.iter().position(|part| *part == doc)? + 1)?;
            Some((next, series.name.clone()))
        });
        let (next, series, why) = match (series, related.first()) {
            (Some((next, series)), _) => {
                let near = related.iter().find(|(doc, _)| *doc == next);
                (next, Some(series), near.map(|(_, near)| near.why.clone()).unwrap_or_default())
            }
            (None, Some((next, near))) => (*next, None, near.why.clone()),
            (None, None) => return None,
        };
        let summary = self.summary(next);
        Some(Onward {
            title: summary.title.to_owned(),
            url: summary.link.to_owned(),
            summary: summary.summary.to_owned(),
            series,
            why,
            passage: self.joining_passage(doc, next),
        })
    }

    /// A passage of `next` that is evidence of what `doc` carries too: one that sets words off, of what the fewest essays carry.
    fn joining_passage(&self, doc: DocId, next: DocId) -> Option<Passage> {
        let tags = &self.linked.tags[doc.index()];
        let carriers = |tag: &TagName| match tag {
            TagName::Pattern(pattern) => {
                tags.patterns.contains(pattern).then(|| self.index.patterns[pattern].essays.len())
            }
            TagName::Concept(id) => {
                let concept = tags.concepts.iter().find(|concept| self.id(**concept) == id)?;
                Some(self.index.by_concept.get(concept)?.essays.len())
            }
        };
        let marks = (0_u32..).zip(&self.document(next).body.marks).filter(|(_, mark)| !mark.refuses);
        let weighed = marks.filter_map(|(n, mark)| Some((mark.kind == MarkKind::Section, carriers(&mark.tag)?, n)));
        weighed.min().map(|(_, _, n)| self.passage(next, n))
    }

    /// The headings with the passages below each that mark patterns; and those before the first.
    fn contents_with_marks(&self, document: &Document) -> (Vec<ContentsEntry>, Vec<StripMark>) {
        let mut entries = contents(document);
        let mut opening = Vec::new();
        let places: Vec<u32> =
            (0..).zip(&document.body.headings).filter(|(_, heading)| is_listed(heading)).map(|(n, _)| n).collect();
        for mark in document.body.marks.iter().filter(|mark| !mark.refuses).take(STRIP) {
            let TagName::Pattern(pattern) = mark.tag else { continue };
            let shown = StripMark {
                anchor: mark.anchor.clone(),
                words: mark.passage.text[mark.passage.at.clone()].to_owned(),
                tag: self.pattern_tag(pattern),
            };
            let below = mark.heading.map_or(0, |heading| places.partition_point(|place| *place <= heading));
            match below.checked_sub(1).and_then(|n| entries.get_mut(n)) {
                Some(entry) => entry.marks.push(shown),
                None => opening.push(shown),
            }
        }
        (entries, opening)
    }

    /// One block a tag that other essays carry too: its definition and the best passage elsewhere.
    fn next_blocks(&self, doc: DocId) -> Vec<NextBlock> {
        let tags = &self.linked.tags[doc.index()];
        let patterns = tags.patterns.iter().map(|pattern| (self.pattern_tag(*pattern), &self.index.patterns[pattern]));
        let concepts =
            tags.concepts.iter().filter_map(|concept| Some((self.tag(*concept), self.index.by_concept.get(concept)?)));
        let mut blocks: Vec<(Tag, &Postings)> =
            patterns.chain(concepts).filter(|(_, postings)| postings.essays.len() > 1).collect();
        let order = |(tag, postings): &(Tag, &Postings)| (tag.kind != "pattern", postings.essays.len());
        blocks.sort_by(|a, b| order(a).cmp(&order(b)).then_with(|| a.0.id.cmp(&b.0.id)));
        blocks
            .into_iter()
            .take(NEXT_BLOCKS)
            .map(|(tag, postings)| NextBlock {
                passage: self.best_passage(doc, &tags.patterns, postings),
                essays: postings.essays.len(),
                tag,
            })
            .collect()
    }

    /// The best passage of another essay: one that sets words off, from an essay that shares least else with this one, so
    /// that it leads somewhere new; newest first among equals.
    fn best_passage(&self, doc: DocId, patterns: &[Pattern], postings: &Postings) -> Option<NextPassage> {
        let ours = pattern_bits(patterns);
        let shared = |essay: DocId| (ours & self.index.patterns_of[essay.index()]).count_ones();
        let best = postings
            .passages
            .iter()
            .filter(|passage| passage.essay != doc)
            .take(NEXT_CANDIDATES)
            .min_by_key(|passage| (passage.is_section, shared(passage.essay)))?;
        let summary = self.summary(best.essay);
        let mark = &self.document(best.essay).body.marks[best.mark as usize];
        Some(NextPassage {
            essay: summary.title.to_owned(),
            url: [summary.link, "#", &*mark.anchor].concat(),
            quote: quote(&mark.passage),
        })
    }

    fn citation(&self, doc: DocId, document: &Document, front: &EssayFront) -> Citation {
        let authors = self.authors(front);
        let url = self.config.base_url.absolute(self.url(doc));
        let date = front.date.as_ref().map(|date| &date.value);
        let title = document.title();
        let mut plain = String::with_capacity(title.len() + url.len() + 64);
        if !authors.is_empty() {
            plain.extend([&*self.words.commas(authors), ". "]);
        }
        let site = &*self.config.title;
        let place =
            date.map(|date| self.words.say("citation_date", &[("place", site), ("date", &self.words.day(date))]));
        plain.extend([
            &*self.words.say("quoted", &[("text", title)]),
            ". ",
            place.as_deref().unwrap_or(site),
            ". ",
            &*url,
        ]);
        Citation { plain, bibtex: bibtex(title, authors, date, &self.config.title, &url) }
    }
}

/// An entry of the type that BibTeX's styles all know, with its special characters escaped.
fn bibtex(title: &str, authors: &[String], date: Option<&When>, site: &str, url: &str) -> String {
    let surname = authors.first().and_then(|name| name.split_whitespace().last()).unwrap_or("anonymous");
    let year = date.map(|date| date.year().to_string()).unwrap_or_default();
    let key_word = title.split_whitespace().find(|word| word.len() > 3).unwrap_or(title);
    let mut entry = String::with_capacity(title.len() + site.len() + url.len() + 160);
    entry.extend(["@misc{", &*slug(surname), &*year, &*slug(key_word)]);
    let mut field = |name: &str, value: &str| entry.extend([",\n  ", name, " = ", value]);
    field("title", &escaped(title));
    if !authors.is_empty() {
        field("author", &escaped(&authors.join(" and ")));
    }
    if let Some(date) = date {
        field("year", &["{", &*year, "}"].concat());
        field("month", date.month_abbreviated());
    }
    field("howpublished", &escaped(site));
    field("url", &["{", url, "}"].concat());
    entry.push_str("\n}");
    entry
}

/// A value in braces, with the characters escaped that mean something to BibTeX or TeX.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    escaped.push('{');
    for c in text.chars() {
        match c {
            '{' | '}' | '%' | '#' | '&' | '$' | '_' => escaped.extend(['\\', c]),
            '\\' => escaped.push_str("\\textbackslash{}"),
            c => escaped.push(c),
        }
    }
    escaped.push('}');
    escaped
}

/// The headings of the second and third level.
pub(in crate::site) fn contents(document: &Document) -> Vec<ContentsEntry> {
    document
        .body
        .headings
        .iter()
        .filter(|heading| is_listed(heading))
        .map(|heading| ContentsEntry {
            level: heading.level,
            id: heading.id.clone(),
            text: heading.text.clone(),
            marks: Vec::new(),
        })
        .collect()
}

fn is_listed(heading: &Heading) -> bool {
    matches!(heading.level, 2 | 3) && !heading.text.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_says_what_is_known_and_escapes_what_means_something_to_tex() {
        let date = When::parse("2024-09-03").ok();
        let authors = ["Ann Neil".to_owned(), "J. {B}".to_owned()];
        let entry = bibtex("A queue & 50% of b_c", &authors, date.as_ref(), "Site #1", "https://example.org/a_b/");
        let expected = r"@misc{neil2024queue,
  title = {A queue \& 50\% of b\_c},
  author = {Ann Neil and J. \{B\}},
  year = {2024},
  month = sep,
  howpublished = {Site \#1},
  url = {https://example.org/a_b/}
}";
        assert_eq!(entry, expected);
        let entry = bibtex("Lag", &[], None, "Site", "https://example.org/lag/");
        let expected =
            "@misc{anonymouslag,\n  title = {Lag},\n  howpublished = {Site},\n  url = {https://example.org/lag/}\n}";
        assert_eq!(entry, expected);
    }
}
