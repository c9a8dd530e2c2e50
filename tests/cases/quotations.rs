//! Texts quoted inside others by reference: what is shown, and what is told where nothing can be.

use crate::support::TestSite;

const NOTE: &str = "It was *full*, as [the other](a.md) says. ^full

- One item ^item
- Another

## Queues

They [grew](#limits) and grew.[^1]

### Deeper

`code` and ![A queue](/q.svg).

## Limits

Nobody knew [them](pattern:saturation).

[^1]: A note.";

fn site(body: &str) -> TestSite {
    TestSite::new()
        .file("content/static/q.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"4\" height=\"4\"></svg>")
        .essay("note", "", NOTE)
        .essay("a", "", body)
}

#[test]
fn a_text_alone_in_its_paragraph_is_quoted_with_its_source() {
    let site =
        site("Before.\n\n![[note#Queues]]\n\n![[note#^full]]\n![](note.md#^item)\n\n- ![[note#passage-them]]\n- b");
    site.build();
    insta::assert_snapshot!(site.body("/essays/a/"), @r#"
    <p>Before.</p>
    <blockquote class="nf-quoted">
    <p>They <a href="/essays/note/#limits">grew</a> and grew.</p>
    <p><strong>Deeper</strong></p>
    <p><code>code</code> and <img src="/q.svg" alt="A queue" width="4" height="4" loading="lazy" decoding="async">.</p>
    <footer class="nf-attribution"><a class="nf-ref nf-essay" href="/essays/note/#queues">note: Queues</a></footer>
    </blockquote>
    <blockquote class="nf-quoted">
    <p>It was <em>full</em>, as <a class="nf-ref nf-essay" href="/essays/a/">the other</a> says.<span></span></p>
    <footer class="nf-attribution"><a class="nf-ref nf-essay" href="/essays/note/#^full">note</a></footer>
    </blockquote>
    <blockquote class="nf-quoted">
    <ul>
    <li>One item<span></span></li>
    </ul>
    <footer class="nf-attribution"><a class="nf-ref nf-essay" href="/essays/note/#^item">note</a></footer>
    </blockquote>
    <ul>
    <li><blockquote class="nf-quoted">
    <p>Nobody knew <a class="nf-ref nf-pattern" href="/patterns/saturation/">them</a>.</p>
    <footer class="nf-attribution"><a class="nf-ref nf-essay" href="/essays/note/#passage-them">note</a></footer>
    </blockquote>
    </li>
    <li>b</li>
    </ul>
    "#);
}

#[test]
fn a_whole_text_is_quoted_one_level_deep() {
    let site = site("![[note]]").essay("b", "", "![[a]]\n\n> ![[note#limits|words]]");
    assert_eq!(site.said(), "");
    site.build();
    insta::assert_snapshot!(site.body("/essays/a/"), @r#"
    <blockquote class="nf-quoted">
    <p>It was <em>full</em>, as <a class="nf-ref nf-essay" href="/essays/a/">the other</a> says.<span></span></p>
    <ul>
    <li>One item<span></span></li>
    <li>Another</li>
    </ul>
    <p><strong>Queues</strong></p>
    <p>They <a href="/essays/note/#limits">grew</a> and grew.</p>
    <p><strong>Deeper</strong></p>
    <p><code>code</code> and <img src="/q.svg" alt="A queue" width="4" height="4" loading="lazy" decoding="async">.</p>
    <p><strong>Limits</strong></p>
    <p>Nobody knew <a class="nf-ref nf-pattern" href="/patterns/saturation/">them</a>.</p>
    <footer class="nf-attribution"><a class="nf-ref nf-essay" href="/essays/note/">note</a></footer>
    </blockquote>
    "#);
    insta::assert_snapshot!(site.body("/essays/b/"), @r#"
    <blockquote class="nf-quoted">
    <p><a class="nf-ref nf-essay" href="/essays/note/">note</a></p>
    <footer class="nf-attribution"><a class="nf-ref nf-essay" href="/essays/a/">a</a></footer>
    </blockquote>
    <blockquote>
    <blockquote class="nf-quoted">
    <p>Nobody knew <a class="nf-ref nf-pattern" href="/patterns/saturation/">them</a>.</p>
    <footer class="nf-attribution"><a class="nf-ref nf-essay" href="/essays/note/#limits">note: Limits</a></footer>
    </blockquote>
    </blockquote>
    "#);
}

#[test]
fn what_is_quoted_stands_in_feeds() {
    let site = site("![[note#limits]]").file("content/site.yaml", "title: Test\nbase_url: https://example.org/b/\n");
    site.build();
    insta::assert_snapshot!(site.view("/feed.xml")["entries"][0]["body"]["links"][0]["quotation"]["part"], @r#"{"Section":2}"#);
    let feed = site.page("/feed.xml");
    let start = feed.find("&lt;blockquote").expect("a quotation");
    insta::assert_snapshot!(&feed[start..start + feed[start..].find("</content>").expect("its end")], @r#"
    &lt;blockquote class="nf-quoted"&gt;
    &lt;p&gt;Nobody knew &lt;a class="nf-ref nf-pattern" href="https://example.org/b/patterns/saturation/"&gt;them&lt;/a&gt;.&lt;/p&gt;
    &lt;footer class="nf-attribution"&gt;&lt;a class="nf-ref nf-essay" href="https://example.org/b/essays/note/#limits"&gt;note: Limits&lt;/a&gt;&lt;/footer&gt;
    &lt;/blockquote&gt;
    "#);
}

#[test]
fn an_edit_of_a_text_renders_what_quotes_it() {
    let site = site("![[note#^full]]");
    site.build();
    assert!(site.body("/essays/a/").contains("<em>full</em>"));
    site.write("content/essays/note.md", crate::support::essay("note", "", &NOTE.replace("*full*", "empty")));
    site.build();
    assert!(site.body("/essays/a/").contains("It was empty"));
}

#[test]
fn raw_html_of_a_quoted_text_is_made_safe_and_has_no_names() {
    let site = TestSite::new()
        .file("content/site.yaml", "title: Test\nbase_url: https://example.org\nsearch: false\nhtml: trusted\n")
        .essay("b", "", "<div class=\"x\" id=\"y\" onclick=\"z()\">\n\n## One\n\n<h3 id=\"k\">Two</h3>\n\nText <a name=\"q\">q</a>.\n\n</div>")
        .essay("a", "", "![[b]]\n\n![[b#One]]\n\n![[b#k]]");
    insta::assert_snapshot!(site.said(), @r#"
    warning[inline-script]: the attribute `onclick`: the policy of pages refuses it
     --> content/essays/b.md:6:1
      |
    6 | <div class="x" id="y" onclick="z()">
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: listen in a script file: `element.addEventListener(…)`
    "#);
    insta::assert_snapshot!(site.body("/essays/a/"), @r#"
    <blockquote class="nf-quoted">
    <div class="x">
    <p><strong>One</strong></p>
    <h3>Two</h3>
    <p>Text <a>q</a>.</p>
    </div>
    <footer class="nf-attribution"><a class="nf-ref nf-essay" href="/essays/b/">b</a></footer>
    </blockquote>
    <blockquote class="nf-quoted">
    <h3>Two</h3>
    <p>Text <a>q</a>.</p>

    <footer class="nf-attribution"><a class="nf-ref nf-essay" href="/essays/b/#one">b: One</a></footer>
    </blockquote>
    <blockquote class="nf-quoted">
    <p>Text <a>q</a>.</p>

    <footer class="nf-attribution"><a class="nf-ref nf-essay" href="/essays/b/#k">b: Two</a></footer>
    </blockquote>
    "#);
}

#[test]
fn what_can_not_be_quoted_is_told_and_a_link() {
    let text = "![[a]]\n\n![[#Own]]\n\n## Own\n\nText with ![[b]].\n\n![[b]]\n\n![[c]]\n\n![[d]]\n\n![[note#e]]\n\n![[nte]]\n\n![[note#Quees]]\n\n![](https://e.example/a.md)";
    let site = TestSite::new()
        .essay("a", "", text)
        .essay("b", "", "![[a]]")
        .essay("c", "", "![[b]]")
        .essay("d", "", "")
        .essay("note", "", "## Queues\n\nText <b id=\"e\">e</b>.");
    insta::assert_snapshot!(site.said(), @"
    warning[embedded-text]: a text can't be quoted in itself: a link stands here
     --> content/essays/a.md:6:1
      |
    6 | ![[a]]
      | ^^^^^^
      |
      = help: leave the `!` out

    warning[embedded-text]: a text can't be quoted in itself: a link stands here
     --> content/essays/a.md:8:1
      |
    8 | ![[#Own]]
      | ^^^^^^^^^
      |
      = help: leave the `!` out

    warning[embedded-text]: a text is quoted only in a paragraph of its own: a link to it stands here
      --> content/essays/a.md:12:11
       |
    12 | Text with ![[b]].
       |           ^^^^^^
       |
       = help: give it lines of its own with an empty one before and after, or leave the `!` out

    warning[embedded-text]: what `content/essays/b.md` quotes leads back to this text: a link stands in the quotation
      --> content/essays/a.md:14:1
       |
    14 | ![[b]]
       | ^^^^^^
       |
       = help: leave the `!` out at one of them

    warning[embedded-text]: what `content/essays/c.md` quotes leads back to this text: a link stands in the quotation
      --> content/essays/a.md:16:1
       |
    16 | ![[c]]
       | ^^^^^^
       |
       = help: leave the `!` out at one of them

    warning[embedded-text]: `content/essays/d.md` has no text that could be quoted: a link stands here
      --> content/essays/a.md:18:1
       |
    18 | ![[d]]
       | ^^^^^^
       |
       = help: leave the `!` out

    warning[embedded-text]: `#e` is no heading, passage or named block: a link stands here
      --> content/essays/a.md:20:1
       |
    20 | ![[note#e]]
       | ^^^^^^^^^^^
       |
       = help: quote a heading, or put a name such as `^full` at the end of the block and quote that

    error[broken-link]: no file and no title is `nte`
      --> content/essays/a.md:22:1
       |
    22 | ![[nte]]
       | ^^^^^^^^
       |
       = help: did you mean `note`?

    error[broken-anchor]: `content/essays/note.md` has no heading or passage `#Quees`
      --> content/essays/a.md:24:1
       |
    24 | ![[note#Quees]]
       | ^^^^^^^^^^^^^^^
       |
       = help: did you mean `#queues`?

    warning[missing-alt]: the picture has no description for those who don't see it
      --> content/essays/a.md:26:1
       |
    26 | ![](https://e.example/a.md)
       | ^^^^^^^^^^^^^^^^^^^^^^^^^^^
       |
       = help: say in the square brackets what it shows: `![Queue length, rising from noon](queue.png)`
       = help: if the text says all of it, end the address with `#decorative`

    warning[outside-picture]: the picture is loaded from another host
      --> content/essays/a.md:26:1
       |
    26 | ![](https://e.example/a.md)
       | ^^^^^^^^^^^^^^^^^^^^^^^^^^^
       |
       = help: save it beside the essay's `index.md`, or in `static/`, and show that file

    warning[embedded-text]: what `content/essays/a.md` quotes leads back to this text: a link stands in the quotation
     --> content/essays/b.md:6:1
      |
    6 | ![[a]]
      | ^^^^^^
      |
      = help: leave the `!` out at one of them

    warning[embedded-text]: what `content/essays/b.md` quotes leads back to this text: a link stands in the quotation
     --> content/essays/c.md:6:1
      |
    6 | ![[b]]
      | ^^^^^^
      |
      = help: leave the `!` out at one of them
    ");
}

#[test]
fn a_long_text_is_quoted_up_to_the_end_of_a_block() {
    let long = "Some words of it. ".repeat(300);
    let site = TestSite::new()
        .essay("b", "", &format!("First.\n\n{long}\n\n{long}"))
        .essay("c", "", &"Far too long for it. ".repeat(500))
        .essay("a", "", "![[b]]\n\n![[c]]");
    site.build();
    let body = site.body("/essays/a/");
    assert_eq!(body.matches(long.trim()).count(), 1);
    let ends = &body[body.len() - 250..];
    insta::assert_snapshot!(ends, @r#"
    Some words of it. Some words of it. Some words of it. Some words of it.</p>
    <p>…</p>
    <footer class="nf-attribution"><a class="nf-ref nf-essay" href="/essays/b/">b</a></footer>
    </blockquote>
    <p><a class="nf-ref nf-essay" href="/essays/c/">c</a></p>
    "#);
}

#[test]
fn more_texts_than_a_page_quotes_are_links() {
    let site = TestSite::new().essay("b", "", "Words.").essay("a", "", &"![[b]]\n\n".repeat(21));
    insta::assert_snapshot!(site.said(), @"
    warning[embedded-text]: the page quotes more than 20 texts: a link to this one stands here
      --> content/essays/a.md:46:1
       |
    46 | ![[b]]
       | ^^^^^^
       |
       = help: leave the `!` out, or split the text into several pages
    ");
    assert_eq!(site.body("/essays/a/").matches("<blockquote").count(), 20);
}

#[test]
fn what_is_quoted_is_no_text_of_who_quotes_it() {
    let site = site("![[note#Limits]]\n\nOwn words.");
    let view = site.view("/essays/note/");
    insta::assert_snapshot!(view["data"]["backlinks"], @r#"[{"kind":"essay","quote":{"after":"","before":"","words":""},"title":"a","url":"/essays/a/"}]"#);
    insta::assert_snapshot!(site.view("/essays/a/")["page"]["description"], @r#""Own words.""#);
}
