//! What a page may take for the formulas and the coloured code of its body, which are many times their source. Spent in the
//! order of the body, by the outline, which tells of the first that gets no more, and by each rendering. Knows no HTML.

/// Bytes of HTML for all formulas and coloured code of a body, for each byte of it, and besides.
const GROWTH: usize = 16;
const FRAME: usize = 16 * 1024;
/// Work on all coloured code of a body, in the unit of [`crate::code::work`]: about four seconds.
const MAX_WORK: u64 = 96_000_000;

/// What is left.
#[derive(Clone, Debug)]
pub struct Allowance {
    bytes: Option<usize>,
    work: Option<u64>,
}

impl Allowance {
    /// For a body of so many bytes.
    pub fn of(body: usize) -> Self {
        Self { bytes: Some(GROWTH * body + FRAME), work: Some(MAX_WORK) }
    }

    /// Takes so many bytes of HTML. What gets none, and all that follows, is shown as it is written.
    pub fn takes_bytes(&mut self, bytes: usize) -> bool {
        self.bytes = self.bytes.and_then(|left| left.checked_sub(bytes));
        self.bytes.is_some()
    }

    /// Takes so much work. Code that gets none, and all code that follows, is shown plain.
    pub fn takes_work(&mut self, work: u64) -> bool {
        self.work = self.work.and_then(|left| left.checked_sub(work));
        self.work.is_some()
    }

    /// Whether there is any work left.
    pub fn has_work(&self) -> bool {
        self.work.is_some()
    }

    /// Whether there are any bytes left.
    pub fn has_bytes(&self) -> bool {
        self.bytes.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_gets_none_ends_it() {
        let mut allowance = Allowance::of(100);
        assert!(allowance.takes_bytes(FRAME) && allowance.takes_bytes(GROWTH * 100));
        assert!(!allowance.takes_bytes(1) && !allowance.takes_bytes(0));
        assert!(allowance.takes_work(MAX_WORK) && !allowance.takes_work(1) && !allowance.takes_work(0));
    }
}
