//! Dates as values of keys. Knows which kinds a key takes; how they are read is the model's.

use jiff::civil::Date;

use crate::model::{ParseWhenError, When};

use super::{BAD_DATE, Faults, Fields, Placed, form, shortened};

impl Fields<'_> {
    /// A date of any precision; a time has its zone.
    pub fn when(&mut self, key: &'static str, faults: &mut Faults) -> Option<Placed<When>> {
        self.takes(form::WHEN).date(key, When::parse, faults)
    }

    /// A date of any precision; a time without a zone is one of the site's.
    pub fn local_when(&mut self, key: &'static str, faults: &mut Faults) -> Option<Placed<When>> {
        self.takes(form::LOCAL_WHEN).date(key, When::parse_local, faults)
    }

    fn date(
        &mut self,
        key: &'static str,
        parse: impl Fn(&str) -> Result<When, ParseWhenError>,
        faults: &mut Faults,
    ) -> Option<Placed<When>> {
        let text = self.text(key, faults)?;
        match parse(&text.value) {
            Ok(value) => Some(Placed { value, spot: text.spot }),
            Err(error) => {
                let message = format!("`{key}`: `{}` {error}", shortened(&text.value));
                faults.push(self.fault(BAD_DATE, message, text.spot).help(error.help(&text.value)));
                None
            }
        }
    }

    /// A whole day.
    pub fn day(&mut self, key: &'static str, faults: &mut Faults) -> Option<Date> {
        let when = self.takes(form::DAY).when(key, faults)?;
        let is_day = matches!(when.value, When::Day(_));
        if !is_day {
            faults.push(self.fault(BAD_DATE, format!("`{key}` needs a day"), when.spot).help("write `2026-04-30`"));
        }
        is_day.then(|| when.value.first_day())
    }
}
