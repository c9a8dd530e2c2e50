//! Markers that version control leaves in a file where two versions of it differ. Knows lines, no Markdown.

use std::ops::Range;

use crate::diagnostic::{Diagnostic, rules};

use super::lines::lines;

rules! {
    CONFLICT_MARKER = "conflict-marker", error fixed, "a merge was left unfinished", text "<<<<<<< ours\nOne.\n=======\nTwo.\n>>>>>>> theirs";
}

const BEGIN: &str = "<<<<<<< ";
const BETWEEN: &str = "=======";
const END: &str = ">>>>>>> ";

/// The first line of an unfinished merge in `text`, outside blocks of code.
pub fn conflict(text: &str) -> Option<Range<usize>> {
    if !text.contains(BEGIN) {
        return None;
    }
    let mut begun = None;
    let mut is_divided = false;
    let mut fence: Option<&str> = None;
    for (start, line) in lines(text) {
        let mark = fence_mark(line);
        match (fence, mark) {
            (None, Some(mark)) => fence = Some(mark),
            (Some(open), Some(mark)) if mark.starts_with(open) && line.trim().len() == mark.len() => fence = None,
            (Some(_), _) => {}
            (None, None) if line.starts_with(BEGIN) => {
                begun = Some(start..start + line.trim_end().len());
                is_divided = false;
            }
            (None, None) if line.trim_end() == BETWEEN => is_divided = begun.is_some(),
            (None, None) if line.starts_with(END) && is_divided => return begun,
            (None, None) => {}
        }
    }
    None
}

/// The backticks or tildes that a line of code begins or ends with.
fn fence_mark(line: &str) -> Option<&str> {
    let text = line.trim_start_matches(' ');
    let sign = text.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let count = text.len() - text.trim_start_matches(sign).len();
    (count >= 3 && line.len() - text.len() < 4).then(|| &text[..count])
}

/// The error for it.
pub fn fault() -> Diagnostic {
    Diagnostic::new(CONFLICT_MARKER, "a merge was left unfinished: two versions of the text stand here")
        .help("keep what is right of the two, and take out the lines `<<<<<<<`, `=======` and `>>>>>>>`")
}

#[cfg(test)]
mod tests {
    use super::conflict;

    #[test]
    fn markers_count_in_their_order_and_outside_code() {
        let merge = "<<<<<<< HEAD\none\n=======\ntwo\n>>>>>>> branch\n";
        assert_eq!(conflict(&format!("a\n{merge}")), Some(2..14));
        assert_eq!(
            conflict(&merge.replace("=======\n", "||||||| base\nzero\n=======\n").replace('\n', "\r\n")),
            Some(0..12)
        );
        for text in [
            format!("```\n{merge}```\n"),
            format!("~~~~ text\n```\n{merge}~~~~\n"),
            ">>>>>>> branch\n=======\n<<<<<<< HEAD\n".to_owned(),
            "<<<<<<< HEAD\none\n>>>>>>> branch\n".to_owned(),
            merge.replace("<<<", "    <<<"),
        ] {
            assert_eq!(conflict(&text), None, "{text}");
        }
    }
}
