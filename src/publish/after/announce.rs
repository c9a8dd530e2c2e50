//! Tells others which pages changed, once readers can have them: a hub of feeds (WebSub), search engines (IndexNow). Knows how each is
//! asked. Pages are published whatever becomes of it, so that a failure is a warning.

use std::sync::Arc;

use http::Request;
use object_store::client::HttpRequestBody;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::json;
use tokio::runtime::Runtime;

use crate::config::{Announce, BaseUrl};
use crate::diagnostic::{Diagnostic, rules};
use crate::model::UrlPath;
use crate::publish::http::{Client, encoded};
use crate::publish::plan::waves::address;
use crate::publish::report::Report;
use crate::publish::secrets;

rules! {
    NOT_ANNOUNCED = "not-announced", warning fixed, "a service was not told of what changed";
}

/// Addresses in one request to IndexNow (indexnow.org/documentation).
const BATCH: usize = 10_000;
/// The page for what is not there.
const NOT_FOUND: &str = "404.html";

/// What an announcement needs.
pub struct Announcer<'a> {
    pub runtime: &'a Arc<Runtime>,
    pub base: &'a BaseUrl,
    pub report: &'a Report,
}

impl Announcer<'_> {
    /// Tells each service that the site names, and returns what went wrong.
    pub fn announce(&self, to: &Announce) -> Vec<Diagnostic> {
        let client = match Client::brief(Arc::clone(self.runtime)) {
            Ok(client) => client,
            Err(why) => return vec![failed("no service", &why)],
        };
        let hub = to.websub.as_ref().and_then(|hub| self.websub(&client, hub).err());
        let index = to.indexnow.as_ref().zip(to.key_file());
        let index = index.and_then(|(key, file)| self.indexnow(&client, key, &file).err());
        let hub = hub.map(|why| failed("the hub of feeds", &why));
        hub.into_iter().chain(index.map(|why| failed("IndexNow", &why))).collect()
    }

    fn absolute(&self, url: &str) -> String {
        encoded(&self.base.absolute(&UrlPath::new(url)))
    }

    /// A request for each feed that changed, up to the first that fails.
    fn websub(&self, client: &Client, hub: &str) -> Result<(), String> {
        let changed = self.report.added.iter().chain(&self.report.changed);
        let is_feed = |path: &&String| matches!(path.rsplit('/').next(), Some("feed.xml" | "feed.json"));
        for path in changed.filter(is_feed) {
            let topic = self.absolute(&format!("/{path}"));
            let body = format!("hub.mode=publish&hub.url={}", utf8_percent_encode(&topic, NON_ALPHANUMERIC));
            post(client, hub, "application/x-www-form-urlencoded", &body)?;
        }
        Ok(())
    }

    /// The addresses of pages that changed, came or went.
    fn indexnow(&self, client: &Client, key: &str, file: &UrlPath) -> Result<(), String> {
        let Report { added, changed, removed, .. } = self.report;
        let pages = added.iter().chain(changed).chain(removed).filter(|path| *path != NOT_FOUND);
        let urls: Vec<String> = pages.filter_map(|path| address(path)).map(|url| self.absolute(&url)).collect();
        let service = secrets::variable("INDEXNOW_ENDPOINT");
        let service = service.unwrap_or_else(|| "https://api.indexnow.org/indexnow".to_owned());
        for some in urls.chunks(BATCH) {
            // The key's place says for which addresses it counts: those below its folder.
            let place = self.absolute(file.as_str());
            let body = json!({ "host": self.base.host(), "key": key, "keyLocation": place, "urlList": some });
            post(client, &service, "application/json; charset=utf-8", &body.to_string())?;
        }
        Ok(())
    }
}

fn post(client: &Client, url: &str, content_type: &str, body: &str) -> Result<(), String> {
    let answer = client.send(&|| {
        let request = Request::builder().method("POST").uri(url).header("content-type", content_type);
        request.body(HttpRequestBody::from(body.to_owned())).map_err(|error| error.to_string())
    })?;
    if (200..300).contains(&answer.status) { Ok(()) } else { Err(format!("it answered {}", answer.status)) }
}

fn failed(who: &str, why: &str) -> Diagnostic {
    Diagnostic::new(
        NOT_ANNOUNCED,
        format!("the site is published, and {who} was not told of everything that changed: {why}"),
    )
    .help("nothing needs to be done: pages and feeds are found all the same, later")
}
