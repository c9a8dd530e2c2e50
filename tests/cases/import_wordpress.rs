//! Exports of WordPress in, sites out.

use std::fs;

use ninefold::diagnostic::Diagnostic;
use ninefold::import::{self, Kind, Options};

use super::imports::made::{Made, options};

fn attempt(export: &str, change: impl Fn(&mut Options)) -> Result<Made, Diagnostic> {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("export.xml"), export).expect("the export");
    let uploads = folder.path().join("uploads/2018/11");
    fs::create_dir_all(&uploads).expect("uploads");
    fs::write(uploads.join("q.png"), "a picture").expect("an upload");
    fs::write(folder.path().join("secret.txt"), "not for readers").expect("a file outside");
    let mut options = options(Kind::Wordpress, folder.path().join("export.xml"), &folder.path().join("site"));
    change(&mut options);
    let imported = import::import(&options, &|_| {})?;
    Ok(Made { folder, imported })
}

fn import(items: &str) -> Made {
    attempt(&export(items), |_| {}).expect("an import")
}

/// An export with these items.
fn export(items: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" \
         xmlns:wp=\"http://wordpress.org/export/1.2/\">\n<channel><title>Old notes</title><link>https://old.example</link>\n\
         <wp:base_blog_url>https://old.example</wp:base_blog_url>\n<wp:author><wp:author_login>nora</wp:author_login>\
         <wp:author_display_name><![CDATA[Nora Writer]]></wp:author_display_name></wp:author>\n{items}\n</channel></rss>\n"
    )
}

/// A published post.
fn post(id: u32, name: &str, body: &str) -> String {
    item(id, name, "post", "publish", "", body)
}

fn item(id: u32, name: &str, kind: &str, status: &str, more: &str, body: &str) -> String {
    format!(
        "<item><title>The {name}</title><link>https://old.example/2018/11/03/{name}/</link><dc:creator>nora</dc:creator>\n\
         <content:encoded><![CDATA[{body}]]></content:encoded><wp:post_id>{id}</wp:post_id>\
         <wp:post_date>2018-11-03 15:20:00</wp:post_date><wp:post_date_gmt>2018-11-03 19:20:00</wp:post_date_gmt>\
         <wp:post_name>{name}</wp:post_name><wp:status>{status}</wp:status><wp:post_type>{kind}</wp:post_type>{more}</item>\n"
    )
}

/// The body alone.
fn body(source: &str) -> String {
    let made = import(&post(1, "post", source));
    let file = made.read("content/essays/post.md");
    file.split("\n---\n").nth(1).expect("a body").trim().to_owned()
}

