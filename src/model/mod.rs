//! The words all stages share: ids, URLs, dates with precision, places in a file. Knows no stage, no file and no HTML.

mod address;
mod date;
mod duration;
mod fingerprint;
mod id;
mod kinds;
mod likely_date;
mod moment;
mod names;
mod path;
mod pattern;
mod raised;
mod read_date;
mod span;
mod text;
mod url;

pub use address::{AddressError, below, page_address, undone};
pub use date::{When, clock, month_name, zone};
pub use duration::{ParseDurationError, SourceDuration};
pub use fingerprint::Fingerprint;
pub use id::{DocId, Id, IdError};
pub use kinds::{ClosedSet, EssayKind, HeadingIds, RelationKind, SourceKind, TimelineKind};
pub use likely_date::likely;
pub use moment::{Moment, ParseMomentError, clock_time};
pub use names::nearest;
pub use path::SourcePath;
pub use pattern::{Pattern, PatternPair};
pub use raised::raised;
pub use read_date::ParseWhenError;
pub use span::{Hash, Span};
pub use text::{
    clipped, count_words, first_sentences, first_words, nfc, passage_around, sentence_around, sentences, slug,
};
pub use url::{PATH, UrlPath, folded};
