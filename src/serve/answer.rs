//! What an address of the site answers with while it is being written. Knows the site and its faults; no HTTP.

use crate::diagnostic::Diagnostic;
use crate::model::UrlPath;
use crate::render::{self, Highlighter, Output, Renderer, TEMPLATE};

use super::page;
use super::state::{Reading, State};

/// An answer, ready to send.
pub struct Answer {
    pub status: u16,
    pub content_type: &'static str,
    pub body: Vec<u8>,
    /// Where to go instead.
    pub location: Option<String>,
}

/// Answers for `path`, percent-decoded, as the published site would, with the faults above every page.
pub fn answer(state: &State, path: &str) -> Answer {
    let Some(mut reading) = state.reading() else { return not_found_plain() };
    let base = reading.assembled.site.config.base_url.path().to_owned();
    let Some(inner) = path.strip_prefix(&base).filter(|inner| inner.starts_with('/')) else {
        return if path == "/" || path == base { to(format!("{base}/")) } else { not_found_plain() };
    };
    let url = UrlPath::new(inner.to_owned());
    let mut result = rendered(&reading, &url);
    if matches!(&result, Some(Err(fault)) if fault.code == "changed-meanwhile") {
        // The file was saved a moment ago and the watcher is on its way.
        state.read_again();
        if let Some(newer) = state.reading() {
            reading = newer;
            result = rendered(&reading, &url);
        }
    }
    match result {
        Some(Ok(body)) => found(200, &url, body, &reading, state),
        Some(Err(fault)) => failed(state, &reading, fault),
        None if reading.assembled.site.has(&format!("{inner}/")) => to(format!("{base}{inner}/")),
        None => match rendered(&reading, &UrlPath::new("/404.html")) {
            Some(Ok(body)) => found(404, &UrlPath::new("/404.html"), body, &reading, state),
            _ => not_found_plain(),
        },
    }
}

fn rendered(reading: &Reading, url: &UrlPath) -> Option<Result<Vec<u8>, Diagnostic>> {
    let view = reading.assembled.site.view(url)?;
    let Some(theme) = &reading.theme else {
        let fault = reading.diagnostics.iter().find(|fault| fault.code == TEMPLATE).cloned();
        return Some(Err(fault.unwrap_or_else(|| Diagnostic::error(TEMPLATE, "the theme can't be read"))));
    };
    let sources = |path: &crate::model::SourcePath| reading.assembled.text(path);
    let renderer = Renderer { theme, highlighter: &Highlighter, sources: &sources };
    Some(render::output(&view, &renderer).and_then(|output| {
        match output {
            Output::Bytes(bytes) => Ok(bytes),
            Output::Shared(bytes) => Ok(bytes.to_vec()),
            Output::Copy(content) => content.bytes().map_err(|error| {
                Diagnostic::error("unreadable", format!("the file of `{url}` can't be read: {error}"))
            }),
        }
    }))
}

fn found(status: u16, url: &UrlPath, body: Vec<u8>, reading: &Reading, state: &State) -> Answer {
    let content_type = page::content_type(&url.file());
    let body = if content_type.starts_with("text/html") {
        page::with_live_reload(&body, &reading.diagnostics, &state.options.root)
    } else {
        body
    };
    Answer { status, content_type, body, location: None }
}

fn failed(state: &State, reading: &Reading, fault: Diagnostic) -> Answer {
    let mut faults = vec![fault];
    faults.extend(reading.diagnostics.iter().filter(|d| d.is_error()).cloned());
    faults.dedup();
    let body = page::faults_alone(&faults, &state.options.root);
    Answer { status: 500, content_type: "text/html; charset=utf-8", body: body.into_bytes(), location: None }
}

fn to(location: String) -> Answer {
    Answer { status: 307, content_type: "text/plain; charset=utf-8", body: Vec::new(), location: Some(location) }
}

fn not_found_plain() -> Answer {
    Answer {
        status: 404,
        content_type: "text/plain; charset=utf-8",
        body: b"Nothing is here.\n".to_vec(),
        location: None,
    }
}
