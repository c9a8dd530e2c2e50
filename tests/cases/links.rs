//! Every address inside a built site leads somewhere: pages, anchors, assets, feeds, sitemap, data.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::own_site::own_site;
use super::{html, small_site, xml};
use crate::support::TestSite;

/// A built site as a host holds it.
pub struct Host {
    /// `https://name.github.io/essays`, without a slash at its end.
    base: String,
    files: BTreeMap<String, Vec<u8>>,
}

/// An address and where it was found.
type Found = (String, String);

impl Host {
    pub fn new(site: &TestSite, base: &str) -> Self {
        let options =
            ninefold::pipeline::Options { base_url: ninefold::config::BaseUrl::parse(base), ..site.options() };
        let built = ninefold::pipeline::build(&options);
        assert!(!built.has_errors(), "{}", site.shown(&built.diagnostics));
        Self { base: base.trim_end_matches('/').to_owned(), files: site.output().into_iter().collect() }
    }

    fn text(&self, file: &str) -> &str {
        std::str::from_utf8(&self.files[file]).expect("UTF-8")
    }

    /// The path of the base: empty, or `/essays`.
    fn path(&self) -> &str {
        let rest = &self.base["https://".len()..];
        rest.find('/').map_or("", |at| &rest[at..])
    }

    /// The address at which `file` is found.
    fn address(&self, file: &str) -> String {
        let shown = file.strip_suffix("index.html").unwrap_or(file);
        format!("{}/{shown}", self.path())
    }

    /// Every address in the site that should be the site's own.
    fn addresses(&self) -> Vec<Found> {
        let mut found = Vec::new();
        for file in self.files.keys() {
            let here = self.address(file);
            let (addresses, extension) = (self.in_file(file), file.rsplit_once('.').map_or("", |(_, end)| end));
            // Whatever is not a page names whole addresses, but for style sheets.
            let relative = matches!(extension, "html" | "css");
            for address in addresses {
                let own =
                    address.strip_prefix(&self.base).filter(|rest| rest.is_empty() || rest.starts_with(['/', '#']));
                match own {
                    Some(rest) => found.push((format!("{}{rest}", self.path()), here.clone())),
                    None if address.contains(':') => {}
                    None if relative => found.push((joined(&here, &address), here.clone())),
                    None => panic!("{file}: `{address}` is no whole address"),
                }
            }
        }
        found
    }

    fn in_file(&self, file: &str) -> Vec<String> {
        match file.rsplit_once('.').map_or("", |(_, end)| end) {
            "html" => html::addresses(self.text(file)),
            "xml" => {
                let elements = xml::elements(self.text(file));
                let mut found = xml::texts(&elements, "loc");
                found.extend(
                    elements.iter().filter(|e| e.within.len() < 3).flat_map(|e| e.get("href").map(str::to_owned)),
                );
                found.extend(xml::texts(&elements, "id"));
                found.extend(xml::texts(&elements, "content").iter().flat_map(|text| html::addresses(text)));
                found
            }
            "css" => {
                let parts = self.text(file).split("url(").skip(1).filter_map(|part| part.split(')').next());
                parts
                    .map(|part| part.trim_matches(['"', '\'']).to_owned())
                    .filter(|part| !part.starts_with("data:"))
                    .collect()
            }
            "json" => {
                let value: Value = serde_json::from_str(self.text(file)).expect("JSON");
                in_json(&value)
            }
            _ => Vec::new(),
        }
    }

    /// What is wrong with an address of this site.
    fn fault(&self, address: &str, ids: &mut BTreeMap<String, BTreeSet<String>>) -> Option<String> {
        let (address, anchor) = address.split_once('#').map_or((address, ""), |(address, anchor)| (address, anchor));
        let address = address.split('?').next().unwrap_or_default();
        let Some(path) = address.strip_prefix(self.path()).and_then(|path| path.strip_prefix('/')) else {
            return Some("leaves the site's base".to_owned());
        };
        let file = if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() };
        if !self.files.contains_key(&file) {
            return Some(format!("there is no file {file}"));
        }
        if anchor.is_empty() {
            return None;
        }
        let ids = ids.entry(file.clone()).or_insert_with(|| html::ids(self.text(&file)).into_iter().collect());
        (!ids.contains(anchor)).then(|| format!("{file} has no #{anchor}"))
    }

    /// Asserts that every address leads somewhere; returns how many do.
    pub fn assert_whole(&self) -> usize {
        let mut ids = BTreeMap::new();
        let addresses = self.addresses();
        let broken: BTreeSet<String> = addresses
            .iter()
            .filter_map(|(address, on)| Some(format!("{on}: `{address}`: {}", self.fault(address, &mut ids)?)))
            .collect();
        assert!(
            broken.is_empty(),
            "{} broken:\n{}",
            broken.len(),
            broken.into_iter().take(40).collect::<Vec<_>>().join("\n")
        );
        addresses.len()
    }
}

