//! The schemas in the language server that editors use for YAML, and in the validator that most programs of the web use. Both come
//! from npm, see `.ci/run`.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use ninefold::schema::{Of, schema, write};
use serde_json::{Value, json};

use crate::support::{TestSite, repository};

fn npm() -> PathBuf {
    PathBuf::from(std::env::var("NINEFOLD_NPM").expect("NINEFOLD_NPM: where npm installs to")).join("node_modules")
}

/// yaml-language-server over its standard input and output.
struct Server {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    settings: Value,
    id: u32,
}

impl Server {
    fn start(root: &Path, settings: Value) -> Self {
        let mut child = Command::new("node")
            .arg(npm().join("yaml-language-server/bin/yaml-language-server"))
            .arg("--stdio")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("node");
        let (input, output) = (child.stdin.take().expect("its input"), child.stdout.take().expect("its output"));
        let mut server = Self { child, input, output: BufReader::new(output), settings, id: 1 };
        let folder = format!("file://{}", root.display());
        let capabilities = json!({ "workspace": { "configuration": true } });
        let params = json!({ "processId": null, "rootUri": folder, "capabilities": capabilities });
        server.send(json!({ "id": 1, "method": "initialize", "params": params }));
        while server.read()["id"] != 1 {}
        server.send(json!({ "method": "initialized", "params": {} }));
        server.send(json!({ "method": "workspace/didChangeConfiguration", "params": { "settings": {} } }));
        server
    }

    fn send(&mut self, mut message: Value) {
        message["jsonrpc"] = json!("2.0");
        let text = message.to_string();
        write!(self.input, "Content-Length: {}\r\n\r\n{text}", text.len())
            .and_then(|()| self.input.flush())
            .expect("its input");
    }

    /// The next message. What the server asks in between is answered.
    fn read(&mut self) -> Value {
        loop {
            let mut length = 0;
            loop {
                let mut line = String::new();
                assert!(self.output.read_line(&mut line).expect("its output") > 0, "the server ended");
                match line.trim().split_once(": ") {
                    Some(("Content-Length", value)) => length = value.parse().expect("a length"),
                    Some(_) => {}
                    None => break,
                }
            }
            let mut bytes = vec![0; length];
            self.output.read_exact(&mut bytes).expect("its output");
            let message: Value = serde_json::from_slice(&bytes).expect("JSON");
            if message["method"].is_null() || message["id"].is_null() {
                return message;
            }
            let result = match message["method"].as_str() {
                Some("workspace/configuration") => {
                    let items = message["params"]["items"].as_array().cloned().unwrap_or_default();
                    let of = |item: &Value| if item["section"] == "yaml" { self.settings.clone() } else { json!({}) };
                    items.iter().map(of).collect()
                }
                _ => Value::Null,
            };
            self.send(json!({ "id": message["id"], "result": result }));
        }
    }

