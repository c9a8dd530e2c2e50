//! Which of the theme's fonts each letter of a card is set in, decided before it is drawn: the library would set a whole line in
//! another font for want of one letter, and drop letters and lines that have none. Knows fonts and drawings, no page.

use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::Arc;

use quick_xml::Reader;
use quick_xml::events::Event;
use resvg::usvg::fontdb::{self, Database, ID, Source};
use resvg::usvg::{FontResolver, fontdb::Family};
use ttf_parser::Face;

use crate::config::Config;
use crate::diagnostic::{Diagnostic, rules};
use crate::fields::shortened;
use crate::link::doc_id;
use crate::load::ThemeFiles;
use crate::model::Span;
use crate::site::{CARD_TEMPLATE, Site};

/// The fonts that titles and texts are set in, and measured by.
pub(super) const TITLE_FONT: &str = "title.ttf";
pub(super) const TEXT_FONT: &str = "text.ttf";

rules! {
    CARD_FONT = "card-font", warning, "the drawing of cards names a font that the theme does not have";
    CARD_LETTERS = "card-letters", warning, "a card leaves a text out: the fonts of cards lack letters of it";
}

/// Begins the name of a font by its number.
const NUMBERED: &str = "nf-font-";
/// What the default drawing calls the fonts of titles; the others are those of texts. They stand for the files whatever these hold.
const OF_TITLES: [&str; 2] = ["Noto Serif", "serif"];
const OF_TEXTS: [&str; 2] = ["Noto Sans", "sans-serif"];

/// A font of the theme.
struct FontFace {
    id: ID,
    families: Vec<String>,
    letters: HashSet<char>,
}

/// All of them, by the names of their files.
pub struct Faces {
    all: Vec<FontFace>,
    title: Option<usize>,
    text: Option<usize>,
}

impl Faces {
    /// Those of the theme, put into `database`.
    pub fn of(files: &ThemeFiles, database: &mut Database) -> Self {
        let mut faces = Self { all: Vec::new(), title: None, text: None };
        for (name, font) in &files.fonts {
            let data = Arc::new(font.content.clone());
            let Some(id) = database.load_font_source(Source::Binary(data)).first().copied() else { continue };
            let families = database.face(id).map(|face| face.families.iter().map(|(name, _)| name.clone()).collect());
            let place = Some(faces.all.len());
            match name.as_str() {
                TITLE_FONT => faces.title = place,
                TEXT_FONT => faces.text = place,
                _ => {}
            }
            faces.all.push(FontFace { id, families: families.unwrap_or_default(), letters: letters(&font.content) });
        }
        faces
    }

    /// The first letter of `text` that no font has; none where there are no fonts at all.
    pub fn missing(&self, text: &str) -> Option<char> {
        let is_drawn = |c: &char| !c.is_ascii() && !c.is_whitespace() && !c.is_control() && !is_unseen(*c);
        let has = |c: char| self.all.iter().any(|face| face.letters.contains(&c));
        text.chars().filter(is_drawn).find(|c| !self.all.is_empty() && !has(*c))
    }

    /// The font that these families mean, as a style sheet lists them.
    fn meant(&self, families: &str) -> Option<usize> {
        let names = families.split(',').map(|name| name.trim().trim_matches(['"', '\'']));
        names.into_iter().find_map(|name| self.named(name)).or(self.text).or(self.title).or(self.all.first().map(|_| 0))
    }

    fn named(&self, name: &str) -> Option<usize> {
        let is = |known: &str| known.eq_ignore_ascii_case(name);
        if let Some(number) = name.strip_prefix(NUMBERED) {
            return number.parse().ok().filter(|n| *n < self.all.len());
        }
        let own = self.all.iter().position(|face| face.families.iter().any(|family| is(family)));
        own.or_else(|| if OF_TITLES.iter().any(|known| is(known)) { self.title } else { None })
            .or_else(|| if OF_TEXTS.iter().any(|known| is(known)) { self.text } else { None })
    }

