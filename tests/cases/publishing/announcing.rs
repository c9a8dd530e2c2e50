//! Who hears that pages changed: a hub of feeds and IndexNow, which a server on loopback stands for.

use super::answers::{Answers, Asked, answering};
use super::network::run;
use crate::cases::commands::{code, err};
use crate::support::{TestSite, essay};

/// A site that tells both services of its changes.
fn site(url: &str, more: &str) -> TestSite {
    let config = format!(
        "title: T\nbase_url: https://example.org/notes\nsearch: false\nannounce: {{websub: \"{url}/hub\", indexnow: \"0123abcd-key\"}}\npublish: {{live: {{type: dir, path: live{more}}}}}\n"
    );
    let site = TestSite::with_default_theme().file("content/site.yaml", config).essay("a", "patterns: [lag]", "A.");
    site.essay("b", "", "B.")
}

fn publish(site: &TestSite, service: &Answers) -> String {
    let output = run(site, &[], &[("INDEXNOW_ENDPOINT", &format!("{}/index", service.url))]);
    assert_eq!(code(&output), 0, "{}", err(&output));
    err(&output)
}

fn taken(service: &Answers, path: &str) -> Vec<Asked> {
    let mut asked = service.asked.lock().expect("what was asked");
    let (taken, rest) = std::mem::take(&mut *asked).into_iter().partition(|asked| asked.path == path);
    *asked = rest;
    taken
}

#[test]
fn services_are_told_what_changed_once_it_is_published() {
    let service = answering(|_| (202, String::new()));
    let site = site(&service.url, "");
    publish(&site, &service);
    assert_eq!(
        std::fs::read_to_string(site.root().join("live/0123abcd-key.txt")).ok().as_deref(),
        Some("0123abcd-key")
    );
    let live = |name: &str| std::fs::read_to_string(site.root().join("live").join(name)).expect(name);
    let feed = live("feed.xml");
    assert!(feed.contains(&format!("<link rel=\"hub\" href=\"{}/hub\"/>", service.url)), "{feed}");
    let json: serde_json::Value = serde_json::from_str(&live("feed.json")).expect("JSON");
    assert_eq!(json["hubs"][0]["url"], format!("{}/hub", service.url));
    taken(&service, "/hub");
    taken(&service, "/index");
    site.write("content/essays/a.md", essay("a", "patterns: [lag]", "Other words."));
    site.remove("content/essays/b.md");
    publish(&site, &service);
    let hub = taken(&service, "/hub");
    assert!(hub.iter().all(|asked| asked.method == "POST"), "{hub:?}");
    let feed = "hub.mode=publish&hub.url=https%3A%2F%2Fexample%2Eorg%2Fnotes%2Ffeed%2Exml";
    assert!(hub.iter().any(|asked| asked.body == feed), "{hub:?}");
    let index = taken(&service, "/index");
    let body: serde_json::Value = serde_json::from_str(&index[0].body).expect("JSON");
    assert_eq!((index.len(), &body["host"], &body["key"]), (1, &"example.org".into(), &"0123abcd-key".into()));
    assert_eq!(body["keyLocation"], "https://example.org/notes/0123abcd-key.txt");
    let urls: Vec<&str> =
        body["urlList"].as_array().expect("addresses").iter().filter_map(|url| url.as_str()).collect();
    for url in
        ["https://example.org/notes/essays/a/", "https://example.org/notes/essays/b/", "https://example.org/notes/"]
    {
        assert!(urls.contains(&url), "{urls:?}");
    }
    assert!(urls.iter().all(|url| url.ends_with('/')), "pages alone: {urls:?}");
    publish(&site, &service);
    assert_eq!(service.asked.lock().expect("what was asked").len(), 0, "nothing changed");
}

#[test]
fn a_service_that_fails_is_a_warning() {
    let service = answering(|asked| (if asked.path == "/hub" { 500 } else { 422 }, "no".to_owned()));
    let site = site(&service.url, "");
    let said = publish(&site, &service);
    assert!(said.contains("warning[not-announced]: the site is published, and the hub of feeds was not told of everything that changed: it answered 500\n"), "{said}");
    assert!(said.contains("and IndexNow was not told of everything that changed: it answered 422\n"), "{said}");
    assert_eq!(taken(&service, "/hub").len(), 1, "a hub that fails is asked for nothing more");
    assert_eq!(service.asked.lock().expect("what was asked").len(), 1);
    // One that is not there at all.
    let gone = site_gone();
    let said = err(&run(&gone, &[], &[("INDEXNOW_ENDPOINT", "http://127.0.0.1:1/")]));
    assert_eq!(said.matches("warning[not-announced]").count(), 2, "{said}");
}

fn site_gone() -> TestSite {
    site("http://127.0.0.1:1", "")
}

#[test]
fn copies_and_places_that_say_so_are_not_announced() {
    let service = answering(|_| (200, String::new()));
    for more in [", announce: false", ", base_url: \"https://staging.example\"", ", future: true"] {
        publish(&site(&service.url, more), &service);
        assert_eq!(service.asked.lock().expect("what was asked").len(), 0, "{more}");
    }
}

#[test]
fn a_key_has_the_form_that_the_services_take() {
    for (key, fits) in [("abcdefgh", true), ("12345678", true), ("short", false), ("with space", false)] {
        let config = format!("title: T\nbase_url: https://example.org\nannounce: {{indexnow: {key}}}\n");
        let said = TestSite::new().file("content/site.yaml", config).essay("a", "", "A.").said();
        assert_eq!(!said.contains(&format!("`indexnow` can't be `{key}`")), fits, "{said}");
    }
}
