//! What a store says when it refuses, in words and with what to do; and what of a target is refused where it is written.

use super::answers::answering;
use super::network::{EMPTY, aws, bucket, empty_store, run};
use super::with_targets;
use crate::cases::commands::{code, err};
use crate::support::TestSite;

/// What is said of a store that answers everything with `status` and `body`.
fn answered(status: u16, body: &'static str) -> String {
    let store = answering(move |_| (status, body.to_owned()));
    let output = run(&bucket(&store.url), &[], &aws());
    assert_eq!(code(&output), 1);
    let said = err(&output);
    said[said.find("error[").expect("an error")..].to_owned()
}

#[test]
fn each_refusal_has_its_own_words_and_what_to_do() {
    let of = |code: &'static str| answered(403, code);
    insta::assert_snapshot!(of("<Error><Code>SignatureDoesNotMatch</Code></Error>"), @r"
    error[store]: the place can't be published: it answered SignatureDoesNotMatch: the secret does not fit the access key
     |
     = help: copy `AWS_SECRET_ACCESS_KEY` again, whole and without spaces, from where the key was made
    ");
    insta::assert_snapshot!(of("<Error><Code>InvalidAccessKeyId</Code></Error>"), @r"
    error[store]: the place can't be published: it answered InvalidAccessKeyId: the store does not know the access key, or its time is over
     |
     = help: look at `AWS_ACCESS_KEY_ID` (and at `AWS_SESSION_TOKEN` of a temporary key): a key belongs to one store
    ");
    insta::assert_snapshot!(of("<Error><Code>AccessDenied</Code></Error>"), @r"
    error[store]: the place can't be published: it answered AccessDenied: the key may not do this
     |
     = help: let it use `s3:ListBucket` on `essays`, and `s3:GetObject`, `s3:PutObject` and `s3:DeleteObject` on what is in it
    ");
    insta::assert_snapshot!(answered(404, "<Error><Code>NoSuchBucket</Code></Error>"), @r"
    error[store]: the place can't be published: it answered NoSuchBucket: there is no bucket `essays`
     |
     = help: make the bucket, or correct `bucket` and `endpoint` in `site.yaml`
    ");
    let elsewhere = "<Error><Code>AuthorizationHeaderMalformed</Code><Region>eu-central-1</Region></Error>";
    insta::assert_snapshot!(answered(400, elsewhere), @r"
    error[store]: the place can't be published: it answered AuthorizationHeaderMalformed: the bucket is in the region `eu-central-1`, and the request was for `us-east-1`
     |
     = help: write `region: eu-central-1` for this target in `site.yaml`
    ");
}

#[test]
fn a_profile_alone_is_told_how_to_hand_its_keys_over() {
    let output = run(&bucket("http://127.0.0.1:9"), &[], &[("AWS_PROFILE", "mine")]);
    let said = err(&output);
    assert!(said.contains("error[no-credentials]"), "{said}");
    assert!(said.contains("`eval \"$(aws configure export-credentials --profile mine --format env)\"`"), "{said}");
}

#[test]
fn an_endpoint_that_is_no_address_is_told_where_it_stands() {
    for endpoint in
        ["storage.example", "ftp://storage.example", "http://", "https://storage.example?x=y", "localhost:9000"]
    {
        let site = bucket(endpoint);
        let said = site.said();
        let expected = format!("error[unknown-word]: `endpoint` can't be `{endpoint}`\n --> content/site.yaml:5:");
        assert!(said.contains(&expected), "{said}");
        assert!(said.contains("write an address with http or https, such as `https://storage.example`"), "{said}");
    }
}

#[test]
fn names_in_a_bucket_that_are_no_paths_are_left_alone_and_told_once() {
    let listed = EMPTY.replace(
        "</ListBucketResult>",
        "<Contents><Key>sub/site/a//b.txt</Key><Size>1</Size></Contents><Contents><Key>sub/site/.</Key><Size>1</Size></Contents><Contents><Key>sub/site/images/</Key><Size>0</Size></Contents></ListBucketResult>",
    );
    let store = answering(move |asked| match empty_store(asked) {
        Some((200, _)) => (200, listed.clone()),
        Some(answer) => answer,
        None => (200, String::new()),
    });
    let site: TestSite = with_targets(&format!(
        "live: {{type: s3, bucket: essays, endpoint: \"{}\", prefix: sub/site, lock: off}}",
        store.url
    ));
    let output = run(&site, &["--dry-run"], &aws());
    assert_eq!(code(&output), 0, "{}", err(&output));
    let said = err(&output);
    assert!(said.contains("warning[odd-keys]: the place holds names that are no paths: `a//b.txt`, `.`\n"), "{said}");
    assert!(said.contains("they are left alone, now and later"), "{said}");
}

#[test]
fn a_branch_has_no_lock_to_remove() {
    let site = with_targets("pages: {type: git}");
    let faults = ninefold::publish::unlock(site.root(), None, &|_| true).expect_err("a fault");
    assert!(site.shown(&faults).starts_with("error[bad-target]: a branch has no lock: one push moves it or does not"));
}
