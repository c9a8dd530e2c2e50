//! Jekyll's texts in a site of ours.

use ninefold::import::Kind;

use super::{Move, told};

fn moved() -> Move {
    Move::new(Kind::Jekyll).file("_config.yml", "title: Old\nurl: https://old.example\nbaseurl: /log\n")
}

fn body(text: &str) -> String {
    text.split_once("---\n\n").map(|(_, body)| body.to_owned()).expect("a body")
}

#[test]
fn a_post_has_its_day_its_words_and_its_old_address() {
    let moved = moved().file(
        "_posts/2015-06-07-slow-disk.md",
        "---\nlayout: post\ntitle:  \"A slow disk\"\ndate: 2015-06-07 23:30:00 +0200\ncategories: ops Lag\ntags: [disks]\nauthor: ines\nredirect_from: /slow/\nexcerpt_separator: <!--cut-->\n---\nIt [was](https://a.example/) slow.\n<!--cut-->\nVery.\n",
    ).file("_data/authors.yml", "ines:\n  name: Ines Writer\n");
    moved.run();
    insta::assert_snapshot!(moved.made("content/essays/slow-disk.md"), @r"
    ---
    title: A slow disk
    date: 2015-06-07T23:30+02:00
    summary: It was slow.
    authors:
    - Ines Writer
    patterns:
    - lag
    aliases:
    - /ops/lag/2015/06/07/slow-disk.html
    - /slow/
    extra:
      tags:
      - disks
      categories:
      - ops
    ---

    It [was](https://a.example/) slow.

    Very.
    ");
}

#[test]
fn the_day_of_an_address_is_that_of_the_sites_zone() {
    let moved = Move::new(Kind::Jekyll)
        .file("_config.yml", "timezone: Europe/Berlin\npermalink: /:year/:i_month/:i_day/:title\n")
        .file("_posts/2015-06-07-a.md", "---\ntitle: A\ndate: 2015-06-07 23:30:00 UTC\n---\nx\n")
        .file("_posts/2011-02-30-b.md", "---\ntitle: B\n---\nx\n");
    let imported = moved.run();
    assert!(moved.made("content/essays/a.md").contains("- /2015/6/8/a/\n"));
    assert!(moved.made("content/essays/b.md").contains("date: 2011-03-02\n"));
    assert_eq!(told(&imported, "Dates that are not on the calendar").len(), 1);
}

#[test]
fn liquid_becomes_what_it_means() {
    let moved = moved()
        .file("_posts/2015-01-02-first.md", "---\ntitle: First\n---\nx\n")
        .file("_includes/note.md", "Mind {{ include.what }}.")
        .file("assets/c.png", "png")
        .file(
            "_posts/2015-06-07-it.md",
            "---\ntitle: It\n---\nAs [we wrote]({% post_url 2015-01-02-first %}), [rules]({{ site.baseurl }}/rules/), [home]({{ \"/\" | relative_url }}), [gone]({% post_url 2001-01-01-x %}).\n![C]({{ site.baseurl }}/assets/c.png)\n\n{% highlight ruby linenos %}\nputs 1\n{% endhighlight %}\n\n{% raw %}`{{ x }}` and {{ y }}{% endraw %}{% comment %}no{% endcomment %}\n\n{% include note.md what=\"the gap\" %} {% include odd.html %}\n\n{% assign who = \"Ines\" %}By {{ who | upcase }} of {{ site.title }}.\n\n{% for x in y %}z{% endfor %}\n",
        );
    let imported = moved.run();
    insta::assert_snapshot!(body(&moved.made("content/essays/it.md")), @r#"
    As [we wrote](first.md), [rules](/rules/), [home](/), gone.
    ![C](/assets/c.png)

    ```ruby
    puts 1
    ```

    `{{ x }}` and {{ y }}

    Mind the gap. {% include odd.html %}

    By INES of Old.

    {% for x in y %}z{% endfor %}
    "#);
    assert!(moved.has("content/static/assets/c.png"));
    assert_eq!(told(&imported, "Liquid that is not known").len(), 3);
}

#[test]
fn kramdown_is_read_as_its_author_saw_it() {
    let moved = moved().file(
        "_posts/2015-06-07-it.md",
        "---\ntitle: It\n---\n* TOC\n{:toc}\n\n## Setup {#set-up .wide}\n{: .lead}\n\n### Next\n{: #then}\n\nA paragraph,\ntwo lines.\n{: #para .note}\n\nSee *this*{: .x} and `{: .y}` ~once~.\n\nTerm\n: Meaning\n\n*[SLO]: service level objective\n\nThe SLO[^1] of SLOs.\n\n{::comment}\nno\n{:/comment}\n\n<div class=\"a\">\n\n<p>One</p>\n\n<p>Two</p>\n</div>\n\n[^1]: A note.\n",
    );
    moved.run();
    let body = body(&moved.made("content/essays/it.md"));
    for words in [
        "## Setup {#set-up .wide}\n\n### Next {#then}\n\n<a id=\"para\"></a>A paragraph,\ntwo lines.\n\n",
        "See *this* and `{: .y}` \\~once\\~.\n\nTerm\n: Meaning\n\n",
        "The <abbr title=\"service level objective\">SLO</abbr>[^1] of SLOs.\n",
    ] {
        assert!(body.contains(words), "{words}\n---\n{body}");
    }
    for words in ["TOC", "toc", "*[SLO]", "comment", "no\n"] {
        assert!(!body.contains(words), "{words}\n---\n{body}");
    }
}

#[test]
fn drafts_pages_and_collections_have_their_places() {
    let moved = Move::new(Kind::Jekyll)
        .file("_config.yml", "collections:\n  notes:\n    output: true\n  data:\n    output: false\ndefaults:\n- scope: {path: \"\", type: posts}\n  values: {author: Ines}\n")
        .file("_posts/2015-06-07-a.md", "---\ntitle: A\npublished: false\n---\nx\n")
        .file("_drafts/b.md", "---\ntitle: B\n---\nx\n")
        .file("about.md", "---\ntitle: About\npermalink: /who/\n---\nx\n")
        .file("_notes/c.md", "---\ntitle: C\n---\nx\n")
        .file("_data/d.md", "---\ntitle: D\n---\nx\n")
        .file("list.html", "---\ntitle: List\n---\n{% for post in site.posts %}{{ post.title }}{% endfor %}\n")
        .file("README.md", "No front matter.\n");
    let imported = moved.run();
    assert!(moved.made("content/essays/a.md").contains("authors:\n- Ines\ndraft: true\n"));
    assert!(moved.made("content/essays/b.md").contains("draft: true\n"));
    assert!(moved.has("content/pages/who.md") && moved.has("content/pages/notes/c.md"));
    assert_eq!(told(&imported, "Pages that are templates").len(), 1);
    assert!(!imported.report.contains("README"), "{}", imported.report);
}
