//! Messages that name files. The types of `lsp-types` hold URIs as the standard has them; editors send others (brackets are not
//! escaped by all), and want their own words back. So URIs are texts here, and everything else is as it is there.

use std::collections::BTreeMap;

use lsp_types::{CodeActionKind, Diagnostic, Position, Range, TextDocumentContentChangeEvent, TextEdit};
use serde::{Deserialize, Serialize};
use serde_json::Value;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Initialize {
    pub root_uri: Option<String>,
    #[serde(default)]
    pub workspace_folders: Option<Vec<File>>,
    /// Looked into where something depends on it: what an editor says of others is no fault.
    #[serde(default)]
    pub capabilities: Value,
}

/// A file or folder, as `textDocument` and the like.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct File {
    pub uri: String,
}

#[derive(Debug, Deserialize)]
pub struct Opened {
    #[serde(rename = "textDocument")]
    pub file: OpenedFile,
}

#[derive(Debug, Deserialize)]
pub struct OpenedFile {
    pub uri: String,
    pub version: i32,
    pub text: String,
}

#[derive(Debug, Deserialize)]
pub struct Changed {
    #[serde(rename = "textDocument")]
    pub file: VersionedFile,
    #[serde(rename = "contentChanges")]
    pub changes: Vec<TextDocumentContentChangeEvent>,
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
pub struct VersionedFile {
    pub uri: String,
    pub version: Option<i32>,
}

/// What is about a file as a whole.
#[derive(Debug, Deserialize)]
pub struct InFile {
    #[serde(rename = "textDocument")]
    pub file: File,
}

#[derive(Debug, Serialize)]
pub struct Published {
    pub uri: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<i32>,
    pub diagnostics: Vec<Diagnostic>,
}

#[derive(Debug, Deserialize)]
pub struct AtPlace {
    #[serde(rename = "textDocument")]
    pub file: File,
    pub position: Position,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Rename {
    #[serde(flatten)]
    pub place: AtPlace,
    pub new_name: String,
}

#[derive(Debug, Deserialize)]
pub struct References {
    #[serde(flatten)]
    pub place: AtPlace,
    #[serde(default)]
    pub context: ReferenceContext,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ReferenceContext {
    #[serde(default)]
    pub include_declaration: bool,
}

#[derive(Debug, Deserialize)]
pub struct Actions {
    #[serde(rename = "textDocument")]
    pub file: File,
    pub range: Range,
    #[serde(default)]
    pub context: ActionContext,
}

#[derive(Debug, Default, Deserialize)]
pub struct ActionContext {
    /// The kinds that are asked for; all where it is not there.
    #[serde(default)]
    pub only: Option<Vec<CodeActionKind>>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CodeAction {
    pub title: String,
    pub kind: CodeActionKind,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub diagnostics: Vec<Diagnostic>,
    pub edit: WorkspaceEdit,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub is_preferred: bool,
}

/// What changes in files, all at once.
#[derive(Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum WorkspaceEdit {
    /// In texts, by URI: what every editor understands.
    Changes(BTreeMap<String, Vec<TextEdit>>),
    /// In order.
    DocumentChanges(Vec<DocumentChange>),
}

#[derive(Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum DocumentChange {
    Text {
        #[serde(rename = "textDocument")]
        file: VersionedFile,
        edits: Vec<TextEdit>,
    },
    Create {
        kind: &'static str,
        uri: String,
    },
    #[serde(rename_all = "camelCase")]
    Rename {
        kind: &'static str,
        old_uri: String,
        new_uri: String,
    },
}

/// What an editor can do with edits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct EditAbilities {
    /// It takes changes in order, of versions that it names.
    pub in_order: bool,
    pub create: bool,
    pub rename: bool,
}

impl EditAbilities {
    pub fn of(capabilities: &Value) -> Self {
        let edits = capabilities.pointer("/workspace/workspaceEdit");
        let has = |key: &str| edits.and_then(|edits| edits.get(key));
        let files = has("resourceOperations").and_then(Value::as_array);
        let can = |what: &str| files.is_some_and(|files| files.iter().any(|kind| kind == what));
        // What is done with files stands among changes in order, so whoever does that takes those, too: Neovim 0.7 says no more.
        let in_order = has("documentChanges").and_then(Value::as_bool).unwrap_or_default() || files.is_some();
        Self { in_order, create: can("create"), rename: can("rename") }
    }
}
