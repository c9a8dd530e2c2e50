//! A bucket on a real server: what is sent with each file, what two publishers do, what a failure leaves.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::parts::{assets_of, built, listed, moto, publish, publisher, request, site_for};
use crate::support::essay;

#[test]
#[ignore = "needs moto"]
fn a_bucket_shows_the_site_with_the_right_headers() {
    let moto = moto();
    let site = site_for(&moto.url, 2, "").file("content/static/für uns+1.txt", "odd names are names too");
    site.write("content/essays/n0.md", essay("n0", "patterns: [lag]\naliases: [\"/2019/ä~b+c@d,e/\"]", "Essay 0."));
    publish(site.root(), &[]);
    for (path, bytes) in built(&site) {
        let (status, headers, body) = request("GET", &format!("{}/essays/site/{path}", moto.url));
        assert_eq!(status, 200, "{path}");
        assert!(body == bytes, "{path}");
        let cache = ninefold::headers::cache_control(&path, ninefold::model::Hash::of(&bytes));
        assert!(headers.contains(&format!("cache-control: {cache}")), "{path}: {headers}");
        if path.ends_with(".html") {
            assert!(headers.contains("content-type: text/html; charset=utf-8"), "{path}: {headers}");
        }
    }
    let said = publish(site.root(), &[]);
    assert!(said.contains("nothing was sent"), "{said}");
    // Old files go, and nothing of ours but the record is left.
    site.remove("content/essays/n1.md");
    let said = publish(site.root(), &[]);
    assert!(said.contains("warning[vanishing-address]: `/essays/n1/` will answer no more"), "{said}");
    let mut left = listed(&moto.url);
    // But pieces of the search index that a page which is open may ask for, and the version before.
    left.retain(|path| !built(&site).contains_key(path) && !path.starts_with("pagefind/"));
    left.retain(|path| !path.starts_with(".ninefold-last/"));
    assert_eq!(left, [".ninefold-last.json", ".ninefold-manifest.json"]);
}

#[test]
#[ignore = "needs moto"]
fn texts_are_stored_compressed_and_say_so() {
    let moto = moto();
    let site = site_for(&moto.url, 2, ", compress: gzip");
    publish(site.root(), &[]);
    let (mut stored, mut whole) = (0, 0);
    for (path, bytes) in built(&site) {
        let (_, headers, body) = request("GET", &format!("{}/essays/site/{path}", moto.url));
        if headers.contains("content-encoding: gzip") {
            let mut plain = Vec::new();
            flate2::read::GzDecoder::new(&*body).read_to_end(&mut plain).expect("gzip");
            assert!(plain == bytes, "{path}");
            (stored, whole) = (stored + body.len(), whole + bytes.len());
        } else {
            assert!(body == bytes && !path.ends_with(".html"), "{path}");
        }
    }
    assert!(stored * 2 < whole, "{stored} of {whole}");
    assert!(publish(site.root(), &[]).contains("nothing was sent"));
    assert!(publish(site.root(), &["--repair"]).contains("nothing was sent"));
    // Without the line each text is sent again as it is.
    let config = std::fs::read_to_string(site.root().join("content/site.yaml")).expect("site.yaml");
    site.write("content/site.yaml", config.replace(", compress: gzip", ""));
    publish(site.root(), &[]);
    let (_, headers, body) = request("GET", &format!("{}/essays/site/index.html", moto.url));
    assert!(!headers.contains("content-encoding") && body == built(&site)["index.html"], "{headers}");
}

#[test]
#[ignore = "needs moto"]
fn what_readers_need_not_get_stands_in_a_bucket_of_its_own() {
    let moto = moto();
    assert_eq!(request("PUT", &format!("{}/private", moto.url)).0, 200, "the bucket");
    let site = site_for(&moto.url, 2, "");
    publish(site.root(), &[]);
    let own = || listed(&moto.url).into_iter().filter(|path| path.starts_with(".ninefold-")).collect::<Vec<_>>();
    assert_eq!(own(), [".ninefold-manifest.json"]);
    // What stood beside the site moves, and nothing is sent again for that.
    let config = std::fs::read_to_string(site.root().join("content/site.yaml")).expect("site.yaml");
    site.write("content/site.yaml", config.replace("prefix: site", "prefix: site, state: private/of/site"));
    assert!(publish(site.root(), &[]).contains("nothing was sent"));
    let new = |text: &str| site.write("content/essays/n0.md", essay("n0", "patterns: [lag]", text));
    new("New.");
    publish(site.root(), &[]);
    assert!(own().iter().all(|path| path.starts_with(".ninefold-last/")), "{:?}", own());
    let page = || request("GET", &format!("{}/essays/site/essays/n0/index.html", moto.url)).2;
    let second = page();
    assert!(publish(site.root(), &[]).contains("nothing was sent"));
    new("Newer.");
    publish(site.root(), &[]);
    assert!(page() != second);
    publish(site.root(), &["--back"]);
    assert!(page() == second);
    let (_, _, body) = request("GET", &format!("{}/private?list-type=2&prefix=of/site/", moto.url));
    let text = String::from_utf8(body).expect("UTF-8");
    let keys: Vec<&str> = text.split("<Key>").skip(1).filter_map(|rest| Some(rest.split_once("</Key>")?.0)).collect();
    assert_eq!(keys, ["of/site/.ninefold-last.json", "of/site/.ninefold-manifest.json"]);
}

