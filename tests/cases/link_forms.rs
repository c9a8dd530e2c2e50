//! Links as other tools write them, old addresses as they were, and what a link that leads nowhere was meant to be.

use crate::support::TestSite;

fn site(body: &str) -> TestSite {
    TestSite::new()
        .file(
            "content/essays/queue.md",
            "---\ntitle: The queue\ndate: 2026-01-01\nsummary: S.\naliases: [/old post/]\n---\n\
             ## What\u{2019}s a *Test* header?\n\n## 2. Set up\n\n## Über Zeit\n\n## Again\n\n## Again\n\n## Its own {#Own}\n",
        )
        .file("content/essays/pool/index.md", crate::support::essay("The pool", "", "## In it\n"))
        .file("content/essays/pool/level chart.png", super::pictures::picture(4, 4, image::ImageFormat::Png))
        .file("content/static/plan.pdf", "%PDF")
        .essay("a", "", body)
}

#[test]
fn links_lead_where_other_tools_lead_them() {
    const OK: &[(&str, &str)] = &[
        // A heading by its words, and by the ids of GitHub, kramdown, Zola and this program.
        ("[x](queue.md#What%E2%80%99s%20a%20Test%20header?)", "/essays/queue/#what-s-a-test-header"),
        ("[x](queue.md#whats-a-test-header)", "/essays/queue/#what-s-a-test-header"),
        ("[x](queue.md#What-s-a-test-header)", "/essays/queue/#what-s-a-test-header"),
        ("[x](queue.md#2-set-up)", "/essays/queue/#2-set-up"),
        ("[x](queue.md#set-up)", "/essays/queue/#2-set-up"),
        ("[x](queue.md#über-zeit)", "/essays/queue/#uber-zeit"),
        ("[x](queue.md#uber-zeit)", "/essays/queue/#uber-zeit"),
        ("[x](queue.md#again-1)", "/essays/queue/#again-2"),
        ("[x](queue.md#own)", "/essays/queue/#Own"),
        ("[x](queue.md#Its%20own)", "/essays/queue/#Own"),
        ("[[queue#2. Set up|x]]", "/essays/queue/#2-set-up"),
        ("[[queue#Über Zeit#Again|x]]", "/essays/queue/#again"),
        // The page's beginning, and words for the browser to look for.
        ("[x](#top)", "#top"),
        ("[x](#:~:text=one,two)", "#:~:text=one,two"),
        ("[x](queue.md#set-up:~:text=one)", "/essays/queue/#2-set-up:~:text=one"),
        // Queries of other hosts.
        ("[x](queue.md?plain=1)", "/essays/queue/"),
        ("[x](queue.md?plain=1#again)", "/essays/queue/#again"),
        ("[x](/plan.pdf?raw=true)", "/plan.pdf"),
        ("[x](/essays/queue/?from=feed)", "/essays/queue/"),
        // A text that got a folder of its own, or lost it.
        ("[x](pool.md)", "/essays/pool/"),
        ("[x](pool.md#in-it)", "/essays/pool/#in-it"),
        ("[x](pool)", "/essays/pool/"),
        ("[x](queue/index.md)", "/essays/queue/"),
        // An old address leads to the page itself.
        ("[x](</old post/>)", "/essays/queue/"),
        ("[x](/old%20post)", "/essays/queue/"),
        // Schemes that open another program.
        ("[x](sms:+1555)", "sms:+1555"),
        ("[x](ftp://example.org/a)", "ftp://example.org/a"),
        ("[x](webcal://example.org/a.ics)", "webcal://example.org/a.ics"),
        ("[x](magnet:?xt=a)", "magnet:?xt=a"),
        ("[x](geo:1,2)", "geo:1,2"),
        ("[x](matrix:r/a:example.org)", "matrix:r/a:example.org"),
        ("[x](news:a.b)", "news:a.b"),
    ];
    for (written, href) in OK {
        let site = site(written);
        assert_eq!(site.said(), "", "{written}");
        let body = site.body("/essays/a/");
        assert!(body.contains(&format!("href=\"{href}\"")), "{written}: {body}");
    }
}

