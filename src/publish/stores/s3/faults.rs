//! What a store says when it refuses, in words and with what to do. Knows the codes of S3; sends nothing.

use object_store::Error;

use crate::publish::secrets;
use crate::publish::stores::StoreFault;

/// What is known of the bucket that was asked.
pub struct Asked<'a> {
    pub bucket: &'a str,
    /// The region that requests were signed for.
    pub region: &'a str,
    /// The region that the store names for the bucket.
    pub named: Option<&'a str>,
}

/// The code and the region in the body of an answer, or in an error that holds it.
pub fn element<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = text.split_once(&format!("<{name}>"))?;
    rest.split_once(&format!("</{name}>")).map(|(value, _)| value)
}

/// Why the store refused, by the code of its answer. The answer itself repeats our request and is not shown.
pub fn refused(code: &str, asked: &Asked<'_>) -> StoreFault {
    let Asked { bucket, region, named } = asked;
    let (why, help) = match (code, named) {
        ("SignatureDoesNotMatch", _) => (
            "the secret does not fit the access key".to_owned(),
            "copy `AWS_SECRET_ACCESS_KEY` again, whole and without spaces, from where the key was made".to_owned(),
        ),
        ("InvalidAccessKeyId" | "InvalidAccessKey" | "InvalidToken" | "ExpiredToken" | "TokenRefreshRequired", _) => (
            "the store does not know the access key, or its time is over".to_owned(),
            "look at `AWS_ACCESS_KEY_ID` (and at `AWS_SESSION_TOKEN` of a temporary key): a key belongs to one store"
                .to_owned(),
        ),
        ("NoSuchBucket", _) => (
            format!("there is no bucket `{bucket}`"),
            "make the bucket, or correct `bucket` and `endpoint` in `site.yaml`".to_owned(),
        ),
        ("InvalidBucketName", _) => {
            (format!("`{bucket}` can't name a bucket"), "correct `bucket` in `site.yaml`".to_owned())
        }
        ("AuthorizationHeaderMalformed" | "PermanentRedirect" | "InvalidRegion", Some(named)) if named != region => (
            format!("the bucket is in the region `{named}`, and the request was for `{region}`"),
            format!("write `region: {named}` for this target in `site.yaml`"),
        ),
        ("AuthorizationHeaderMalformed" | "PermanentRedirect" | "InvalidRegion", _) => (
            format!("the bucket is not in the region `{region}`"),
            "write its `region` for this target in `site.yaml`".to_owned(),
        ),
        ("AccessDenied" | "AllAccessDisabled", _) => (
            "the key may not do this".to_owned(),
            format!(
                "let it use `s3:ListBucket` on `{bucket}`, and `s3:GetObject`, `s3:PutObject` and `s3:DeleteObject` on what is in it"
            ),
        ),
        ("RequestTimeTooSkewed", _) => {
            ("the clock of this machine is wrong".to_owned(), "set the clock, and run the command again".to_owned())
        }
        _ => return StoreFault::Failed(secrets::without(&format!("it answered {code}"))),
    };
    StoreFault::Refused(secrets::without(&format!("it answered {code}: {why}")), help)
}

/// Why a request of the client's failed. `refused` has words for a code, and for the region that the answer names.
pub fn fault(error: &Error, refused: &dyn Fn(&str, Option<&str>) -> StoreFault) -> StoreFault {
    match error {
        Error::AlreadyExists { .. } | Error::Precondition { .. } => return StoreFault::Conflict,
        Error::NotImplemented { .. } => return StoreFault::Unconditional,
        _ => {}
    }
    let mut inner: &dyn std::error::Error = error;
    while let Some(source) = inner.source() {
        inner = source;
    }
    let whole = error.to_string();
    match element(&whole, "Code") {
        Some("NotImplemented") => StoreFault::Unconditional,
        Some(code) => refused(code, element(&whole, "Region")),
        // The client does not follow where a store of another region points to.
        None if whole.contains("redirect without LOCATION") => refused("PermanentRedirect", None),
        None => StoreFault::Failed(secrets::without(&inner.to_string())),
    }
}

/// Whether the answer to a question for an object was that there is no bucket.
pub fn has_no_bucket(error: &Error) -> bool {
    element(&error.to_string(), "Code") == Some("NoSuchBucket")
}
