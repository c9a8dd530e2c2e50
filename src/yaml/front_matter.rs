//! Where front matter begins and ends in a file. Knows no key.

use std::ops::Range;

/// The parts of a file with front matter, as byte ranges.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrontMatter {
    /// The YAML between the two `---` lines.
    pub yaml: Range<usize>,
    /// Where the body begins.
    pub body: usize,
}

/// The front matter's opening line was found and its closing line was not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unclosed;

/// Finds the front matter; none if the first line is not `---`. A byte-order mark before it and spaces after the dashes are allowed.
pub fn split(text: &str) -> Result<Option<FrontMatter>, Unclosed> {
    let start = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let mut lines = text[start..].split_inclusive('\n');
    let Some(first) = lines.next().filter(|line| is_fence(line)) else { return Ok(None) };
    let yaml = start + first.len();
    let mut at = yaml;
    for line in lines {
        if is_fence(line) {
            return Ok(Some(FrontMatter { yaml: yaml..at, body: at + line.len() }));
        }
        at += line.len();
    }
    Err(Unclosed)
}

/// The front matter where there is a whole one.
pub fn front_matter(text: &str) -> Option<FrontMatter> {
    split(text).ok().flatten()
}

fn is_fence(line: &str) -> bool {
    line.trim_end() == "---"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_found_with_bom_and_crlf() {
        let text = "\u{feff}---\r\ntitle: x\r\n---\r\nBody";
        let parts = split(text);
        assert_eq!(parts.map(|p| p.map(|p| (&text[p.yaml], &text[p.body..]))), Ok(Some(("title: x\r\n", "Body"))));
        assert_eq!(split("---\ntitle: x\n"), Err(Unclosed));
        assert_eq!(split("Body\n---\n"), Ok(None));
        assert_eq!(split("---\n---\n").map(|p| p.map(|p| p.yaml)), Ok(Some(4..4)));
    }
}
