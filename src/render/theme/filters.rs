//! Filters of templates that differ from the library's own: what is absent has a default, and whole numbers have no decimals.
//! Knows values, no page.

use tera::{Error, Kwargs, State, TeraResult, Value};

/// The largest number up to which every whole one is exact.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// `value` for what is undefined, as in the library, and for a field that a page leaves out: those are null. With
/// `boolean=true` also for what counts as false.
pub fn default(value: Value, kwargs: Kwargs, _: &State<'_>) -> TeraResult<Value> {
    let default = kwargs.must_get::<Value>("value")?;
    let boolean = kwargs.get::<bool>("boolean")?.unwrap_or_default();
    let absent = value.is_undefined() || value.is_none() || (boolean && !value.is_truthy());
    Ok(if absent { default } else { value })
}

/// Rounds to `precision` decimals, none if it is not given; `method` is `ceil`, `floor`, or none for the nearest. A whole result
/// prints without decimals.
pub fn round(value: f64, kwargs: Kwargs, _: &State<'_>) -> TeraResult<Value> {
    let factor = 10_f64.powi(kwargs.get::<i32>("precision")?.unwrap_or_default());
    let scaled = value * factor;
    let rounded = match kwargs.get::<&str>("method")? {
        None => scaled.round(),
        Some("ceil") => scaled.ceil(),
        Some("floor") => scaled.floor(),
        Some(other) => {
            let message =
                format!("`round` has no method `{other}`: known are `ceil` and `floor`; leave it out for the nearest");
            return Err(Error::message(message));
        }
    };
    let result = rounded / factor;
    let is_whole = result.fract() == 0.0 && result.abs() <= EXACT;
    Ok(if is_whole { Value::from(result as i64) } else { Value::from(result) })
}