/// Addresses in the site's JSON files: whatever stands under a key that holds one, and what is in the full texts.
fn in_json(value: &Value) -> Vec<String> {
    match value {
        Value::Object(map) => map
            .iter()
            .flat_map(|(key, value)| match (key.as_str(), value.as_str()) {
                ("url" | "home_page_url" | "feed_url", Some(url)) => vec![url.to_owned()],
                ("content_html", Some(text)) => html::addresses(text),
                _ => in_json(value),
            })
            .collect(),
        Value::Array(items) => items.iter().flat_map(in_json).collect(),
        _ => Vec::new(),
    }
}

/// `address` as it stands on the page `here`, from the host's root.
fn joined(here: &str, address: &str) -> String {
    if address.starts_with('/') {
        return address.to_owned();
    }
    if address.starts_with('#') || address.is_empty() {
        return format!("{here}{address}");
    }
    let mut parts: Vec<&str> = here.split('/').collect();
    parts.pop();
    for part in address.split('/') {
        match part {
            ".." => {
                parts.pop();
            }
            "." => {}
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[test]
fn every_address_of_a_small_site_leads_somewhere() {
    let checked = Host::new(&small_site::with_default_theme(), "https://small.example").assert_whole();
    assert!(checked > 1_000, "only {checked} addresses");
}

#[test]
fn so_it_does_below_a_path() {
    let checked = Host::new(&small_site::with_default_theme(), "https://name.github.io/essays/").assert_whole();
    assert!(checked > 1_000, "only {checked} addresses");
}

#[test]
fn every_address_of_the_repositorys_site_leads_somewhere() {
    let checked = Host::new(&own_site(), "https://ninefold.example").assert_whole();
    assert!(checked > 5_000, "only {checked} addresses");
}

#[test]
fn so_it_does_where_the_repositorys_site_is_below_a_path() {
    Host::new(&own_site(), "https://name.github.io/essays/").assert_whole();
}

#[test]
fn the_index_for_browsing_leads_to_every_essay() {
    let host = Host::new(&small_site::with_default_theme(), "https://name.github.io/essays/");
    let index: Value = serde_json::from_str(host.text("data/browse.json")).expect("JSON");
    assert_eq!(index["essays"], "/essays/essays/");
    let slugs = index["slug"].as_array().expect("slugs");
    assert_eq!(slugs.len(), 5);
    for slug in slugs {
        assert!(host.files.contains_key(&format!("essays/{}/index.html", slug.as_str().expect("a slug"))), "{slug}");
    }
}

#[test]
fn the_names_that_search_knows_lead_to_their_pages_and_passages() {
    let host = Host::new(&own_site(), "https://name.github.io/essays/");
    let json = |file: &str| -> Value { serde_json::from_str(host.text(file)).expect("JSON") };
    let piece = json("pagefind/pagefind-entry.json")["names"].as_str().expect("its name").to_owned();
    let names = json(&format!("pagefind/{piece}"));
    let mut ids = BTreeMap::new();
    let mut checked = 0;
    for name in names.as_array().expect("names") {
        let passages = name["passages"].as_array().expect("passages");
        for path in [name].into_iter().chain(passages).map(|place| place["path"].as_str().expect("a path")) {
            assert_eq!(host.fault(&format!("{}{path}", host.path()), &mut ids), None, "{path}");
            checked += 1;
        }
    }
    assert!(checked > 80, "only {checked}");
}

#[test]
fn a_broken_link_and_a_broken_anchor_are_noticed_here() {
    let site = TestSite::new().essay("a", "", "Text.");
    let mut host = Host::new(&site, "https://example.org/x");
    host.files.insert(
        "bad.html".to_owned(),
        b"<a href=\"/x/none/\"></a><a href=\"/x/essays/a/#none\"></a><a href=\"/\"></a>".to_vec(),
    );
    let mut ids = BTreeMap::new();
    let faults: Vec<String> =
        host.addresses().iter().filter_map(|(address, _)| host.fault(address, &mut ids)).collect();
    assert_eq!(
        faults,
        ["there is no file none/index.html", "essays/a/index.html has no #none", "leaves the site's base"]
    );
}
