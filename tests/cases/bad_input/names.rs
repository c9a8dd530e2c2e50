//! Slugs, folders and files that try to stand outside the output.

use crate::support::{TestSite, files};

#[test]
fn no_name_leads_out_of_the_output() {
    let site = TestSite::new().essay("a", "", "A.");
    let before = files(site.root()).len();
    for front in
        ["slug: ..", "slug: ../x", "aliases: /../x/", "aliases: /a/../../x", "aliases: C:/x", "aliases: /a\\b/"]
    {
        site.write("content/essays/a.md", crate::support::essay("a", front, "A."));
        let said = site.said();
        assert!(said.starts_with("error[bad-name]") || said.starts_with("error[bad-alias]"), "{front}: {said}");
    }
    assert_eq!(files(site.root()).len(), before);
    assert!(!site.root().join("x").exists());
}
