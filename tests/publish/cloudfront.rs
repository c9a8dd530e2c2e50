//! The function that CloudFront runs before each request, run here by Node on a table of requests.

use std::process::Command;

use crate::support::TestSite;

/// A path and its query as CloudFront hands them over.
const REQUESTS: &str = r#"[
    ["/", {}],
    ["/essays/x/", {}],
    ["/essays/x", {}],
    ["/search", {"q": {"value": "lag"}}],
    ["/search", {"q": {"value": "a%20b"}, "pattern": {"value": "lag", "multiValue": [{"value": "lag"}, {"value": "saturation"}]}, "x": {"value": ""}}],
    ["/search/", {"q": {"value": "lag"}}],
    ["//host.example/x", {}],
    ["/\\host.example/x", {}],
    ["///host.example/x/", {}],
    ["/old/post.php", {"p": {"value": "12"}}],
    ["/old/Default.aspx", {}],
    ["/essays/version-1.2", {}],
    ["/assets/a.css", {}],
    ["/talk.mp3", {}],
    ["/.well-known/apple-app-site-association", {}],
    ["/.ninefold-manifest.json", {}],
    ["/.ninefold-last/0a1b", {}]
]"#;

#[test]
#[ignore = "needs node"]
fn each_request_gets_its_page_or_is_sent_on_within_the_site() {
    let site = TestSite::new();
    ninefold::new::deploy(site.root(), ninefold::new::Host::Cloudfront).expect("the files");
    let function = std::fs::read_to_string(site.root().join("cloudfront/index-rewrite.js")).expect("the function");
    let script = format!(
        "{function}\nfor (const [uri, querystring] of {REQUESTS}) {{\n  const to = handler({{ request: {{ uri, querystring }} }});\n  \
         console.log(uri, '->', to.uri || [to.statusCode, to.headers?.location.value].filter(Boolean).join(' '));\n}}"
    );
    let output = Command::new("node").args(["-e", &script]).output().expect("node");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    insta::assert_snapshot!(String::from_utf8(output.stdout).expect("UTF-8"), @r"
    / -> /index.html
    /essays/x/ -> /essays/x/index.html
    /essays/x -> 301 /essays/x/
    /search -> 301 /search/?q=lag
    /search -> 301 /search/?q=a%20b&pattern=lag&pattern=saturation&x
    /search/ -> /search/index.html
    //host.example/x -> 301 /host.example/x/
    /\host.example/x -> 301 /host.example/x/
    ///host.example/x/ -> /host.example/x/index.html
    /old/post.php -> /old/post.php/index.html
    /old/Default.aspx -> /old/Default.aspx/index.html
    /essays/version-1.2 -> 301 /essays/version-1.2/
    /assets/a.css -> /assets/a.css
    /talk.mp3 -> /talk.mp3
    /.well-known/apple-app-site-association -> /.well-known/apple-app-site-association
    /.ninefold-manifest.json -> 404
    /.ninefold-last/0a1b -> 404
    ");
}
