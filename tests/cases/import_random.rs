//! On random HTML the Markdown that is made of it has, when it is a page again, the same words in the same elements. What the page
//! holds is read from its HTML, by a parser, not from the values between.

use ninefold::import::html::{self, tree};
use ninefold::import::markdown;
use ninefold::outline::Markdown;
use proptest::collection::vec;
use proptest::prelude::*;
use pulldown_cmark::html::push_html;

use crate::random;

/// Words with signs that mean something somewhere, as HTML has them.
const WORDS: [&str; 68] = [
    "a",
    "re",
    "one two",
    "*",
    "**",
    "_",
    "_x_",
    "snake_case",
    "`",
    "``",
    "~",
    "~~x~~",
    "[",
    "]",
    "[x](y)",
    "[sic]",
    "[^1]",
    "[[a]]",
    "[ ]",
    "[x]: y",
    "!",
    "!!",
    "&lt;",
    "&lt;b&gt;",
    "&lt;/p&gt;",
    "&amp;amp;",
    "&amp;copy;",
    "AT&amp;T",
    "\\",
    "C:\\*",
    "\\\\",
    "#",
    "##",
    "#define",
    "1.",
    "2)",
    "1986)",
    "1.5",
    "-",
    "---",
    "--flag",
    "a--b",
    "+",
    "&gt;",
    "=",
    "===",
    "|",
    "a|b",
    "|---|",
    "{x}",
    "{#id}",
    ":",
    ":a:",
    "127.*.*.*",
    "\"q\"",
    "it's",
    "...",
    "\u{2014}",
    "\u{e9}t\u{e9}",
    "\u{4e2d}",
    "^",
    "$5",
    "@a",
    "a@b.example",
    "https://a.example/b_c*d",
    "&lt;!-- x --&gt;",
    "a\u{a0}b",
    "e\u{301}",
];

const SPACES: [&str; 4] = ["", " ", " ", "\n"];

fn text() -> impl Strategy<Value = String> {
    vec((prop::sample::select(&WORDS[..]), prop::sample::select(&SPACES[..])), 1..4)
        .prop_map(|words| words.into_iter().map(|(word, space)| format!("{word}{space}")).collect())
}

fn inline(depth: u32) -> BoxedStrategy<String> {
    if depth == 0 {
        return text().boxed();
    }
    let inner = || vec(inline(depth - 1), 1..4).prop_map(|words| words.concat());
    prop_oneof![
        6 => text(),
        1 => inner().prop_map(|words| format!("<em>{words}</em>")),
        1 => inner().prop_map(|words| format!("<strong>{words}</strong>")),
        1 => inner().prop_map(|words| format!("<del>{words}</del>")),
        1 => inner().prop_map(|words| format!("<sup>{words}</sup>")),
        1 => text().prop_map(|text| format!("<code>{text}</code>")),
        1 => text().prop_map(|text| format!("<a href=\"/x(y?a=1&amp;b=2\">l{text}l</a>")),
        1 => text().prop_map(|text| format!("<img src=\"/a b.png\" alt=\"a{}a\">", text.replace('"', "&quot;"))),
        1 => Just("x<br>y".to_owned()),
    ]
    .boxed()
}

fn words() -> impl Strategy<Value = String> {
    vec(inline(2), 1..5).prop_map(|words| words.concat())
}

fn block(depth: u32) -> BoxedStrategy<String> {
    let paragraph = words().prop_map(|words| format!("<p>{words}</p>"));
    if depth == 0 {
        return paragraph.boxed();
    }
    let blocks = || vec(block(depth - 1), 1..3).prop_map(|blocks| blocks.concat());
    let item = || {
        prop_oneof![words(), blocks(), (words(), list(depth - 1)).prop_map(|(words, list)| format!("{words}{list}"))]
    };
    let cell = |name: &'static str| words().prop_map(move |words| format!("<{name}>{words}</{name}>"));
    prop_oneof![
        4 => paragraph,
        1 => (2..5_u8, words()).prop_map(|(level, words)| format!("<h{level}>x{words}</h{level}>")),
        1 => blocks().prop_map(|blocks| format!("<blockquote>{blocks}</blockquote>")),
        2 => list(depth - 1),
        1 => vec(item(), 1..4).prop_map(|items| items.into_iter().map(|item| format!("<li>{item}</li>")).collect::<String>())
            .prop_map(|items| format!("<ul>{items}</ul>")),
        1 => vec(text(), 0..4).prop_map(|lines| format!("<pre><code>x\n{}</code></pre>", lines.join("\n  "))),
        1 => Just("<hr>".to_owned()),
        1 => (any::<bool>(), vec((cell("td"), cell("td")), 1..3)).prop_map(|(head, rows)| {
            let rows: String = rows.into_iter().map(|(a, b)| format!("<tr>{a}{b}</tr>")).collect();
            let head = if head { "<thead><tr><th>a|b</th><th><code>c|d</code></th></tr></thead>" } else { "" };
            format!("<table>{head}<tbody>{rows}</tbody></table>")
        }),
        1 => vec((words(), words()), 1..3).prop_map(|pairs| {
            let pairs: String = pairs.into_iter().map(|(a, b)| format!("<dt>x{a}</dt><dd>{b}x</dd>")).collect();
            format!("<dl>{pairs}</dl>")
        }),
    ]
    .boxed()
}

