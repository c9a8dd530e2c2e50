//! Code parsed line by line, and what came of each line remembered: in code the same lines come again and again, and a line
//! read in the same state of its grammar gives the same. Knows grammars, no page; changes no result.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use syntect::parsing::{ParseState, ParsingError, ScopeStackOp, SyntaxReference, SyntaxSet};

/// Lines remembered by each thread, at about a kilobyte each; beyond that it begins anew.
const MOST_LINES: usize = 4_096;

pub type Operations = Rc<[(usize, ScopeStackOp)]>;

/// A line that was parsed in one state and left another.
struct Known {
    before: Rc<ParseState>,
    operations: Operations,
    after: Rc<ParseState>,
}

#[derive(Default)]
struct Lines {
    known: HashMap<Box<str>, Vec<Known>>,
    count: usize,
}

thread_local! {
    /// One for each set of grammars there is: the program has one.
    static LINES: RefCell<Lines> = RefCell::default();
}

impl Lines {
    /// What `line` does in `state`, and the state after it.
    fn parse(
        &mut self,
        state: &Rc<ParseState>,
        line: &str,
        syntaxes: &SyntaxSet,
    ) -> Result<(Operations, Rc<ParseState>), ParsingError> {
        let known = self.known.get(line).and_then(|states| states.iter().find(|known| known.before == *state));
        if let Some(known) = known {
            return Ok((Rc::clone(&known.operations), Rc::clone(&known.after)));
        }
        let mut after = ParseState::clone(state);
        let operations: Operations = after.parse_line(line, syntaxes)?.into();
        let after = Rc::new(after);
        if self.count >= MOST_LINES {
            *self = Self::default();
        }
        self.count += 1;
        let (before, operations_kept, after_kept) = (Rc::clone(state), Rc::clone(&operations), Rc::clone(&after));
        let known = Known { before, operations: operations_kept, after: after_kept };
        self.known.entry(line.into()).or_default().push(known);
        Ok((operations, after))
    }
}

/// Code that is parsed line by line.
pub struct Parser<'s> {
    state: Rc<ParseState>,
    syntaxes: &'s SyntaxSet,
}

impl<'s> Parser<'s> {
    pub fn new(syntax: &SyntaxReference, syntaxes: &'s SyntaxSet) -> Self {
        Self { state: Rc::new(ParseState::new(syntax)), syntaxes }
    }

    /// What is done in the next line, by byte; none if the grammar fails.
    pub fn line(&mut self, line: &str) -> Option<Operations> {
        let (operations, after) = LINES.with_borrow_mut(|lines| lines.parse(&self.state, line, self.syntaxes)).ok()?;
        self.state = after;
        Some(operations)
    }
}

#[cfg(test)]
mod tests {
    use syntect::util::LinesWithEndings;

    use super::*;

    type Lines = Vec<(String, Vec<(usize, ScopeStackOp)>)>;

    fn by_the_library(syntax: &SyntaxReference, code: &str, syntaxes: &SyntaxSet) -> Option<Lines> {
        let mut state = ParseState::new(syntax);
        LinesWithEndings::from(code)
            .map(|line| Some((line.to_owned(), state.parse_line(line, syntaxes).ok()?)))
            .collect()
    }

    fn by_memory(syntax: &SyntaxReference, code: &str, syntaxes: &SyntaxSet) -> Option<Lines> {
        let mut parser = Parser::new(syntax, syntaxes);
        LinesWithEndings::from(code).map(|line| Some((line.to_owned(), parser.line(line)?.to_vec()))).collect()
    }

    #[test]
    fn remembered_lines_give_what_the_library_gives() -> Result<(), String> {
        let syntaxes = two_face::syntax::extra_newlines();
        let pieces = [
            ("rs", "/* a\n}\n\"\n*/\nfn a() {\n}\n\nlet s = \"x\n}\n\";\n"),
            ("py", "x = '''\ndef f():\n'''\ndef f():\n    return 1\n\ndef f():\n    return 1\n"),
            ("sh", "cat <<EOF\nif true\nEOF\nif true; then\n  ls\nfi\n"),
            ("yaml", "a: |\n  b: 1\nb: 1\n\nb: 1\n"),
            ("html", "<script>\nlet a = `\n</b>\n`;\n</script>\n<b>\n</b>\n"),
            ("md", "a\n\n```rust\nfn a() {\n}\n```\n\n}\n"),
        ];
        // Twice, and each language among the others: what is remembered of one must not show in another.
        for _ in 0..2 {
            for (language, code) in pieces {
                let syntax = syntaxes.find_syntax_by_token(language).ok_or(format!("no grammar of {language}"))?;
                let doubled = format!("{code}{code}");
                for code in [code, doubled.as_str(), code.trim_end(), ""] {
                    let expected = by_the_library(syntax, code, &syntaxes);
                    assert!(expected.is_some(), "{language}: {code}");
                    assert_eq!(by_memory(syntax, code, &syntaxes), expected, "{language}: {code}");
                }
            }
        }
        Ok(())
    }
}
