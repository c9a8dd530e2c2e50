//! Every page says what it may load, and holds nothing that this refuses; a theme that does is told.

use super::html::tags;
use super::own_site::own_site;
use super::small_site::small_site;
use crate::support::TestSite;

/// What of this page's text the policy would refuse.
fn refused(html: &str) -> Vec<String> {
    let mut found = Vec::new();
    for tag in tags(html).iter().filter(|tag| !tag.closing) {
        let is_script =
            tag.name == "script" && tag.get("src").is_none() && tag.get("type") != Some("application/ld+json");
        if is_script || tag.name == "style" {
            found.push(format!("<{}>", tag.name));
        }
        let attributes = tag.attributes.iter().map(|(name, _)| name);
        found.extend(attributes.filter(|name| *name == "style" || name.starts_with("on")).cloned());
    }
    found
}

#[test]
fn every_page_says_what_it_may_load_and_holds_nothing_that_is_refused() {
    let all_in_one = "| A | B |\n|--:|:-:|\n| 1 | 2 |\n\n$\\color{red} x \\! y$\n\n```rust\nlet a = 1;\n```\n\n- [x] done[^1]\n\n[^1]: A note.";
    let small = small_site().essay("all", "math: true\naliases: [/old/]", all_in_one);
    std::fs::remove_dir_all(small.root().join("themes")).expect("the bare theme");
    for site in [own_site(), small] {
        site.build();
        let mut pages = 0;
        for (path, bytes) in site.output().iter().filter(|(path, _)| path.ends_with(".html")) {
            let html = String::from_utf8_lossy(bytes);
            assert_eq!(refused(&html), [""; 0], "{path}");
            if html.contains("http-equiv=\"refresh\"") {
                // It only sends readers on.
                continue;
            }
            let policy = html
                .find("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'self'; script-src 'self'");
            let loads = html.find(" src=").into_iter().chain(html.find("rel=\"stylesheet\"")).min();
            assert!(policy.is_some() && policy < loads.or(Some(html.len())), "{path}: {policy:?} {loads:?}");
            pages += 1;
        }
        assert!(pages > 20, "only {pages} pages");
    }
}

#[test]
fn the_colours_of_a_site_are_a_style_sheet() {
    let lines =
        "title: T\nbase_url: https://example.org/b/\ncolours: {light: {accent: \"#123\"}, dark: {accent: \"#456\"}}\n";
    let site = TestSite::with_default_theme().file("content/site.yaml", lines).essay("a", "", "A.");
    site.build();
    let page = site.page("/essays/a/");
    let link = page.split('"').find(|part| part.contains("site-colours.")).expect("its link");
    let css = site.page(link.strip_prefix("/b").expect("below the site's path"));
    assert_eq!(css, ":root{--nf-accent:#123;}\n@media (prefers-color-scheme:dark){:root{--nf-accent:#456;}}\n");
}

#[test]
fn a_template_is_told_what_of_it_is_refused() {
    let site = TestSite::with_default_theme()
        .essay("a", "", "A.")
        .file(
            "themes/default/templates/hooks/head.html",
            "<script>count()</script>\n<script src=\"https://stats.example/{{ page.kind }}.js\"></script>\n\
             <script type=\"application/ld+json\">{}</script>\n<script src=\"{{ site.assets[\"site.js\"] }}\"></script>\n",
        )
        .file("themes/default/templates/hooks/footer.html", "<!-- <style> -->\n<p {% if page.url %}style=\"top: 0\"{% endif %}><a onclick=\"x()\" href=\"https://elsewhere.example\">x</a></p>\n");
    insta::assert_snapshot!(site.said(), @r#"
    warning[blocked-by-policy]: the attribute `style`: the policy of pages refuses it
     --> themes/default/templates/hooks/footer.html:2:1
      |
    2 | <p {% if page.url %}style="top: 0"{% endif %}><a onclick="x()" href="https://elsewhere.example">x</a></p>
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: give the element a class, and style that in a file of `assets/`

    warning[blocked-by-policy]: the attribute `onclick`: the policy of pages refuses it
     --> themes/default/templates/hooks/footer.html:2:47
      |
    2 | <p {% if page.url %}style="top: 0"{% endif %}><a onclick="x()" href="https://elsewhere.example">x</a></p>
      |                                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: listen in a script file: `element.addEventListener(…)`

    warning[blocked-by-policy]: a script in the page: the policy of pages refuses it
     --> themes/default/templates/hooks/head.html:1:1
      |
    1 | <script>count()</script>
      | ^^^^^^^^
      |
      = help: put it into a file of `assets/` and name that: `<script src="{{ site.assets["own.js"] }}" defer>`

    warning[blocked-by-policy]: `<script>` of `https://stats.example`: the policy of pages refuses it
     --> themes/default/templates/hooks/head.html:2:1
      |
    2 | <script src="https://stats.example/{{ page.kind }}.js"></script>
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: allow it in `site.yaml`: `csp: {script-src: ["https://stats.example"]}`
    "#);
}

#[test]
fn what_a_site_allows_or_has_itself_is_not_told() {
    let lines = "title: T\nbase_url: https://example.org\ncsp:\n  script-src: [\"https://*.stats.example\"]\n  frame-src: [\"https://tube.example/embed/\"]\n  style-src: unsafe-inline\n";
    let site = TestSite::with_default_theme()
        .file("content/site.yaml", lines)
        .file("themes/default/templates/hooks/head.html", "<script src=\"//eu.stats.example/a.js\"></script><style>p {}</style><script src=\"https://example.org/b.js\"></script>")
        .file("themes/default/templates/hooks/footer.html", "<p style=\"top: 0\"><iframe src=\"https://tube.example/embed/1\"></iframe></p>");
    assert_eq!(site.said(), "");
}

#[test]
fn a_copy_of_the_head_without_the_policy_is_told_what_it_lacks() {
    let site =
        TestSite::with_default_theme().file("themes/default/templates/common/head.html", "<title>Mine</title>\n");
    insta::assert_snapshot!(site.said(), @r#"
    warning[no-policy]: the template does not say what its pages may load
    --> themes/default/templates/common/head.html
     = help: write into its head: `<meta http-equiv="Content-Security-Policy" content="{{ site.policy | safe }}">`
    "#);
}
