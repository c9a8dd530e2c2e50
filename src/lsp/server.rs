//! What an editor says, in order: begins, opens and changes texts, asks, ends. Keeps the open texts; leaves all work to the
//! worker, so that no keystroke waits. Knows the protocol's rules; no site.

use std::collections::BTreeMap;
use std::io::{self, BufRead};
use std::sync::Arc;

use lsp_server::{ErrorCode, Message, Notification, Request, RequestId};
use lsp_types::{PositionEncodingKind, ServerCapabilities, TextDocumentSyncKind, TextDocumentSyncOptions};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::positions::{Encoding, changed};
use super::requests;
use super::uris::path_of;
use super::wire::framing::{Incoming, read};
use super::wire::inbox::{Asked, Inbox, OpenText};
use super::wire::outbox::Outbox;
use super::wire::protocol::{Changed, InFile, Initialize, Opened};
use crate::snapshot::Change;

/// How an editor went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// It said so before.
    Orderly,
    Sudden,
}

/// Waits for the editor to begin, and answers with what the server can do. None where it goes before that.
pub fn begin(input: &mut impl BufRead, out: &Outbox) -> io::Result<Option<(Initialize, Encoding)>> {
    while let Some(incoming) = read(input)? {
        match incoming {
            Incoming::Message(Message::Request(request)) if request.method == "initialize" => {
                match serde_json::from_value::<Initialize>(request.params) {
                    Ok(params) => {
                        let encoding = encoding(&params.capabilities);
                        out.answer(request.id, Ok(abilities(encoding)));
                        return Ok(Some((params, encoding)));
                    }
                    Err(error) => out.answer(request.id, Err((ErrorCode::InvalidParams, error.to_string()))),
                }
            }
            Incoming::Message(Message::Request(request)) => {
                out.answer(request.id, Err((ErrorCode::ServerNotInitialized, "`initialize` comes first".to_owned())));
            }
            Incoming::Message(Message::Notification(notification)) if notification.method == "exit" => return Ok(None),
            Incoming::Message(_) => {}
            Incoming::Malformed(why) => out.log(&why),
        }
    }
    Ok(None)
}

/// UTF-8 where the editor offers it: our places are bytes. Else what every editor has to know.
fn encoding(capabilities: &Value) -> Encoding {
    let offered = capabilities.pointer("/general/positionEncodings").and_then(Value::as_array);
    match offered.is_some_and(|offered| offered.iter().any(|kind| kind == "utf-8")) {
        true => Encoding::Utf8,
        false => Encoding::Utf16,
    }
}

fn abilities(encoding: Encoding) -> Value {
    let sync = TextDocumentSyncOptions {
        open_close: Some(true),
        change: Some(TextDocumentSyncKind::INCREMENTAL),
        save: Some(true.into()),
        ..TextDocumentSyncOptions::default()
    };
    let capabilities = ServerCapabilities {
        position_encoding: Some(match encoding {
            Encoding::Utf8 => PositionEncodingKind::UTF8,
            Encoding::Utf16 => PositionEncodingKind::UTF16,
        }),
        text_document_sync: Some(sync.into()),
        ..requests::abilities()
    };
    json!({ "capabilities": capabilities, "serverInfo": { "name": "ninefold", "version": env!("CARGO_PKG_VERSION") } })
}

pub struct Server {
    pub inbox: Arc<Inbox>,
    /// One that does not wait.
    pub out: Outbox,
    pub encoding: Encoding,
    pub open: BTreeMap<String, OpenText>,
}

impl Server {
    /// Takes in what the editor says until it ends.
    pub fn listen(mut self, input: &mut impl BufRead) -> io::Result<End> {
        let mut end = End::Sudden;
        while let Some(incoming) = read(input)? {
            match incoming {
                Incoming::Message(Message::Request(request)) if request.method == "shutdown" => {
                    end = End::Orderly;
                    self.out.answer(request.id, Ok(Value::Null));
                }
                Incoming::Message(Message::Notification(notification)) if notification.method == "exit" => break,
                Incoming::Message(Message::Request(request)) if end == End::Orderly => {
                    self.out
                        .answer(request.id, Err((ErrorCode::InvalidRequest, "the server was shut down".to_owned())));
                }
                Incoming::Message(Message::Request(request)) => self.ask(request),
                Incoming::Message(Message::Notification(notification)) => self.note(notification),
                // We ask nothing whose answer matters.
                Incoming::Message(Message::Response(_)) => {}
                Incoming::Malformed(why) => self.out.log(&why),
            }
        }
        Ok(end)
    }

    fn ask(&mut self, request: Request) {
        let Request { id, method, params } = request;
        let version = requests::file(&params).and_then(|uri| Some(self.open.get(&uri)?.version));
        if let Err(asked) = self.inbox.request(Asked { id, method, params, version }) {
            let words = "more requests wait than can be answered".to_owned();
            self.out.answer(asked.id, Err((ErrorCode::ServerCancelled, words)));
        }
    }

    fn note(&mut self, notification: Notification) {
        let Notification { method, params } = notification;
        let done = match method.as_str() {
            "textDocument/didOpen" => of(params).map(|params: Opened| {
                let open = OpenText { version: params.file.version, text: params.file.text.into() };
                self.set(params.file.uri, open);
            }),
            "textDocument/didChange" => of(params).map(|params: Changed| self.change(params)),
            "textDocument/didClose" => of(params).map(|params: InFile| {
                self.open.remove(&params.file.uri);
                self.inbox.text(&params.file.uri, None);
            }),
            "textDocument/didSave" => of(params).map(|params: InFile| {
                if let Some(path) = path_of(&params.file.uri) {
                    self.inbox.disk(&Change::Paths([path].into()));
                }
            }),
            "$/cancelRequest" => {
                self.cancel(&params);
                Ok(())
            }
            // What else editors tell is nothing to us.
            _ => Ok(()),
        };
        if let Err(error) = done {
            self.out.log(&format!("`{method}` could not be understood: {error}"));
        }
    }

    fn set(&mut self, uri: String, open: OpenText) {
        self.inbox.text(&uri, Some(open.clone()));
        self.open.insert(uri, open);
    }

    fn change(&mut self, params: Changed) {
        let Some(before) = self.open.get(&params.file.uri) else {
            return self.out.log(&format!("`{}` changed and is not open", params.file.uri));
        };
        let version = params.file.version.unwrap_or(before.version.wrapping_add(1));
        let text = changed(&before.text, params.changes, self.encoding).into();
        self.set(params.file.uri, OpenText { version, text });
    }

    fn cancel(&self, params: &Value) {
        let Some(id) = params.get("id").and_then(|id| serde_json::from_value::<RequestId>(id.clone()).ok()) else {
            return;
        };
        if let Some(asked) = self.inbox.cancel(&id) {
            self.out.answer(asked.id, Err((ErrorCode::RequestCanceled, "cancelled".to_owned())));
        }
    }
}

fn of<T: DeserializeOwned>(params: Value) -> serde_json::Result<T> {
    serde_json::from_value(params)
}
