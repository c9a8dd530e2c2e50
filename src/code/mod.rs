//! Code blocks to HTML with a class for each part, and how much code is coloured. Owns the grammars, the names of languages and
//! the limits; does not know pages, and caches nothing but lines.

mod fence;
mod known_lines;
mod marked_lines;
mod spans;
mod steps;
mod work;

use std::sync::LazyLock;

use pulldown_cmark_escape::{escape_html, escape_html_body_text};
use syntect::parsing::{SyntaxReference, SyntaxSet};

pub use fence::Fence;
pub use work::{Beyond, beyond, estimate, work};

/// Unpacked for the first block that needs a grammar.
static SYNTAXES: LazyLock<SyntaxSet> = LazyLock::new(SyntaxSet::load_defaults_newlines);

/// The grammar of a language; none of plain text, and of languages that no grammar knows.
pub fn grammar(language: &str) -> Option<&'static SyntaxReference> {
    SYNTAXES.find_syntax_by_token(&token(language)?)
}

/// The name by which the grammars know a language.
fn token(language: &str) -> Option<String> {
    Some(match language.to_lowercase().as_str() {
        "" | "text" | "txt" | "plain" | "plaintext" => return None,
        "shell" | "console" | "shell-session" | "sh" | "zsh" => "bash".to_owned(),
        "golang" => "go".to_owned(),
        "jsonc" | "json5" => "json".to_owned(),
        other => other.to_owned(),
    })
}

/// What stands inside a block: spans whose classes say what each part is; none if the grammar fails.
pub fn coloured(syntax: &SyntaxReference, code: &str) -> Option<String> {
    spans::spans(syntax, code, &SYNTAXES)
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
    if fence.language.is_empty() {
        return format!("<pre class=\"nf-code\" tabindex=\"0\"><code>{inner}</code></pre>\n");
    }
    let mut shown = String::new();
    let _ = escape_html(&mut shown, fence.language);
    format!(
        "<pre class=\"nf-code\" data-language=\"{shown}\" tabindex=\"0\"><code class=\"language-{shown}\">{inner}</code></pre>\n"
    )
}
