//! Copies of linked pages: an archive is asked as RFC 7089 says, what it has is written into texts, and pages offer it.

use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use ninefold::diagnostic::Diagnostic;
use ninefold::external::{self, Access, Pace, PublicWeb};
use ninefold::{fix, pipeline};

use super::server::Elsewhere;
use super::{DAY_1, DAY_4, check};
use crate::support::{TestSite, essay};

/// What is told of the copies that the archive has.
fn copies(site: &TestSite) -> Vec<Diagnostic> {
    let hosts = ["localhost", "127.0.0.1"].map(str::to_owned).to_vec();
    let web = PublicWeb::new(Access { allow_private: hosts, timeout: Duration::from_secs(20) });
    let pace = Pace { gap: Duration::ZERO, ..Pace::default() };
    let options = external::Options { now: DAY_4.parse().expect("a time"), again: false, pace };
    external::archive(site.root(), &pipeline::read(&site.options()), &web, &options, &|_, _| {})
}

/// Each of them, as people see it where there are few.
fn shown(site: &TestSite, found: &[Diagnostic]) -> String {
    found.iter().map(|fault| site.shown(std::slice::from_ref(fault))).collect()
}

/// Writes what was found into the texts.
fn apply(site: &TestSite, found: &[Diagnostic]) {
    let options = site.options();
    let fixed = fix::apply(&options, &pipeline::read(&options), &fix::edits(found), |_| true);
    assert_eq!((fixed.faults.len(), fixed.left), (0, 0), "{}", site.shown(&fixed.faults));
}

fn settings(gate: &str) -> String {
    format!("title: T\nbase_url: https://example.org\nsearch: false\ntimegate: \"{gate}\"\n")
}

/// The archive is the same server under another name: what is in an archive is not asked for there.
fn archive(server: &Elsewhere, path: &str) -> String {
    format!("http://127.0.0.1:{}{path}", server.port)
}

fn read(site: &TestSite, path: &str) -> String {
    fs::read_to_string(site.root().join(path)).expect("the file")
}

#[test]
fn an_archive_is_asked_for_the_day_of_each_text_and_what_it_has_is_written() {
    let server = Elsewhere::start();
    let [a, b, none] = ["/a", "/b", "/uncopied"].map(|path| server.url(path));
    let record = format!(
        "title: Slow # one\nsources:\n  - kind: report\n    title: One\n    url: {a} # the report\n    published: 2019-05-01\n\
         \x20 - {{kind: news, title: Two, url: \"{b}\"}}\n  - {{kind: talk, title: Three, url: \"{none}\"}}\n\
         \x20 - {{kind: talk, title: Four, url: \"{a}?4\", archive_url: \"https://b.example/\"}}\n\
         times: {{started: 2026-04-30}}"
    );
    let body = format!("[One]({a}), [again]({a}), <{b}#start> and [none]({none}).");
    let site = TestSite::with_default_theme()
        .file("content/site.yaml", settings(&archive(&server, "/gate/")))
        .essay("a", "patterns: [lag]", &body)
        .incident("i", &record);
    let found = copies(&site);
    let told = shown(&site, &found).replace(&format!(":{}", server.port), "");
    assert_eq!(told.matches("note[archived-page]").count(), 4, "{told}");
    assert_eq!(told.matches("note[no-copy]").count(), 2, "{told}");
    for told_of in [
        "note[archived-page]: `http://localhost/a` has a copy as it was on 1 May 2026\n --> content/essays/a.md:7:1\n",
        "note[archived-page]: `http://localhost/a` has a copy as it was on 1 May 2019\n --> content/incidents/i.md:6:",
        "note[no-copy]: the archive has no copy of `http://localhost/uncopied`\n --> content/essays/a.md:7:",
        "= help: `--apply` writes its address: `http://127.0.0.1/web/20260501120000/http://localhost/a`\n",
    ] {
        assert!(told.contains(told_of), "{told_of}\n{told}");
    }
    for asked in
        ["/a of Fri, 01 May 2026", "/b#start of Fri, 01 May 2026", "/a of Wed, 01 May 2019", "/b of Thu, 30 Apr 2026"]
    {
        let (path, day) = asked.split_once(" of ").expect("both");
        let page = format!("{} of {day} 00:00:00 GMT", server.url(path.split('#').next().unwrap_or(path)));
        assert_eq!(server.asked(&page), 1, "{asked}");
    }
    apply(&site, &found);
    let copy = |year: u16, page: &str| archive(&server, &format!("/web/{year}0501120000/{page}"));
    let expected = record
        .replace("# the report\n", &format!("# the report\n    archive_url: {}\n", copy(2019, &a)))
        .replace(&format!("\"{b}\""), &format!("\"{b}\", archive_url: {}", copy(2026, &b)));
    assert_eq!(read(&site, "content/incidents/i.md"), format!("---\n{expected}\n---\n"));
    let list = format!(
        "patterns: [lag]\narchives:\n  - url: {a}\n    archive_url: {}\n  - url: {b}#start\n    archive_url: {}",
        copy(2026, &a),
        copy(2026, &b)
    );
    assert_eq!(read(&site, "content/essays/a.md"), essay("a", &list, &body));
    // What is there is not asked for again.
    assert!(copies(&site).iter().all(|fault| fault.code() == "no-copy"));
    // Pages offer it.
    site.build();
    let page = site.page("/essays/a/");
    assert!(
        page.contains("Linked pages as they were") && page.contains("as it was on <time datetime=\"2026-05-01\">"),
        "{page}"
    );
    assert!(page.contains(&format!("<a href=\"{a}\">One</a>")), "a page that is there is linked to");
    let page = site.page("/incidents/i/");
    assert!(page.contains("as it was on <time datetime=\"2019-05-01\">1 May 2019</time>"), "{page}");
}

