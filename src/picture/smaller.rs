//! Smaller copies of a picture, in WebP. Pure: the same bytes and width give the same copy.

use std::collections::HashSet;

use fast_image_resize::images::Image;
use fast_image_resize::pixels::{U8x3, U8x4};
use fast_image_resize::{MulDiv, PixelTrait, ResizeOptions, Resizer};
use image::{DynamicImage, ImageDecoder};
use webp::{Encoder, WebPConfig};

use super::budget::OPEN_PICTURES;
use super::profile::{carried, with_profile};
use super::{Format, Size, broken, memory, open, shown, unreadable};
use crate::diagnostic::Diagnostic;

/// Widths of copies, in pixels. The text of the default theme is about 700 wide, and screens have one to three pixels for one.
const WIDTHS: [u32; 4] = [480, 800, 1200, 1600];
/// A narrower picture is shown as it is.
pub const MIN_WIDTH: u32 = 480;
/// How the encoder is set up: `quality` of 100 is how fine with loss, how long to search without; `method` of 6 is how long.
struct Encoding {
    lossless: bool,
    quality: f32,
    method: i32,
}

/// Of photographs: where the eye begins to see no difference.
const QUALITY: f32 = 80.0;
/// Of what came without loss, and may hold fine lines and letters. The next method takes twice as long for a fortieth.
const WITH_LOSS: Encoding = Encoding { lossless: false, quality: 88.0, method: 2 };
/// More takes much longer and saves little.
const WITHOUT_LOSS: Encoding = Encoding { lossless: true, quality: 30.0, method: 1 };
/// With more than one bit for so many pixels, a copy without loss is tried.
const PIXELS_A_BIT: usize = 3;
/// Of a picture with more colours, no copy without loss is tried.
const MOST_COLOURS: usize = 8_192;
/// Grows when copies come out otherwise: their addresses change with it, since hosts and browsers keep them for ever.
pub const RECIPE: &str = "webp 3";

/// The longest side that the format has room for.
const MAX_SIDE: u32 = 16_383;

/// The widths of the copies of a picture of this size. The widest is as wide as the picture, where that is not more than 1600
/// and it is not too high then.
pub fn widths(size: Size) -> Vec<u32> {
    let largest = size.width.min(WIDTHS[WIDTHS.len() - 1]);
    if largest < MIN_WIDTH {
        return Vec::new();
    }
    // A copy that is hardly narrower than the next would save nothing.
    let narrower = WIDTHS.into_iter().filter(|width| width * 10 <= largest * 9);
    narrower.chain([largest]).filter(|width| scaled(size, *width) <= MAX_SIDE).collect()
}

/// A copy of the picture, `width` pixels wide, as WebP.
pub fn smaller(format: Format, bytes: Vec<u8>, width: u32) -> Result<Vec<u8>, Diagnostic> {
    let (mut decoder, orientation, stored) = open(format, &bytes)?;
    // One that can't be read is as good as none; browsers do the same.
    let profile = carried(decoder.icc_profile().ok().flatten());
    let size = shown(stored, orientation);
    // Not the larger of the two, though one comes after the other: an allocator gives back late what was freed, and each of the
    // two libraries has its own.
    let written = u64::from(width) * u64::from(scaled(size, width)) * writing(format);
    let _share = OPEN_PICTURES.take(memory(format, &bytes, &decoder, orientation) + written);
    let mut picture = DynamicImage::from_decoder(decoder).map_err(|error| unreadable(format, &error))?;
    drop(bytes);
    picture.apply_orientation(orientation);
    let (pixels, is_resized) = (Pixels::of(picture), width < size.width);
    let pixels = if is_resized { pixels.resized(width).map_err(|why| broken(format, &why))? } else { pixels };
    let copy = pixels.smallest(format, is_resized).map_err(|why| broken(format, &why))?;
    match profile {
        Some(profile) => with_profile(copy, &profile).map_err(|why| broken(format, &why)),
        None => Ok(copy),
    }
}

/// Whether all of the picture can be read: what making a copy finds out, for less work.
pub fn whole(format: Format, bytes: &[u8]) -> Result<(), Diagnostic> {
    let (decoder, orientation, _) = open(format, bytes)?;
    let _share = OPEN_PICTURES.take(memory(format, bytes, &decoder, orientation));
    DynamicImage::from_decoder(decoder).map(drop).map_err(|error| unreadable(format, &error))
}

/// What the encoder takes for each pixel of a copy, in bytes: without loss, which only photographs are spared, it takes most.
const fn writing(format: Format) -> u64 {
    if matches!(format, Format::Jpeg) { 12 } else { 32 }
}

/// Eight bits a channel, with transparency only where there is some.
struct Pixels {
    width: u32,
    height: u32,
    alpha: bool,
    bytes: Vec<u8>,
}

