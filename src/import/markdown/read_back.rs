//! What a text is read as, by the options with which this program reads Markdown, and what it was meant as, in one form: elements
//! in their order with their words. Dashes, quotation marks and white space are not distinguished.

use pulldown_cmark::{Alignment, CodeBlockKind, Event, LinkType, Tag, TagEnd};

use super::lists::is_loose;
use super::{Block, Definition, Inline, Item, Side, Table};
use crate::outline::Markdown;

/// What the text is read as.
pub fn shape(markdown: &str) -> String {
    let mut shape = Shape::default();
    let parsed = Markdown::new(markdown, false);
    for (event, _) in parsed.events() {
        shape.event(event);
    }
    shape.out
}

/// What the blocks are.
pub fn shape_of(blocks: &[Block]) -> String {
    let mut shape = Shape::default();
    shape.blocks(blocks);
    shape.out
}

#[derive(Default)]
struct Shape {
    out: String,
    /// The text of a block of code that is open: it comes in pieces.
    code: Option<String>,
    /// The links that are open: where each begins, where its words do, and its address.
    links: Vec<(usize, usize, String)>,
}

impl Shape {
    /// An element begins, ends, or is there.
    fn mark(&mut self, mark: &str) {
        while self.out.ends_with(' ') {
            self.out.pop();
        }
        self.out.push_str(mark);
    }

    fn tag(&mut self, html: &str) {
        self.out.push('<');
        self.text(html.trim_matches(['<', '>']).trim());
        self.out.push('>');
    }

    fn text(&mut self, text: &str) {
        for c in text.chars() {
            let same = match c {
                '\u{2018}' | '\u{2019}' => "'",
                '\u{201c}' | '\u{201d}' => "\"",
                '\u{2013}' => "--",
                '\u{2014}' => "---",
                '\u{2026}' => "...",
                ' ' | '\n' | '\t' => {
                    if !self.out.ends_with([' ', '}', '{']) {
                        self.out.push(' ');
                    }
                    continue;
                }
                c => {
                    self.out.push(c);
                    continue;
                }
            };
            self.out.push_str(same);
        }
    }

    fn verbatim(&mut self, text: &str) {
        self.out.push_str(&format!("{:?}", text.trim_end_matches('\n')));
    }

    fn address(&mut self, address: &str) {
        let address = address.strip_prefix("mailto:").unwrap_or(address);
        let address = address.replace('|', "%7C").replace('\\', "%5C").replace('<', "%3C").replace('>', "%3E");
        self.out.push_str(&address.replace(['\n', '\t', '\r'], ""));
    }