#[test]
fn a_link_to_what_is_gone_leads_to_the_copy_and_says_so() {
    let server = Elsewhere::start();
    let [page, other] = ["/page", "/other"].map(|path| server.url(path));
    let archives = format!("archives: [{{url: \"{other}\", archive_url: \"https://b.example/x\"}}]");
    let record = format!("title: Slow\nsources: [{{kind: report, title: R, url: \"{page}\", published: 2026}}]");
    let site = TestSite::with_default_theme()
        .file("content/site.yaml", settings(&archive(&server, "/gate/")))
        .essay("a", "", &format!("See [this]({page}) and <a href=\"{page}\">that</a>."))
        .essay("b", &archives, &format!("See [*other*]({other})."))
        .incident("i", &record);
    for path in ["/page", "/other"] {
        server.set_missing(path, true);
    }
    check(&site, DAY_1);
    assert_eq!(check(&site, DAY_4).diagnostics.iter().filter(|fault| fault.code() == "gone-page").count(), 4);
    apply(&site, &copies(&site));
    let copy = archive(&server, &format!("/web/20260501120000/{page}"));
    assert!(read(&site, "content/essays/a.md").contains(&format!("    archive_url: {copy}\n    gone: true\n---")));
    assert_eq!(
        read(&site, "content/essays/b.md"),
        essay(
            "b",
            &archives.replace(", archive_url", ", gone: true, archive_url"),
            &format!("See [*other*]({other}).")
        )
    );
    assert_eq!(read(&site, "content/incidents/i.md").matches("gone: true").count(), 1);
    site.build();
    let html = site.page("/essays/a/");
    assert!(
        html.contains(&format!("<a class=\"nf-ref nf-gone\" href=\"{copy}\">this</a> (gone; as it was on 1 May 2026)")),
        "{html}"
    );
    assert!(html.contains(&format!("href=\"{copy}\" title=\"gone; as it was on 1 May 2026\"")), "{html}");
    assert!(site.page("/essays/b/").contains("<em>other</em></a> (gone; a copy)"));
    let html = site.page("/incidents/i/");
    assert!(
        html.contains(&format!("<a href=\"{copy}\" rel=\"external\">R</a>")) && html.contains("gone; as it was on"),
        "{html}"
    );
}

