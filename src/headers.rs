//! How each file is sent to readers: its type, and how long it may be kept. The one source for the development server, for
//! `_headers` and for uploads. Knows names and hashes; knows no host.

use crate::model::Hash;

/// For files whose name changes with their content: a year, the longest that is heeded (RFC 9111, RFC 8246).
pub const IMMUTABLE: &str = "public, max-age=31536000, immutable";
/// For everything else: kept, and asked about before each use.
pub const REVALIDATE: &str = "public, max-age=0, must-revalidate";

/// The type of a file by its name, as static hosts send it.
pub fn content_type(file: &str) -> &'static str {
    let extension = file.rsplit_once('.').map_or("", |(_, extension)| extension).to_lowercase();
    match extension.as_str() {
        "html" | "htm" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" | "map" | "ipynb" => "application/json",
        "geojson" => "application/geo+json",
        "xml" => "application/xml; charset=utf-8",
        "txt" | "md" | "log" | "diff" | "patch" | "bib" | "toml" | "jsonl" => "text/plain; charset=utf-8",
        "yaml" | "yml" => "application/yaml",
        "csv" => "text/csv; charset=utf-8",
        "tsv" => "text/tab-separated-values; charset=utf-8",
        "ics" => "text/calendar; charset=utf-8",
        "vtt" => "text/vtt; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "apng" => "image/apng",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "bmp" => "image/bmp",
        "tif" | "tiff" => "image/tiff",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "woff" => "font/woff",
        "pdf" => "application/pdf",
        "epub" => "application/epub+zip",
        "zip" => "application/zip",
        "mp4" | "m4v" => "video/mp4",
        "webm" => "video/webm",
        "ogv" => "video/ogg",
        "mov" => "video/quicktime",
        "mp3" => "audio/mpeg",
        "m4a" => "audio/mp4",
        "aac" => "audio/aac",
        "flac" => "audio/flac",
        "oga" | "ogg" | "opus" => "audio/ogg",
        "wav" => "audio/wav",
        "wasm" => "application/wasm",
        _ => "application/octet-stream",
    }
}

/// Whether the file's name carries the hash of its content, so that another content would have another name:
/// `assets/style.0a1b2c3d4e.css`.
pub fn is_fingerprinted(path: &str, content: Hash) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let short = content.short();
    name.split('.').skip(1).any(|part| part == short)
}

/// What `Cache-Control` says of the file at `path` with this content.
pub fn cache_control(path: &str, content: Hash) -> &'static str {
    if is_fingerprinted(path, content) { IMMUTABLE } else { REVALIDATE }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_name_that_carries_its_own_hash_may_be_kept_for_ever() {
        let hash = Hash::of(b"h1 {}");
        let short = hash.short();
        assert_eq!(cache_control(&format!("assets/style.{short}.css"), hash), IMMUTABLE);
        assert_eq!(cache_control(&format!("assets/LICENCE.{short}"), hash), IMMUTABLE);
        assert_eq!(cache_control(&format!("assets/style.{short}.css"), Hash::of(b"h2 {}")), REVALIDATE);
        assert_eq!(cache_control(&format!("{short}/index.html"), hash), REVALIDATE);
        assert_eq!(cache_control(&short, hash), REVALIDATE);
    }
}
