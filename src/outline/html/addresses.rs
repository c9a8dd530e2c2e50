//! The addresses in a tag's attributes, in the order in which they are counted as references. Knows one tag; resolves nothing.

use super::super::document::ReferenceKind;

/// What the addresses of an attribute are to its element, if it holds any, and whether it holds a set of them.
fn kind(element: &str, attribute: &str) -> Option<(ReferenceKind, bool)> {
    Some(match (element, attribute) {
        ("a", "href") => (ReferenceKind::Link, false),
        ("img", "src") => (ReferenceKind::Picture, false),
        ("img" | "source", "srcset") => (ReferenceKind::Loaded, true),
        ("video" | "audio" | "source" | "track", "src") | ("video", "poster") => (ReferenceKind::Loaded, false),
        ("blockquote" | "q" | "del" | "ins", "cite") => (ReferenceKind::Cited, false),
        _ => return None,
    })
}

/// The addresses of one attribute.
pub fn in_attribute<'a>(element: &str, attribute: &str, value: &'a str) -> Vec<&'a str> {
    match kind(element, attribute) {
        Some((_, true)) => candidates(value).map(|(address, _)| address).collect(),
        Some((_, false)) => vec![value],
        None => Vec::new(),
    }
}

/// The attributes with each address as `resolve` gives it; one that it gives none for goes.
pub fn resolved(
    element: &str,
    attributes: &[(String, String)],
    mut resolve: impl FnMut(ReferenceKind, &str) -> Option<String>,
) -> Vec<(String, String)> {
    let mut out = Vec::with_capacity(attributes.len());
    for (name, value) in attributes {
        let value = match kind(element, name) {
            None => Some(value.clone()),
            Some((kind, false)) => resolve(kind, value),
            Some((kind, true)) => set(value, |address| resolve(kind, address)),
        };
        out.extend(value.map(|value| (name.clone(), value)));
    }
    out
}

fn set(value: &str, mut resolve: impl FnMut(&str) -> Option<String>) -> Option<String> {
    let resolved = candidates(value).filter_map(|(address, descriptor)| {
        let address = in_set(&resolve(address)?);
        Some(if descriptor.is_empty() { address } else { format!("{address} {descriptor}") })
    });
    let set: Vec<String> = resolved.collect();
    (!set.is_empty()).then(|| set.join(", "))
}

/// An address as it may stand in a set, where spaces and commas separate.
pub fn in_set(address: &str) -> String {
    address.replace(' ', "%20").replace(',', "%2C")
}

/// The addresses of a `srcset` and what describes each (html.spec.whatwg.org, "Parsing a srcset attribute").
fn candidates(set: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = set;
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == ',');
        if rest.is_empty() {
            return None;
        }
        let end = rest.find(|c: char| c.is_ascii_whitespace()).unwrap_or(rest.len());
        let (address, after) = rest.split_at(end);
        let bare = address.trim_end_matches(',');
        if bare.len() < address.len() {
            rest = after;
            return Some((bare, ""));
        }
        let end = after.find(',').unwrap_or(after.len());
        rest = &after[end..];
        Some((address, after[..end].trim()))
    })
}

#[cfg(test)]
mod tests {
    use super::{candidates, resolved};

    #[test]
    fn a_set_is_cut_as_browsers_cut_it() {
        let all = |set| candidates(set).collect::<Vec<_>>();
        assert_eq!(all("a.png 1x, b.png 2x"), [("a.png", "1x"), ("b.png", "2x")]);
        assert_eq!(all(" a.png,\nb.png 300w ,"), [("a.png", ""), ("b.png", "300w")]);
        assert_eq!(all("a,b.png 1x"), [("a,b.png", "1x")]);
        assert!(all(" , ").is_empty());
    }

    #[test]
    fn what_is_not_resolved_goes() {
        let attributes = [("alt", "A"), ("srcset", "a.png 1x, b.png 2x"), ("src", "a.png")]
            .map(|(name, value)| (name.to_owned(), value.to_owned()));
        let written = |known: &str| {
            let resolve = |_, address: &str| (address == known).then(|| format!("/x, y/{address}"));
            resolved("img", &attributes, resolve).into_iter().map(|(name, value)| format!("{name}={value}"))
        };
        assert_eq!(written("b.png").collect::<Vec<_>>(), ["alt=A", "srcset=/x%2C%20y/b.png 2x"]);
        assert_eq!(written("a.png").collect::<Vec<_>>(), ["alt=A", "srcset=/x%2C%20y/a.png 1x", "src=/x, y/a.png"]);
    }
}
