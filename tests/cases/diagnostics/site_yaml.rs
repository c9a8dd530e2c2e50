//! Faults of `site.yaml`.

use crate::support::TestSite;

/// What a build of a site with these lines besides title and address says.
fn of_site(lines: &str) -> String {
    let text = format!("title: T\nbase_url: https://example.org\n{lines}\n");
    TestSite::new().file("content/site.yaml", text).essay("a", "", "A.").said()
}

#[test]
fn title_and_address_must_be_there() {
    insta::assert_snapshot!(TestSite::new().file("content/site.yaml", "titel: T\nbase_url: example.org\n").said(), @r#"
    error[missing-key]: `site.yaml` has no `title`
    --> content/site.yaml
     = help: add a line `title: …`

    error[unknown-key]: `site.yaml` has no key `titel`
     --> content/site.yaml:1:1
      |
    1 | titel: T
      | ^^^^^
      |
      = help: did you mean `title`?

    error[bad-url]: `base_url`: `example.org` is not a web address
     --> content/site.yaml:2:11
      |
    2 | base_url: example.org
      |           ^^^^^^^^^^^
      |
      = help: write the address the site will have: `https://example.org` or `https://name.github.io/essays/`
    "#);
}

#[test]
fn a_site_without_site_yaml_is_told_what_it_needs() {
    let site = TestSite::new();
    site.remove("content/site.yaml");
    insta::assert_snapshot!(site.said(), @r#"
    error[unreadable]: `content/site.yaml` can't be read: it is not there
    --> content/site.yaml
     = help: a site needs `content/site.yaml` with `title` and `base_url`
    "#);
}

#[test]
fn a_folder_without_content_is_no_site() {
    let site = TestSite::new();
    std::fs::remove_dir_all(site.root().join("content")).expect("the content");
    let said = site.said().replace(&site.root().display().to_string(), "FOLDER");
    insta::assert_snapshot!(said, @r#"
    error[no-site]: there is no site in `FOLDER`: it has no folder `content`
     |
     = help: make one with `ninefold new site NAME`, or name its folder with `--root DIR`
    "#);
}

#[test]
fn each_value_says_what_it_should_be() {
    insta::assert_snapshot!(of_site("language: plain english\ntimezone: Berlin\npage_size: 0\nhtml: yes\nsearch: no\nauthor: [A, B]"), @r#"
    error[bad-language]: `plain english` is not a language tag
     --> content/site.yaml:3:11
      |
    3 | language: plain english
      |           ^^^^^^^^^^^^^
      |
      = help: write `en`, `de` or `pt-BR`

    error[unknown-timezone]: there is no time zone `Berlin`
     --> content/site.yaml:4:11
      |
    4 | timezone: Berlin
      |           ^^^^^^
      |
      = help: write a name such as `Europe/Berlin` or `UTC`

    error[out-of-range]: `page_size` can't be 0
     --> content/site.yaml:5:12
      |
    5 | page_size: 0
      |            ^
      |
      = help: write a whole number from 1 to 500

    error[unknown-word]: `html` can't be `yes`
     --> content/site.yaml:6:7
      |
    6 | html: yes
      |       ^^^
      |
      = help: use `sanitised` (as without the line) or `trusted`

    error[wrong-type]: `search` must be true or false, not text
     --> content/site.yaml:7:9
      |
    7 | search: no
      |         ^^
      |
      = help: use true or false: `search: false`

    error[wrong-type]: `author` must be text, not a list
     --> content/site.yaml:8:9
      |
    8 | author: [A, B]
      |         ^^^^^^
      |
      = help: a text that begins with `[` needs quotes: `author: "[…"`
    "#);
}

#[test]
fn a_site_that_needs_a_newer_ninefold_says_so() {
    insta::assert_snapshot!(of_site("requires: 999.1"), @r#"
    error[site-too-new]: the site needs Ninefold 999.1 or newer; this is 0.1.0
     --> content/site.yaml:3:11
      |
    3 | requires: 999.1
      |           ^^^^^
      |
      = help: update Ninefold
    "#);
    insta::assert_snapshot!(of_site("requires: newest"), @r#"
    error[bad-version]: `newest` is not a version
     --> content/site.yaml:3:11
      |
    3 | requires: newest
      |           ^^^^^^
      |
      = help: write it in quotes as `"0.1.0"`
    "#);
    assert_eq!(of_site("requires: \"0.1\""), "");
}

#[test]
fn a_theme_must_be_there() {
    insta::assert_snapshot!(of_site("theme: nine"), @r#"
    error[unknown-theme]: there is no theme `nine`: no folder `themes/nine`
     --> content/site.yaml:3:8
      |
    3 | theme: nine
      |        ^^^^
      |
      = help: delete the line for the default theme, or make the folder
    "#);
    assert!(of_site("theme: defualt").contains("did you mean `default`?"));
    assert!(of_site("theme: ../../etc").contains("error[bad-name]: `theme`: `../../etc` holds the character `/`"));
}

#[test]
fn a_logo_and_style_sheets_are_files_in_static() {
    let site = TestSite::new().file("content/static/extra.css", "").file(
        "content/site.yaml",
        "title: T\nbase_url: https://example.org\nlogo: ../logo.svg\nextra_css: [extar.css, more/b.css, extra.css]\n",
    );
    insta::assert_snapshot!(site.said(), @r#"
    error[bad-path]: `../logo.svg` is not the path of a file in `static/`
     --> content/site.yaml:3:7
      |
    3 | logo: ../logo.svg
      |       ^^^^^^^^^^^
      |
      = help: write it as it is below `content/static/`: `logo.svg`

    error[missing-file]: there is no file `content/static/extar.css`
     --> content/site.yaml:4:13
      |
    4 | extra_css: [extar.css, more/b.css, extra.css]
      |             ^^^^^^^^^
      |
      = help: did you mean `extra.css`?

    error[missing-file]: there is no file `content/static/more/b.css`
     --> content/site.yaml:4:24
      |
    4 | extra_css: [extar.css, more/b.css, extra.css]
      |                        ^^^^^^^^^^
      |
      = help: put it there, or delete the line
    "#);
}

#[test]
fn a_menu_leads_to_pages() {
    insta::assert_snapshot!(of_site("menu:\n- {title: A, url: about}\n- {title: B}\n- {title: C, url: /esays/}\n- {title: D, url: \"javascript:x\"}\n- {title: E, url: /no/}"), @r#"
    error[bad-url]: a menu link can't go to `about`
     --> content/site.yaml:4:19
      |
    4 | - {title: A, url: about}
      |                   ^^^^^
      |
      = help: begin it with https:// for another site, or with / for a page of this one

    error[missing-key]: an entry of `menu` has no `url`
     --> content/site.yaml:5:3
      |
    5 | - {title: B}
      |   ^^^^^^^^^^
      |
      = help: add a line `url: …`

    error[broken-link]: nothing is at `/esays/`
     --> content/site.yaml:6:19
      |
    6 | - {title: C, url: /esays/}
      |                   ^^^^^^^
      |
      = help: did you mean `/essays/`?

    error[bad-url]: a menu link can't go to `javascript:x`
     --> content/site.yaml:7:19
      |
    7 | - {title: D, url: "javascript:x"}
      |                   ^^^^^^^^^^^^^^
      |
      = help: begin it with https:// for another site, or with / for a page of this one

    error[broken-link]: nothing is at `/no/`
     --> content/site.yaml:8:19
      |
    8 | - {title: E, url: /no/}
      |                   ^^^^
      |
      = help: write the address of a page of this site, such as `/about/`
    "#);
    insta::assert_snapshot!(of_site("menu: about"), @r#"
    error[wrong-type]: an entry of `menu` must be `key: value` lines, not text
     --> content/site.yaml:3:7
      |
    3 | menu: about
      |       ^^^^^
      |
      = help: write each on a line of its own: `key: value`
    "#);
}

#[test]
fn a_colour_is_a_colour() {
    insta::assert_snapshot!(of_site("colours:\n  light: {accent: \"red;}\", acent: red}"), @r##"
    error[unknown-key]: `light` has no key `acent`
     --> content/site.yaml:4:28
      |
    4 |   light: {accent: "red;}", acent: red}
      |                            ^^^^^
      |
      = help: did you mean `accent`?

    error[bad-colour]: `red;}` is not a colour
     --> content/site.yaml:4:19
      |
    4 |   light: {accent: "red;}", acent: red}
      |                   ^^^^^^^
      |
      = help: did you mean `red`?
      = help: write it in quotes: `accent: "#7a2e12"`, or a CSS colour name
    "##);
    insta::assert_snapshot!(of_site("colours: {light: {accent: #fff}}"), @r#"
    error[yaml]: `site.yaml` has a list or group in brackets that breaks off
     --> content/site.yaml:3:1
      |
    3 | colours: {light: {accent: #fff}}
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: close every bracket; a value that begins with `#` needs quotes
    "#);
}

#[test]
fn a_second_document_is_told() {
    let site = TestSite::new().file("content/site.yaml", "---\ntitle: T\nbase_url: https://example.org\n---\n");
    insta::assert_snapshot!(site.said(), @r#"
    error[yaml]: `site.yaml` is ended by the line `---`
     --> content/site.yaml:4:1
      |
    4 | ---
      | ^^^
      |
      = help: delete the line
    "#);
}

#[test]
fn places_to_publish_to_are_checked() {
    insta::assert_snapshot!(of_site("publish:\n  Live: {type: dir, path: x}\n  a: {type: s4}\n  b: {type: s3, prefx: x}\n  c: {type: git, remote: \"https://me:pw@host/x.git\"}\n  d: {type: git, branch: --all, history: short}\n  e: {type: dir, path: x, lock: never, keep_days: -1, purge: {cloudflare: a/b}}\n  f: {type: git, history: short}"), @r#"
    error[bad-name]: `Live` can't name a target: it has capital letters
     --> content/site.yaml:4:3
      |
    4 |   Live: {type: dir, path: x}
      |   ^^^^
      |
      = help: use lower-case letters, digits and dashes

    error[unknown-key]: `b` has no key `prefx`
     --> content/site.yaml:6:17
      |
    6 |   b: {type: s3, prefx: x}
      |                 ^^^^^
      |
      = help: did you mean `prefix`?

    error[unknown-word]: `type` can't be `s4`
     --> content/site.yaml:5:13
      |
    5 |   a: {type: s4}
      |             ^^
      |
      = help: did you mean `s3`?

    error[missing-key]: `b` has no `bucket`
     --> content/site.yaml:6:6
      |
    6 |   b: {type: s3, prefx: x}
      |      ^^^^^^^^^^^^^^^^^^^^
      |
      = help: add a line `bucket: …`

    error[credentials]: `remote` holds a name or a password
     --> content/site.yaml:7:26
      |
    7 |   c: {type: git, remote: "https://me:pw@host/x.git"}
      |                          ^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: take it out: whoever reads `site.yaml` could use it; credentials come from the environment, or from what git knows

    error[unknown-word]: `branch` can't be `--all`
     --> content/site.yaml:8:26
      |
    8 |   d: {type: git, branch: --all, history: short}
      |                          ^^^^^
      |
      = help: name a branch, such as `gh-pages`

    error[unknown-word]: `lock` can't be `never`
     --> content/site.yaml:9:33
      |
    9 |   e: {type: dir, path: x, lock: never, keep_days: -1, purge: {cloudflare: a/b}}
      |                                 ^^^^^
      |
      = help: write `off`, or the seconds after which a silent publisher's lock is taken over, such as 60

    error[out-of-range]: `keep_days` can't be -1
     --> content/site.yaml:9:51
      |
    9 |   e: {type: dir, path: x, lock: never, keep_days: -1, purge: {cloudflare: a/b}}
      |                                                   ^^
      |
      = help: write a whole number from 0 to 3650

    error[bad-name]: `a/b` is not an id
     --> content/site.yaml:9:75
      |
    9 |   e: {type: dir, path: x, lock: never, keep_days: -1, purge: {cloudflare: a/b}}
      |                                                                           ^^^
      |
      = help: copy the distribution's or the zone's id, letters and digits

    error[unknown-word]: `history` can't be `short`
      --> content/site.yaml:10:27
       |
    10 |   f: {type: git, history: short}
       |                           ^^^^^
       |
       = help: use `keep` (as without the line) or `single`, for a branch of one commit
    "#);
}

#[test]
fn a_source_of_the_policy_is_a_host_a_scheme_or_a_hash_and_opens_no_door_to_every_script() {
    let lines = "csp:\n  script-src: [stats.example, \"'unsafe-inline'\", \"data:\"]\n  frame-src: \"https://a.example; script-src *\"\n  style: [x]";
    insta::assert_snapshot!(of_site(lines), @r#"
    error[unknown-key]: `csp` has no key `style`
     --> content/site.yaml:6:3
      |
    6 |   style: [x]
      |   ^^^^^
      |
      = help: did you mean `style-src`?

    error[bad-source]: `stats.example` is not a source of `script-src`
     --> content/site.yaml:4:16
      |
    4 |   script-src: [stats.example, "'unsafe-inline'", "data:"]
      |                ^^^^^^^^^^^^^
      |
      = help: write the address of a host: `https://stats.example`, or `https://*.stats.example` for all below it

    error[bad-source]: `unsafe-inline` would let any script on a page run
     --> content/site.yaml:4:31
      |
    4 |   script-src: [stats.example, "'unsafe-inline'", "data:"]
      |                               ^^^^^^^^^^^^^^^^^
      |
      = help: put the script into a file of `content/static/` and name that with `src`
      = help: a script that must stay in the page is allowed by its hash, which the browser's console shows: `sha256-…`

    error[bad-source]: `data:` would let any script on a page run
     --> content/site.yaml:4:50
      |
    4 |   script-src: [stats.example, "'unsafe-inline'", "data:"]
      |                                                  ^^^^^^^
      |
      = help: put the script into a file of `content/static/` and name that with `src`
      = help: a script that must stay in the page is allowed by its hash, which the browser's console shows: `sha256-…`

    error[bad-source]: `https://a.example; script-src *` is not a source of `frame-src`
     --> content/site.yaml:5:14
      |
    5 |   frame-src: "https://a.example; script-src *"
      |              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: write the address of a host: `https://stats.example`, or `https://*.stats.example` for all below it
    "#);
    let sources = "csp:\n  script-src: [\"https://*.stats.example:8443/js/\"]\n  style-src: [unsafe-inline, sha256-CVASNH7AmFDEgcrxr3iVoykvcvWeCnnM4Hr4u3Mou/w=]\n  connect-src: wss://live.example\n  img-src: \"blob:\"";
    assert_eq!(of_site(sources), "");
}

#[test]
fn what_ids_in_feeds_begin_with_is_a_tag() {
    insta::assert_snapshot!(of_site("feed_ids: example.org"), @r#"
    error[bad-feed-ids]: `feed_ids`: `example.org` is not `tag:DOMAIN,DATE`
     --> content/site.yaml:3:11
      |
    3 | feed_ids: example.org
      |           ^^^^^^^^^^^
      |
      = help: write a domain of yours and a day on which it was: `tag:example.org,2026-05-11`
    "#);
}
