//! The files that static hosts look for, and the limits of the known ones. Knows addresses and what may be kept; the formats
//! are render's.

use std::collections::BTreeMap;

use crate::config::{self, Config};
use crate::diagnostic::{Diagnostic, rules};
use crate::headers;
use crate::model::{DocId, UrlPath};
use crate::policy;
use crate::site::view::HeaderRule;
use crate::site::{HostFile, PageKind, Site, View, Viewer};

rules! {
    OWN_REDIRECTS = "own-redirects", note, "the site has a file of redirects of its own";
    HOST_LIMIT = "host-limit", warning, "the site is more than its host takes";
}

/// Static redirects that Cloudflare Pages reads (developers.cloudflare.com/pages/platform/limits).
const MOST_REDIRECTS: usize = 2_000;
/// Files of a site on Cloudflare Pages without a paid plan (the same page).
const MOST_FILES: usize = 20_000;
/// What to do about a limit. Also used for the size of the output, which only a build knows.
pub const UNHEEDED: &str = "if the site goes to a store of your own, name it under `publish:` in `site.yaml`";
/// Where hosts look for redirects.
const REDIRECTS: &str = "/_redirects";
/// Where the theme's assets are, every one under a name that changes with its content.
const ASSETS: &str = "/assets/";

/// Where the file is; none of one that has its name from a setting which is not there.
pub(in crate::site) fn url(file: HostFile, config: &Config) -> Option<UrlPath> {
    Some(UrlPath::new(match file {
        HostFile::NoJekyll => "/.nojekyll",
        HostFile::Cname => "/CNAME",
        HostFile::Redirects => REDIRECTS,
        HostFile::Headers => "/_headers",
        HostFile::IndexNowKey => return config.announce.key_file(),
    }))
}

impl Viewer<'_> {
    pub(in crate::site) fn host_file(&self, file: HostFile) -> View {
        match file {
            HostFile::NoJekyll => View::Plain(String::new()),
            HostFile::Cname => View::Plain(format!("{}\n", self.config.base_url.host())),
            HostFile::Redirects => {
                // A host that shows the site below a path reads whole paths.
                let both = |(url, doc)| (self.config.base_url.link(url), self.link(doc));
                View::HostRedirects(redirects(self.pages).map(both).collect())
            }
            HostFile::IndexNowKey => View::Plain(self.config.announce.indexnow.clone().unwrap_or_default()),
            HostFile::Headers => View::HostHeaders(self.header_rules()),
        }
    }

    /// What pages can't say of themselves: theirs is in a `<meta>`, which every host sends along. It is not doubled here,
    /// where it would bind the author's own files in `static/` too.
    fn header_rules(&self) -> Vec<HeaderRule> {
        let unlisted = self.config.noindex.then(|| ("X-Robots-Tag", "noindex".to_owned()));
        let of_all = [
            ("Content-Security-Policy", policy::of_frames(self.config)),
            ("X-Content-Type-Options", "nosniff".to_owned()),
        ];
        let of_all = of_all.into_iter().chain(unlisted).collect();
        let immutable = || vec![("Cache-Control", headers::IMMUTABLE.to_owned())];
        let assets = self.immutable_paths().into_iter().map(|path| HeaderRule { path, headers: immutable() });
        [HeaderRule { path: "/*".to_owned(), headers: of_all }].into_iter().chain(assets).collect()
    }

    /// The whole folder of assets as one; where an author's file stands in it too, each asset by itself.
    fn immutable_paths(&self) -> Vec<String> {
        let is_shared = self
            .pages
            .iter()
            .any(|(url, kind)| url.as_str().starts_with(ASSETS) && !matches!(kind, PageKind::Asset(_)));
        if is_shared {
            self.assets.iter().map(|asset| asset.url.to_string()).collect()
        } else {
            vec![format!("{ASSETS}*")]
        }
    }
}

/// Old addresses, and whose they are.
fn redirects(pages: &BTreeMap<UrlPath, PageKind>) -> impl Iterator<Item = (&UrlPath, DocId)> {
    pages.iter().filter_map(|(url, kind)| match kind {
        PageKind::Redirect(doc) => Some((url, *doc)),
        _ => None,
    })
}

/// Warns of what a known host would refuse, unless the site names the places it goes to and none of them has such limits.
pub(in crate::site) fn check(site: &Site, faults: &mut Vec<Diagnostic>) {
    let redirects = redirects(&site.pages).count();
    let own = site.pages.get(&UrlPath::new(REDIRECTS)).is_some_and(|kind| matches!(kind, PageKind::File(_)));
    if own && redirects > 0 {
        let message = format!(
            "`static/_redirects` is used as it is; {redirects} {} not in it",
            if redirects == 1 { "alias of the site is" } else { "aliases of the site are" }
        );
        faults.push(Diagnostic::new(OWN_REDIRECTS, message).help(
            "nothing needs to be done: each alias is a page that sends readers on; delete the file to have it made of the aliases",
        ));
    }
    if !site.config.publish.has_host_limits() {
        return;
    }
    faults.extend(too_many(redirects, site.len()));
}

fn too_many(redirects: usize, files: usize) -> impl Iterator<Item = Diagnostic> {
    let counts = [(redirects, MOST_REDIRECTS, "redirects"), (files, MOST_FILES, "files")];
    counts.into_iter().filter(|(count, most, _)| count > most).map(|(count, most, what)| {
        let message = format!("the site has {count} {what}; Cloudflare Pages takes {most}");
        Diagnostic::new(HOST_LIMIT, message).in_file(&config::path()).help(UNHEEDED)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_too_many_for_a_host_is_told_and_the_limit_itself_is_not() {
        assert_eq!(too_many(2_000, 20_000).count(), 0);
        let said: Vec<String> = too_many(2_001, 20_001).map(|fault| fault.message).collect();
        let expected = [
            "the site has 2001 redirects; Cloudflare Pages takes 2000",
            "the site has 20001 files; Cloudflare Pages takes 20000",
        ];
        assert_eq!(said, expected);
    }
}
