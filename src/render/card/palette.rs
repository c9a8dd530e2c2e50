//! Pixels as PNG with a palette: a card has few colours, and one byte for each of its pixels is quickly compressed. Knows
//! pixels; draws nothing.

use png::{BitDepth, ColorType, Compression, DeflateCompression, Encoder, EncodingError, Filter};
use resvg::tiny_skia::{Pixmap, PremultipliedColorU8};

/// The most colours of a palette (PNG, 11.2.2).
const MOST: usize = 256;
/// Low bits of each channel that may be given up to come down to that many: no eye sees them.
const MOST_BITS: u32 = 2;
/// Twice as many places as colours, so that most are found at once.
const PLACES: usize = 2 * MOST;
/// Bytes of a pixel.
const PIXEL: usize = 4;
/// Pixels that are compared at once.
const AT_ONCE: usize = 8;

/// The picture as PNG: with a palette if it has few colours or some that hardly differ, else with a colour for each pixel.
pub fn png(pixels: &Pixmap) -> Result<Vec<u8>, EncodingError> {
    match (0..=MOST_BITS).find_map(|bits| Indexed::of(pixels, bits)) {
        Some(indexed) => indexed.png(pixels.width(), pixels.height()),
        None => coloured(pixels),
    }
}

/// Each pixel as a place in the palette.
struct Indexed {
    places: Vec<u8>,
    palette: Vec<PremultipliedColorU8>,
}

impl Indexed {
    /// None if colours that differ in more than the lowest `bits` are too many. The first of those that don't stands for them.
    fn of(pixels: &Pixmap, bits: u32) -> Option<Self> {
        let mut places: Vec<u8> = Vec::with_capacity(pixels.pixels().len());
        let mut colours = Colours::new(bits);
        let width = pixels.width() as usize;
        let mut above: &[u8] = &[];
        for (row, bytes) in pixels.pixels().chunks_exact(width).zip(pixels.data().chunks_exact(width * PIXEL)) {
            // Most rows are like the one above.
            if bytes == above {
                places.extend_from_within(places.len() - width..);
                continue;
            }
            let mut at = 0;
            while let Some(first) = row.get(at) {
                let run = run(&bytes[at * PIXEL..]);
                places.resize(places.len() + run, colours.place(*first)?);
                at += run;
            }
            above = bytes;
        }
        Some(Self { places, palette: colours.palette })
    }

    fn png(&self, width: u32, height: u32) -> Result<Vec<u8>, EncodingError> {
        let colours = self.palette.iter().map(|colour| colour.demultiply());
        let mut written = Vec::with_capacity(64 * 1024);
        let mut encoder = Encoder::new(&mut written, width, height);
        encoder.set_color(ColorType::Indexed);
        encoder.set_depth(BitDepth::Eight);
        encoder.set_palette(colours.clone().flat_map(|c| [c.red(), c.green(), c.blue()]).collect::<Vec<u8>>());
        if self.palette.iter().any(|colour| !colour.is_opaque()) {
            encoder.set_trns(colours.map(|c| c.alpha()).collect::<Vec<u8>>());
        }
        // Rows that are like the one above become zeros, which this is made for: three times as fast as the next, and still
        // smaller than colours were.
        encoder.set_deflate_compression(DeflateCompression::FdeflateUltraFast);
        encoder.set_filter(Filter::Up);
        let mut writer = encoder.write_header()?;
        writer.write_image_data(&self.places)?;
        writer.finish()?;
        Ok(written)
    }
}

/// How many of the first pixels are like the first.
fn run(bytes: &[u8]) -> usize {
    let (pixels, _) = bytes.as_chunks::<PIXEL>();
    let Some(first) = pixels.first() else { return 0 };
    let (blocks, _) = pixels.as_chunks::<AT_ONCE>();
    let whole = blocks.iter().take_while(|block| **block == [*first; AT_ONCE]).count() * AT_ONCE;
    whole + pixels[whole..].iter().take_while(|pixel| *pixel == first).count()
}

/// The colours seen so far.
struct Colours {
    palette: Vec<PremultipliedColorU8>,
    /// What counts of a colour, and its place in the palette.
    table: Vec<Option<(u32, u8)>>,
    mask: u32,
}

impl Colours {
    fn new(bits: u32) -> Self {
        let mask = u32::from_ne_bytes([u8::MAX << bits; 4]);
        Self { palette: Vec::with_capacity(MOST), table: vec![None; PLACES], mask }
    }