fn list(depth: u32) -> BoxedStrategy<String> {
    let item = if depth == 0 {
        words().boxed()
    } else {
        (words(), prop::option::of(list(depth - 1))).prop_map(|(words, list)| words + &list.unwrap_or_default()).boxed()
    };
    (prop::sample::select(&["ul", "ol", "ol start=\"7\""][..]), vec(item, 1..4))
        .prop_map(|(tag, items)| {
            let items: String = items.into_iter().map(|item| format!("<li>{item}</li>")).collect();
            format!("<{tag}>{items}</{}>", &tag[..2])
        })
        .boxed()
}

/// Elements in their order with their words. Paragraphs that are all of an item, and those between which there is nothing, are not
/// told from bare words.
fn content(html: &str) -> String {
    let mut out = String::new();
    push(&tree::parse(html).expect("a tree"), "", &mut out);
    let same =
        out.replace(['\u{2018}', '\u{2019}'], "'").replace(['\u{201c}', '\u{201d}'], "\"").replace('\u{2026}', "...");
    let same = same.replace('\u{a0}', " ").replace('\u{2013}', "--").replace('\u{2014}', "---");
    // Markdown has no table without a header, and two lists of terms are one, as emphasis is that goes on.
    let same = same.replace("<tr><th></th><th></th></tr>", "");
    let same = same.split_ascii_whitespace().collect::<Vec<_>>().join(" ");
    let same = ["em", "strong", "del", "code", "em", "strong", "del"].iter().fold(same, |same, name| {
        same.replace(&format!("</{name}><{name}>"), "").replace(&format!("</{name}> <{name}>"), " ")
    });
    // A paragraph that is all of an item is not told from bare words.
    let same = same.replace('\u{b6}', " ").split_ascii_whitespace().collect::<Vec<_>>().join(" ");
    same.replace("> ", ">").replace(" <", "<").replace("</dl><dl>", "")
}

/// `within` is the element that holds them, or `pre` where that is open.
fn push(nodes: &[tree::Node], within: &str, out: &mut String) {
    let in_pre = within == "pre";
    for node in nodes {
        match node {
            tree::Node::Text(text) if in_pre => out.push_str(&format!("{:?}", text.trim_end_matches('\n'))),
            tree::Node::Text(text) => out.push_str(&text.replace('<', "\u{2039}").replace('>', "\u{203a}")),
            tree::Node::Element(element) => {
                let name = element.name.as_str();
                let is_again = name == within && matches!(name, "em" | "strong" | "del");
                // An address is a link, marked or not.
                let own = element.attribute("href").map(|address| address.strip_prefix("mailto:").unwrap_or(address));
                let own = own.map(|own| percent_encoding::percent_decode_str(own).decode_utf8_lossy().into_owned());
                let is_again = is_again || own.is_some_and(|own| own == element.text());
                let is_shown =
                    !(matches!(name, "p" | "thead" | "tbody" | "span") || is_again || name == "code" && in_pre);
                if is_shown {
                    let address = ["href", "src", "alt", "start"].iter().filter_map(|name| element.attribute(name));
                    let address = address.map(|value| format!(" {}", value.replace("%20", " "))).collect::<String>();
                    out.push_str(&format!("<{name}{address}>"));
                } else if name == "p" {
                    out.push('\u{b6}');
                }
                push(&element.children, if in_pre { within } else { name }, out);
                if is_shown {
                    out.push_str(&format!("</{name}>"));
                } else if name == "p" {
                    out.push('\u{b6}');
                }
            }
            tree::Node::Comment(text) => out.push_str(&format!("<!--{text}-->")),
        }
    }
}

/// The page of a text, as Markdown alone makes it.
fn page(markdown: &str) -> String {
    let mut page = String::new();
    let parsed = Markdown::new(markdown, false);
    push_html(&mut page, parsed.events().map(|(event, _)| event));
    page
}

#[test]
fn html_that_has_a_form_in_markdown_is_the_same_page_again() {
    let blocks = vec(block(2), 1..4).prop_map(|blocks| blocks.join("\n"));
    random::check(26, 400, blocks, |source| {
        let read = html::read(&source, &|_| false);
        let markdown = markdown::write(&read.blocks);
        assert_eq!(content(&page(&markdown)), content(&source), "\n{source}\n----\n{markdown}");
    });
}
