//! The files that a host needs to build or show a site. Knows the hosts; makes no file.

use clap::ValueEnum;

/// A host that files are ready for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Host {
    /// GitHub Pages, by a workflow
    Github,
    /// GitLab Pages, by a pipeline
    Gitlab,
    /// Netlify
    Netlify,
    /// Cloudflare Pages, by a workflow on GitHub
    Cloudflare,
    /// A private bucket behind CloudFront
    Cloudfront,
}

const INSTALL: (&str, &str) = ("ninefold-install.sh", include_str!("deploy/install.sh"));

impl Host {
    /// The files by their paths from the site's folder.
    pub(super) fn files(self) -> Vec<(&'static str, String)> {
        let texts: &[(&str, &str)] = match self {
            Self::Github => &[(".github/workflows/site.yml", include_str!("deploy/github.yml")), INSTALL],
            Self::Gitlab => &[(".gitlab-ci.yml", include_str!("deploy/gitlab.yml")), INSTALL],
            Self::Netlify => &[
                ("netlify.toml", include_str!("deploy/netlify.toml")),
                ("netlify/remember/index.js", include_str!("deploy/netlify/index.js")),
                ("netlify/remember/manifest.yml", include_str!("deploy/netlify/manifest.yml")),
                INSTALL,
            ],
            Self::Cloudflare => &[
                (".github/workflows/site.yml", include_str!("deploy/cloudflare.yml")),
                ("wrangler.toml", include_str!("deploy/wrangler.toml")),
                INSTALL,
            ],
            Self::Cloudfront => &[
                ("cloudfront/index-rewrite.js", include_str!("deploy/index-rewrite.js")),
                ("cloudfront/error-responses.json", include_str!("deploy/error-responses.json")),
                ("cloudfront/headers.json", include_str!("deploy/headers.json")),
                ("cloudfront/README.md", include_str!("deploy/cloudfront.md")),
            ],
        };
        let filled = |text: &str| {
            text.replace("REPOSITORY", env!("CARGO_PKG_REPOSITORY")).replace("VERSION", env!("CARGO_PKG_VERSION"))
        };
        texts.iter().map(|(path, text)| (*path, filled(text))).collect()
    }

    /// What the author does next.
    pub(super) const fn next(self) -> &'static str {
        match self {
            Self::Github => {
                "In the repository's settings, under Pages, choose \"GitHub Actions\" as the source; then push."
            }
            Self::Gitlab => "Push, and add a daily schedule if you date essays ahead.",
            Self::Netlify => "Push, and connect the repository at Netlify.",
            Self::Cloudflare => {
                "Make the project with `npx wrangler pages project create site --production-branch main`, give the repository the secrets that the workflow names, and push."
            }
            Self::Cloudfront => "Follow the steps in cloudfront/README.md.",
        }
    }
}
