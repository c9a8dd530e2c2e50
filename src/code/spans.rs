//! Parsed code to HTML: a span with classes for each part that readers are to tell from the rest. Knows the names that
//! grammars give to parts of code (manual.macromates.com/en/language_grammars, "naming conventions"), no colour.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use pulldown_cmark_escape::escape_html_body_text;
use syntect::parsing::{BasicScopeStackOp, Scope, ScopeStack, ScopeStackOp, SyntaxReference, SyntaxSet};
use syntect::util::LinesWithEndings;

use super::known_lines::Parser;

/// Before every class.
const PREFIX: &str = "hl-";
/// What parts of code are. The others say where in the program a part stands: most of a grammar's names, which no theme colours.
const KINDS: [&str; 11] = [
    "comment",
    "constant",
    "entity",
    "invalid",
    "keyword",
    "markup",
    "punctuation",
    "storage",
    "string",
    "support",
    "variable",
];
/// The one place that counts: a key in YAML or JSON is a string like its value.
const KEY: &str = "meta.mapping.key";
/// Parts of a name that become classes: what follows is the language, or finer than anybody wants.
const DEPTH: usize = 3;

thread_local! {
    /// The opening tag for each name that was seen; none for one that needs no span. There are as many as the grammars have.
    static TAGS: RefCell<HashMap<Scope, Option<Rc<str>>>> = RefCell::default();
}

/// The HTML of `code`: spans whose classes say what each part is; none if the grammar fails.
pub fn spans(syntax: &SyntaxReference, code: &str, syntaxes: &SyntaxSet) -> Option<String> {
    let mut writer = Writer::for_code(code);
    let mut parser = Parser::new(syntax, syntaxes);
    for line in LinesWithEndings::from(code) {
        writer.line(line, &parser.line(line)?)?;
    }
    Some(writer.finish())
}

/// What was written of a block.
pub struct Writer {
    html: String,
    scopes: ScopeStack,
    /// For each scope on the stack, if it has a span: where its tag begins, and where it ends.
    open: Vec<Option<(usize, usize)>>,
}

impl Writer {
    pub fn for_code(code: &str) -> Self {
        Self { html: String::with_capacity(code.len() * 4), scopes: ScopeStack::new(), open: Vec::new() }
    }

    /// Ends what is open.
    pub fn end_spans(&mut self) {
        while !self.open.is_empty() {
            close(&mut self.html, &mut self.open);
        }
        self.scopes = ScopeStack::new();
    }

    /// Text in a span of its own.
    pub fn span(&mut self, classes: &str, text: &str) {
        self.html.push_str(&format!("<span class=\"{classes}\">"));
        self.text(text);
        self.html.push_str("</span>");
    }

    pub fn finish(mut self) -> String {
        self.end_spans();
        self.html
    }

    /// A line that was parsed.
    pub fn line(&mut self, line: &str, operations: &[(usize, ScopeStackOp)]) -> Option<()> {
        let mut written = 0;
        for (at, operation) in operations {
            if *at > written {
                self.text(&line[written..*at]);
                written = *at;
            }
            let Self { html, scopes, open } = self;
            let step = |step: BasicScopeStackOp, _: &[Scope]| match step {
                BasicScopeStackOp::Push(scope) => open.push(tag(scope).map(|tag| {
                    let start = html.len();
                    html.push_str(&tag);
                    (start, html.len())
                })),
                BasicScopeStackOp::Pop => close(html, open),
            };
            scopes.apply_with_hook(operation, step).ok()?;
        }
        self.text(&line[written..]);
        Some(())
    }

    /// Text that nothing is known of.
    pub fn text(&mut self, text: &str) {
        // Writing to a String does not fail.
        let _ = escape_html_body_text(&mut self.html, text);
    }
}

/// Ends the innermost span. One without text leaves nothing.
fn close(html: &mut String, open: &mut Vec<Option<(usize, usize)>>) {
    match open.pop().flatten() {
        Some((start, end)) if end == html.len() => html.truncate(start),
        Some(_) => html.push_str("</span>"),
        None => {}
    }
}

fn tag(scope: Scope) -> Option<Rc<str>> {
    TAGS.with_borrow_mut(|tags| tags.entry(scope).or_insert_with(|| tag_of(&scope.build_string())).clone())
}

fn tag_of(name: &str) -> Option<Rc<str>> {
    let is_key = name.strip_prefix(KEY).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
    let is_kind = KINDS.contains(&name.split('.').next().unwrap_or_default());
    (is_key || is_kind).then(|| {
        let classes: Vec<String> = name.split('.').take(DEPTH).map(|part| format!("{PREFIX}{part}")).collect();
        format!("<span class=\"{}\">", classes.join(" ")).into()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_parts_become_classes_and_names_of_places_nothing() {
        let classes = |name: &str| tag_of(name).map(|tag| tag.to_string());
        let span = |classes: &str| Some(format!("<span class=\"{classes}\">"));
        assert_eq!(classes("comment"), span("hl-comment"));
        assert_eq!(classes("keyword.operator.rust"), span("hl-keyword hl-operator hl-rust"));
        assert_eq!(classes("constant.numeric.integer.decimal.python"), span("hl-constant hl-numeric hl-integer"));
        assert_eq!(classes("meta.mapping.key.json"), span("hl-meta hl-mapping hl-key"));
        assert_eq!(classes("meta.mapping.keys"), None);
        assert_eq!(classes("meta.function.rust"), None);
        assert_eq!(classes("source.rust"), None);
    }

    #[test]
    fn the_text_is_whole_and_spans_are_closed_and_not_empty() -> Result<(), String> {
        let syntaxes = two_face::syntax::extra_newlines();
        let pieces = [
            ("rs", "/* open\nfn a<'b>(x: &'b str) -> u8 { \"s\\n\"; 1 }\n"),
            ("py", "def f(a, b=1):\n    '''doc & <tag>'''\n    return f'{a}'\n"),
            ("sh", "cat <<EOF\n$A\nEOF\nfor i in $(seq 1 10); do echo \"$i\" || true; done"),
            ("html", "<script>let a = `${b}`;</script><b class='c'>&amp;</b>\n"),
            ("json", "{\"a\": [1, null, \"\\u00e9\"]}"),
            ("diff", "--- a\n+++ b\n@@ -1 +1 @@\n-x\n+y\n"),
        ];
        for (language, code) in pieces {
            let syntax = syntaxes.find_syntax_by_token(language).ok_or(format!("no grammar of {language}"))?;
            let html = spans(syntax, code, &syntaxes).ok_or(format!("the grammar of {language} fails"))?;
            assert!(html.contains("<span class=\"hl-"), "{html}");
            assert!(!html.contains("\"></span>"), "{html}");
            assert_eq!(html.matches("<span").count(), html.matches("</span>").count(), "{html}");
            let text: String =
                html.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text)).collect();
            assert_eq!(text, super::super::plain(code));
        }
        Ok(())
    }
}
