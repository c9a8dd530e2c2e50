//! HTML in, Markdown out: each element that has a form, what stays HTML, and what is told.

use ninefold::import::{html, markdown};

fn read(source: &str) -> String {
    markdown::write(&html::read(source, &|_| false).blocks)
}

/// What is told of it, kind and reason.
fn told(source: &str) -> Vec<String> {
    html::read(source, &|_| false)
        .losses
        .into_iter()
        .map(|loss| format!("{}: {}: {}", loss.line, loss.what, loss.why))
        .collect()
}

fn check(pairs: &[(&str, &str)]) {
    for (source, expected) in pairs {
        assert_eq!(read(source).trim_end_matches('\n'), *expected, "{source}");
    }
}

#[test]
fn words_keep_their_signs_and_marks_stand_where_they_are_taken_for_marks() {
    check(&[
        ("<p>the two <b>valve</b>s, the <i>Titan</i>\u{2019}s bow</p>", "the two **valve**s, the *Titan*\u{2019}s bow"),
        ("<p>it<b> failed</b></p>", "it **failed**"),
        ("<p><em>re</em>start</p>", "*re*start"),
        ("<p>a<em>\"b\"</em>c</p>", "a<em>\"b\"</em>c"),
        ("<p><b><i>both</i></b> <i>a</i><b>b</b></p>", "__*both*__ _a_**b**"),
        ("<p>once in 10<sup>6</sup> hours, H<sub>2</sub>O</p>", "once in 10<sup>6</sup> hours, H<sub>2</sub>O"),
        ("<p>run <code>echo `date` *</code></p>", "run ``echo `date` *``"),
        ("<p>run <code>a | b</code> and <code> x </code></p>", "run `a | b` and `x`"),
        ("<p><code>a <em>b</em> --c</code></p>", "<code>a <em>b</em> \\-\\-c</code>"),
        ("<p>2) The pump.<br>---<br># of them<br>#define</p>", "2\\) The pump.\\\n\\---\\\n\\# of them\\\n#define"),
        ("<p>127.*.*.* in C:\\temp\\* &amp;copy; &lt;b&gt;</p>", "127.\\*.\\*.\\* in C:\\temp\\\\\\* \\&copy; \\<b>"),
        ("<p>a&nbsp;b&nbsp; c</p><p>&nbsp;</p><p></p>", "a\u{a0}b\u{a0} c"),
        (
            "<p><kbd>Ctrl</kbd> <mark>m</mark> <abbr title=\"x y\">XY</abbr></p>",
            "<kbd>Ctrl</kbd> <mark>m</mark> <abbr title=\"x y\">XY</abbr>",
        ),
        ("<span style=\"color:red\">Red</span> <font size=2>small</font>", "Red small"),
        ("one<br><br>two<br>", "one\n\ntwo"),
    ]);
}

#[test]
fn links_and_pictures_have_addresses_of_any_form() {
    check(&[
        ("<a href=\"/a b(c\">x [y]</a>", "[x \\[y\\]](</a b(c>)"),
        (
            "<a href=\"https://a.example/?x=1&amp;y_z\">https://a.example/?x=1&amp;y_z</a>",
            "<https://a.example/?x=1&y_z>",
        ),
        ("<a href=\"mailto:a@b.example\">a@b.example</a>", "<a@b.example>"),
        ("Look!<a href=\"/x\">here</a>", "Look\\![here](/x)"),
        ("<a href=\"/x\"><img src=\"/q.png\" alt=\"Q\"></a>", "[![Q](/q.png)](/x)"),
        ("<a href=\"/x\"><h2>Head</h2><p>Words</p></a>", "## [Head](/x)\n\n[Words](/x)"),
        (
            "<img src=\"data:image/gif;base64,R0\" data-src=\"/q.png\" alt=\"Q\"><noscript><img src=\"/q.png\" alt=\"Q\"></noscript>",
            "![Q](/q.png)",
        ),
        ("<a href=\"javascript:x()\">go</a>", "go"),
    ]);
}

#[test]
fn figures_have_their_captions() {
    check(&[
        (
            "<figure><img src=\"/q.png\" alt=\"Q\"><figcaption>It \"grew\".</figcaption></figure>",
            "![Q](/q.png \"It \\\"grew\\\".\")",
        ),
        (
            "<figure><a href=\"/q.png\"><img src=\"/q-300x200.png\" alt=\"Q\"></a><figcaption>It grew.</figcaption></figure>",
            "![Q](/q-300x200.png \"It grew.\")",
        ),
        (
            "<figure><img src=\"/q.png\" alt=\"Q\"><figcaption>By <a href=\"/x\">X</a></figcaption></figure>",
            "<figure><img src=\"/q.png\" alt=\"Q\"><figcaption>By <a href=\"/x\">X</a></figcaption></figure>",
        ),
        (
            "<figure><ul><li><figure><img src=\"/a.png\" alt=\"A\"></figure></li><li><figure><img src=\"/b.png\" alt=\"B\"><figcaption>b</figcaption></figure></li></ul><figcaption>Both.</figcaption></figure>",
            "![A](/a.png)\n\n![B](/b.png \"b\")\n\nBoth.",
        ),
        (
            "<figure><blockquote><p>Said.</p></blockquote><figcaption>Nora</figcaption></figure>",
            "> Said.\n>\n> \u{2014} Nora",
        ),
        ("<figure><div>\nhttps://youtu.be/abcdefghijk\n</div></figure>", "<https://youtu.be/abcdefghijk>"),
        ("<figure><video controls src=\"/v.mp4\"></video></figure>", "<video controls src=\"/v.mp4\">\n</video>"),
    ]);
}

