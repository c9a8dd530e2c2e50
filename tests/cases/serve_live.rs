//! What open pages hear of: their own changes and no others', once each.

use std::fs;
use std::io::{BufRead, BufReader};
use std::net::TcpStream;
use std::time::Duration;

use super::server::Server;
use super::small_site::small_site;
use crate::support::{TestSite, essay};

/// A page that listens, as its script does.
struct Page {
    stream: BufReader<TcpStream>,
}

impl Page {
    /// Loads the page and listens with the look it has.
    fn open(server: &Server, path: &str) -> Self {
        let body = server.get(path).body;
        let value = |name: &str| {
            body.split_once(&format!("{name}=\""))
                .and_then(|(_, rest)| rest.split('"').next())
                .expect("its look")
                .to_owned()
        };
        let query = format!("page={path}&seen={}&assets={}", value("data-page"), value("data-assets"));
        let request = format!("GET /.ninefold/events?{query} HTTP/1.1\r\nHost: {}\r\n\r\n", server.address);
        let mut stream = BufReader::new(server.send(&request));
        let mut line = String::new();
        while stream.read_line(&mut line).expect("the head") > 2 {
            line.clear();
        }
        Self { stream }
    }

    /// The names of the events that come until one is `last`; comments and the length of each piece are passed over.
    fn events_until(&mut self, last: &str) -> Vec<String> {
        let mut events = Vec::new();
        while events.last().is_none_or(|event| event != last) {
            let mut line = String::new();
            assert!(self.stream.read_line(&mut line).expect("an event") > 0, "the stream ended after {events:?}");
            if let Some(name) = line.trim_end().strip_prefix("event: ") {
                events.push(name.to_owned());
            }
        }
        events
    }

    /// Whether nothing comes for a while.
    fn is_silent(&mut self) -> bool {
        self.stream.get_ref().set_read_timeout(Some(Duration::from_millis(600))).expect("a time to wait");
        let mut line = String::new();
        let mut came = false;
        while self.stream.read_line(&mut line).is_ok_and(|read| read > 0) {
            came |= line.starts_with("event:");
            line.clear();
        }
        self.stream.get_ref().set_read_timeout(Some(Duration::from_secs(20))).expect("a time to wait");
        !came
    }
}

/// The first word of the stream is what stands above the page.
fn opened(server: &Server, path: &str) -> Page {
    let mut page = Page::open(server, path);
    assert_eq!(page.events_until("faults"), ["faults"], "a page that is as it was has no news");
    page
}

#[test]
fn a_page_hears_of_its_own_change_and_others_of_nothing() {
    let site = small_site();
    let server = Server::of(&site);
    let mut quiet = opened(&server, "/essays/quiet/");
    let mut about = opened(&server, "/about/");
    site.write("content/essays/quiet.md", essay("Quiet", "", "Some other words."));
    assert_eq!(quiet.events_until("page"), ["page"]);
    assert!(about.is_silent(), "a page that shows nothing of the essay hears nothing");
}

#[test]
fn a_tag_added_to_one_essay_shows_at_once_wherever_it_counts() {
    let site = TestSite::with_default_theme()
        .incident("ports-2026", "title: Ports")
        .essay("first", "patterns: [lag, saturation]\nincidents: [ports-2026]", "One.")
        .essay("second", "", "Two.");
    let server = Server::of(&site);
    let places = [
        "/patterns/lag/",
        "/patterns/saturation/",
        "/patterns/lag/saturation/",
        "/incidents/ports-2026/",
        "/patterns/lag/feed.xml",
        "/patterns/lag/saturation/feed.xml",
        "/incidents/ports-2026/feed.xml",
    ];
    for place in places {
        assert!(!server.get(place).body.contains("/essays/second/"), "{place}");
    }
    let counted = |body: &str| body.matches("2 essays").count();
    assert_eq!(counted(&server.get("/").body), 0);
    let mut changes = server.listen();
    site.write(
        "content/essays/second.md",
        essay("second", "patterns: [lag, saturation]\nincidents: [ports-2026]", "Two."),
    );
    server.wait_for(&mut changes, "/essays/second/", "/patterns/lag/");
    for place in places {
        assert!(server.get(place).body.contains("/essays/second/"), "{place}");
    }
    assert!(counted(&server.get("/").body) >= 2, "both patterns' tiles count it");
    assert_eq!(server.get("/feed.xml").body.matches("<category term=\"Lag\"/>").count(), 2);
    let data: serde_json::Value = serde_json::from_str(&server.get("/data/browse.json").body).expect("JSON");
    assert_eq!(data["pattern"][0], data["pattern"][1]);
    assert_eq!(data["incident"], serde_json::json!([[0], [0]]));
}

