//! What is sent to the editor. Knows messages; not what they are about.

use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use lsp_server::{ErrorCode, Message, Notification, RequestId, Response};
use lsp_types::MessageType;
use serde::Serialize;
use serde_json::{Value, json};

/// Messages that wait until the editor reads them; then no more work is done.
const WAITING: usize = 1_000;

#[derive(Clone)]
pub struct Outbox {
    sender: SyncSender<Message>,
    /// Whoever sends may be kept waiting.
    may_wait: bool,
}

impl Outbox {
    /// The one that may wait, and what is sent.
    pub fn new() -> (Self, Receiver<Message>) {
        let (sender, receiver) = sync_channel(WAITING);
        (Self { sender, may_wait: true }, receiver)
    }

    /// The same for one that must go on: what an editor that does not read is sent is dropped.
    pub fn hurried(&self) -> Self {
        Self { sender: self.sender.clone(), may_wait: false }
    }

    fn send(&self, message: impl Into<Message>) {
        // Where the editor is gone, the input ends too.
        let _ = match self.may_wait {
            true => self.sender.send(message.into()).is_ok(),
            false => self.sender.try_send(message.into()).is_ok(),
        };
    }

    pub fn notify(&self, method: &str, params: impl Serialize) {
        if let Ok(params) = serde_json::to_value(params) {
            self.send(Notification { method: method.to_owned(), params });
        }
    }

    pub fn answer(&self, id: RequestId, result: Result<Value, (ErrorCode, String)>) {
        self.send(match result {
            Ok(result) => Response { id, response_result: Ok(result) },
            Err((code, message)) => Response::new_err(id, code as i32, message),
        });
    }

    /// Shows the author a sentence.
    pub fn show(&self, kind: MessageType, words: &str) {
        self.notify("window/showMessage", json!({ "type": kind, "message": words }));
    }

    /// Writes a line for those who look for what is wrong.
    pub fn log(&self, words: &str) {
        self.notify("window/logMessage", json!({ "type": MessageType::WARNING, "message": words }));
    }
}
