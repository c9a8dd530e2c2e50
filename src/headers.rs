//! How each file is sent to readers: its type, and how long it may be cached. The one source for the development server, for
//! `_headers` and for uploads. Knows names and hashes; knows no host.

use crate::model::Hash;

/// For files whose name changes with their content: a year, the longest that is heeded (RFC 9111, RFC 8246).
pub const IMMUTABLE: &str = "public, max-age=31536000, immutable";
/// For everything else: cached, and revalidated before each use.
pub const REVALIDATE: &str = "public, max-age=0, must-revalidate";

/// What a text is sent with that browsers are to show rather than to save.
const TEXT: &str = "text/plain; charset=utf-8";

/// The type of a file by its name, as static hosts send it.
pub fn content_type(file: &str) -> &'static str {
    let extension = file.rsplit_once('.').map_or("", |(_, extension)| extension).to_lowercase();
    own_type(&extension).unwrap_or_else(|| match mime_guess::from_ext(&extension).first_raw() {
        // Sources of programs and the like: whatever their exact type, they are read.
        Some(guess) if guess.starts_with("text/") => TEXT,
        guess => guess.unwrap_or("application/octet-stream"),
    })
}

/// Where the list of all types says nothing, nothing of the characters, or what browsers would save.
fn own_type(extension: &str) -> Option<&'static str> {
    Some(match extension {
        "html" | "htm" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" | "map" | "ipynb" => "application/json",
        "webmanifest" => "application/manifest+json",
        "xml" => "application/xml; charset=utf-8",
        "rss" => "application/rss+xml; charset=utf-8",
        "atom" => "application/atom+xml; charset=utf-8",
        "txt" | "md" | "log" | "diff" | "patch" | "bib" | "ris" | "tex" | "toml" | "jsonl" | "ndjson" | "sh"
        | "sql" | "ts" | "adoc" | "org" | "rst" | "asc" => TEXT,
        "yaml" | "yml" => "application/yaml",
        "csv" => "text/csv; charset=utf-8",
        "tsv" => "text/tab-separated-values; charset=utf-8",
        "ics" => "text/calendar; charset=utf-8",
        "vcf" => "text/vcard; charset=utf-8",
        "vtt" => "text/vtt; charset=utf-8",
        "otf" => "font/otf",
        "woff" => "font/woff",
        "apng" => "image/apng",
        "jxl" => "image/jxl",
        "m4v" => "video/mp4",
        "mkv" => "video/x-matroska",
        "oga" | "ogg" | "opus" => "audio/ogg",
        "m4a" => "audio/mp4",
        "weba" => "audio/webm",
        "wav" => "audio/wav",
        "gpx" => "application/gpx+xml",
        "parquet" => "application/vnd.apache.parquet",
        _ => return None,
    })
}

/// Whether files of this type are texts, which shrink when they are compressed; what is packed already does not.
pub fn is_text(content_type: &str) -> bool {
    let name = content_type.split(';').next().unwrap_or(content_type);
    name.starts_with("text/")
        || name.ends_with("+xml")
        || name.ends_with("+json")
        || matches!(name, "application/json" | "application/xml" | "application/yaml")
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
    fn whatever_authors_put_into_static_has_a_type() {
        for (name, expected) in [
            ("app.webmanifest", "application/manifest+json"),
            ("subtitles.vtt", "text/vtt; charset=utf-8"),
            ("table.CSV", "text/csv; charset=utf-8"),
            ("dates.ics", "text/calendar; charset=utf-8"),
            ("font.woff2", "font/woff2"),
            ("font.woff", "font/woff"),
            ("font.ttf", "font/ttf"),
            ("font.otf", "font/otf"),
            ("book.epub", "application/epub+zip"),
            ("all.zip", "application/zip"),
            ("all.tar.gz", "application/gzip"),
            ("talk.mp3", "audio/mpeg"),
            ("talk.m4a", "audio/mp4"),
            ("talk.opus", "audio/ogg"),
            ("talk.flac", "audio/flac"),
            ("talk.aac", "audio/aac"),
            ("talk.wav", "audio/wav"),
            ("film.mp4", "video/mp4"),
            ("film.m4v", "video/mp4"),
            ("film.webm", "video/webm"),
            ("film.ogv", "video/ogg"),
            ("film.mov", "video/quicktime"),
            ("rates.yaml", "application/yaml"),
            ("sources.bib", "text/plain; charset=utf-8"),
            ("module.wasm", "application/wasm"),
            ("map.geojson", "application/geo+json"),
            ("paper.pdf", "application/pdf"),
            ("paper.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
            ("slides.odp", "application/vnd.oasis.opendocument.presentation"),
            ("drawing.svg", "image/svg+xml"),
            ("photo.avif", "image/avif"),
            ("favicon.ico", "image/x-icon"),
            ("plot.py", "text/plain; charset=utf-8"),
            ("main.rs", "text/plain; charset=utf-8"),
            ("card.vcf", "text/vcard; charset=utf-8"),
            ("feed.rss", "application/rss+xml; charset=utf-8"),
            ("page.xhtml", "application/xhtml+xml"),
            ("CNAME", "application/octet-stream"),
        ] {
            assert_eq!(content_type(name), expected, "{name}");
        }
    }

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
