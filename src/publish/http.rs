//! Requests over HTTP: bounded in size and time, repeated where it may help. Knows no service.

use std::sync::Arc;
use std::time::Duration;

use http::{HeaderMap, Request};
use object_store::ClientOptions;
use object_store::client::{HttpClient, HttpConnector, HttpRequest, HttpRequestBody, ReqwestConnector};
use percent_encoding::{AsciiSet, utf8_percent_encode};
use tokio::runtime::Runtime;
use tokio_stream::StreamExt;

use super::{coding, secrets};
use crate::config::Coding;
use crate::model::PATH;

/// An answer longer than this is cut, in bytes.
const MOST: usize = 64 << 20;
/// How often a request is sent at most.
const TRIES: u32 = 4;

/// What is percent-coded in a whole address, whose host may be one in brackets.
const ADDRESS: &AsciiSet =
    &PATH.add(b'!').add(b'$').add(b'&').add(b'\'').add(b'(').add(b')').add(b';').add(b'=').remove(b'[').remove(b']');

/// The address as it is sent.
pub fn encoded(url: &str) -> String {
    utf8_percent_encode(url, ADDRESS).to_string()
}

/// What came back.
#[derive(Clone, Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

/// A client.
pub struct Client {
    runtime: Arc<Runtime>,
    client: HttpClient,
    tries: u32,
}

/// The threads that requests run on, and the one library of cryptography that they use.
pub fn runtime() -> std::io::Result<Arc<Runtime>> {
    // Only the first one counts; all are the same.
    let _ = rustls::crypto::ring::default_provider().install_default();
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().map(Arc::new)
}

impl Client {
    pub fn new(runtime: Arc<Runtime>) -> Result<Self, String> {
        Self::with(runtime, Duration::from_secs(60), TRIES)
    }

    /// One that asks once and does not wait long: what it asks for can be left out.
    pub fn brief(runtime: Arc<Runtime>) -> Result<Self, String> {
        Self::with(runtime, Duration::from_secs(10), 1)
    }

    fn with(runtime: Arc<Runtime>, timeout: Duration, tries: u32) -> Result<Self, String> {
        let options = ClientOptions::new()
            .with_connect_timeout(Duration::from_secs(10))
            .with_timeout(timeout)
            .with_allow_http(true);
        let client = ReqwestConnector::default().connect(&options).map_err(|error| error.to_string())?;
        Ok(Self { runtime, client, tries })
    }

    /// Reads what is at `url`.
    pub fn get(&self, url: &str) -> Result<Answer, String> {
        self.send(&|| Request::builder().uri(url).body(HttpRequestBody::empty()).map_err(|error| error.to_string()))
    }

    /// Sends what `request` makes; again after 429, 5xx and broken connections, later each time.
    pub fn send(&self, request: &dyn Fn() -> Result<HttpRequest, String>) -> Result<Answer, String> {
        let mut pause = Duration::from_millis(200);
        for last in (0..self.tries).map(|n| n + 1 == self.tries) {
            let answer = self.once(request()?);
            let is_worth_it = answer.as_ref().map_or(true, |answer| answer.status == 429 || answer.status >= 500);
            if last || !is_worth_it {
                return answer;
            }
            std::thread::sleep(pause);
            pause *= 3;
        }
        Err("it was not sent".to_owned())
    }

    fn once(&self, request: HttpRequest) -> Result<Answer, String> {
        self.runtime.block_on(async {
            let words = |error: object_store::client::HttpError| {
                let mut inner: &dyn std::error::Error = &error;
                while let Some(source) = inner.source() {
                    inner = source;
                }
                secrets::without(&inner.to_string())
            };
            let answer = self.client.execute(request).await.map_err(words)?;
            let status = answer.status().as_u16();
            let headers = answer.headers().clone();
            let mut body = Vec::new();
            let mut pieces = answer.into_body().bytes_stream();
            while let Some(piece) = pieces.next().await {
                body.extend_from_slice(&piece.map_err(words)?);
                if body.len() > MOST {
                    break;
                }
            }
            Ok(Answer { status, body: unpacked(&headers, body), headers })
        })
    }
}

/// The body without the coding that a place stored it in.
fn unpacked(headers: &HeaderMap, body: Vec<u8>) -> Vec<u8> {
    let named = headers.get("content-encoding").and_then(|name| name.to_str().ok());
    let coding = [Coding::Gzip, Coding::Brotli].into_iter().find(|coding| named == Some(coding.name()));
    coding.and_then(|coding| coding::unpacked(coding, &body)).unwrap_or(body)
}
