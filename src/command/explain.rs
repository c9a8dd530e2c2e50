//! `ninefold explain`.

use std::io::{self, Write};

use clap::Args;

use super::{Common, Format, report};
use crate::config::unknown_lint;
use crate::diagnostic::Rule;
use crate::rules;

/// Say what a code means, and how it counts
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  ninefold explain missing-alt")]
pub struct Explain {
    /// The code, as it stands in brackets behind `error` or `warning`; all are listed without it
    code: Option<String>,
}

impl Explain {
    pub(super) fn run(&self, common: &Common) -> bool {
        let text = match &self.code {
            None => list(),
            Some(code) => match rules::find(code) {
                Some(rule) => explained(rule),
                None => {
                    report::print(&[unknown_lint(code)], &common.root, Format::Human, common.quiet);
                    return false;
                }
            },
        };
        // A reader that went away is no fault of ours.
        let _ = io::stdout().write_all(text.as_bytes());
        true
    }
}

/// Every rule on a line, by its code.
fn list() -> String {
    let mut rules: Vec<&Rule> = rules::all().collect();
    rules.sort();
    let longest = |of: fn(&Rule) -> usize| rules.iter().map(|rule| of(rule)).max().unwrap_or_default();
    let (code, level) = (longest(|rule| rule.code().len()), longest(|rule| level(rule).len()));
    rules
        .iter()
        .map(|rule| format!("{:code$}  {:level$}  {}\n", rule.code(), self::level(rule), rule.meaning()))
        .collect()
}

/// The default level, and whether it is fixed.
fn level(rule: &Rule) -> String {
    let word = rule.level().word();
    if rule.is_fixed() { format!("{word}, fixed") } else { word.to_owned() }
}

fn explained(rule: &Rule) -> String {
    let change = match rule.is_fixed() {
        true => "Its level is fixed: readers, the host or the build rely on it.".to_owned(),
        false => format!(
            "Its level can be changed in site.yaml: `lints: {{{}: LEVEL}}`,\nwhere LEVEL is error, warning or off.",
            rule.code()
        ),
    };
    let mut text = format!("{}: {}\n{}.\n\n{change}\n", rule.code(), rule.level().word(), upper_first(rule.meaning()));
    if let Some(example) = rule.example() {
        let (place, example) = example.parts();
        text.push_str(&format!("\nAn example, in {place}:\n\n"));
        text.extend(
            example.lines().map(|line| if line.is_empty() { "\n".to_owned() } else { format!("    {line}\n") }),
        );
    }
    text
}

fn upper_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
