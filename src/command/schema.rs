//! `ninefold schema`.

use std::path::PathBuf;

use clap::Args;

use super::{Common, report};
use crate::schema;

/// Write JSON Schemas of front matter, records and settings, for editors and other programs
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  ninefold schema --out /tmp/schemas")]
pub struct Schema {
    /// The folder they go to; without it `.ninefold/schema/` of the site
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

impl Schema {
    pub(super) fn run(&self, common: &Common) -> bool {
        let written = schema::write(&common.root, self.out.as_deref()).map(|written| {
            vec![
                format!("The schemas are in {}", written.folder.display()),
                "For yaml-language-server, write as the first line of content/site.yaml:".to_owned(),
                format!("  {}", written.comment),
                "For VS Code with its YAML extension, write in .vscode/settings.json instead:".to_owned(),
                format!("  {}", written.settings),
            ]
        });
        report::made(written, common)
    }
}
