//! Where a text of Markdown is code. Knows blocks and spans, not what is in them.

use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag};

use crate::import::common_markdown::options;

/// The bytes that are code, in order.
#[derive(Clone, Debug, Default)]
pub struct Code(Vec<Range<usize>>);

impl Code {
    /// Blocks and spans of code.
    pub fn of(markdown: &str) -> Self {
        let mut ranges = Vec::new();
        for (event, range) in Parser::new_ext(markdown, options()).into_offset_iter() {
            if matches!(event, Event::Code(_) | Event::Start(Tag::CodeBlock(_))) {
                ranges.push(range);
            }
        }
        Self(ranges)
    }

    /// The piece of code that holds byte `at`.
    pub fn at(&self, at: usize) -> Option<&Range<usize>> {
        let n = self.0.partition_point(|range| range.end <= at);
        self.0.get(n).filter(|range| range.contains(&at))
    }

    /// Whether byte `at` is code.
    pub fn holds(&self, at: usize) -> bool {
        self.at(at).is_some()
    }
}
