//! Links to other hosts: what an author is told of each, and what is asked for, and when. The hosts are a server on loopback.

mod archives;
mod server;

use std::time::Duration;

use jiff::Timestamp;
use ninefold::external::{self, Access, Checked, MAX_REDIRECTS, Pace, PublicWeb};
use ninefold::fix;
use ninefold::pipeline;

use crate::support::TestSite;
use server::Elsewhere;

const DAY_1: &str = "2026-06-15T12:00:00Z";
const DAY_2: &str = "2026-06-16T12:00:00Z";
const DAY_4: &str = "2026-06-18T12:00:00Z";

fn check_with(site: &TestSite, now: &str, access: Access) -> Checked {
    let assembled = pipeline::read(&site.options());
    let now: Timestamp = now.parse().expect("a time");
    let pace = Pace { gap: Duration::ZERO, pause: Duration::from_millis(1), patience: Duration::from_secs(5) };
    let options = external::Options { now, again: false, pace };
    external::check(site.root(), &assembled, &PublicWeb::new(access), &options, &|_, _| {})
}

/// Checks the links of `site` at `now`.
fn check(site: &TestSite, now: &str) -> Checked {
    let allow_private = vec!["localhost".to_owned()];
    check_with(site, now, Access { allow_private, timeout: Duration::from_millis(700) })
}

/// The same, as an author is told of it.
fn told(site: &TestSite, server: &Elsewhere, now: &str) -> String {
    let checked = check(site, now);
    assert!(checked.not_remembered.is_none(), "{checked:?}");
    site.shown(&checked.diagnostics).replace(&format!(":{}", server.port), "")
}

/// A site with an essay that links to `path`.
fn site(server: &Elsewhere, path: &str) -> TestSite {
    TestSite::new().essay("a", "", &format!("See [this]({}).", server.url(path)))
}

/// The first line of what is told, and the help, of a link to `path`.
fn of(server: &Elsewhere, path: &str) -> String {
    let told = told(&site(server, path), server, DAY_1);
    let lines =
        told.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()) || line.contains("= help"));
    lines
        .map(|line| line.trim_start_matches("  = ").trim())
        .filter(|line| !line.is_empty())
        .collect::<Vec<_>>()
        .join("\n")
}

#[test]
fn a_page_that_is_there_is_fine() {
    let server = Elsewhere::start();
    for path in ["/", "/a?b=c", "/for-now", "/picture", "/packed", "/picture#part", "/packed#part", "/no-location#a"] {
        let told = of(&server, path);
        assert!(told.is_empty() || path == "/no-location#a", "{path}: {told}");
    }
}

