//! Shapes in the words of JSON Schema. Knows both; knows no key, no file, and only standard words, since validators refuse others.

use serde_json::{Map, Value, json};

use crate::fields::{ByWord, ENTRY_CHARS, Form, GroupShape, Numbers, Shape, TEXT_CHARS};

/// White space at the ends of texts, which is not part of them.
const SPACE: &str = r"[\t\n \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]";
/// Something else than that, and nothing that is a command to a terminal.
const WORDS: &str = r"^[^\x00-\x08\x0b-\x1f\x7f-\x9f]*[^\x00-\x20\x7f-\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000][^\x00-\x08\x0b-\x1f\x7f-\x9f]*$";

/// A whole schema of a file whose top is `group`.
pub fn document(title: &str, group: &GroupShape) -> Value {
    let mut document = Map::new();
    document.insert("$schema".to_owned(), json!("https://json-schema.org/draft/2020-12/schema"));
    document.insert("title".to_owned(), json!(title));
    if let Value::Object(group) = of_group(group) {
        document.extend(group);
    }
    document.insert("$defs".to_owned(), texts());
    Value::Object(document)
}

fn of_group(group: &GroupShape) -> Value {
    let Some(ByWord { key, words, groups }) = &group.by_word else { return object(group, []) };
    let of_word = |(word, more): (&&'static str, &GroupShape)| {
        let mut all = group.clone();
        all.keys.extend(more.keys.iter().cloned());
        all.required.extend(&more.required);
        object(&all, [((*key).to_owned(), json!({ "const": word }))])
    };
    json!({ "oneOf": words.iter().zip(groups).map(of_word).collect::<Vec<_>>() })
}

fn object(group: &GroupShape, first: impl IntoIterator<Item = (String, Value)>) -> Value {
    let mut keys: Map<String, Value> = first.into_iter().collect();
    keys.extend(group.keys.iter().map(|(key, shape)| ((*key).to_owned(), of(shape))));
    let mut object = json!({ "type": "object", "properties": keys, "additionalProperties": false });
    if !group.required.is_empty() {
        object["required"] = json!(group.required);
    }
    object
}

fn of(shape: &Shape) -> Value {
    match shape {
        Shape::Text { form, most } => text(&form.borrow(), *most),
        Shape::Flag => json!({ "type": "boolean" }),
        Shape::Number { min, max } => json!({ "type": "integer", "minimum": min, "maximum": max }),
        Shape::FreeGroup => json!({ "type": "object" }),
        Shape::Either(shapes) => any_of(shapes.iter().map(of).collect()),
        Shape::Group(group) => of_group(&group.borrow()),
        Shape::List { entries, alone, most } => {
            let list = json!({ "type": "array", "items": any_of(entries.iter().map(of).collect()), "maxItems": most });
            any_of(alone.iter().map(of).chain([list]).collect())
        }
        Shape::Named { names, values } => {
            let value = any_of(values.iter().map(of).collect());
            let mut named = json!({ "type": "object", "additionalProperties": value });
            if names.words.is_empty() {
                named["propertyNames"] = string(names, TEXT_CHARS);
            } else {
                // Listed as keys they are proposed by editors.
                let keys: Map<String, Value> =
                    names.words.iter().map(|word| ((*word).to_owned(), value.clone())).collect();
                named["properties"] = Value::Object(keys);
                named["additionalProperties"] = json!(false);
            }
            named
        }
    }
}

fn any_of(mut schemas: Vec<Value>) -> Value {
    if schemas.len() == 1 { schemas.remove(0) } else { json!({ "anyOf": schemas }) }
}

/// A text as YAML gives it: what has no quotes may be a number or a flag there.
fn text(form: &Form, most: usize) -> Value {
    let mut ways = vec![string(form, most)];
    match form.numbers {
        Numbers::None => {}
        Numbers::Positive => ways.push(json!({ "type": "number", "minimum": 0 })),
        Numbers::Any => ways.push(json!({ "type": "number" })),
        Numbers::Whole(min, max) => ways.push(json!({ "type": "integer", "minimum": min, "maximum": max })),
    }
    if form.flags {
        ways.push(json!({ "type": "boolean" }));
    }
    let mut text = any_of(ways);
    if !form.what.is_empty() {
        text["description"] = json!(form.what);
    }
    text
}

/// The same in quotes.
fn string(form: &Form, most: usize) -> Value {
    if !form.words.is_empty() {
        return json!({ "enum": form.words });
    }
    let any = json!({ "$ref": format!("#/$defs/{}", name(most)) });
    let pattern = form.pattern.map(|pattern| matching(&format!("^{SPACE}*(?:{pattern}){SPACE}*$")));
    let except = form.except.map(|except| json!({ "not": matching(except) }));
    let mut all: Vec<Value> = [any].into_iter().chain(pattern).chain(except).collect();
    if all.len() == 1 { all.remove(0) } else { json!({ "allOf": all }) }
}

/// Strict validators want the type beside each pattern.
fn matching(pattern: &str) -> Value {
    json!({ "type": "string", "pattern": pattern })
}

/// Texts of at most so many characters, as other parts of a schema name them.
fn texts() -> Value {
    let of = |most: usize| {
        // Space at the ends does not count, and patterns that count are slow.
        let ends = format!("^{SPACE}|{SPACE}$");
        let short = json!({ "type": "string", "maxLength": most });
        json!({ "type": "string", "pattern": WORDS, "anyOf": [short, matching(&ends)] })
    };
    let limits = [TEXT_CHARS, ENTRY_CHARS];
    Value::Object(limits.into_iter().map(|most| (name(most).to_owned(), of(most))).collect())
}

const fn name(most: usize) -> &'static str {
    if most == ENTRY_CHARS { "entry" } else { "text" }
}
