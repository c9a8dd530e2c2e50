//! Help of the kind "write this" is followed: what it was about is gone then, and nothing worse has come.

use ninefold::diagnostic::{Diagnostic, Severity, Spot};
use ninefold::pipeline;

use crate::support::TestSite;

/// Where the body of an essay begins.
const BODY: usize = "---\ntitle: \"a\"\ndate: 2026-05-01\n---\n\n".len();

fn diagnostics(body: &str) -> Vec<Diagnostic> {
    let site = TestSite::new().essay("a", "", body).essay("my-plan", "", "## Limits\n\nText.");
    pipeline::read(&site.options()).diagnostics
}

/// What stands in backticks after "write" or "did you mean".
fn proposed(help: &str) -> Option<&str> {
    let rest = help.strip_prefix("write `").or_else(|| help.strip_prefix("did you mean `"))?;
    rest.split('`').next()
}

/// The body as the help of `fault` has it.
fn followed(body: &str, fault: &Diagnostic) -> Option<String> {
    let Spot::Bytes(span) = &fault.place.as_ref()?.spot else { return None };
    let at = span.range().start - BODY..span.range().end - BODY;
    let help = fault.help.first()?;
    let text = proposed(help)?;
    if help.contains("below the") && fault.message.contains("a line of dashes") {
        return Some(format!("{}\n{text}{}", &body[..at.end], &body[at.end..]));
    }
    if fault.code() == "near-table" {
        let next = at.end + 1 + body[at.end + 1..].find('\n')?;
        return Some(format!("{}{text}{}", &body[..=at.end], &body[next..]));
    }
    let text = match fault.code() {
        "unknown-language" => body[at.clone()].replace(|c: char| c != '`', "") + text,
        // What stands between the round brackets, or from the anchor on.
        "broken-link" | "broken-anchor" => {
            let link = &body[at.clone()];
            let from = if fault.code() == "broken-anchor" { link.find('#')? } else { link.find('(')? + 1 };
            format!("{}{text})", &link[..from])
        }
        _ => text.to_owned(),
    };
    Some(format!("{}{text}{}", &body[..at.start], &body[at.end..]))
}

#[test]
fn what_help_says_to_write_mends_what_it_is_about() {
    for body in [
        "See [the plan](my plan.md) now.",
        "![sized](a.png =300x200)",
        "[text] (my-plan.md)",
        "(text)[my-plan.md]",
        "[text](my-plan.md and more.",
        "It is ** full ** there.",
        "**Help: ** me.",
        "A ==mark== here.",
        "##Heading",
        "| a | b |\n| c | d |",
        "| a | b | c |\n|---|---|\n| d | e | f |",
        "> [!INFOO] Title\n> Text.",
        "```pyhton\nx = 1\n```",
        "[text](my-plan)",
        "[text](my-plan.md#limit)",
    ] {
        let before = diagnostics(body);
        let fault = before.iter().find(|fault| fault.help.first().is_some_and(|help| proposed(help).is_some()));
        let fault = fault.unwrap_or_else(|| panic!("nothing is proposed for {body}: {before:?}"));
        let mended = followed(body, fault).unwrap_or_else(|| panic!("{body}: {fault:?}"));
        let after = diagnostics(&mended);
        let has = |faults: &[Diagnostic], code: &str| faults.iter().filter(|fault| fault.code() == code).count();
        assert!(has(&after, fault.code()) < has(&before, fault.code()), "{body} became {mended}: {after:?}");
        // That a file is not there is told only once a link leads to it.
        let is_worse = |fault: &&Diagnostic| fault.severity == Severity::Error && fault.code() != "broken-link";
        assert_eq!(after.iter().filter(is_worse).count(), 0, "{body} became {mended}: {after:?}");
    }
}
