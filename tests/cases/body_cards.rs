//! What a paragraph or a quotation becomes by its shape alone: cards of links, pull quotes; and lines of code set off.

use super::bodies::{body, said};
use crate::support::TestSite;

#[test]
fn a_paragraph_that_is_only_a_link_to_a_video_a_post_or_a_status_page_is_a_card() {
    let links = "\
<https://www.youtube.com/watch?v=dQw4w9WgXcQ>

[How *we* broke & fixed it](https://vimeo.com/76979871 \"A talk\")

[Her thread](https://bsky.app/profile/nora.example/post/3kabc)

[The account of the day](https://www.githubstatus.com/incidents/abc123)";
    insta::assert_snapshot!(body(links), @r#"
    <p class="nf-link-card nf-video"><a href="https://www.youtube.com/watch?v=dQw4w9WgXcQ"><span class="nf-link-what">Video on YouTube</span> <span class="nf-link-host">youtube.com</span></a></p>
    <p class="nf-link-card nf-video"><a href="https://vimeo.com/76979871" title="A talk"><span class="nf-link-what">Video on Vimeo</span> <span class="nf-link-words">How <em>we</em> broke &amp; fixed it</span> <span class="nf-link-host">vimeo.com</span></a></p>
    <p class="nf-link-card nf-post"><a href="https://bsky.app/profile/nora.example/post/3kabc"><span class="nf-link-what">Post by @nora.example on Bluesky</span> <span class="nf-link-words">Her thread</span> <span class="nf-link-host">bsky.app</span></a></p>
    <p class="nf-link-card nf-status"><a href="https://www.githubstatus.com/incidents/abc123"><span class="nf-link-what">Incident on a status page</span> <span class="nf-link-words">The account of the day</span> <span class="nf-link-host">githubstatus.com</span></a></p>
    "#);
}

#[test]
fn any_other_link_stays_one() {
    let links = "\
[Words](https://vimeo.com/76979871) and more.

[One](https://vimeo.com/76979871) [Two](https://vimeo.com/76979872)

[A page](https://other.example/video)

- <https://vimeo.com/76979871>

- <https://vimeo.com/76979872>

> <https://vimeo.com/76979871>

[Elsewhere here](/essays/a/)";
    let html = body(links);
    assert!(!html.contains("nf-link-card"), "{html}");
    assert_eq!(html.matches("<a ").count(), 8, "{html}");
}

#[test]
fn a_feed_has_the_link_alone() {
    let site = TestSite::new().essay("a", "", "<https://vimeo.com/76979871>");
    site.build();
    let feed = site.page("/feed.xml");
    assert!(feed.contains("vimeo.com/76979871"), "{feed}");
    assert!(!feed.contains("nf-link"), "{feed}");
}

#[test]
fn a_bold_quotation_of_the_texts_own_words_is_a_pull_quote() {
    let text = "\
The queue was never the problem. *Nobody owned* the
queue, and so it grew.

> **Nobody *owned* the queue**

> **Nobody asked about the queue**

> **Nobody owned the queue** and more

> **[Nobody owned](https://other.example/) the queue**";
    insta::assert_snapshot!(body(text), @r#"
    <p>The queue was never the problem. <em>Nobody owned</em> the
    queue, and so it grew.</p>
    <aside class="nf-pull" aria-hidden="true">
    <p>Nobody <em>owned</em> the queue</p>
    </aside>
    <blockquote>
    <p><strong>Nobody asked about the queue</strong></p>
    </blockquote>
    <blockquote>
    <p><strong>Nobody owned the queue</strong> and more</p>
    </blockquote>
    <blockquote>
    <p><strong><a href="https://other.example/">Nobody owned</a> the queue</strong></p>
    </blockquote>
    "#);
    assert!(body("> **Twice**\n\n> **Twice**").contains("<blockquote>"), "they are each other's only source");
}

#[test]
fn a_pull_quote_is_on_the_page_and_not_in_the_feed() {
    let site = TestSite::new().essay("a", "", "Nobody owned the queue.\n\n> **Nobody owned the queue**");
    site.build();
    assert_eq!(site.page("/essays/a/").matches("owned the queue").count(), 2);
    let feed = site.page("/feed.xml");
    let content = feed.split("<content").nth(1).and_then(|rest| rest.split("</content>").next()).expect("the text");
    assert_eq!(content.matches("owned the queue").count(), 1, "{content}");
}

#[test]
fn lines_of_code_are_marked_by_their_numbers() {
    let code = "```yaml {2-3}\na: 1\nb: |\n  two\nc: 3\n```\n\n```{1}\nplain & simple\nmore\n```\n\n```nonsense {2}\nfirst\nsecond\n```";
    insta::assert_snapshot!(body(code), @r#"
    <pre class="nf-code" data-language="yaml" tabindex="0"><code class="language-yaml"><span class="hl-string hl-unquoted hl-plain"><span class="hl-entity hl-name hl-tag">a</span></span><span class="hl-punctuation hl-separator hl-key-value">:</span> <span class="hl-constant hl-numeric hl-integer">1</span>
    <mark class="nf-line"><span class="hl-string hl-unquoted hl-plain"><span class="hl-entity hl-name hl-tag">b</span></span><span class="hl-punctuation hl-separator hl-key-value">:</span> <span class="hl-keyword hl-control hl-flow">|</span>
    </mark><mark class="nf-line"><span class="hl-string hl-unquoted hl-block">  two
    </span></mark><span class="hl-string hl-unquoted hl-block"></span><span class="hl-string hl-unquoted hl-plain"><span class="hl-entity hl-name hl-tag">c</span></span><span class="hl-punctuation hl-separator hl-key-value">:</span> <span class="hl-constant hl-numeric hl-integer">3</span>
    </code></pre>
    <pre class="nf-code" tabindex="0"><code><mark class="nf-line">plain &amp; simple
    </mark>more
    </code></pre>
    <pre class="nf-code" data-language="nonsense" tabindex="0"><code class="language-nonsense">first
    <mark class="nf-line">second
    </mark></code></pre>
    "#);
    assert!(said("```yaml {2-3}\na: 1\nb: 2\nc: 3\n```").is_empty());
}

#[test]
fn marks_on_lines_that_are_not_there_are_told() {
    insta::assert_snapshot!(said("Text.\n\n```rust {1,3-4}\nlet a = 1;\nlet b = 2;\n```\n\n- ```sh {2,x}\n  ls\n  wc\n  ```"), @r"
    warning[code-lines]: line 4 is to be marked, and the block has 2 lines
     --> content/essays/a.md:8:9
      |
    8 | ```rust {1,3-4}
      |         ^^^^^^^
      |
      = help: count from 1, the line after the fence

    warning[code-lines]: `x` names no lines to mark
      --> content/essays/a.md:13:9
       |
    13 | - ```sh {2,x}
       |         ^^^^^
       |
       = help: write lines and ranges with commas between them, at most 100: `{2,4-6}`
    ");
}

#[test]
fn code_that_would_take_too_long_is_shown_plain_and_the_author_is_told() {
    let long = "x".repeat(2_500);
    let text = format!("```rust\nlet a = 1;\n```\n\n> ```rust\n> let b = 2;\n> let c = {long};\n> ```");
    let shown = body(&text);
    assert_eq!(shown.matches("hl-storage").count(), 1, "the first block alone is coloured: {shown}");
    assert!(shown.contains(&format!("let b = 2;\nlet c = {long};\n</code></pre>")), "{shown}");
    insta::assert_snapshot!(said(&text), @r"
    warning[no-colours]: this code is shown without colours: its line 2 would take too long
      --> content/essays/a.md:10:3
       |
    10 | > ```rust
       |   ^^^^^^^
       |
       = help: break that line, or leave the language out
    ");
    let many = "let a = 1;\n".repeat(9_000);
    insta::assert_snapshot!(said(&format!("```rust\n{many}```")), @r"
    warning[no-colours]: this code is shown without colours: so much of it would take too long
     --> content/essays/a.md:6:1
      |
    6 | ```rust
      | ^^^^^^^
      |
      = help: show less of it in one block, or leave the language out
    ");
    for unknown in ["", "text", "mermaid"] {
        assert!(said(&format!("```{unknown}\n{long}\n```")).is_empty(), "{unknown}");
    }
}