#[test]
fn a_style_sheet_is_told_apart_from_the_page() {
    let site = TestSite::with_default_theme().essay("a", "", "Words.");
    let server = Server::of(&site);
    let mut page = opened(&server, "/essays/a/");
    site.write("themes/default/assets/style.css", "body { color: #111 }");
    assert_eq!(page.events_until("style"), ["style"]);
}

#[test]
fn a_touch_and_swap_files_are_no_change() {
    let site = small_site();
    let server = Server::of(&site);
    let mut page = opened(&server, "/essays/quiet/");
    let path = site.root().join("content/essays/quiet.md");
    let text = fs::read(&path).expect("the essay");
    fs::write(&path, &text).expect("the same essay");
    for name in [".quiet.md.swp", "4913", "quiet.md~", ".#quiet.md", "#quiet.md#", "quiet.md.tmp"] {
        site.write(&format!("content/essays/{name}"), "left by an editor");
        site.remove(&format!("content/essays/{name}"));
    }
    assert!(page.is_silent());
}

#[test]
fn a_branch_switch_is_one_change() {
    let site = (0..500).fold(TestSite::new(), |site, n| site.essay(&format!("e{n}"), "patterns: lag", "Words."));
    let server = Server::of(&site);
    let mut page = opened(&server, "/essays/e7/");
    for n in 0..500 {
        site.write(&format!("content/essays/e{n}.md"), essay(&format!("e{n}"), "patterns: lag", "Of another branch."));
    }
    assert_eq!(page.events_until("page"), ["page"]);
    assert!(server.get("/essays/e7/").body.contains("Of another branch."));
    assert!(page.is_silent(), "and nothing after it");
    assert!(server.get("/data/essays.json").body.contains("e499"));
}

#[test]
fn a_save_by_halves_shows_nothing_broken() {
    let site = small_site();
    let server = Server::of(&site);
    let mut page = opened(&server, "/essays/quiet/");
    // The front matter can't be read: the last good version stays, under the fault.
    site.write("content/essays/quiet.md", "---\ntitle: Qui");
    assert_eq!(page.events_until("faults"), ["faults"], "the page is as it was");
    let shown = server.get("/essays/quiet/");
    assert!(shown.body.contains("<title>Quiet</title>") && shown.body.contains("the front matter is never closed"));
    site.write("content/essays/quiet.md", essay("Quiet", "", "The whole of it."));
    assert_eq!(page.events_until("faults"), ["page", "faults"]);
    assert!(!server.get("/essays/quiet/").body.contains("nf-faults"));
}

#[test]
fn what_was_wrong_with_a_text_that_is_gone_is_not_looked_for_in_the_newest() {
    let site = small_site();
    let server = Server::of(&site);
    let mut page = opened(&server, "/essays/quiet/");
    site.write("content/essays/quiet.md", essay("Quiet", "patterns: [lagg]", "[Words](pattern:frictio)."));
    assert_eq!(page.events_until("faults"), ["page", "faults"]);
    let body = server.get("/essays/quiet/").body;
    assert!(body.contains("there is no pattern `lagg`") && body.contains("there is no pattern `frictio`"));
    site.write("content/essays/quiet.md", "---\ntitle: Qui");
    assert_eq!(page.events_until("faults"), ["faults"]);
    let body = server.get("/essays/quiet/").body;
    let (_, bar) = body.split_once("nf-faults").expect("the bar");
    assert!(bar.contains("the front matter is never closed") && !bar.contains("there is no pattern"), "{bar}");
    // It comes back with the text that it stands in.
    site.write("content/essays/quiet.md", essay("Quiet", "patterns: [lagg]", "[Words](pattern:frictio)."));
    page.events_until("faults");
    let body = server.get("/essays/quiet/").body;
    assert!(body.contains("there is no pattern `lagg`") && !body.contains("the front matter is never closed"));
}

#[test]
fn a_broken_link_is_marked_in_the_newest_text() {
    let site = small_site();
    let server = Server::of(&site);
    let mut page = opened(&server, "/essays/quiet/");
    site.write(
        "content/essays/quiet.md",
        essay("Quiet", "", "Newest: [the \"rest\"](nowhere.md), [late](pattern:lagg)."),
    );
    assert_eq!(page.events_until("faults"), ["page", "faults"]);
    let body = server.get("/essays/quiet/").body;
    let (_, text) = body.split_once("<p>Newest").expect("the newest text");
    let text = &text[..text.find("</p>").expect("its end")];
    assert_eq!(
        text,
        ": <span class=\"nf-fault\" title=\"there is no file `content/essays/nowhere.md`; create it with `ninefold new essay nowhere`, and publish it: it begins as a draft\">the \u{201c}rest\u{201d}</span>, \
         <span class=\"nf-fault\" title=\"there is no pattern `lagg`; did you mean `lag`?\">late</span>."
    );
}

