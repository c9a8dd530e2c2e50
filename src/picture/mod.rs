//! What a picture's file says of itself: kind, size, whether it moves; smaller copies of it; a drawing without what could do
//! harm. Bytes in, values out: knows no page and no address.

mod budget;
mod letters;
mod private;
mod profile;
mod smaller;
mod svg;

use std::io::Cursor;

use image::metadata::Orientation;
use image::{ColorType, ImageDecoder, ImageFormat, ImageReader, Limits};
use serde::{Deserialize, Serialize};

use crate::diagnostic::{Diagnostic, Rule, rules};

pub use private::{Private, is_other_photograph, private_photograph, strip};
pub use smaller::{MIN_WIDTH, RECIPE, smaller, whole, widths};
pub(crate) use svg::CLEANED;
pub use svg::{Clean, clean};

rules! {
    TOO_LARGE = "picture-too-large", error fixed, "a picture has more bytes or pixels than are read";
    BROKEN = "picture-broken", error fixed, "a picture can't be read";
    PRIVATE_NOTES = "private-notes", warning, "a photograph says where it was made, with which device, or whose that is";
}

/// The rules of this module and those below it.
pub(crate) const ALL_RULES: &[&[&Rule]] = &[RULES, svg::RULES];

/// The largest picture file read, in bytes.
pub const MAX_BYTES: u64 = 64 << 20;
/// The most pixels a picture may have: what cameras make, and 200 MB when it is opened.
pub const MAX_PIXELS: u64 = 50_000_000;
/// The most pixels on one side.
pub const MAX_SIDE: u32 = 30_000;
/// What opening one picture may take, in bytes: eight for each pixel.
const MAX_MEMORY: u64 = MAX_PIXELS * 8;

/// How a picture is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Format {
    Png,
    Jpeg,
    WebP,
    Gif,
    Avif,
    Svg,
}

impl Format {
    /// The format that a file's name promises.
    pub fn of_name(name: &str) -> Option<Self> {
        let (_, extension) = name.rsplit_once('.')?;
        Some(match extension.to_ascii_lowercase().as_str() {
            "png" => Self::Png,
            "jpg" | "jpeg" => Self::Jpeg,
            "webp" => Self::WebP,
            "gif" => Self::Gif,
            "avif" => Self::Avif,
            "svg" => Self::Svg,
            _ => return None,
        })
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Png => "PNG",
            Self::Jpeg => "JPEG",
            Self::WebP => "WebP",
            Self::Gif => "GIF",
            Self::Avif => "AVIF",
            Self::Svg => "SVG",
        }
    }

    /// In the library's words; none for what it does not read here.
    const fn decodable(self) -> Option<ImageFormat> {
        match self {
            Self::Png => Some(ImageFormat::Png),
            Self::Jpeg => Some(ImageFormat::Jpeg),
            Self::WebP => Some(ImageFormat::WebP),
            Self::Gif => Some(ImageFormat::Gif),
            Self::Avif | Self::Svg => None,
        }
    }
}

/// Width and height as shown, in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Size {
    pub width: u32,
    pub height: u32,
}

/// What a picture's header says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    pub format: Format,
    /// None of a drawing that names none.
    pub size: Option<Size>,
    /// Whether smaller copies can be made of it.
    pub can_shrink: bool,
    /// What its notes tell of who made it.
    pub private: Private,
}

impl Header {
    /// Whether its notes can be taken out.
    pub const fn can_strip(self) -> bool {
        matches!(self.format, Format::Jpeg | Format::Png | Format::WebP)
    }
}

/// The warning for a photograph that tells so much; `can_strip` if the program can take it out.
pub fn private_notes(private: Private, can_strip: bool) -> Diagnostic {
    let fault = Diagnostic::new(PRIVATE_NOTES, format!("the picture's file says {}", private.words()));
    fault.help(if can_strip {
        "`pictures: {strip: true}` in site.yaml takes that out of what is published"
    } else {
        "save it without metadata"
    })
}

