//! EDGE. The editor server: what `check` finds while the author types, and what the site knows of a text, to whatever editor
//! speaks the Language Server Protocol. Stands on the snapshot, whose texts are those that are open; owns no rule and no second
//! way to read a site.

mod answers;
mod edits;
mod faults;
mod file;
mod here;
mod positions;
mod project;
mod requests;
mod server;
mod uris;
mod wire;
mod worker;

use std::io::{self, BufRead, Write};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::channel;
use std::time::Duration;

use crate::guard;
use crate::link::Include;

pub use server::End;
use server::Server;
use wire::framing;
use wire::inbox::Inbox;
use wire::outbox::Outbox;
use wire::protocol::EditAbilities;
use worker::{Settings, Worker};

/// How long what was sent last may take to be read once the editor has ended.
const LAST_WORDS: Duration = Duration::from_secs(2);

/// What to serve.
#[derive(Clone, Debug)]
pub struct Options {
    /// The site's folder; without it, the one that the editor has open.
    pub root: Option<PathBuf>,
    pub include: Include,
}

/// Serves the editor at the other end of `input` and `output` until it ends.
pub fn serve(options: &Options, mut input: impl BufRead, output: impl Write + Send + 'static) -> io::Result<End> {
    let (out, messages) = Outbox::new();
    let (finished, is_finished) = channel();
    guard::thread("lsp-output").spawn(move || {
        framing::write_all(output, messages);
        // Whoever waits for it may be gone.
        let _ = finished.send(());
    })?;
    let Some((params, encoding)) = server::begin(&mut input, &out)? else { return Ok(End::Sudden) };
    let folders = params.workspace_folders.into_iter().flatten().map(|folder| folder.uri).chain(params.root_uri);
    let settings = Settings {
        folders: worker::folders(options.root.as_ref(), folders),
        include: options.include,
        encoding,
        edits: EditAbilities::of(&params.capabilities),
    };
    let inbox = Arc::new(Inbox::default());
    let server = Server { inbox: Arc::clone(&inbox), out: out.hurried(), encoding, open: Default::default() };
    let worker = Worker::new(Arc::clone(&inbox), out, settings);
    guard::thread("lsp-work").spawn(|| worker.run())?;
    let end = server.listen(&mut input);
    inbox.close();
    // Work that is under way is left to end with the program.
    let _ = is_finished.recv_timeout(LAST_WORDS);
    end
}
