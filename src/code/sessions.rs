//! What was typed at a prompt and what came back: commands get colours, output is left as it is. Knows prompts, no page.

use syntect::parsing::{SyntaxReference, SyntaxSet};
use syntect::util::LinesWithEndings;

use super::known_lines::Parser;
use super::spans::Writer;

const PROMPT: &str = "hl-punctuation hl-prompt";
/// Signs that end a prompt of a shell, each before a space or the end of the line.
const SIGNS: [char; 6] = ['$', '#', '%', '\u{276f}', '\u{279c}', '\u{3bb}'];
/// What stands before the further lines of a command.
const FURTHER: [&str; 2] = ["> ", "... "];

/// The HTML of a session; none if the grammar fails. One without any prompt is all commands.
pub fn spans(syntax: &SyntaxReference, code: &str, syntaxes: &SyntaxSet) -> Option<String> {
    let is_angled = code.starts_with("> ");
    if !code.lines().any(|line| prompt(line, is_angled).is_some()) {
        return super::spans::spans(syntax, code, syntaxes);
    }
    let mut writer = Writer::for_code(code);
    let mut command: Option<Parser<'_>> = None;
    let mut goes_on = false;
    for line in LinesWithEndings::from(code) {
        let further = FURTHER.into_iter().find(|mark| command.is_some() && line.starts_with(mark) && !is_angled);
        let begins = prompt(line, is_angled).filter(|_| !goes_on);
        let end = match (begins, further) {
            (Some(end), _) => {
                writer.end_spans();
                command = Some(Parser::new(syntax, syntaxes));
                end
            }
            (None, Some(mark)) => mark.len(),
            (None, None) if goes_on => 0,
            (None, None) => {
                writer.end_spans();
                command = None;
                writer.text(line);
                continue;
            }
        };
        let (prompt, typed) = line.split_at(end);
        if !prompt.is_empty() {
            writer.span(PROMPT, prompt);
        }
        if let Some(command) = &mut command {
            writer.line(typed, &command.line(typed)?)?;
        }
        goes_on = typed.trim_end_matches(['\r', '\n']).ends_with('\\');
    }
    Some(writer.finish())
}

/// How long the prompt is that `line` begins with. `is_angled` where `> ` alone is one.
fn prompt(line: &str, is_angled: bool) -> Option<usize> {
    let line = line.trim_end_matches(['\r', '\n']);
    if line.starts_with(char::is_whitespace) {
        return None;
    }
    if let Some(rest) = line.strip_prefix(">>> ").or_else(|| line.strip_prefix("> ").filter(|_| is_angled)) {
        return Some(line.len() - rest.len());
    }
    if line.starts_with("PS ") || line.get(1..3) == Some(":\\") {
        return line.find("> ").map(|at| at + 2);
    }
    let (at, sign) = line.char_indices().find(|(at, c)| {
        let after = &line[at + c.len_utf8()..];
        SIGNS.contains(c) && (after.is_empty() || after.starts_with(' '))
    })?;
    let end = line.len().min(at + sign.len_utf8() + 1);
    // A sentence after the sign of a comment is none that the root user typed.
    let is_comment = at == 0 && sign == '#' && line[end..].starts_with(|c: char| c.is_uppercase() || c == '#');
    (is_host(&line[..at]) && !is_comment).then_some(end)
}

/// Whether this stands before the sign of a prompt: nothing, who is where, a folder, each perhaps behind an environment's name.
fn is_host(text: &str) -> bool {
    let text = text.trim_end();
    let text = match text.strip_prefix('(').and_then(|rest| rest.split_once(')')) {
        Some((_, rest)) => rest.trim_start(),
        None => text,
    };
    match text.strip_prefix('[') {
        Some(inner) => inner.ends_with(']'),
        None => {
            let is_shell = text.starts_with("bash-") || text.starts_with("sh-");
            let is_place = text.contains('@') || text.starts_with(['~', '/']) || text.ends_with(['~', ':']);
            text.is_empty() || !text.contains(char::is_whitespace) && (is_shell || is_place)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::prompt;

    #[test]
    fn prompts_are_known() {
        for (line, typed) in [
            ("$ ls", Some("ls")),
            ("# systemctl restart x", Some("systemctl restart x")),
            ("% ls", Some("ls")),
            ("ann@host:~/a$ ls", Some("ls")),
            ("[root@host ~]# ls", Some("ls")),
            ("(venv) $ pip list", Some("pip list")),
            ("bash-5.2$ ls", Some("ls")),
            ("~/code $ ls", Some("ls")),
            ("PS C:\\> dir", Some("dir")),
            ("C:\\Users> dir", Some("dir")),
            (">>> 1 + 1", Some("1 + 1")),
            ("$", Some("")),
            ("> ls", None),
            ("# All of this is slow", None),
            ("## more", None),
            ("it costs 5 $ a month", None),
            ("  % Total    % Received", None),
            ("$HOME is set", None),
            ("100% done", None),
        ] {
            assert_eq!(prompt(line, false).map(|end| &line[end..]), typed, "{line}");
        }
        assert_eq!(prompt("> ls", true), Some(2));
    }
}
