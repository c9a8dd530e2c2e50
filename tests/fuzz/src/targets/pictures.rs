//! Headers of pictures, and small pictures themselves: the first byte chooses the format.

use ninefold::picture::{Format, Size, header, smaller};

const FORMATS: [Format; 5] = [Format::Png, Format::Jpeg, Format::WebP, Format::Gif, Format::Avif];

pub fn holds(data: &[u8]) {
    let Some((first, rest)) = data.split_first() else { return };
    let format = FORMATS[usize::from(*first) % FORMATS.len()];
    let Ok(header) = header(format, rest) else { return };
    let Some(Size { width, height }) = header.size else { return };
    assert!(width > 0 && height > 0 && u64::from(width) * u64::from(height) <= ninefold::picture::MAX_PIXELS);
    if header.can_shrink && width.max(height) <= 64 {
        let Ok(copy) = smaller(format, rest.to_vec(), width.div_ceil(2)) else { return };
        let size = ninefold::picture::header(Format::WebP, &copy).expect("our own copy can be read").size;
        assert_eq!(size.map(|size| size.width), Some(width.div_ceil(2)));
    }
}
