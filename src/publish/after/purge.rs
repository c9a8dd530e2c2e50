//! Clears changed addresses from the cache in front of a place. Knows how CloudFront and Cloudflare are asked.

use std::collections::BTreeSet;
use std::sync::Arc;

use http::Request;
use object_store::aws::{AmazonS3Builder, AwsAuthorizer};
use object_store::client::HttpRequestBody;
use quick_xml::escape::escape;
use tokio::runtime::Runtime;

use crate::config::{BaseUrl, Purge};
use crate::diagnostic::{Diagnostic, rules};
use crate::model::{Hash, UrlPath};
use crate::publish::http::{Answer, Client, encoded};
use crate::publish::plan::waves::address;
use crate::publish::secrets;
use crate::publish::stores::s3::NO_CREDENTIALS;

rules! {
    PURGE_FAILED = "purge", error fixed, "the cache before the site was not cleared";
}

/// With more addresses than this everything is cleared: one request instead of many.
const MOST: usize = 300;
/// Addresses in one request to Cloudflare (developers.cloudflare.com/cache/how-to/purge-cache).
const CLOUDFLARE_BATCH: usize = 30;

/// What a purge needs.
pub struct Purger<'a> {
    pub client: &'a Client,
    pub runtime: &'a Arc<Runtime>,
    pub base: &'a BaseUrl,
}

impl Purger<'_> {
    /// Whether the environment holds what it takes: asked before anything is changed.
    pub fn check(purge: &Purge) -> Result<(), Diagnostic> {
        let (fits, name) = match purge {
            Purge::CloudFront(_) => (secrets::has_aws(), "`AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY`"),
            Purge::Cloudflare(_) => (secrets::variable("CLOUDFLARE_API_TOKEN").is_some(), "`CLOUDFLARE_API_TOKEN`"),
        };
        if fits {
            return Ok(());
        }
        Err(Diagnostic::new(NO_CREDENTIALS, "the environment holds no credentials for the cache")
            .help(format!("set {name}")))
    }

    /// Clears the addresses of the files at `paths`.
    pub fn clear(&self, purge: &Purge, paths: &BTreeSet<String>) -> Result<(), Diagnostic> {
        if paths.is_empty() {
            return Ok(());
        }
        // A page is kept under its folder's address, or under its file's where a function adds `index.html` on the way.
        let urls: BTreeSet<String> =
            paths.iter().flat_map(|path| [address(path), Some(format!("/{path}"))].into_iter().flatten()).collect();
        let result = match purge {
            Purge::CloudFront(id) => self.cloudfront(id, &urls),
            Purge::Cloudflare(id) => self.cloudflare(id, &urls),
        };
        result.map_err(|why| {
            Diagnostic::new(PURGE_FAILED, format!("the site is published, but its cache was not cleared: {why}"))
                .help("run the command again: it clears what is left")
        })
    }

    fn cloudfront(&self, id: &str, urls: &BTreeSet<String>) -> Result<(), String> {
        let paths: Vec<String> = if urls.len() > MOST {
            vec![self.base.link(&UrlPath::new("/*"))]
        } else {
            urls.iter().map(|url| encoded(&self.base.link(&UrlPath::new(url.as_str())))).collect()
        };
        let items: String = paths.iter().map(|path| format!("<Path>{}</Path>", escape(path.as_str()))).collect();
        let once = Hash::of(format!("{:?} {items}", std::time::SystemTime::now()).as_bytes()).short();
        let body = format!(
            "<InvalidationBatch xmlns=\"http://cloudfront.amazonaws.com/doc/2020-05-31/\"><Paths><Quantity>{}</Quantity>\
             <Items>{items}</Items></Paths><CallerReference>ninefold-{once}</CallerReference></InvalidationBatch>",
            paths.len()
        );
        let host = secrets::variable("AWS_ENDPOINT_URL_CLOUDFRONT")
            .unwrap_or_else(|| "https://cloudfront.amazonaws.com".to_owned());
        let url = format!("{}/2020-05-31/distribution/{id}/invalidation", host.trim_end_matches('/'));
        let known = AmazonS3Builder::from_env().with_bucket_name("none").build().map_err(|error| error.to_string())?;
        let credential =
            self.runtime.block_on(known.credentials().get_credential()).map_err(|error| error.to_string())?;
        let answer = self.client.send(&|| {
            let mut request = Request::builder()
                .method("POST")
                .uri(&url)
                .header("content-type", "text/xml")
                .body(HttpRequestBody::from(body.clone()))
                .map_err(|error| error.to_string())?;
            AwsAuthorizer::new(&credential, "cloudfront", "us-east-1")
                .try_authorize(&mut request, None)
                .map_err(|error| error.to_string())?;
            Ok(request)
        })?;
        accepted(&answer, "CloudFront")
    }

    fn cloudflare(&self, id: &str, urls: &BTreeSet<String>) -> Result<(), String> {
        let token = secrets::variable("CLOUDFLARE_API_TOKEN").unwrap_or_default();
        let host = secrets::variable("CLOUDFLARE_API_BASE_URL")
            .unwrap_or_else(|| "https://api.cloudflare.com/client/v4".to_owned());
        let url = format!("{}/zones/{id}/purge_cache", host.trim_end_matches('/'));
        let all: Vec<String> =
            urls.iter().map(|url| encoded(&self.base.absolute(&UrlPath::new(url.as_str())))).collect();
        let bodies: Vec<serde_json::Value> = if urls.len() > MOST {
            vec![serde_json::json!({ "purge_everything": true })]
        } else {
            all.chunks(CLOUDFLARE_BATCH).map(|files| serde_json::json!({ "files": files })).collect()
        };
        for body in bodies {
            let answer = self.client.send(&|| {
                Request::builder()
                    .method("POST")
                    .uri(&url)
                    .header("content-type", "application/json")
                    .header("authorization", format!("Bearer {token}"))
                    .body(HttpRequestBody::from(body.to_string()))
                    .map_err(|error| error.to_string())
            })?;
            accepted(&answer, "Cloudflare")?;
        }
        Ok(())
    }
}

fn accepted(answer: &Answer, who: &str) -> Result<(), String> {
    if (200..300).contains(&answer.status) { Ok(()) } else { Err(format!("{who} answered {}", answer.status)) }
}
