//! What the development server adds to pages: the reload script and the faults. Knows HTML; never part of a built site.

use std::path::Path;

use crate::diagnostic::{self, Diagnostic, Severity};
use crate::load::text_of;

/// Where the browser hears of changes.
pub const EVENTS: &str = "/.ninefold/events";

const SCRIPT: &str = "<script>(()=>{const s=new EventSource('/.ninefold/events');let seen=false;s.onmessage=()=>location.reload();s.onopen=()=>{if(seen)location.reload();seen=true}})()</script>";

const BANNER_CSS: &str = "#nf-faults{font:14px/1.45 ui-monospace,monospace;color:#f6efe6;background:#3a1d16;padding:.6rem 1rem;\
max-height:40vh;overflow:auto;border-bottom:3px solid #d4572f}#nf-faults summary{cursor:pointer}#nf-faults pre{white-space:pre-wrap;margin:.6rem 0 0;color:inherit;background:none}";

/// The page with the script, and the site's faults above it.
pub fn with_live_reload(html: &[u8], diagnostics: &[Diagnostic], root: &Path) -> Vec<u8> {
    let Ok(text) = std::str::from_utf8(html) else { return html.to_vec() };
    let shown: Vec<Diagnostic> = diagnostics.iter().filter(|d| d.severity != Severity::Note).cloned().collect();
    let banner = if shown.is_empty() {
        String::new()
    } else {
        banner(&shown, &diagnostic::human(&shown, &|path| text_of(root, path), false))
    };
    let (before, after) = match text.find("<body").and_then(|at| Some(at + text[at..].find('>')? + 1)) {
        Some(at) => text.split_at(at),
        None => ("", text),
    };
    let (inner, end) = after.rfind("</body>").map_or((after, ""), |at| after.split_at(at));
    format!("{before}{banner}{inner}{SCRIPT}{end}").into_bytes()
}

fn banner(shown: &[Diagnostic], text: &str) -> String {
    let summary = diagnostic::summary(shown).unwrap_or_default();
    let open = if shown.iter().any(Diagnostic::is_error) { " open" } else { "" };
    format!(
        "<style>{BANNER_CSS}</style><details id=\"nf-faults\"{open}><summary>{summary}</summary><pre>{}</pre></details>",
        escaped(text)
    )
}

/// A page of faults, for when no other can be made.
pub fn faults_alone(faults: &[Diagnostic], root: &Path) -> String {
    let text = diagnostic::human(faults, &|path| text_of(root, path), false);
    format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>The page can't be shown</title></head><body>{}{SCRIPT}</body></html>",
        banner(faults, &text)
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// The type of a file by its name, as static hosts send it.
pub fn content_type(file: &str) -> &'static str {
    let extension = file.rsplit_once('.').map_or("", |(_, extension)| extension).to_lowercase();
    match extension.as_str() {
        "html" | "htm" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" | "map" => "application/json",
        "xml" => "application/xml; charset=utf-8",
        "txt" | "md" => "text/plain; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "woff" => "font/woff",
        "pdf" => "application/pdf",
        "mp4" => "video/mp4",
        "webm" => "video/webm",
        "mp3" => "audio/mpeg",
        "wasm" => "application/wasm",
        _ => "application/octet-stream",
    }
}

/// Opens `url` in the user's browser. If none opens, the address was printed anyway.
pub fn open(url: &str) {
    let (program, arguments): (&str, &[&str]) = if cfg!(target_os = "macos") {
        ("open", &[])
    } else if cfg!(windows) {
        ("cmd", &["/C", "start", ""])
    } else {
        ("xdg-open", &[])
    };
    let _ = std::process::Command::new(program).args(arguments).arg(url).spawn();
}
