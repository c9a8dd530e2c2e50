//! A page is at most twenty times its source and what the theme adds, and so is its part of the feeds, whatever its source is
//! made of: each construct is repeated, with as little text as it takes.

use std::ops::Add;
use std::sync::LazyLock;

use image::ImageFormat;
use ninefold::model::{SourcePath, UrlPath};
use ninefold::pipeline;
use ninefold::render::{self, Highlighter, Output, Renderer, Theme};

use super::super::pictures::picture;
use super::raw_html::shown;
use crate::support::{TestSite, essay};

/// The most bytes of a page for each byte of its source.
const MOST: usize = 20;
/// And besides, for what stands once.
const FRAME: usize = 20 * 1024;
/// What each source is filled up to.
const SOURCE: usize = 12 * 1024;

/// A name, what stands once before, what is repeated (`{n}` is its number), what stands once after.
const CONSTRUCTS: &[(&str, &str, &str, &str)] = &[
    ("words", "", "a ", ""),
    ("signs", "", "<&\"' ", ""),
    ("escapes", "", "\\<\\&", ""),
    ("entities", "", "&lt;", ""),
    ("smart punctuation", "", "'a' \"b\" ... -- ", ""),
    ("paragraphs", "", "a\n\n", ""),
    ("emphasis", "", "*a* ", ""),
    ("emphasis and strong", "", "***a*** ", ""),
    ("strikethrough", "", "~a~ ", ""),
    ("code in a line", "", "`a` ", ""),
    ("soft breaks", "", "a\n", ""),
    ("hard breaks", "", "a\\\n", ""),
    ("rules", "", "***\n", ""),
    ("first headings", "", "# \n", ""),
    ("headings", "", "## a\n", ""),
    ("headings with an id", "", "## a {#b{n}}\n", ""),
    ("headings with a pattern", "", "## a {pattern=lag}\n", ""),
    ("headings under a line", "", "a\n-\n", ""),
    ("lists", "", "- a\n", ""),
    ("empty items", "", "-\n", ""),
    ("loose lists", "", "- a\n\n", ""),
    ("numbered lists", "", "1. a\n", ""),
    ("lists of other numbers", "", "- a\n\n2. b\n\n", ""),
    ("nested lists", "", "- - - - - - - - a\n\nb\n\n", ""),
    ("task lists", "", "- [ ] a\n", ""),
    ("done tasks", "", "- [x] a\n", ""),
    ("definitions", "", "a\n: b\n\n", ""),
    ("definitions of one term", "a\n", ": b\n", ""),
    ("quotations", "", "> a\n\n", ""),
    ("nested quotations", "", ">>>>>>>>a\n\n", ""),
    ("quotations with a source", "", "> a\n> - b\n\n", ""),
    ("pull quotes", "", "> **a**\n\n", ""),
    ("alerts", "", "> [!TIP]\n\n", ""),
    ("alerts in alerts", "", "> [!IMPORTANT]\n>> [!IMPORTANT]\n\n", ""),
    ("tables", "", "|a\n|-\n\n", ""),
    ("rows", "|a\n|-\n", "|b\n", ""),
    ("cells", "|a|b|c|d|e|f|g|h\n|-|-|-|-|-|-|-|-\n", "|a|b|c|d|e|f|g|h\n", ""),
    ("empty cells", "|a|b|c|d|e|f|g|h\n|-|-|-|-|-|-|-|-\n", "|||||||||\n", ""),
    ("centred cells", "|a|b|c|d\n|:-:|:-:|:-:|:-:\n", "|a|b|c|d\n", ""),
    ("empty centred cells", "|a|b|c|d|e|f|g|h\n|:-:|:-:|:-:|:-:|:-:|:-:|:-:|:-:\n", "|||||||||\n", ""),
    ("centred columns", "", "|a|b|c|d\n|:-:|:-:|:-:|:-:\n\n", ""),
    ("rows that leave cells out", "|a|b|c|d|e|f|g|h\n|:-:|-|-|-|-|-|-|-\n", "|a|b|c|d\n", ""),
    ("links", "", "[a](../b.md) ", ""),
    ("links without words", "", "[](../b.md)", ""),
    ("links within the page", "# b\n\n", "[a](#b) ", ""),
    ("links with a title", "", "[a](../b.md \"c\") ", ""),
    ("outside links", "", "[a](//b.c) ", ""),
    ("links by reference", "[a]: ../b.md\n\n", "[a] ", ""),
    ("links by reference to a long address", "[a]: https://elsewhere.example/{long}\n\n", "[a]", ""),
    ("autolinks", "", "<a:b> ", ""),
    ("addresses of mail", "", "<a@b.c>", ""),
    ("link cards", "", "<http://t.co/@a/1>\n\n", ""),
    ("link cards with words", "", "[a](http://t.co/@a/1)\n\n", ""),
    ("links to videos", "", "<http://vimeo.com/1>\n\n", ""),
    ("wikilinks", "", "[[b]]", ""),
    ("wikilinks with words", "", "[[b|c]]", ""),
    ("wikilinks to a long title", "", "[[long]]", ""),
    ("pattern links", "", "[a](pattern:lag) ", ""),
    ("concept links", "", "[a](concept:etto) ", ""),
    ("pattern links that mark nothing", "", "[](../../patterns/lag.md)", ""),
    ("pattern links in paragraphs", "", "[a{n}](pattern:lag)\n\n", ""),
    ("incident links", "", "[a](incident:i) ", ""),
    ("pictures", "", "![a](p.png)", ""),
    ("pictures without words", "", "![](p.png)", ""),
    ("pictures by reference", "[p]: p.png\n\n", "![p]", ""),
    ("outside pictures", "", "![a](//b.c) ", ""),
    ("figures", "", "![a](p.png \"b\")\n\n", ""),
    ("notes", "", "[^{n}]\n\n[^{n}]:a\n\n", ""),
    ("references to one note", "", "[^a]", "\n\n[^a]: b\n"),
    ("notes that are not referred to", "[^0]", "\n\n[^{n}]: a", ""),
    ("fences", "", "```\na\n```\n", ""),
    ("fences in quotations", "", ">```\n\n", ""),
    ("indented code", "", "    a\n\nb\n\n", ""),
    ("fences without a grammar", "", "```a\n```\n", ""),
    ("fences with marked lines", "", "```{1}\na\n```\n", ""),
    ("marked lines", "```a {1-9999}\n", "b\n", "```\n"),
    ("html", "", "<b>a</b>", ""),
    ("html in blocks", "", "<hr>\n\n", ""),
    ("html without ends", "<ul>", "<li>a", "</ul>"),
    ("entities in html", "", "<b title='&'>a</b>", ""),
    ("formulas of a letter", "", "$x$ ", ""),
    ("formulas of two", "", "$xy$", ""),
    ("formulas on lines of their own", "", "$$x$$\n\n", ""),
    ("powers", "", "$x^y$ ", ""),
    ("fractions", "", "$\\frac ab$ ", ""),
    ("signs of formulas", "", "$+$ ", ""),
    ("spaces of formulas", "", "$\\,$ ", ""),
    ("formulas that are none", "", "$\\x$ ", ""),
    ("a formula of spaces", "", "$\\,\\,\\,\\,\\,\\,\\,\\,\\,\\,\\,\\,\\,\\,\\,\\,$ ", ""),
    ("a formula of steps back", "", "$\\!\\!\\!\\!\\!\\!\\!\\!\\!\\!\\!\\!\\!\\!\\!\\!$ ", ""),
    ("a formula of letters", "", "$xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx$ ", ""),
    ("a formula of signs", "", "$++++++++++++++++++++++++++++++++$ ", ""),
    ("a formula of powers", "", "$x^x+x^x+x^x+x^x+x^x+x^x+x^x+x^x$ ", ""),
    ("a formula of primes", "", "$x''''''''''''''''''''''''''''''''$ ", ""),
    ("a formula of brackets", "", "$(((((((())))))))$ ", ""),
    ("a formula of colours", "", "$\\color{red}x\\color{red}x\\color{red}x$ ", ""),
    ("a formula of cells", "", "$\\begin{matrix}&&&&&&&&&&&&&&&&&&&&&&&&&&&\\end{matrix}$ ", ""),
    ("a formula of rows", "", "$\\begin{array}{|c|c|}\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\end{array}$ ", ""),
    ("a formula of aligned cells", "", "$\\begin{align}&&&&&&&&&&&&&&&&&&&&&&&&&&&\\end{align}$ ", ""),
];

