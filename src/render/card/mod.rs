//! Cards as PNG: the theme's drawing with the page's words in it, in the theme's own fonts, so that they look the same on
//! every machine. Knows one card; reads no file and asks no host.

pub mod fonts;
mod palette;

use std::sync::Arc;

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{self, ImageHrefResolver, Tree, fontdb};
use serde::Serialize;
use ttf_parser::Face;

use crate::diagnostic::Diagnostic;
use crate::load::ThemeFiles;
use crate::model::is_wide;
use crate::site::view::{SocialCard, Tag};
use crate::site::{CARD_HEIGHT, CARD_WIDTH};

use fonts::{Faces, TEXT_FONT, TITLE_FONT};

/// What the template may fill with either, in pixels.
const WIDTH: f64 = 700.0;
/// Sizes of titles in pixels, each with the lines there is room for; the largest that fits is taken.
const SIZES: [(f64, usize); 4] = [(82.0, 3), (66.0, 4), (54.0, 5), (46.0, 6)];
/// The size of the summary in pixels, and where it ends: what the title leaves of this height in lines of 1.5 is its own.
const SUMMARY_SIZE: f64 = 29.0;
const HEIGHT: f64 = 345.0;
const MOST_SUMMARY_LINES: usize = 4;
/// Characters of a text that are looked at: more than fit at the smallest size.
const MOST_CHARS: usize = 400;
/// The foot in pixels: the site's title on the left, the names of the page's patterns on the right, each at its size in the
/// template and with room between them.
const FOOT: f64 = 1048.0;
const SITE_SIZE: f64 = 30.0;
const NAME_SIZE: f64 = 25.0;
const FOOT_GAP: f64 = 40.0;
/// What the names may fill together: of the nine as they come, no four are as long.
const NAMES: f64 = 700.0;
/// What the template sets between two names.
const BETWEEN_NAMES: &str = "\u{a0} \u{b7} \u{a0}";
/// The names of more patterns are not shown.
const MOST_NAMES: usize = 4;

/// Words in lines.
#[derive(Debug, PartialEq, Serialize)]
pub struct Fitted {
    pub lines: Vec<String>,
    /// In pixels.
    pub size: f64,
}

/// The theme's fonts, and no others.
pub struct Fonts {
    database: Arc<fontdb::Database>,
    faces: Faces,
    /// The files that letters of titles are taken from, the first that has one before the others; and those of texts.
    title: Vec<Arc<[u8]>>,
    text: Vec<Arc<[u8]>>,
}

impl Fonts {
    pub fn of(files: &ThemeFiles) -> Self {
        let mut database = fontdb::Database::new();
        let faces = Faces::of(files, &mut database);
        let all: Vec<(&str, Arc<[u8]>)> =
            files.fonts.iter().map(|(name, font)| (name.as_str(), font.content.as_slice().into())).collect();
        let own_first = |name: &str| {
            let own = all.iter().filter(|(known, _)| *known == name);
            own.chain(all.iter().filter(|(known, _)| *known != name)).map(|(_, font)| Arc::clone(font)).collect()
        };
        let (title, text) = (own_first(TITLE_FONT), own_first(TEXT_FONT));
        Self { database: Arc::new(database), faces, title, text }
    }

