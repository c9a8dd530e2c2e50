//! The first line of a fenced code block: its language, and in braces the lines to be marked, as in `rust {2,4-6}`. Knows the
//! block alone.

use std::ops::RangeInclusive;

/// Lines and ranges that are read of one fence: each line of the block is held against all of them.
const MOST_MARKS: usize = 100;

/// What the first line says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fence<'a> {
    /// Empty if none is named.
    pub language: &'a str,
    /// Lines from 1, in the order they are written.
    pub marked: Vec<RangeInclusive<usize>>,
    /// What stands in the place of lines and names none.
    pub unreadable: Option<&'a str>,
}

impl<'a> Fence<'a> {
    /// Reads what follows the fence. Braces that begin with no digit are ignored: other generators put attributes there.
    pub fn read(info: &'a str) -> Self {
        let ends = |c: char| c.is_whitespace() || matches!(c, ',' | ':' | '{' | '}');
        let language = info.split(ends).next().unwrap_or_default();
        let inside = info.split_once('{').and_then(|(_, rest)| rest.split_once('}')).map(|(inside, _)| inside.trim());
        // As Pandoc writes it: `{.python .numberLines}`.
        let class = inside.and_then(|inside| inside.strip_prefix('.')).filter(|_| language.is_empty());
        let language = class.and_then(|class| class.split(ends).next()).unwrap_or(language);
        let mut fence = Self { language, ..Self::default() };
        let inside = inside.filter(|inside| inside.starts_with(|c: char| c.is_ascii_digit()));
        for (n, part) in inside.into_iter().flat_map(parts).take(MOST_MARKS + 1).enumerate() {
            match lines(part).filter(|_| n < MOST_MARKS) {
                Some(lines) => fence.marked.push(lines),
                None => fence.unreadable = fence.unreadable.or(Some(part)),
            }
        }
        fence
    }

    /// Whether the block holds a formula.
    pub fn is_math(&self) -> bool {
        self.language == "math"
    }

    /// Whether the line of this number, from 1, is to be marked.
    pub fn marks(&self, line: usize) -> bool {
        self.marked.iter().any(|lines| lines.contains(&line))
    }
}

fn parts(inside: &str) -> impl Iterator<Item = &str> {
    inside.split(',').map(str::trim)
}

/// `4` or `4-6`.
fn lines(part: &str) -> Option<RangeInclusive<usize>> {
    let number = |text: &str| text.trim().parse::<usize>().ok().filter(|n| *n > 0);
    let (first, last) = part.split_once('-').unwrap_or((part, part));
    let lines = number(first)?..=number(last)?;
    (!lines.is_empty()).then_some(lines)
}

#[cfg(test)]
mod tests {
    use super::Fence;

    #[test]
    fn lines_stand_in_braces_after_the_language() {
        let read = |info| {
            let fence = Fence::read(info);
            (fence.language, fence.marked, fence.unreadable)
        };
        assert_eq!(read("rust {2,4-6}"), ("rust", vec![2..=2, 4..=6], None));
        assert_eq!(read("rust{ 1 , 3 - 4 } title"), ("rust", vec![1..=1, 3..=4], None));
        assert_eq!(read("{3}"), ("", vec![3..=3], None));
        assert_eq!(read("rust"), ("rust", vec![], None));
        assert_eq!(read("rust {.wide #id}"), ("rust", vec![], None));
        assert_eq!(read("rust {2,x,6-4}"), ("rust", vec![2..=2], Some("x")));
        assert_eq!(read("rust {6-4}"), ("rust", vec![], Some("6-4")));
        assert_eq!(read("rust:main.rs"), ("rust", vec![], None));
        assert_eq!(read("{.python #id}"), ("python", vec![], None));
        assert_eq!(read("rust {2"), ("rust", vec![], None));
        let many = format!("rust {{{}1}}", "1,".repeat(50_000));
        let (_, marked, unreadable) = read(&many);
        assert_eq!((marked.len(), unreadable), (100, Some("1")));
    }
}