/// Languages whose code is looked at, and a piece of code of many small parts.
const CODE: &[(&str, &str)] = &[
    ("js", "[];"),
    ("js", "\"\\n\""),
    ("json", "[1,0],"),
    ("json", "\"\":{},"),
    ("rust", "&'a;"),
    ("rust", "#![a]"),
    ("c", "*a;"),
    ("cs", "a?b;"),
    ("css", "a{b:0}"),
    ("diff", "+\n"),
    ("html", "<a b=''>"),
    ("html", "&lt;"),
    ("java", "@A;"),
    ("latex", "$\\a$"),
    ("lisp", "(())"),
    ("lua", "a={}"),
    ("make", "$(a)"),
    ("markdown", "*a*"),
    ("perl", "$a;"),
    ("php", "<?=$a?>"),
    ("py", "'''"),
    ("py", "f'{a}'"),
    ("r", "a[1]"),
    ("regexp", "[a]"),
    ("ruby", "\"#{a}\""),
    ("ruby", ":a,"),
    ("scala", "a=>"),
    ("sh", "$a;"),
    ("sh", "\"${a}\""),
    ("sql", "'a',"),
    ("xml", "<a/>"),
    ("yaml", "- 1\n"),
    ("yaml", "a: b\n"),
];

fn repeated(piece: &str, room: usize) -> String {
    let mut text = String::new();
    let mut n = 1;
    while text.len() < room {
        text.push_str(&piece.replace("{n}", &n.to_string()));
        n += 1;
    }
    text
}

