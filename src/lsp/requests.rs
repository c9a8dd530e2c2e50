//! Which request is answered by what. Knows methods; the answers are made by the modules that it names.

use lsp_server::ErrorCode;
use lsp_types::{
    CodeActionOptions, CodeActionProviderCapability, CompletionOptions, OneOf, RenameOptions, ServerCapabilities,
    WorkDoneProgressOptions,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::answers::{actions, completion, hover, places, rename, symbols};
use super::file::File;
use super::project::Project;
use super::wire::protocol::{Actions, AtPlace, InFile, References, Rename};

pub type Answer = Result<Value, (ErrorCode, String)>;

/// What is answered, as the editor is told at the beginning.
pub fn abilities() -> ServerCapabilities {
    ServerCapabilities {
        hover_provider: Some(true.into()),
        definition_provider: Some(OneOf::Left(true)),
        references_provider: Some(OneOf::Left(true)),
        rename_provider: Some(OneOf::Right(RenameOptions {
            prepare_provider: Some(true),
            work_done_progress_options: WorkDoneProgressOptions::default(),
        })),
        document_symbol_provider: Some(OneOf::Left(true)),
        code_action_provider: Some(CodeActionProviderCapability::Options(CodeActionOptions {
            code_action_kinds: Some(actions::KINDS.to_vec()),
            ..CodeActionOptions::default()
        })),
        completion_provider: Some(CompletionOptions {
            trigger_characters: Some(completion::TRIGGERS.map(str::to_owned).to_vec()),
            ..CompletionOptions::default()
        }),
        ..ServerCapabilities::default()
    }
}

/// The answer to the request `method`, asked when the text was of `version`: of another, all places in it are others. Where no
/// site is open the answer is nothing.
pub fn answer(project: Option<&Project>, method: &str, params: Value, version: Option<i32>) -> Answer {
    let on = On { project, version };
    match method {
        "textDocument/hover" => on.place(params, hover::hover),
        "textDocument/definition" => on.place(params, places::definition),
        "textDocument/completion" => on.place(params, completion::completion),
        "textDocument/prepareRename" => on.try_at(of(params)?, rename::prepare),
        "textDocument/rename" => {
            let Rename { place, new_name } = of(params)?;
            on.try_at(place, |file, at| rename::rename(file, at, &new_name))
        }
        "textDocument/references" => {
            let References { place, context } = of(params)?;
            on.at(place, |file, at| places::references(file, at, context.include_declaration))
        }
        "textDocument/documentSymbol" => {
            let InFile { file } = of(params)?;
            on.file(&file.uri, symbols::symbols)
        }
        "textDocument/codeAction" => {
            let Actions { file, range, context } = of(params)?;
            on.file(&file.uri, |file| actions::actions(file, range, context.only.as_deref()))
        }
        _ => Err((ErrorCode::MethodNotFound, format!("`{method}` is nothing that this server does"))),
    }
}

/// What is asked about.
struct On<'p> {
    project: Option<&'p Project>,
    version: Option<i32>,
}

impl On<'_> {
    fn file<T: Serialize>(&self, uri: &str, answer: impl FnOnce(&File<'_>) -> T) -> Answer {
        self.try_file(uri, |file| Ok(answer(file)))
    }

    /// The same for what can fail, in words for the author.
    fn try_file<T: Serialize>(&self, uri: &str, answer: impl FnOnce(&File<'_>) -> Result<T, String>) -> Answer {
        let Some(file) = self.project.and_then(|project| File::at(project, uri)) else { return Ok(Value::Null) };
        if self.version.is_some() && file.project.version(&file.path) != self.version {
            return Err((ErrorCode::ContentModified, "the text has changed since".to_owned()));
        }
        let answer = answer(&file).map_err(|why| (ErrorCode::RequestFailed, why))?;
        serde_json::to_value(answer).map_err(|error| (ErrorCode::InternalError, error.to_string()))
    }

    fn at<T: Serialize>(&self, place: AtPlace, answer: impl FnOnce(&File<'_>, usize) -> T) -> Answer {
        self.file(&place.file.uri, |file| answer(file, file.positions().byte(place.position)))
    }

    fn try_at<T: Serialize>(
        &self,
        place: AtPlace,
        answer: impl FnOnce(&File<'_>, usize) -> Result<T, String>,
    ) -> Answer {
        self.try_file(&place.file.uri, |file| answer(file, file.positions().byte(place.position)))
    }

    fn place<T: Serialize>(&self, params: Value, answer: impl FnOnce(&File<'_>, usize) -> T) -> Answer {
        self.at(of(params)?, answer)
    }
}

fn of<T: DeserializeOwned>(params: Value) -> Result<T, (ErrorCode, String)> {
    serde_json::from_value(params).map_err(|error| (ErrorCode::InvalidParams, error.to_string()))
}

/// The URI of the file that `params` are about.
pub fn file(params: &Value) -> Option<String> {
    Some(params.get("textDocument")?.get("uri")?.as_str()?.to_owned())
}
