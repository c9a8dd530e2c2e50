//! Formulas: read within limits, with what is wrong with them, as MathML and as plain text. Knows one formula, no page.

mod faults;
mod formula;
mod limits;
mod numbers;
mod plain;
mod shorter;
mod styles;

use std::io::{self, Write};

use pulldown_latex::config::{DisplayMode, RenderConfig};
use pulldown_latex::event::{Content, Event};
use pulldown_latex::{ParserError, write_mathml};

use pulldown_cmark_escape::escape_html_body_text;

pub use faults::{brace, closed, fault};
use formula::Formula;
pub use limits::limit;
pub use plain::plain_text;
use shorter::shorter;
use styles::without_styles;

/// The most bytes of MathML for each byte of a formula, and besides. An array has lines for every row and column of it, and
/// commands of an author's own stand for others.
const GROWTH: usize = 64;
const FRAME: usize = 1024;

/// About how many bytes of MathML a formula becomes at most.
pub fn estimate(latex: &str) -> usize {
    120 + 60 * latex.len()
}

/// The formula as it is written.
pub fn source(latex: &str) -> String {
    format!("<code class=\"nf-math-error\">{}</code>", escaped(latex))
}

/// The formula as MathML; none if it can't be read.
pub fn mathml(latex: &str, display: bool) -> Option<String> {
    let formula = Formula::new(latex);
    let events = formula.parts().ok()?;
    if events.iter().any(is_unsafe) {
        return None;
    }
    let display_mode = if display { DisplayMode::Block } else { DisplayMode::Inline };
    let config = RenderConfig { display_mode, ..RenderConfig::default() };
    let mut html = Bounded { bytes: Vec::new(), most: GROWTH * latex.len() + FRAME };
    write_mathml(&mut html, events.into_iter().map(Ok::<_, ParserError>), config).ok()?;
    let html = String::from_utf8(html.bytes).ok()?;
    let html = html.strip_prefix("<math display=\"")?.split_once("\">")?.1.strip_suffix("</math>")?;
    let formula = shorter(&without_styles(with_escaped_signs(&with_spaces(html))));
    let tag = if display { "<math display=\"block\">" } else { "<math>" };
    if formula.is_its_source(latex) {
        return Some([tag, &formula.mathml, "</math>"].concat());
    }
    let (row, end) = if formula.elements == 1 { ("", "") } else { ("<mrow>", "</mrow>") };
    let annotation = "<annotation encoding=\"application/x-tex\">";
    let mathml = &formula.mathml;
    let source = escaped(latex);
    Some([tag, "<semantics>", row, mathml, end, annotation, &source, "</annotation></semantics></math>"].concat())
}

/// Text escaped for the body of an element.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    // Writing to a String does not fail.
    let _ = escape_html_body_text(&mut out, text);
    out
}

/// The library writes a space as a reference that XML does not know, and escapes its ampersand where the formula has a
/// control space or a tie.
fn with_spaces(html: &str) -> String {
    html.replace("<mtext>&amp;nbsp;</mtext>", "<mtext>\u{a0}</mtext>").replace("&nbsp;", "\u{a0}")
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
