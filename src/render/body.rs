//! Markdown to HTML with everything resolved. Plain CommonMark comes out as the specification's examples expect; what we
//! add is added as HTML between its events. Knows one body.

use std::collections::BTreeMap;

use pulldown_cmark::{BlockQuoteKind, CodeBlockKind, CowStr, Event, LinkType, Tag, TagEnd, html::push_html};
use pulldown_cmark_escape::{escape_href, escape_html};

use crate::code::{self, Fence};
use crate::math;
use crate::outline::{Allowance, Filter, Item, Markdown, is_reserved, sanitiser};
use crate::site::{BodyLink, BodySpec, Quotation};
use crate::yaml;

use super::figures::with_figures;
use super::footnotes::with_footnotes;
use super::highlight::Highlighter;
use super::link_cards::with_link_cards;
use super::pictures::{most_with_copies, with_pictures};
use super::pull_quotes::with_pull_quotes;
use super::quotations::with_attributions;
use super::quoted_parts;
use super::raw_html::{Counted, written};
use super::tables::with_alignment;

/// What stands in the place of links, by their place among all of a body: HTML of what they lead to.
pub type Quoted = BTreeMap<usize, String>;

/// The HTML of the body of `text`, a whole source file. Without a highlighter code is left as it is.
pub fn html(text: &str, spec: &BodySpec, highlighter: Option<&Highlighter>, quoted: Quoted) -> String {
    let body = body_of(text);
    let markdown = Markdown::new(body, spec.math);
    let mut writer = Writer::new(Counted::none_of(spec, body.len(), false), highlighter, body.len());
    writer.quoted = quoted;
    let mut filter = Filter::new(body, !spec.sanitise);
    let mut safe = Vec::new();
    for (event, range) in markdown.events() {
        filter.event(event, range, &mut safe);
        safe.drain(..).for_each(|(item, _)| writer.item(item));
    }
    filter.finish(body.len(), &mut safe);
    safe.drain(..).for_each(|(item, _)| writer.item(item));
    if spec.sanitise && filter.is_over_limit {
        return String::new();
    }
    let for_page = spec.page.is_empty();
    // A feed has whole addresses, and its readers set links and quotations their own way.
    let events = with_pull_quotes(writer.out, for_page && highlighter.is_some());
    finished(events, spec, body.len())
}

/// The HTML of a part of a body, as another quotes it, and how many bytes of source that is; none if nothing is there, or more
/// than is quoted.
pub fn quoted(text: &str, quotation: &Quotation, highlighter: Option<&Highlighter>) -> Option<(String, usize)> {
    let Quotation { body: spec, part } = quotation;
    let body = body_of(text);
    let markdown = Markdown::new(body, spec.math);
    let mut filter = Filter::new(body, !spec.sanitise);
    let mut items = Vec::new();
    markdown.events().for_each(|(event, range)| filter.event(event, range, &mut items));
    filter.finish(body.len(), &mut items);
    let part = quoted_parts::find(&items, part, text.len() - body.len()).filter(|_| !filter.is_over_limit)?;
    let mut writer = Writer::new(Counted::none_of(spec, part.bytes, true), highlighter, part.bytes);
    writer.is_quoted = true;
    for (n, (item, _)) in items.into_iter().enumerate() {
        let before = writer.out.len();
        // Also what is not shown is counted.
        writer.item(item);
        if !part.items.contains(&n) {
            writer.out.truncate(before);
        }
    }
    let bytes = part.bytes;
    let html = finished(part.whole(writer.out), spec, bytes);
    (!html.trim().is_empty()).then_some((html, bytes))
}

fn body_of(text: &str) -> &str {
    let bom = if text.starts_with('\u{feff}') { 3 } else { 0 };
    &text[yaml::front_matter(text).map_or(bom, |parts| parts.body)..]
}

fn finished(events: Vec<Event<'_>>, spec: &BodySpec, bytes: usize) -> String {
    let for_page = spec.page.is_empty();
    let events = if for_page { with_link_cards(events) } else { events };
    let events = with_pictures(with_figures(with_alignment(events, for_page)), &spec.links, most_with_copies(bytes));
    let events = with_footnotes(with_attributions(events), &spec.page);
    let mut html = String::with_capacity(bytes * 3 / 2);
    push_html(&mut html, events.into_iter());
    if spec.sanitise { sanitiser().clean(&html).to_string() } else { html }
}