#[test]
fn lists_quotations_code_and_tables() {
    check(&[
        ("<ul><li>a<ol start=3><li>b</li></ol></li><li><p>c</p><p>d</p></li></ul>", "- a\n\n  3. b\n\n- c\n\n  d"),
        ("<ol><li>open<li>shut</ol><ol><li>again</ol>", "1. open\n2. shut\n\n1) again"),
        ("<ul>\n<li>a</li>\n<ul><li>b</li></ul>\n</ul>", "- a\n  - b"),
        (
            "<ul><li><input type=checkbox checked> done</li><li><input type=checkbox> open</li></ul>",
            "- [x] done\n- [ ] open",
        ),
        (
            "<blockquote><p>Said.</p><cite>Nora, <em>Notes</em></cite></blockquote>",
            "> Said.\n>\n> \u{2014} Nora, *Notes*",
        ),
        ("<pre class=\"lang-rust\"><code>let a = 1;\n\n  ```\n</code></pre>", "````rust\nlet a = 1;\n\n  ```\n````"),
        ("<pre>a  b\n\tc &lt; d<br>e</pre>", "```\na  b\n\tc < d\ne\n```"),
        (
            "<table><thead><tr><th>When<th style=\"text-align: right\">n<tbody><tr><td>a|b<td style=\"text-align:right\"><code>c|d</code></table>",
            "| When | n |\n| --- | --: |\n| a\\|b | `c\\|d` |",
        ),
        (
            "<table><tr><td>a</td><td>b<br>c</td></tr><tr><td>d</td></tr></table>",
            "|  |  |\n| --- | --- |\n| a | b<br>c |\n| d |  |",
        ),
        ("<table><tr><td><p>One</p><ul><li>two</ul></td></tr></table>", "One\n\n- two"),
        (
            "<dl><dt>Lag<dd>What comes <em>late</em>.<dt>Load<dd>a<dd>b</dl>",
            "Lag\n: What comes *late*.\n\nLoad\n: a\n: b",
        ),
        (
            "<h3 id=\"h-why\">Why?</h3><h2 id=\"why\">Why</h2><h4>C#  #</h4>",
            "### Why? {#h-why}\n\n## Why\n\n#### C# \\#",
        ),
        ("<div>a<p>b</p>c<hr></div>", "a\n\nb\n\nc\n\n---"),
        ("<center>a</center><section><header><h2>b</h2></header></section>", "a\n\n## b"),
    ]);
}

#[test]
fn footnotes_are_footnotes_and_places_that_are_linked_to_stay() {
    check(&[
        (
            "<p>It fell<sup><a href=\"#fn1\" id=\"fnref1\">1</a></sup>.</p><ol class=\"footnotes\"><li id=\"fn1\">Twice. <a href=\"#fnref1\">\u{21a9}</a></li></ol>",
            "It fell[^1].\n\n[^1]: Twice.",
        ),
        (
            "<p id=\"there\">There.</p><p><a href=\"#there\">back</a></p>",
            "<a id=\"there\"></a>There.\n\n[back](#there)",
        ),
        ("<p id=\"there\">There.</p>", "There."),
    ]);
}

#[test]
fn what_has_no_form_stays_or_goes_and_is_told() {
    assert_eq!(
        told(
            "<script src=\"/x.js\"></script><p>a</p>\n<form><input name=q><button>Go</button></form>\n<table><tr><td colspan=2>x</td></tr><tr><td>a<td>b</table>"
        ),
        [
            "0: `<script>`: left out: /x.js",
            "1: `<input>`: left out",
            "1: `<button>`: its words stay: Go",
            "1: `<form>`: its words stay",
            "2: `<table>` that has no form in Markdown: stays HTML: cells span others",
        ]
    );
    check(&[
        (
            "<table><tr><td colspan=\"2\" style=\"x\">x</td></tr>\n\n<tr><td>a</td><td>b</td></tr></table>",
            "<table><tbody><tr><td colspan=\"2\">x</td></tr> <tr><td>a</td><td>b</td></tr></tbody></table>",
        ),
        (
            "<details><summary>More</summary>\n\n<pre>a\n\nb</pre></details>",
            "<details><summary>More</summary> <pre>a&#10;&#10;b</pre></details>",
        ),
        (
            "<iframe src=\"//www.youtube.com/embed/abcdefghijk\"></iframe>",
            "<https://www.youtube.com/watch?v=abcdefghijk>",
        ),
        ("<script src=\"https://gist.github.com/nora/1a2b.js\"></script>", "<https://gist.github.com/nora/1a2b>"),
    ]);
    assert_eq!(
        told("<iframe src=\"https://other.example/x\"></iframe>"),
        ["0: `<iframe>` of other hosts: a link stands in its place: https://other.example/x"]
    );
}

#[test]
fn html_that_is_nested_too_deep_comes_as_words() {
    let deep = format!("{}one\n\ntwo{}", "<div>".repeat(401), "</div>".repeat(401));
    check(&[(&deep, "one\n\ntwo")]);
    assert_eq!(told(&deep), ["0: HTML that is nested too deep: the words alone were brought"]);
}