#[test]
#[ignore = "needs moto"]
fn of_two_publishers_at_once_one_is_refused_or_comes_after() {
    let moto = moto();
    let site = site_for(&moto.url, 20, "");
    publish(site.root(), &[]);
    for round in 0..5 {
        site.write("content/essays/n0.md", essay("n0", "patterns: [lag]", &format!("Round {round}.")));
        site.build();
        let both = [publisher(site.root(), &[]).spawn(), publisher(site.root(), &[]).spawn()];
        let outputs = both.map(|child| child.expect("the program").wait_with_output().expect("an end"));
        let said: Vec<String> =
            outputs.iter().map(|output| String::from_utf8_lossy(&output.stderr).into_owned()).collect();
        assert!(outputs.iter().any(|output| output.status.success()), "{said:?}");
        for (output, said) in outputs.iter().zip(&said) {
            let is_told = said.contains("error[locked]") || said.contains("error[target-changed]");
            assert!(output.status.success() || is_told, "{said}");
        }
        let page = request("GET", &format!("{}/essays/site/essays/n0/index.html", moto.url)).2;
        assert!(String::from_utf8_lossy(&page).contains(&format!("Round {round}.")));
    }
}

/// What becomes of a write that does not get through.
#[derive(Clone, Copy)]
enum Fault {
    /// The connection ends in the middle of it.
    Cut,
    /// The store refuses it.
    Refused,
}

/// Passes requests on to `to`; writes from the `after`th on meet with the fault.
fn faulty(to: &str, after: usize, fault: Fault) -> String {
    let to = to.strip_prefix("http://").expect("an address").to_owned();
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let count = Arc::new(AtomicUsize::new(0));
    std::thread::spawn(move || {
        for client in listener.incoming().flatten() {
            let (to, count) = (to.clone(), Arc::clone(&count));
            std::thread::spawn(move || passed_on(client, &to, &count, after, fault));
        }
    });
    url
}

fn passed_on(mut client: TcpStream, to: &str, count: &AtomicUsize, after: usize, fault: Fault) -> Option<()> {
    let mut server = TcpStream::connect(to).ok()?;
    let (mut back, mut answer) = (client.try_clone().ok()?, server.try_clone().ok()?);
    std::thread::spawn(move || std::io::copy(&mut answer, &mut back));
    let mut piece = [0; 4096];
    loop {
        let length = client.read(&mut piece).ok().filter(|length| *length > 0)?;
        if piece.starts_with(b"PUT") && count.fetch_add(1, Ordering::Relaxed) >= after {
            let _ = server.shutdown(Shutdown::Both);
            if let Fault::Refused = fault {
                let body = "<Error><Code>AccessDenied</Code></Error>";
                let head =
                    format!("HTTP/1.1 403 X\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}", body.len());
                let _ = client.write_all(head.as_bytes());
            }
            return client.shutdown(Shutdown::Both).ok();
        }
        server.write_all(&piece[..length]).ok()?;
    }
}

/// Publishes a change through the fault: the old lists stay, pages are whole, and the next run finishes.
fn survives(fault: Fault, says: &str) {
    let moto = moto();
    let site = site_for(&moto.url, 10, ", lock: 1");
    publish(site.root(), &[]);
    let at = |path: &str| request("GET", &format!("{}/essays/site/{path}", moto.url)).2;
    let old = at("index.html");
    for n in 0..10 {
        site.write(&format!("content/essays/n{n}.md"), essay(&format!("n{n}"), "patterns: [lag]", "New."));
    }
    let config = std::fs::read_to_string(site.root().join("content/site.yaml")).expect("site.yaml");
    let through = faulty(&moto.url, 8, fault);
    let endpoint = |url: &str| format!("endpoint: \"{url}\"");
    site.write("content/site.yaml", config.replace(&endpoint(&moto.url), &endpoint(&through)));
    let output = publisher(site.root(), &[]).output().expect("the program");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success() && said.contains("error[store]") && said.contains(says), "{said}");
    assert!(at("index.html") == old, "lists come last");
    let paths = listed(&moto.url);
    for path in paths.iter().filter(|path| path.ends_with(".html")) {
        for asset in assets_of(&String::from_utf8(at(path)).expect("UTF-8")) {
            assert!(paths.contains(&asset), "{path} names {asset}, which is missing");
        }
    }
    site.write("content/site.yaml", config);
    // Until the lock left behind counts no more.
    std::thread::sleep(std::time::Duration::from_millis(1100));
    publish(site.root(), &[]);
    for (path, bytes) in built(&site) {
        assert!(at(&path) == bytes, "{path}");
    }
}

#[test]
#[ignore = "needs moto"]
fn a_cut_connection_leaves_whole_pages_and_the_next_run_finishes() {
    survives(Fault::Cut, "can't be published");
}

#[test]
#[ignore = "needs moto"]
fn refused_writes_leave_whole_pages_and_the_next_run_finishes() {
    survives(Fault::Refused, "it answered AccessDenied");
}
