//! Filters of templates that write in the site's language: texts of the theme with something put in, dates, lengths, lists. Knows values,
//! no page.

use std::borrow::Cow;
use std::sync::Arc;

use tera::{Error, Kwargs, State, Tera, TeraResult, Value};

use crate::model::SourceDuration;
use crate::words::{Date, Message, Piece, Sentence, Words, category};

use crate::render::escape::quoted;

/// Registers all of them for `words`.
pub fn register(tera: &mut Tera, words: &Arc<Words>) {
    let texts = Arc::new(words.with_texts(quoted));
    tera.register_filter("say", move |key: Value, kwargs: Kwargs, state: &State<'_>| {
        say(&texts, key.as_str().unwrap_or_default(), &kwargs, state)
    });
    let own = Arc::clone(words);
    tera.register_filter("date", move |date: Value, _: Kwargs, _: &State<'_>| {
        Ok::<_, Error>(own.date(&date_of(&date)?))
    });
    let own = Arc::clone(words);
    tera.register_filter("moment", move |moment: Value, _: Kwargs, _: &State<'_>| {
        let field = |name: &'static str| moment.get_from_path(name).filter(|value| value.is_map());
        let from = field("from").ok_or_else(|| Error::message("`moment` needs a moment of the timeline"))?;
        let to = field("to").map(date_of).transpose()?;
        let about = moment.get_from_path("about").is_some_and(Value::is_truthy);
        Ok::<_, Error>(own.span(&date_of(from)?, to.as_ref(), about))
    });
    let own = Arc::clone(words);
    tera.register_filter("duration", move |length: Value, _: Kwargs, _: &State<'_>| {
        let seconds = length.get_from_path("seconds").and_then(Value::as_i64);
        let seconds = seconds.ok_or_else(|| Error::message("`duration` needs a length of time"))?;
        let about = length.get_from_path("about").is_some_and(Value::is_truthy);
        Ok::<_, Error>(own.duration(SourceDuration { seconds, about }))
    });
    let own = Arc::clone(words);
    tera.register_filter("list", move |names: Vec<String>, _: Kwargs, _: &State<'_>| own.list(&names));
    let own = Arc::clone(words);
    tera.register_filter("commas", move |names: Vec<String>, _: Kwargs, _: &State<'_>| own.commas(&names));
    let own = Arc::clone(words);
    tera.register_filter("in_a_sentence", move |name: Value, _: Kwargs, _: &State<'_>| {
        own.in_a_sentence(name.as_str().unwrap_or_default())
    });
}

/// The text of `key` with the arguments in its places: HTML, in which what is no HTML yet is escaped.
fn say(words: &Words, key: &str, kwargs: &Kwargs, state: &State<'_>) -> TeraResult<Value> {
    let sentence = sentence(words, key, kwargs)?;
    let mut said = String::with_capacity(64);
    for piece in sentence.pieces() {
        match piece {
            Piece::Text(text) => said.push_str(text),
            Piece::Slot(name) => match kwargs.get::<&Value>(name)? {
                Some(value) => said.push_str(&state.escape_if_needed(value)?),
                None => return Err(Error::message(format!("`say` needs `{name}` for `words.{key}`"))),
            },
        }
    }
    Ok(Value::safe_string(&said))
}

fn sentence<'w>(words: &'w Words, key: &str, kwargs: &Kwargs) -> TeraResult<&'w Sentence> {
    let absent = |needed: &str| Error::message(format!("`say` needs `{needed}` for `words.{key}`"));
    match words.message(key) {
        Some(Message::One(sentence)) => Ok(sentence),
        Some(Message::Plural(forms)) => {
            let n = kwargs.get::<&Value>("n")?.and_then(Value::as_u64).ok_or_else(|| absent("n"))?;
            let form = forms.get(category(words.language(), n)).or_else(|| forms.get("other"));
            form.ok_or_else(|| absent("n"))
        }
        Some(Message::Choice(forms)) => {
            let is = kwargs.get::<&str>("is")?.ok_or_else(|| absent("is"))?;
            forms.get(is).ok_or_else(|| Error::message(format!("`words.{key}` has no text for `{is}`")))
        }
        None => Err(Error::message(format!("there is no word `{key}`"))),
    }
}

/// A date as views give it to templates.
fn date_of(value: &Value) -> TeraResult<Date<'_>> {
    let number = |name: &str| value.get_from_path(name).and_then(Value::as_i64);
    let text = |name: &'static str| value.get_from_path(name).and_then(Value::as_str).map(Cow::Borrowed);
    let small = |name: &str| number(name).and_then(|number| i8::try_from(number).ok());
    let year = number("year").and_then(|year| i16::try_from(year).ok());
    let year = year.ok_or_else(|| Error::message(format!("`date` needs a date, not {}", value.name())))?;
    Ok(Date { year, month: small("month"), day: small("day"), time: text("time"), zone: text("zone") })
}