/// Large enough to be offered in smaller copies.
static PICTURE: LazyLock<Vec<u8>> = LazyLock::new(|| picture(2_000, 20, ImageFormat::Png));

/// A site with what the constructs name.
fn site(body: &str) -> TestSite {
    TestSite::with_default_theme()
        .essay("b", "", "Words.")
        .file(
            "content/essays/long.md",
            format!("---\ntitle: {}\ndate: 2026-04-01\n---\n\nWords.\n", "Long ".repeat(100)),
        )
        .incident("i", "title: I")
        .file("content/essays/a/p.png", PICTURE.as_slice())
        .file("content/essays/a/index.md", essay("A", "math: true", body))
}

/// The sizes of the page and of the feeds; a page that is refused has none.
fn sizes(body: &str, theme: &Theme) -> [usize; 3] {
    let site = site(body);
    let assembled = pipeline::read(&site.options());
    let broken: Vec<_> = assembled.diagnostics.iter().filter(|fault| fault.code().starts_with("broken")).collect();
    assert!(broken.is_empty(), "{:?}", broken[0]);
    let sources = |path: &SourcePath| assembled.text(path);
    let renderer = Renderer {
        theme,
        highlighter: &Highlighter::default(),
        sources: &sources,
        pictures: &ninefold::load::picture_bytes,
    };
    ["/essays/a/", "/feed.xml", "/feed.json"].map(|url| {
        let view = assembled.site.view(&UrlPath::new(url)).expect("a page");
        match render::output(&view, &renderer) {
            Ok(Output::Bytes(bytes)) => bytes.len(),
            Ok(other) => panic!("no page: {other:?}"),
            Err(fault) => {
                assert_eq!(fault.code(), "page-limit");
                0
            }
        }
    })
}

/// Texts that are made of each construct and of nothing else.
fn texts() -> Vec<(String, String)> {
    let mut texts = Vec::new();
    for (name, before, piece, after) in CONSTRUCTS {
        let before = before.replace("{long}", &"x".repeat(200));
        texts.push(((*name).to_owned(), format!("{before}{}{after}", repeated(piece, SOURCE))));
    }
    for (language, piece) in CODE {
        let block = |code: &str| format!("```{language}\n{code}\n```\n");
        texts.push((format!("a line of {language}, {piece}"), block(&repeated(piece, 1_000))));
        texts.push((format!("blocks of {language}, {piece}"), repeated(&block(piece), SOURCE / 2)));
    }
    texts
}

#[test]
fn a_page_and_its_part_of_the_feeds_are_at_most_twenty_times_the_source() {
    let theme = render::theme(&pipeline::read(&site("").options()).theme).expect("the theme");
    let frame = sizes("", &theme);
    for (name, text) in texts() {
        let grown = sizes(&text, &theme).into_iter().zip(frame).map(|(size, frame)| size.saturating_sub(frame));
        let grown: Vec<usize> = grown.collect();
        if std::env::var_os("RATIOS").is_some() {
            let ratio = |n: usize| grown[n] as f64 / text.len() as f64;
            println!("{:6.1} {:6.1} {:6.1}  {name}", ratio(0), ratio(1), ratio(2));
        }
        assert!(grown.iter().all(|size| *size <= MOST * text.len() + FRAME), "{name}: {grown:?} of {}", text.len());
    }
}