/// Reads the header of the picture `bytes`. What is wrong with it is an error without a place.
pub fn header(format: Format, bytes: &[u8]) -> Result<Header, Diagnostic> {
    if bytes.len() as u64 > MAX_BYTES {
        return Err(too_many_bytes());
    }
    let (size, can_shrink) = match format {
        Format::Svg => (clean(bytes)?.size, false),
        Format::Avif => {
            let size = imagesize::blob_size(bytes).map_err(|error| broken(format, &error.to_string()))?;
            let side = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
            (Some(Size { width: side(size.width), height: side(size.height) }), false)
        }
        Format::Png | Format::Jpeg | Format::WebP | Format::Gif => {
            let (_, orientation, stored) = open(format, bytes)?;
            (Some(shown(stored, orientation)), format != Format::Gif && !moves(format, bytes))
        }
    };
    if let Some(size) = size {
        check_size(size)?;
    }
    if !is_whole(format, bytes) {
        return Err(broken(format, "its end is missing"));
    }
    Ok(Header { format, size, can_shrink, private: private::private(format, bytes) })
}

/// The fault of a file that is too long to be read.
pub fn too_many_bytes() -> Diagnostic {
    Diagnostic::new(TOO_LARGE, format!("the picture's file is larger than {} MB", MAX_BYTES >> 20))
        .help("save it smaller: pages show 1600 pixels of width at most")
}

/// The fault of a photograph whose notes are to be taken out and can't.
pub fn not_stripped() -> Diagnostic {
    Diagnostic::new(BROKEN, "the picture's notes can't be taken out").help("save it again without metadata")
}

fn check_size(size: Size) -> Result<(), Diagnostic> {
    let Size { width, height } = size;
    if width == 0 || height == 0 {
        return Err(Diagnostic::new(BROKEN, "the picture has no pixels").help("save it again"));
    }
    let limit = if width.max(height) > MAX_SIDE {
        format!("{MAX_SIDE} on a side")
    } else if u64::from(width) * u64::from(height) > MAX_PIXELS {
        format!("{} million", MAX_PIXELS / 1_000_000)
    } else {
        return Ok(());
    };
    let message = format!("the picture is {width} x {height} pixels: more than {limit}");
    Err(Diagnostic::new(TOO_LARGE, message).help("save it smaller: pages show 1600 pixels of width at most"))
}

/// The decoder of the picture, with the limits set, how it is to be turned, and its size as stored.
fn open(format: Format, bytes: &[u8]) -> Result<(impl ImageDecoder + '_, Orientation, (u32, u32)), Diagnostic> {
    let known = format.decodable().ok_or_else(|| broken(format, "this format is not opened"))?;
    let mut reader = ImageReader::with_format(Cursor::new(bytes), known);
    let mut limits = Limits::default();
    limits.max_alloc = Some(MAX_MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|error| unreadable(format, &error))?;
    // A picture whose note on how to turn it can't be read is shown as it is stored; browsers do the same.
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let dimensions = decoder.dimensions();
    Ok((decoder, orientation, dimensions))
}

const fn turns(orientation: Orientation) -> bool {
    matches!(
        orientation,
        Orientation::Rotate90 | Orientation::Rotate270 | Orientation::Rotate90FlipH | Orientation::Rotate270FlipH
    )
}

/// The size of a picture as it is shown, that is stored as `width` x `height`.
const fn shown((width, height): (u32, u32), orientation: Orientation) -> Size {
    if turns(orientation) { Size { width: height, height: width } } else { Size { width, height } }
}

