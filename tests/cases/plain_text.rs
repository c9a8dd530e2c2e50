//! Plain text is what a reader reads, in summaries, ids, passages and search, whatever stands between the words.

use crate::support::TestSite;

fn site(markdown: &str) -> TestSite {
    TestSite::new().essay("a", "math: true", markdown)
}

fn summary(markdown: &str) -> String {
    site(markdown).view("/essays/a/")["data"]["essay"]["summary"].as_str().expect("a summary").to_owned()
}

#[test]
fn each_element_adds_what_is_read_of_it() {
    let alt = "![the queue](https://x.example/q.png)";
    for (markdown, text) in [
        ("The pool was [~~never~~ always saturated](pattern:saturation).", "The pool was always saturated."),
        ("It was good~~, not bad~~ then ~~gone~~.", "It was good then."),
        ("It was <del>never</del> <s>once</s> <ins>always</ins> full.", "It was always full."),
        ("One<br>two<br/>three\\\nfour  \nfive\nsix", "One two three four five six"),
        ("Un<b>bel</b>iev<em>ab</em><wbr>ly", "Unbelievably"),
        ("Short,[^1] and long [^1].\n\n[^1]: Note.", "Short, and long."),
        ("At $\\lambda = 0.9$ and $\\frac{a}{b}$ and $x^2$.", "At \u{3bb} = 0.9 and a/b and x\u{b2}."),
        (&format!("See {alt} grow."), "See the queue grow."),
        ("See <img src=\"https://x.example/q.png\" alt=\"the queue\"> grow.", "See the queue grow."),
        ("H<sub>2</sub>O and 10<sup>9</sup> and 1<sup>st</sup>.", "H2O and 10\u{2079} and 1st."),
        ("A word<sup><a href=\"#x\">1</a></sup> with<a id=\"x\"></a> a note.", "A word with a note."),
        ("He said <q>stop</q>.", "He said \u{201c}stop\u{201d}."),
        ("<ruby>\u{6f22}<rp>(</rp><rt>kan</rt><rp>)</rp></ruby> it is.", "\u{6f22} it is."),
        ("Press <kbd>Ctrl</kbd>+`C` &amp; &lt;wait&gt;.", "Press Ctrl+C & <wait>."),
        ("Seen <!-- not this --> here.", "Seen here."),
        ("\u{201c}Yes\u{201d} --- he ... said.", "\u{201c}Yes\u{201d} \u{2014} he \u{2026} said."),
        (&format!("{alt}\n\nText."), "Text."),
        ("<p>One<br>two</p>", "One two"),
    ] {
        assert_eq!(summary(markdown), text, "{markdown}");
    }
}

#[test]
fn ids_and_contents_are_made_of_it() {
    for (heading, id, text) in [
        ("## ~~Old~~ New", "new", "New"),
        ("## ![Logo](https://x.example/l.png)", "logo", "Logo"),
        ("## Rate $\\lambda$", "rate-lambda", "Rate \u{3bb}"),
        ("## One<br>two", "one-two", "One two"),
        ("## Word[^1]\n\n[^1]: Note.", "word", "Word"),
        ("> ## Quoted", "quoted", "Quoted"),
    ] {
        let entry = site(heading).view("/essays/a/")["data"]["essay"]["contents"][0].take();
        let told =
            format!("{} {}", entry["id"].as_str().unwrap_or_default(), entry["text"].as_str().unwrap_or_default());
        assert!(told.ends_with(text), "{heading}: {told}");
        assert!(id == "rate-lambda" || told.starts_with(&format!("{id} ")), "{heading}: {told}");
    }
}

#[test]
fn passages_and_sentences_around_links_are_made_of_it() {
    let site = TestSite::new().essay("b", "", "Text.").essay(
        "a",
        "",
        "The pool was [~~never~~ always saturated](pattern:saturation)[^1]. [~~Struck~~](pattern:lag)\n\n\
         We ~~do not~~ see\\\n[the other](b.md)<br>too.\n\n~~[Gone](pattern:conflicts)~~\n\n[^1]: Note.",
    );
    site.build();
    let quote = |url: &str, pointer: &str| {
        let view = site.view(url);
        let quote = view.pointer(pointer).unwrap_or_else(|| panic!("{url}: {view}"));
        let part = |name: &str| quote[name].as_str().expect("a part").to_owned();
        format!("{}[{}]{}", part("before"), part("words"), part("after"))
    };
    let passage = "/data/passages/0/passages/0/quote";
    assert_eq!(quote("/patterns/saturation/", passage), "The pool was [always saturated].");
    assert_eq!(quote("/essays/b/", "/data/backlinks/0/quote"), "We see [the other] too.");
    assert!(site.body("/essays/a/").contains("id=\"passage-always-saturated\""));
    // What is struck out is no evidence.
    assert!(site.view("/patterns/conflicts/").pointer(passage).is_none());
}

#[test]
fn descriptions_of_pictures_are_made_of_it() {
    let site = site("![The ~~old~~ queue at $\\lambda$ `x`](https://x.example/q.png)");
    site.build();
    assert!(site.body("/essays/a/").contains("alt=\"The  queue at \u{3bb} x\""), "{}", site.body("/essays/a/"));
}
