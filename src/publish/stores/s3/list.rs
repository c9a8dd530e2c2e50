//! Lists a bucket. Knows requests and answers of ListObjectsV2; the client of `object_store` refuses a whole list for one key
//! that is no path to it.

use std::time::Duration;

use jiff::Timestamp;
use object_store::aws::{AwsAuthorizer, AwsCredential};
use object_store::client::HttpRequestBody;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::Event;

use super::faults::element;
use crate::publish::http::{Answer, Client};
use crate::publish::stores::{Found, Listing, StoreFault, is_inside, is_own};

/// Lists one bucket.
pub struct Lister<'a> {
    pub http: &'a Client,
    pub credential: &'a AwsCredential,
    /// The bucket's address.
    pub url: &'a str,
    pub region: &'a str,
}

/// One answer.
#[derive(Debug, Default, PartialEq, Eq)]
struct Page {
    objects: Vec<Object>,
    /// Where the list goes on.
    next: Option<String>,
}

#[derive(Debug, Default, PartialEq, Eq)]
struct Object {
    key: String,
    length: Option<u64>,
    tag: Option<String>,
    /// By the clock of the store.
    written: Option<Timestamp>,
}

impl Lister<'_> {
    /// Everything below `prefix`. `refused` has words for the code of an answer, and for the region that it names.
    pub fn list(
        &self,
        prefix: &str,
        refused: &dyn Fn(&str, Option<&str>) -> StoreFault,
    ) -> Result<Listing, StoreFault> {
        let folder = if prefix.is_empty() { String::new() } else { format!("{prefix}/") };
        let mut listing = Listing::default();
        let mut next = None;
        loop {
            let page = self.page(&folder, next.as_deref(), refused)?;
            for object in page.objects {
                let path = object.key.strip_prefix(&folder).unwrap_or(&object.key);
                if path.is_empty() || path.ends_with('/') || is_own(path) {
                    // What consoles make to show a folder, and what is our own.
                } else if is_inside(path) {
                    listing.files.insert(path.to_owned(), Found::new(object.length, object.tag.as_deref()));
                } else {
                    listing.odd.push(path.to_owned());
                }
            }
            match page.next {
                Some(token) => next = Some(token),
                None => return Ok(listing),
            }
        }
    }

    /// How long ago the object `key` was written, both moments by the clock of the store.
    pub fn age(&self, key: &str) -> Option<Duration> {
        let answer = self.answer(key, None).ok().filter(|answer| answer.status == 200)?;
        let page = page(&String::from_utf8_lossy(&answer.body)).ok()?;
        let written = page.objects.into_iter().find(|object| object.key == key)?.written?;
        let now = answer.headers.get("date")?.to_str().ok()?;
        let now = jiff::fmt::rfc2822::parse(now).ok()?.timestamp();
        now.duration_since(written).try_into().ok().or(Some(Duration::ZERO))
    }

    fn page(
        &self,
        folder: &str,
        next: Option<&str>,
        refused: &dyn Fn(&str, Option<&str>) -> StoreFault,
    ) -> Result<Page, StoreFault> {
        let answer = self.answer(folder, next).map_err(StoreFault::Failed)?;
        let text = String::from_utf8_lossy(&answer.body);
        match (answer.status, element(&text, "Code")) {
            (200, _) => page(&text).map_err(|why| StoreFault::Failed(format!("its list can't be read: {why}"))),
            (_, Some(code)) => Err(refused(code, element(&text, "Region"))),
            (301 | 307, None) => Err(refused("PermanentRedirect", None)),
            (403, None) => Err(refused("AccessDenied", None)),
            (404, None) => Err(refused("NoSuchBucket", None)),
            (status, None) => Err(StoreFault::Failed(format!("it answered {status}"))),
        }
    }

    /// Asks for the keys that begin so.
    fn answer(&self, begin: &str, next: Option<&str>) -> Result<Answer, String> {
        let coded = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
        let after = next.map_or_else(String::new, |next| format!("continuation-token={}&", coded(next)));
        let url = format!("{}?{after}list-type=2&prefix={}", self.url, coded(begin));
        self.http.send(&|| {
            let request = http::Request::builder().uri(&url).body(HttpRequestBody::empty());
            let mut request = request.map_err(|error| error.to_string())?;
            let authorizer = AwsAuthorizer::new(self.credential, "s3", self.region);
            authorizer.try_authorize(&mut request, None).map_err(|error| error.to_string())?;
            Ok(request)
        })
    }
}

/// Reads one answer.
fn page(text: &str) -> Result<Page, String> {
    let mut reader = Reader::from_str(text);
    let mut page = Page::default();
    let mut object = None;
    let mut value = String::new();
    loop {
        match reader.read_event().map_err(|error| error.to_string())? {
            Event::Start(tag) => {
                value.clear();
                if tag.local_name().as_ref() == "Contents" {
                    object = Some(Object::default());
                }
            }
            Event::Text(text) => value.push_str(&text),
            Event::GeneralRef(name) => {
                value.push_str(&unescape(&format!("&{};", &*name)).map_err(|error| error.to_string())?);
            }
            Event::CData(text) => value.push_str(&text),
            Event::End(tag) => match (tag.local_name().as_ref(), &mut object) {
                ("Contents", _) => page.objects.extend(object.take()),
                ("Key", Some(object)) => object.key = std::mem::take(&mut value),
                ("Size", Some(object)) => object.length = value.trim().parse().ok(),
                ("ETag", Some(object)) => object.tag = Some(value.trim().to_owned()),
                ("LastModified", Some(object)) => object.written = value.trim().parse().ok(),
                ("NextContinuationToken", None) => page.next = Some(std::mem::take(&mut value)),
                _ => {}
            },
            Event::Eof => return Ok(page),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_read_with_keys_that_are_no_paths() {
        let text = "<?xml version=\"1.0\"?><ListBucketResult><IsTruncated>true</IsTruncated>\
            <Contents><Key>a//b &amp; c.txt</Key><LastModified>2026-06-01T10:00:00.000Z</LastModified><Size>12</Size><ETag>&quot;d41d8cd98f00b204&quot;</ETag></Contents>\
            <Contents><Key>.</Key><Size>0</Size></Contents><NextContinuationToken>x=</NextContinuationToken></ListBucketResult>";
        let objects = vec![
            Object {
                key: "a//b & c.txt".to_owned(),
                length: Some(12),
                tag: Some("\"d41d8cd98f00b204\"".to_owned()),
                written: "2026-06-01T10:00:00Z".parse().ok(),
            },
            Object { key: ".".to_owned(), length: Some(0), ..Object::default() },
        ];
        assert_eq!(page(text), Ok(Page { objects, next: Some("x=".to_owned()) }));
    }
}
