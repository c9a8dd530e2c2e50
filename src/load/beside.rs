//! Which files are published from beside a text: kinds that a browser shows or saves, and never runs at the site's address.
//! Knows names; opens no file.

/// What the names of such files end with. Office documents are of the kinds that hold no macros.
const KINDS: [&str; 56] = [
    // Pictures. Drawings are made safe.
    "apng", "avif", "bmp", "gif", "heic", "ico", "jpeg", "jpg", "png", "svg", "tif", "tiff", "webp",
    // Sound and video, with their captions.
    "aac", "flac", "m4a", "mp3", "oga", "ogg", "opus", "wav", "m4v", "mov", "mp4", "ogv", "webm", "srt", "vtt",
    // Documents.
    "pdf", "epub", "docx", "odp", "ods", "odt", "pptx", "xlsx", // Text and data.
    "bib", "csv", "diff", "geojson", "ics", "ipynb", "json", "jsonl", "log", "patch", "toml", "tsv", "txt", "yaml",
    "yml", // Archives.
    "7z", "tar", "tgz", "zip", "parquet",
];

/// Ways of packing one file. Some hosts send it unpacked, as what it is inside.
const PACKED: [&str; 4] = ["bz2", "gz", "xz", "zst"];

/// Whether a file of this name is content. HTML, XML and scripts are not, nor is anything unheard of: they belong into
/// `static/`, whose files are trusted.
pub fn is_content(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    let Some((stem, extension)) = lower.rsplit_once('.') else { return false };
    // Inside a packed file, a drawing could not be made safe.
    let is_content_inside = || is_content(stem) && !stem.ends_with(".svg");
    KINDS.contains(&extension) || (PACKED.contains(&extension) && is_content_inside())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_browser_could_run_is_no_content_however_it_is_packed() {
        for name in ["plan.pdf", "Queue.PNG", "queue.dark.png", "data.csv", "data.csv.gz", "logs.tar.xz", "talk.odp"] {
            assert!(is_content(name), "{name}");
        }
        for name in
            ["a.html", "a.HTM", "a.xhtml", "a.xml", "a.js", "a.mjs", "a.css", "a.swf", "a.svgz", "a.mht", "a.wasm"]
        {
            assert!(!is_content(name), "{name}");
        }
        for name in ["a.html.gz", "a.svg.gz", "a.xlsm", "LICENSE", "png", "a.png.", "a.unheard"] {
            assert!(!is_content(name), "{name}");
        }
    }
}
