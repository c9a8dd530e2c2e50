//! Pages that are open while the site moves to another address, search that is open while texts are saved.

use std::io::{BufRead, BufReader};
use std::net::TcpStream;
use std::time::Duration;

use super::server::Server;
use crate::support::{TestSite, essay};

fn settings(base: &str) -> String {
    format!("title: T\nbase_url: {base}\nsearch: false\n")
}

/// The stream that a page at `path` listens to, with more in its query.
fn listening(server: &Server, path: &str, more: &str) -> BufReader<TcpStream> {
    let request = format!("GET /.ninefold/events?page={path}{more} HTTP/1.1\r\nHost: {}\r\n\r\n", server.address);
    let mut stream = BufReader::new(server.send(&request));
    stream.get_ref().set_read_timeout(Some(Duration::from_secs(20))).expect("a time to wait");
    until(&mut stream, "faults");
    stream
}

/// The data of the next event called `name`.
fn until(stream: &mut BufReader<TcpStream>, name: &str) -> String {
    let mut is_it = false;
    loop {
        let mut line = String::new();
        assert!(stream.read_line(&mut line).expect("an event") > 0, "the stream ended before {name}");
        if let Some(event) = line.trim_end().strip_prefix("event: ") {
            is_it = event == name;
        } else if let Some(data) = line.trim_end().strip_prefix("data: ").or(line.trim_end().strip_prefix("data:"))
            && is_it
        {
            return data.to_owned();
        }
    }
}

#[test]
fn an_open_page_goes_along_when_the_path_of_the_site_changes() {
    let site = TestSite::new().file("content/site.yaml", settings("https://name.github.io/one/")).essay("a", "", "A.");
    let server = Server::of(&site);
    let mut page = listening(&server, "/one/essays/a/", "");
    site.write("content/site.yaml", settings("https://name.github.io/two/"));
    assert_eq!(until(&mut page, "go"), "/two/essays/a/");
    // Who comes late to the old address, or listens there only now, is sent on.
    let answer = server.get("/one/essays/a/");
    assert_eq!((answer.status, answer.header("location")), (307, Some("/two/essays/a/")));
    let request = format!("GET /.ninefold/events?page=/one/essays/a/ HTTP/1.1\r\nHost: {}\r\n\r\n", server.address);
    assert_eq!(until(&mut BufReader::new(server.send(&request)), "go"), "/two/essays/a/");
    assert_eq!(server.get("/one/essays/nothing/").status, 404);
}

#[test]
fn an_address_that_is_half_typed_moves_no_page() {
    let site = TestSite::new().file("content/site.yaml", settings("https://name.github.io/one/")).essay("a", "", "A.");
    let server = Server::of(&site);
    let mut page = listening(&server, "/one/essays/a/", "");
    for half in ["htt", "\"\"", "https://"] {
        site.write("content/site.yaml", settings(half));
        assert!(until(&mut page, "faults").contains("base_url"), "{half}");
        assert_eq!(server.get("/one/essays/a/").status, 200, "{half}");
    }
    site.write("content/site.yaml", settings("https://name.github.io/one/"));
    until(&mut page, "faults");
    assert_eq!(server.get("/one/essays/a/").status, 200);
}

#[test]
fn a_search_that_is_open_hears_of_a_new_index() {
    let site =
        TestSite::new().file("content/site.yaml", "title: T\nbase_url: https://example.org\n").essay("a", "", "A.");
    let server = Server::of(&site);
    assert_eq!(server.get("/pagefind/pagefind.js").status, 200);
    let mut page = listening(&server, "/search/", "&search=1");
    site.write("content/essays/a.md", essay("A", "", "A turbine."));
    assert_eq!(until(&mut page, "search"), "2");
    // A page that was hidden meanwhile hears of it when it listens again, and one that knows it does not.
    let request = format!("GET /.ninefold/events?page=/search/&search=1 HTTP/1.1\r\nHost: {}\r\n\r\n", server.address);
    assert_eq!(until(&mut BufReader::new(server.send(&request)), "search"), "2");
}

#[cfg(unix)]
#[test]
fn a_save_in_a_folder_that_a_link_leads_to_shows() {
    let site = TestSite::new().file("writing/a.md", essay("A", "", "One."));
    std::os::unix::fs::symlink("../writing", site.root().join("content/essays")).expect("a link");
    let server = Server::of(&site);
    assert!(server.get("/essays/a/").body.contains("One."));
    let mut page = listening(&server, "/essays/a/", "&seen=x&assets=x");
    site.write("writing/a.md", essay("A", "", "Two."));
    until(&mut page, "page");
    while !server.get("/essays/a/").body.contains("Two.") {
        until(&mut page, "page");
    }
}
