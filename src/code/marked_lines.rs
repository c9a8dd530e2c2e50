//! Lines of code set off from the others. Knows the HTML that highlighting makes: text and spans, which may go over several
//! lines.

use super::fence::Fence;

/// Spans that may be open around a marked line. Code nested deeper is not marked: its spans would be written again for each line.
const MOST_OPEN: usize = 64;

/// `inner` with each line that `fence` marks in an element of its own. Spans that are open there end and begin again, so
/// that elements stay one within another.
pub fn with_marked_lines(inner: String, fence: &Fence<'_>) -> String {
    if fence.marked.is_empty() {
        return inner;
    }
    let mut out = String::with_capacity(inner.len() + 256);
    let mut open: Vec<&str> = Vec::new();
    for (n, line) in inner.split_inclusive('\n').enumerate() {
        let is_marked = open.len() <= MOST_OPEN && fence.marks(n + 1) && (line.ends_with('\n') || !is_only_tags(line));
        if is_marked {
            close(&mut out, &open);
            out.push_str("<mark class=\"nf-line\">");
            out.extend(open.iter().copied());
        }
        follow(line, &mut open);
        out.push_str(line);
        if is_marked {
            close(&mut out, &open);
            out.push_str("</mark>");
            out.extend(open.iter().copied());
        }
    }
    out
}

fn close(out: &mut String, open: &[&str]) {
    open.iter().for_each(|_| out.push_str("</span>"));
}

/// Opens and closes what the line does.
fn follow<'a>(line: &'a str, open: &mut Vec<&'a str>) {
    let mut rest = line;
    while let Some(at) = rest.find('<') {
        let end = rest[at..].find('>').map_or(rest.len(), |end| at + end + 1);
        let tag = &rest[at..end];
        if tag.starts_with("</") {
            open.pop();
        } else {
            open.push(tag);
        }
        rest = &rest[end..];
    }
}

/// What follows the last line of code: the ends of its spans.
fn is_only_tags(line: &str) -> bool {
    let mut rest = line;
    while let Some(tag) = rest.strip_prefix('<') {
        rest = tag.split_once('>').map_or("", |(_, rest)| rest);
    }
    rest.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_end_and_begin_again_around_a_marked_line() {
        let inner = "<span class=\"a\">one\ntwo <span class=\"b\">and\nthree</span>\n</span>";
        assert_eq!(
            with_marked_lines(inner.to_owned(), &Fence::read("x {2,4}")),
            "<span class=\"a\">one\n</span><mark class=\"nf-line\"><span class=\"a\">two <span class=\"b\">and\n\
             </span></span></mark><span class=\"a\"><span class=\"b\">three</span>\n</span>"
        );
        assert_eq!(
            with_marked_lines("a\nb".to_owned(), &Fence::read("x {1-2}")),
            "<mark class=\"nf-line\">a\n</mark><mark class=\"nf-line\">b</mark>"
        );
        assert_eq!(with_marked_lines(inner.to_owned(), &Fence::read("x")), inner);
        let deep = "<span class=\"a\">[\n".repeat(10_000);
        let marked = with_marked_lines(deep.clone(), &Fence::read("x {1-10000}"));
        assert_eq!(marked.matches("<mark").count(), 65);
        assert!(marked.len() < 2 * deep.len(), "{}", marked.len());
    }
}
