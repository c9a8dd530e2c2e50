//! Publishing over HTTP, with servers that answer as real ones do when something is wrong.

use std::fs;
use std::process::Output;

use assert_cmd::cargo::cargo_bin_cmd;
use ninefold::model::UrlPath;

use super::answers::{Asked, answering};
use super::with_targets;
use crate::cases::commands::{code, err, out};
use crate::support::TestSite;

const SECRET: &str = "wJalrXUtnFEMI-K7MDENG-bPxRfiCYEXAMPLEKEY";
const KEY: &str = "AKIAIOSFODNN7EXAMPLE";

pub fn run(site: &TestSite, arguments: &[&str], variables: &[(&str, &str)]) -> Output {
    let mut command = cargo_bin_cmd!("ninefold");
    command.arg("publish").args(arguments).current_dir(site.root());
    for name in ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "CLOUDFLARE_API_TOKEN", "CI"] {
        command.env_remove(name);
    }
    command.envs(variables.iter().copied()).output().expect("the program")
}

pub fn aws<'a>() -> Vec<(&'a str, &'a str)> {
    vec![("AWS_ACCESS_KEY_ID", KEY), ("AWS_SECRET_ACCESS_KEY", SECRET)]
}

pub fn bucket(endpoint: &str) -> TestSite {
    with_targets(&format!("live: {{type: s3, bucket: essays, endpoint: \"{endpoint}\", prefix: sub/site}}"))
}

pub const EMPTY: &str = "<?xml version=\"1.0\"?><ListBucketResult><Name>essays</Name><KeyCount>0</KeyCount><IsTruncated>false</IsTruncated></ListBucketResult>";

/// A store with nothing in it.
pub fn empty_store(asked: &Asked) -> Option<(u16, String)> {
    match asked.method.as_str() {
        "GET" if asked.path.contains("list-type=2") => Some((200, EMPTY.to_owned())),
        "GET" => Some((404, "<Error><Code>NoSuchKey</Code></Error>".to_owned())),
        _ => None,
    }
}

