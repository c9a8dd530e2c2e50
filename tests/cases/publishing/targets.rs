//! What a target says of the copy that goes there, and what a program is told of it.

use std::fs;

use assert_cmd::cargo::cargo_bin_cmd;
use ninefold::publish::Options;

use super::{at, options, published, site, with_targets};
use crate::support::{TestSite, essay, files};

fn two_copies() -> TestSite {
    let config = "title: Test\nbase_url: http://127.0.0.1:9\nsearch: false\npublish:\n  live: {type: dir, path: live}\n  staging: {type: dir, path: staging, base_url: \"https://staging.example/try/\", drafts: true, future: true, noindex: true, expires: 14}\n";
    let site = TestSite::with_default_theme().file("content/site.yaml", config).essay("a", "", "A.");
    site.write("content/essays/draft.md", essay("Draft", "draft: true", "D."));
    site.write("content/essays/later.md", "---\ntitle: Later\ndate: 2999-01-01\n---\nL.\n");
    site
}

#[test]
fn a_copy_with_an_address_of_its_own_never_names_the_live_one() {
    let site = two_copies();
    let to = |name: &str| Options { target: Some(name.to_owned()), ..options(&site) };
    published(&site, &to("staging"));
    let staging = crate::support::files(&site.root().join("staging"));
    for (path, bytes) in &staging {
        assert!(!String::from_utf8_lossy(bytes).contains("http://127.0.0.1:9"), "{path} names the live site");
    }
    let page = fs::read_to_string(site.root().join("staging/essays/draft/index.html")).expect("the draft");
    assert!(page.contains("<link rel=\"canonical\" href=\"https://staging.example/try/essays/draft/\">"), "{page}");
    assert!(site.root().join("staging/essays/later/index.html").exists());
    assert!(page.contains("<meta name=\"robots\" content=\"noindex\">"), "{page}");
    let text = |path: &str| fs::read_to_string(site.root().join(path)).expect(path);
    assert!(text("staging/_headers").contains("X-Robots-Tag: noindex"));
    assert_eq!(text("staging/robots.txt"), "User-agent: *\nAllow: /\n", "what may not be fetched can't say that");
    assert!(!site.out().exists(), "a copy is built beside the live site");
    published(&site, &to("live"));
    assert!(!text("live/index.html").contains("noindex") && !text("live/_headers").contains("X-Robots-Tag"));
    assert!(text("live/robots.txt").ends_with("\nSitemap: http://127.0.0.1:9/sitemap.xml\n"));
    let live = site.output();
    published(&site, &to("staging"));
    assert_eq!(site.output(), live, "what the live site was built into stays as it is");
    assert!(!site.root().join("live/essays/draft").exists() && !site.root().join("live/essays/later").exists());
    for (path, bytes) in crate::support::files(&site.root().join("live")) {
        assert!(!String::from_utf8_lossy(&bytes).contains("staging.example"), "{path} names the copy");
    }
}

#[test]
fn what_a_target_says_is_checked_where_it_stands() {
    let said = with_targets("live: {type: s3, bucket: b, compress: zstd, base_url: staging.example}").said();
    assert!(said.contains("error[unknown-word]: `compress` can't be `zstd`\n --> content/site.yaml:5:"), "{said}");
    assert!(
        said.contains("error[unknown-word]: `base_url` can't be `staging.example`\n --> content/site.yaml:5:"),
        "{said}"
    );
}

#[test]
fn a_copy_that_is_no_live_site_needs_an_address_of_its_own() {
    for (words, column) in [("noindex: true", "39"), ("drafts: true, base_url: \"http://127.0.0.1:9\"", "39")] {
        let said = with_targets(&format!("staging: {{type: dir, path: staging, {words}}}")).said();
        let key = words.split(':').next().unwrap_or_default();
        let expected = format!(
            "error[copy-address]: a copy with `{key}` has the address of the live site\n --> content/site.yaml:5:{column}\n"
        );
        assert!(said.contains(&expected), "{said}");
    }
    assert!(!with_targets("live: {type: dir, path: live, future: true}").said().contains("copy-address"));
}