    /// The text, or nothing if some letter of it is in none of the fonts: half a title is none.
    fn whole<'t>(&self, text: &'t str) -> &'t str {
        if self.faces.missing(text).is_some() { "" } else { text }
    }

    /// Breaks a title into lines. One that is too long ends with an ellipsis.
    pub fn title(&self, title: &str) -> Fitted {
        let title = looked_at(title);
        let smallest = SIZES[SIZES.len() - 1];
        let font = Measure::of(&self.title);
        let fits = |(size, most): &(f64, usize)| {
            let lines = broken(&title, WIDTH / size, &font);
            lines.len() <= *most && !lines.iter().any(|line| line.cut)
        };
        // A last line of one character looks like a slip.
        let ends_well = |(size, _): &(f64, usize)| {
            let lines = broken(&title, WIDTH / size, &font);
            lines.len() == 1 || lines.last().is_none_or(|line| line.text.chars().nth(1).is_some())
        };
        let best = SIZES.into_iter().find(|size| fits(size) && ends_well(size));
        let (size, most) = best.or_else(|| SIZES.into_iter().find(fits)).unwrap_or(smallest);
        Fitted { lines: at_most(most, broken(&title, WIDTH / size, &font)), size }
    }

    /// Breaks a summary into the lines that `title` leaves room for; none if that is less than two.
    pub fn summary(&self, summary: &str, title: &Fitted) -> Fitted {
        let left = HEIGHT - title.size * 1.16 * title.lines.len() as f64;
        let room = ((left / (SUMMARY_SIZE * 1.5)).max(0.0) as usize).min(MOST_SUMMARY_LINES);
        let summary = looked_at(summary);
        let lines = if room < 2 || summary.is_empty() {
            Vec::new()
        } else {
            at_most(room, broken(&summary, WIDTH / SUMMARY_SIZE, &Measure::of(&self.text)))
        };
        Fitted { lines, size: SUMMARY_SIZE }
    }

    /// The site's title and the names of patterns, each cut so that the foot holds in one line those that the page carries.
    pub fn foot(&self, site: &str, nine: &[(&str, bool)]) -> (String, Vec<String>) {
        let font = Measure::of(&self.text);
        let carried = nine.iter().filter(|(_, carried)| *carried).count();
        let is_named = (1..=MOST_NAMES).contains(&carried);
        let count = if is_named { carried } else { MOST_NAMES };
        let between = font.width(BETWEEN_NAMES) * (count - 1) as f64;
        let each = (NAMES / NAME_SIZE - between) / count as f64;
        let names: Vec<String> = nine.iter().map(|(name, _)| in_one_line(name, each, &font)).collect();
        let shown = names.iter().zip(nine).filter(|(_, (_, carried))| *carried);
        let taken = (shown.map(|(name, _)| font.width(name)).sum::<f64>() + between) * NAME_SIZE;
        let left = if is_named { FOOT - FOOT_GAP - taken } else { FOOT };
        (in_one_line(site, left / SITE_SIZE, &Measure::of(&self.title)), names)
    }
}

/// With single spaces, without what no drawing may hold, and no more of it than could be shown.
fn looked_at(words: &str) -> String {
    let holds = |c: &char| !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}');
    words.split_whitespace().collect::<Vec<_>>().join(" ").chars().filter(holds).take(MOST_CHARS).collect()
}

/// The first of the lines; the last of them says so if there are more.
fn at_most(most: usize, lines: Vec<Line>) -> Vec<String> {
    let is_cut = lines.len() > most;
    let mut lines: Vec<String> = lines.into_iter().take(most).map(|line| line.text).collect();
    if let Some(last) = lines.last_mut().filter(|_| is_cut) {
        *last = with_ellipsis(last);
    }
    lines
}

fn with_ellipsis(cut: &str) -> String {
    format!("{}\u{2026}", cut.trim_end_matches([' ', '.', ',', ';', ':', '\u{2013}', '\u{2014}']))
}

/// As much of `words` as `width` has room for, in ems of the font.
fn in_one_line(words: &str, width: f64, font: &Measure<'_>) -> String {
    let words = looked_at(words);
    if font.width(&words) <= width {
        return words;
    }
    let mut used = font.advance('\u{2026}');
    let fits = |c: &char| {
        used += font.advance(*c);
        used <= width
    };
    with_ellipsis(&words.chars().take_while(fits).collect::<String>())
}

/// How wide letters are, each in the first of some fonts that has it; one that none has is as wide as it is high.
struct Measure<'a>(Vec<Face<'a>>);

impl<'a> Measure<'a> {
    fn of(fonts: &'a [Arc<[u8]>]) -> Self {
        Self(fonts.iter().filter_map(|data| Face::parse(data, 0).ok()).collect())
    }

    /// In ems.
    fn advance(&self, c: char) -> f64 {
        let known = self.0.iter().find_map(|face| {
            Some(f64::from(face.glyph_hor_advance(face.glyph_index(c)?)?) / f64::from(face.units_per_em()))
        });
        known.unwrap_or(1.0)
    }

    fn width(&self, words: &str) -> f64 {
        words.chars().map(|c| self.advance(c)).sum()
    }
}

