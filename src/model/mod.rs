//! The words all stages share: ids, URLs, dates with precision, places in a file. Knows no stage, no file and no HTML.

mod address;
mod fingerprint;
mod id;
mod kinds;
mod names;
mod path;
mod pattern;
mod raised;
mod quotes;
mod span;
mod text;
mod time;
mod url;

pub use address::{AddressError, below, page_address, undone};
pub use fingerprint::Fingerprint;
pub use id::{DocId, Id, IdError};
pub use kinds::{ClosedSet, EssayKind, HeadingIds, RelationKind, SourceKind, TimelineKind};
pub use names::nearest;
pub use path::SourcePath;
pub use pattern::{Pattern, PatternPair};
pub use quotes::{QuoteMarks, Quoting};
pub use raised::raised;
pub use span::{Hash, Span};
pub use text::{
    clipped, count_words, first_sentences, first_words, is_wide, nfc, passage_around, sentence_around, sentences, slug,
};
pub use time::{
    Moment, ParseDurationError, ParseMomentError, ParseWhenError, SourceDuration, When, clock, clock_time, likely,
    month_name, zone,
};
pub use url::{PATH, UrlPath, folded};
