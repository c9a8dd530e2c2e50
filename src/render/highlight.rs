//! Code to HTML with a class for each part, coloured by the theme's style sheets. Knows languages, not pages.

use std::sync::LazyLock;

use syntect::html::{ClassStyle, ClassedHTMLGenerator};
use syntect::parsing::{SyntaxReference, SyntaxSet};
use syntect::util::LinesWithEndings;

use super::body::escaped;

/// Every class begins with this.
const STYLE: ClassStyle = ClassStyle::SpacedPrefixed { prefix: "hl-" };
/// Longer blocks, or blocks with longer lines, are shown without colours: grammars take their time.
const MAX_BLOCK_BYTES: usize = 128 * 1024;
const MAX_LINE_BYTES: usize = 2_000;

static SYNTAXES: LazyLock<SyntaxSet> = LazyLock::new(SyntaxSet::load_defaults_newlines);

/// Highlights code blocks.
#[derive(Debug, Default)]
pub struct Highlighter;

impl Highlighter {
    /// Whether `language`, the first word after a fence, names a grammar.
    pub fn knows(&self, language: &str) -> bool {
        !language.is_empty() && self.syntax(language).is_some()
    }

    fn syntax(&self, language: &str) -> Option<&'static SyntaxReference> {
        let usual = match language.to_lowercase().as_str() {
            "shell" | "console" | "shell-session" | "sh" | "zsh" => "bash".to_owned(),
            "golang" => "go".to_owned(),
            "jsonc" | "json5" => "json".to_owned(),
            "text" | "txt" | "plain" | "plaintext" => return None,
            other => other.to_owned(),
        };
        SYNTAXES.find_syntax_by_token(&usual)
    }

    /// The whole block.
    pub fn highlight(&self, language: &str, code: &str) -> String {
        let mut shown = String::new();
        pulldown_cmark_escape::escape_html(&mut shown, language).unwrap_or_default();
        let inner = self.spans(language, code).unwrap_or_else(|| escaped(code));
        format!(
            "<pre class=\"nf-code\" data-language=\"{shown}\" tabindex=\"0\"><code class=\"language-{shown}\">{inner}</code></pre>\n"
        )
    }

    fn spans(&self, language: &str, code: &str) -> Option<String> {
        if code.len() > MAX_BLOCK_BYTES || code.lines().any(|line| line.len() > MAX_LINE_BYTES) {
            return None;
        }
        let mut generator = ClassedHTMLGenerator::new_with_class_style(self.syntax(language)?, &SYNTAXES, STYLE);
        for line in LinesWithEndings::from(code) {
            generator.parse_html_for_line_which_includes_newline(line).ok()?;
        }
        Some(generator.finalize())
    }
}
