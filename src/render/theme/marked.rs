//! Titles and sentences of front matter as templates get them: with their code and emphasis as HTML, and, on a page that runs from right
//! to left, with the direction of those in other letters. Knows values, no page.

use std::collections::HashMap;

use tera::{Context, Kwargs, State, TeraResult, Value};

use crate::render::escape::escaped;
use crate::site::view::HtmlView;

/// Fields of views that hold titles and sentences.
const TEXTS: [&str; 8] =
    ["title", "definition", "question", "questions", "difference", "summary", "impact", "reference"];

/// The data of a page. Few pages show a text that is marked or runs otherwise than they do; the others' data is taken as it is.
pub fn context(page: &HtmlView) -> TeraResult<Context> {
    let is_right_to_left = page.site.dir == "rtl";
    if page.marked.is_empty() && !is_right_to_left {
        return Context::from_serialize(&page.data);
    }
    let marked = page.marked.iter().map(|(words, html)| (&**words, &**html)).collect();
    let setter = Setter { marked, is_right_to_left };
    let mut context = Context::new();
    if let Some(fields) = Value::from_serializable(&page.data).into_map() {
        for (name, value) in fields {
            let name = name.to_string();
            let value = setter.set(value, TEXTS.contains(&&*name));
            context.insert_value(name, value);
        }
    }
    Ok(context)
}

/// What becomes of the texts of a page.
struct Setter<'a> {
    marked: HashMap<&'a str, &'a str>,
    is_right_to_left: bool,
}

impl Setter<'_> {
    /// The value with its texts set; `is_text` if its field holds titles or sentences.
    fn set(&self, value: Value, is_text: bool) -> Value {
        if let Some(text) = value.as_str() {
            return match self.html(text, is_text) {
                Some(html) => Value::safe_string(&html),
                None => value,
            };
        }
        if let Some(items) = value.as_array() {
            return items.iter().map(|item| self.set(item.clone(), is_text)).collect::<Vec<Value>>().into();
        }
        if !value.is_map() {
            return value;
        }
        match value.into_map() {
            Some(mut fields) => {
                for (name, field) in fields.iter_mut() {
                    let is_text = name.as_str().is_some_and(|name| TEXTS.contains(&name));
                    *field = self.set(std::mem::replace(field, Value::none()), is_text);
                }
                Value::from(fields)
            }
            None => Value::none(),
        }
    }

    /// The HTML of a text that is more than its words.
    fn html(&self, text: &str, is_text: bool) -> Option<String> {
        let marked = self.marked.get(text);
        if self.is_right_to_left && is_text && runs_left_to_right(text) {
            let html = marked.map_or_else(|| escaped(text), |html| (*html).to_owned());
            return Some(format!("<bdi dir=\"ltr\">{html}</bdi>"));
        }
        marked.map(|html| (*html).to_owned())
    }
}

/// Whether a text has letters, none of them of a script that is written from right to left, and a sign at an end that would
/// change sides among such letters.
fn runs_left_to_right(text: &str) -> bool {
    let is_sign = |c: Option<char>| c.is_some_and(|c| !c.is_alphanumeric());
    (is_sign(text.chars().next()) || is_sign(text.chars().next_back()))
        && text.contains(char::is_alphabetic)
        && !text.contains(is_of_right_to_left)
}

/// Letters of Hebrew, Arabic and the scripts near them: the blocks of Unicode that are set aside for such scripts.
fn is_of_right_to_left(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
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
