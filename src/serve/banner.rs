//! What the development server adds to pages: the script that listens, and the faults. Knows HTML; never part of a built site.

use std::path::Path;

use super::look::Look;
use crate::diagnostic::{self, Diagnostic, Severity};
use crate::load::text_of;
use crate::model::SourcePath;

/// Where a page hears of changes.
pub const EVENTS: &str = "/.ninefold/events";
pub const SCRIPT: &str = "/.ninefold/live.js";
pub const STYLE: &str = "/.ninefold/live.css";

/// Faults shown in full; the terminal has them all.
const SHOWN: usize = 20;

/// The page with the script and its faults, in one piece before the end of its body.
pub fn with_live_reload(html: &[u8], look: Look, faults: &str) -> Vec<u8> {
    let Ok(text) = std::str::from_utf8(html) else { return html.to_vec() };
    let (before, end) = text.rfind("</body>").map_or((text, ""), |at| text.split_at(at));
    format!("{before}{}{end}", live(&look, faults)).into_bytes()
}

fn live(look: &Look, faults: &str) -> String {
    let (page, assets) = look.words();
    format!(
        "<div id=\"nf-live\" data-page=\"{page}\" data-assets=\"{assets}\">\
         <link rel=\"stylesheet\" href=\"{STYLE}\"><div>{faults}</div>\
         <script src=\"{SCRIPT}\"></script></div>"
    )
}

/// A page of faults, for when no other can be made.
pub fn faults_alone(look: Look, faults: &str) -> String {
    format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <title>The page can't be shown</title></head><body>{}</body></html>",
        live(&look, faults)
    )
}

/// The errors and warnings among `diagnostics` as HTML, those of the file `on_show` first; empty if there are none.
pub fn faults(diagnostics: &[&Diagnostic], on_show: Option<&SourcePath>, root: &Path) -> String {
    let is_here = |fault: &&Diagnostic| fault.place.as_ref().map(|place| &place.path) == on_show && on_show.is_some();
    let faults = diagnostics.iter().copied().filter(|fault| fault.severity != Severity::Note);
    let (here, elsewhere): (Vec<&Diagnostic>, Vec<&Diagnostic>) = faults.partition(is_here);
    // There may be thousands, and every page that listens gets them after every edit: only those that are shown are copied.
    let all: Vec<&Diagnostic> = here.iter().chain(&elsewhere).copied().collect();
    let (Some(first), Some(counts)) = (all.first(), diagnostic::summary(all.iter().copied())) else {
        return String::new();
    };
    let shown: Vec<Diagnostic> = all.iter().take(SHOWN).copied().cloned().collect();
    let mut text = diagnostic::human(&shown, &|path| text_of(root, path), false);
    if all.len() > SHOWN {
        text.push_str(&format!("\n{} more are in the terminal.\n", all.len() - SHOWN));
    }
    let place = match &first.place {
        Some(_) if !here.is_empty() => "on this page".to_owned(),
        Some(place) => format!("in {}", place.path),
        None => String::new(),
    };
    let kind = if all.iter().any(|fault| fault.is_error()) { "error" } else { "warning" };
    format!(
        "<details id=\"nf-faults\" class=\"nf-{kind}\"><summary>{counts}: {} <small>{}</small></summary><pre tabindex=\"0\">{}</pre></details>",
        escaped(&first.message),
        escaped(&place),
        escaped(&text)
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
