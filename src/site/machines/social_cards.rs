//! The cards that stand for pages where somebody shares them: which pages have one, and the words on it. Knows documents and
//! addresses; draws nothing.

use crate::config::is_right_to_left;
use crate::load::ThemeFiles;
use crate::model::{ClosedSet, DocId, EssayKind, Hash, Pattern, UrlPath, When};
use crate::outline::Front;
use crate::site::pages::authors;
use crate::site::view::{PageImage, SocialCard};
use crate::site::{PageKind, View, Viewer};

/// In pixels: what those who show links ask for.
pub const CARD_WIDTH: u32 = 1200;
pub const CARD_HEIGHT: u32 = 630;

/// The file beside the page.
const NAME: &str = "nf-card.png";

/// The template that cards are drawn by.
pub const CARD_TEMPLATE: &str = "card.svg";
/// The marks of the nine, which it may use.
pub const CARD_MARKS: &str = "marks.svg";

/// The hash of all that a theme has to do with cards.
pub fn card_hash(theme: &ThemeFiles) -> Hash {
    let template = theme.templates.get(CARD_TEMPLATE).map(|file| file.content.as_bytes());
    let marks = theme.assets.get(CARD_MARKS).map(|file| file.content.as_slice());
    let fonts = theme.fonts.iter().flat_map(|(name, file)| [name.as_bytes(), &file.content]);
    Hash::of_parts(&template.into_iter().chain(marks).chain(fonts).collect::<Vec<_>>())
}

/// The address of the card of the page at `url`.
pub(in crate::site) fn url(page: &UrlPath) -> UrlPath {
    page.child(NAME)
}

/// Whether a page of this kind has a card: not the further pages of a list, nor what is not shared.
pub(in crate::site) fn has_card(kind: PageKind) -> bool {
    match kind {
        PageKind::Home
        | PageKind::Essay(_)
        | PageKind::Patterns
        | PageKind::Review
        | PageKind::Incident(_)
        | PageKind::SideBySide(..)
        | PageKind::Dataset
        | PageKind::Page(_)
        | PageKind::Browse => true,
        PageKind::Essays(n)
        | PageKind::Series(_, n)
        | PageKind::Pattern(_, n)
        | PageKind::Pair(_, n)
        | PageKind::Concepts(n)
        | PageKind::Concept(_, n)
        | PageKind::Author(_, n)
        | PageKind::Incidents(n) => n == 1,
        _ => false,
    }
}

