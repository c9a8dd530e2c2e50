//! A published folder served by nginx.

use super::parts::{built, folder, nginx, publish, request};
use crate::support::{TestSite, essay};

#[test]
#[ignore = "needs nginx"]
fn nginx_serves_what_was_published_and_it_is_verified_there() {
    let (_keep, own) = folder();
    let root = own.join("live");
    std::fs::create_dir(&root).expect("a folder");
    let nginx = nginx(&root, &own);
    let config =
        format!("title: T\nbase_url: {}\npublish: {{live: {{type: dir, path: {}}}}}\n", nginx.url, root.display());
    let site = TestSite::with_default_theme()
        .file("content/site.yaml", config)
        .file("content/essays/a.md", essay("a", "patterns: [lag]\naliases: [/old/]", "A."));
    let said = publish(site.root(), &["--verify"]);
    assert!(said.contains("addresses looked at, all as they should be"), "{said}");
    for (path, bytes) in built(&site) {
        let url = format!("{}/{}", nginx.url, path.strip_suffix("index.html").unwrap_or(&path));
        let (status, headers, body) = request("GET", &url);
        assert_eq!(status, 200, "{url}");
        assert!(body == bytes, "{url}");
        if path.ends_with(".html") {
            assert!(headers.contains("content-type: text/html"), "{url}: {headers}");
        }
    }
    let (status, _, body) = request("GET", &format!("{}/nothing/here/", nginx.url));
    assert_eq!(status, 404);
    assert!(body == built(&site)["404.html"], "the site's own page for what is not there");
}
