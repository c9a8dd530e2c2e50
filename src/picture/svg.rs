//! A drawing without scripts and without anything from elsewhere, and its size. Knows XML and SVG; what may stay is the
//! library's list.

use std::collections::BTreeMap;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use svg_hush::{FError, Filter, data_url_filter};

use super::letters::spelt;
use super::{BROKEN, Format, Size, TOO_LARGE, broken};
use crate::diagnostic::{Diagnostic, rules};

rules! {
    CLEANED = "picture-cleaned", warning, "something that could run or load was taken out of a drawing";
}

/// The largest drawing, in bytes.
const MAX_BYTES: usize = 4 << 20;
/// The deepest that elements may be nested: readers of drawings that call themselves give up not far beyond.
const MAX_DEPTH: usize = 256;
/// The longest declaration of an entity.
const MAX_ENTITY: usize = 200;
/// The most references in a drawing that declares entities: all of them together stand for no more than the largest drawing.
const MAX_REFERENCES: usize = MAX_BYTES / MAX_ENTITY;

/// A drawing made safe.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clean {
    pub bytes: Vec<u8>,
    /// What was taken out and would have done something, in the order of the letters: `<script>`, `onclick`.
    pub lost: Vec<String>,
    /// From `width` and `height`, else from the `viewBox`; in CSS pixels, rounded.
    pub size: Option<Size>,
}

impl Clean {
    /// What to tell the author of what was taken out.
    pub fn warning(&self) -> Option<Diagnostic> {
        if self.lost.is_empty() {
            return None;
        }
        let names: Vec<String> = self.lost.iter().take(6).map(|name| format!("`{name}`")).collect();
        let more = if self.lost.len() > 6 { " and more" } else { "" };
        let message = format!("taken out of the drawing: {}{more}", names.join(", "));
        let help = "a drawing may hold shapes, text, styles and pictures of its own; delete the rest, or say `html: trusted` in site.yaml";
        Some(Diagnostic::new(CLEANED, message).help(help))
    }
}

/// Takes out what could run or load something.
pub fn clean(bytes: &[u8]) -> Result<Clean, Diagnostic> {
    check_limits(bytes)?;
    let mut filter = Filter::new();
    filter.set_data_url_filter(data_url_filter::allow_standard_images);
    let spelt = spelt(bytes);
    let mut out = Vec::with_capacity(bytes.len());
    filter.filter(spelt.as_ref().map_or(bytes, |(spelt, _)| spelt), &mut out).map_err(|error| match error {
        FError::Reader(error) => broken(Format::Svg, &error.to_string()),
        // Writing to a Vec does not fail: there was nothing to write.
        FError::Writer(_) => Diagnostic::new(BROKEN, "the file holds no SVG")
            .help("its first element must be `<svg xmlns=\"http://www.w3.org/2000/svg\">`"),
    })?;
    if let Some((_, spelling)) = spelt {
        out = spelling.undone(out);
    }
    let (before, _) = contents(bytes);
    let (after, size) = contents(&out);
    let lost = before.into_iter().filter(|(name, count)| after.get(name).unwrap_or(&0) < count).map(|(name, _)| name);
    Ok(Clean { lost: lost.collect(), size, bytes: out })
}

/// What would take the filter too long, or unfold to many times the file's length.
fn check_limits(bytes: &[u8]) -> Result<(), Diagnostic> {
    let limit = |message: String, help: &str| Err(Diagnostic::new(TOO_LARGE, message).help(help));
    if bytes.len() > MAX_BYTES {
        let message = format!("the drawing's file is larger than {} MB", MAX_BYTES >> 20);
        return limit(message, "simplify its paths, or save it as a PNG");
    }
    let mut reader = Reader::from_reader(bytes);
    reader.config_mut().check_end_names = false;
    let mut depth = 0_usize;
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            Event::DocType(text) if !has_short_entities(&text) => {
                return limit(
                    format!("an entity of the drawing is longer than {MAX_ENTITY} characters, or names another"),
                    "save it again without entities",
                );
            }
            Event::DocType(text) if text.contains("<!ENTITY") && references(bytes) > MAX_REFERENCES => {
                let message = format!("the drawing names its entities more than {MAX_REFERENCES} times");
                return limit(message, "save it again without entities");
            }
            Event::Eof => break,
            _ => {}
        }
        if depth > MAX_DEPTH {
            let message = format!("the drawing's elements are nested more than {MAX_DEPTH} deep");
            return limit(message, "take some of the groups apart");
        }
    }
    Ok(())
}

