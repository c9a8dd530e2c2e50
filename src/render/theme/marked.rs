//! Titles and sentences of front matter with their code and emphasis: templates get them as HTML where a view has the words. Knows
//! values, no page.

use std::collections::HashMap;

use tera::{Context, Kwargs, State, TeraResult, Value};

use crate::site::view::HtmlView;

/// The data of a page. Few pages show a text that is marked; the others' data is taken as it is.
pub fn context(page: &HtmlView) -> TeraResult<Context> {
    if page.marked.is_empty() {
        return Context::from_serialize(&page.data);
    }
    let marked: HashMap<&str, &str> = page.marked.iter().map(|(words, html)| (&**words, &**html)).collect();
    let mut context = Context::new();
    if let Some(fields) = Value::from_serializable(&page.data).into_map() {
        for (name, value) in fields {
            context.insert_value(name.to_string(), with_marks(value, &marked));
        }
    }
    Ok(context)
}

fn with_marks(value: Value, marked: &HashMap<&str, &str>) -> Value {
    if let Some(html) = value.as_str().and_then(|text| marked.get(text)) {
        return Value::safe_string(html);
    }
    if let Some(items) = value.as_array() {
        return items.iter().map(|item| with_marks(item.clone(), marked)).collect::<Vec<Value>>().into();
    }
    if !value.is_map() {
        return value;
    }
    match value.into_map() {
        Some(mut fields) => {
            for field in fields.values_mut() {
                *field = with_marks(std::mem::replace(field, Value::none()), marked);
            }
            Value::from(fields)
        }
        None => Value::none(),
    }
}

/// The words of a text, for attributes: those of HTML without its elements.
pub fn plain(text: Value, _: Kwargs, _: &State<'_>) -> TeraResult<Value> {
    let Some(html) = text.as_str().filter(|_| text.is_safe()) else { return Ok(text) };
    let mut words = String::with_capacity(html.len());
    for (n, part) in html.split('<').enumerate() {
        words.push_str(if n == 0 { part } else { part.split_once('>').map_or("", |(_, rest)| rest) });
    }
    let words = words.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&");
    Ok(Value::from(words))
}