impl Pixels {
    fn of(picture: DynamicImage) -> Self {
        let (width, height, alpha) = (picture.width(), picture.height(), picture.color().has_alpha());
        let bytes = if alpha { picture.into_rgba8().into_raw() } else { picture.into_rgb8().into_raw() };
        Self { width, height, alpha, bytes }
    }

    fn resized(self, width: u32) -> Result<Self, String> {
        if self.alpha { self.resized_as::<U8x4>(width) } else { self.resized_as::<U8x3>(width) }
    }

    /// Names the kind of pixels: left to find it out, the library is compiled for all thirteen, once a third of this crate.
    fn resized_as<P: PixelTrait>(self, width: u32) -> Result<Self, String> {
        let height = scaled(Size { width: self.width, height: self.height }, width);
        let from = Image::from_vec_u8(self.width, self.height, self.bytes, P::pixel_type());
        let mut from = from.map_err(|error| error.to_string())?;
        let mut to = Image::new(width, height, P::pixel_type());
        let (Some(mut source), Some(mut copy)) = (from.typed_image_mut::<P>(), to.typed_image_mut::<P>()) else {
            return Err("its pixels are of another kind".to_owned());
        };
        // Colours count as much as they are seen. Left to do it itself, the library makes a second source.
        let alpha = MulDiv::new();
        if self.alpha {
            alpha.multiply_alpha_inplace_typed(&mut source).map_err(|error| error.to_string())?;
        }
        let options = ResizeOptions::new().use_alpha(false);
        Resizer::new().resize_typed(&source, &mut copy, &options).map_err(|error| error.to_string())?;
        if self.alpha {
            alpha.divide_alpha_inplace_typed(&mut copy).map_err(|error| error.to_string())?;
        }
        Ok(Self { width, height, alpha: self.alpha, bytes: to.into_vec() })
    }

    /// With loss, or without if that is smaller: lines and letters that were not made smaller may be.
    fn smallest(&self, format: Format, is_resized: bool) -> Result<Vec<u8>, String> {
        if format == Format::Jpeg {
            return self.encoded(&Encoding { quality: QUALITY, ..WITH_LOSS });
        }
        let with_loss = self.encoded(&WITH_LOSS)?;
        if is_resized || !self.may_be_smaller_without_loss(with_loss.len()) {
            return Ok(with_loss);
        }
        let without = self.encoded(&WITHOUT_LOSS)?;
        Ok(if without.len() <= with_loss.len() { without } else { with_loss })
    }

    /// Sharp edges take many bytes with loss; what has few colours takes few without.
    fn may_be_smaller_without_loss(&self, with_loss: usize) -> bool {
        let pixels = self.bytes.chunks_exact(if self.alpha { 4 } else { 3 });
        if with_loss * 8 * PIXELS_A_BIT < pixels.len() {
            return false;
        }
        let mut colours = HashSet::new();
        let mut last: &[u8] = &[];
        pixels.into_iter().all(|pixel| {
            if pixel != last {
                last = pixel;
                colours.insert(pixel);
            }
            colours.len() <= MOST_COLOURS
        })
    }

    fn encoded(&self, encoding: &Encoding) -> Result<Vec<u8>, String> {
        let encoder = if self.alpha {
            Encoder::from_rgba(&self.bytes, self.width, self.height)
        } else {
            Encoder::from_rgb(&self.bytes, self.width, self.height)
        };
        let mut config = WebPConfig::new().map_err(|()| "the encoder can't be set up".to_owned())?;
        config.lossless = i32::from(encoding.lossless);
        config.quality = encoding.quality;
        config.method = encoding.method;
        encoder.encode_advanced(&config).map(|made| made.to_vec()).map_err(|error| format!("{error:?}"))
    }
}

/// The height of a copy `width` pixels wide.
fn scaled(size: Size, width: u32) -> u32 {
    let height = (u64::from(size.height) * u64::from(width) + u64::from(size.width) / 2) / u64::from(size.width.max(1));
    u32::try_from(height).unwrap_or(u32::MAX).max(1)
}

#[cfg(test)]
mod tests {
    use super::{Size, widths};

    #[test]
    fn copies_are_never_wider_than_the_picture_nor_hardly_narrower() {
        let of = |width| widths(Size { width, height: 100 });
        assert_eq!(of(200), Vec::<u32>::new());
        assert_eq!(of(480), [480]);
        assert_eq!(of(500), [500]);
        assert_eq!(of(1250), [480, 800, 1250]);
        assert_eq!(of(4000), [480, 800, 1200, 1600]);
        assert_eq!(widths(Size { width: 1600, height: 32_000 }), [480, 800], "wider ones would be too high");
    }
}