    /// What the server says of a file with this text.
    fn said(&mut self, path: &Path, text: &str) -> Vec<String> {
        fs::write(path, text).expect("the file");
        self.id += 1;
        let uri = format!("file://{}", path.display());
        let document = json!({ "uri": uri, "languageId": "yaml", "version": self.id, "text": text });
        self.send(json!({ "method": "textDocument/didOpen", "params": { "textDocument": document } }));
        let diagnostics = loop {
            let message = self.read();
            if message["method"] == "textDocument/publishDiagnostics" && message["params"]["uri"] == uri.as_str() {
                break message["params"]["diagnostics"].as_array().cloned().unwrap_or_default();
            }
        };
        self.send(json!({ "method": "textDocument/didClose", "params": { "textDocument": { "uri": uri } } }));
        // Closing empties them, which is told as well.
        while self.read()["params"]["uri"] != uri.as_str() {}
        let line = |fault: &Value| fault["range"]["start"]["line"].as_u64().unwrap_or_default() + 1;
        diagnostics
            .iter()
            .map(|fault| format!("{}: {}", line(fault), fault["message"].as_str().unwrap_or_default()))
            .collect()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

const SITE: &str = "title: A\nbase_url: https://a.example\n";

#[test]
#[ignore = "needs yaml-language-server"]
fn an_editor_says_what_is_wrong_with_settings_where_the_comment_names_their_schema() {
    let site = TestSite::new();
    let written = write(site.root(), None).expect("the schemas");
    let mut server = Server::start(site.root(), json!({ "validate": true, "schemaStore": { "enable": false } }));
    let path = site.root().join("content/site.yaml");
    let mut said = |lines: &str| server.said(&path, &format!("{}\n{SITE}{lines}\n", written.comment));
    assert_eq!(said("lints: {missing-alt: off}\nextra_css: [a.css]\npage_size: 20"), [""; 0]);
    for (line, word) in [
        ("page_sise: 20", "page_sise"),
        ("page_size: 0", "minimum"),
        ("html: some", "sanitised"),
        ("lints: {missing-alts: off}", "missing-alts"),
        ("publish: {live: {type: dir}}", "path"),
        ("licence: all rights reserved", ""),
        ("language: plain English", ""),
    ] {
        let found = said(line);
        let is_told = found.iter().any(|fault| fault.starts_with("4: ") && fault.contains(word));
        assert!(is_told, "{line}: {found:?}");
    }
    // Nothing is said without the comment.
    assert_eq!(server.said(&path, &format!("{SITE}page_size: 0\n")), [""; 0]);
    // The settings do the same.
    let schemas = &written.settings["yaml.schemas"];
    let settings = json!({ "validate": true, "schemaStore": { "enable": false }, "schemas": schemas });
    // Its patterns match no folder whose name begins with a dot, as those of other tests do.
    let plain = tempfile::Builder::new().prefix("site").tempdir().expect("a folder");
    write(plain.path(), None).expect("the schemas");
    fs::create_dir(plain.path().join("content")).expect("a folder");
    let plain_path = plain.path().join("content/site.yaml");
    let mut server = Server::start(plain.path(), settings);
    // It takes the settings in while it answers already.
    let mut found = Vec::new();
    for _ in 0..50 {
        found = server.said(&plain_path, &format!("{SITE}page_size: 0\n"));
        if !found.is_empty() {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    assert!(found.iter().any(|fault| fault.starts_with("3: ")), "{found:?}");
    server_is_right_about_front_matter(&site);
    fs::write(&path, format!("{SITE}search: false\n")).expect("the settings");
}

/// Front matter, as the server sees it in a file of its own.
fn server_is_right_about_front_matter(site: &TestSite) {
    let mut server = Server::start(site.root(), json!({ "validate": true, "schemaStore": { "enable": false } }));
    let path = site.root().join("front.yaml");
    let comment = |of: Of| format!("# yaml-language-server: $schema=.ninefold/schema/{}.json\n", of.name());
    let essay = comment(Of::Front(ninefold::model::SourceKind::Essay));
    for (date, is_taken) in
        [("2026-04-30", true), ("2024-02-29", true), ("2026-02-29", false), ("2026-04-31", false), ("2026-4-3", false)]
    {
        let found = server.said(&path, &format!("{essay}title: 1.10\ndate: {date}\npatterns: lag\n"));
        assert_eq!(found.is_empty(), is_taken, "{date}: {found:?}");
    }
    for of in Of::all().filter(|of| *of != Of::Site) {
        let Of::Front(kind) = of else { continue };
        let folder = repository().join("content").join(kind.folder());
        let files = walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok);
        for entry in files.filter(|entry| entry.path().extension().is_some_and(|ending| ending == "md")) {
            let text = fs::read_to_string(entry.path()).expect("the file");
            let Some(parts) = ninefold::yaml::front_matter(&text) else { continue };
            let found = server.said(&path, &format!("{}{}", comment(of), &text[parts.yaml]));
            assert_eq!(found, [""; 0], "{}", entry.path().display());
        }
    }
    fs::remove_file(path).expect("the file");
}

#[test]
#[ignore = "needs ajv"]
fn a_validator_that_is_strict_about_schemas_takes_them() {
    let schemas: Vec<Value> = Of::all().map(schema).collect();
    let script = "const Ajv = require('ajv/dist/2020');\n\
        const schemas = JSON.parse(require('fs').readFileSync(0, 'utf8'));\n\
        for (const schema of schemas) new Ajv({strict: true, strictTypes: false, strictRequired: false}).compile(schema);\n\
        const site = new Ajv({allowUnionTypes: true}).compile(schemas[schemas.length - 1]);\n\
        console.log(schemas.length, site({title: 'A', base_url: 'https://a.example'}), site({title: 'A'}));";
    let mut child = Command::new("node")
        .args(["-e", script])
        .current_dir(npm().join(".."))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("node");
    let mut input = child.stdin.take().expect("its input");
    input.write_all(json!(schemas).to_string().as_bytes()).expect("its input");
    drop(input);
    let output = child.wait_with_output().expect("its end");
    assert_eq!(String::from_utf8_lossy(&output.stdout).trim(), "6 true false");
}
