//! The addresses that Jekyll gives to texts. Knows its styles and signs; reads no file.

use super::permalinks::{About, filled};
use super::settings::{Role, Settings};

/// The address of a text.
pub fn of(about: &About<'_>, role: &Role, settings: &Settings) -> String {
    let zone = settings.old.timezone.as_deref();
    if let Some(own) = about.permalink.filter(|own| !own.contains("{{")) {
        return filled(style(own), about, zone);
    }
    let stem = about.path.rsplit_once('.').map_or(about.path, |(stem, _)| stem);
    match role {
        Role::Post | Role::Draft if settings.is_eleventy() => {
            let root = settings.old.roots.first().map(String::as_str).unwrap_or_default();
            let below = stem.strip_prefix(root).unwrap_or(stem).trim_matches('/');
            // Eleventy takes the day out of a name.
            let folder = below.rsplit_once('/').map_or("", |(folder, _)| folder);
            format!("/{folder}/{}/", about.name).replace("//", "/")
        }
        Role::Post | Role::Draft => filled(style(&settings.permalink), about, zone),
        Role::Collection(name) => {
            let form =
                settings.collections.iter().find(|(known, _)| known == name).and_then(|(_, form)| form.as_deref());
            let below = stem.strip_prefix(&format!("_{name}/")).unwrap_or(stem);
            let path =
                form.unwrap_or("/:collection/:path:output_ext").replace(":collection", name).replace(":path", below);
            filled(&path.replace(":name", about.name), about, zone)
        }
        Role::Page => {
            let root =
                settings.old.roots.first().map(String::as_str).filter(|_| settings.is_eleventy()).unwrap_or_default();
            let below = stem.strip_prefix(root).unwrap_or(stem).trim_matches('/');
            let below = if settings.is_eleventy() { below.strip_prefix("pages/").unwrap_or(below) } else { below };
            match below.strip_suffix("index").filter(|rest| rest.is_empty() || rest.ends_with('/')) {
                Some(folder) => format!("/{folder}"),
                None if settings.is_eleventy() || is_folder(style(&settings.permalink)) => format!("/{below}/"),
                None => format!("/{below}.html"),
            }
        }
    }
}

fn is_folder(form: &str) -> bool {
    form.ends_with('/')
}

fn style(name: &str) -> &str {
    match name {
        "date" => "/:categories/:year/:month/:day/:title:output_ext",
        "pretty" => "/:categories/:year/:month/:day/:title/",
        "ordinal" => "/:categories/:year/:y_day/:title:output_ext",
        "none" => "/:categories/:title:output_ext",
        own => own,
    }
}