/// What an open link or picture ends with.
enum Open {
    /// An `<a>` of ours.
    Anchor,
    /// Left to the library.
    Theirs(TagEnd),
    /// The words alone.
    Words,
    /// The words, marked for their author.
    Marked,
    /// Words that were replaced.
    Replaced,
    /// The same, of the source of a quotation.
    Source,
}

struct Writer<'a> {
    counted: Counted<'a>,
    highlighter: Option<&'a Highlighter>,
    /// For formulas and coloured code.
    allowance: Allowance,
    open: Vec<Open>,
    /// What stands after the fence of an open code block that is highlighted, and its text.
    code: Option<(CowStr<'a>, String)>,
    /// Inside words that were replaced.
    muted: usize,
    /// Inside a picture's description, which is plain text.
    described: usize,
    /// An alert that has no title yet.
    alert: Option<BlockQuoteKind>,
    /// Inside a title of an alert's own.
    is_in_title: bool,
    quoted: Quoted,
    /// The text is shown on the page of another.
    is_quoted: bool,
    /// A quotation stands in the place of a paragraph.
    has_no_paragraph: bool,
    out: Vec<Event<'a>>,
}

impl<'a> Writer<'a> {
    fn new(counted: Counted<'a>, highlighter: Option<&'a Highlighter>, bytes: usize) -> Self {
        Self {
            counted,
            highlighter,
            allowance: Allowance::of(bytes),
            open: Vec::new(),
            code: None,
            muted: 0,
            described: 0,
            alert: None,
            is_in_title: false,
            quoted: Quoted::new(),
            is_quoted: false,
            has_no_paragraph: false,
            out: Vec::new(),
        }
    }

    fn html(&mut self, html: impl Into<CowStr<'a>>) {
        self.out.push(Event::InlineHtml(html.into()));
    }

    fn block(&mut self, html: impl Into<CowStr<'a>>) {
        self.out.push(Event::Html(html.into()));
    }

    fn item(&mut self, item: Item<'a>) {
        match item {
            Item::Markdown(event) => self.event(event),
            Item::Html { parts, is_inline } => {
                self.title_alert();
                let html = written(parts, &mut self.counted);
                if self.muted == 0 && self.described == 0 && !html.is_empty() {
                    self.out.push(if is_inline { Event::InlineHtml(html.into()) } else { Event::Html(html.into()) });
                }
            }
        }
    }

    /// An alert without a title of its own says what it is.
    fn title_alert(&mut self) {
        if let Some(kind) = self.alert.take() {
            self.block(format!("<p class=\"nf-alert-title\">{}</p>\n", alert(kind).1));
        }
    }

