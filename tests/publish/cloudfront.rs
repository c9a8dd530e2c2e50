//! The function that CloudFront runs before each request, run here by Node.

use std::process::Command;

use crate::support::TestSite;

#[test]
#[ignore = "needs node"]
fn folders_get_their_page_and_addresses_without_a_slash_are_sent_on() {
    let site = TestSite::new();
    ninefold::new::deploy(site.root(), ninefold::new::Host::Cloudfront).expect("the files");
    let function = std::fs::read_to_string(site.root().join("cloudfront/index-rewrite.js")).expect("the function");
    let script = format!(
        "{function}\nfor (const uri of ['/', '/essays/x/', '/essays/x', '/assets/a.css']) {{\n  const to = handler({{ request: {{ uri }} }});\n  \
         console.log(uri, to.uri || to.statusCode + ' ' + to.headers.location.value);\n}}"
    );
    let output = Command::new("node").args(["-e", &script]).output().expect("node");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    insta::assert_snapshot!(String::from_utf8(output.stdout).expect("UTF-8"), @r"
    / /index.html
    /essays/x/ /essays/x/index.html
    /essays/x 301 /essays/x/
    /assets/a.css /assets/a.css
    ");
}
