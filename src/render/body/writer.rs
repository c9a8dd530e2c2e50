//! Writes a body's items as events of HTML: what we add stands between those of the library. Knows one body.

use pulldown_cmark::{BlockQuoteKind, CodeBlockKind, CowStr, Event, Tag, TagEnd};

use crate::code::{self, Fence};
use crate::math;
use crate::outline::{Allowance, Item, is_reserved};
use crate::words::Words;

use super::super::escape::{escaped, quoted};
use super::super::highlight::Highlighter;
use super::Quoted;
use super::raw_html::{Counted, written};

/// What an open link or picture ends with.
pub(super) enum Open<'a> {
    /// An `<a>` of ours.
    Anchor,
    /// The same to a copy of a page that is gone, of which these words say so.
    Copy(&'a str),
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

pub(super) struct Writer<'a> {
    pub(super) counted: Counted<'a>,
    words: &'a Words,
    highlighter: Option<&'a Highlighter>,
    /// For formulas and coloured code.
    allowance: Allowance,
    pub(super) open: Vec<Open<'a>>,
    /// What stands after the fence of an open code block that is highlighted, and its text.
    code: Option<(CowStr<'a>, String)>,
    /// Inside words that were replaced.
    pub(super) muted: usize,
    /// Inside a picture's description, which is plain text.
    pub(super) described: usize,
    /// An alert that has no title yet.
    alert: Option<BlockQuoteKind>,
    /// Inside a title of an alert's own.
    is_in_title: bool,
    pub(super) quoted: Quoted,
    /// The text is shown on the page of another.
    pub(super) is_quoted: bool,
    /// A quotation stands in the place of a paragraph.
    pub(super) has_no_paragraph: bool,
    pub(super) out: Vec<Event<'a>>,
}

impl<'a> Writer<'a> {
    pub(super) fn new(
        counted: Counted<'a>,
        words: &'a Words,
        highlighter: Option<&'a Highlighter>,
        bytes: usize,
    ) -> Self {
        Self {
            counted,
            words,
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

    pub(super) fn html(&mut self, html: impl Into<CowStr<'a>>) {
        self.out.push(Event::InlineHtml(html.into()));
    }

    pub(super) fn block(&mut self, html: impl Into<CowStr<'a>>) {
        self.out.push(Event::Html(html.into()));
    }

    pub(super) fn item(&mut self, item: Item<'a>) {
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
            let title = escaped(self.words.pick("alerts", alert(kind)));
            self.block(format!("<p class=\"nf-alert-title\">{title}</p>\n"));
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
            event => self.framed(event),
        }
    }

    /// What the library would write without its frame, or without a name for those who don't see it.
    fn framed(&mut self, event: Event<'a>) {
        match event {
            Event::Start(Tag::BlockQuote(Some(kind))) => {
                self.block(format!("<div class=\"nf-alert nf-{}\">\n", alert(kind)));
                self.alert = Some(kind);
            }
            Event::End(TagEnd::BlockQuote(Some(_))) => self.block("</div>\n"),
            Event::Start(Tag::Table(alignment)) => {
                let label = quoted(self.words.text("table"));
                self.block(format!("<div class=\"nf-table\" tabindex=\"0\" role=\"region\" aria-label=\"{label}\">\n"));
                self.out.push(Event::Start(Tag::Table(alignment)));
            }
            Event::End(TagEnd::Table) => {
                self.out.push(Event::End(TagEnd::Table));
                self.block("</div>\n");
            }
            Event::TaskListMarker(done) => {
                let (checked, label) = if done { (" checked=\"\"", "task_done") } else { ("", "task_open") };
                let label = quoted(self.words.text(label));
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
}

/// The class of an alert, which is also the key of its title.
const fn alert(kind: BlockQuoteKind) -> &'static str {
    match kind {
        BlockQuoteKind::Note => "note",
        BlockQuoteKind::Tip => "tip",
        BlockQuoteKind::Important => "important",
        BlockQuoteKind::Warning => "warning",
        BlockQuoteKind::Caution => "caution",
    }
}
