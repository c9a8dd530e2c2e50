//! One page as the indexer reads it: HTML that says its title, its filters, and where a result may lead. Knows the attributes
//! that pagefind looks for (https://pagefind.app/docs/); knows no theme.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::fmt::Write;
use std::rc::Rc;

use lol_html::html_content::ContentType;
use lol_html::{EndTagHandler, RewriteStrSettings, element, rewrite_str};
use pulldown_cmark_escape::escape_html;

use crate::outline::LEFT_OUT;
use crate::site::search::{SearchEntry, SearchText};

/// The place that stands for a page's beginning, where no heading comes before it.
pub const START: &str = "nf-start";

/// How rendering marks a reference to a note.
const NOTE_MARK: &str = "class=\"nf-noteref\"";

/// The HTML to be indexed for `entry`, whose prose is `prose`.
pub fn html(entry: &SearchEntry, text: &SearchText, prose: &str) -> String {
    let mut out = String::with_capacity(prose.len() * 9 / 8 + 1_000);
    out.push_str("<html><body>");
    attribute(&mut out, "meta", "title", &entry.title);
    if let Some(date) = &entry.date {
        attribute(&mut out, "meta", "date", date);
    }
    if !entry.names.is_empty() {
        attribute(&mut out, "meta", "names", &entry.names.join("; "));
    }
    attribute(&mut out, "filter", "kind", entry.kind);
    let filters = [("pattern", &entry.patterns), ("concept", &entry.concepts), ("incident", &entry.incidents)];
    for (filter, values) in filters {
        for (id, name) in values {
            // An id holds no space, so that it and the name can be separated again.
            attribute(&mut out, "filter", filter, &format!("{id} {name}"));
        }
    }
    for fact in &entry.facts {
        out.push_str("<p>");
        escape(&mut out, fact);
        out.push_str("</p>\n");
    }
    out.push_str(&with_places(entry, text, prose));
    out.push_str("</body></html>");
    out
}

/// `<i data-pagefind-meta="title:Out of ports"></i>`
fn attribute(out: &mut String, what: &str, name: &str, value: &str) {
    let _ = write!(out, "<i data-pagefind-{what}=\"{name}:");
    escape(out, value);
    out.push_str("\"></i>\n");
}

fn escape(out: &mut String, text: &str) {
    // Writing to a String does not fail.
    let _ = escape_html(&mut *out, text);
}

/// The prose with what readers don't read marked, and a title on each passage. What follows the passage's block belongs to the heading above again, so a place is
/// set there that leads back to it.
fn with_places(entry: &SearchEntry, text: &SearchText, prose: &str) -> String {
    let leaves_out = LEFT_OUT.iter().any(|name| prose.contains(&format!("<{name}"))) || prose.contains(NOTE_MARK);
    if text.passages.is_empty() && !leaves_out {
        return prose.to_owned();
    }
    let passages: HashMap<&str, &str> = text.passages.iter().map(|(id, words)| (id.as_str(), words.as_str())).collect();
    let headings: HashMap<&str, &str> = text.headings.iter().map(|(id, words)| (id.as_str(), words.as_str())).collect();
    let above = Rc::new(RefCell::new(place(START, &entry.title)));
    let open = Rc::new(Cell::new(false));
    let ignored = element!(format!("{}, sup[{NOTE_MARK}]", LEFT_OUT.join(", ")), |el| {
        el.set_attribute("data-pagefind-ignore", "all")?;
        Ok(())
    });
    let heading = element!("h1[id], h2[id], h3[id], h4[id], h5[id], h6[id]", |el| {
        if let Some((id, words)) = el.get_attribute("id").and_then(|id| headings.get_key_value(id.as_str())) {
            above.replace(place(id, words));
        }
        Ok(())
    });
    let passage = element!("a[id]", |el| {
        if let Some(words) = el.get_attribute("id").and_then(|id| passages.get(id.as_str())) {
            el.set_attribute("data-pagefind-title", words)?;
            open.set(true);
        }
        Ok(())
    });
    let block = element!("p, li, dd, td, blockquote", |el| {
        let (open, above) = (Rc::clone(&open), Rc::clone(&above));
        let leave: EndTagHandler<'static> = Box::new(move |end| {
            if open.take() {
                end.after(&above.borrow(), ContentType::Html);
            }
            Ok(())
        });
        el.on_end_tag(leave)
    });
    let settings = RewriteStrSettings::new()
        .append_element_content_handler(ignored)
        .append_element_content_handler(heading)
        .append_element_content_handler(passage)
        .append_element_content_handler(block)
        .with_strict(false);
    // If the prose can't be followed, it is searched without its passages.
    rewrite_str(prose, settings).unwrap_or_else(|_| prose.to_owned())
}

fn place(id: &str, title: &str) -> String {
    let mut out = String::from("<i id=\"");
    escape(&mut out, id);
    out.push_str("\" data-pagefind-title=\"");
    escape(&mut out, title);
    out.push_str("\"></i>");
    out
}
