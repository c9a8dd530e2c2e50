//! LaTeX to MathML. Knows one formula.

use pulldown_latex::config::{DisplayMode, RenderConfig};
use pulldown_latex::event::{Content, Event};
use pulldown_latex::{Parser, Storage, push_mathml};

use super::body::escaped;
use super::math_styles::without_styles;

/// The longest formula read, in bytes, and the most commands in it: the library calls itself for `\frac\frac\frac`.
const MAX_BYTES: usize = 16 * 1024;
const MAX_COMMANDS: usize = 300;

/// The formula as MathML, with its source for those who copy it; as code if it can't be read.
pub fn mathml(latex: &str, display: bool) -> String {
    let fallback = || format!("<code class=\"nf-math-error\">{}</code>", escaped(latex));
    if latex.len() > MAX_BYTES || latex.matches('\\').count() > MAX_COMMANDS {
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
        Ok(events) if events.iter().any(is_unsafe) => fallback(),
        Ok(events) => {
            match push_mathml(&mut html, events.into_iter().map(Ok::<_, pulldown_latex::ParserError>), config) {
                // And single signs.
                Ok(()) => without_styles(html.replace("><</m", ">&lt;</m").replace(">&</m", ">&amp;</m")),
                Err(_) => fallback(),
            }
        }
        Err(_) => fallback(),
    }
}

/// The library writes the name of an operator as it is.
fn is_unsafe(event: &Event<'_>) -> bool {
    matches!(event, Event::Content(Content::Function(name)) if name.contains(['<', '>', '&']))
}
