//! Files beside the texts as the development server sends them: whole or in part, a piece at a time.

use std::fs::File;
use std::io::Read;

use super::server::{Answer, Server};
use crate::support::TestSite;

/// Longer than what is read at once.
fn film() -> String {
    (0..40_000).map(|n| format!("{n:05}")).collect()
}

fn site() -> TestSite {
    TestSite::new().essay("a", "", "Words.").file("content/static/film.mp4", film())
}

#[test]
fn a_part_of_a_file_is_sent_where_one_is_asked_for() {
    let site = site();
    let server = Server::of(&site);
    let film = film();
    let whole = server.get("/film.mp4");
    assert_eq!((whole.status, whole.header("accept-ranges")), (200, Some("bytes")));
    assert!(whole.body == film && whole.header("content-length") == Some("200000"));
    let tag = whole.header("etag").expect("a tag").to_owned();
    let part = |headers: &[(&str, &str)]| server.ask("GET", "/film.mp4", headers);
    for (range, from, to) in [
        ("bytes=0-0", 0, 1),
        ("bytes=70000-139999", 70_000, 140_000),
        ("bytes=199990-", 199_990, 200_000),
        ("bytes=-5", 199_995, 200_000),
        ("bytes=199999-300000", 199_999, 200_000),
    ] {
        let answer = part(&[("Range", range)]);
        let place = format!("bytes {from}-{}/200000", to - 1);
        assert_eq!((answer.status, answer.header("content-range")), (206, Some(place.as_str())), "{range}");
        assert!(answer.body == film[from..to], "{range}");
    }
    for range in ["bytes=200000-", "bytes=-0"] {
        let answer = part(&[("Range", range)]);
        assert_eq!((answer.status, answer.header("content-range")), (416, Some("bytes */200000")), "{range}");
        assert_eq!(answer.body, "");
    }
    let is_whole = |answer: Answer| answer.status == 200 && answer.body.len() == film.len();
    assert!(is_whole(part(&[("Range", "bytes=0-1,5-6")])), "several parts are the whole");
    assert!(is_whole(part(&[("Range", "lines=1-2")])));
    assert_eq!(part(&[("Range", "bytes=0-4"), ("If-Range", &tag)]).body, "00000");
    assert!(is_whole(part(&[("Range", "bytes=0-4"), ("If-Range", "\"another\"")])), "the rest is of another version");
    let head = server.ask("HEAD", "/film.mp4", &[("Range", "bytes=0-4")]);
    assert_eq!((head.status, head.header("content-length"), head.body.as_str()), (200, Some("200000"), ""));
    site.write("content/static/film.mp4", "cut");
    let again = server.ask_until("/film.mp4", |answer| answer.body == "cut");
    assert_ne!(again.header("etag"), Some(tag.as_str()));
}

#[test]
fn an_empty_file_has_no_part() {
    let site = site().file("content/static/empty.mp4", "");
    let server = Server::of(&site);
    let whole = server.get("/empty.mp4");
    assert_eq!((whole.status, whole.header("content-length"), whole.body.as_str()), (200, Some("0"), ""));
    assert_eq!(server.ask("GET", "/empty.mp4", &[("Range", "bytes=0-")]).status, 416);
}

#[test]
fn a_file_that_is_cut_while_it_is_sent_ends_its_own_answer_only() {
    const LENGTH: u64 = 64 << 20;
    let site = site();
    let path = site.root().join("content/static/long.mp4");
    File::create(&path).and_then(|file| file.set_len(LENGTH)).expect("a file with a hole");
    let server = Server::of(&site);
    let mut reader = server.send(&format!("GET /long.mp4 HTTP/1.1\r\nHost: {}\r\n\r\n", server.address));
    let mut start = [0; 1024];
    reader.read_exact(&mut start).expect("its start");
    assert!(start.starts_with(b"HTTP/1.1 200"));
    File::options().write(true).open(&path).and_then(|file| file.set_len(0)).expect("the file cut");
    let mut rest = Vec::new();
    // It ends, whether or not as a broken connection.
    let _ = reader.read_to_end(&mut rest);
    assert!((rest.len() as u64) < LENGTH, "what is not there is not made up");
    assert_eq!(server.get("/essays/a/").status, 200);
    assert_eq!(server.ask_until("/long.mp4", |answer| answer.body.is_empty()).status, 200);
}

/// A page of a site may be a file of any size; what is too large to be looked at is sent as it is.
#[test]
fn only_pages_get_the_script() {
    let page = "<!doctype html><title>Old</title><body><p>Words</p></body>";
    let large = format!("{page}{}", " ".repeat(2 << 20));
    let site = site().file("content/static/old.html", page).file("content/static/large.html", &large);
    let server = Server::of(&site);
    assert!(server.get("/old.html").body.contains("id=\"nf-live\""));
    assert!(server.get("/large.html").body == large);
    assert!(!server.get("/film.mp4").body.contains("nf-live"));
}
