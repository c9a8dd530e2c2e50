//! A bucket as a place: Amazon S3 and what speaks the same. Knows one bucket; credentials come from the environment and get
//! no further than the client.

mod faults;
mod list;

use std::sync::Arc;
use std::time::Duration;

use object_store::aws::{AmazonS3, AmazonS3Builder, AmazonS3ConfigKey, AwsCredential};
use object_store::path::Path;
use object_store::{
    Attribute, Attributes, BackoffConfig, ClientOptions, Error, ObjectStore, ObjectStoreExt, PutMode, PutOptions,
    RetryConfig, UpdateVersion,
};
use tokio::runtime::Runtime;

use super::{Condition, Headers, Listing, Store, StoreFault, Tag};
use crate::config::{Coding, S3Target};
use crate::diagnostic::{Diagnostic, rules};
use crate::publish::http::Client;
use crate::publish::{STORE, secrets};
use faults::Asked;
use list::Lister;

rules! {
    NO_CREDENTIALS = "no-credentials", error fixed, "the environment holds no credentials";
}

/// The bucket.
pub struct S3 {
    client: Arc<AmazonS3>,
    runtime: Arc<Runtime>,
    http: Client,
    /// The bucket's address.
    url: String,
    bucket: String,
    region: String,
    prefix: String,
    coding: Option<Coding>,
}

impl S3 {
    pub fn new(target: &S3Target, runtime: Arc<Runtime>) -> Result<Self, Diagnostic> {
        if !secrets::has_aws() {
            return Err(no_credentials());
        }
        let mut builder = AmazonS3Builder::from_env()
            .with_bucket_name(&target.bucket)
            // Not every store takes many removals in one request.
            .with_disable_bulk_delete(true)
            .with_retry(RetryConfig {
                backoff: BackoffConfig {
                    init_backoff: Duration::from_millis(100),
                    max_backoff: Duration::from_secs(10),
                    base: 2.0,
                },
                max_retries: 6,
                retry_timeout: Duration::from_secs(90),
            })
            .with_client_options(
                ClientOptions::new()
                    .with_connect_timeout(Duration::from_secs(10))
                    .with_timeout(Duration::from_secs(300))
                    .with_allow_http(true),
            );
        if let Some(endpoint) = &target.endpoint {
            builder = builder.with_endpoint(endpoint);
        }
        if let Some(region) = &target.region {
            builder = builder.with_region(region);
        }
        let known = |key| builder.get_config_value(&key);
        let region = known(AmazonS3ConfigKey::Region).unwrap_or_else(|| "us-east-1".to_owned());
        let endpoint = known(AmazonS3ConfigKey::S3Endpoint).or_else(|| known(AmazonS3ConfigKey::Endpoint));
        let has_own_host = known(AmazonS3ConfigKey::VirtualHostedStyleRequest).is_some_and(|value| value == "true");
        let bucket = &target.bucket;
        // As the client makes it of the same settings.
        let url = match (endpoint, has_own_host) {
            (Some(endpoint), true) => endpoint,
            (Some(endpoint), false) => format!("{}/{bucket}", endpoint.trim_end_matches('/')),
            (None, true) => format!("https://{bucket}.s3.{region}.amazonaws.com"),
            (None, false) => format!("https://s3.{region}.amazonaws.com/{bucket}"),
        };
        let unreachable = |why: String| {
            Diagnostic::new(STORE, format!("the bucket can't be reached: {}", secrets::without(&why)))
                .help("look at `publish:` in `site.yaml` and at the environment's `AWS_…`")
        };
        let client = builder.build().map_err(|error| unreachable(error.to_string()))?;
        let http = Client::new(Arc::clone(&runtime)).map_err(unreachable)?;
        let (bucket, prefix) = (bucket.clone(), target.prefix.clone());
        let coding = target.coding;
        Ok(Self { client: Arc::new(client), runtime, http, url, bucket, region, prefix, coding })
    }

    fn refused(&self, code: &str, named: Option<&str>) -> StoreFault {
        let is_elsewhere = matches!(code, "PermanentRedirect" | "AuthorizationHeaderMalformed");
        let found = named.map(str::to_owned).or_else(|| is_elsewhere.then(|| self.named_region()).flatten());
        faults::refused(code, &Asked { bucket: &self.bucket, region: &self.region, named: found.as_deref() })
    }

    fn fault(&self, error: &Error) -> StoreFault {
        faults::fault(error, &|code, named| self.refused(code, named))
    }

