//! How the columns of a table are aligned: by classes on pages, whose policy allows no style in an element, and by an
//! attribute in feeds, whose readers know no class. A cell of nothing needs neither. Knows events only.

use pulldown_cmark::{Alignment, Event, Tag, TagEnd};

/// Rewrites the cells of aligned columns.
pub fn with_alignment(events: Vec<Event<'_>>, for_page: bool) -> Vec<Event<'_>> {
    if !events.iter().any(|event| matches!(event, Event::Start(Tag::Table(_)))) {
        return events;
    }
    let mut columns = Vec::new();
    let mut column = 0;
    let mut element = "td";
    let mut rewritten = Vec::with_capacity(events.len());
    let mut events = events.into_iter().peekable();
    while let Some(event) = events.next() {
        let is_empty = matches!(events.peek(), Some(Event::End(TagEnd::TableCell)));
        rewritten.push(match event {
            Event::Start(Tag::Table(alignments)) => {
                columns = alignments;
                Event::Start(Tag::Table(Vec::new()))
            }
            Event::Start(Tag::TableHead) => {
                (element, column) = ("th", 0);
                event
            }
            Event::Start(Tag::TableRow) => {
                (element, column) = ("td", 0);
                event
            }
            Event::Start(Tag::TableCell) if !is_empty => {
                match columns.get(column).and_then(|alignment| side(*alignment)) {
                    Some((class, _)) if for_page => Event::Html(format!("<{element} class=\"{class}\">").into()),
                    Some((_, align)) => Event::Html(format!("<{element} align=\"{align}\">").into()),
                    None => event,
                }
            }
            Event::End(TagEnd::TableCell) => {
                column += 1;
                event
            }
            other => other,
        });
    }
    rewritten
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