#[test]
fn each_way_to_misbehave_has_its_word() {
    let server = Elsewhere::start();
    let told = [
        "/gone",
        "/forbidden",
        "/busy",
        "/busy-for-long",
        "/broken",
        "/silent",
        "/stops",
        "/no-http",
        "/hangs-up",
        "/moved",
        "/moved-away",
        "/moved-nowhere",
        "/no-location",
        "/inside",
        "/soft",
        "/parked",
    ]
    .map(|path| of(&server, path));
    insta::assert_snapshot!(told.join("\n\n"), @r"
    warning[missed-page]: `http://localhost/gone` is not there: its server says 410 (gone)
    help: run the check again in some days: if it is still not there then, it is gone

    note[unknown-page]: `http://localhost/forbidden` may be there or not: its server says 403 (forbidden)
    help: look at it in a browser: servers often refuse programs

    note[unknown-page]: `http://localhost/busy` may be there or not: its server says 429 (too many requests)
    help: look at it in a browser: servers often refuse programs

    note[unknown-page]: `http://localhost/busy-for-long` may be there or not: its server says 503 (service unavailable)
    help: look at it in a browser: servers often refuse programs

    note[unknown-page]: `http://localhost/broken` may be there or not: its server says 500 (internal server error)
    help: look at it in a browser: servers often refuse programs

    note[unknown-page]: `http://localhost/silent` may be there or not: its server does not answer in time
    help: look at it in a browser: servers often refuse programs

    note[unknown-page]: `http://localhost/stops` may be there or not: its server does not answer in time
    help: look at it in a browser: servers often refuse programs

    note[unknown-page]: `http://localhost/no-http` may be there or not: its server can't be spoken to: protocol: http parse fail: invalid HTTP version
    help: look at it in a browser: servers often refuse programs

    note[unknown-page]: `http://localhost/hangs-up` may be there or not: its server can't be spoken to: Peer disconnected
    help: look at it in a browser: servers often refuse programs

    warning[moved-page]: `http://localhost/moved` has moved for good
    help: write `http://localhost/new`; `--fix` does so

    warning[doubtful-page]: `http://localhost/moved-away` is probably gone: it leads to the front page of localhost now
    help: look at it in a browser; if it is gone, link to a copy of it in an archive

    note[unknown-page]: `http://localhost/moved-nowhere` may be there or not: it is redirected to `javascript:0`
    help: look at it in a browser: servers often refuse programs

    note[unknown-page]: `http://localhost/no-location` may be there or not: its server says 301 (moved permanently)
    help: look at it in a browser: servers often refuse programs

    warning[private-host]: `http://localhost/inside` was not asked for: it leads to 127.0.0.1, in a private network
    help: readers elsewhere can't follow it; `--allow-private 127.0.0.1` asks for it all the same

    warning[doubtful-page]: `http://localhost/soft` is probably gone: its page says “Page not found | Elsewhere”
    help: look at it in a browser; if it is gone, link to a copy of it in an archive

    warning[doubtful-page]: `http://localhost/parked` is probably gone: its domain is parked, or for sale
    help: look at it in a browser; if it is gone, link to a copy of it in an archive
    ");
    assert_eq!(server.asked("/busy"), 3, "a host that is busy is asked again");
    assert_eq!(server.asked("/busy-for-long"), 1, "a host that is busy for long is left alone");
    assert_eq!(server.asked("/secret"), 0, "a redirect into a private network is not followed");
}

#[test]
fn private_hosts_are_not_asked_by_name_or_by_number() {
    let server = Elsewhere::start();
    for host in ["localhost", "127.0.0.1", "[::ffff:127.0.0.1]", "0.0.0.0", "2130706433"] {
        let site = TestSite::new().essay("a", "", &format!("[x](http://{host}:{}/secret)", server.port));
        let told = site.shown(&check_with(&site, DAY_1, Access::default()).diagnostics);
        assert!(told.starts_with("warning[private-host]"), "{host}: {told}");
    }
    assert_eq!(server.asked("/secret"), 0);
}

#[test]
fn a_page_that_is_missed_again_days_later_is_gone() {
    let server = Elsewhere::start();
    let site = site(&server, "/page");
    assert_eq!(told(&site, &server, DAY_1), "");
    server.set_missing("/page", true);
    assert_eq!(told(&site, &server, DAY_2), "", "what was found a day before is not asked for");
    let later = "2026-06-23T12:00:00Z";
    insta::assert_snapshot!(told(&site, &server, later), @r"
    warning[missed-page]: `http://localhost/page` is not there: its server says 404 (not found)
     --> content/essays/a.md:6:5
      |
    6 | See [this](http://localhost/page).
      |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: run the check again in some days: if it is still not there then, it is gone
    ");
    let hours_later = "2026-06-24T12:00:00Z";
    assert!(told(&site, &server, hours_later).starts_with("warning[missed-page]"));
    insta::assert_snapshot!(told(&site, &server, "2026-06-25T12:00:00Z"), @r"
    error[gone-page]: `http://localhost/page` is gone: its server says 404 (not found), and was not on 2026-06-23
     --> content/essays/a.md:6:5
      |
    6 | See [this](http://localhost/page).
      |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: link to a copy of it in an archive, or to another page, or leave the link out
    ");
    server.set_missing("/page", false);
    assert_eq!(told(&site, &server, "2026-06-26T12:00:00Z"), "");
}

#[test]
fn what_was_found_is_not_asked_for_again_unless_a_link_wants_more_of_it() {
    let server = Elsewhere::start();
    let site = site(&server, "/page").essay("b", "", &format!("[x]({})", server.url("/page")));
    let count = |now: &str| {
        let Checked { addresses, asked, .. } = check(&site, now);
        (addresses, asked, server.asked("/page"))
    };
    assert_eq!(count(DAY_1), (1, 1, 1));
    assert_eq!(count(DAY_4), (1, 0, 1));
    site.write("content/essays/b.md", crate::support::essay("b", "", &format!("[x]({})", server.url("/page#start"))));
    assert_eq!(count(DAY_4), (1, 1, 2));
    assert_eq!(count("2026-06-25T12:00:00Z"), (1, 1, 3));
}

#[test]
fn a_place_is_looked_for_in_the_page_that_was_found() {
    let server = Elsewhere::start();
    for path in ["/#start", "/for-now#start", "/long#end", "/longer#end", "/steps/3#start", "/#top"] {
        assert_eq!(of(&server, path), "", "{path}");
    }
    insta::assert_snapshot!([of(&server, "/for-now#limits"), of(&server, "/long#limits")].join("\n"), @r"
    warning[missing-place]: `http://localhost/for-now#limits` is there, but it has no place `#limits`
    help: look for the place it has now; a page that is made by scripts may have it all the same
    warning[missing-place]: `http://localhost/long#limits` is there, but it has no place `#limits`
    help: look for the place it has now; a page that is made by scripts may have it all the same
    ");
}

#[test]
fn redirects_are_followed_up_to_a_bound() {
    let server = Elsewhere::start();
    assert_eq!(of(&server, &format!("/steps/{MAX_REDIRECTS}")), "");
    let told = of(&server, &format!("/steps/{}", MAX_REDIRECTS + 1));
    assert!(told.contains("it is redirected too many times"), "{told}");
    assert_eq!(server.asked("/steps/0"), 1);
}

#[test]
fn what_has_moved_for_good_is_written_where_it_is_safe() {
    let server = Elsewhere::start();
    let [moved, twice, away, new] = ["/moved", "/moved-(twice)", "/moved-away", "/new"].map(|path| server.url(path));
    let body = format!(
        "One [link]({moved} \"title\"), <{moved}>, [two]({twice}), {moved}?x, [place]({moved}#start), [none]({moved}#none), ![p]({moved}).\n\n\
         [away]({away}) and [by reference][r].\n\n[r]: {moved}"
    );
    let record = format!("title: Slow\nsources:\n  - {{kind: report, title: One, url: \"{moved}\"}} # as it was");
    let site = TestSite::new().essay("a", "", &body).incident("i", &record);
    let options = site.options();
    let checked = check(&site, DAY_1);
    let fixed = fix::apply(&options, &pipeline::read(&options), &fix::edits(&checked.diagnostics), |_| true);
    assert_eq!((fixed.faults.len(), fixed.left), (0, 0));
    let read = |path: &str| std::fs::read_to_string(site.root().join(path)).expect("the file");
    let expected = format!(
        "One [link]({new} \"title\"), <{new}>, [two]({new}), {moved}?x, [place]({new}#start), [none]({moved}#none), ![p]({new}).\n\n\
         [away]({away}) and [by reference][r].\n\n[r]: {moved}"
    );
    assert_eq!(read("content/essays/a.md"), crate::support::essay("a", "", &expected));
    assert_eq!(read("content/incidents/i.md"), format!("---\n{}\n---\n", record.replace(&moved, &new)));
}

#[test]
fn links_are_those_of_published_texts_of_records_and_of_the_menu() {
    let server = Elsewhere::start();
    let to = |path: &str| server.url(path);
    let record = format!("title: Slow\nsources: [\"{}\", {{kind: talk, title: T, url: \"{}\"}}]", to("/s1"), to("/s2"));
    let site = TestSite::new()
        .file(
            "content/site.yaml",
            format!(
                "title: T\nbase_url: https://example.org\nsearch: false\nmenu: [{{title: M, url: \"{}\"}}]\n",
                to("/menu")
            ),
        )
        .essay(
            "a",
            "",
            &format!(
                "<{}>\n\n<a href=\"{}\">x</a> `{}` [own](https://example.org/x)",
                to("/bare"),
                to("/html"),
                to("/code")
            ),
        )
        .essay("d", "draft: true", &format!("[x]({})", to("/draft")))
        .incident("i", &record);
    assert_eq!(check(&site, DAY_1).addresses, 5);
    for (path, count) in [("/s1", 1), ("/s2", 1), ("/menu", 1), ("/bare", 1), ("/html", 1), ("/code", 0), ("/draft", 0)]
    {
        assert_eq!(server.asked(path), count, "{path}");
    }
}

#[test]
fn the_settings_say_how_it_counts() {
    let server = Elsewhere::start();
    let site = site(&server, "/gone").file(
        "content/site.yaml",
        "title: T\nbase_url: https://example.org\nsearch: false\nlints: {missed-page: error, gone-page: off}\n",
    );
    assert!(told(&site, &server, DAY_1).starts_with("error[missed-page]"));
    assert_eq!(told(&site, &server, DAY_4), "");
}

/// The program itself: what it found before it was interrupted is not asked for again.
#[cfg(unix)]
#[test]
fn a_run_that_is_interrupted_goes_on_where_it_was() {
    let server = Elsewhere::start();
    let links: String = ["/1", "/2", "/3"].map(|path| format!("[x]({})\n", server.url(path))).concat();
    let site = TestSite::new().essay("a", "", &links);
    let start = || {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_ninefold"));
        command.args(["check", "--external", "--allow-private", "localhost", "--root"]).arg(site.root());
        command.stderr(std::process::Stdio::piped()).spawn().expect("the program")
    };
    let mut first = start();
    while server.asked("/2") == 0 {
        std::thread::sleep(Duration::from_millis(5));
    }
    let pid = first.id().to_string();
    assert!(std::process::Command::new("kill").args(["-INT", &pid]).status().expect("the program kill").success());
    assert!(!first.wait().expect("its end").success());
    let second = start().wait_with_output().expect("its end");
    let words = String::from_utf8_lossy(&second.stderr).into_owned();
    assert!(second.status.success(), "{words}");
    assert!(words.contains("known from before"), "{words}");
    assert_eq!((server.asked("/1"), server.asked("/3")), (1, 1), "{words}");
}
