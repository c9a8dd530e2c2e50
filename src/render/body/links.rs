//! Links, pictures and quotations by reference, as they are written into a body's HTML. Knows resolved links, no names of the
//! site.

use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd};
use pulldown_cmark_escape::{escape_href, escape_html};

use crate::site::BodyLink;

use super::writer::{Open, Writer};

impl<'a> Writer<'a> {
    pub(super) fn open_picture(&mut self, title: CowStr<'a>, link_type: LinkType) {
        // The library makes nothing of the label: it carries which picture this is.
        let id = self.counted.links().to_string().into();
        let resolved = self.counted.next_link();
        match resolved.and_then(|link| link.url.as_deref()) {
            Some(url) => {
                self.described += 1;
                self.open.push(Open::Theirs(TagEnd::Image));
                self.out.push(Event::Start(Tag::Image { dest_url: url.into(), title, link_type, id }));
            }
            None => match resolved.and_then(|link| link.fault.as_deref()).filter(|_| self.described == 0) {
                Some(fault) => self.open_fault(fault),
                None => self.open.push(Open::Words),
            },
        }
    }

    pub(super) fn open_link(&mut self, resolved: Option<&'a BodyLink>, tag: Tag<'a>) {
        let Tag::Link { title, link_type, id, .. } = tag else { return };
        let resolved = resolved.filter(|_| self.described == 0);
        let Some((link, url)) = resolved.and_then(|link| Some((link, link.url.as_deref()?))) else {
            match resolved.and_then(|link| link.fault.as_deref()) {
                Some(fault) => self.open_fault(fault),
                None => self.open.push(Open::Words),
            }
            return;
        };
        let is_plain = matches!(link.kind, "outside" | "here") && link.words.is_none();
        if is_plain {
            self.open.push(Open::Theirs(TagEnd::Link));
            let dest_url =
                url.strip_prefix("mailto:").filter(|_| link_type == pulldown_cmark::LinkType::Email).unwrap_or(url);
            self.out.push(Event::Start(Tag::Link { link_type, dest_url: dest_url.into(), title, id }));
            return;
        }
        self.html(anchor(link, url, &title));
        if let Some(copy) = &link.copy {
            return self.open.push(Open::Copy(copy));
        }
        match &link.words {
            Some(words) => {
                self.out.push(Event::Text(words.as_str().into()));
                self.open.push(Open::Replaced);
                self.muted += 1;
            }
            None => self.open.push(Open::Anchor),
        }
    }

    /// What a link leads to, in the place of its paragraph, which then names the source.
    pub(super) fn open_quotation(&mut self, resolved: Option<&'a BodyLink>, html: &str) {
        if matches!(self.out.last(), Some(Event::Start(Tag::Paragraph))) {
            self.out.pop();
            self.has_no_paragraph = true;
        }
        let Some((link, url, words)) = resolved.and_then(|link| Some((link, link.url.as_deref()?, &link.words))) else {
            return self.open.push(Open::Words);
        };
        self.block(format!("<blockquote class=\"nf-quoted\">\n{html}<footer class=\"nf-attribution\">"));
        self.html(anchor(link, url, ""));
        self.out.push(Event::Text(words.as_deref().unwrap_or(url).into()));
        self.open.push(Open::Source);
        self.muted += 1;
    }

    /// The words of a link that leads nowhere, marked for their author.
    fn open_fault(&mut self, fault: &str) {
        let mut tag = "<span class=\"nf-fault\" title=\"".to_owned();
        // Writing to a String does not fail.
        let _ = escape_html(&mut tag, fault);
        tag.push_str("\">");
        self.html(tag);
        self.open.push(Open::Marked);
    }

    pub(super) fn close_link(&mut self) {
        match self.open.pop() {
            Some(Open::Anchor) => self.html("</a>"),
            Some(Open::Copy(words)) => {
                self.html("</a> (");
                self.out.push(Event::Text(words.into()));
                self.html(")");
            }
            Some(Open::Marked) => self.html("</span>"),
            Some(Open::Theirs(end)) => {
                self.described -= usize::from(end == TagEnd::Image);
                self.out.push(Event::End(end));
            }
            Some(Open::Replaced) => {
                self.muted -= 1;
                self.html("</a>");
            }
            Some(Open::Source) => {
                self.muted -= 1;
                self.block("</a></footer>\n</blockquote>\n");
            }
            Some(Open::Words) | None => {}
        }
    }
}

/// The opening tag of a link inside the site.
fn anchor(link: &BodyLink, url: &str, title: &str) -> String {
    let mut tag = format!("<a class=\"nf-ref nf-{}\" href=\"", link.kind);
    // Writing to a String does not fail.
    let _ = escape_href(&mut tag, url);
    tag.push('"');
    if let Some(id) = &link.anchor {
        tag.push_str(" id=\"");
        let _ = escape_html(&mut tag, id);
        tag.push('"');
    }
    if !title.is_empty() {
        tag.push_str(" title=\"");
        let _ = escape_html(&mut tag, title);
        tag.push('"');
    }
    tag.push('>');
    tag
}