/// A line, and whether it ends within a word.
struct Line {
    text: String,
    cut: bool,
}

/// What a line holds whole: a word, or of Chinese and Japanese a character with the marks that stay with it.
struct Piece<'t> {
    text: &'t str,
    after_space: bool,
}

fn pieces(word: &str) -> impl Iterator<Item = Piece<'_>> {
    let chars = || word.char_indices();
    let may_break = |before: char, after: char| {
        (is_wide(before) || is_wide(after)) && !OPENING.contains(before) && !NEVER_FIRST.contains(after)
    };
    let breaks = chars().zip(chars().skip(1)).filter(move |((_, a), (_, b))| may_break(*a, *b)).map(|(_, (at, _))| at);
    let mut start = 0;
    breaks.chain([word.len()]).map(move |end| {
        let piece = Piece { text: &word[start..end], after_space: start == 0 };
        start = end;
        piece
    })
}

/// Signs that stay with what follows them, and those that stay with what they follow (JIS X 4051).
const OPENING: &str = "「『（［｛〈《【〔“‘";
const NEVER_FIRST: &str = "、。，．・：；？！」』）］｝〉》】〕”’ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ…";

/// Lines no wider than `width`, in ems of the font.
fn broken(title: &str, width: f64, font: &Measure<'_>) -> Vec<Line> {
    let advance = |c: char| font.advance(c);
    let mut lines: Vec<Line> = Vec::new();
    let mut line = String::new();
    let mut used = 0.0;
    for piece in title.split(' ').flat_map(pieces) {
        let space = if piece.after_space { advance(' ') } else { 0.0 };
        if !line.is_empty() && used + space + font.width(piece.text) > width {
            lines.push(Line { text: std::mem::take(&mut line), cut: false });
            used = 0.0;
        }
        if !line.is_empty() && piece.after_space {
            line.push(' ');
            used += space;
        }
        for c in piece.text.chars() {
            if used + advance(c) > width && !line.is_empty() {
                lines.push(Line { text: std::mem::take(&mut line), cut: true });
                used = 0.0;
            }
            line.push(c);
            used += advance(c);
        }
    }
    lines.push(Line { text: line, cut: false });
    lines
}

/// What the template gets.
#[derive(Serialize)]
pub struct CardData<'a> {
    pub title: Fitted,
    pub summary: Fitted,
    pub label: &'a str,
    pub site: String,
    /// `ltr` or `rtl`: which side texts begin at.
    pub dir: &'static str,
    /// What stands before and after a line that runs from right to left: the drawing itself knows no direction.
    pub before: &'static str,
    pub after: &'static str,
    pub nine: Vec<Mark<'a>>,
    /// The drawing that holds the marks of the nine, by their ids.
    pub marks: &'a str,
}

/// One of the nine.
#[derive(Serialize)]
pub struct Mark<'a> {
    pub id: &'a str,
    pub name: String,
    /// Whether the page is about it.
    pub carried: bool,
}