/// The memory that `decoder` and what is done with its picture next take at most, in bytes. Of pictures with all their colours
/// in one byte each it is little more than what they are shown from; the libraries make a second copy of others, and of turned ones.
fn memory(format: Format, bytes: &[u8], decoder: &impl ImageDecoder, orientation: Orientation) -> u64 {
    let pixels = decoder.total_bytes();
    let is_plain = matches!(decoder.color_type(), ColorType::Rgb8 | ColorType::Rgba8);
    let other = u64::from(!is_plain) + u64::from(turns(orientation));
    let opening = match format {
        // All of its frequencies are read before the first pixel: two bytes for one.
        Format::Jpeg if is_progressive(bytes) => 2 * pixels,
        Format::WebP => pixels * 3 / 2,
        _ => 0,
    };
    bytes.len() as u64 + pixels + opening.max(other * pixels)
}

/// Whether the picture has more than one frame, which a smaller copy would lose.
fn moves(format: Format, bytes: &[u8]) -> bool {
    match format {
        Format::WebP => image::codecs::webp::WebPDecoder::new(Cursor::new(bytes)).is_ok_and(|d| d.has_animation()),
        Format::Png => image::codecs::png::PngDecoder::new(Cursor::new(bytes))
            .is_ok_and(|decoder| decoder.is_apng().unwrap_or(false)),
        Format::Jpeg | Format::Gif | Format::Avif | Format::Svg => false,
    }
}

/// Whether the file has its end. The decoder of JPEG fills up what is missing with grey, and would not say.
fn is_whole(format: Format, bytes: &[u8]) -> bool {
    match format {
        Format::Jpeg => jpeg_scan(bytes).is_some_and(|scan| scan.windows(2).any(|pair| pair == [0xff, 0xd9])),
        Format::Png => bytes.windows(4).rev().any(|name| name == b"IEND"),
        // The length of what follows stands after `RIFF`.
        Format::WebP => bytes
            .get(4..8)
            .and_then(|length| length.try_into().ok())
            .is_some_and(|length| bytes.len() as u64 >= u64::from(u32::from_le_bytes(length)) + 8),
        Format::Gif => bytes.contains(&0x3b),
        Format::Avif | Format::Svg => true,
    }
}

/// What follows the first start of scan. A preview in a segment before it may have an end of its own.
fn jpeg_scan(bytes: &[u8]) -> Option<&[u8]> {
    jpeg_segments(bytes).find(|segment| segment[1] == 0xda)
}

/// Whether the frame is of a kind that is stored in several passes over the picture: its marker is SOF2, 6, 10 or 14.
fn is_progressive(bytes: &[u8]) -> bool {
    jpeg_segments(bytes)
        .take_while(|segment| segment[1] != 0xda)
        .any(|segment| matches!(segment[1], 0xc2 | 0xc6 | 0xca | 0xce))
}

/// The rest of a JPEG from each of its segments on: a marker of two bytes, a length, and as much (ITU-T T.81, B.1.1.4).
fn jpeg_segments(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut at = 2;
    std::iter::from_fn(move || {
        loop {
            let rest = bytes.get(at..)?;
            match rest {
                // Fill bytes and markers without a length.
                [0xff, 0xff, ..] => at += 1,
                [0xff, 0x01 | 0xd0..=0xd8, ..] => at += 2,
                [0xff, _, high, low, ..] => {
                    at += 2 + usize::from(u16::from_be_bytes([*high, *low])).max(2);
                    return Some(rest);
                }
                _ => return None,
            }
        }
    })
}

fn unreadable(format: Format, error: &image::ImageError) -> Diagnostic {
    match error {
        image::ImageError::Limits(_) => {
            Diagnostic::new(TOO_LARGE, "the picture takes more memory than is given to one").help("save it smaller")
        }
        image::ImageError::Decoding(error) => match std::error::Error::source(error) {
            Some(source) => broken(format, &source.to_string()),
            None => broken(format, &error.to_string()),
        },
        other => broken(format, &other.to_string()),
    }
}

fn broken(format: Format, why: &str) -> Diagnostic {
    let why = why.split('\n').next().unwrap_or_default().trim_end_matches('.');
    Diagnostic::new(BROKEN, format!("the picture can't be read as {}: {why}", format.name()))
        .help("save it again from the program that made it, or delete it")
}
