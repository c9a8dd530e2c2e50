//! Raw HTML, formulas and code in a body: what stays, what is taken out, and what it is told.

use super::bodies::{body, body_with, said};
use crate::support::TestSite;

#[test]
fn harmless_html_stays() {
    let text = "\
H<sub>2</sub>O, <kbd>Ctrl</kbd>, <mark>this</mark>, <abbr title=\"Service level\">SLO</abbr>, <a name=\"old\" href=\"/essays/\">old</a>

<div class=\"wide\" id=\"box\" aria-label=\"Box\">

*Markdown* with a [link](#box) and one [to a name](#old)

</div>

<details><summary>More</summary>

Hidden.

</details>

<p>1 < 2 and 3 > 2</p>

<video src=\"/v.mp4\" controls></video>

<!-- nobody reads this -->";
    let site = TestSite::new().file("content/static/v.mp4", "film").essay("a", "", text);
    site.build();
    insta::assert_snapshot!(site.body("/essays/a/"), @r##"
    <p>H<sub>2</sub>O, <kbd>Ctrl</kbd>, <mark>this</mark>, <abbr title="Service level">SLO</abbr>, <a class="nf-ref nf-page" name="old" href="/essays/">old</a></p>
    <div class="wide" id="box" aria-label="Box">
    <p><em>Markdown</em> with a <a href="#box">link</a> and one <a href="#old">to a name</a></p>
    </div>
    <details><summary>More</summary>
    <p>Hidden.</p>
    </details>
    <p>1 &lt; 2 and 3 &gt; 2</p>
    <p><video src="/v.mp4" controls=""></video></p>
    "##);
}

#[test]
fn html_that_could_act_is_taken_out() {
    let text = "\
<script>alert(1)</script>

<p onclick=\"alert(2)\" style=\"color: red\">Clicked <a href=\"javascript:alert(3)\">here</a></p>

<iframe src=\"https://example.com/\"></iframe>

<svg onload=alert(4)><a xlink:href=\"javascript:alert(5)\"><text>drawn</text></a></svg>

<img src=/_headers alt=x onerror=alert(6)> <form action=\"/x\"><button>send</button></form> <a href=\"  JaVaScRiPt&#58;alert(7)\">k</a>

<math><mtext><img src=x onerror=alert(8)></mtext></math><style>p { color: red }</style>

<img src=\"data:text/html,x\"> <input type=\"password\" name=\"p\">";
    insta::assert_snapshot!(body(text), @r#"

    <p>Clicked <a>here</a></p>

    <p><a>drawn</a></p>
    <p><img src="/_headers" alt="x"> send <a>k</a></p>
    <p><math><mtext></mtext></math></p>
    <p><img> </p>
    "#);
}

#[test]
fn an_author_is_told_what_is_taken_out_and_what_to_write() {
    let text = "\
<script>alert(1)</script>

<p onclick=\"x()\"
style=\"color: red\">Text</p>

<iframe src=\"https://example.com/\"></iframe> and <svg></svg> and <blink>a < b</blink>

<a href=\"javascript:x()\" target=\"_blank\">x</a> <style>p {}</style>";
    insta::assert_snapshot!(said(text), @r#"
    warning[removed-html]: `<script>` and what it holds are taken out of the page
     --> content/essays/a.md:6:1
      |
    6 | <script>alert(1)</script>
      | ^^^^^^^^
      |
      = help: put the script into a file of `content/static/`, and name that in the theme's `hooks/head.html`

    warning[removed-html]: the attribute `onclick` is taken out of the page
     --> content/essays/a.md:8:1
      |
    8 | <p onclick="x()"
      | ^^^^^^^^^^^^^^^^
      |
      = help: put the script into a file of `content/static/`, and name that in the theme's `hooks/head.html`

    note[ignored-attributes]: attributes of HTML do nothing here: `style`, `target`
     --> content/essays/a.md:8:1
      |
    8 | <p onclick="x()"
      | ^^^^^^^^^^^^^^^^
      |
      = help: in the place of a `style` give the element a class, and style that in a file of `extra_css`

    warning[removed-html]: `<iframe>` and what it holds are taken out of the page
      --> content/essays/a.md:11:1
       |
    11 | <iframe src="https://example.com/"></iframe> and <svg></svg> and <blink>a < b</blink>
       | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
       |
       = help: link to the page instead, or say `html: trusted` in site.yaml and name its host under `csp`

    warning[removed-html]: `<svg>` is taken out of the page
      --> content/essays/a.md:11:50
       |
    11 | <iframe src="https://example.com/"></iframe> and <svg></svg> and <blink>a < b</blink>
       |                                                  ^^^^^
       |
       = help: keep the drawing in a file and show it with `![…](drawing.svg)`

    warning[removed-html]: `<blink>` is taken out of the page
      --> content/essays/a.md:11:66
       |
    11 | <iframe src="https://example.com/"></iframe> and <svg></svg> and <blink>a < b</blink>
       |                                                                  ^^^^^^^
       |
       = help: write it in Markdown, in backticks if it should show as text, or say `html: trusted` in site.yaml

    warning[removed-html]: an address that begins with `javascript:` is taken out of the page
      --> content/essays/a.md:13:1
       |
    13 | <a href="javascript:x()" target="_blank">x</a> <style>p {}</style>
       | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
       |
       = help: link to a page with https

    warning[removed-html]: `<style>` and what it holds are taken out of the page
      --> content/essays/a.md:13:48
       |
    13 | <a href="javascript:x()" target="_blank">x</a> <style>p {}</style>
       |                                                ^^^^^^^
       |
       = help: put styles in a file of `extra_css`
    "#);
}

#[test]
fn html_is_left_alone_where_it_is_trusted() {
    let text = "<script>alert(1)</script>\n<p style=\"color: red\">*as it is* <custom-element onclick=\"x()\">";
    let site = TestSite::new()
        .file("content/site.yaml", "title: Test\nbase_url: https://example.org\nhtml: trusted\n")
        .essay("a", "", text);
    insta::assert_snapshot!(site.said(), @r#"
    warning[inline-script]: a script in the page: the policy of pages refuses it
     --> content/essays/a.md:6:1
      |
    6 | <script>alert(1)</script>
      | ^^^^^^^^
      |
      = help: put it into a file of `content/static/` and name that with `src`, or allow it by its hash: `csp: {script-src: [sha256-…]}`

    warning[inline-style]: the attribute `style`: the policy of pages refuses it
     --> content/essays/a.md:7:1
      |
    7 | <p style="color: red">*as it is* <custom-element onclick="x()">
      | ^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: style a class in a file of `extra_css`, or allow all such styles: `csp: {style-src: [unsafe-inline]}`

    warning[inline-script]: the attribute `onclick`: the policy of pages refuses it
     --> content/essays/a.md:7:34
      |
    7 | <p style="color: red">*as it is* <custom-element onclick="x()">
      |                                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: listen in a script file: `element.addEventListener(…)`
    "#);
    assert_eq!(site.body("/essays/a/"), format!("{text}\n"));
    // What a site allows is not told.
    let hash = "sha256-CVASNH7AmFDEgcrxr3iVoykvcvWeCnnM4Hr4u3Mou/w=";
    let site = site.file(
        "content/site.yaml",
        format!("title: Test\nbase_url: https://example.org\nhtml: trusted\ncsp: {{script-src: {hash}, style-src: unsafe-inline}}\n"),
    );
    assert_eq!(site.said(), "");
}

#[test]
fn the_sanitiser_takes_nothing_from_what_markdown_makes() {
    let text = "\
## Kept {#kept .wide}

| A | B |
|--:|:-:|
| 1 | 2 |

```rust
let x = 1;
```

- [x] done
- [ ] to do

> [!NOTE]
> See [lag](pattern:lag) and [out](https://example.com/ \"Out\").

> Said
> — Someone

![Boats](/boats.svg \"Noon\")

3. Third
4. Fourth[^1]

Lag
: A delay of $\\frac{a}{b}$ or $$\\sqrt{x} \\neq \\begin{matrix}1&2\\\\3&4\\end{matrix}$$

[^1]: A note, <a@b.example>, ~~gone~~  
    and *more*.";
    let made = |more: &str| {
        let site = TestSite::new().file("content/static/boats.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>");
        let site = site.essay("a", "math: true", &format!("{text}{more}"));
        site.build();
        site.body("/essays/a/")
    };
    // The same elements, written the way of HTML rather than of XML.
    let as_html = made("").replace("<mspace width=\"1em\" />", "<mspace width=\"1em\"></mspace>").replace(" />", ">");
    assert_eq!(made("\n\n<!-- a comment -->").replace("\n\n", "\n").trim_end(), as_html.trim_end());
}

#[test]
fn prices_survive_where_mathematics_is_not_asked_for() {
    assert_eq!(body("It cost $5, then $10, and $x^2$."), "<p>It cost $5, then $10, and $x^2$.</p>\n");
}

#[test]
fn spaces_of_formulas_are_spaces_and_their_elements_have_end_tags() {
    let site = TestSite::new().essay("a", "math: true", "$12\\ h~c$, $\\text{if so }a$, $a\\quad b\\,c$");
    site.build();
    let page = site.body("/essays/a/");
    assert!(page.contains("<mn>12</mn><mtext>\u{a0}</mtext><mi>h</mi><mtext>\u{a0}</mtext><mi>c</mi>"), "{page}");
    assert!(page.contains("<mtext>if so\u{a0}</mtext>"), "{page}");
    assert!(page.contains("<mi>a</mi><mspace width=\"1em\"></mspace><mi>b</mi>"), "{page}");
    assert!(!page.contains("nbsp") && !page.contains("/>"), "{page}");
}

#[test]
fn formulas_become_mathml_where_they_are_asked_for() {
    insta::assert_snapshot!(body_with("math: true", "It cost \\$5, $x^2 < 1$ and `$x$`.\n\n$$\\frac{a}{b}$$"), @r#"
    <p>It cost $5, <math><semantics><mrow><msup><mi>x</mi><mn>2</mn></msup><mo>&lt;</mo><mn>1</mn></mrow><annotation encoding="application/x-tex">x^2 &lt; 1</annotation></semantics></math> and <code>$x$</code>.</p>
    <p><math display="block"><semantics><mfrac><mi>a</mi><mi>b</mi></mfrac><annotation encoding="application/x-tex">\frac{a}{b}</annotation></semantics></math></p>
    "#);
}

#[test]
fn a_formula_that_can_not_be_read_is_shown_as_code() {
    insta::assert_snapshot!(body_with("math: true", "$\\bad{x}$ $\\color{red\"onclick=\"x}y$ $\\href{javascript:x}{y}$"), @r#"<p><code class="nf-math-error">\bad{x}</code> <code class="nf-math-error">\color{red"onclick="x}y</code> <code class="nf-math-error">\href{javascript:x}{y}</code></p>"#);
}

#[test]
fn a_formula_brings_no_html() {
    let html = body_with("math: true", "$\\text{<script>x</script>}$ $</annotation><script>x</script>$ $<img src=x>$");
    assert_eq!(html.matches("<math").count(), 3);
    for element in ["<script", "<img", "</annotation><s"] {
        assert!(!html.contains(element), "{html}");
    }
}

#[test]
fn code_in_a_language_that_is_known_has_classes() {
    insta::assert_snapshot!(body("```rust\nlet a = \"<b>\";\n```\n\n```python title=\"x\"\nx = 1  # one\n```\n\n```sh\nls | wc\n```\n\n```yaml\na: [1]\n```"), @r#"
    <pre class="nf-code" data-language="rust" tabindex="0"><code class="language-rust"><span class="hl-storage hl-type hl-rust">let</span> a <span class="hl-keyword hl-operator hl-assignment">=</span> <span class="hl-string hl-quoted hl-double"><span class="hl-punctuation hl-definition hl-string">"</span>&lt;b&gt;<span class="hl-punctuation hl-definition hl-string">"</span></span><span class="hl-punctuation hl-terminator hl-rust">;</span>
    </code></pre>
    <pre class="nf-code" data-language="python" tabindex="0"><code class="language-python">x <span class="hl-keyword hl-operator hl-assignment">=</span> <span class="hl-constant hl-numeric hl-integer">1</span>  <span class="hl-comment hl-line hl-number-sign"><span class="hl-punctuation hl-definition hl-comment">#</span> one
    </span></code></pre>
    <pre class="nf-code" data-language="sh" tabindex="0"><code class="language-sh"><span class="hl-variable hl-function hl-shell">ls</span> <span class="hl-keyword hl-operator hl-logical">|</span> <span class="hl-variable hl-function hl-shell">wc</span>
    </code></pre>
    <pre class="nf-code" data-language="yaml" tabindex="0"><code class="language-yaml"><span class="hl-string hl-unquoted hl-plain"><span class="hl-entity hl-name hl-tag">a</span></span><span class="hl-punctuation hl-separator hl-key-value">:</span> <span class="hl-punctuation hl-definition hl-sequence">[</span><span class="hl-constant hl-numeric hl-integer">1</span><span class="hl-punctuation hl-definition hl-sequence">]</span>
    </code></pre>
    "#);
}

#[test]
fn code_in_no_language_or_an_unknown_one_is_plain() {
    insta::assert_snapshot!(body("```\n<b> & \"q\"\n```\n\n```unheard-of <i> \"x\"\n<b>\n```\n\n```text\nplain\n```\n\n    indented *text*\n\nAnd `inline <b>`."), @r#"
    <pre><code>&lt;b&gt; &amp; "q"
    </code></pre>
    <pre class="nf-code" data-language="unheard-of" tabindex="0"><code class="language-unheard-of">&lt;b&gt;
    </code></pre>
    <pre class="nf-code" tabindex="0"><code>plain
    </code></pre>
    <pre><code>indented *text*
    </code></pre>
    <p>And <code>inline &lt;b&gt;</code>.</p>
    "#);
}

#[test]
fn very_long_code_keeps_its_words_without_colours() {
    let line = format!("let a = \"{}\";", "x".repeat(3_000));
    let html = body(&format!("```rust\n{line}\n```"));
    assert!(html.starts_with("<pre class=\"nf-code\" data-language=\"rust\""), "{}", &html[..80]);
    assert!(html.contains("let a = \"xxx") && !html.contains("<span"));
}