    /// The place of a colour; none if there is no room for one more.
    fn place(&mut self, colour: PremultipliedColorU8) -> Option<u8> {
        let [red, green, blue, alpha] = [colour.red(), colour.green(), colour.blue(), colour.alpha()];
        let counts = u32::from_ne_bytes([red, green, blue, alpha]) & self.mask;
        // Multiplicative hashing: the highest bits depend on all others.
        let mut at = (counts.wrapping_mul(0x9e37_79b1) >> (u32::BITS - PLACES.ilog2())) as usize;
        loop {
            match self.table[at] {
                Some((known, place)) if known == counts => return Some(place),
                Some(_) => at = (at + 1) % PLACES,
                None => {
                    let place = u8::try_from(self.palette.len()).ok()?;
                    self.palette.push(colour);
                    self.table[at] = Some((counts, place));
                    return Some(place);
                }
            }
        }
    }
}

/// Red, green, blue and how opaque, for each pixel.
fn coloured(pixels: &Pixmap) -> Result<Vec<u8>, EncodingError> {
    let colours = pixels.pixels().iter().map(|colour| colour.demultiply());
    let bytes: Vec<u8> = colours.flat_map(|c| [c.red(), c.green(), c.blue(), c.alpha()]).collect();
    let mut written = Vec::new();
    let mut encoder = Encoder::new(&mut written, pixels.width(), pixels.height());
    encoder.set_color(ColorType::Rgba);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_compression(Compression::Balanced);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&bytes)?;
    writer.finish()?;
    Ok(written)
}

#[cfg(test)]
mod tests {
    use image::{DynamicImage, load_from_memory};
    use resvg::tiny_skia::{Color, ColorU8, Pixmap};

    use super::png;

    /// Pixels of `colours`, each as often as its place says, in rows of `width`.
    fn pixels(width: u32, colours: &[ColorU8]) -> Pixmap {
        let height = u32::try_from(colours.len()).expect("few").div_ceil(width);
        let mut pixels = Pixmap::new(width, height).expect("pixels");
        pixels.fill(Color::WHITE);
        for (pixel, colour) in pixels.pixels_mut().iter_mut().zip(colours) {
            *pixel = colour.premultiply();
        }
        pixels
    }

    fn read(pixels: &Pixmap) -> DynamicImage {
        load_from_memory(&png(pixels).expect("PNG")).expect("a picture")
    }

    fn opaque(colours: impl IntoIterator<Item = (u8, u8, u8)>) -> Vec<ColorU8> {
        colours.into_iter().map(|(red, green, blue)| ColorU8::from_rgba(red, green, blue, 255)).collect()
    }

    /// How much any channel of any pixel differs from the picture's.
    fn loss(pixels: &Pixmap) -> u8 {
        let read = read(pixels).into_rgba8();
        let differences = read.pixels().zip(pixels.pixels()).map(|(read, pixel)| {
            let is = pixel.demultiply();
            let is = [is.red(), is.green(), is.blue(), is.alpha()];
            read.0.iter().zip(is).map(|(a, b)| a.abs_diff(b)).max().unwrap_or(0)
        });
        differences.max().unwrap_or(0)
    }

    #[test]
    fn few_colours_are_as_they_were() {
        let few = pixels(32, &opaque((0..=255).map(|n| (n, 255 - n, n / 2))));
        assert_eq!(loss(&few), 0);
        assert!(!read(&few).color().has_alpha());
    }

    #[test]
    fn what_shines_through_does_so_still() {
        let colours = [0, 1, 127, 254, 255].map(|alpha| ColorU8::from_rgba(200, 100, 50, alpha));
        let clear = pixels(5, &colours);
        assert!(read(&clear).color().has_alpha());
        assert_eq!(loss(&clear), 0);
    }

    #[test]
    fn colours_that_hardly_differ_are_one_if_there_are_too_many() {
        let many = pixels(40, &opaque((0..=255).flat_map(|n| [(n, n, n), (n, n, n ^ 1)])));
        assert_eq!(loss(&many), 1);
        assert_eq!(png(&many).expect("PNG")[25], 3, "has a palette");
    }

    #[test]
    fn a_picture_of_many_colours_keeps_them() {
        let many = pixels(64, &opaque((0..4096_u16).map(|n| ((n >> 4) as u8, (n << 4) as u8, 0))));
        assert_eq!(loss(&many), 0);
        assert_eq!(png(&many).expect("PNG")[25], 6, "has a colour for each pixel");
    }
}
