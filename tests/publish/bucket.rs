//! A bucket on a real server: what is sent with each file, what two publishers do, what a failure leaves.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::parts::{built, listed, moto, publish, publisher, request, site_for};
use crate::support::essay;

#[test]
#[ignore = "needs moto"]
fn a_bucket_shows_the_site_with_the_right_headers() {
    let moto = moto();
    let site = site_for(&moto.url, 2, "");
    publish(site.root(), &[]);
    for (path, bytes) in built(&site) {
        let (status, headers, body) = request("GET", &format!("{}/essays/site/{path}", moto.url));
        assert_eq!(status, 200, "{path}");
        assert!(body == bytes, "{path}");
        let cache =
            if path.starts_with("assets/") { "max-age=31536000, immutable" } else { "max-age=0, must-revalidate" };
        assert!(headers.contains(&format!("cache-control: public, {cache}")), "{path}: {headers}");
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
    left.retain(|path| !built(&site).contains_key(path));
    assert_eq!(left, [".ninefold-manifest.json"]);
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

/// Passes connections on to `to`; from the `after`th on it cuts them off in the middle of what is sent.
fn cutting(to: &str, after: usize) -> String {
    let to = to.strip_prefix("http://").expect("an address").to_owned();
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let count = Arc::new(AtomicUsize::new(0));
    std::thread::spawn(move || {
        for mut client in listener.incoming().flatten() {
            let (to, count) = (to.clone(), Arc::clone(&count));
            std::thread::spawn(move || {
                let mut server = TcpStream::connect(to).ok()?;
                let (mut back, mut answer) = (client.try_clone().ok()?, server.try_clone().ok()?);
                std::thread::spawn(move || std::io::copy(&mut answer, &mut back));
                let mut piece = [0; 4096];
                loop {
                    let length = client.read(&mut piece).ok().filter(|length| *length > 0)?;
                    if piece.starts_with(b"PUT") && count.fetch_add(1, Ordering::Relaxed) >= after {
                        let _ = server.shutdown(std::net::Shutdown::Both);
                        return client.shutdown(std::net::Shutdown::Both).ok();
                    }
                    server.write_all(&piece[..length]).ok()?;
                }
            });
        }
    });
    url
}

#[test]
#[ignore = "needs moto"]
fn a_cut_connection_leaves_whole_pages_and_the_next_run_finishes() {
    let moto = moto();
    let site = site_for(&moto.url, 10, ", lock: 1");
    publish(site.root(), &[]);
    let old = request("GET", &format!("{}/essays/site/index.html", moto.url)).2;
    for n in 0..10 {
        site.write(&format!("content/essays/n{n}.md"), essay(&format!("n{n}"), "patterns: [lag]", "New."));
    }
    let config = std::fs::read_to_string(site.root().join("content/site.yaml")).expect("site.yaml");
    let cut = cutting(&moto.url, 8);
    site.write(
        "content/site.yaml",
        config.replace(&format!("endpoint: \"{}\"", moto.url), &format!("endpoint: \"{cut}\"")),
    );
    let output = publisher(site.root(), &[]).output().expect("the program");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success() && said.contains("error[store]"), "{said}");
    assert!(request("GET", &format!("{}/essays/site/index.html", moto.url)).2 == old, "lists come last");
    site.write("content/site.yaml", config);
    std::thread::sleep(std::time::Duration::from_millis(1100));
    publish(site.root(), &[]);
    for (path, bytes) in built(&site) {
        assert!(request("GET", &format!("{}/essays/site/{path}", moto.url)).2 == bytes, "{path}");
    }
}