#[test]
fn a_link_to_a_draft_is_a_warning_here() {
    let site = small_site().essay("pointing", "", "See [it](unfinished.md).");
    let server = Server::of(&site);
    let page = server.get("/essays/pointing/");
    assert!(page.body.contains("without drafts, this link is an error"), "{}", page.body);
    assert!(page.body.contains("href=\"/essays/unfinished/\""), "it leads there all the same");
}

#[test]
fn settings_that_cannot_be_read_stay_what_they_were() {
    let site = small_site();
    let server = Server::of(&site);
    let mut changes = server.listen();
    site.write("content/site.yaml", "title: [");
    let page = server.wait_for(&mut changes, "/", "nf-faults");
    assert!(page.body.contains("content/site.yaml:1"), "{}", page.body);
    assert!(server.get("/feed.xml").body.contains("<title>Small</title>"), "the old settings");
    site.write("content/site.yaml", "title: Mended\nbase_url: https://small.example\n");
    server.wait_for(&mut changes, "/feed.xml", "<title>Mended</title>");
}

#[test]
fn the_theme_that_they_name_stays_with_them() {
    let settings = "title: T\nbase_url: https://example.org\ntheme: mine\n";
    let site = TestSite::with_default_theme()
        .file("content/site.yaml", settings)
        .file("themes/mine/templates/essay.html", "<title>{{ page.title }} in our theme</title>")
        .essay("a", "", "Words.");
    let server = Server::of(&site);
    assert!(server.get("/essays/a/").body.contains("a in our theme"));
    let mut changes = server.listen();
    site.write("content/site.yaml", "title: [");
    let page = server.wait_for(&mut changes, "/essays/a/", "nf-faults");
    assert!(page.body.contains("a in our theme"), "{}", page.body);
    site.write("content/site.yaml", settings.replace("mine", "default"));
    let page = server.wait_for(&mut changes, "/essays/a/", "<article").body;
    assert!(!page.contains("in our theme"));
}

#[test]
fn where_the_system_tells_nothing_changes_are_looked_for() {
    let site = small_site();
    let server = Server::start(site.root(), &["--poll"]);
    let mut changes = server.listen();
    site.write("content/essays/quiet.md", essay("Quiet", "", "Found by looking."));
    server.wait_for(&mut changes, "/essays/quiet/", "Found by looking.");
}

#[test]
fn a_lost_watcher_is_told_and_replaced() {
    let site = small_site();
    let server = Server::of(&site);
    let mut changes = server.listen();
    fs::remove_dir_all(site.root().join("content")).expect("what is in it");
    server.wait_for(&mut changes, "/", "nf-faults");
    fs::remove_dir_all(site.root()).expect("the site's folder");
    let said = "warning[watching]: the watcher was lost: the site's folder is gone";
    let page = server.wait_for(&mut changes, "/", said);
    assert!(page.body.contains("every 700 ms instead"), "{}", page.body);
    site.write("content/site.yaml", "title: Back\nbase_url: https://small.example\n");
    site.write("content/essays/quiet.md", essay("Quiet", "", "Back again."));
    server.wait_for(&mut changes, "/essays/quiet/", "Back again.");
}

#[test]
fn a_site_that_is_moved_away_and_back_is_read_again() {
    let site = small_site();
    let server = Server::of(&site);
    let mut changes = server.listen();
    let elsewhere = TestSite::new();
    let away = elsewhere.root().join("away");
    fs::rename(site.root(), &away).expect("the site moved away");
    server.wait_for(&mut changes, "/", "the watcher was lost: the site's folder is gone");
    // What changed while nobody looked is read when it is back.
    fs::write(away.join("content/essays/quiet.md"), essay("Quiet", "", "Written elsewhere.")).expect("an essay");
    fs::rename(&away, site.root()).expect("the site moved back");
    server.wait_for(&mut changes, "/essays/quiet/", "Written elsewhere.");
}

#[test]
fn who_follows_is_taken_to_the_page_that_is_edited() {
    let site = small_site();
    let server = Server::start(site.root(), &["--follow"]);
    let mut page = opened(&server, "/about/");
    site.write("content/essays/quiet.md", essay("Quiet", "", "Some other words."));
    assert_eq!(page.events_until("go"), ["go"]);
}

#[test]
fn idle_connections_give_way() {
    let site = small_site();
    let server = Server::of(&site);
    let idle: Vec<TcpStream> = (0..900).map(|_| server.send("GET / HTTP/1.1\r\n")).collect();
    assert_eq!(server.get("/").status, 200, "others are answered");
    assert_eq!(idle.len(), 900);
}

#[test]
fn what_listens_is_limited_and_the_rest_goes_on() {
    let site = small_site();
    let server = Server::of(&site);
    let streams: Vec<_> = (0..200).map(|_| server.listen()).collect();
    assert_eq!(server.get("/.ninefold/events").status, 503);
    assert_eq!(server.get("/").status, 200);
    drop(streams);
}
