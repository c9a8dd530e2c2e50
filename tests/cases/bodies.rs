//! What Markdown beyond CommonMark becomes: tables, lists of tasks and definitions, headings, alerts.

use crate::support::TestSite;

/// The body of an essay, on a site without an error.
pub fn body(markdown: &str) -> String {
    body_with("", markdown)
}

/// The same with more front matter.
pub fn body_with(front: &str, markdown: &str) -> String {
    let site = TestSite::new().essay("a", front, markdown);
    site.build();
    site.body("/essays/a/")
}

/// What is said of an essay.
pub fn said(markdown: &str) -> String {
    TestSite::new().essay("a", "", markdown).said()
}

#[test]
fn a_table_keeps_its_columns_and_can_be_scrolled() {
    let table = "\
| Left | Centre | Right | Plain |
|:-----|:------:|------:|-------|
| *a*  | `b`    | 1     | x \\| y |
| only |";
    insta::assert_snapshot!(body(table), @r#"
    <div class="nf-table" tabindex="0" role="region" aria-label="Table">
    <table><thead><tr><th class="nf-left">Left</th><th class="nf-centre">Centre</th><th class="nf-right">Right</th><th>Plain</th></tr></thead><tbody>
    <tr><td class="nf-left"><em>a</em></td><td class="nf-centre"><code>b</code></td><td class="nf-right">1</td><td>x | y</td></tr>
    <tr><td class="nf-left">only</td><td></td><td></td><td></td></tr>
    </tbody></table>
    </div>
    "#);
}

#[test]
fn a_table_keeps_its_columns_where_html_is_sanitised() {
    insta::assert_snapshot!(body("| Key | Count |\n|:---:|------:|\n| <kbd>a</kbd> | 1 |"), @r#"
    <div class="nf-table" tabindex="0" role="region" aria-label="Table">
    <table><thead><tr><th class="nf-centre">Key</th><th class="nf-right">Count</th></tr></thead><tbody>
    <tr><td class="nf-centre"><kbd>a</kbd></td><td class="nf-right">1</td></tr>
    </tbody></table>
    </div>
    "#);
}

#[test]
fn a_feed_says_in_each_cell_how_it_is_aligned() {
    let table = "| Key | Count |\n|:---:|------:|\n| a | 1 |";
    for text in [table.to_owned(), format!("{table}\n\nWith <kbd>HTML</kbd>.")] {
        let site = TestSite::new().essay("a", "", &text);
        site.build();
        let feed = site.page("/feed.xml");
        assert!(feed.contains("&lt;td align=\"right\"&gt;1&lt;/td&gt;"), "{feed}");
        assert!(!feed.contains("style="), "{feed}");
    }
}

#[test]
fn tasks_are_boxes_with_a_name() {
    insta::assert_snapshot!(body("- [ ] call them\n- [x] write it *down*\n- neither\n\n1. [X] loose\n\n2. [ ] too"), @r#"
    <ul>
    <li><input disabled="" type="checkbox" aria-label="to do" />
    call them</li>
    <li><input disabled="" type="checkbox" aria-label="done" checked="" />
    write it <em>down</em></li>
    <li>neither</li>
    </ul>
    <ol>
    <li>
    <p><input disabled="" type="checkbox" aria-label="done" checked="" />
    loose</p>
    </li>
    <li>
    <p><input disabled="" type="checkbox" aria-label="to do" />
    too</p>
    </li>
    </ol>
    "#);
}

#[test]
fn words_struck_out_and_marks_of_print() {
    insta::assert_snapshot!(body("~~gone~~ a~b~c \"Quoted,\" she said -- 'it's' --- and so on... `\"code\" -- stays`"), @r#"<p><del>gone</del> a~b~c “Quoted,” she said – ‘it’s’ — and so on… <code>"code" -- stays</code></p>"#);
}

#[test]
fn headings_have_ids_of_their_own() {
    let headings = "\
# Ports
## Two words *and* `code`
## Two words and code
### Limits {#mine}
#### Classed {.wide .calm}
##### Über [ports](https://example.com/)!
## ??
## nf-notes
Underlined
------
## Evidence {#here pattern=lag concept=florescence}";
    insta::assert_snapshot!(body(headings), @r#"
    <h1 id="ports">Ports</h1>
    <h2 id="two-words-and-code">Two words <em>and</em> <code>code</code></h2>
    <h2 id="two-words-and-code-2">Two words and code</h2>
    <h3 id="mine">Limits</h3>
    <h4 id="classed" class="wide calm">Classed</h4>
    <h5 id="uber-ports">Über <a href="https://example.com/">ports</a>!</h5>
    <h2 id="section">??</h2>
    <h2 id="section-nf-notes">nf-notes</h2>
    <h2 id="underlined">Underlined</h2>
    <h2 id="here">Evidence</h2>
    "#);
}

#[test]
fn what_a_heading_can_not_have_is_said() {
    insta::assert_snapshot!(said("## A {#x patern=lag}\n\n## B {#x pattern=lagg}\n\n## C {#nf-c colour=red}\n\n## D {concept=florescense}"), @"
    error[unknown-attribute]: a heading has no attribute `patern`
     --> content/essays/a.md:6:1
      |
    6 | ## A {#x patern=lag}
      | ^^^^^^^^^^^^^^^^^^^^
      |
      = help: did you mean `pattern`?

    error[duplicate-id]: two headings have the id `x`
     --> content/essays/a.md:8:1
      |
    8 | ## B {#x pattern=lagg}
      | ^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: give each heading an id of its own, or none

    error[unknown-pattern]: there is no pattern `lagg`
     --> content/essays/a.md:8:1
      |
    8 | ## B {#x pattern=lagg}
      | ^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: did you mean `lag`?

    error[reserved-id]: the id `nf-c` begins with `nf-`
      --> content/essays/a.md:10:1
       |
    10 | ## C {#nf-c colour=red}
       | ^^^^^^^^^^^^^^^^^^^^^^^
       |
       = help: names of the theme's own parts begin so; choose another

    warning[unknown-attribute]: a heading has no attribute `colour`
      --> content/essays/a.md:10:1
       |
    10 | ## C {#nf-c colour=red}
       | ^^^^^^^^^^^^^^^^^^^^^^^
       |
       = help: known here: pattern, concept, incident, and an id such as `#limits`; others are left out

    error[unknown-concept]: there is no concept `florescense`
      --> content/essays/a.md:12:1
       |
    12 | ## D {concept=florescense}
       | ^^^^^^^^^^^^^^^^^^^^^^^^^^
       |
       = help: did you mean `florescence`?
       = help: create it with `ninefold new concept florescense`
    ");
}

#[test]
fn an_alert_has_its_kind_and_a_title() {
    let alerts = "\
> [!NOTE]
> A *note*.

> [!TIP]
> One.
>
> - Two

> [!IMPORTANT]
> Three

> [!WARNING]
> Four

> [!caution]
> Five

> [!OTHER]
> A quotation.";
    insta::assert_snapshot!(body(alerts), @r#"
    <div class="nf-alert nf-note">
    <p class="nf-alert-title">Note</p>
    <p>A <em>note</em>.</p>
    </div>
    <div class="nf-alert nf-tip">
    <p class="nf-alert-title">Tip</p>
    <p>One.</p>
    <ul>
    <li>Two</li>
    </ul>
    </div>
    <div class="nf-alert nf-important">
    <p class="nf-alert-title">Important</p>
    <p>Three</p>
    </div>
    <div class="nf-alert nf-warning">
    <p class="nf-alert-title">Warning</p>
    <p>Four</p>
    </div>
    <div class="nf-alert nf-caution">
    <p class="nf-alert-title">Caution</p>
    <p>Five</p>
    </div>
    <blockquote>
    <p>[!OTHER]
    A quotation.</p>
    </blockquote>
    "#);
}

#[test]
fn a_term_has_its_definitions() {
    insta::assert_snapshot!(body("Lag\n: A *delay*.\n\nPort\n: A number.\n: A harbour.\n\n  With boats.\n\nNo term : here"), @r#"
    <dl>
    <dt>Lag</dt>
    <dd>
    <p>A <em>delay</em>.</p>
    </dd>
    <dt>Port</dt>
    <dd>
    <p>A number.</p>
    </dd>
    <dd>
    <p>A harbour.</p>
    <p>With boats.</p>
    </dd>
    </dl>
    <p>No term : here</p>
    "#);
}

#[test]
fn content_is_no_template() {
    let text = "{{ page.title }} {% raw %} {# no #} `{{ x }}` ${y}\n\n## {{ z }}\n\n```\n{% if x %}\n```";
    insta::assert_snapshot!(body(text), @r#"
    <p>{{ page.title }} {% raw %} {# no #} <code>{{ x }}</code> ${y}</p>
    <h2 id="z">{{ z }}</h2>
    <pre><code>{% if x %}
    </code></pre>
    "#);
}
