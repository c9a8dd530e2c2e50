//! The profile by which a picture's numbers are colours, carried into its copies. Knows what a profile's header says and where a
//! WebP holds one; converts no colour.

use img_parts::webp::WebP;
use img_parts::{Bytes, ImageICC};

/// Larger ones would be most of a copy: those of screens, cameras and editors have a few kilobytes.
const MAX_BYTES: usize = 64 << 10;
/// Where the header has the kind of the numbers, and of profiles for pixels of three channels what stands there (ICC.1, 7.2.6).
const SPACE: std::ops::Range<usize> = 16..20;
const RGB: &[u8] = b"RGB ";

/// `profile`, where a copy needs it: its pixels are red, green and blue, and read as sRGB without one.
pub fn carried(profile: Option<Vec<u8>>) -> Option<Vec<u8>> {
    profile.filter(|profile| profile.get(SPACE) == Some(RGB) && profile.len() <= MAX_BYTES && !is_srgb(profile))
}

/// Whether the profile calls itself sRGB, in either form that its description may have.
fn is_srgb(profile: &[u8]) -> bool {
    let wide: Vec<u8> = "sRGB".encode_utf16().flat_map(u16::to_be_bytes).collect();
    [b"sRGB".as_slice(), &wide].iter().any(|name| profile.windows(name.len()).any(|window| window == *name))
}

/// The picture `webp` with `profile` in it.
pub fn with_profile(webp: Vec<u8>, profile: &[u8]) -> Result<Vec<u8>, String> {
    let mut picture = WebP::from_bytes(Bytes::from(webp)).map_err(|error| error.to_string())?;
    picture.set_icc_profile(Some(Bytes::copy_from_slice(profile)));
    Ok(picture.encoder().bytes().to_vec())
}

#[cfg(test)]
mod tests {
    use super::carried;

    fn profile(space: &[u8; 4], name: &str) -> Vec<u8> {
        [[0; 16].as_slice(), space, &[0; 108], name.as_bytes()].concat()
    }

    #[test]
    fn a_profile_is_carried_where_it_changes_colours_of_the_copy() {
        assert!(carried(Some(profile(b"RGB ", "Display P3"))).is_some());
        for other in [
            profile(b"RGB ", "sRGB IEC61966-2.1"),
            profile(b"CMYK", "Coated"),
            profile(b"GRAY", "Dot gain"),
            Vec::new(),
        ] {
            assert_eq!(carried(Some(other)), None);
        }
        let large = [profile(b"RGB ", "Display P3"), vec![0; super::MAX_BYTES]].concat();
        assert_eq!(carried(Some(large)), None);
    }
}
