//! What was probably meant by a link that leads nowhere, and how to write it. Knows names and files; resolves nothing.

use crate::diagnostic::{Diagnostic, rules};
use crate::fields::shortened;
use crate::load::is_content;
use crate::model::{SourceKind, nearest};
use crate::outline::{ReferenceKind, SAFE_SCHEMES};

use super::names::{BROKEN_LINK, Names, create};

rules! {
    REFUSED_LINK = "refused-link", error fixed, "a link uses a scheme that readers are not sent to", text "[a plan](file:///home/me/plan.pdf)";
}

/// Schemes of our own.
const OWN_SCHEMES: [&str; 3] = ["pattern", "concept", "incident"];

/// The fault of a scheme that is not followed.
pub fn refused(scheme: &str) -> Diagnostic {
    let fault = Diagnostic::new(REFUSED_LINK, format!("a link can't use `{}:`", shortened(scheme)));
    match nearest(scheme, OWN_SCHEMES.into_iter().chain(SAFE_SCHEMES)) {
        Some(near) => fault.help(format!("did you mean `{near}:`?")),
        None => {
            fault.help("use `https:`, `mailto:`, `tel:` or the like, or our own `pattern:`, `concept:`, `incident:`")
        }
    }
}

/// The fault of a link to `written`, of the file `full`, which is not there; with `hints`, what was meant is looked for
/// among all names.
pub fn missing(names: &Names, written: &str, full: &str, kind: ReferenceKind, hints: bool) -> Diagnostic {
    let fault = Diagnostic::new(BROKEN_LINK, format!("there is no file `{}`", shortened(full)));
    if let Some(better) = rewritten(names, written, full, kind) {
        return fault.help(format!("did you mean `{better}`?"));
    }
    let near = if hints { names.nearest_path(full) } else { None };
    let near = near.map(|near| match written.rsplit_once('/') {
        Some((folder, _)) => format!("did you mean `{folder}/{near}`?"),
        None => format!("did you mean `{near}`?"),
    });
    let parts: Vec<&str> = full.split('/').collect();
    if let ["content", folder, name] = parts[..]
        && let Some(kind @ (SourceKind::Concept | SourceKind::Incident | SourceKind::Essay)) =
            SourceKind::from_folder(folder)
        && let Some(id) = name.strip_suffix(".md")
    {
        return fault.maybe_help(near).help(create(kind, id));
    }
    if near.is_none()
        && let Some(name) = only_from_static(full)
    {
        return Diagnostic::new(BROKEN_LINK, format!("no file `{}` is published", shortened(full)))
            .help(format!("files of this kind go into `content/static/`: link to it as `/{name}`"));
    }
    fault.help(near.unwrap_or_else(|| match kind {
        ReferenceKind::Picture | ReferenceKind::Loaded => {
            "put the picture beside the essay's `index.md`, or in `static/`".to_owned()
        }
        ReferenceKind::Link | ReferenceKind::Quoted | ReferenceKind::Cited => {
            "a link is relative to the file it stands in: `other-essay.md`, `../patterns/lag.md`".to_owned()
        }
    }))
}

/// `written` as it leads somewhere: with the ending of the file, from the folder that it stands in, with the slashes and the
/// scheme of an address. What is proposed is there, except on other hosts.
fn rewritten(names: &Names, written: &str, full: &str, kind: ReferenceKind) -> Option<String> {
    if written.contains('\\') {
        let slashes = written.replace('\\', "/");
        return is_there(names, &full.replace('\\', "/"), kind).then_some(slashes);
    }
    let stem = written.trim_end_matches('/');
    let stem = stem.strip_suffix(".html").unwrap_or(stem);
    let full_stem = full.strip_suffix(".html").unwrap_or(full);
    if is_there(names, &format!("{full_stem}.md"), kind) {
        return Some(format!("{stem}.md"));
    }
    if let Some(host) = written.split('/').next().filter(|host| host.starts_with("www."))
        && host.matches('.').count() >= 2
    {
        return Some(format!("https://{written}"));
    }
    // Written from the project's own folder.
    if written.starts_with("content/") && is_there(names, written, kind) {
        return Some(relative(full.strip_suffix(written)?.trim_end_matches('/'), written));
    }
    None
}

fn is_there(names: &Names, path: &str, kind: ReferenceKind) -> bool {
    names.file_at_path(path).is_some() || (kind.leads_to_pages() && names.at_path(path).is_some())
}

/// `path` as a link in a file of `folder` says it.
fn relative(folder: &str, path: &str) -> String {
    let (from, to): (Vec<&str>, Vec<&str>) = (folder.split('/').collect(), path.split('/').collect());
    let shared = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let up = std::iter::repeat_n("..", from.len() - shared);
    up.chain(to[shared..].iter().copied()).collect::<Vec<_>>().join("/")
}

/// The name of the file at `path` if files of its kind are not published from there, where whoever writes may put them.
fn only_from_static(path: &str) -> Option<&str> {
    let name = path.rsplit('/').next().filter(|name| name.contains('.') && !name.ends_with(".md"))?;
    (!path.starts_with("content/static/") && !is_content(name)).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::relative;

    #[test]
    fn a_path_is_seen_from_a_folder() {
        assert_eq!(relative("content/essays", "content/essays/b.md"), "b.md");
        assert_eq!(relative("content/essays/a", "content/pages/b.md"), "../../pages/b.md");
    }
}