    /// A link ends. One whose words are its address counts as its words: an address is a link whether it is marked or not.
    fn end_link(&mut self) {
        let Some((start, words, address)) = self.links.pop() else { return };
        let mut own = Self::default();
        own.text(address.strip_prefix("mailto:").unwrap_or(&address));
        if own.out == self.out[words..] {
            self.out.replace_range(start..words, "");
        } else {
            self.out.push(')');
        }
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.block(block);
        }
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Paragraph(words) => self.element("p", words),
            Block::Heading { level, id, words } => {
                let id = id.as_ref().map(|id| format!("#{id}")).unwrap_or_default();
                self.element(&format!("h{level}{id}"), words);
            }
            Block::Quote(blocks) => self.nested("quote", blocks),
            Block::List { start, items } => self.list(*start, items),
            Block::Code { language, text } => {
                self.mark(&format!("code {language}{{"));
                self.verbatim(text);
                self.mark("}");
            }
            Block::Table(table) => self.table(table),
            Block::Definitions(definitions) => self.definitions(definitions),
            Block::Footnote { label, blocks } => self.nested(&format!("note {label}"), blocks),
            Block::Rule => self.mark("rule;"),
            Block::Html(html) => {
                self.mark("html{");
                self.text(html);
                self.mark("}");
            }
        }
    }

    fn list(&mut self, start: Option<u64>, items: &[Item]) {
        self.mark(&format!("list{}{{", start.map(|n| n.to_string()).unwrap_or_default()));
        let loose = is_loose(items);
        for item in items {
            self.mark("item{");
            if let Some(done) = item.done {
                self.mark(&format!("task {done};"));
            }
            for block in &item.blocks {
                match block {
                    Block::Paragraph(words) if !loose => self.words(words),
                    block => self.block(block),
                }
            }
            self.mark("}");
        }
        self.mark("}");
    }

    fn table(&mut self, table: &Table) {
        self.mark(&format!("table{:?}{{head{{", table.columns));
        table.head.iter().for_each(|cell| self.element("cell", cell));
        self.mark("}");
        for row in &table.rows {
            self.mark("row{");
            row.iter().for_each(|cell| self.element("cell", cell));
            self.mark("}");
        }
        self.mark("}");
    }

    fn definitions(&mut self, definitions: &[Definition]) {
        self.mark("definitions{");
        for definition in definitions {
            self.element("term", &definition.term);
            for blocks in &definition.details {
                self.mark("detail{");
                match &blocks[..] {
                    [Block::Paragraph(words)] => self.words(words),
                    blocks => self.blocks(blocks),
                }
                self.mark("}");
            }
        }
        self.mark("}");
    }

    fn nested(&mut self, name: &str, blocks: &[Block]) {
        self.mark(&format!("{name}{{"));
        self.blocks(blocks);
        self.mark("}");
    }

    fn element(&mut self, name: &str, words: &[Inline]) {
        self.mark(&format!("{name}{{"));
        self.words(words);
        self.mark("}");
    }

    fn words(&mut self, words: &[Inline]) {
        for inline in words {
            match inline {
                Inline::Text(text) => self.text(text),
                Inline::Code(text) => {
                    self.out.push_str("code");
                    self.verbatim(text);
                }
                Inline::Emphasis(words) => self.tagged("em", words),
                Inline::Strong(words) => self.tagged("strong", words),
                Inline::Struck(words) => self.tagged("del", words),
                Inline::Element { tag, words } => self.tagged(tag, words),
                Inline::Void(tag) => self.tag(tag),
                Inline::Link { address, title, words } => {
                    let start = self.out.len();
                    self.out.push_str("link(");
                    self.address(address);
                    self.verbatim(&title.split_ascii_whitespace().collect::<Vec<_>>().join(" "));
                    self.links.push((start, self.out.len(), address.clone()));
                    self.words(words);
                    self.end_link();
                }
                Inline::Image { address, alt, title } => {
                    self.out.push_str("image(");
                    self.address(address);
                    self.verbatim(&title.split_ascii_whitespace().collect::<Vec<_>>().join(" "));
                    self.text(alt);
                    self.out.push(')');
                }
                Inline::FootnoteMark(label) => self.out.push_str(&format!("mark {label};")),
                Inline::Break => self.mark("<br>"),
            }
        }
    }

    fn tagged(&mut self, tag: &str, words: &[Inline]) {
        self.tag(tag);
        self.words(words);
        self.tag(&format!("/{}", tag.split(' ').next().unwrap_or(tag)));
    }

    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(end) => match end {
                TagEnd::Emphasis => self.tag("/em"),
                TagEnd::Strong => self.tag("/strong"),
                TagEnd::Strikethrough => self.tag("/del"),
                TagEnd::Link => self.end_link(),
                TagEnd::Image => self.out.push(')'),
                TagEnd::CodeBlock => {
                    let code = self.code.take().unwrap_or_default();
                    self.verbatim(&code);
                    self.mark("}");
                }
                _ => self.mark("}"),
            },
            Event::Text(text) => match &mut self.code {
                Some(code) => code.push_str(&text),
                None => self.text(&text),
            },
            Event::Code(text) => {
                self.out.push_str("code");
                self.verbatim(&text);
            }
            Event::Html(html) => self.text(&html),
            Event::InlineHtml(html) if html.eq_ignore_ascii_case("<br>") => self.mark("<br>"),
            Event::InlineHtml(html) => self.tag(&html),
            Event::FootnoteReference(label) => self.out.push_str(&format!("mark {label};")),
            Event::SoftBreak => self.text(" "),
            Event::HardBreak => self.mark("<br>"),
            Event::Rule => self.mark("rule;"),
            Event::TaskListMarker(done) => self.mark(&format!("task {done};")),
            Event::InlineMath(text) | Event::DisplayMath(text) => self.text(&text),
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Emphasis => self.tag("em"),
            Tag::Strong => self.tag("strong"),
            Tag::Strikethrough => self.tag("del"),
            Tag::Link { link_type, dest_url, title, .. } => {
                let start = self.out.len();
                self.out.push_str("link(");
                match link_type {
                    LinkType::WikiLink { .. } => self.out.push_str("wiki "),
                    _ => self.address(&dest_url),
                }
                self.verbatim(&title);
                self.links.push((start, self.out.len(), dest_url.into_string()));
            }
            Tag::Image { dest_url, title, .. } => {
                self.out.push_str("image(");
                self.address(&dest_url);
                self.verbatim(&title);
            }
            Tag::Paragraph => self.mark("p{"),
            Tag::Heading { level, id, .. } => {
                let id = id.map(|id| format!("#{id}")).unwrap_or_default();
                self.mark(&format!("h{}{id}{{", level as u8));
            }
            Tag::BlockQuote(_) => self.mark("quote{"),
            Tag::CodeBlock(kind) => {
                let language = match &kind {
                    CodeBlockKind::Fenced(info) => info.as_ref(),
                    CodeBlockKind::Indented => "indented",
                };
                self.mark(&format!("code {language}{{"));
                self.code = Some(String::new());
            }
            Tag::List(start) => self.mark(&format!("list{}{{", start.map(|n| n.to_string()).unwrap_or_default())),
            Tag::Item => self.mark("item{"),
            Tag::FootnoteDefinition(label) => self.mark(&format!("note {label}{{")),
            Tag::DefinitionList => self.mark("definitions{"),
            Tag::DefinitionListTitle => self.mark("term{"),
            Tag::DefinitionListDefinition => self.mark("detail{"),
            Tag::Table(columns) => {
                let columns: Vec<Side> = columns.into_iter().map(side).collect();
                self.mark(&format!("table{columns:?}{{"));
            }
            Tag::TableHead => self.mark("head{"),
            Tag::TableRow => self.mark("row{"),
            Tag::TableCell => self.mark("cell{"),
            Tag::HtmlBlock => self.mark("html{"),
            Tag::Superscript | Tag::Subscript | Tag::MetadataBlock(_) => self.mark("other{"),
        }
    }
}

const fn side(alignment: Alignment) -> Side {
    match alignment {
        Alignment::None => Side::Unset,
        Alignment::Left => Side::Left,
        Alignment::Center => Side::Centre,
        Alignment::Right => Side::Right,
    }
}
