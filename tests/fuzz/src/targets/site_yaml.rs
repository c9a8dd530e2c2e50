//! `site.yaml`: the settings that come of it lead nowhere out of the site.

use ninefold::config::{BaseUrl, Config};

use crate::world::shown;

pub fn holds(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let (config, faults) = Config::parse(&text);
    shown(&faults, &text);
    let Some(config) = config else { return assert!(!faults.is_empty(), "{text:?}") };
    let inside = |path: &str| !path.starts_with('/') && path.split(['/', '\\']).all(|part| part != "..");
    assert!(inside(&config.theme.value) && !config.theme.value.contains('/'), "{:?}", config.theme.value);
    for file in config.logo.iter().chain(&config.extra_css) {
        assert!(inside(&file.value), "{:?}", file.value);
    }
    assert!((1..=500).contains(&config.page_size));
    if faults.is_empty() {
        let whole = config.base_url.absolute(&ninefold::model::UrlPath::home());
        assert_eq!(BaseUrl::parse(&whole), Some(config.base_url), "{whole}");
    }
}
