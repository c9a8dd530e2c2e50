use std::fs;
use std::io::{self, ErrorKind, Read, Write};

use super::*;

fn text(place: &Place<'_>) -> io::Result<String> {
    let mut text = String::new();
    place.read()?.read_to_string(&mut text)?;
    Ok(text)
}

#[test]
fn files_are_made_read_moved_and_removed() -> io::Result<()> {
    let temporary = tempfile::tempdir()?;
    let folder = Folder::open(temporary.path())?;
    let place = folder.place_made("a/b/c.txt")?;
    place.create_new()?.write_all(b"one")?;
    assert_eq!(place.create_new().map_err(|error| error.kind()).err(), Some(ErrorKind::AlreadyExists));
    assert_eq!(text(&place)?, "one");
    assert_eq!(place.look()?.size, 3);
    folder.place_made("a/x/d.txt")?.create_new()?.write_all(b"two")?;
    place.rename_to(&folder.place("a/x/d.txt")?)?;
    assert_eq!(fs::read_to_string(temporary.path().join("a/x/d.txt"))?, "one");
    // What is empty goes with the file, what is not stays.
    assert!(!folder.remove("a/b/c.txt")?);
    assert!(!temporary.path().join("a/b").exists());
    assert!(folder.remove("a/x/d.txt")?);
    assert!(folder.entries()?.is_empty());
    assert!(!folder.remove("no/such/file")?);
    // A folder in the place of a file stays.
    folder.folder_made("f/g")?;
    assert!(!folder.remove("f/g")?);
    assert!(temporary.path().join("f/g").is_dir());
    Ok(())
}

#[test]
fn no_name_leads_elsewhere() -> io::Result<()> {
    let temporary = tempfile::tempdir()?;
    fs::create_dir(temporary.path().join("in"))?;
    let folder = Folder::open(&temporary.path().join("in"))?;
    for path in ["", ".", "..", "../x", "a/../../x", "/x", "a//b", "a/"] {
        assert!(folder.place_made(path).and_then(|place| place.create_new()).is_err(), "{path}");
    }
    assert_eq!(fs::read_dir(temporary.path())?.count(), 1);
    Ok(())
}

#[cfg(unix)]
#[test]
fn no_link_is_followed_and_nothing_is_waited_for() -> io::Result<()> {
    use std::os::unix::fs::symlink;
    let temporary = tempfile::tempdir()?;
    let outside = temporary.path().join("outside");
    fs::create_dir(&outside)?;
    fs::write(outside.join("file"), "theirs")?;
    fs::create_dir(temporary.path().join("in"))?;
    symlink("in", temporary.path().join("named"))?;
    let folder = Folder::open(&temporary.path().join("named"))?;
    symlink(&outside, folder.path().join("folder"))?;
    symlink(outside.join("file"), folder.path().join("file"))?;
    symlink(outside.join("new"), folder.path().join("dangling"))?;
    symlink("loop", folder.path().join("loop"))?;
    rustix::fs::mkfifoat(rustix::fs::CWD, folder.path().join("pipe"), rustix::fs::Mode::from_raw_mode(0o600))?;
    for path in ["folder/file", "folder/sub/file", "loop/file", "pipe/file", "file/file"] {
        assert!(folder.place_made(path).is_err(), "{path}");
    }
    assert!(folder.remove("folder/file").is_err());
    for path in ["file", "dangling", "loop", "pipe"] {
        let place = folder.place(path)?;
        let error = place.read().err().ok_or("read").map_err(io::Error::other)?;
        assert!(obstacle(&error).is_some(), "{path}: {error}");
        assert!(place.open_lock().is_err_and(|error| obstacle(&error).is_some()), "{path}");
        assert!(place.create_new().is_err(), "{path}");
    }
    // A link is replaced or removed itself.
    folder.place("mine")?.create_new()?.write_all(b"ours")?;
    folder.place("mine")?.rename_to(&folder.place("file")?)?;
    assert_eq!(text(&folder.place("file")?)?, "ours");
    assert!(folder.remove("dangling")? && folder.remove("folder")?);
    assert_eq!(fs::read_to_string(outside.join("file"))?, "theirs");
    assert_eq!(fs::read_dir(&outside)?.count(), 1);
    Ok(())
}
