//! How many ways the expressions of a grammar try before they find that a line does not match. Oniguruma counts these steps
//! and stops at a limit, so the count is the same on every machine; syntect has no way to set that limit, so lines are tried
//! beforehand. Does not know what is done with a line that takes too many.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, LazyLock, Mutex};

use onig::{MatchParam, Regex, RegexOptions, SearchOptions, Syntax};
use syntect::parsing::SyntaxDefinition;
use syntect::parsing::syntax_definition::Pattern;

use crate::guard::locked;

use super::languages::{Language, SYNTAXES};

/// Steps of one attempt to match, at one place of a line: what few lines of real code take, and what hardly any does.
const MANY: u32 = 2_000;
const TOO_MANY: u32 = 50_000;

/// The grammars that were seen to take more than the square of a line's length, and those that hold code of such a grammar. The
/// others were tried on random lines of their own words and signs, repeated or not.
const STEEP: &[&str] = &[
    "Command Help",
    "Git Attributes",
    "Git Commit",
    "Git Common",
    "Git Config",
    "Git Ignore",
    "Git Link",
    "Git Log",
    "Git Mailmap",
    "Git Rebase Todo",
    "HTML (Twig)",
    "INI",
    "LaTeX",
    "Lisp",
    "Literate Haskell",
    "LiveScript",
    "Lua",
    "nginx",
    "Objective-C++",
    "orgmode",
    "Python",
    "Rd (R Documentation)",
    "SystemVerilog",
];
/// Those of them that try very many ways on a few lines.
const STEEPEST: [&str; 6] = ["C#", "Groovy", "Makefile", "Markdown", "MultiMarkdown", "Scala"];

/// Whether lines in `language` may take the cube of their length.
pub fn is_steep(language: Language) -> bool {
    STEEP.contains(&language.grammar.name.as_str()) || is_tried(language)
}

/// Whether lines in `language` are to be tried.
pub fn is_tried(language: Language) -> bool {
    STEEPEST.contains(&language.grammar.name.as_str())
}

/// The expressions of a grammar that may try many ways.
pub struct Steps(Vec<Regex>);

/// By the names of such grammars, their expressions. All grammars are unpacked for them, once.
static EXPRESSIONS: LazyLock<HashMap<String, HashSet<String>>> = LazyLock::new(|| {
    let grammars = SYNTAXES.clone().into_builder();
    let steepest = grammars.syntaxes().iter().filter(|grammar| STEEPEST.contains(&grammar.name.as_str()));
    steepest
        .map(|grammar| {
            (grammar.name.clone(), expressions(grammar).into_iter().filter(|text| repeats(text) > 1).collect())
        })
        .collect()
});

/// Those of the grammars that were asked for.
static KNOWN: LazyLock<Mutex<HashMap<&'static str, Arc<Steps>>>> = LazyLock::new(Mutex::default);

impl Steps {
    /// Those of `language`, made once.
    pub fn of(language: Language) -> Arc<Self> {
        let syntax = language.grammar;
        let mut known = locked(&KNOWN);
        Arc::clone(known.entry(syntax.name.as_str()).or_insert_with(|| {
            // MultiMarkdown is Markdown and an expression or two more.
            let own = EXPRESSIONS.iter().filter(|(name, _)| syntax.name.ends_with(name.as_str()));
            let texts: HashSet<&String> = own.flat_map(|(_, texts)| texts).collect();
            let compiled = |text: &&String| {
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
    use super::super::languages::LEFT_OUT;
    use super::*;
    /// The grammars that each goes on to: a number stands for each in what the library shows of it.
    fn held(grammars: &[SyntaxDefinition]) -> Vec<HashSet<usize>> {
        let numbers = |grammar: &SyntaxDefinition| {
            let shown = format!("{:?}", grammar.contexts);
            let ends = |c: char| !c.is_ascii_digit();
            shown.split("syntax_index: ").skip(1).filter_map(|rest| rest.split(ends).next()?.parse().ok()).collect()
        };
        grammars.iter().map(numbers).collect()
    }

    #[test]
    fn what_holds_code_of_a_steep_grammar_is_steep() {
        let grammars = SYNTAXES.clone().into_builder();
        let names: Vec<&str> = grammars.syntaxes().iter().map(|grammar| grammar.name.as_str()).collect();
        for name in STEEP.iter().copied().chain(STEEPEST) {
            assert!(names.contains(&name), "{name}");
        }
        let held = held(grammars.syntaxes());
        let mut steep: HashSet<&str> = STEEP.iter().copied().chain(STEEPEST).chain(LEFT_OUT).collect();
        let mut found = Vec::new();
        while let Some(n) =
            (0..names.len()).find(|n| !steep.contains(names[*n]) && held[*n].iter().any(|m| steep.contains(names[*m])))
        {
            steep.insert(names[n]);
            found.push(names[n]);
        }
        assert_eq!(found, [""; 0]);
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
