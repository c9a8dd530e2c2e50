//! Files that were uploaded: which address means one, and where the largest size of it lies in the folder of uploads. Knows how
//! WordPress names sizes.

use std::path::{Path, PathBuf};

use percent_encoding::percent_decode_str;

use crate::model::SourcePath;

/// The path below the folder of uploads that an address means.
pub fn below_uploads(address: &str) -> Option<String> {
    let path = address.split(['?', '#']).next().unwrap_or(address);
    let rest = match path.split_once("/wp-content/uploads/") {
        Some((_, rest)) => rest,
        None => path.split_once(".files.wordpress.com/")?.1,
    };
    let decoded = percent_decode_str(rest).decode_utf8().ok()?;
    SourcePath::resolve("", &decoded).filter(|path| !path.is_empty()).map(|path| path.to_string())
}

/// The file in `uploads` that an address means, in its largest size.
pub fn file(address: &str, uploads: &Path) -> Option<PathBuf> {
    let path = below_uploads(address)?;
    let is_file = |path: &String| {
        let is_plain = |path: &Path| std::fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_file());
        let whole = uploads.join(path);
        is_plain(&whole).then_some(whole)
    };
    full_size(&path).into_iter().chain([path]).find_map(|path| is_file(&path))
}

/// The path of the file that a smaller one was made of: `q-300x200.png` of `q.png`.
fn full_size(path: &str) -> Option<String> {
    let (stem, ending) = path.rsplit_once('.')?;
    let (name, size) = stem.rsplit_once('-')?;
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let is_size = size.split_once('x').is_some_and(|(width, height)| is_number(width) && is_number(height));
    (is_size || size == "scaled").then(|| format!("{name}.{ending}"))
}

#[cfg(test)]
mod tests {
    use super::{below_uploads, full_size};

    #[test]
    fn addresses_of_uploads_are_paths_below_their_folder() {
        for (address, path) in [
            ("https://a.example/wp-content/uploads/2018/11/q%20r.png?w=300", Some("2018/11/q r.png")),
            ("https://a.files.wordpress.com/2018/11/q.png", Some("2018/11/q.png")),
            ("https://a.example/wp-content/uploads/../../etc/passwd", None),
            ("https://a.example/q.png", None),
        ] {
            assert_eq!(below_uploads(address).as_deref(), path, "{address}");
        }
        assert_eq!(full_size("2018/q-300x200.png").as_deref(), Some("2018/q.png"));
        assert_eq!(full_size("2018/a-scaled.jpg").as_deref(), Some("2018/a.jpg"));
        assert_eq!(full_size("2018/a-b.jpg"), None);
    }
}
