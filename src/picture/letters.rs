//! What the filter of drawings would take from harmless ones, spelt so that it passes and spelt back afterwards: letters beyond
//! ASCII in names and labels (svg-hush 0.9.7 drops them, so that two names become one), and the path that a text runs along.
//! Knows XML's tags; decides nothing about what is safe.

use quick_xml::Reader;
use quick_xml::events::Event;

/// How letters are spelt in one drawing.
pub struct Spelling {
    /// Begins each spelt letter. It does not stand in the drawing.
    mark: String,
}

/// Carries the name of a text's path through the filter.
const CARRIER: &str = "aria-details";

/// The drawing `svg` with everything that would be lost spelt out; none where there is nothing to spell, or where `svg` is not in
/// UTF-8 or no XML.
pub fn spelt(svg: &[u8]) -> Option<(Vec<u8>, Spelling)> {
    let text = std::str::from_utf8(svg).ok()?;
    if text.is_ascii() && !text.contains("&#") && !text.contains("textPath") {
        return None;
    }
    let mark = (0..).map(|n| format!("nf{n}q")).find(|mark| !text.contains(mark.as_str()))?;
    let spelling = Spelling { mark };
    let mut out = String::with_capacity(text.len() * 2);
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = false;
    let mut from = 0;
    loop {
        let event = reader.read_event().ok()?;
        let to = usize::try_from(reader.buffer_position()).ok()?;
        let raw = text.get(from..to)?;
        from = to;
        match event {
            Event::Start(tag) | Event::Empty(tag) => {
                let is_text_path = tag.local_name().as_ref() == "textPath";
                spelling.letters(&mut out, &if is_text_path { spelling.path(raw) } else { raw.to_owned() }, true);
            }
            Event::Eof => break,
            _ => spelling.letters(&mut out, raw, false),
        }
    }
    Some((out.into_bytes(), spelling))
}

impl Spelling {
    /// `raw` with its letters spelt; in a tag, also those that stand as references by number.
    fn letters(&self, out: &mut String, raw: &str, is_tag: bool) {
        let mut rest = raw;
        while let Some(c) = rest.chars().next() {
            let (letter, len) = match c {
                '&' if is_tag => match reference(rest) {
                    Some((letter, len)) => (Some(letter), len),
                    None => (None, 1),
                },
                c if c.is_ascii() => (None, 1),
                c => (Some(c), c.len_utf8()),
            };
            match letter {
                Some(letter) => out.push_str(&format!("{}{:x}z", self.mark, u32::from(letter))),
                None => out.push_str(&rest[..len]),
            }
            rest = &rest[len..];
        }
    }

    /// The tag of a text on a path, whose path of the same drawing goes by another attribute.
    fn path(&self, tag: &str) -> String {
        for (at, name) in tag.match_indices("href=") {
            let before = tag[..at].strip_suffix("xlink:").unwrap_or(&tag[..at]);
            let rest = &tag[at + name.len()..];
            let Some(quote @ ('"' | '\'')) = rest.chars().next() else { continue };
            let Some((value, after)) = rest[1..].split_once(quote) else { continue };
            if let (true, Some(path)) = (before.ends_with(char::is_whitespace), value.strip_prefix('#')) {
                return format!("{before}{CARRIER}={quote}{}{path}{quote}{after}", self.mark);
            }
        }
        tag.to_owned()
    }

    /// What [`spelt`] made, as it was.
    pub fn undone(&self, svg: Vec<u8>) -> Vec<u8> {
        let Ok(text) = std::str::from_utf8(&svg) else { return svg };
        let carried = format!("{CARRIER}=\"{}", self.mark);
        let text = text.replace(&carried, "href=\"#");
        let mut parts = text.split(self.mark.as_str());
        let mut out = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let letter = part
                .split_once('z')
                .and_then(|(hex, rest)| Some((char::from_u32(u32::from_str_radix(hex, 16).ok()?)?, rest)));
            match letter {
                Some((letter, rest)) => {
                    out.push(letter);
                    out.push_str(rest);
                }
                None => out.push_str(part),
            }
        }
        out.into_bytes()
    }
}

/// The letter beyond ASCII that the reference by number at the start of `text` stands for, and its length in bytes.
fn reference(text: &str) -> Option<(char, usize)> {
    let digits = text.strip_prefix("&#")?;
    let end = digits.find(';')?;
    let number = match digits[..end].strip_prefix('x') {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => digits[..end].parse().ok()?,
    };
    let letter = char::from_u32(number).filter(|c| c.is_alphanumeric() && !c.is_ascii())?;
    Some((letter, end + 3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_spelt_is_ascii_and_comes_back() {
        for svg in [
            "<svg aria-label=\"Größe\"><g id=\"ä\"/><text>nf0q ü</text><style>.ö { fill: url(#ä) }</style></svg>",
            "<svg><textPath href=\"#bögen\">über</textPath></svg>",
        ] {
            let (spelt, spelling) = spelt(svg.as_bytes()).expect("letters");
            assert!(spelt.is_ascii());
            assert_eq!(String::from_utf8(spelling.undone(spelt)).as_deref(), Ok(svg));
        }
        assert!(spelt(b"<svg><g id=\"a\"/></svg>").is_none());
        let (named, spelling) = spelt("<svg id='&#xe4;&#246;&amp;&#65;'/>".as_bytes()).expect("letters");
        assert_eq!(spelling.undone(named), "<svg id='äö&amp;&#65;'/>".as_bytes());
    }
}