#[test]
fn what_has_expired_is_removed_when_that_is_asked_for() {
    let site = two_copies();
    let on = |when: &str, expired: bool| Options { target: Some("staging".to_owned()), expired, ..at(&site, when) };
    published(&site, &on("2026-06-01T00:00:00Z", false));
    site.write("content/essays/a.md", essay("a", "", "New."));
    published(&site, &on("2026-06-03T00:00:00Z", false));
    let shown = || files(&site.root().join("staging"));
    published(&site, &on("2026-06-16T23:00:00Z", true));
    assert!(shown().len() > 20, "its time began with the last publication");
    published(&site, &Options { dry_run: true, ..on("2026-06-17T00:00:00Z", true) });
    assert!(shown().len() > 20);
    published(&site, &on("2026-06-17T00:00:00Z", true));
    assert_eq!(shown().into_iter().map(|(path, _)| path).collect::<Vec<_>>(), [".ninefold-manifest.json"]);
    published(&site, &on("2026-06-18T00:00:00Z", false));
    assert!(shown().len() > 20);
    let live = Options { target: Some("live".to_owned()), ..at(&site, "2026-06-01T00:00:00Z") };
    published(&site, &live);
    published(
        &site,
        &Options { expired: true, ..Options { now: "2996-06-01T00:00:00Z".parse().expect("a time"), ..live } },
    );
    assert!(site.root().join("live/index.html").exists(), "a place that says nothing of it does not expire");
}

/// The last line of `publish --json`.
fn object(site: &TestSite, more: &[&str]) -> serde_json::Value {
    let output = cargo_bin_cmd!("ninefold").args(["publish", "--json"]).args(more).current_dir(site.root()).output();
    let text = String::from_utf8(output.expect("the program").stdout).expect("UTF-8");
    serde_json::from_str(text.lines().last().expect("a line")).expect("JSON")
}

#[test]
fn a_program_is_told_everything_also_when_a_run_stops_early() {
    let site = site();
    let planned = object(&site, &["--dry-run"]);
    assert!(planned["publication"]["to_send"].as_u64().is_some_and(|bytes| bytes > 10_000), "{planned}");
    site.write(
        "live/.ninefold-lock.json",
        "{\"holder\":\"x\",\"host\":\"build-3\",\"process\":7,\"seconds\":60,\"until\":\"2999-01-01T00:00:00Z\"}",
    );
    let locked = object(&site, &[]);
    assert_eq!(locked["fine"], false);
    assert_eq!(locked["publication"]["locked_by"], "another publisher is at work there: process 7 on `build-3`");
    site.write("content/essays/a.md", essay("A", "patterns: [lagg]", "A."));
    let stopped = object(&site, &[]);
    let publication = &stopped["publication"];
    assert_eq!((publication["target"].as_str(), publication["place"].as_str()), (Some("live"), Some("folder live")));
}

#[test]
fn where_rsync_goes_is_looked_at_before_rsync_sees_it() {
    let said =
        |destination: &str| with_targets(&format!("live: {{type: rsync, destination: \"{destination}\"}}")).said();
    for fits in
        ["me@host:/srv/www", "host:www", "rsync://host:8730/module/www", "rsync://me@host/module", "host::module"]
    {
        assert!(!said(fits).contains("destination"), "{fits}: {}", said(fits));
    }
    for refused in ["/srv/www", "www", "https://host/www", "sftp://host/www", "-e:x", "me@-oProxyCommand:x", "host:"] {
        assert!(said(refused).contains("`destination` can't be `"), "{refused}: {}", said(refused));
    }
    let secret = said("rsync://me:word@host/module");
    assert!(secret.contains("error[credentials]: `destination` holds a name or a password"), "{secret}");
}