/// pywb, an archive over a folder; it ends with the test.
struct Pywb {
    child: Child,
    port: u16,
}

impl Drop for Pywb {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Pywb {
    /// An archive with two copies of `https://status.example/incident`, from 2019 and 2026, and these settings.
    fn start(folder: &Path, settings: &str) -> Self {
        let programs = std::env::var("NINEFOLD_PYWB").expect("NINEFOLD_PYWB: the folder of pywb's programs");
        let run = |name: &str, arguments: &[&str]| {
            let mut command = Command::new(Path::new(&programs).join(name));
            command.args(arguments).current_dir(folder).stdout(Stdio::null()).stderr(Stdio::null());
            command
        };
        let script = "from io import BytesIO\nfrom warcio.warcwriter import WARCWriter\nfrom warcio.statusandheaders import StatusAndHeaders\n\
            w = WARCWriter(open('copies.warc.gz', 'wb'), gzip=True)\n\
            for date in ['2019-03-01T10:00:00Z', '2026-05-02T10:00:00Z']:\n\
            \x20   h = StatusAndHeaders('200 OK', [('Content-Type', 'text/html')], protocol='HTTP/1.1')\n\
            \x20   w.write_record(w.create_warc_record('https://status.example/incident', 'response', payload=BytesIO(b'<p>Text'),\n\
            \x20       http_headers=h, warc_headers_dict={'WARC-Date': date}))\n\
            w.out.close()\n";
        for (name, arguments) in [
            ("python", &["-c", script][..]),
            ("wb-manager", &["init", "essays"]),
            ("wb-manager", &["add", "essays", "copies.warc.gz"]),
        ] {
            assert!(run(name, arguments).status().expect("pywb").success(), "{name} {arguments:?}");
        }
        fs::write(folder.join("config.yaml"), settings).expect("its settings");
        let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("its address").port();
        drop(listener);
        let child = run("wayback", &["-b", "127.0.0.1", "-p", &port.to_string()]).spawn().expect("pywb");
        let archive = Self { child, port };
        for _ in 0..600 {
            if std::net::TcpStream::connect(("127.0.0.1", port)).is_ok() {
                return archive;
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        panic!("pywb does not answer");
    }
}

#[test]
#[ignore = "needs pywb"]
fn a_real_archive_gives_the_copy_nearest_to_the_day_of_each_text() {
    // As it is set up by default, with copies in a frame, and as the standard has it.
    for settings_of_pywb in
        ["enable_memento: true\n", "enable_memento: true\nframed_replay: false\nredirect_to_exact: true\n"]
    {
        let folder = tempfile::tempdir().expect("a folder");
        let archive = Pywb::start(folder.path(), settings_of_pywb);
        let page = "https://status.example/incident";
        let entry = |published: &str| {
            format!("  - kind: status-page\n    title: At {published}\n    url: {page}\n    published: {published}\n")
        };
        let record = format!("title: Slow\nsources:\n{}{}", entry("2018"), entry("2026-06-01"));
        let site = TestSite::with_default_theme()
            .file("content/site.yaml", settings(&format!("http://127.0.0.1:{}/essays/", archive.port)))
            .essay("a", "", &format!("[This]({page}), and [none](https://status.example/none)."))
            .incident("i", record.trim_end());
        let found = copies(&site);
        let told = shown(&site, &found);
        assert_eq!(told.matches("note[archived-page]").count(), 3, "{told}");
        assert_eq!(told.matches("note[no-copy]").count(), 1, "{told}");
        apply(&site, &found);
        let written = read(&site, "content/incidents/i.md");
        let copies: Vec<&str> = written.lines().filter(|line| line.contains("archive_url")).collect();
        assert!(
            copies[0].contains("/essays/20190301100000") && copies[1].contains("/essays/20260502100000"),
            "{written}"
        );
        site.build();
        let page = site.page("/incidents/i/");
        assert!(page.contains(">1 March 2019</time>") && page.contains(">2 May 2026</time>"), "{page}");
        assert!(site.page("/essays/a/").contains("as it was on <time datetime=\"2026-05-02\">"));
    }
}
