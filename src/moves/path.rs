//! The path of a text's file, which is named itself or has a folder that is, and paths that lead to it. Knows the two forms.

use crate::model::{SourcePath, undone};

/// Where a text is: `FOLDER/NAME.md`, or `FOLDER/NAME/index.md`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File<'a> {
    folder: &'a str,
    name: &'a str,
    has_folder: bool,
}

impl<'a> File<'a> {
    pub fn of(path: &'a SourcePath) -> Self {
        let path = path.as_str();
        let (stem, has_folder) = match path.strip_suffix("/index.md") {
            Some(stem) => (stem, true),
            None => (path.strip_suffix(".md").unwrap_or(path), false),
        };
        let (folder, name) = stem.rsplit_once('/').unwrap_or(("", stem));
        Self { folder, name, has_folder }
    }

    /// The same with another name.
    pub fn named(self, name: &'a str) -> Self {
        Self { name, ..self }
    }

    pub fn name(&self) -> &'a str {
        self.name
    }

    pub fn path(&self) -> SourcePath {
        let ending = if self.has_folder { "/index.md" } else { ".md" };
        SourcePath::new([self.folder, "/", self.name, ending].concat())
    }

    /// The file, or its folder.
    pub fn whole(&self) -> SourcePath {
        if self.has_folder { SourcePath::new([self.folder, "/", self.name].concat()) } else { self.path() }
    }
}

/// Whether `written`, a path in a file of `folder`, names the text at `path`.
pub fn leads_to(written: &str, folder: &str, path: &SourcePath) -> bool {
    let resolved = SourcePath::resolve(folder, written).unwrap_or_default();
    let whole = File::of(path).whole();
    resolved == path.as_str() || resolved.trim_end_matches(".md") == whole.as_str().trim_end_matches(".md")
}

/// `written`, a path in a file of `folder` that leads to the file at `from` or to what stands beside it, as it leads there when
/// that is at `to`; none if it stays as it is. What of it does not change is as it was written.
pub fn led(written: &str, folder: &str, from: &SourcePath, to: &SourcePath) -> Option<String> {
    let (before, after) = (File::of(from), File::of(to));
    if before.folder != after.folder || before.has_folder != after.has_folder {
        return Some(anew(written, folder, from, to));
    }
    let resolved = SourcePath::resolve(folder, &undone(written))?;
    // How many parts follow the one that changes.
    let behind = resolved.strip_prefix(before.folder)?.strip_prefix('/')?.matches('/').count();
    let parts: Vec<&str> = written.split('/').collect();
    let named = parts.iter().enumerate().rev().filter(|(_, part)| !matches!(**part, "" | "."));
    let (n, part) = named.clone().nth(behind)?;
    if named.take(behind + 1).any(|(_, part)| *part == "..") {
        return None;
    }
    let read = undone(part);
    let ending = read.strip_prefix(before.name).filter(|ending| matches!(*ending, "" | ".md"))?;
    let renamed = [after.name, ending].concat();
    Some([&parts[..n], &[&*renamed], &parts[n + 1..]].concat().join("/"))
}

/// The path to a file that is in another place: with or without its ending, as before.
fn anew(written: &str, folder: &str, from: &SourcePath, to: &SourcePath) -> String {
    let resolved = SourcePath::resolve(folder, &undone(written)).unwrap_or_default();
    let has_ending = resolved == from.as_str() || written.ends_with(".md");
    let target =
        if has_ending { to.to_string() } else { File::of(to).whole().as_str().trim_end_matches(".md").to_owned() };
    relative(folder, &target)
}

/// `path` as a file of `folder` says it.
pub fn relative(folder: &str, path: &str) -> String {
    let (from, to): (Vec<&str>, Vec<&str>) = (folder.split('/').collect(), path.split('/').collect());
    let shared = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let up = std::iter::repeat_n("..", from.len() - shared);
    up.chain(to[shared..].iter().copied()).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::led;
    use crate::model::SourcePath;

    #[test]
    fn a_path_changes_where_the_name_stands_and_nowhere_else() {
        let file = (SourcePath::new("content/essays/old.md"), SourcePath::new("content/essays/new.md"));
        let bundle = (SourcePath::new("content/essays/old/index.md"), SourcePath::new("content/essays/new/index.md"));
        for (written, folder, (from, to), expected) in [
            ("old.md", "content/essays", &file, Some("new.md")),
            ("./old", "content/essays", &file, Some("./new")),
            ("../essays//old.md", "content/pages", &file, Some("../essays//new.md")),
            ("o%6cd.md", "content/essays", &file, Some("new.md")),
            ("../old/", "content/essays/x", &bundle, Some("../new/")),
            ("old/index.md", "content/essays", &bundle, Some("new/index.md")),
            ("old.md", "content/essays", &bundle, Some("new.md")),
            ("../essays/old/a/q.png", "content/pages", &bundle, Some("../essays/new/a/q.png")),
            ("q.png", "content/essays/old", &bundle, None),
            ("../old/q.png", "content/essays/old", &bundle, Some("../new/q.png")),
            ("a/../q.png", "content/essays/old", &bundle, None),
        ] {
            assert_eq!(led(written, folder, from, to).as_deref(), expected, "{written}");
        }
        let (a, b) = (SourcePath::new("content/essays/x/a.md"), SourcePath::new("content/essays/b/index.md"));
        assert_eq!(led("x/a.md", "content/essays", &a, &b).as_deref(), Some("b/index.md"));
        assert_eq!(led("x/a", "content/essays", &a, &b).as_deref(), Some("b"));
    }
}
