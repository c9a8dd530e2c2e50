//! The names that authors give to languages, and what colours the code of each. Owns the grammars; knows no block.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

use syntect::parsing::{SyntaxReference, SyntaxSet};

use crate::model::nearest;

/// The grammars of bat: those of Sublime Text that syntect brings, newer, and 145 more. Read for the first block that names a
/// language; what each grammar holds is unpacked for the first block that needs it.
pub(super) static SYNTAXES: LazyLock<SyntaxSet> = LazyLock::new(two_face::syntax::extra_newlines);

/// Grammars that take too long on lines that hardly differ from real ones, or hold code in such a grammar.
pub(super) const LEFT_OUT: [&str; 8] =
    ["Less", "MediaWiki", "Ruby Slim", "SCSS", "Sass", "Svelte", "Typst", "Vue Component"];

/// What is known of each name, in lower case; none of names that have no colours.
static NAMES: LazyLock<HashMap<String, Option<Language>>> = LazyLock::new(|| {
    let language = |grammar| Some(Language { grammar, is_session: false });
    let grammars = || SYNTAXES.syntaxes().iter().filter(|syntax| !LEFT_OUT.contains(&syntax.name.as_str()));
    let own = grammars().map(|syntax| (syntax.name.to_lowercase(), language(syntax)));
    let endings = grammars().flat_map(|syntax| {
        syntax.file_extensions.iter().map(move |ending| (folded(ending).into_owned(), language(syntax)))
    });
    // Of two grammars for one ending the later is the newer. An ending is what people write more often.
    let mut names: HashMap<String, Option<Language>> = own.chain(endings).collect();
    for (name, others) in ALIASES {
        let meant = names.get(name).copied().flatten();
        names.extend(words(others).map(|other| (other.to_owned(), meant)));
    }
    for (name, others) in SESSIONS {
        let meant = names.get(name).copied().flatten().map(|language| Language { is_session: true, ..language });
        names.extend(words(others).map(|other| (other.to_owned(), meant)));
    }
    names.extend(words(TEXT).chain(words(WITHOUT_GRAMMAR)).map(|name| (name.to_owned(), None)));
    names
});

/// What is no language: text to be shown as it is.
const TEXT: &str =
    "ansi ascii no-highlight none nohighlight out output plain plaintext raw stderr stdout text tree txt";

/// Languages that no grammar here is of. Their names are right all the same.
const WITHOUT_GRAMMAR: &str = "abap abnf agda alloy apl astro ballerina bicep bnf brainfuck cel cobol coq cue cypher d2 \
    dafny datalog delphi dhall ebnf edgeql erd factor flux forth gherkin gleam goat grok hack haxe kql kusto mathjax mermaid mojo \
    pikchr pkl plantuml prolog promela puml raku reason roc sas slim smalltalk smt sparql spl tla \
    tla+ svgbob terminfo turtle typ typst vb vega-lite wasm wast wat mediawiki wiki";

/// Other names of grammars, after each.
const ALIASES: [(&str, &str); 38] = [
    ("apache conf", "apache apacheconf"),
    ("asm", "assembly x86asm"),
    ("bat", "batch batchfile dosbatch msdos"),
    ("bzl", "starlark"),
    ("c", "c99 h"),
    ("clj", "clojurescript"),
    ("cpp", "c++"),
    ("cs", "c# csharp"),
    ("css", "less postcss sass scss"),
    ("diff", "udiff unified-diff"),
    ("dockerfile", "containerfile docker"),
    ("fsx", "f# fs fsharp"),
    ("go", "golang"),
    ("graphql", "gql"),
    ("haml", "hamlc"),
    ("hcl", "nomad opentofu packer terraform tofu"),
    ("html", "go-html-template go-template go-text-template gohtml gotmpl handlebars hbs html5 mustache svelte vue"),
    ("ini", "conf config service squid systemd systemd-unit"),
    ("jinja2", "django htmldjango jinja-html liquid njk nunjucks"),
    ("js", "node nodejs"),
    ("json", "geojson hjson json-schema json5 jsonc jsonl jsonld jsonlines ndjson webmanifest"),
    ("kt", "kotlin-script kts"),
    ("lisp", "common-lisp elisp emacs-lisp"),
    ("log", "logfmt logs"),
    ("makefile", "make"),
    ("md", "mdx"),
    ("objective-c", "obj-c objc objectivec"),
    ("proto", "proto2 proto3"),
    ("ps1", "posh ps pwsh"),
    // In the last two a call, a string, a number and a comment look as they do in Python.
    ("py", "ipython ipython3 py2 python2 python3 logql promql"),
    ("r", "rlang"),
    // What documentation of Rust writes where the language goes without saying.
    ("rs", "compile_fail ignore no_run should_panic"),
    ("scm", "scheme"),
    ("sh", "ksh posix-shell shell shell-script shellscript"),
    (
        "sql",
        "bigquery clickhouse cql mariadb mysql pgsql plpgsql plsql postgres postgresql snowflake sqlite sqlite3 t-sql tsql",
    ),
    ("tsx", "typescriptreact"),
    ("vim", "vimscript"),
    ("xml", "atom rss"),
];

