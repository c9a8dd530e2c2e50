//! Paragraphs of the classic editor: an empty line parts them, a line break within one is a line break to the eye. Knows HTML's
//! pieces and the names of its blocks.

use crate::outline::tokens::{self, Kind};

/// Elements that stand by themselves.
const BLOCKS: [&str; 40] = [
    "table",
    "thead",
    "tfoot",
    "caption",
    "col",
    "colgroup",
    "tbody",
    "tr",
    "td",
    "th",
    "div",
    "dl",
    "dd",
    "dt",
    "ul",
    "ol",
    "li",
    "pre",
    "form",
    "map",
    "area",
    "blockquote",
    "address",
    "style",
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "fieldset",
    "section",
    "article",
    "aside",
    "figure",
    "figcaption",
    "details",
    "summary",
];
/// Elements whose lines are their author's.
const VERBATIM: [&str; 5] = ["pre", "script", "style", "textarea", "svg"];

/// The text with its paragraphs and line breaks as elements. Each line stays on its line.
pub fn paragraphs(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    let mut at = 0;
    // Whether nothing but space stands between here and a block before it.
    let mut after_block = true;
    while at < text.len() {
        let (kind, range) = tokens::next(text, at);
        let piece = &text[range.clone()];
        at = range.end;
        match kind {
            Kind::Tag { .. } => {
                let is_end = piece.starts_with("</");
                let name = name(piece);
                if !is_end && VERBATIM.contains(&name.as_str()) {
                    let end = tokens::raw_text_end(text, at, &name).unwrap_or(text.len());
                    out.push_str(piece);
                    out.push_str(&text[at..end]);
                    at = end;
                    after_block = true;
                    continue;
                }
                out.push_str(piece);
                after_block = BLOCKS.contains(&name.as_str()) || name == "br";
            }
            Kind::Text => {
                push_lines(piece, after_block, next_is_block(text, at), &mut out);
                if !piece.trim().is_empty() {
                    after_block = false;
                }
            }
            Kind::Comment | Kind::Declaration => out.push_str(piece),
            // What never ends is text.
            Kind::Unended => out.push_str(&piece.replacen('<', "&lt;", 1)),
        }
    }
    out
}

fn name(tag: &str) -> String {
    let name = tag.trim_start_matches(['<', '/']);
    name[..name.bytes().take_while(u8::is_ascii_alphanumeric).count()].to_ascii_lowercase()
}

/// Whether what follows is a block, or the end.
fn next_is_block(text: &str, at: usize) -> bool {
    at >= text.len() || BLOCKS.contains(&name(&text[at..]).as_str()) && text[at..].starts_with('<')
}

/// A run of text between tags, its line breaks as elements but for those beside blocks.
fn push_lines(text: &str, after_block: bool, before_block: bool, out: &mut String) {
    let lines: Vec<&str> = text.split('\n').collect();
    let has_words = |lines: &[&str]| lines.iter().any(|line| !line.trim().is_empty());
    for (n, line) in lines.iter().enumerate() {
        if n > 0 {
            let starts = !has_words(&lines[..n]);
            let ends = !has_words(&lines[n..]);
            let is_edge = starts && after_block || ends && before_block;
            if !is_edge {
                let is_empty = |line: Option<&&str>| line.is_some_and(|line| line.trim().is_empty());
                // The first of a run of line breaks says what the run is.
                let continues = n >= 2 && is_empty(lines.get(n - 1));
                if !continues {
                    let is_paragraph = n + 1 < lines.len() && is_empty(lines.get(n));
                    out.push_str(if is_paragraph { "<br><br>" } else { "<br>" });
                }
            }
            out.push('\n');
        }
        out.push_str(line);
    }
}

#[cfg(test)]
mod tests {
    use super::paragraphs;
    use crate::import::{html, markdown};

    fn read(text: &str) -> String {
        markdown::write(&html::read(&paragraphs(text), &|_| false).blocks)
    }

    #[test]
    fn empty_lines_part_paragraphs_and_line_breaks_stay() {
        for (text, expected) in [
            ("One.\n\nTwo\nlines.\n", "One.\n\nTwo\\\nlines.\n"),
            ("One.\n \n\n\nTwo.", "One.\n\nTwo.\n"),
            ("<b>One</b>\n\n<i>Two</i>", "**One**\n\n*Two*\n"),
            ("<ul>\n\t<li>a</li>\n\n\t<li>b</li>\n</ul>\nAfter", "- a\n- b\n\nAfter\n"),
            ("Before\n<h2>Head</h2>\nAfter\n<pre>a\n\n  b</pre>", "Before\n\n## Head\n\nAfter\n\n```\na\n\n  b\n```\n"),
            ("<blockquote>One.\n\nTwo.</blockquote>", "> One.\n>\n> Two.\n"),
            ("#define X\n127.*.*.*\nC:\\*", "#define X\\\n127.\\*.\\*.\\*\\\nC:\\\\\\*\n"),
            ("a <b never ends", "a \\<b never ends\n"),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }
}
