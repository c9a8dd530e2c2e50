//! What a picture's file says of itself: kind, size, whether it moves; smaller copies of it; a drawing without what could do
//! harm. Bytes in, values out: knows no page and no address.

mod smaller;
mod svg;

use std::io::Cursor;

use image::metadata::Orientation;
use image::{ImageDecoder, ImageFormat, ImageReader, Limits};

use crate::diagnostic::Diagnostic;

pub use smaller::{MIN_WIDTH, RECIPE, smaller, widths};
pub use svg::{CLEANED, Clean, clean};

/// The largest picture file read, in bytes.
pub const MAX_BYTES: u64 = 64 << 20;
/// The most pixels a picture may have: what cameras make, and 200 MB when it is opened.
pub const MAX_PIXELS: u64 = 50_000_000;
/// The most pixels on one side.
pub const MAX_SIDE: u32 = 30_000;
/// What opening one picture may take, in bytes: eight for each pixel.
const MAX_MEMORY: u64 = MAX_PIXELS * 8;

const TOO_LARGE: &str = "picture-too-large";
const BROKEN: &str = "picture-broken";

/// How a picture is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Size {
    pub width: u32,
    pub height: u32,
}

/// What a picture's header says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header {
    pub format: Format,
    /// None of a drawing that names none.
    pub size: Option<Size>,
    /// Whether smaller copies can be made of it.
    pub can_shrink: bool,
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
            let (_, orientation, (width, height)) = open(format, bytes)?;
            let size = if turns(orientation) { Size { width: height, height: width } } else { Size { width, height } };
            (Some(size), format != Format::Gif && !moves(format, bytes))
        }
    };
    if let Some(size) = size {
        check_size(size)?;
    }
    if !is_whole(format, bytes) {
        return Err(broken(format, "its end is missing"));
    }
    Ok(Header { format, size, can_shrink })
}

/// The fault of a file that is too long to be read.
pub fn too_many_bytes() -> Diagnostic {
    Diagnostic::error(TOO_LARGE, format!("the picture's file is larger than {} MB", MAX_BYTES >> 20))
        .help("save it smaller: pages show 1600 pixels of width at most")
}

fn check_size(size: Size) -> Result<(), Diagnostic> {
    let Size { width, height } = size;
    if width == 0 || height == 0 {
        return Err(Diagnostic::error(BROKEN, "the picture has no pixels").help("save it again"));
    }
    let limit = if width.max(height) > MAX_SIDE {
        format!("{MAX_SIDE} on a side")
    } else if u64::from(width) * u64::from(height) > MAX_PIXELS {
        format!("{} million", MAX_PIXELS / 1_000_000)
    } else {
        return Ok(());
    };
    let message = format!("the picture is {width} x {height} pixels: more than {limit}");
    Err(Diagnostic::error(TOO_LARGE, message).help("save it smaller: pages show 1600 pixels of width at most"))
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

/// What follows the first start of scan. Before it stand segments, each with its length (ITU-T T.81, B.1.1.4); a preview in
/// one of them may have an end of its own.
fn jpeg_scan(bytes: &[u8]) -> Option<&[u8]> {
    let mut at = 2;
    loop {
        let rest = bytes.get(at..)?;
        match rest {
            // Fill bytes and markers without a length.
            [0xff, 0xff, ..] => at += 1,
            [0xff, 0x01 | 0xd0..=0xd8, ..] => at += 2,
            [0xff, 0xda, ..] => return Some(rest),
            [0xff, _, high, low, ..] => at += 2 + usize::from(u16::from_be_bytes([*high, *low])).max(2),
            _ => return None,
        }
    }
}

fn unreadable(format: Format, error: &image::ImageError) -> Diagnostic {
    match error {
        image::ImageError::Limits(_) => {
            Diagnostic::error(TOO_LARGE, "the picture takes more memory than is given to one").help("save it smaller")
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
    Diagnostic::error(BROKEN, format!("the picture can't be read as {}: {why}", format.name()))
        .help("save it again from the program that made it, or delete it")
}
