//! A formula's MathML in fewer bytes, and with an end tag for each element: readers of feeds on feedparser lose the end of an
//! element that is closed in its only tag. Knows tags, no LaTeX.

/// A formula without the element around it.
#[derive(Debug, PartialEq, Eq)]
pub struct Formula {
    pub mathml: String,
    /// How many elements stand beside each other in it.
    pub elements: usize,
    /// Its text.
    text: String,
}

impl Formula {
    /// Whether who copies the formula has its source: spaces say nothing in LaTeX.
    pub fn is_its_source(&self, latex: &str) -> bool {
        let signs = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        signs(&self.text) == signs(latex)
    }
}

/// A piece of MathML.
struct Piece<'a> {
    /// The inside of a tag, or text.
    inside: &'a str,
    is_tag: bool,
    is_left_out: bool,
}

/// An element that is open.
struct Open {
    /// Its tag, among the pieces.
    at: usize,
    /// Elements in it, and the name of the last one.
    children: usize,
    last: String,
}

/// Leaves out rows of one element, which are set as the element alone, and attributes that change nothing. A row around an
/// operator stays: TeX's braces make something else of it, and themes may too.
pub fn shorter(mathml: &str) -> Formula {
    let mut pieces = pieces(mathml);
    let mut open: Vec<Open> = Vec::new();
    let mut elements = 0;
    for at in 0..pieces.len() {
        if !pieces[at].is_tag {
            continue;
        }
        let inside = pieces[at].inside;
        if !inside.starts_with('/') {
            match open.last_mut() {
                Some(parent) => {
                    parent.children += 1;
                    name(inside).clone_into(&mut parent.last);
                }
                None => elements += 1,
            }
            if !inside.ends_with('/') {
                open.push(Open { at, children: 0, last: String::new() });
            }
        } else if let Some(element) = open.pop()
            && pieces[element.at].inside == "mrow"
            && element.children == 1
            && element.last != "mo"
        {
            pieces[element.at].is_left_out = true;
            pieces[at].is_left_out = true;
            if let Some(parent) = open.last_mut() {
                parent.last = element.last;
            }
        }
    }
    let mut shorter = String::with_capacity(mathml.len());
    let mut text = String::new();
    for piece in pieces.iter().filter(|piece| !piece.is_left_out) {
        if piece.is_tag {
            push_tag(piece.inside, &mut shorter);
        } else {
            shorter.push_str(piece.inside);
            text.push_str(piece.inside);
        }
    }
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    Formula { mathml: shorter, elements, text }
}

/// Text in formulas is escaped, so that each `<` begins a tag and the next `>` ends it.
fn pieces(mathml: &str) -> Vec<Piece<'_>> {
    let piece = |inside, is_tag| Piece { inside, is_tag, is_left_out: false };
    let mut pieces = Vec::new();
    for (n, part) in mathml.split('<').enumerate() {
        let (tag, text) = if n == 0 {
            (None, part)
        } else {
            part.split_once('>').map_or((None, part), |(tag, text)| (Some(tag), text))
        };
        pieces.extend(tag.map(|tag| piece(tag, true)));
        if !text.is_empty() {
            pieces.push(piece(text, false));
        }
    }
    pieces
}

fn name(inside: &str) -> &str {
    inside.split([' ', '/']).next().unwrap_or_default()
}

fn push_tag(inside: &str, out: &mut String) {
    let (inside, is_whole) = inside.strip_suffix('/').map_or((inside, false), |inside| (inside.trim_end(), true));
    out.push('<');
    // What does not stretch needs no centre to stretch from. The library puts no space before a size.
    let inside = inside.replace(" symmetric=\"false\" stretchy=\"false\"", " stretchy=\"false\"");
    out.push_str(&inside.replace("\"minsize=", "\" minsize="));
    out.push('>');
    if is_whole {
        out.extend(["</", name(&inside), ">"]);
    }
}

#[cfg(test)]
mod tests {
    use super::shorter;

    #[test]
    fn rows_of_one_element_are_left_out() {
        for (mathml, expected, elements) in [
            ("<mi>x</mi>", "<mi>x</mi>", 1),
            (
                "<mfrac><mrow><mi>a</mi></mrow><mrow><mi>b</mi><mi>c</mi></mrow></mfrac>",
                "<mfrac><mi>a</mi><mrow><mi>b</mi><mi>c</mi></mrow></mfrac>",
                1,
            ),
            ("<mrow><mrow><mi>a</mi></mrow></mrow><mi>b</mi>", "<mi>a</mi><mi>b</mi>", 2),
            ("<mrow><mo>-</mo></mrow><mrow></mrow>", "<mrow><mo>-</mo></mrow><mrow></mrow>", 2),
            ("<mrow><mrow><mo>-</mo></mrow></mrow>", "<mrow><mo>-</mo></mrow>", 1),
            ("<mrow mathcolor=\"#ff0000\"><mi>a</mi></mrow>", "<mrow mathcolor=\"#ff0000\"><mi>a</mi></mrow>", 1),
            ("<mrow><mspace width=\"1em\" /></mrow>", "<mspace width=\"1em\"></mspace>", 1),
            ("<mo symmetric=\"false\" stretchy=\"false\">(</mo>", "<mo stretchy=\"false\">(</mo>", 1),
        ] {
            let formula = shorter(mathml);
            assert_eq!((formula.mathml.as_str(), formula.elements), (expected, elements), "{mathml}");
        }
    }

    #[test]
    fn a_formula_is_its_source_where_only_spaces_differ() {
        assert!(shorter("<mi>x</mi><mo>&lt;</mo><mn>12</mn>").is_its_source("x < 12"));
        assert!(!shorter("<msup><mi>x</mi><mn>2</mn></msup>").is_its_source("x^2"));
        assert!(!shorter("<mi>α</mi>").is_its_source("\\alpha"));
    }
}
