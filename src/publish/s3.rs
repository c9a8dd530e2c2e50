//! A bucket as a place: Amazon S3 and what speaks the same. Knows one bucket; credentials come from the environment and get
//! no further than the client.

use std::sync::Arc;
use std::time::Duration;

use object_store::aws::{AmazonS3, AmazonS3Builder};
use object_store::path::Path;
use object_store::{
    Attribute, Attributes, BackoffConfig, ClientOptions, Error, ObjectStore, ObjectStoreExt, PutMode, PutOptions,
    RetryConfig, UpdateVersion,
};
use tokio::runtime::Runtime;
use tokio_stream::StreamExt;

use super::store::{Condition, Headers, Store, StoreFault, Tag, is_own};
use super::{STORE, secrets};
use crate::config::S3Target;
use crate::diagnostic::{Diagnostic, rules};

rules! {
    NO_CREDENTIALS = "no-credentials", error fixed, "the environment holds no credentials";
}

/// The bucket.
pub struct S3 {
    client: Arc<AmazonS3>,
    runtime: Arc<Runtime>,
    prefix: String,
}

impl S3 {
    pub fn new(target: &S3Target, runtime: Arc<Runtime>) -> Result<Self, Diagnostic> {
        if !secrets::has_aws() {
            return Err(Diagnostic::new(NO_CREDENTIALS, "the environment holds no credentials for the bucket")
                .help("set `AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY`"));
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
        let client = builder.build().map_err(|error| {
            Diagnostic::new(STORE, format!("the bucket can't be reached: {}", words(&error)))
                .help("look at `publish:` in `site.yaml` and at the environment's `AWS_…`")
        })?;
        Ok(Self { client: Arc::new(client), runtime, prefix: target.prefix.clone() })
    }

    fn key(&self, path: &str) -> Result<Path, StoreFault> {
        let key = if self.prefix.is_empty() { path.to_owned() } else { format!("{}/{path}", self.prefix) };
        Path::parse(&key).map_err(|error| StoreFault::Failed(error.to_string()))
    }
}

/// The innermost reason, without whatever a server repeats of our request.
fn words(error: &Error) -> String {
    let mut inner: &dyn std::error::Error = error;
    while let Some(source) = inner.source() {
        inner = source;
    }
    let whole = error.to_string();
    let code =
        whole.split_once("<Code>").and_then(|(_, rest)| rest.split_once("</Code>")).map(|(code, _)| code.to_owned());
    secrets::without(&code.map_or_else(|| inner.to_string(), |code| format!("it answered {code}")))
}

fn fault(error: &Error) -> StoreFault {
    match error {
        Error::AlreadyExists { .. } | Error::Precondition { .. } => StoreFault::Conflict,
        Error::NotImplemented { .. } => StoreFault::Unconditional,
        other => {
            let words = words(other);
            if words.ends_with("NotImplemented") { StoreFault::Unconditional } else { StoreFault::Failed(words) }
        }
    }
}

impl Store for S3 {
    fn keeps_headers(&self) -> bool {
        true
    }

    fn has_folders(&self) -> bool {
        false
    }

    fn list(&self) -> Result<Vec<String>, StoreFault> {
        let prefix = if self.prefix.is_empty() { None } else { Some(self.key("")?) };
        self.runtime.block_on(async {
            let mut found = self.client.list(prefix.as_ref());
            let mut paths = Vec::new();
            while let Some(object) = found.next().await {
                let key = object.map_err(|error| fault(&error))?.location.to_string();
                let path = key.strip_prefix(&self.prefix).unwrap_or(&key).trim_start_matches('/');
                if !is_own(path) {
                    paths.push(path.to_owned());
                }
            }
            Ok(paths)
        })
    }

    fn get(&self, path: &str) -> Result<Option<(Vec<u8>, Tag)>, StoreFault> {
        let key = self.key(path)?;
        self.runtime.block_on(async {
            match self.client.get(&key).await {
                Ok(found) => {
                    let tag = found.meta.e_tag.clone().unwrap_or_default();
                    let bytes = found.bytes().await.map_err(|error| fault(&error))?;
                    Ok(Some((bytes.to_vec(), tag)))
                }
                Err(Error::NotFound { .. }) => Ok(None),
                Err(error) => Err(fault(&error)),
            }
        })
    }

    fn put(&self, path: &str, bytes: Vec<u8>, headers: Headers, condition: &Condition) -> Result<Tag, StoreFault> {
        let key = self.key(path)?;
        let mut attributes = Attributes::new();
        attributes.insert(Attribute::ContentType, headers.content_type.into());
        attributes.insert(Attribute::CacheControl, headers.cache_control.into());
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
            _ => fault(&error),
        })
    }

    fn delete(&self, path: &str) -> Result<(), StoreFault> {
        let key = self.key(path)?;
        match self.runtime.block_on(self.client.delete(&key)) {
            Ok(()) | Err(Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(fault(&error)),
        }
    }

    fn tidy(&self) -> Result<(), StoreFault> {
        Ok(())
    }
}
