//! Styles that the library writes into the elements of a formula, as attributes of MathML and classes of the theme: the
//! policy of pages allows no style in an element. Knows the library's few declarations, no LaTeX.

/// The formula without a `style` attribute. Colours become attributes, a frame and a step back classes, and a row that is
/// there for its height gets a space of that height.
pub fn without_styles(mathml: String) -> String {
    if !mathml.contains(STYLE) {
        return mathml;
    }
    let mut out = String::with_capacity(mathml.len());
    let mut height = None;
    // Text in formulas is escaped, so that each of these begins a tag.
    for (n, piece) in mathml.split('<').enumerate() {
        let Some((tag, text)) = piece.split_once('>').filter(|_| n > 0) else {
            out.push_str(piece);
            continue;
        };
        if tag == "/mtd"
            && let Some(height) = height.take()
        {
            out.push_str(&format!("<mspace height=\"{height}\" />"));
        }
        height = tag.split_once(ROW_HEIGHT).and_then(|(_, rest)| rest.split('"').next()).or(height);
        out.extend(["<", &plain_tag(tag), ">", text]);
    }
    out
}

/// What a row begins with that is empty.
const ROW_HEIGHT: &str = " style=\"height: ";
const STYLE: &str = " style=\"";

/// The inside of a tag.
fn plain_tag(tag: &str) -> String {
    let Some((before, rest)) = tag.split_once(STYLE) else { return tag.to_owned() };
    let (style, after) = rest.split_once('"').unwrap_or((rest, ""));
    let mut attributes = String::new();
    let mut classes = Vec::new();
    for (property, value) in style.split(';').filter_map(|declaration| declaration.split_once(':')) {
        match property.trim() {
            "color" => attributes.push_str(&colour("mathcolor", value)),
            "background-color" => attributes.push_str(&colour("mathbackground", value)),
            "border" => classes.push("nf-framed"),
            "margin-left" => classes.extend(step_back(value)),
            _ => {}
        }
    }
    let (start, end) = match after.split_once(CLASS) {
        Some((start, end)) if !classes.is_empty() => (format!("{start}{CLASS}{} ", classes.join(" ")), end),
        _ if classes.is_empty() => (String::new(), after),
        _ => (format!("{CLASS}{}\"", classes.join(" ")), after),
    };
    [before, &attributes, &start, end].concat()
}

const CLASS: &str = " class=\"";

/// `rgb(r g b)` as an attribute of MathML.
fn colour(attribute: &str, value: &str) -> String {
    let parts: Vec<u8> = value
        .trim()
        .trim_start_matches("rgb(")
        .trim_end_matches(')')
        .split(' ')
        .filter_map(|part| part.parse().ok())
        .collect();
    match parts[..] {
        [r, g, b] => format!(" {attribute}=\"#{r:02x}{g:02x}{b:02x}\""),
        _ => String::new(),
    }
}

/// The class of the nearest of a few negative spaces, in eighteenths of an em, as TeX counts them: `\!` is three.
fn step_back(width: &str) -> Option<&'static str> {
    let ems: f32 = width.trim().strip_prefix('-')?.strip_suffix("em")?.parse().ok()?;
    let classes = [
        (3.0, "nf-back-3"),
        (4.0, "nf-back-4"),
        (5.0, "nf-back-5"),
        (9.0, "nf-back-9"),
        (18.0, "nf-back-18"),
        (36.0, "nf-back-36"),
    ];
    let distance = |units: f32| (units - ems * 18.0).abs();
    classes.into_iter().min_by(|a, b| distance(a.0).total_cmp(&distance(b.0))).map(|(_, class)| class)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_style_says_is_said_without_one() {
        let plain = |mathml: &str| without_styles(mathml.to_owned());
        assert_eq!(plain("<mi style=\"color: rgb(255 0 16)\">x</mi>"), "<mi mathcolor=\"#ff0010\">x</mi>");
        assert_eq!(
            plain(
                "<mo style=\"border: 0.06em solid rgb(255 0 0); background-color: rgb(0 0 0)\" class=\"small\" stretchy=\"true\">+</mo>"
            ),
            "<mo mathbackground=\"#000000\" class=\"nf-framed small\" stretchy=\"true\">+</mo>"
        );
        assert_eq!(
            plain("<mspace width=\"-0.16666667em\" style=\"margin-left: -0.16666667em\" />"),
            "<mspace width=\"-0.16666667em\" class=\"nf-back-3\" />"
        );
        assert_eq!(
            plain("<mtr style=\"height: 1em\"><mtd class=\"menv-nonumber\"></mtd></mtr><mtr><mtd></mtd></mtr>"),
            "<mtr><mtd class=\"menv-nonumber\"><mspace height=\"1em\" /></mtd></mtr><mtr><mtd></mtd></mtr>"
        );
        // What only looks like one stands in a text.
        let text = "<mtext>a style=\"color: b\"</mtext><annotation>\\text{ style=\"c\"}</annotation>";
        assert_eq!(plain(text), text);
    }
}