impl Viewer<'_> {
    /// The card whose address is `url`; none if its page is not there.
    pub(in crate::site) fn social_card(&self, url: &UrlPath) -> Option<View> {
        let folder = url.as_str().strip_suffix(NAME)?;
        // Of a page that is a file, the card is in a folder of the same name.
        let stem = folder.trim_end_matches('/');
        let pages = [folder.to_owned(), format!("{stem}.html"), format!("{stem}.htm")];
        let has_its_card = |page: &str| self.pages.get(page).is_some_and(|kind| has_card(*kind));
        let page = UrlPath::new(pages.into_iter().find(|page| has_its_card(page))?);
        let kind = *self.pages.get(&page)?;
        self.card_of(kind, &self.shared_title(kind)?).map(|card| View::SocialCard(Box::new(card)))
    }

    /// The title of a page of this kind, without the rest of its view; none if it has no card.
    fn shared_title(&self, kind: PageKind) -> Option<String> {
        let of = |doc: DocId| self.document(doc).title().to_owned();
        let text = |key: &str| self.words.text(key).to_owned();
        Some(match kind {
            PageKind::Home => self.config.title.clone(),
            PageKind::Essay(doc) | PageKind::Incident(doc) | PageKind::Page(doc) | PageKind::Concept(doc, _) => of(doc),
            PageKind::Series(first, _) => self.series_title(first).to_owned(),
            PageKind::Author(place, _) => authors::authors(self.index, self.config).nth(place as usize)?.to_owned(),
            PageKind::SideBySide(first, second) => self.side_by_side_title(first, second),
            PageKind::Pattern(pattern, _) => self.pattern_tag(pattern).name.clone(),
            PageKind::Pair(pair, _) => self.pair_title(pair),
            PageKind::Patterns => text("patterns"),
            PageKind::Review => text("review"),
            PageKind::Essays(_) => text("essays"),
            PageKind::Concepts(_) => text("concepts"),
            PageKind::Incidents(_) => text("incidents"),
            PageKind::Dataset => text("data"),
            PageKind::Browse => text("browse"),
            _ => return None,
        })
    }

    /// The card of the page at `url`, as its `og:image` names it. What follows the question mark changes with what the card shows:
    /// those who keep pictures of pages ask for it anew.
    pub(in crate::site) fn card_image(&self, url: &UrlPath, title: &str) -> Option<PageImage> {
        let kind = *self.pages.get(url).filter(|kind| has_card(**kind))?;
        let card = self.card_of(kind, title)?;
        Some(PageImage {
            url: format!("{}?v={}", self.config.base_url.absolute(&self::url(url)), Hash::of_value(&card).short()),
            width: CARD_WIDTH,
            height: CARD_HEIGHT,
            alt: title.to_owned(),
        })
    }

    /// What the card of a page of this kind shows; none where the site wants no cards.
    fn card_of(&self, kind: PageKind, title: &str) -> Option<SocialCard> {
        let theme = self.card_theme?;
        let of = |doc: DocId| self.linked.tags[doc.index()].patterns.clone();
        let all = || Pattern::ALL.to_vec();
        let summary = |doc: DocId| self.document(doc).summary().to_owned();
        let none = String::new;
        let text = |key: &str| self.words.text(key).to_owned();
        let (label, summary, patterns) = match kind {
            PageKind::Home => (none(), self.config.description.clone().unwrap_or_default(), all()),
            PageKind::Essay(doc) => (self.essay_label(doc), summary(doc), of(doc)),
            PageKind::Series(..) => (text("card_series"), none(), Vec::new()),
            PageKind::Incident(doc) => (self.incident_label(doc), summary(doc), of(doc)),
            PageKind::SideBySide(first, second) => {
                (text("two_side_by_side"), none(), self.patterns_in_both(first, second))
            }
            PageKind::Pattern(pattern, _) => {
                (text("card_pattern"), self.pattern_tag(pattern).definition.clone(), vec![pattern])
            }
            PageKind::Pair(pair, _) => (text("card_pair"), none(), <[Pattern; 2]>::from(pair.both()).to_vec()),
            PageKind::Concept(doc, _) => (text("card_concept"), summary(doc), Vec::new()),
            PageKind::Page(doc) => (none(), summary(doc), Vec::new()),
            PageKind::Patterns | PageKind::Review => (none(), none(), all()),
            _ => (none(), none(), Vec::new()),
        };
        let nine = Pattern::ALL.into_iter().map(|pattern| (self.pattern_tag(pattern), patterns.contains(&pattern)));
        let site = if kind == PageKind::Home { String::new() } else { self.config.title.clone() };
        let is_right_to_left = is_right_to_left(&self.config.language);
        Some(SocialCard {
            title: title.to_owned(),
            label,
            summary,
            site,
            nine: nine.collect(),
            is_right_to_left,
            theme,
        })
    }

    /// `Analysis · 11 May 2026`
    fn essay_label(&self, doc: DocId) -> String {
        let Front::Essay(front) = &self.document(doc).front else { return String::new() };
        let kind = self.words.pick("kinds", front.kind.unwrap_or(EssayKind::Essay).word());
        self.dated(kind, front.date.as_ref().map(|date| &date.value))
    }

    /// `Incident · 6 April 2026`, or as precise as it is known.
    fn incident_label(&self, doc: DocId) -> String {
        let Front::Incident(front) = &self.document(doc).front else { return String::new() };
        self.dated(self.words.text("incident"), front.times.first())
    }

    /// A kind and a date without its time.
    fn dated(&self, kind: &str, date: Option<&When>) -> String {
        match date {
            Some(date) => self.words.say("card_dated", &[("kind", kind), ("date", &self.words.day(date))]),
            None => kind.to_owned(),
        }
    }
}
