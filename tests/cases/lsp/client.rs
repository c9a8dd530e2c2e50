//! An editor as the server sees it: a program that writes messages and reads them, and does what it is told to.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use serde_json::{Value, json};

use crate::support::TestSite;

/// How long a message is waited for.
const PATIENCE: Duration = Duration::from_secs(20);

pub struct Client {
    child: Child,
    input: Option<ChildStdin>,
    messages: Receiver<Value>,
    requests: i64,
    root: PathBuf,
    /// Of the folder, as this editor writes it.
    root_uri: String,
    /// What the server can do.
    pub abilities: Value,
    /// Words that it showed or logged.
    pub words: Vec<String>,
}

/// The bytes of a message.
pub fn framed(message: &Value) -> Vec<u8> {
    let body = message.to_string();
    format!("Content-Length: {}\r\n\r\n{body}", body.len()).into_bytes()
}

impl Client {
    /// An editor with the site open that knows what every editor knows.
    pub fn start(site: &TestSite) -> Self {
        Self::starting(site.root(), &file_uri(site.root()), json!({}))
    }

    /// One with the folder `root` open, which it calls `root_uri`.
    pub fn starting(root: &Path, root_uri: &str, capabilities: Value) -> Self {
        let mut client = Self::silent(root, root_uri);
        let folders = json!([{ "uri": root_uri, "name": "site" }]);
        let params = json!({ "rootUri": root_uri, "workspaceFolders": folders, "capabilities": capabilities });
        client.abilities = client.request("initialize", params)["capabilities"].take();
        client.notify("initialized", json!({}));
        client
    }

