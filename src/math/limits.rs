//! How much one formula may hold. Knows LaTeX's signs, no command.

/// The longest formula, in bytes, the most commands in it, and how deep its braces nest: the library that reads it calls itself
/// for `\frac\frac\frac`, and looks at what is in braces anew for each of them.
const MAX_FORMULA: usize = 16 * 1024;
const MAX_COMMANDS: usize = 300;
const MAX_BRACES: usize = 100;

/// Which limit a formula is beyond, if it is.
pub fn limit(latex: &str) -> Option<String> {
    if latex.len() > MAX_FORMULA {
        return Some(format!("the formula has more than {MAX_FORMULA} bytes"));
    }
    if latex.matches('\\').count() > MAX_COMMANDS {
        return Some(format!("the formula has more than {MAX_COMMANDS} commands"));
    }
    let (mut open, mut deepest, mut is_escaped) = (0_usize, 0, false);
    for byte in latex.bytes() {
        match byte {
            b'{' if !is_escaped => open += 1,
            b'}' if !is_escaped => open = open.saturating_sub(1),
            _ => {}
        }
        is_escaped = byte == b'\\' && !is_escaped;
        deepest = deepest.max(open);
    }
    (deepest > MAX_BRACES).then(|| format!("the braces of the formula nest more than {MAX_BRACES} deep"))
}
