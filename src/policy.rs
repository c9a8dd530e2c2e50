//! The Content-Security-Policy (CSP Level 3) of a site: what its pages may load and run. It stands behind the sanitiser:
//! whatever gets into a page, no script runs but those in the site's own files. Knows directives and settings; writes no page.

use crate::config::Config;

/// The policy of a page, for its `<meta http-equiv>`: no script or style that is written into it, nothing from other hosts
/// but pictures, sound and video, which authors link.
pub fn of_pages(config: &Config) -> String {
    let script = if config.search {
        // The program that reads the search index is WebAssembly.
        "'self' 'wasm-unsafe-eval'"
    } else {
        "'self'"
    };
    let ours = [
        ("default-src", "'self'"),
        ("script-src", script),
        ("img-src", "* data:"),
        ("media-src", "*"),
        ("object-src", "'none'"),
        ("base-uri", "'none'"),
        ("form-action", "'self'"),
    ];
    let added = config.csp.directives().filter(|name| *name != FRAMES && ours.iter().all(|(own, _)| own != name));
    // A directive that is named no longer falls back to the default.
    let more = added.map(|name| (name, "'self'"));
    joined(config, ours.into_iter().chain(more))
}

/// What only a header can say of a page: who may show it in a frame.
pub fn of_frames(config: &Config) -> String {
    joined(config, [(FRAMES, "'self'")].into_iter())
}

const FRAMES: &str = "frame-ancestors";

fn joined<'a>(config: &Config, directives: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let with_added = |(name, own): (&str, &str)| {
        let words: Vec<&str> =
            [name, own].into_iter().chain(config.csp.added(name).iter().map(String::as_str)).collect();
        words.join(" ")
    };
    directives.map(with_added).collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(lines: &str) -> Config {
        let (config, faults) = Config::parse(&format!("title: T\nbase_url: https://example.org\n{lines}"));
        assert!(faults.is_empty(), "{faults:?}");
        config.unwrap_or_default()
    }

    #[test]
    fn scripts_and_styles_come_from_the_site_s_own_files() {
        assert_eq!(
            of_pages(&config("")),
            "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; img-src * data:; media-src *; \
             object-src 'none'; base-uri 'none'; form-action 'self'"
        );
        assert!(of_pages(&config("search: false")).contains("script-src 'self'; "));
        assert_eq!(of_frames(&config("")), "frame-ancestors 'self'");
    }

    #[test]
    fn what_a_site_adds_stands_beside_what_is_its_own() {
        let config = config(
            "csp:\n  script-src: https://stats.example\n  frame-src: [https://tube.example]\n  frame-ancestors: https://a.example\n",
        );
        let policy = of_pages(&config);
        assert!(policy.contains("script-src 'self' 'wasm-unsafe-eval' https://stats.example;"), "{policy}");
        assert!(policy.ends_with("; frame-src 'self' https://tube.example"), "{policy}");
        assert_eq!(of_frames(&config), "frame-ancestors 'self' https://a.example");
    }
}