#[test]
fn a_post_has_its_date_with_the_zone_its_words_and_its_old_address() {
    let more = "<category domain=\"category\"><![CDATA[Ops &amp; more]]></category><category domain=\"post_tag\">Lag</category>\
                <category domain=\"post_tag\">queues</category><excerpt:encoded>In short.</excerpt:encoded>";
    let made = import(&item(7, "lag", "post", "publish", more, "It grew."));
    insta::assert_snapshot!(made.read("content/essays/lag.md"), @r"
    ---
    title: The lag
    date: 2018-11-03T15:20-04:00
    summary: In short.
    authors:
    - Nora Writer
    patterns:
    - lag
    aliases:
    - /2018/11/03/lag/
    extra:
      categories:
      - Ops & more
      tags:
      - queues
    ---

    It grew.
    ");
    insta::assert_snapshot!(made.read("content/site.yaml"), @r"
    title: Old notes
    base_url: https://old.example
    ");
    assert!(made.imported.faults.is_empty(), "{:?}", made.imported.faults);
}

#[test]
fn the_block_editors_marks_go_and_its_blocks_stay() {
    let source = r#"<!-- wp:heading {"level":3} -->
<h3 id="h-why">Why?</h3>
<!-- /wp:heading -->

<!-- wp:columns --><div class="wp-block-columns"><!-- wp:column --><div class="wp-block-column"><!-- wp:paragraph -->
<p style="text-align:center">One <a href="https://old.example/2018/11/03/post/#h-why">before</a>.</p>
<!-- /wp:paragraph --></div><!-- /wp:column --></div><!-- /wp:columns -->

<!-- wp:code {"language":"c"} -->
<pre class="wp-block-code"><code>a &lt; b  [gallery]</code></pre>
<!-- /wp:code -->

<!-- wp:embed {"url":"https://youtu.be/abcdefghijk"} -->
<figure class="wp-block-embed"><div class="wp-block-embed__wrapper">
https://youtu.be/abcdefghijk
</div></figure>
<!-- /wp:embed -->

<!-- wp:file --><div class="wp-block-file"><a href="https://x.example/a.pdf">A</a><a href="https://x.example/a.pdf" class="wp-block-file__button">Download</a></div><!-- /wp:file -->

<!-- wp:pullquote --><figure class="wp-block-pullquote"><blockquote><p>One before.</p></blockquote></figure><!-- /wp:pullquote -->

<!-- wp:block {"ref":9} /-->
<!-- wp:latest-posts /-->"#;
    let again = item(9, "again", "wp_block", "publish", "", "<!-- wp:paragraph --><p>Again.</p><!-- /wp:paragraph -->");
    let made = import(&format!("{}{again}", post(1, "post", source)));
    let file = made.read("content/essays/post.md");
    insta::assert_snapshot!(file.split("\n---\n").nth(1).expect("a body"), @r"

    ### Why? {#h-why}

    One [before](#h-why).

    ```c
    a < b  [gallery]
    ```

    <https://youtu.be/abcdefghijk>

    [A](https://x.example/a.pdf)

    > **One before.**

    Again.
    ");
    assert_eq!(made.told("Block `latest-posts`").len(), 1);
    assert!(!made.has("content/essays/again.md"));
}

#[test]
fn the_classic_editors_lines_are_paragraphs_and_shortcodes_are_what_they_stand_for() {
    for (source, expected) in [
        ("One\ntwo.\n\n#define X\n127.*.*.*", "One\\\ntwo.\n\n#define X\\\n127.\\*.\\*.\\*"),
        (
            "[caption id=\"a\" width=\"300\"]<a href=\"/x\"><img src=\"https://x.example/q.png\" alt=\"Q\" /></a> It grew.[/caption]",
            "<figure><a href=\"https://old.example/x\"><img src=\"https://x.example/q.png\" alt=\"Q\"></a><figcaption>It grew.</figcaption></figure>",
        ),
        (
            "[caption]<img src=\"https://x.example/q.png\" alt=\"Q\" /> It grew.[/caption]",
            "![Q](https://x.example/q.png \"It grew.\")",
        ),
        (
            "a\n\n[sourcecode language=\"bash\"]\nif [[ -f x ]] && y; then\n\n  #z\n[/sourcecode]\nb",
            "a\n\n```bash\nif [[ -f x ]] && y; then\n\n  #z\n```\n\nb",
        ),
        ("It fell[ref]Twice, <em>in fact</em>.[/ref] here.", "It fell[^1] here.\n\n[^1]: Twice, *in fact*."),
        (
            "See\n\nhttps://vimeo.com/12345\n\nand [youtube id=\"abcdefghijk\"]",
            "See\n\n<https://vimeo.com/12345>\n\nand\n\n<https://www.youtube.com/watch?v=abcdefghijk>",
        ),
        ("[quote author=\"Nora\"]Said.[/quote]", "> Said.\n>\n> \u{2014} Nora"),
        (
            "[[caption]] as it is, [sic], [1] and <code>[gallery]</code>",
            "[caption] as it is, [sic], [1] and `[gallery]`",
        ),
        (
            "<a href=\"https://old.example/q/\" rel=\"attachment wp-att-9\">Q</a>, <a href=\"https://old.example/?p=1\">this</a>",
            "[Q](https://old.example/q/), [this](post.md)",
        ),
        ("[one_half]a[/one_half] [thing x=\"1\"]", "a\n\n[thing x=\"1\"]"),
        ("[button link=\"https://x.example/\"]Go[/button]", "[Go](https://x.example/)"),
    ] {
        assert_eq!(body(source), expected, "{source}");
    }
    let made = import(&post(1, "post", "One.\n\n[thing x=\"1\"]\n[contact-form to=\"a\"]"));
    assert_eq!(
        made.told("Shortcode `thing`"),
        ["- `export.xml:9`: `[thing x=\"1\"]` stays as it is written: it is not known"]
    );
    assert_eq!(made.told("Shortcode `contact-form`").len(), 1);
}

#[test]
fn galleries_are_runs_of_figures() {
    let upload = |id: u32, caption: &str| {
        let more = format!(
            "<excerpt:encoded><![CDATA[{caption}]]></excerpt:encoded><wp:attachment_url>https://x.example/{id}.png</wp:attachment_url>\
             <wp:post_parent>1</wp:post_parent><wp:postmeta><wp:meta_key>_wp_attachment_image_alt</wp:meta_key>\
             <wp:meta_value>Alt {id}</wp:meta_value></wp:postmeta>"
        );
        item(id, &format!("upload-{id}"), "attachment", "inherit", &more, "")
    };
    let made =
        import(&format!("{}{}{}", post(1, "post", "[gallery ids=\"3,2,4\"]"), upload(2, ""), upload(3, "Three.")));
    let file = made.read("content/essays/post.md");
    assert!(
        file.ends_with("![Alt 3](https://x.example/3.png \"Three.\")\n\n![Alt 2](https://x.example/2.png)\n"),
        "{file}"
    );
    assert_eq!(
        made.told("Pictures of galleries"),
        ["- `export.xml:7`: left out: the export has no file with the number 4"]
    );
}

#[test]
fn uploads_come_in_their_full_size_where_they_are_at_hand() {
    let source = "<img src=\"https://old.example/wp-content/uploads/2018/11/q-300x200.png\" alt=\"Q\">\n\n\
                  <img src=\"https://old.example/wp-content/uploads/2018/11/gone.png\" alt=\"G\">\n\n\
                  <a href=\"https://old.example/wp-content/uploads/../../secret.txt\">s</a>";
    let made = attempt(&export(&post(1, "post", source)), |options| {
        options.uploads = Some(options.source.with_file_name("uploads"));
    });
    let made = made.expect("an import");
    let file = made.read("content/essays/post/index.md");
    assert!(file.contains("![Q](q.png)"), "{file}");
    assert!(file.contains("![G](https://old.example/wp-content/uploads/2018/11/gone.png)"), "{file}");
    assert_eq!(made.read("content/essays/post/q.png"), "a picture");
    assert_eq!(made.told("Uploads that are not at hand").len(), 1);
    assert!(!made.has("content/essays/post/secret.txt"));
    // Without the folder the address stays.
    let made = import(&post(1, "post", "<img src=\"https://old.example/wp-content/uploads/2018/11/q.png\" alt=\"Q\">"));
    assert!(
        made.read("content/essays/post.md").ends_with("![Q](https://old.example/wp-content/uploads/2018/11/q.png)\n")
    );
}

#[test]
fn what_is_not_published_is_a_draft_or_stays_away() {
    let password = "<wp:post_password>x</wp:post_password>";
    let items = [
        item(1, "about", "page", "publish", "", "We."),
        item(2, "team", "page", "publish", "<wp:post_parent>1</wp:post_parent>", "Us."),
        item(3, "open", "post", "draft", "", "Not yet."),
        item(4, "soon", "post", "future", "", "Soon."),
        item(5, "own", "post", "private", "", "Mine."),
        item(6, "locked", "post", "publish", password, "Ours."),
        item(7, "gone", "post", "trash", "", "Gone."),
        item(8, "menu", "nav_menu_item", "publish", "", ""),
        post(9, "shown", "One.<!--more-->\n\nTwo."),
        item(10, "inside", "page", "draft", "", "Not yet a page."),
        item(11, "house", "page", "private", "", "A page of ours."),
    ]
    .concat();
    let made = import(&items);
    assert!(made.has("content/pages/about.md") && made.has("content/pages/about/team.md"));
    for name in ["open", "soon"] {
        assert!(made.read(&format!("content/essays/{name}.md")).contains("draft: true"), "{name}");
    }
    assert!(made.read("content/pages/inside.md").contains("draft: true"));
    assert!(!made.has("content/pages/house.md"));
    for name in ["own", "locked", "gone", "menu"] {
        assert!(!made.has(&format!("content/essays/{name}.md")), "{name}");
    }
    assert!(made.read("content/essays/shown.md").contains("summary: One.\n"));
    assert_eq!(made.told("Private texts").len() + made.told("Texts with a password").len(), 3);
    let made = attempt(&export(&items), |options| options.private = true).expect("an import");
    assert!(made.read("content/pages/house.md").contains("draft: true"));
    for name in ["own", "locked"] {
        assert!(made.read(&format!("content/essays/{name}.md")).contains("draft: true"), "{name}");
    }
}

#[test]
fn an_export_that_is_none_or_broken_is_told_in_plain_words() {
    let refused = |text: &str| attempt(text, |_| {}).err().expect("a refusal").message;
    assert!(refused("not XML at all").ends_with("is no export of WordPress"), "{}", refused("not XML at all"));
    assert!(refused("<html><body>A page</body></html>").ends_with("is no export of WordPress"));
    assert!(refused("").ends_with("is no export of WordPress"));
    // What comes before the end is brought.
    let whole = export(&format!("{}{}", post(1, "first", "One."), post(2, "second", "Two.")));
    let cut = &whole[..whole.find("Two.").expect("the second post") + 2];
    let made = attempt(cut, |_| {}).expect("an import");
    assert!(made.has("content/essays/first.md") && !made.has("content/essays/second.md"));
    assert_eq!(made.told("Exports that are broken").len(), 1, "{}", made.imported.report);
}

#[test]
fn names_and_entities_of_an_export_reach_nothing_outside_the_site() {
    let entity = export(&post(1, "post", "One.").replace("The post", "The &own; post"))
        .replace("<rss", "<!DOCTYPE rss [<!ENTITY own SYSTEM \"secret.txt\">]>\n<rss");
    let made = attempt(&entity, |_| {}).expect("an import");
    assert!(made.read("content/essays/post.md").contains("title: The &own; post\n"));
    let made =
        import(&[post(1, "../../../up", "One."), item(2, "..%2F..%2Fx", "page", "publish", "", "Two.")].concat());
    assert!(made.has("content/essays/up.md"), "{}", made.imported.report);
    let outside: Vec<_> =
        fs::read_dir(made.folder.path()).expect("the folder").flatten().map(|entry| entry.file_name()).collect();
    assert_eq!(outside.len(), 4, "{outside:?}");
}
