//! Places in pages that are the target of a link, found in all bodies before any is written. Knows how anchors stand in links, not whose
//! they are: an id that is kept without need does no harm.

use std::collections::HashSet;

use percent_encoding::percent_decode_str;

/// Anchors of all links.
#[derive(Clone, Debug, Default)]
pub struct Linked {
    anchors: HashSet<String>,
    all: bool,
}

/// Signs at which an anchor ends in Markdown, in HTML and in the tags of templates.
const ENDS: &[char] = &[')', '"', '\'', '>', ']', '<', '|', '}', '{', '(', '`', '#', '\\'];
/// The longest anchor kept.
const MAX_ANCHOR: usize = 200;

impl Linked {
    /// None yet; with `all`, every anchor counts as linked.
    pub fn new(all: bool) -> Self {
        Self { anchors: HashSet::new(), all }
    }

    /// Takes in what follows each `#` of `body` that is not the first sign of a line or word.
    pub fn add(&mut self, body: &str) {
        if self.all {
            return;
        }
        for (at, _) in body.match_indices('#') {
            let before = body[..at].chars().next_back();
            if before.is_none_or(char::is_whitespace) {
                continue;
            }
            let rest = &body[at + 1..];
            let end = rest.find(|c: char| c.is_whitespace() || ENDS.contains(&c)).unwrap_or(rest.len());
            if (1..=MAX_ANCHOR).contains(&end) {
                self.anchors.insert(percent_decode_str(&rest[..end]).decode_utf8_lossy().into_owned());
            }
        }
    }

    /// Whether a link leads to a place of this name.
    pub fn has(&self, anchor: &str) -> bool {
        self.all || self.anchors.contains(anchor)
    }
}

#[cfg(test)]
mod tests {
    use super::Linked;

    #[test]
    fn anchors_are_found_however_the_link_is_written() {
        let mut linked = Linked::new(false);
        linked.add("# Title\n[a](#one) [b](x.md#two%20b \"t\") <a href='/y#three'> {{< ref \"z.md#four\" >}}\n[c]: x#five\n#tag");
        for anchor in ["one", "two b", "three", "four", "five"] {
            assert!(linked.has(anchor), "{anchor}");
        }
        assert!(!linked.has("tag") && !linked.has("Title"));
        assert!(Linked::new(true).has("tag"));
    }
}
