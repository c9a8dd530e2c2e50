//! How the columns of a table are aligned: by classes on pages, whose policy allows no style in an element, and by an
//! attribute in feeds, whose readers know no class. A cell of nothing needs neither. Knows events only.

use pulldown_cmark::{Alignment, Event, Tag, TagEnd};

/// Rewrites the cells of aligned columns.
pub fn with_alignment(mut events: Vec<Event<'_>>, for_page: bool) -> Vec<Event<'_>> {
    if !events.iter().any(|event| matches!(event, Event::Start(Tag::Table(_)))) {
        return events;
    }
    let mut columns = Vec::new();
    let mut column = 0;
    let mut element = "td";
    for at in 0..events.len() {
        let is_empty = matches!(events.get(at + 1), Some(Event::End(TagEnd::TableCell)));
        match &mut events[at] {
            Event::Start(Tag::Table(alignments)) => columns = std::mem::take(alignments),
            Event::Start(Tag::TableHead) => (element, column) = ("th", 0),
            Event::Start(Tag::TableRow) => (element, column) = ("td", 0),
            Event::End(TagEnd::TableCell) => column += 1,
            cell @ Event::Start(Tag::TableCell) if !is_empty => {
                match columns.get(column).and_then(|alignment| side(*alignment)) {
                    Some((class, _)) if for_page => {
                        *cell = Event::Html(format!("<{element} class=\"{class}\">").into());
                    }
                    Some((_, align)) => *cell = Event::Html(format!("<{element} align=\"{align}\">").into()),
                    None => {}
                }
            }
            _ => {}
        }
    }
    events
}

/// The class and the attribute's value.
const fn side(alignment: Alignment) -> Option<(&'static str, &'static str)> {
    match alignment {
        Alignment::Left => Some(("nf-left", "left")),
        Alignment::Center => Some(("nf-centre", "center")),
        Alignment::Right => Some(("nf-right", "right")),
        Alignment::None => None,
    }
}
