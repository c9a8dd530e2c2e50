//! White space as browsers show it: one space between words, none at the edges of a block and of a line; marked words neither
//! begin nor end with one. Knows inlines only.

use crate::import::markdown::Inline;

/// The words of a block in this form.
pub(super) fn tidy(words: Vec<Inline>) -> Vec<Inline> {
    let mut words = joined(words.into_iter().flat_map(hoisted).collect());
    trim(&mut words);
    words
}

/// Puts words into the inline that they were taken from.
type Around = Box<dyn Fn(Vec<Inline>) -> Inline>;

/// An inline with the spaces at its edges outside of it; nothing where it holds nothing.
fn hoisted(inline: Inline) -> Vec<Inline> {
    let (inner, around): (Vec<Inline>, Around) = match inline {
        Inline::Emphasis(inner) => (inner, Box::new(Inline::Emphasis)),
        Inline::Strong(inner) => (inner, Box::new(Inline::Strong)),
        Inline::Struck(inner) => (inner, Box::new(Inline::Struck)),
        Inline::Link { address, title, words } => {
            (words, Box::new(move |words| Inline::Link { address: address.clone(), title: title.clone(), words }))
        }
        Inline::Element { tag, words } if words.is_empty() => return vec![Inline::Element { tag, words }],
        Inline::Element { tag, words } => (words, Box::new(move |words| Inline::Element { tag: tag.clone(), words })),
        Inline::Code(text) => return around_code(&text),
        Inline::Text(text) => return vec![Inline::Text(collapsed(&text))],
        other => return vec![other],
    };
    let mut inner = joined(inner.into_iter().flat_map(hoisted).collect());
    let mut out = Vec::new();
    while let Some(edge) = edge(&mut inner, false) {
        out.push(edge);
    }
    let mut after = Vec::new();
    while let Some(edge) = edge(&mut inner, true) {
        after.insert(0, edge);
    }
    if !inner.is_empty() {
        out.push(around(inner));
    }
    out.extend(after);
    out
}

/// Takes a space or a line break off one end.
fn edge(words: &mut Vec<Inline>, at_end: bool) -> Option<Inline> {
    let place = if at_end { words.len().checked_sub(1)? } else { 0 };
    match words.get_mut(place)? {
        Inline::Break => Some(words.remove(place)),
        Inline::Text(text) => {
            let rest = if at_end { text.strip_suffix(' ') } else { text.strip_prefix(' ') };
            let has_space = rest.is_some();
            let rest = rest.unwrap_or(text).to_owned();
            if rest.is_empty() {
                words.remove(place);
            } else {
                *text = rest;
            }
            has_space.then(|| Inline::Text(" ".to_owned()))
        }
        _ => None,
    }
}

fn around_code(text: &str) -> Vec<Inline> {
    let inner = collapsed(text);
    let code = inner.trim_matches(' ');
    let space = || Inline::Text(" ".to_owned());
    let mut out = Vec::new();
    if inner.starts_with(' ') {
        out.push(space());
    }
    if !code.is_empty() {
        out.push(Inline::Code(code.to_owned()));
        if inner.ends_with(' ') {
            out.push(space());
        }
    }
    out
}

/// Runs of the white space of HTML as one space each; a space that does not break stays.
fn collapsed(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        // Control characters have no place in a text.
        match c {
            ' ' | '\t' | '\n' | '\r' | '\u{c}' => {
                if !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// Neighbours of one kind as one, and one space between words at most.
fn joined(words: Vec<Inline>) -> Vec<Inline> {
    let mut out: Vec<Inline> = Vec::with_capacity(words.len());
    for inline in words {
        match (out.last_mut(), inline) {
            (_, Inline::Text(text)) if text.is_empty() => {}
            (Some(Inline::Text(before)), Inline::Text(text)) => {
                let text = if before.ends_with(' ') { text.trim_start_matches(' ') } else { &text };
                before.push_str(text);
            }
            (Some(Inline::Emphasis(before)), Inline::Emphasis(words))
            | (Some(Inline::Strong(before)), Inline::Strong(words))
            | (Some(Inline::Struck(before)), Inline::Struck(words)) => {
                let all = std::mem::take(before).into_iter().chain(words).collect();
                *before = joined(all);
            }
            (Some(Inline::Code(before)), Inline::Code(text)) => before.push_str(&text),
            (_, inline) => out.push(inline),
        }
    }
    out
}

/// No space at the edges of lines, and no line break at those of the block.
fn trim(words: &mut Vec<Inline>) {
    while edge(words, false).is_some() {}
    while edge(words, true).is_some() {}
    let mut n = 0;
    while n < words.len() {
        let is_after = n > 0 && matches!(words[n - 1], Inline::Break);
        let is_before = matches!(words.get(n + 1), Some(Inline::Break));
        if let Inline::Text(text) = &mut words[n] {
            if is_after {
                *text = text.trim_start_matches(' ').to_owned();
            }
            if is_before {
                *text = text.trim_end_matches(' ').to_owned();
            }
            if text.is_empty() {
                words.remove(n);
                continue;
            }
        }
        match &mut words[n] {
            Inline::Emphasis(inner)
            | Inline::Strong(inner)
            | Inline::Struck(inner)
            | Inline::Link { words: inner, .. }
            | Inline::Element { words: inner, .. } => trim(inner),
            _ => {}
        }
        n += 1;
    }
}
