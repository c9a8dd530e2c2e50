//! The last version brought again in buckets of two kinds, through a store that tells what is sent with each file.

use std::collections::BTreeMap;
use std::io::Read;

use super::parts::{built, folder, listed, moto, publish, rclone, request, site_for};
use crate::support::{TestSite, essay};

/// Publishes a good version and a bad one, and goes back; `shown` reads what is there.
fn goes_back(site: &TestSite, shown: &dyn Fn() -> BTreeMap<String, Vec<u8>>) {
    publish(site.root(), &[]);
    site.write("content/essays/n0.md", essay("n0", "patterns: [lag]", "The version to go back to."));
    publish(site.root(), &[]);
    let good = built(site);
    site.write("content/essays/n0.md", essay("n0", "patterns: [friction]", "A mistake."));
    site.write("content/essays/more.md", essay("more", "", "More."));
    site.remove("content/essays/n1.md");
    publish(site.root(), &[]);
    let there = shown();
    assert!(built(site).iter().all(|(path, bytes)| there.get(path) == Some(bytes)));
    let said = publish(site.root(), &["--back"]);
    assert!(said.contains("+ essays/n1/index.html") && said.contains("- essays/more/index.html"), "{said}");
    let there = shown();
    assert!(good.iter().all(|(path, bytes)| there.get(path) == Some(bytes)));
    assert!(!there.contains_key("essays/more/index.html"));
    assert!(publish(site.root(), &["--back"]).contains("nothing was sent"));
    // Whatever is kept, nothing of it is taken for a file of others or of the site.
    assert!(publish(site.root(), &["--back", "--dry-run"]).contains("Nothing was changed"));
    publish(site.root(), &["--repair"]);
    let there = shown();
    assert!(built(site).iter().all(|(path, bytes)| there.get(path) == Some(bytes)));
}

#[test]
#[ignore = "needs moto"]
fn a_bucket_goes_back_with_the_headers_of_each_file() {
    for more in ["", ", compress: gzip", ", compress: br"] {
        let moto = moto();
        let at = |path: &str| request("GET", &format!("{}/essays/site/{path}", moto.url));
        let shown = || -> BTreeMap<String, Vec<u8>> {
            let plain = |path: &str| {
                let (_, headers, bytes) = at(path);
                let mut plain = Vec::new();
                if headers.contains("content-encoding: gzip") {
                    flate2::read::GzDecoder::new(&*bytes).read_to_end(&mut plain).expect("gzip");
                } else if headers.contains("content-encoding: br") {
                    brotli::Decompressor::new(&*bytes, 4096).read_to_end(&mut plain).expect("Brotli");
                } else {
                    return bytes;
                }
                plain
            };
            listed(&moto.url).into_iter().map(|path| (path.clone(), plain(&path))).collect()
        };
        goes_back(&site_for(&moto.url, 3, more), &shown);
        let (_, headers, _) = at("essays/n0/index.html");
        assert!(headers.contains("content-type: text/html; charset=utf-8"), "{headers}");
        assert!(headers.contains("cache-control: public, max-age=0, must-revalidate"), "{headers}");
        let coding = more.rsplit(' ').next().unwrap_or_default();
        assert_eq!(headers.contains("content-encoding: "), !coding.is_empty(), "{headers}");
        assert!(headers.contains(coding), "{headers}");
    }
}

#[test]
#[ignore = "needs rclone"]
fn a_folder_behind_rclone_goes_back() {
    let (_keep, own) = folder();
    let rclone = rclone(&own);
    let shown = || crate::support::files(&own.join("essays/site")).into_iter().collect();
    goes_back(&site_for(&rclone.url, 3, ", lock: off"), &shown);
}
