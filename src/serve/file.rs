//! A file of the site on its way to a reader: a piece at a time, so that it takes the same memory whatever its size and however
//! slow the reader. Knows open files; no address and no header.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::ops::Range;
use std::path::Path;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::UNIX_EPOCH;

use axum::body::Bytes;
use hyper::body::{Body, Frame, SizeHint};
use tokio::task::{JoinHandle, spawn_blocking};

use crate::folder::Folder;

/// Bytes that are read at once.
const PIECE: usize = 32 << 10;

/// A file that is open to be sent.
pub struct OpenFile {
    file: File,
    pub length: u64,
    /// Its name among the versions of the file, as a header has it: another one where it was written again.
    pub tag: String,
}

impl OpenFile {
    /// Opens the file at `path` below `folder`. No link is followed: one of the site's own was when the site was read, and what
    /// became a link since may lead anywhere.
    pub fn open(path: &Path, folder: &Path) -> io::Result<Self> {
        let real = folder.canonicalize()?;
        let below = path.strip_prefix(folder).or_else(|_| path.strip_prefix(&real));
        let parts: Option<Vec<&str>> =
            below.ok().and_then(|below| below.components().map(|part| part.as_os_str().to_str()).collect());
        let below = parts.ok_or_else(|| io::Error::new(io::ErrorKind::NotFound, "it is not in the site"))?.join("/");
        let file = Folder::open(folder)?.place(&below)?.read()?;
        let metadata = file.metadata()?;
        let length = metadata.len();
        let written = metadata.modified()?.duration_since(UNIX_EPOCH).unwrap_or_default().as_nanos();
        Ok(Self { file, length, tag: format!("\"{written:x}-{length:x}\"") })
    }

    /// All of it at once.
    pub fn read(self) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        self.file.take(self.length).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    /// These bytes of it as the body of an answer.
    pub fn pieces(mut self, part: Range<u64>) -> io::Result<Pieces> {
        self.file.seek(SeekFrom::Start(part.start))?;
        Ok(Pieces { left: part.end - part.start, file: Some(self.file), reading: None })
    }
}

/// The rest of a file, and the bytes before it.
type Piece = (File, Vec<u8>);

/// The bytes of a file. A piece is read when the one before is on its way, on another thread: a disk can take its time.
pub struct Pieces {
    left: u64,
    file: Option<File>,
    reading: Option<JoinHandle<io::Result<Piece>>>,
}

impl Body for Pieces {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        let pieces = self.get_mut();
        if let Some(file) = pieces.file.take().filter(|_| pieces.left > 0) {
            let most = usize::try_from(pieces.left).map_or(PIECE, |left| left.min(PIECE));
            pieces.reading = Some(spawn_blocking(move || piece(file, most)));
        }
        let Some(reading) = &mut pieces.reading else { return Poll::Ready(None) };
        let read = ready!(Pin::new(reading).poll(context));
        pieces.reading = None;
        let read = read.map_err(io::Error::other).and_then(|read| read);
        Poll::Ready(Some(read.map(|(file, bytes)| {
            pieces.left -= bytes.len() as u64;
            pieces.file = Some(file);
            Frame::data(bytes.into())
        })))
    }

    fn is_end_stream(&self) -> bool {
        self.left == 0
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.left)
    }
}

/// The next bytes of `file`, at least one and at most so many. A file that was cut since its length was sent is an error, which
/// ends the connection: the reader knows then that something is missing.
fn piece(mut file: File, most: usize) -> io::Result<Piece> {
    let mut bytes = vec![0; most];
    let read = file.read(&mut bytes)?;
    if read == 0 {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    bytes.truncate(read);
    Ok((file, bytes))
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn a_link_that_took_a_file_s_place_is_not_followed() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        let root = folder.path().canonicalize()?;
        let (inside, outside) = (root.join("content"), root.join("outside"));
        std::fs::create_dir_all(inside.join("deep"))?;
        std::fs::create_dir(&outside)?;
        for file in [inside.join("film.mp4"), inside.join("deep/film.mp4"), outside.join("film.mp4")] {
            std::fs::write(file, "a film")?;
        }
        symlink(outside.join("film.mp4"), inside.join("link.mp4"))?;
        symlink(&outside, inside.join("folder"))?;
        symlink(&inside, root.join("site"))?;
        let opens = |name: &str, folder: &Path| OpenFile::open(&inside.join(name), folder).is_ok();
        for folder in [&inside, &root.join("site")] {
            assert!(opens("film.mp4", folder) && opens("deep/film.mp4", folder));
            for name in ["link.mp4", "folder/film.mp4", "deep", "none.mp4", "../outside/film.mp4"] {
                assert!(!opens(name, folder), "{name}");
            }
        }
        assert!(OpenFile::open(&outside.join("film.mp4"), &inside).is_err());
        Ok(())
    }
}