    /// Gives each text the font that it means, in its weight and style where the theme has them, and no letter another.
    pub fn resolver(&self) -> FontResolver<'_> {
        FontResolver {
            select_font: Box::new(|font, database| {
                let families: Vec<String> = font.families().iter().map(ToString::to_string).collect();
                let face = &self.all[self.meant(&families.join(","))?];
                let query = fontdb::Query {
                    families: &face.families.iter().map(|name| Family::Name(name)).collect::<Vec<_>>(),
                    weight: fontdb::Weight(font.weight()),
                    ..fontdb::Query::default()
                };
                let is_numbered = families.iter().any(|name| name.contains(NUMBERED));
                if is_numbered || font.weight() == 400 {
                    Some(face.id)
                } else {
                    database.query(&query).or(Some(face.id))
                }
            }),
            select_fallback: Box::new(|_, _, _| None),
        }
    }

    /// The drawing with each letter that its font lacks in another that has it.
    pub fn lettered<'s>(&self, svg: &'s str) -> Cow<'s, str> {
        let spans = if svg.is_ascii() { None } else { self.with_spans(svg) };
        spans.map_or(Cow::Borrowed(svg), Cow::Owned)
    }

    /// None where the drawing is no XML, which is reported when it is drawn.
    fn with_spans(&self, svg: &str) -> Option<String> {
        let mut out = String::with_capacity(svg.len() + 256);
        let mut reader = Reader::from_str(svg);
        let mut families: Vec<Option<String>> = Vec::new();
        let (mut from, mut texts) = (0, 0_usize);
        loop {
            let event = reader.read_event().ok()?;
            let to = usize::try_from(reader.buffer_position()).ok()?;
            let raw = svg.get(from..to)?;
            from = to;
            match event {
                Event::Start(tag) => {
                    texts += usize::from(tag.local_name().as_ref() == "text");
                    let own = tag.attributes().flatten().find(|own| own.key.as_ref() == "font-family");
                    let own = own.map(|own| own.value.to_string());
                    families.push(own.or_else(|| families.last().cloned().flatten()));
                    out.push_str(raw);
                }
                Event::End(tag) => {
                    texts = texts.saturating_sub(usize::from(tag.local_name().as_ref() == "text"));
                    families.pop();
                    out.push_str(raw);
                }
                Event::Text(_) if texts > 0 => {
                    let family = families.last().cloned().flatten().unwrap_or_default();
                    self.text(raw, self.meant(&family), &mut out);
                }
                Event::Eof => return Some(out),
                _ => out.push_str(raw),
            }
        }
    }

    fn text(&self, raw: &str, base: Option<usize>, out: &mut String) {
        let has = |n: usize, c: char| self.all[n].letters.contains(&c);
        let mut current = None;
        for c in raw.chars() {
            let is_own = c.is_ascii() || c.is_whitespace() || base.is_none_or(|base| has(base, c));
            let other = if is_own { None } else { (0..self.all.len()).find(|n| has(*n, c)) };
            if other != current {
                if current.is_some() {
                    out.push_str("</tspan>");
                }
                if let Some(n) = other {
                    out.push_str(&format!("<tspan font-family=\"{NUMBERED}{n}\">"));
                }
                current = other;
            }
            out.push(c);
        }
        if current.is_some() {
            out.push_str("</tspan>");
        }
    }
}

/// Signs that change others and have no letter of their own.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

fn letters(font: &[u8]) -> HashSet<char> {
    let mut letters = HashSet::new();
    let Ok(face) = Face::parse(font, 0) else { return letters };
    for table in face.tables().cmap.into_iter().flat_map(|cmap| cmap.subtables) {
        if table.is_unicode() {
            table.codepoints(|code| letters.extend(char::from_u32(code).filter(|_| table.glyph_index(code).is_some())));
        }
    }
    letters
}

/// What cards will lack: letters of titles and summaries, fonts that the drawing names.
pub fn faults(site: &Site, config: &Config, files: &ThemeFiles) -> Vec<Diagnostic> {
    if !config.social_cards || files.fonts.is_empty() {
        return Vec::new();
    }
    let faces = Faces::of(files, &mut Database::new());
    let letters = site.documents().iter().enumerate().filter(|(n, _)| site.linked.is_published(doc_id(*n)));
    let letters = letters.flat_map(|(_, document)| {
        [("title", document.title()), ("summary", document.summary())].into_iter().filter_map(|(what, text)| {
            let letter = faces.missing(text)?;
            let message = format!("no font of cards has `{letter}`: the card shows no {what}");
            let help = "put a font that has it into `fonts/` of the theme, under any name that ends in `.ttf`";
            Some(Diagnostic::new(CARD_LETTERS, message).in_file(&document.path).help(help))
        })
    });
    letters.chain(unknown_fonts(&faces, files)).collect()
}

fn unknown_fonts(faces: &Faces, files: &ThemeFiles) -> Vec<Diagnostic> {
    let Some(template) = files.templates.get(CARD_TEMPLATE) else { return Vec::new() };
    let mut faults = Vec::new();
    for (at, start) in template.content.match_indices("font-family=\"") {
        let list = &template.content[at + start.len()..];
        let list = &list[..list.find('"').unwrap_or(0)];
        for name in list.split(',').map(|name| name.trim().trim_matches('\'')) {
            if !name.is_empty() && !list.contains('{') && faces.named(name).is_none() {
                let span = Span::new(at, at + start.len() + list.len() + 1);
                let message =
                    format!("no font of the theme is called `{}`: another stands in its place", shortened(name));
                let help = "put the font into `fonts/` of the theme, or take the name out";
                faults.push(Diagnostic::new(CARD_FONT, message).at(&template.path, span).help(help));
            }
        }
    }
    faults
}