#[test]
fn a_text_of_little_else_than_marks_is_refused() {
    let site = TestSite::new().essay("a", "", &">".repeat(100).add("\n\n").repeat(1_000));
    insta::assert_snapshot!(site.said(), @r"
    error[page-limit]: the page would be more than 20 times as large as its text
    --> content/essays/a.md
     = help: write fewer marks, or more text between them
    ");
}

#[test]
fn formulas_beyond_what_a_page_takes_are_shown_as_they_are_written() {
    let formulas = |count| TestSite::new().essay("a", "math: true", &"$x^2$ ".repeat(count));
    assert_eq!(formulas(400).said(), "");
    let site = formulas(4_000);
    let said = site.said();
    let place = "page-limit]: from here on formulas are shown as they are written: the page would be too large\n --> content/essays/a.md:7:19063\n";
    assert!(said.starts_with(&format!("error[{place}")) && said.matches("error[").count() == 1, "{said}");
    let page = shown(&site, "/essays/a/");
    let (made, written) =
        (page.matches("<math>").count(), page.matches("<code class=\"nf-math-error\">x^2</code>").count());
    assert!(made > 2_000 && written > 500 && made + written == 4_000, "{made} {written}");
    // A formula that is its own source takes little.
    assert_eq!(TestSite::new().essay("a", "math: true", &"$x$ ".repeat(4_000)).said(), "");
}

#[test]
fn code_beyond_what_a_page_takes_is_shown_without_colours() {
    let block = format!("```js\n{}\n```\n\n", "[];".repeat(100));
    let site = TestSite::new().essay("a", "", &block.repeat(20));
    insta::assert_snapshot!(site.said(), @r"
    warning[no-colours]: from here on code is shown without colours: the page would be too large
      --> content/essays/a.md:74:1
       |
    74 | ```js
       | ^^^^^
       |
       = help: split the page, or leave the language out of the blocks that can do without
    ");
    let page = shown(&site, "/essays/a/");
    let (coloured, plain) = (page.matches("<span class=\"hl-").count(), page.matches("[];[];").count());
    assert!(coloured > 1_000 && plain > 100, "{coloured} {plain}");
    assert_eq!(TestSite::new().essay("a", "", &format!("{block}{}", "Words of an essay. ".repeat(200))).said(), "");
}

#[test]
fn so_much_code_is_coloured_on_one_page_and_no_more() {
    let told = |blocks: usize| {
        let block = format!("```rust\n{}\n```\n\n", "x".repeat(2_000));
        let site = TestSite::new().essay("a", "", &block.repeat(blocks));
        site.shown(&pipeline::read(&site.options()).diagnostics)
    };
    assert_eq!(told(22), "");
    insta::assert_snapshot!(told(40), @r"
    warning[no-colours]: from here on code is shown without colours: so much of it would take too long
      --> content/essays/a.md:94:1
       |
    94 | ```rust
       | ^^^^^^^
       |
       = help: split the page, or leave the language out of long blocks
    ");
}

#[test]
fn what_is_shown_again_and_again_is_shown_in_short() {
    let site = TestSite::new()
        .essay("a", "", &format!("{}\n\n[^n]: A note.\n\n[[long]]", "[^n] ".repeat(25)))
        .file("content/essays/long.md", format!("---\ntitle: {}\ndate: 2026-04-01\n---\n", "Long ".repeat(100)));
    let page = shown(&site, "/essays/a/");
    let count = |text: &str| page.matches(text).count();
    assert_eq!((count("<sup"), count("id=\"nf-fnref-1"), count("class=\"nf-noteback\"")), (25, 20, 20));
    assert_eq!(count("<sup class=\"nf-noteref\"><a href=\"#nf-fn-1\">1</a></sup>"), 5);
    let words = page.split("/essays/long/\">").nth(1).and_then(|rest| rest.split('<').next()).expect("the link");
    assert_eq!(words, "Long ".repeat(20).trim_end().to_owned() + "\u{2026}");
    let feed = shown(&site, "/feed.json");
    assert_eq!((feed.matches("nf-noteback").count(), feed.matches("<sup>1</sup>").count()), (20, 5));
}

#[test]
fn so_many_pictures_of_a_page_have_copies_and_no_more() {
    let pictures = "![A](p.png)\n\n".repeat(130);
    let most = 100 + (pictures.len() + 2) / 64;
    let site = TestSite::new()
        .file("content/essays/a/p.png", PICTURE.as_slice())
        .file("content/essays/a/index.md", essay("A", "", &pictures));
    let page = shown(&site, "/essays/a/");
    assert_eq!((page.matches("<img").count(), page.matches("<source").count()), (130, most));
}
