//! EDGE. Writes the schemas, and the settings with which VS Code reads them. Knows files; makes no schema.

use std::path::{Path, PathBuf};

use serde_json::{Map, Value, json};

use crate::diagnostic::Diagnostic;
use crate::folder::Folder;
use crate::write::cannot_write;

use super::{Of, schema};

/// Where they go in a site unless another folder is named.
const FOLDER: &str = ".ninefold/schema";
/// The file with settings for VS Code.
const SETTINGS: &str = "vscode-settings.json";

/// What was written.
#[derive(Debug)]
pub struct Written {
    pub folder: PathBuf,
    /// What the first line of `content/site.yaml` says to yaml-language-server.
    pub comment: String,
    /// What VS Code's settings say to it.
    pub settings: Value,
}

/// Writes every schema of the site in `root` to `out`, or to a folder in `.ninefold/`.
pub fn write(root: &Path, out: Option<&Path>) -> Result<Written, Diagnostic> {
    let folder = out.map_or_else(|| root.join(FOLDER), Path::to_owned);
    // From `content/`, where the settings are, and from the root, where the editor is opened.
    let (from_content, from_root) = match out {
        None => (format!("../{FOLDER}"), FOLDER.to_owned()),
        Some(out) => (absolute(out), absolute(out)),
    };
    let associations: Map<String, Value> =
        [(format!("{from_root}/{}.json", Of::Site.name()), json!(Of::Site.files()))].into_iter().collect();
    let settings = json!({ "yaml.schemas": associations });
    let files = Of::all()
        .map(|of| (format!("{}.json", of.name()), schema(of)))
        .chain([(SETTINGS.to_owned(), settings.clone())]);
    std::fs::create_dir_all(&folder).map_err(|error| cannot_write(&folder, &error))?;
    for (name, value) in files {
        let path = folder.join(&name);
        let text = serde_json::to_string_pretty(&value).unwrap_or_default() + "\n";
        let written = Folder::open(&folder).and_then(|folder| folder.replace(&name, text.as_bytes()));
        written.map_err(|error| cannot_write(&path, &error))?;
    }
    let comment = format!("# yaml-language-server: $schema={from_content}/{}.json", Of::Site.name());
    Ok(Written { folder, comment, settings })
}

fn absolute(path: &Path) -> String {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned()).to_string_lossy().replace('\\', "/")
}
