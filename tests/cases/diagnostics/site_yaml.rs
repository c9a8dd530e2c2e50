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
fn each_value_says_what_it_should_be() {
    insta::assert_snapshot!(of_site("language: plain english\ntimezone: Berlin\npage_size: 0\nhtml: yes\nsearch: no\nauthor: [A, B]"), @r#"
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
}

#[test]
fn a_theme_must_be_there() {
    insta::assert_snapshot!(of_site("theme: nine"), @r#"
    error[yaml]: `site.yaml` is ended by the line `---`
     --> content/site.yaml:4:1
      |
    4 | ---
      | ^^^
      |
      = help: delete the line
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
