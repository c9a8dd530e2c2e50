//! Commas in numbers, as TeX has them: a bare one separates, `{,}` groups digits. The library takes a bare one for a part of the
//! number. Knows the parts of a formula.

use pulldown_latex::event::{Content, Event, Grouping};

/// What groups digits.
const GROUP: &str = "{,}";

/// The numbers of a formula whose digits are grouped, as they are shown.
pub fn grouped(latex: &str) -> Vec<String> {
    let is_number = |c: char| c.is_ascii_digit() || c == '.';
    let mut pieces = latex.split(GROUP);
    let mut number =
        pieces.next().map(|first| &first[first.trim_end_matches(is_number).len()..]).unwrap_or_default().to_owned();
    let mut numbers = Vec::new();
    for piece in pieces {
        let digits = &piece[..piece.len() - piece.trim_start_matches(is_number).len()];
        if !number.is_empty() && !digits.is_empty() {
            number.extend([",", digits]);
            numbers.push(number.clone());
        }
        if digits.len() < piece.len() || digits.is_empty() {
            number = piece[piece.trim_end_matches(is_number).len()..].to_owned();
        }
    }
    numbers
}

/// The parts with their numbers as they are meant; `grouped` are those of the formula.
pub fn as_meant<'a>(parts: Vec<Event<'a>>, grouped: &'a [String]) -> Vec<Event<'a>> {
    let mut out: Vec<Event<'a>> = Vec::with_capacity(parts.len());
    for part in parts {
        let Event::Content(Content::Number(number)) = part else {
            out.push(part);
            continue;
        };
        if let [
            ..,
            Event::Content(Content::Number(first)),
            Event::Begin(Grouping::Normal),
            Event::Content(Content::Punctuation(',')),
            Event::End,
        ] = out[..]
            && !number.contains(',')
            && let Some(whole) = grouped
                .iter()
                .find(|whole| whole.strip_prefix(first).and_then(|rest| rest.strip_prefix(',')) == Some(number))
        {
            out.truncate(out.len() - 4);
            out.push(Event::Content(Content::Number(whole)));
            continue;
        }
        let Some((before, last)) = number.rsplit_once(',') else {
            out.push(part);
            continue;
        };
        // What is raised or set below is the last number alone.
        let scripts = out.iter().rposition(|part| !matches!(part, Event::Script { .. })).map_or(0, |at| at + 1);
        let scripts = out.split_off(scripts);
        for number in before.split(',') {
            if !number.is_empty() {
                out.push(Event::Content(Content::Number(number)));
            }
            out.push(Event::Content(Content::Punctuation(',')));
        }
        out.extend(scripts);
        out.push(Event::Content(Content::Number(last)));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::grouped;

    #[test]
    fn digits_are_grouped_by_commas_in_braces() {
        assert_eq!(grouped("x = 1{,}000{,}000.5 + 2{,}500"), ["1,000", "1,000,000.5", "2,500"]);
        assert_eq!(grouped("f{,}2 3{,}x"), [""; 0]);
    }
}
