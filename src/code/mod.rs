//! The grammars that code is coloured by, and how much code they are given. Owns the names of languages and the limits; does
//! not know pages and makes no HTML.

mod steps;
mod work;

use std::sync::LazyLock;

use syntect::parsing::{SyntaxReference, SyntaxSet};

pub use work::{Beyond, beyond};

/// Unpacked for the first block that needs a grammar.
pub static SYNTAXES: LazyLock<SyntaxSet> = LazyLock::new(SyntaxSet::load_defaults_newlines);

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