    /// One that has not said anything yet.
    pub fn silent(root: &Path, root_uri: &str) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_ninefold"))
            .arg("lsp")
            // Not where the site is.
            .current_dir(root.parent().expect("a folder around it"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program");
        let mut output = BufReader::new(child.stdout.take().expect("its output"));
        let (sender, messages) = channel();
        std::thread::spawn(move || {
            while let Some(message) = read(&mut output) {
                if sender.send(message).is_err() {
                    return;
                }
            }
        });
        Self {
            input: child.stdin.take(),
            child,
            messages,
            requests: 0,
            root: root.to_owned(),
            root_uri: root_uri.to_owned(),
            abilities: Value::Null,
            words: Vec::new(),
        }
    }

    pub fn uri(&self, path: &str) -> String {
        format!("{}/{path}", self.root_uri)
    }

    /// Writes bytes, whatever they are.
    pub fn write(&mut self, bytes: &[u8]) {
        let input = self.input.as_mut().expect("an input that is open");
        input.write_all(bytes).and_then(|()| input.flush()).expect("the server to read");
    }

    pub fn notify(&mut self, method: &str, params: Value) {
        self.write(&framed(&json!({ "jsonrpc": "2.0", "method": method, "params": params })));
    }

    /// Sends a request and leaves its answer for later.
    pub fn ask(&mut self, method: &str, params: Value) -> i64 {
        self.requests += 1;
        self.write(&framed(&json!({ "jsonrpc": "2.0", "id": self.requests, "method": method, "params": params })));
        self.requests
    }

    /// The next message that is one of `wanted`.
    pub fn next(&mut self, wanted: impl Fn(&Value) -> bool) -> Value {
        loop {
            let message = self.messages.recv_timeout(PATIENCE).expect("a message from the server");
            if matches!(message["method"].as_str(), Some("window/showMessage" | "window/logMessage")) {
                self.words.push(message["params"]["message"].as_str().unwrap_or_default().to_owned());
            }
            if wanted(&message) {
                return message;
            }
        }
    }

    /// The answer to the request `id`: its result, or its error.
    pub fn answer(&mut self, id: i64) -> Value {
        let mut message = self.next(|message| message["id"] == id && message.get("method").is_none());
        if message.get("error").is_some() { message["error"].take() } else { message["result"].take() }
    }

    pub fn request(&mut self, method: &str, params: Value) -> Value {
        let id = self.ask(method, params);
        self.answer(id)
    }

    /// Opens the file at `path` as it is on disk, and gives what is wrong with it.
    pub fn open(&mut self, path: &str) -> String {
        let text = std::fs::read_to_string(self.root.join(path)).expect("the file");
        let uri = self.uri(path);
        self.open_as(&uri, &text)
    }

    pub fn open_as(&mut self, uri: &str, text: &str) -> String {
        let file = json!({ "uri": uri, "languageId": "markdown", "version": 1, "text": text });
        self.notify("textDocument/didOpen", json!({ "textDocument": file }));
        self.published(uri, 1)
    }

    /// Puts `text` in the place of a range (lines and columns from 0), and gives what is wrong then.
    pub fn change(&mut self, path: &str, version: i64, range: [u32; 4], text: &str) -> String {
        let uri = self.uri(path);
        self.type_in(path, version, range, text);
        self.published(&uri, version)
    }

    /// The same without waiting.
    pub fn type_in(&mut self, path: &str, version: i64, [from, from_column, to, to_column]: [u32; 4], text: &str) {
        let range = json!({ "start": { "line": from, "character": from_column }, "end": { "line": to, "character": to_column } });
        let file = json!({ "uri": self.uri(path), "version": version });
        let changes = json!([{ "range": range, "text": text }]);
        self.notify("textDocument/didChange", json!({ "textDocument": file, "contentChanges": changes }));
    }

    /// What is published of the file at this version or a later one, a line each.
    pub fn published(&mut self, uri: &str, version: i64) -> String {
        let is_wanted = |message: &Value| {
            let params = &message["params"];
            message["method"] == "textDocument/publishDiagnostics"
                && params["uri"] == uri
                && params["version"].as_i64().is_none_or(|published| published >= version)
        };
        let message = self.next(is_wanted);
        shown(&message["params"]["diagnostics"])
    }

    /// Ends as editors do, and gives the exit code.
    pub fn end(mut self) -> Option<i32> {
        self.request("shutdown", Value::Null);
        self.notify("exit", Value::Null);
        self.child.wait().expect("its end").code()
    }

    /// Goes without a word, and gives the exit code.
    pub fn die(mut self) -> Option<i32> {
        drop(self.input.take());
        self.child.wait().expect("its end").code()
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn read(output: &mut impl BufRead) -> Option<Value> {
    let mut size = 0;
    loop {
        let mut line = String::new();
        if output.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim_end().split_once(": ") {
            Some((_, value)) => size = value.parse().ok()?,
            None => break,
        }
    }
    let mut body = vec![0; size];
    output.read_exact(&mut body).ok()?;
    serde_json::from_slice(&body).ok()
}

/// A path as a URI, with nothing escaped that need not be.
pub fn file_uri(path: &Path) -> String {
    format!("file://{}", path.display()).replace(' ', "%20")
}

/// Diagnostics, a line each and their help below: place, severity, code, words.
pub fn shown(diagnostics: &Value) -> String {
    let lines = diagnostics.as_array().into_iter().flatten().map(|fault| {
        let severity = ["", "error", "warning", "note"][fault["severity"].as_u64().unwrap_or_default() as usize];
        let code = fault["code"].as_str().unwrap_or_default();
        format!("{} {severity}[{code}]: {}\n", place(&fault["range"]), fault["message"].as_str().unwrap_or_default())
    });
    lines.collect()
}

/// `3:4-3:9`, counted from 0 as editors count.
pub fn place(range: &Value) -> String {
    let at = |end: &str| format!("{}:{}", range[end]["line"], range[end]["character"]);
    format!("{}-{}", at("start"), at("end"))
}

/// The byte of a place that counts in UTF-16.
fn byte(text: &str, place: &Value) -> usize {
    let (line, column) = (place["line"].as_u64().unwrap_or_default(), place["character"].as_u64().unwrap_or_default());
    let start: usize = text.split_inclusive('\n').take(line as usize).map(str::len).sum();
    let mut units = 0;
    let is_passed = |c: &char| {
        units += c.len_utf16() as u64;
        units <= column
    };
    start + text[start..].chars().take_while(is_passed).map(char::len_utf8).sum::<usize>()
}

/// `text` with edits as editors put them in: all at once.
pub fn edited(text: &str, edits: &Value) -> String {
    let mut edits: Vec<(usize, usize, &str)> = edits
        .as_array()
        .into_iter()
        .flatten()
        .map(|edit| {
            let range = &edit["range"];
            (byte(text, &range["start"]), byte(text, &range["end"]), edit["newText"].as_str().expect("a text"))
        })
        .collect();
    edits.sort();
    let mut text = text.to_owned();
    for (start, end, new) in edits.into_iter().rev() {
        text.replace_range(start..end, new);
    }
    text
}

impl Client {
    /// What a request says that is about the place where `words` stand in the file, a few letters in.
    pub fn ask_at(&mut self, method: &str, path: &str, words: &str, more: Value) -> Value {
        let text = std::fs::read_to_string(self.root.join(path)).expect("the file");
        let at = text.find(words).unwrap_or_else(|| panic!("`{words}` is not in {path}")) + 1;
        let position = position(&text, at);
        let mut params = json!({ "textDocument": { "uri": self.uri(path) }, "position": position });
        if let (Some(params), Value::Object(more)) = (params.as_object_mut(), more) {
            params.extend(more);
        }
        self.request(method, params)
    }

    /// The actions for `words` of the file: the whole of them is chosen, or the place before them.
    pub fn actions(&mut self, path: &str, words: &str, is_chosen: bool) -> Vec<Value> {
        let text = std::fs::read_to_string(self.root.join(path)).expect("the file");
        let at = text.find(words).unwrap_or_else(|| panic!("`{words}` is not in {path}"));
        let end = if is_chosen { at + words.len() } else { at };
        let range = json!({ "start": position(&text, at), "end": position(&text, end) });
        let params =
            json!({ "textDocument": { "uri": self.uri(path) }, "range": range, "context": { "diagnostics": [] } });
        self.request("textDocument/codeAction", params).as_array().cloned().unwrap_or_default()
    }

    /// The text of the file with the edit of an action, without other files.
    pub fn done(&self, path: &str, edit: &Value) -> String {
        let text = std::fs::read_to_string(self.root.join(path)).expect("the file");
        let uri = self.uri(path);
        let changes = edit["documentChanges"].as_array().into_iter().flatten();
        let in_order =
            changes.clone().find(|change| change["textDocument"]["uri"] == uri).map(|change| &change["edits"]);
        edited(&text, in_order.unwrap_or(&edit["changes"][&uri]))
    }

    /// A path or URI in the words of the test.
    pub fn plain(&self, text: &str) -> String {
        text.replace(&format!("{}/", self.root_uri), "")
    }
}

/// The place of a byte, in UTF-16.
pub fn position(text: &str, byte: usize) -> Value {
    let before = &text[..byte];
    let line = before.matches('\n').count();
    let column: usize = before.rsplit('\n').next().unwrap_or_default().encode_utf16().count();
    json!({ "line": line, "character": column })
}
