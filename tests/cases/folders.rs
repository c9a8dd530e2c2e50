//! Essays in folders below `essays/`: years and topics.

use crate::support::TestSite;

const FRONT: &str = "---\ntitle: T\ndate: 2026-05-01\n---\n\n";

pub fn essay(body: &str) -> String {
    format!("{FRONT}{body}\n")
}

#[test]
fn a_folder_is_no_part_of_an_essays_address() {
    let site = TestSite::new()
        .file(
            "content/essays/2018/a.md",
            essay("To [b](../on call/b/index.md), [[b]], [[2018/c]], ![t](../on%20call/b/p.txt)."),
        )
        .file("content/essays/2018/c.md", essay("C."))
        .file("content/essays/on call/b/index.md", essay("[p](p.txt), [a](../../2018/a.md)"))
        .file("content/essays/on call/b/p.txt", "p")
        .file("content/essays/deep/er/d.md", essay("D."));
    site.build();
    for url in ["/essays/a/", "/essays/b/", "/essays/c/", "/essays/d/", "/essays/b/p.txt"] {
        assert!(site.has_page(url) || site.out().join(&url[1..]).is_file(), "{url}");
    }
    assert_eq!(
        site.body("/essays/b/"),
        "<p><a class=\"nf-ref nf-file\" href=\"/essays/b/p.txt\">p</a>, <a class=\"nf-ref nf-essay\" href=\"/essays/a/\">a</a></p>\n"
    );
}

#[test]
fn the_settings_make_folders_part_of_the_address() {
    let site = TestSite::new()
        .file("content/site.yaml", "title: T\nbase_url: https://example.org\nsearch: false\naddresses: folders\n")
        .file("content/essays/2018/a.md", essay("To [[2019/a]] and [[b]]."))
        .file("content/essays/2019/a.md", essay("A."))
        .file("content/essays/On Call/b.md", essay("B."))
        .file("content/essays/c.md", essay("C."));
    site.build();
    assert_eq!(
        site.body("/essays/2018/a/"),
        "<p>To <a class=\"nf-ref nf-essay\" href=\"/essays/2019/a/\">T</a> and <a class=\"nf-ref nf-essay\" href=\"/essays/on-call/b/\">T</a>.</p>\n"
    );
    assert!(site.has_page("/essays/c/"));
}

#[test]
fn two_essays_of_one_name_are_told() {
    let site =
        TestSite::new().file("content/essays/2018/a.md", essay("A.")).file("content/essays/2019/a.md", essay("A."));
    insta::assert_snapshot!(site.said(), @r"
    error[url-taken]: the address `/essays/a/` is taken by `content/essays/2018/a.md`
    --> content/essays/2019/a.md
     = help: rename one of the two files
    ");
    let dated = "title: T\nbase_url: https://example.org\nsearch: false\naddresses: /:year/:slug/\n";
    let site = TestSite::new()
        .file("content/site.yaml", dated)
        .file("content/essays/2018/a.md", FRONT.replace("2026", "2018"))
        .file("content/essays/2019/a.md", FRONT.replace("2026", "2019"));
    insta::assert_snapshot!(site.said(), @r"
    error[name-taken]: two essays are named `a`: this one and `content/essays/2018/a.md`
    --> content/essays/2019/a.md
     = help: rename one of the files; its address stays with `url: /2019/a/`
    ");
}

#[test]
fn a_text_in_an_essays_own_folder_is_no_essay() {
    let site = TestSite::new()
        .file("content/essays/a/index.md", essay("A."))
        .file("content/essays/a/notes.md", essay("Not for readers."))
        .file("content/essays/a/more/notes.md", essay("Nor this."));
    insta::assert_snapshot!(site.said(), @r"
    warning[unused-file]: `content/essays/a/more/notes.md` is not used: it belongs to no page
    --> content/essays/a/more/notes.md
     = help: an essay is `essays/NAME.md`, or `essays/NAME/index.md` with its pictures beside it

    warning[unused-file]: `content/essays/a/notes.md` is not used: it belongs to no page
    --> content/essays/a/notes.md
     = help: an essay is `essays/NAME.md`, or `essays/NAME/index.md` with its pictures beside it
    ");
}
