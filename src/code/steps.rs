//! How many ways the expressions of a grammar try before they find that a line does not match. Oniguruma counts these steps
//! and stops at a limit, so the count is the same on every machine; syntect has no way to set that limit, so lines are tried
//! beforehand. Does not know what is done with a line that takes too many.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use onig::{MatchParam, Regex, RegexOptions, SearchOptions, Syntax};
use syntect::parsing::syntax_definition::Pattern;
use syntect::parsing::{SyntaxDefinition, SyntaxReference};

use super::SYNTAXES;

/// Steps of one attempt to match, at one place of a line: what few lines of real code take, and what hardly any does.
const MANY: u32 = 2_000;
const TOO_MANY: u32 = 50_000;

/// By all their names, the languages whose grammars were seen to take more than the square of a line's length: C#, Groovy,
/// Makefile, Markdown and its kin, Scala. The other grammars of the set were tried on some 100,000 random lines each.
const STEEP: [&str; 22] = [
    "c#",
    "cs",
    "csx",
    "gnumakefile",
    "gradle",
    "groovy",
    "gvy",
    "jenkinsfile",
    "mak",
    "make",
    "makefile",
    "makefile.am",
    "makefile.in",
    "markdn",
    "markdown",
    "md",
    "mdown",
    "mk",
    "multimarkdown",
    "ocamlmakefile",
    "sbt",
    "scala",
];

/// Whether lines in `language` are to be tried.
pub fn is_steep(language: &str) -> bool {
    STEEP.contains(&language.to_lowercase().as_str())
}

/// The expressions of a grammar that may try many ways.
pub struct Steps(Vec<Regex>);

/// Those of the grammars that were asked for.
static KNOWN: LazyLock<Mutex<HashMap<&'static str, Arc<Steps>>>> = LazyLock::new(Mutex::default);

impl Steps {
    /// Those of `syntax`, made once.
    pub fn of(syntax: &'static SyntaxReference) -> Arc<Self> {
        let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(known.entry(syntax.name.as_str()).or_insert_with(|| {
            let grammars = SYNTAXES.clone().into_builder();
            // MultiMarkdown is Markdown and an expression or two more.
            let own = grammars.syntaxes().iter().filter(|grammar| syntax.name.ends_with(&grammar.name));
            let texts: HashSet<String> = own.flat_map(expressions).filter(|text| repeats(text) > 1).collect();
            let compiled = |text: &String| {
                Regex::with_options(text, RegexOptions::REGEX_OPTION_CAPTURE_GROUP, Syntax::default()).ok()
            };
            Arc::new(Self(texts.iter().filter_map(compiled).collect()))
        }))
    }

    pub fn are_many(&self, line: &str) -> bool {
        self.exceed(MANY, line)
    }

    pub fn are_too_many(&self, line: &str) -> bool {
        self.exceed(TOO_MANY, line)
    }

    /// Whether any expression takes more than `limit` steps from some place of the line.
    fn exceed(&self, limit: u32, line: &str) -> bool {
        let line = format!("{line}\n");
        self.0.iter().any(|expression| exceeds(expression, limit, &line))
    }
}

fn exceeds(expression: &Regex, limit: u32, line: &str) -> bool {
    let mut from = 0;
    while from < line.len() {
        let mut param = MatchParam::default();
        param.set_retry_limit_in_match(limit);
        match expression.search_with_param(line, from, line.len(), SearchOptions::SEARCH_OPTION_NONE, None, param) {
            Ok(Some(at)) => from = at + line[at..].chars().next().map_or(1, char::len_utf8),
            Ok(None) => return false,
            Err(_) => return true,
        }
    }
    false
}

/// The expressions of a grammar that are the same for every line.
fn expressions(grammar: &SyntaxDefinition) -> Vec<String> {
    let patterns = grammar.contexts.values().flat_map(|context| &context.patterns);
    let own = patterns.filter_map(|pattern| match pattern {
        Pattern::Match(pattern) if !pattern.has_captures => Some(pattern.regex().regex_str().to_owned()),
        _ => None,
    });
    own.collect()
}

/// How many parts of an expression may repeat without end. One alone can't try many ways.
fn repeats(expression: &str) -> usize {
    let (mut count, mut escaped, mut in_class) = (0, false, 0_u32);
    for c in expression.chars() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '[' => in_class += 1,
            ']' => in_class = in_class.saturating_sub(1),
            '*' | '+' | ',' if in_class == 0 => count += 1,
            _ => {}
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::code::grammar;

    const GRAMMARS: [&str; 6] = ["C#", "Groovy", "Makefile", "Markdown", "MultiMarkdown", "Scala"];

    #[test]
    fn every_name_of_a_steep_grammar_is_known() {
        for syntax in SYNTAXES.syntaxes().iter().filter(|syntax| GRAMMARS.contains(&syntax.name.as_str())) {
            for name in syntax.file_extensions.iter().chain([&syntax.name]) {
                assert!(is_steep(name), "{name} of {}", syntax.name);
            }
        }
        for name in STEEP {
            let grammar = grammar(name).map(|syntax| syntax.name.as_str());
            assert!(grammar.is_none_or(|grammar| GRAMMARS.contains(&grammar)), "{name}: {grammar:?}");
        }
    }

    #[test]
    fn steps_are_counted_and_limited() -> Result<(), onig::Error> {
        let expression = Regex::new("(?:a|ab|b)*c")?;
        let line = "ab".repeat(8) + ";c\n";
        assert!(!exceeds(&expression, 100_000, &line));
        assert!(exceeds(&expression, 10, &line));
        assert!(!exceeds(&expression, 10, "c\n"));
        assert_eq!((repeats("a*b+"), repeats(r"[*+]\*a*"), repeats("a{2,}")), (2, 1, 1));
        Ok(())
    }
}