/// Names of what is typed at a prompt and what comes back, after the language of what is typed.
const SESSIONS: [(&str, &str); 3] = [
    ("sh", "bash-session console sh-session shell-session shellsession terminal"),
    ("ps1", "ps1con pwsh-session"),
    ("py", "pycon python-console python-repl"),
];

/// How the code of a language gets its colours.
#[derive(Clone, Copy, Debug)]
pub struct Language {
    pub(super) grammar: &'static SyntaxReference,
    /// Only what follows a prompt is in the language.
    pub(super) is_session: bool,
}

impl Language {
    /// The language of this name; none of plain text, and of languages that no grammar knows.
    pub fn of(name: &str) -> Option<Self> {
        // Most blocks name none, and the grammars are not needed for them.
        if name.is_empty() { None } else { NAMES.get(&*folded(name)).copied().flatten() }
    }

    /// What tells it from every other way to colour code.
    pub fn key(self) -> [&'static [u8]; 2] {
        [self.grammar.name.as_bytes(), if self.is_session { b"session" } else { b"" }]
    }
}

/// A name that no language has, and the one that may have been meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unknown(pub Option<&'static str>);

/// Whether `name` is that of no language.
pub fn unknown(name: &str) -> Option<Unknown> {
    let name = folded(name);
    if name.is_empty() || NAMES.contains_key(&*name) {
        return None;
    }
    let is_written = |name: &&str| name.len() > 2 && !name.contains([' ', '.', '_', '(']);
    let mut names: Vec<&'static str> = NAMES.keys().map(String::as_str).filter(is_written).collect();
    names.sort_unstable();
    Some(Unknown(nearest(&name, names)))
}

/// Whether code is to be shown as it is, without a label.
pub fn is_text(name: &str) -> bool {
    words(TEXT).any(|text| text.eq_ignore_ascii_case(name))
}

fn folded(name: &str) -> Cow<'_, str> {
    let name = name.trim_start_matches('.');
    if name.bytes().any(|byte| !byte.is_ascii() || byte.is_ascii_uppercase()) {
        name.to_lowercase().into()
    } else {
        name.into()
    }
}

fn words(list: &'static str) -> impl Iterator<Item = &'static str> {
    list.split_ascii_whitespace()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_other_name_is_of_a_grammar_that_is_there() {
        for (name, others) in ALIASES.iter().chain(&SESSIONS) {
            for other in words(others) {
                assert!(Language::of(other).is_some(), "{other} for {name}");
            }
        }
    }

    #[test]
    fn names_that_people_write_are_known() {
        for (name, grammar) in [
            ("rust", "Rust"),
            ("Dockerfile", "Dockerfile"),
            ("python3", "Python"),
            ("csharp", "C#"),
            ("ts", "TypeScript"),
            ("tf", "Terraform"),
            ("mjs", "JavaScript (Babel)"),
            ("jsonc", "JSON"),
            ("C++", "C++"),
            ("c", "C"),
            ("h", "C"),
            ("fs", "F#"),
            (".env", "DotENV"),
            ("sh", "Bourne Again Shell (bash)"),
            ("conf", "INI"),
            ("console", "Bourne Again Shell (bash)"),
        ] {
            assert_eq!(Language::of(name).map(|language| &*language.grammar.name), Some(grammar), "{name}");
        }
        for name in ["text", "mermaid", "", "Plain"] {
            assert!(Language::of(name).is_none() && unknown(name).is_none(), "{name}");
        }
        for (name, near) in [("pyhton", Some("python")), ("javascipt", Some("javascript")), ("zzyzx", None)] {
            assert_eq!(unknown(name), Some(Unknown(near)), "{name}");
        }
    }
}
