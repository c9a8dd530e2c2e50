//! LaTeX to MathML. Knows one formula.

use std::io::{self, Write};

use pulldown_latex::config::{DisplayMode, RenderConfig};
use pulldown_latex::event::{Content, Event};
use pulldown_latex::{ParserError, write_mathml};

use crate::outline::Formula;

use super::body::escaped;
use super::math_styles::without_styles;

/// The most bytes of MathML for each byte of a formula, and besides. An array has lines for every row and column of it, and
/// commands of an author's own stand for others.
const GROWTH: usize = 64;
const FRAME: usize = 1024;

/// The formula as MathML, with its source for those who copy it; as code if it can't be read.
pub fn mathml(latex: &str, display: bool) -> String {
    made(latex, display).unwrap_or_else(|| format!("<code class=\"nf-math-error\">{}</code>", escaped(latex)))
}

fn made(latex: &str, display: bool) -> Option<String> {
    let formula = Formula::new(latex);
    let events = formula.parts().ok()?;
    if events.iter().any(is_unsafe) {
        return None;
    }
    let display_mode = if display { DisplayMode::Block } else { DisplayMode::Inline };
    // The library writes the annotation as it is given.
    let source = escaped(latex);
    let config = RenderConfig { display_mode, annotation: Some(&source), ..RenderConfig::default() };
    let mut html = Bounded { bytes: Vec::new(), most: GROWTH * latex.len() + FRAME };
    write_mathml(&mut html, events.into_iter().map(Ok::<_, ParserError>), config).ok()?;
    let html = String::from_utf8(html.bytes).ok()?;
    Some(with_end_tags(&without_styles(with_escaped_signs(&with_spaces(&html)))))
}

/// The library writes a space as a reference that XML does not know, and escapes its ampersand where the formula has a
/// control space or a tie.
fn with_spaces(html: &str) -> String {
    html.replace("<mtext>&amp;nbsp;</mtext>", "<mtext>\u{a0}</mtext>").replace("&nbsp;", "\u{a0}")
}

/// Each element with an end tag: readers of feeds on feedparser lose the end of an element that is closed in its only tag.
fn with_end_tags(html: &str) -> String {
    let mut out = String::with_capacity(html.len() + html.len() / 8);
    let mut rest = html;
    // Text in formulas is escaped, so that each of these ends a tag.
    while let Some(end) = rest.find("/>") {
        let tag = rest[..end].trim_end();
        let name = tag.rsplit('<').next().unwrap_or_default();
        let name = name.split_whitespace().next().unwrap_or_default();
        out.extend([tag, "></", name, ">"]);
        rest = &rest[end + "/>".len()..];
    }
    out + rest
}

/// The library writes the name of an operator as it is.
fn is_unsafe(event: &Event<'_>) -> bool {
    matches!(event, Event::Content(Content::Function(name)) if name.contains(['<', '>', '&']))
}

/// And single signs. The `<` of a tag is followed by a letter or a slash; that of a sign by the end of its element, or by what
/// strikes it through.
fn with_escaped_signs(html: &str) -> String {
    let html = html.replace(">&<", ">&amp;<").replace(">&\u{338}", ">&amp;\u{338}");
    let mut parts = html.split('<');
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let is_tag = part.starts_with(|c: char| c == '/' || c.is_ascii_alphabetic());
        out.push_str(if is_tag { "<" } else { "&lt;" });
        out.push_str(part);
    }
    out
}

/// Takes so many bytes and no more.
struct Bounded {
    bytes: Vec<u8>,
    most: usize,
}

impl Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.bytes.len() + bytes.len() > self.most {
            return Err(io::Error::from(io::ErrorKind::FileTooLarge));
        }
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
