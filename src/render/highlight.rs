//! Code to HTML with a class for each part, coloured by the theme's style sheets. Knows languages, not pages, and the blocks
//! that were highlighted before, wherever they were kept.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::{Arc, LazyLock, Mutex, OnceLock, PoisonError};

use syntect::html::{ClassStyle, ClassedHTMLGenerator};
use syntect::parsing::{SyntaxReference, SyntaxSet};
use syntect::util::LinesWithEndings;

use crate::model::Hash;

use super::body::escaped;

/// Every class begins with this.
const STYLE: ClassStyle = ClassStyle::SpacedPrefixed { prefix: "hl-" };
/// Longer blocks, or blocks with longer lines, are shown without colours: grammars take their time.
const MAX_BLOCK_BYTES: usize = 128 * 1024;
const MAX_LINE_BYTES: usize = 2_000;
/// The most that is held of blocks for the next time, in packed bytes: a server may see code change for days.
const MAX_HELD_BYTES: usize = 128 * 1024 * 1024;

static SYNTAXES: LazyLock<SyntaxSet> = LazyLock::new(SyntaxSet::load_defaults_newlines);

/// The HTML inside blocks that were highlighted, packed, by the hash of their grammar's name and their code. Highlighted code
/// is mostly the same few tags: packed it fills a tenth.
pub type Blocks = HashMap<Hash, Arc<[u8]>>;

/// How many blocks came from where.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Highlighted {
    /// By their grammar, now.
    pub made: usize,
    /// From the blocks that were kept.
    pub kept: usize,
}

/// Highlights code blocks, each of them once.
#[derive(Default)]
pub struct Highlighter {
    /// Gives the blocks of an earlier build; asked when the first block is met.
    earlier: Option<Box<dyn Fn() -> Blocks + Send + Sync>>,
    kept: OnceLock<Blocks>,
    met: Mutex<Met>,
    from_kept: AtomicUsize,
    made: AtomicUsize,
}

/// The blocks that were asked for, and how many bytes they have together.
#[derive(Default)]
struct Met {
    blocks: Blocks,
    bytes: usize,
}

impl Highlighter {
    /// One that knows the blocks that `earlier` gives. They must come from the same program: a block is taken as it is.
    pub fn knowing(earlier: impl Fn() -> Blocks + Send + Sync + 'static) -> Self {
        Self { earlier: Some(Box::new(earlier)), ..Self::default() }
    }

    /// Whether `language`, the first word after a fence, names a grammar.
    pub fn knows(&self, language: &str) -> bool {
        !language.is_empty() && grammar(language).is_some()
    }

    /// The whole block.
    pub fn highlight(&self, language: &str, code: &str) -> String {
        let mut shown = String::new();
        pulldown_cmark_escape::escape_html(&mut shown, language).unwrap_or_default();
        let block = |inner: &str| {
            format!(
                "<pre class=\"nf-code\" data-language=\"{shown}\" tabindex=\"0\"><code class=\"language-{shown}\">{inner}</code></pre>\n"
            )
        };
        match self.spans(language, code) {
            Some(inner) => block(&inner),
            None => block(&escaped(code)),
        }
    }

    /// How many blocks came from where, so far.
    pub fn counts(&self) -> Highlighted {
        Highlighted { made: self.made.load(Relaxed), kept: self.from_kept.load(Relaxed) }
    }

    /// The blocks that were asked for.
    pub fn into_met(self) -> Blocks {
        self.met.into_inner().unwrap_or_else(PoisonError::into_inner).blocks
    }

    fn spans(&self, language: &str, code: &str) -> Option<String> {
        if code.len() > MAX_BLOCK_BYTES || code.lines().any(|line| line.len() > MAX_LINE_BYTES) {
            return None;
        }
        let syntax = grammar(language)?;
        let hash = Hash::of_parts(&[syntax.name.as_bytes(), code.as_bytes()]);
        let known = self.kept.get_or_init(|| self.earlier.as_ref().map(|earlier| earlier()).unwrap_or_default());
        let found = known.get(&hash).cloned().or_else(|| self.met(hash));
        if let Some((packed, inner)) = found.and_then(|packed| Some((Arc::clone(&packed), unpacked(&packed)?))) {
            self.from_kept.fetch_add(1, Relaxed);
            self.hold(hash, packed);
            return Some(inner);
        }
        let inner = made(syntax, code)?;
        self.made.fetch_add(1, Relaxed);
        self.hold(hash, lz4_flex::compress_prepend_size(inner.as_bytes()).into());
        Some(inner)
    }

    fn met(&self, hash: Hash) -> Option<Arc<[u8]>> {
        self.met.lock().unwrap_or_else(PoisonError::into_inner).blocks.get(&hash).cloned()
    }

    fn hold(&self, hash: Hash, packed: Arc<[u8]>) {
        let mut met = self.met.lock().unwrap_or_else(PoisonError::into_inner);
        let bytes = packed.len();
        if met.bytes + bytes <= MAX_HELD_BYTES && met.blocks.insert(hash, packed).is_none() {
            met.bytes += bytes;
        }
    }
}

/// The grammar of a language; it is unpacked when the first block in it is met.
fn grammar(language: &str) -> Option<&'static SyntaxReference> {
    let usual = match language.to_lowercase().as_str() {
        "shell" | "console" | "shell-session" | "sh" | "zsh" => "bash".to_owned(),
        "golang" => "go".to_owned(),
        "jsonc" | "json5" => "json".to_owned(),
        "text" | "txt" | "plain" | "plaintext" => return None,
        other => other.to_owned(),
    };
    SYNTAXES.find_syntax_by_token(&usual)
}

fn unpacked(packed: &[u8]) -> Option<String> {
    let (size, _) = lz4_flex::block::uncompressed_size(packed).ok()?;
    // Far more than any block of the length we take becomes.
    if size > 256 * MAX_BLOCK_BYTES {
        return None;
    }
    String::from_utf8(lz4_flex::decompress_size_prepended(packed).ok()?).ok()
}

fn made(syntax: &SyntaxReference, code: &str) -> Option<String> {
    let mut generator = ClassedHTMLGenerator::new_with_class_style(syntax, &SYNTAXES, STYLE);
    for line in LinesWithEndings::from(code) {
        generator.parse_html_for_line_which_includes_newline(line).ok()?;
    }
    Some(generator.finalize())
}