#[test]
fn a_link_by_name_may_stand_in_a_table_and_shows_the_heading_it_leads_to() {
    let site = site(
        "## Local heading\n\n[[#Local heading]] and [[queue#again]] and [[queue]]\n\n| a | b |\n|---|---|\n| [[queue\\|words]] | [[queue#set-up\\|more]] |\n",
    );
    assert_eq!(site.said(), "");
    insta::assert_snapshot!(site.body("/essays/a/"), @r##"
    <h2 id="local-heading">Local heading</h2>
    <p><a class="nf-ref nf-here" href="#local-heading">Local heading</a> and <a class="nf-ref nf-essay" href="/essays/queue/#again">Again</a> and <a class="nf-ref nf-essay" href="/essays/queue/">The queue</a></p>
    <div class="nf-table" tabindex="0" role="region" aria-label="Table">
    <table><thead><tr><th>a</th><th>b</th></tr></thead><tbody>
    <tr><td><a class="nf-ref nf-essay" href="/essays/queue/">words</a></td><td><a class="nf-ref nf-essay" href="/essays/queue/#2-set-up">more</a></td></tr>
    </tbody></table>
    </div>
    "##);
}

#[test]
fn who_writes_an_address_of_another_kind_is_told_the_right_one() {
    const HELP: &[(&str, &str)] = &[
        ("[x](queue.html)", "did you mean `queue.md`?"),
        ("[x](queue/)", "did you mean `queue.md`?"),
        ("[x](queue)", "did you mean `queue.md`?"),
        ("[x](content/essays/queue.md)", "did you mean `queue.md`?"),
        ("[x](www.example.org/a)", "did you mean `https://www.example.org/a`?"),
        ("[x](patterns:lag)", "did you mean `pattern:`?"),
        ("![x](pool\\level chart.png)", "write `![x](<pool\\level chart.png>)`"),
        ("![x](<pool\\level chart.png>)", "did you mean `pool/level chart.png`?"),
        ("[x](/static/plan.pdf)", "did you mean `/plan.pdf`?"),
        ("[x](/blog/essays/queue/)", "did you mean `/essays/queue/`?"),
        ("[x](/essays)", "did you mean `/essays/`?"),
        ("[[saturaton]]", "did you mean `saturation`?"),
        ("[[conflict]]", "did you mean `conflicts`?"),
        ("[x](javascript:a)", "or our own `pattern:`"),
    ];
    for (written, help) in HELP {
        let said = site(written).file("content/site.yaml", "title: T\nbase_url: https://example.org/blog\n").said();
        assert!(said.contains(help), "{written}: {said}");
        assert_eq!(said.is_empty(), help.is_empty(), "{written}: {said}");
    }
}

#[test]
fn old_addresses_stay_as_they_were() {
    let site = TestSite::new().essay(
        "a",
        "aliases: [/old post/, \"/2019/03:14/[draft] x/\", /a%20b.html, \"/wiki/Who%3F/\", /über/uns]\n",
        "x",
    );
    assert_eq!(site.said(), "");
    site.build();
    for folder in ["old post", "2019/03:14/[draft] x", "wiki/Who?", "über/uns"] {
        assert!(site.out().join(folder).join("index.html").is_file(), "{folder}");
    }
    assert!(site.out().join("a b.html").is_file());
    insta::assert_snapshot!(site.page("/_redirects"), @"
    /2019/03%3A14/%5Bdraft%5D%20x/ /essays/a/ 301
    /a%20b.html /essays/a/ 301
    /old%20post/ /essays/a/ 301
    /wiki/Who%3F/ /essays/a/ 301
    /%C3%BCber/uns/ /essays/a/ 301
    ");
}

#[test]
fn what_can_be_no_address_of_a_file_is_refused() {
    const PATH: &str = "write the old path: `/2019/old-name/`";
    for (alias, help) in [
        ("/?p=12", "a host sees the path alone: write it without `?` or `#` and what follows"),
        ("https://example.org/a/", "write the old address without its host: `/2019/old-name/`"),
        ("/a/../b/", PATH),
        ("/a%2F..%2Fb/", PATH),
        ("/a\\b/", PATH),
        ("/.a/", PATH),
        ("/a./", PATH),
        ("/", PATH),
    ] {
        let said = TestSite::new().essay("a", &format!("aliases: ['{alias}']\n"), "x").said();
        let expected =
            format!("error[bad-alias]: `{alias}` is not a path of this site\n --> content/essays/a.md:4:11\n");
        assert!(said.starts_with(&expected) && said.contains(help), "{said}");
    }
}

#[test]
fn files_of_the_authors_own_are_taken_where_the_program_would_make_them() {
    let own = [
        ("404.html", "<h1>Not here</h1>\n"),
        ("robots.txt", "User-agent: *\n"),
        ("favicon.ico", "icon"),
        (".well-known/security.txt", "Contact: mailto:a@example.org\n"),
    ];
    let site = own.iter().fold(TestSite::new().essay("a", "", "x"), |site, (path, text)| {
        site.file(&format!("content/static/{path}"), text)
    });
    assert_eq!(site.said(), "");
    for (path, text) in own {
        assert_eq!(site.page(&format!("/{path}")), text);
    }
}
