//! Whether a block of code can be coloured in about a quarter of a second, and what it adds to the work of its page. Counted in
//! lines and bytes, never in time, so that a block is coloured everywhere or nowhere; does not know what comes of it.

use super::languages::Language;
use super::steps::{Steps, is_steep, is_tried};

/// The longest block, whatever its lines are.
const MAX_BLOCK_BYTES: usize = 128 * 1024;
/// What the lines of a block may take together. Most grammars take time that grows with the square of a line's length at
/// worst, 44 ns for each of its bytes times each; a line's tokens take as much as 100 bytes each.
const MAX_WORK: u64 = 6_000_000;
/// The same for grammars that take the cube: 5 ns for a line's bytes times its bytes times its bytes.
const MAX_STEEP_WORK: u64 = 50_000_000;
/// Lines that make such a grammar try many ways, in one block.
const MAX_HEAVY_LINES: usize = 100;

/// What a line in such a grammar counts at least, among the blocks of a page: it may be heavy.
const STEEP_LINE: u64 = 20_000;

/// Why a block is shown without colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Beyond {
    /// One line is too long or makes its grammar try too many ways; its number, from 1.
    Line(usize),
    /// All lines together.
    Block,
}

/// What is too much about `code` for the grammar of `language`; none if it is coloured.
pub fn beyond(language: Language, code: &str) -> Option<Beyond> {
    let steep = is_steep(language);
    let work = |line: &str| work_of(line, steep);
    let most = if steep { MAX_STEEP_WORK } else { MAX_WORK };
    let sum = code.lines().map(work).fold(0, u64::saturating_add);
    if sum > most || code.len() > MAX_BLOCK_BYTES {
        let longest = (1..).zip(code.lines()).max_by_key(|(_, line)| line.len());
        return Some(match longest {
            Some((n, line)) if work(line) > most / 2 => Beyond::Line(n),
            _ => Beyond::Block,
        });
    }
    if !is_tried(language) {
        return None;
    }
    let steps = Steps::of(language);
    let mut heavy = 0;
    for (n, line) in (1..).zip(code.lines()) {
        if steps.are_many(line) {
            heavy += 1;
            if steps.are_too_many(line) {
                return Some(Beyond::Line(n));
            }
        }
    }
    (heavy > MAX_HEAVY_LINES).then_some(Beyond::Block)
}

fn work_of(line: &str, steep: bool) -> u64 {
    let bytes = line.len() as u64;
    if steep { bytes.saturating_pow(3) } else { bytes * (bytes + 100) }
}

/// What `code` adds to the work on its page, in the unit of [`MAX_WORK`]: a block at its limit takes as much in every language,
/// and one beyond takes no more.
pub fn work(language: Language, code: &str) -> u64 {
    let steep = is_steep(language);
    let sum = code.lines().map(|line| work_of(line, steep)).fold(0, u64::saturating_add);
    let sum = if steep { sum / (MAX_STEEP_WORK / MAX_WORK) + STEEP_LINE * code.lines().count() as u64 } else { sum };
    sum.min(MAX_WORK)
}

/// About how many bytes of HTML `code` becomes at most: signs and words get spans with classes, the signs in strings two.
pub fn estimate(code: &str) -> usize {
    let (mut signs, mut words, mut in_word) = (0, 0, false);
    for byte in code.bytes() {
        let is_word = byte.is_ascii_alphanumeric() || !byte.is_ascii();
        words += usize::from(is_word && !in_word);
        signs += usize::from(byte.is_ascii_punctuation());
        in_word = is_word;
    }
    code.len() + 90 * signs + 40 * words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn beyond(language: &str, code: &str) -> Option<Beyond> {
        super::beyond(Language::of(language)?, code)
    }

    #[test]
    fn what_is_too_much_is_the_longest_line_or_the_block() {
        let of_bytes = |bytes: usize| "x".repeat(bytes) + "\n";
        assert_eq!(beyond("rust", &of_bytes(2_000)), None);
        assert_eq!(beyond("rust", &format!("fn a() {{}}\n{}", of_bytes(2_500))), Some(Beyond::Line(2)));
        assert_eq!(beyond("rust", &of_bytes(60).repeat(600)), None);
        assert_eq!(beyond("rust", &of_bytes(60).repeat(700)), Some(Beyond::Block));
        assert_eq!(beyond("make", &of_bytes(80).repeat(90)), None);
        assert_eq!(beyond("make", &of_bytes(80).repeat(100)), Some(Beyond::Block));
        for language in ["", "text", "no-such-language"] {
            assert_eq!(beyond(language, &of_bytes(200_000)), None, "{language}");
        }
    }

    #[test]
    fn lines_that_are_written_are_within_the_limits() {
        let pieces = [
            ("markdown", "| `a` | [b](c.md) | *d* and **e** |\n|---|---|---|\n\n![A](b.png \"C\")\n\n> D `e` f\n"),
            (
                "cs",
                "    public async Task<List<string>> Get(int id) => await _all.Where(x => x.Id == id).ToListAsync();\n",
            ),
            (
                "scala",
                "  def get(id: Int): Future[Seq[String]] = all.filter(_.id == id).map { case (a, b) => s\"$a $b\" }\n",
            ),
            (
                "groovy",
                "    implementation(project(path: ':core', configuration: 'shadow')) { exclude group: 'org.example' }\n",
            ),
            (
                "makefile",
                "build/%.o: src/%.c | $(BUILD)\n\t$(CC) $(CFLAGS) -c -o $@ $< # $(shell date +%s)\nX ?= $(patsubst %.c,%.o,$(A))\n",
            ),
        ];
        for (language, code) in pieces {
            assert_eq!(beyond(language, &code.repeat(20)), None, "{language}");
        }
    }
}