#[test]
fn without_credentials_nothing_is_tried() {
    let site = bucket("http://127.0.0.1:9");
    let output = run(&site, &[], &[]);
    assert_eq!(code(&output), 1);
    insta::assert_snapshot!(err(&output), @r"
    warning[local-address]: `base_url` is `http://127.0.0.1:9`, which leads each reader to a machine of their own
     --> content/site.yaml:2:11
      |
    2 | base_url: http://127.0.0.1:9
      |           ^^^^^^^^^^^^^^^^^^
      |
      = help: write the address the site will have: while you write, it is served here whatever stands there

    error[no-credentials]: the environment holds no credentials for the bucket
     |
     = help: set `AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY`
    ");
}

#[test]
fn a_store_that_passes_conditions_over_must_be_told_to_lock_off() {
    let store = answering(|asked| empty_store(asked).unwrap_or((200, String::new())));
    let output = run(&bucket(&store.url), &["--dry-run"], &aws());
    assert_eq!(code(&output), 1);
    let said = err(&output);
    assert!(said.contains("error[no-conditional-writes]"), "{said}");
    assert!(said.contains("say `lock: off` for this target in `site.yaml`"), "{said}");
    let asked = store.asked.lock().expect("what was asked");
    assert!(
        asked.iter().all(|asked| asked.path.contains("sub/site") || asked.path.contains("sub%2Fsite")),
        "{asked:?}"
    );
}

#[test]
fn no_message_holds_a_credential() {
    // S3 answers a wrong signature with everything that it got.
    let store = answering(|asked| {
        (
            403,
            format!(
                "<Error><Code>SignatureDoesNotMatch</Code><AWSAccessKeyId>{KEY}</AWSAccessKeyId><StringToSign>{}</StringToSign></Error>",
                asked.headers
            ),
        )
    });
    for arguments in [&[][..], &["--json"], &["--dry-run"]] {
        let output = run(&bucket(&store.url), arguments, &aws());
        assert_eq!(code(&output), 1);
        let said = err(&output) + &out(&output);
        assert!(said.contains("SignatureDoesNotMatch"), "{said}");
        assert!(!said.contains(KEY) && !said.contains(SECRET) && !said.to_lowercase().contains("signature="), "{said}");
    }
    let site = with_targets("live: {type: s3, bucket: b, endpoint: \"https://me:secret@store.example\"}");
    let said = err(&run(&site, &[], &aws()));
    assert!(said.contains("error[credentials]: `endpoint` holds a name or a password"), "{said}");
}

#[test]
fn what_a_store_refuses_for_a_while_is_asked_again() {
    let store = answering(|asked| match empty_store(asked) {
        Some(answer) => answer,
        None if asked.headers.contains("if-none-match") && asked.path.contains("lock") => (412, String::new()),
        None => (200, String::new()),
    });
    // The lock is taken by nobody and can't be made: somebody else is at work there.
    let said = err(&run(&bucket(&store.url), &[], &aws()));
    assert!(said.contains("error[locked]"), "{said}");
    let tries = std::sync::atomic::AtomicUsize::new(0);
    let busy = answering(move |_| {
        let n = tries.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        if n % 3 == 2 {
            (403, "<Error><Code>AccessDenied</Code></Error>".to_owned())
        } else {
            ([429, 503][n % 3], String::new())
        }
    });
    let said = err(&run(&bucket(&busy.url), &[], &aws()));
    assert!(said.contains("error[store]: the place can't be published: it answered AccessDenied"), "{said}");
    assert_eq!(busy.asked.lock().expect("what was asked").len(), 3, "once, and twice again");
}

/// Serves the site's files; `folders` is what `/essays/a/` gets.
fn host(site_files: std::path::PathBuf, folders: u16) -> super::answers::Answers {
    answering(move |asked| {
        if asked.path.ends_with('/') && folders != 200 {
            return (folders, String::new());
        }
        match fs::read_to_string(site_files.join(UrlPath::new(asked.path.as_str()).file())) {
            Ok(text) => (200, text),
            Err(_) => (404, String::new()),
        }
    })
}

fn served(site: &TestSite, url: &str) {
    site.write(
        "content/site.yaml",
        format!("title: T\nbase_url: {url}\nsearch: false\npublish: {{live: {{type: dir, path: live}}}}\n"),
    );
}

#[test]
fn what_was_published_is_looked_at() {
    let site = super::site();
    let host = host(site.root().join("live"), 200);
    served(&site, &host.url);
    let output = run(&site, &["--verify"], &[]);
    assert_eq!(code(&output), 0, "{}", err(&output));
    assert!(err(&output).contains(" addresses looked at, all as they should be"), "{}", err(&output));
    let record = format!("warning[record-served]: readers get {}/.ninefold-manifest.json, the record", host.url);
    assert!(err(&output).contains(&record), "{}", err(&output));
    let asked = host.asked.lock().expect("what was asked");
    assert!(asked.iter().any(|asked| asked.path == "/essays/a/"), "{asked:?}");
}

#[test]
fn a_private_bucket_that_knows_no_folders_is_known_by_name() {
    let site = super::site();
    let host = host(site.root().join("live"), 403);
    served(&site, &host.url);
    let output = run(&site, &["--verify"], &[]);
    assert_eq!(code(&output), 1);
    let said = err(&output);
    assert!(said.contains("error[private-bucket]"), "{said}");
    assert!(
        said.contains("answers 403, and with `index.html` behind it 200: a private bucket that knows no folders"),
        "{said}"
    );
}

#[test]
fn what_shows_something_else_is_told() {
    let site = super::site();
    let host = answering(|_| (200, "parked".to_owned()));
    served(&site, &host.url);
    let with = ninefold::publish::Options { verify: Some(std::time::Duration::ZERO), ..super::options(&site) };
    let said = super::said(&site, &with);
    assert!(said.contains("error[verify]") && said.contains("shows something else than was published"), "{said}");
}

#[test]
fn the_cache_in_front_is_cleared_of_what_changed_and_a_failure_is_made_up_for() {
    let cache = answering(|asked| {
        let fits = asked.headers.contains("authorization: bearer token-token");
        (if fits { 200 } else { 403 }, String::new())
    });
    let site = super::with_targets("live: {type: dir, path: live, purge: {cloudflare: zone1}}");
    let address = [("CLOUDFLARE_API_BASE_URL", cache.url.as_str())];
    let said = err(&run(&site, &[], &address));
    assert!(said.contains("error[no-credentials]: the environment holds no credentials for the cache"), "{said}");
    let with = |token| [address[0], ("CLOUDFLARE_API_TOKEN", token)];
    assert_eq!(code(&run(&site, &[], &with("token-token"))), 0);
    assert!(cache.asked.lock().expect("what was asked").is_empty(), "what is new is in no cache");
    site.write("content/essays/a.md", crate::support::essay("a", "", "New."));
    let output = run(&site, &[], &with("wrong-token"));
    assert_eq!(code(&output), 1);
    let said = err(&output);
    assert!(
        said.contains("error[purge]: the site is published, but its cache was not cleared: Cloudflare answered 403"),
        "{said}"
    );
    assert!(!said.contains("wrong-token"), "{said}");
    cache.asked.lock().expect("what was asked").clear();
    assert_eq!(code(&run(&site, &[], &with("token-token"))), 0);
    let asked = cache.asked.lock().expect("what was asked").clone();
    assert_eq!(asked.len(), 1);
    assert_eq!(asked[0].path, "/zones/zone1/purge_cache");
    assert!(asked[0].body.contains("\"http://127.0.0.1:9/essays/a/\""), "{}", asked[0].body);
}

#[test]
fn cloudfront_is_asked_with_a_signed_invalidation() {
    let cache = answering(|_| (201, String::new()));
    let site = super::with_targets("live: {type: dir, path: live, purge: {cloudfront: E1ABC}}");
    let with = [aws(), vec![("AWS_ENDPOINT_URL_CLOUDFRONT", cache.url.as_str())]].concat();
    assert_eq!(code(&run(&site, &[], &with)), 0);
    site.write("content/essays/a.md", crate::support::essay("a", "", "New."));
    let output = run(&site, &[], &with);
    assert_eq!(code(&output), 0, "{}", err(&output));
    let asked = cache.asked.lock().expect("what was asked").clone();
    assert_eq!(asked.len(), 1);
    assert_eq!(
        (asked[0].method.as_str(), asked[0].path.as_str()),
        ("POST", "/2020-05-31/distribution/E1ABC/invalidation")
    );
    assert!(asked[0].headers.contains("authorization: aws4-hmac-sha256 credential="), "{}", asked[0].headers);
    assert!(asked[0].headers.contains("/us-east-1/cloudfront/aws4_request"), "{}", asked[0].headers);
    assert!(asked[0].body.contains("<Path>/essays/a/</Path>"), "{}", asked[0].body);
}

#[test]
fn a_program_gets_one_object() {
    let site = super::site();
    let output = run(&site, &["--json"], &[]);
    assert_eq!(code(&output), 0, "{}", err(&output));
    assert_eq!(err(&output), "");
    let line = out(&output);
    let value: serde_json::Value = serde_json::from_str(line.lines().last().expect("a line")).expect("JSON");
    assert_eq!(value["fine"], true);
    assert!(value["publication"]["added"].as_array().expect("paths").iter().any(|path| path == "essays/a/index.html"));
    assert_eq!(value["publication"]["sent"], value["publication"]["added"].as_array().expect("paths").len());
}
