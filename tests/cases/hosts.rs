//! The files that static hosts look for, and the warnings at their limits.

use crate::support::TestSite;

fn with_site(lines: &str) -> TestSite {
    TestSite::new().file("content/site.yaml", format!("title: T\nbase_url: https://www.example.org\n{lines}\n"))
}

#[test]
fn a_built_folder_holds_what_hosts_look_for() {
    let site = with_site("cname: true").file("themes/default/assets/style.css", "h1 {}").essay(
        "a",
        "aliases: [/2019/old/, /alt.html, /2019/für-uns/]",
        "A.",
    );
    site.build();
    assert_eq!(site.page("/.nojekyll"), "");
    assert_eq!(site.page("/CNAME"), "www.example.org\n");
    insta::assert_snapshot!(site.page("/_redirects"), @r"
    /2019/f%C3%BCr-uns/ /essays/a/ 301
    /2019/old/ /essays/a/ 301
    /alt.html /essays/a/ 301
    ");
    insta::assert_snapshot!(site.page("/_headers"), @r"
    /*
      Content-Security-Policy: frame-ancestors 'self'
      X-Content-Type-Options: nosniff
    /assets/*
      Cache-Control: public, max-age=31536000, immutable
    ");
    // Hosts that have no redirects get pages.
    for old in ["/2019/old/", "/alt.html", "/2019/für-uns/"] {
        assert!(site.page(old).contains("url=/essays/a/"), "{old}");
    }
}

#[test]
fn redirects_have_the_path_that_the_site_stands_below() {
    let site = TestSite::new()
        .file("content/site.yaml", "title: T\nbase_url: https://name.gitlab.example/essays/\n")
        .essay("a", "aliases: [/old/, \"/a b (c), d&e!/\", \"/50%/\"]", "A.");
    site.build();
    insta::assert_snapshot!(site.page("/_redirects"), @r"
    /essays/50%25/ /essays/essays/a/ 301
    /essays/a%20b%20%28c%29,%20d%26e%21/ /essays/essays/a/ 301
    /essays/old/ /essays/essays/a/ 301
    ");
}

#[test]
fn nothing_is_made_that_would_say_nothing() {
    let site = with_site("");
    site.build();
    assert!(site.has_page("/.nojekyll"));
    for file in ["/CNAME", "/_redirects"] {
        assert!(!site.has_page(file), "{file}");
    }
}

#[test]
fn the_authors_own_files_are_taken_as_they_are_and_it_is_told_when_aliases_are_not_in_them() {
    let site = with_site("cname: true")
        .file("content/static/_redirects", "/x /y 302\n")
        .file("content/static/_headers", "/*\n  X-Own: 1\n")
        .file("content/static/CNAME", "other.example\n")
        .file("content/static/.nojekyll", "mine")
        .essay("a", "aliases: [/old/, /older/]", "A.");
    insta::assert_snapshot!(site.said(), @r"
    note[own-redirects]: `static/_redirects` is used as it is; 2 aliases of the site are not in it
     |
     = help: nothing needs to be done: each alias is a page that sends readers on; delete the file to have it made of the aliases
    ");
    assert_eq!(site.page("/_redirects"), "/x /y 302\n");
    assert_eq!(site.page("/_headers"), "/*\n  X-Own: 1\n");
    assert_eq!(site.page("/CNAME"), "other.example\n");
    assert_eq!(site.page("/.nojekyll"), "mine");
}

#[test]
fn a_file_of_the_authors_among_the_assets_is_not_to_be_kept_for_ever() {
    let site =
        with_site("").file("themes/default/assets/style.css", "h1 {}").file("content/static/assets/own.css", "h2 {}");
    site.build();
    let headers = site.page("/_headers");
    let headers = headers.split_once("nosniff\n").expect("what all files have").1;
    assert!(headers.starts_with("/assets/"), "{headers}");
    assert!(headers.contains(".css\n  Cache-Control: public, max-age=31536000, immutable\n"), "{headers}");
    assert!(!headers.contains('*') && !headers.contains("own.css"), "{headers}");
}

#[test]
fn it_warns_at_the_limits_of_hosts_unless_the_site_goes_elsewhere() {
    let site = |lines| {
        (0..=2_000).step_by(500).fold(with_site(lines), |site, first| {
            let aliases: Vec<String> = (first..2_001.min(first + 500)).map(|n| format!("/old/{n}/")).collect();
            site.essay(&format!("e{first}"), &format!("aliases: [{}]", aliases.join(", ")), "A.")
        })
    };
    insta::assert_snapshot!(site("").said(), @r"
    warning[host-limit]: the site has 2001 redirects; Cloudflare Pages takes 2000
    --> content/site.yaml
     = help: if the site goes to a store of your own, name it under `publish:` in `site.yaml`
    ");
    assert_eq!(site("publish: {own: {type: dir, path: /srv/www}}").said(), "");
}

#[test]
fn a_name_of_the_sites_own_has_no_path_behind_it() {
    let site = TestSite::new().file("content/site.yaml", "title: T\nbase_url: https://a.example/b/\ncname: true\n");
    insta::assert_snapshot!(site.said(), @r"
    error[bad-cname]: `cname: true` does not go with the path `/b` of `base_url`
    --> content/site.yaml
     = help: leave the path out of `base_url`, or delete the line
    ");
}
