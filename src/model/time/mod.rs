//! Dates, moments and durations with the precision that their authors gave them. Knows how people write them, no file.

mod date;
mod duration;
mod likely_date;
mod moment;
mod read_date;

pub use date::{When, clock, month_name, zone};
pub use duration::{ParseDurationError, SourceDuration};
pub use likely_date::likely;
pub use moment::{Moment, ParseMomentError, clock_time};
pub use read_date::ParseWhenError;
