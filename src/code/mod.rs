//! Code blocks to HTML with a class for each part, and how much code is coloured. Owns the grammars, the names of languages and
//! the limits; does not know pages, and caches nothing but lines.

mod fence;
mod known_lines;
mod languages;
mod marked_lines;
mod sessions;
mod spans;
mod steps;
mod work;

use pulldown_cmark_escape::{escape_html, escape_html_body_text};

pub use fence::Fence;
pub use languages::{Language, Unknown, unknown};
pub use work::{Beyond, beyond, estimate, work};

/// What stands inside a block: spans whose classes say what each part is; none if the grammar fails.
pub fn coloured(language: Language, code: &str) -> Option<String> {
    match language.is_session {
        true => sessions::spans(language.grammar, code, &languages::SYNTAXES),
        false => spans::spans(language.grammar, code, &languages::SYNTAXES),
    }
}

/// The same without colours.
pub fn plain(code: &str) -> String {
    let mut out = String::with_capacity(code.len());
    // Writing to a String does not fail.
    let _ = escape_html_body_text(&mut out, code);
    out
}

/// The whole block, with `inner` as its code.
pub fn block(fence: &Fence<'_>, inner: String) -> String {
    let inner = marked_lines::with_marked_lines(inner, fence);
    if fence.language.is_empty() || languages::is_text(fence.language) {
        return format!("<pre class=\"nf-code\" tabindex=\"0\"><code>{inner}</code></pre>\n");
    }
    let mut shown = String::new();
    let _ = escape_html(&mut shown, fence.language);
    format!(
        "<pre class=\"nf-code\" data-language=\"{shown}\" tabindex=\"0\"><code class=\"language-{shown}\">{inner}</code></pre>\n"
    )
}
