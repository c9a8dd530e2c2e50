//! Signs that are nearly marks: braces that are no attributes, colons that define nothing, dollar signs of prices.

use super::bodies::{body, body_with};
use crate::support::TestSite;

#[test]
fn braces_at_the_end_of_a_heading_that_are_no_attributes_are_text() {
    let text = "## The variable ${x}\n\n## Nothing in {}\n\n## Pick {n}\n\n## Jinja {% y %}\n\n## Twice {{ z }}\n\n\
                > - ## Set {*a*, b}\n\nLine {w}\n---\n\n## Own {#id .wide}\n\n## Both {a} {#both}\n\n```sh\n# Not {this}\n```\n\n\
                ## Equal {x == y}\n\n## Formula {a} ##";
    insta::assert_snapshot!(body(text), @r#"
    <h2 id="the-variable-x">The variable ${x}</h2>
    <h2 id="nothing-in">Nothing in {}</h2>
    <h2 id="pick-n">Pick {n}</h2>
    <h2 id="jinja-y">Jinja {% y %}</h2>
    <h2 id="twice-z">Twice {{ z }}</h2>
    <blockquote>
    <ul>
    <li>
    <h2 id="set-a-b">Set {<em>a</em>, b}</h2>
    </li>
    </ul>
    </blockquote>
    <h2 id="line-w">Line {w}</h2>
    <h2 id="id" class="wide">Own</h2>
    <h2 id="both">Both {a}</h2>
    <pre class="nf-code" data-language="sh" tabindex="0"><code class="language-sh"><span class="hl-comment hl-line hl-number-sign"><span class="hl-punctuation hl-definition hl-comment">#</span></span><span class="hl-comment hl-line hl-number-sign"> Not {this}</span><span class="hl-comment hl-line hl-number-sign">
    </span></code></pre>
    <h2 id="equal-x-y">Equal {x == y}</h2>
    <h2 id="formula-a">Formula {a}</h2>
    "#);
    let view = TestSite::new().essay("a", "", text).view("/essays/a/");
    let entries = view["data"]["essay"]["contents"].as_array().expect("contents");
    let words: Vec<&str> = entries.iter().filter_map(|entry| entry["text"].as_str()).collect();
    assert_eq!(words[..5], ["The variable ${x}", "Nothing in {}", "Pick {n}", "Jinja {% y %}", "Twice {{ z }}"]);
}

#[test]
fn attributes_of_headings_are_still_attributes() {
    let site = TestSite::new().essay("a", "", "## A {#b pattern=lag}\n\nText.\n\n## C {wide=1}");
    let said = site.said();
    assert!(said.contains("a heading has no attribute `wide`"), "{said}");
    let view = site.view("/essays/a/");
    assert_eq!(view["data"]["essay"]["contents"][0]["id"], "b");
    assert_eq!(view["data"]["essay"]["patterns"][0]["id"], "lag");
}

#[test]
fn a_row_of_alignments_may_begin_with_a_colon() {
    insta::assert_snapshot!(body("Name | Size\n:--|--:\na | 1\n\n> x | y\n> :-: | -\n> 1 | 2"), @r#"
    <div class="nf-table" tabindex="0" role="region" aria-label="Table">
    <table><thead><tr><th class="nf-left">Name</th><th class="nf-right">Size</th></tr></thead><tbody>
    <tr><td class="nf-left">a</td><td class="nf-right">1</td></tr>
    </tbody></table>
    </div>
    <blockquote>
    <div class="nf-table" tabindex="0" role="region" aria-label="Table">
    <table><thead><tr><th class="nf-centre">x</th><th>y</th></tr></thead><tbody>
    <tr><td class="nf-centre">1</td><td>2</td></tr>
    </tbody></table>
    </div>
    </blockquote>
    "#);
}

#[test]
fn a_colon_without_white_space_defines_nothing() {
    let text = "We marked it with the\n:evergreen_tree: emoji, and laughed\n:) a little. A screen of 16\n:9 is wide.\n\n\
                Term\n: A meaning.\n\n> Quoted\n> :x\n\n```\na\n:b\n```\n\nLast\n\n:*word* `:c`";
    insta::assert_snapshot!(body(text), @"
    <p>We marked it with the
    :evergreen_tree: emoji, and laughed
    :) a little. A screen of 16
    :9 is wide.</p>
    <dl>
    <dt>Term</dt>
    <dd>A meaning.</dd>
    </dl>
    <blockquote>
    <p>Quoted
    :x</p>
    </blockquote>
    <pre><code>a
    :b
    </code></pre>
    <p>Last</p>
    <p>:<em>word</em> <code>:c</code></p>
    ");
}

#[test]
fn prices_beside_formulas_stay_prices() {
    let text = "The bill went from $1M/$2M a year to more, US$20/US$30 a seat, $5-$10 each. It is $x$ or $5 or $y$.\n\n\
                | $1 | $2 |\n|----|----|\n|$3/$4|$z$|";
    let page = body_with("math: true", text);
    assert!(
        page.starts_with("<p>The bill went from $1M/$2M a year to more, US$20/US$30 a seat, $5-$10 each. It is <math"),
        "{page}"
    );
    assert!(page.contains(" or $5 or <math") && page.contains("<td>$3/$4</td>"), "{page}");
    assert_eq!(page.matches("<math").count(), 3, "{page}");
}

#[test]
fn commas_separate_and_group_as_they_do_in_tex() {
    let page = body_with("math: true", "$(3,4)$ $1{,}000$ $x_{1,2}$ $3,4^2$ $\\mu$");
    for part in [
        "<mn>3</mn><mo>,</mo><mn>4</mn>",
        "<mn>1,000</mn>",
        "<mn>1</mn><mo>,</mo><mn>2</mn>",
        "<mn>3</mn><mo>,</mo><msup><mn>4</mn><mn>2</mn></msup>",
        "<mi>\u{3bc}</mi>",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
}

#[test]
fn what_is_wrong_with_a_formula_is_told_where_it_stands() {
    let text = "Of $a + \\alhpa$ and\n$\\begin{pmatrx}x\\end{pmatrx}$ and\n\n> $$\n> \\frac{a}{b\n> $$\n\n\
                and $x}$ and $\\begin{cases}x$ and $\\wumm$.";
    insta::assert_snapshot!(TestSite::new().essay("a", "math: true", text).said(), @r"
    warning[formula]: formulas have no command `\alhpa`
     --> content/essays/a.md:7:9
      |
    7 | Of $a + \alhpa$ and
      |         ^^^^^^
      |
      = help: did you mean `\alpha`?

    warning[formula]: formulas have no environment `pmatrx`
     --> content/essays/a.md:8:2
      |
    8 | $\begin{pmatrx}x\end{pmatrx}$ and
      |  ^^^^^^
      |
      = help: did you mean `\begin{pmatrix}`?

    warning[formula]: `{` is never closed
      --> content/essays/a.md:11:11
       |
    11 | > \frac{a}{b
       |           ^
       |
       = help: end it with `}`, or write `\{` to show it

    warning[formula]: `}` closes nothing
      --> content/essays/a.md:14:7
       |
    14 | and $x}$ and $\begin{cases}x$ and $\wumm$.
       |       ^
       |
       = help: take it out, or write `\}` to show it

    warning[formula]: `\begin{cases}` is never ended
      --> content/essays/a.md:14:15
       |
    14 | and $x}$ and $\begin{cases}x$ and $\wumm$.
       |               ^^^^^^
       |
       = help: end it with `\end{cases}`

    warning[formula]: formulas have no command `\wumm`
      --> content/essays/a.md:14:36
       |
    14 | and $x}$ and $\begin{cases}x$ and $\wumm$.
       |                                    ^^^^^
       |
       = help: to show it as words write `\text{wumm}`
    ");
}
