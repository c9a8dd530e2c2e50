//! Addresses that a page keeps: its own, and the form that the settings give to those of all essays.

use crate::support::TestSite;

/// A site whose settings have these lines, too.
fn site(settings: &str) -> TestSite {
    let text = format!("title: Test\nbase_url: https://example.org/blog/\nsearch: false\n{settings}\n");
    TestSite::new().file("content/site.yaml", text)
}

#[test]
fn a_page_of_any_kind_keeps_its_own_address() {
    let site = site("social_cards: true\ndataset: true")
        .essay("a", "url: /2018/02/15/ports/\nincidents: [i]\nconcepts: [c]", "A [concept](concept:c), [me](a.md).")
        .essay("b", "url: /2018/02/16/lag.html", "To [the first](a.md), by [its address](/2018/02/15/ports/), and [me](/2018/02/16/lag.html).")
        .file("content/essays/p/index.md", "---\ntitle: P\ndate: 2026-05-01\nurl: /photos/p.html\n---\n\n![A dot](dot.txt)[file](dot.txt) [b](../b.md)\n")
        .file("content/essays/p/dot.txt", "dot")
        .file("content/incidents/i.md", "---\ntitle: I\nurl: /post-mortems/7/\n---\n")
        .file("content/concepts/c.md", "---\nname: C\ndefinition: A thing.\nurl: /terms/c/\n---\n")
        .file("content/pages/about.md", "---\ntitle: About\nurl: /who-we-are/\nmenu: 1\n---\n\nUs.\n");
    site.build();
    for url in [
        "/2018/02/15/ports/",
        "/2018/02/16/lag.html",
        "/photos/p.html",
        "/post-mortems/7/",
        "/terms/c/",
        "/who-we-are/",
    ] {
        assert!(site.has_page(url), "{url}");
    }
    for file in [
        "/2018/02/15/ports/nf-card.png",
        "/2018/02/16/lag/nf-card.png",
        "/photos/p/dot.txt",
        "/post-mortems/7/feed.xml",
        "/terms/c/feed.xml",
    ] {
        assert!(site.out().join(&file[1..]).is_file(), "{file}");
    }
    assert!(!site.has_page("/essays/a/"));
    assert_eq!(
        site.body("/2018/02/16/lag.html"),
        "<p>To <a class=\"nf-ref nf-essay\" href=\"/blog/2018/02/15/ports/\">the first</a>, by <a class=\"nf-ref nf-essay\" href=\"/blog/2018/02/15/ports/\">its address</a>, and <a class=\"nf-ref nf-essay\" href=\"/blog/2018/02/16/lag.html\">me</a>.</p>\n"
    );
    let sitemap = site.page("/sitemap.xml");
    assert!(sitemap.contains("https://example.org/blog/2018/02/16/lag.html"), "{sitemap}");
    assert!(!sitemap.contains("404.html"), "{sitemap}");
    let browse = site.page("/data/browse.json");
    assert!(
        browse.contains(r#""/blog/2018/02/16/lag.html""#)
            && browse.contains(r#""incident_links":{"0":"/blog/post-mortems/7/"}"#),
        "{browse}"
    );
    assert!(site.page("/data/essays.json").contains("https://example.org/blog/2018/02/15/ports/"));
}

#[test]
fn the_settings_give_the_form_of_all_essays_addresses() {
    let site = site("addresses: /:year/:month/:slug/")
        .essay("a", "aliases: [/essays/a/]", "A [link](b.md).")
        .essay("b", "slug: waiting", "B.")
        .essay("c", "url: /c/", "C.");
    site.build();
    for url in ["/2026/05/a/", "/2026/05/waiting/", "/c/"] {
        assert!(site.has_page(url), "{url}");
    }
    assert!(site.page("/essays/a/").contains("https://example.org/blog/2026/05/a/"));
    assert!(site.body("/2026/05/a/").contains("/blog/2026/05/waiting/"));
}

#[test]
fn two_pages_at_one_own_address_are_told() {
    let site = TestSite::new().essay("a", "url: /ports/", "A.").essay("b", "url: /Ports/", "B.").essay(
        "c",
        "url: /patterns/lag/",
        "C.",
    );
    insta::assert_snapshot!(site.said(), @r"
    error[url-taken]: the address `/Ports/` is taken by `content/essays/a.md` (they differ only in letter case or Unicode form)
    --> content/essays/b.md
     = help: choose another `url`

    error[url-taken]: the address `/patterns/lag/` is taken by the page that Ninefold makes at `/patterns/lag/`
    --> content/essays/c.md
     = help: choose another `url`
    ");
}

#[test]
fn what_is_no_address_is_told() {
    let site = TestSite::new()
        .essay("a", "url: https://example.org/a/", "A.")
        .essay("b", "url: /?p=12", "B.")
        .essay("c", "url: /c/../d/", "C.")
        .essay("d", "url: /d/\nslug: e", "D.");
    insta::assert_snapshot!(site.said(), @r"
    error[bad-address]: `url`: `https://example.org/a/` is not the path of a page
     --> content/essays/a.md:4:6
      |
    4 | url: https://example.org/a/
      |      ^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: write it without its host: `/2018/02/15/name/`

    error[bad-address]: `url`: `/?p=12` is not the path of a page
     --> content/essays/b.md:4:6
      |
    4 | url: /?p=12
      |      ^^^^^^
      |
      = help: a host sees the path alone: write it without `?` or `#` and what follows

    error[bad-address]: `url`: `/c/../d/` is not the path of a page
     --> content/essays/c.md:4:6
      |
    4 | url: /c/../d/
      |      ^^^^^^^^
      |
      = help: write a path: `/2018/02/15/name/`

    warning[needless-slug]: `slug` does nothing beside `url`, which is the whole address
     --> content/essays/d.md:5:7
      |
    5 | slug: e
      |       ^
      |
      = help: delete it, or let `ninefold check --fix` do it
    ");
}

#[test]
fn a_form_that_makes_no_addresses_is_told() {
    for (form, expected) in [
        ("/:year/:month/", "gives every essay the same address\nput `:slug` into it"),
        ("/:yaer/:slug/", "has `:yaer`, which stands for nothing\ndid you mean `:year`?"),
        (
            "/:section/:slug/",
            "has `:section`, which stands for nothing\nthere are `:year`, `:month`, `:day`, `:folders`, `:slug`",
        ),
        ("':slug/'", "does not begin with `/`\nwrite what an address is made of, such as `/:year/:month/:slug/`"),
        ("/../:slug/", "is not the path of a page\nwrite what an address is made of, such as `/:year/:month/:slug/`"),
    ] {
        let built = site(&format!("addresses: {form}")).essay("a", "", "A.").try_build();
        let [fault] = &built.diagnostics[..] else { panic!("{form}: {:?}", built.diagnostics) };
        assert_eq!(fault.code(), "bad-addresses", "{form}");
        let shown =
            format!("`addresses`: `{}` {}", form.trim_matches('\''), expected.split('\n').next().unwrap_or_default());
        assert_eq!(
            (&*fault.message, fault.help.join("\n").as_str()),
            (&*shown, expected.split('\n').nth(1).unwrap_or_default())
        );
    }
}

#[test]
fn a_form_without_a_name_is_told_with_its_place() {
    insta::assert_snapshot!(site("addresses: /:year/:month/").essay("a", "", "A.").said(), @r"
    error[bad-addresses]: `addresses`: `/:year/:month/` gives every essay the same address
     --> content/site.yaml:4:12
      |
    4 | addresses: /:year/:month/
      |            ^^^^^^^^^^^^^^
      |
      = help: put `:slug` into it
    ");
}

#[test]
fn a_link_to_where_an_essay_would_be_says_where_it_is() {
    let site = TestSite::new().essay("a", "url: /2018/a/", "A.").essay("b", "", "See [a](/essays/a/).");
    insta::assert_snapshot!(site.said(), @r"
    error[broken-link]: nothing is at `/essays/a/`
     --> content/essays/b.md:6:5
      |
    6 | See [a](/essays/a/).
      |     ^^^^^^^^^^^^^^^
      |
      = help: did you mean `/2018/a/`?
    ");
}

#[test]
fn what_a_code_host_adds_to_a_link_to_a_file_is_passed_over() {
    let site = TestSite::new()
        .file("content/essays/a/index.md", "---\ntitle: A\ndate: 2026-05-01\n---\n\n[plan](plan.txt?raw=true) [plan](plan.txt?plain=1) [b](../b.md?plain=1#two) [logo](/logo.txt?raw=true)\n")
        .file("content/essays/a/plan.txt", "plan")
        .file("content/static/logo.txt", "logo")
        .essay("b", "", "## Two");
    site.build();
    let links = ["file", "file", "essay", "file"].into_iter().zip([
        ("/essays/a/plan.txt", "plan"),
        ("/essays/a/plan.txt", "plan"),
        ("/essays/b/#two", "b"),
        ("/logo.txt", "logo"),
    ]);
    let links = links.map(|(kind, (url, words))| format!("<a class=\"nf-ref nf-{kind}\" href=\"{url}\">{words}</a>"));
    assert_eq!(site.body("/essays/a/"), format!("<p>{}</p>\n", links.collect::<Vec<_>>().join(" ")));
}