    fn event(&mut self, event: Event<'a>) {
        if matches!(event, Event::Start(Tag::DefinitionListTitle)) && self.alert.take().is_some() {
            self.is_in_title = true;
            return self.block("<p class=\"nf-alert-title\">");
        }
        self.title_alert();
        match event {
            Event::End(TagEnd::DefinitionListTitle) if std::mem::take(&mut self.is_in_title) => self.block("</p>\n"),
            Event::Start(tag @ Tag::Link { .. }) => {
                let n = self.counted.links();
                let resolved = self.counted.next_link();
                match self.quoted.remove(&n) {
                    Some(html) => self.open_quotation(resolved, &html),
                    None => self.open_link(resolved, tag),
                }
            }
            Event::Start(Tag::Image { title, link_type, .. }) => self.open_picture(title, link_type),
            Event::End(TagEnd::Link | TagEnd::Image) => self.close_link(),
            _ if self.muted > 0 => {}
            Event::End(TagEnd::Paragraph) if std::mem::take(&mut self.has_no_paragraph) => {}
            // Headings and notes are those of the page that it is quoted on.
            Event::Start(Tag::Heading { .. }) if self.is_quoted => {
                self.counted.next_heading();
                self.out.extend([Event::Start(Tag::Paragraph), Event::Start(Tag::Strong)]);
            }
            Event::End(TagEnd::Heading(_)) if self.is_quoted => {
                self.out.extend([Event::End(TagEnd::Strong), Event::End(TagEnd::Paragraph)]);
            }
            Event::FootnoteReference(_) if self.is_quoted => {}
            Event::InlineMath(_) | Event::DisplayMath(_) if self.described > 0 => self.out.push(event),
            Event::Start(Tag::Heading { level, classes, .. }) => {
                let id = self.counted.next_heading().map(CowStr::from);
                let classes = classes.into_iter().filter(|class| !is_reserved(class)).collect();
                self.out.push(Event::Start(Tag::Heading { level, id, classes, attrs: Vec::new() }));
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => self.open_code(info),
            Event::Text(text) => match &mut self.code {
                Some((_, code)) => code.push_str(&text),
                None => self.out.push(Event::Text(text)),
            },
            Event::End(TagEnd::CodeBlock) => match self.code.take() {
                Some((info, code)) => {
                    let html = self.code(&Fence::read(&info), &code);
                    self.block(html);
                }
                None => self.out.push(Event::End(TagEnd::CodeBlock)),
            },
            Event::Start(Tag::BlockQuote(Some(kind))) => {
                self.block(format!("<div class=\"nf-alert nf-{}\">\n", alert(kind).0));
                self.alert = Some(kind);
            }
            Event::End(TagEnd::BlockQuote(Some(_))) => self.block("</div>\n"),
            Event::Start(Tag::Table(alignment)) => {
                self.block("<div class=\"nf-table\" tabindex=\"0\" role=\"region\" aria-label=\"Table\">\n");
                self.out.push(Event::Start(Tag::Table(alignment)));
            }
            Event::End(TagEnd::Table) => {
                self.out.push(Event::End(TagEnd::Table));
                self.block("</div>\n");
            }
            Event::TaskListMarker(done) => {
                let (checked, label) = if done { (" checked=\"\"", "done") } else { ("", "to do") };
                self.html(format!("<input disabled=\"\" type=\"checkbox\" aria-label=\"{label}\"{checked} />\n"));
            }
            Event::InlineMath(latex) => self.formula(&latex, false),
            Event::DisplayMath(latex) => self.formula(&latex, true),
            other => self.out.push(other),
        }
    }

    fn open_code(&mut self, info: CowStr<'a>) {
        if self.highlighter.is_some_and(|highlighter| highlighter.knows(&Fence::read(&info))) {
            self.code = Some((info, String::new()));
        } else {
            // The library makes a class of all up to a space; other white space would begin a further one.
            let language = info.split_whitespace().next().unwrap_or_default().to_owned();
            self.out.push(Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language.into()))));
        }
    }

    fn formula(&mut self, latex: &str, display: bool) {
        let made = if self.allowance.has_bytes() { math::mathml(latex, display) } else { None };
        let mathml = made.filter(|mathml| self.allowance.takes_bytes(mathml.len()));
        self.html(mathml.unwrap_or_else(|| math::source(latex)));
    }

    /// A block of code, with its colours if the page may take them.
    fn code(&mut self, fence: &Fence<'_>, code: &str) -> String {
        let inner =
            self.highlighter.and_then(|highlighter| highlighter.coloured(fence.language, code, &mut self.allowance));
        let coloured = inner.map(|inner| code::block(fence, inner));
        coloured
            .filter(|block| self.allowance.takes_bytes(block.len()))
            .unwrap_or_else(|| code::block(fence, code::plain(code)))
    }

    fn open_picture(&mut self, title: CowStr<'a>, link_type: LinkType) {
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

    fn open_link(&mut self, resolved: Option<&'a BodyLink>, tag: Tag<'a>) {
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
    fn open_quotation(&mut self, resolved: Option<&'a BodyLink>, html: &str) {
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

    fn close_link(&mut self) {
        match self.open.pop() {
            Some(Open::Anchor) => self.html("</a>"),
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

/// The class of an alert, and its title.
fn alert(kind: BlockQuoteKind) -> (&'static str, &'static str) {
    match kind {
        BlockQuoteKind::Note => ("note", "Note"),
        BlockQuoteKind::Tip => ("tip", "Tip"),
        BlockQuoteKind::Important => ("important", "Important"),
        BlockQuoteKind::Warning => ("warning", "Warning"),
        BlockQuoteKind::Caution => ("caution", "Caution"),
    }
}