/// Whether each entity that the document type declares stands for a few plain characters: some programs shorten the names of
/// XML's name spaces so.
fn has_short_entities(doctype: &str) -> bool {
    doctype.split("<!ENTITY").skip(1).all(|declaration| {
        let end = declaration.find('>').unwrap_or(declaration.len());
        end <= MAX_ENTITY && !declaration[..end].contains(['&', '%'])
    })
}

fn references(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte == b'&').count()
}

/// Elements and attributes that could run or load something, each with how often it stands there; and the drawing's size.
fn contents(bytes: &[u8]) -> (BTreeMap<String, usize>, Option<Size>) {
    let mut found = BTreeMap::new();
    let mut size = None;
    let mut first = true;
    let mut reader = Reader::from_reader(bytes);
    reader.config_mut().check_end_names = false;
    // What can't be parsed ends the list; the filter has its own parser and is what is relied on.
    while let Ok(event) = reader.read_event() {
        let tag = match event {
            Event::Start(tag) | Event::Empty(tag) => tag,
            Event::Eof => break,
            _ => continue,
        };
        if std::mem::take(&mut first) {
            size = size_of(&tag);
        }
        for name in acting(&tag) {
            *found.entry(name).or_insert(0) += 1;
        }
    }
    (found, size)
}

/// What of this element could run or load something. What drawing programs leave for themselves does neither.
fn acting(tag: &BytesStart<'_>) -> Vec<String> {
    let element = tag.local_name().as_ref().to_owned();
    let mut found = Vec::new();
    if ["script", "foreignObject", "iframe", "audio", "video", "object", "embed", "handler", "link"]
        .contains(&element.as_str())
    {
        found.push(format!("<{element}>"));
    }
    for attribute in tag.attributes().with_checks(false).filter_map(Result::ok) {
        let name = attribute.key.local_name().as_ref().to_owned();
        let value = attribute.value.trim();
        if name.starts_with("on") {
            found.push(name);
        } else if matches!(name.as_str(), "href" | "src") && !value.is_empty() && !value.starts_with('#') {
            let scheme = value.split_once(':').map_or("", |(scheme, _)| scheme);
            found.push(if scheme.is_empty() { format!("{name} of another file") } else { format!("{name} {scheme}:") });
        }
    }
    found
}

fn size_of(tag: &BytesStart<'_>) -> Option<Size> {
    let attribute = |name: &str| Some(tag.try_get_attribute(name).ok()??.value.into_owned());
    let length = |name: &str| attribute(name).and_then(|value| pixels(&value));
    let view: Vec<f64> = attribute("viewBox")
        .map(|value| value.split([' ', ',', '\n', '\t']).filter_map(|part| part.parse().ok()).collect())
        .unwrap_or_default();
    let view = match view[..] {
        [_, _, width, height] if width > 0.0 && height > 0.0 => Some((width, height)),
        _ => None,
    };
    let (width, height) = match (length("width"), length("height"), view) {
        (Some(width), Some(height), _) => (width, height),
        (Some(width), None, Some((w, h))) => (width, width * h / w),
        (None, Some(height), Some((w, h))) => (height * w / h, height),
        (_, _, view) => view?,
    };
    let rounded = |side: f64| (0.5..f64::from(super::MAX_SIDE)).contains(&side).then_some(side.round() as u32);
    Some(Size { width: rounded(width)?, height: rounded(height)? })
}

/// A length in CSS pixels; none of a share of something else.
fn pixels(length: &str) -> Option<f64> {
    let length = length.trim();
    let end = length.find(|c: char| c.is_ascii_alphabetic() || c == '%').unwrap_or(length.len());
    let (number, unit) = length.split_at(end);
    let number: f64 = number.trim().parse().ok()?;
    // CSS Values and Units, absolute lengths.
    let scale = match unit {
        "" | "px" => 1.0,
        "pt" => 4.0 / 3.0,
        "pc" => 16.0,
        "in" => 96.0,
        "cm" => 96.0 / 2.54,
        "mm" => 96.0 / 25.4,
        _ => return None,
    };
    Some(number * scale).filter(|pixels| *pixels > 0.0)
}