impl<'a> CardData<'a> {
    pub fn of(card: &'a SocialCard, fonts: &Fonts, marks: &'a str) -> Self {
        let named: Vec<(&str, bool)> =
            card.nine.iter().map(|(tag, carried)| (fonts.whole(&tag.name), *carried)).collect();
        let (site, names) = fonts.foot(fonts.whole(&card.site), &named);
        let mark = |((tag, carried), name): (&'a (Tag, bool), String)| Mark { id: &tag.id, name, carried: *carried };
        let nine = card.nine.iter().zip(names).map(mark).collect();
        let title = fonts.title(fonts.whole(&card.title));
        let summary = fonts.summary(fonts.whole(&card.summary), &title);
        let (dir, before, after) =
            if card.is_right_to_left { ("rtl", "\u{202b}", "\u{202c}") } else { ("ltr", "", "") };
        Self { title, summary, label: fonts.whole(&card.label), site, dir, before, after, nine, marks }
    }
}

/// Draws what the template made of a card.
pub fn drawn(svg: &str, fonts: &Fonts) -> Result<Vec<u8>, String> {
    let options = usvg::Options {
        resources_dir: None,
        fontdb: Arc::clone(&fonts.database),
        font_resolver: fonts.faces.resolver(),
        image_href_resolver: ImageHrefResolver {
            resolve_data: Box::new(|_, _, _| None),
            resolve_string: Box::new(|_, _| None),
        },
        ..usvg::Options::default()
    };
    let svg = fonts.faces.lettered(svg);
    let tree = Tree::from_str(&svg, &options).map_err(|error| {
        let message = error.to_string();
        let why = message.strip_prefix("SVG data parsing failed cause ").unwrap_or(&message);
        format!("what the template makes is no drawing: {why}")
    })?;
    let mut pixels = Pixmap::new(CARD_WIDTH, CARD_HEIGHT).ok_or("there is no memory for the card")?;
    let size = tree.size();
    let scale = Transform::from_scale(CARD_WIDTH as f32 / size.width(), CARD_HEIGHT as f32 / size.height());
    resvg::render(&tree, scale, &mut pixels.as_mut());
    palette::png(&pixels).map_err(|error| format!("the card can't be written as PNG: {error}"))
}

/// A fault of the template.
pub fn fault(message: String, files: &ThemeFiles) -> Diagnostic {
    let fault = Diagnostic::new(crate::render::TEMPLATE, message);
    match files.templates.get(crate::site::CARD_TEMPLATE) {
        Some(file) => fault.in_file(&file.path),
        None => fault,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_broken_between_words_and_cut_at_last() {
        let fonts = Fonts::of(&ThemeFiles::default());
        // Without a font each letter is as wide as it is high.
        assert_eq!(fonts.title("Out of ports"), Fitted { lines: vec!["Out of".into(), "ports".into()], size: 82.0 });
        assert_eq!(fonts.title("Mobilising"), Fitted { lines: vec!["Mobilising".into()], size: 66.0 });
        let long = fonts.title(&"word ".repeat(100_000));
        assert_eq!((long.lines.len(), long.size), (6, 46.0));
        assert!(long.lines[5].ends_with("word\u{2026}"), "{long:?}");
        let one = fonts.title(&"x".repeat(100_000));
        assert_eq!(one.lines.len(), 6);
        assert_eq!(fonts.title("").lines, [""]);
    }

    #[test]
    fn chinese_and_japanese_are_broken_between_characters_and_signs_stay_with_theirs() {
        let fonts = Fonts::of(&ThemeFiles::default());
        let lines = |title: &str| fonts.title(title).lines;
        assert_eq!(lines("頭の中の仕事と実際の仕事"), ["頭の中の仕事と実", "際の仕事"]);
        assert_eq!(lines("頭の中の仕事とは、実際"), ["頭の中の仕事と", "は、実際"]);
        assert_eq!(lines("頭の中の仕事と「実際」"), ["頭の中の仕事と", "「実際」"]);
        assert_eq!(fonts.title("頭の中の仕事と実際"), Fitted { lines: vec!["頭の中の仕事と実際".into()], size: 66.0 });
        assert_eq!(lines("GitHubの障害と DNSの話"), ["GitHubの障", "害と DNSの話"]);
    }

    #[test]
    fn the_foot_is_one_line_however_long_its_words_are() {
        let fonts = Fonts::of(&ThemeFiles::default());
        let foot = |site: &str, names: &[&str]| {
            let carried: Vec<(&str, bool)> = names.iter().map(|name| (*name, true)).collect();
            let (site, names) = fonts.foot(site, &carried);
            let letters = |text: &String| text.chars().count();
            (letters(&site), names.iter().map(letters).collect::<Vec<_>>())
        };
        assert_eq!(fonts.foot("Nine", &[("Lag", true)]), ("Nine".to_owned(), vec!["Lag".to_owned()]));
        let long = "x".repeat(64 * 1024);
        // Without a font each letter is as wide as it is high: 1048 pixels hold 34 letters of 30.
        assert_eq!(foot(&long, &[]), (34, vec![]));
        assert_eq!(foot(&long, &["Lag"]), (31, vec![3]));
        assert_eq!(foot(&long, &[&long]), (10, vec![28]));
        assert_eq!(foot(&long, &[&long, "Lag", &long, &long]), (11, vec![3; 4]));
        assert_eq!(foot(&long, &["Lag"; 5]).0, 34);
        assert!(fonts.foot(&long, &[]).0.ends_with("x\u{2026}"));
    }
}
