//! What was probably meant by a link that leads nowhere, and how to write it. Knows names and files; resolves nothing.

use crate::diagnostic::{Diagnostic, rules};
use crate::fields::shortened;
use crate::load::is_content;
use crate::model::{SourceKind, SourcePath, nearest};
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

/// Where `ninefold serve` shows a site.
const SERVED: [&str; 2] = ["http://127.0.0.1:4000", "http://localhost:4000"];
/// Top-level domains that are no file extension.
const OF_HOSTS: [&str; 12] = ["com", "org", "net", "edu", "gov", "info", "dev", "io", "uk", "de", "eu", "blog"];

/// The diagnostic of an address of the development server, which no reader can reach.
pub fn served(url: &str) -> Option<Diagnostic> {
    let rest = SERVED.iter().find_map(|host| url.strip_prefix(host))?;
    let path = if rest.starts_with('/') { rest } else { "/" };
    let message = format!("`{}` is where `ninefold serve` shows the site: readers find nothing there", shortened(url));
    Some(Diagnostic::new(BROKEN_LINK, message).softened().help(format!("leave the host out: `{}`", shortened(path))))
}

/// A link to a file that is not there.
#[derive(Clone, Copy)]
pub struct Missing<'a> {
    /// Of the file that the link stands in.
    pub folder: &'a str,
    pub written: &'a str,
    /// The path that it means.
    pub full: &'a str,
    pub kind: ReferenceKind,
}

impl Missing<'_> {
    /// Its diagnostic; with `hints`, what was meant is looked for among all names.
    pub fn fault(self, names: &Names, hints: bool) -> Diagnostic {
        let Self { written, full, kind, .. } = self;
        let fault = Diagnostic::new(BROKEN_LINK, format!("there is no file `{}`", shortened(full)));
        let better = self.rewritten(names).or_else(|| self.by_name(names).filter(|_| hints));
        if let Some(better) = better {
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

    /// As it leads somewhere: with the ending of the file, from the folder that it stands in, with the slashes and the scheme of
    /// an address. What is proposed is there, except on other hosts.
    fn rewritten(self, names: &Names) -> Option<String> {
        let Self { folder, written, full, kind } = self;
        if written.contains('\\') {
            let slashes = written.replace('\\', "/");
            let full = SourcePath::resolve(folder, &slashes)?;
            return is_there(names, &full, kind).then_some(slashes);
        }
        let stem = written.trim_end_matches('/');
        let (stem, full_stem) = (page_of(stem), page_of(full));
        if is_there(names, &format!("{full_stem}.md"), kind) {
            return Some(format!("{stem}.md"));
        }
        on_another_host(written).or_else(|| self.seen_from_elsewhere(names, stem)).or_else(|| self.list(names))
    }

    /// Written from the project's own folder, from `content/`, or as the address is below that of the site.
    fn seen_from_elsewhere(self, names: &Names, stem: &str) -> Option<String> {
        let Self { folder, written, kind, .. } = self;
        let below = written.trim_start_matches("../").strip_prefix("content/").unwrap_or(written);
        let paths = [format!("content/{below}"), format!("content/{stem}.md")];
        if let Some(path) = paths.iter().find(|path| is_there(names, path, kind)) {
            return Some(relative(folder, path));
        }
        let below = below.trim_start_matches("../");
        let url = format!("/{}", below.strip_prefix("static/").unwrap_or(below));
        names.file_at_url(&url).is_some().then_some(url)
    }

    /// Called so in another folder, or with other capitals.
    fn by_name(self, names: &Names) -> Option<String> {
        if let Some(path) = names.in_other_case(self.full) {
            return Some(relative(self.folder, path));
        }
        let name = page_of(self.written.trim_end_matches('/')).trim_end_matches(".md");
        let name = name.rsplit('/').next().filter(|_| self.kind.leads_to_pages())?;
        let doc = names.only_called(name)?;
        Some(relative(self.folder, names.path_of(doc)?.as_str()))
    }

    /// A folder's list, which is no file.
    fn list(self, names: &Names) -> Option<String> {
        let (folder, name) = self.full.rsplit_once('/')?;
        if !matches!(name, "index.md" | "index.html" | "README.md") {
            return None;
        }
        if folder == "content" {
            return Some("/".to_owned());
        }
        let kind = SourceKind::from_folder(folder.strip_prefix("content/")?)?;
        (names.has_any(kind) && kind != SourceKind::Page).then(|| format!("/{}/", kind.folder()))
    }
}

/// A path without what a page's file ends in: `b.html`, `b/index.html`.
fn page_of(path: &str) -> &str {
    let stem = path.strip_suffix(".html").unwrap_or(path);
    if stem.len() < path.len() { stem.strip_suffix("/index").unwrap_or(stem) } else { stem }
}

/// `written` with the scheme that an address on another host lacks.
pub fn on_another_host(written: &str) -> Option<String> {
    if let Some((scheme @ ("http" | "https"), rest)) = written.split_once("//") {
        return Some(format!("{scheme}://{rest}"));
    }
    let host = written.split('/').next()?;
    let is_host =
        |host: &str| host.rsplit_once('.').is_some_and(|(name, end)| !name.is_empty() && OF_HOSTS.contains(&end));
    match host.split_once('@') {
        Some((name, host))
            if !name.is_empty() && host.contains('.') && host.len() + name.len() + 1 == written.len() =>
        {
            Some(format!("mailto:{written}"))
        }
        None if is_host(host) || host.starts_with("www.") && host.matches('.').count() >= 2 => {
            Some(format!("https://{written}"))
        }
        _ => None,
    }
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