    /// The region of the bucket, from the answer to an unsigned request.
    fn named_region(&self) -> Option<String> {
        let answer = self.http.get(&self.url).ok()?;
        let named = answer.headers.get("x-amz-bucket-region").and_then(|region| region.to_str().ok());
        named.map(str::to_owned)
    }

    fn lister<'a>(&'a self, credential: &'a AwsCredential) -> Lister<'a> {
        Lister { http: &self.http, credential, url: &self.url, region: &self.region }
    }

    fn key(&self, path: &str) -> Result<Path, StoreFault> {
        let key = if self.prefix.is_empty() { path.to_owned() } else { format!("{}/{path}", self.prefix) };
        Path::parse(&key).map_err(|error| StoreFault::Failed(error.to_string()))
    }
}

fn no_credentials() -> Diagnostic {
    let fault = Diagnostic::new(NO_CREDENTIALS, "the environment holds no credentials for the bucket");
    match secrets::variable("AWS_PROFILE") {
        Some(profile) => fault.help(format!(
            "`AWS_PROFILE` names a file of the AWS tools; hand its keys over with `eval \"$(aws configure export-credentials --profile {profile} --format env)\"`"
        )),
        None => fault.help("set `AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY`"),
    }
}

impl Store for S3 {
    fn keeps_headers(&self) -> bool {
        true
    }

    fn coding(&self) -> Option<Coding> {
        self.coding
    }

    fn has_folders(&self) -> bool {
        false
    }

    fn is_remote(&self) -> bool {
        true
    }

    fn list(&self) -> Result<Listing, StoreFault> {
        let credential = self.runtime.block_on(self.client.credentials().get_credential());
        let credential = credential.map_err(|error| self.fault(&error))?;
        self.lister(&credential).list(&self.prefix, &|code, named| self.refused(code, named))
    }

    fn get(&self, path: &str) -> Result<Option<(Vec<u8>, Tag)>, StoreFault> {
        let key = self.key(path)?;
        let found = self.runtime.block_on(async {
            let found = self.client.get(&key).await?;
            let tag = found.meta.e_tag.clone().unwrap_or_default();
            Ok((found.bytes().await?.to_vec(), tag))
        });
        match found {
            Ok(found) => Ok(Some(found)),
            Err(error @ Error::NotFound { .. }) if faults::has_no_bucket(&error) => {
                Err(self.refused("NoSuchBucket", None))
            }
            Err(Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(self.fault(&error)),
        }
    }

    fn put(&self, path: &str, bytes: Vec<u8>, headers: Headers, condition: &Condition) -> Result<Tag, StoreFault> {
        let key = self.key(path)?;
        let mut attributes = Attributes::new();
        attributes.insert(Attribute::ContentType, headers.content_type.into());
        attributes.insert(Attribute::CacheControl, headers.cache_control.into());
        if let Some(coding) = headers.coding {
            attributes.insert(Attribute::ContentEncoding, coding.name().into());
        }
        let mode = match condition {
            Condition::Always => PutMode::Overwrite,
            Condition::Absent => PutMode::Create,
            Condition::Unchanged(tag) => PutMode::Update(UpdateVersion { e_tag: Some(tag.clone()), version: None }),
        };
        let options = PutOptions { mode, attributes, ..PutOptions::default() };
        let put = self.runtime.block_on(self.client.put_opts(&key, bytes.into(), options));
        put.map(|put| put.e_tag.unwrap_or_default()).map_err(|error| match (&error, condition) {
            // What was to be replaced is gone.
            (Error::NotFound { .. }, Condition::Unchanged(_)) => StoreFault::Conflict,
            _ => self.fault(&error),
        })
    }

    fn delete(&self, path: &str) -> Result<(), StoreFault> {
        let key = self.key(path)?;
        match self.runtime.block_on(self.client.delete(&key)) {
            Ok(()) | Err(Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(self.fault(&error)),
        }
    }

    fn copy(&self, from: &str, to: &str) -> Result<(), StoreFault> {
        let (from, to) = (self.key(from)?, self.key(to)?);
        match self.runtime.block_on(self.client.copy(&from, &to)) {
            Ok(()) | Err(Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(self.fault(&error)),
        }
    }

    fn age(&self, path: &str) -> Option<Duration> {
        let credential = self.runtime.block_on(self.client.credentials().get_credential()).ok()?;
        self.lister(&credential).age(self.key(path).ok()?.as_ref())
    }

    fn tidy(&self) -> Result<(), StoreFault> {
        Ok(())
    }
}
