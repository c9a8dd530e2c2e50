//! Lines of a source, and the marks that they begin with. Knows no block.

/// Each line with where it begins.
pub fn lines(body: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    body.split_inclusive('\n').map(move |line| {
        at += line.len();
        (at - line.len(), line)
    })
}

/// What follows the mark of a list's item.
pub fn after_item_mark(text: &str) -> Option<&str> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let marks: &[char] = if digits > 0 { &['.', ')'] } else { &['-', '*', '+'] };
    text[digits..].strip_prefix(marks).filter(|rest| rest.starts_with([' ', '\t']))
}
