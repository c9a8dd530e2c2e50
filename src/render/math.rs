//! LaTeX to MathML. Knows one formula.

use pulldown_latex::config::{DisplayMode, RenderConfig};
use pulldown_latex::{Parser, Storage, push_mathml};

use super::body::escaped;

/// The longest formula read, in bytes.
const MAX_BYTES: usize = 16 * 1024;

/// The formula as MathML, with its source for those who copy it; as code if it can't be read.
pub fn mathml(latex: &str, display: bool) -> String {
    let fallback = || format!("<code class=\"nf-math-error\">{}</code>", escaped(latex));
    if latex.len() > MAX_BYTES {
        return fallback();
    }
    let storage = Storage::new();
    let display_mode = if display { DisplayMode::Block } else { DisplayMode::Inline };
    // The library writes the annotation as it is given.
    let source = escaped(latex);
    let config = RenderConfig { display_mode, annotation: Some(&source), ..RenderConfig::default() };
    let mut html = String::new();
    let parser = Parser::new(latex, &storage);
    let events: Result<Vec<_>, _> = parser.collect();
    match events {
        Ok(events) => {
            match push_mathml(&mut html, events.into_iter().map(Ok::<_, pulldown_latex::ParserError>), config) {
                // It writes "less than" as it is.
                Ok(()) => html.replace("><</mo>", ">&lt;</mo>"),
                Err(_) => fallback(),
            }
        }
        Err(_) => fallback(),
    }
}
