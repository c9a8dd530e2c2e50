//! What a photograph tells besides what it shows: where it was made, with which device, whose. Finds it and takes it out;
//! knows where formats keep such notes, no page.

mod strip;
mod tiff;

use img_parts::webp::{CHUNK_EXIF, CHUNK_XMP};

use super::{Format, jpeg_segments};

pub use strip::strip;
use tiff::Tiff;

/// What a picture tells of its maker.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Private {
    /// Where it was made.
    pub position: bool,
    /// The number of the camera or of its lens, by which all pictures of one maker are known.
    pub serial: bool,
    /// Whose the camera is.
    pub owner: bool,
}

/// The names of such notes in XMP (exiftool.org/TagNames/XMP.html), which is a text in the file.
const XMP_POSITION: [&str; 2] = ["GPSLatitude", "GPSLongitude"];
const XMP_SERIAL: [&str; 3] = ["aux:SerialNumber", "BodySerialNumber", "LensSerialNumber"];
const XMP_OWNER: [&str; 2] = ["aux:OwnerName", "CameraOwnerName"];
/// The two ways in which Exif begins.
const TIFF_STARTS: [&[u8]; 2] = [b"II*\0", b"MM\0*"];

impl Private {
    /// Whether it tells anything.
    pub const fn is_any(self) -> bool {
        self.position || self.serial || self.owner
    }

    /// What it tells, for a sentence.
    pub fn words(self) -> String {
        let parts = [
            (self.position, "where it was made"),
            (self.serial, "the serial number of the device"),
            (self.owner, "whose the camera is"),
        ];
        let parts: Vec<&str> = parts.into_iter().filter(|(is_named, _)| *is_named).map(|(_, words)| words).collect();
        match parts.split_last() {
            Some((last, [])) => (*last).to_owned(),
            Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
            None => String::new(),
        }
    }

    fn and(self, other: Self) -> Self {
        Self {
            position: self.position || other.position,
            serial: self.serial || other.serial,
            owner: self.owner || other.owner,
        }
    }
}

/// What the picture `bytes` tells.
pub fn private(format: Format, bytes: &[u8]) -> Private {
    notes(format, bytes).into_iter().map(of_note).fold(Private::default(), Private::and)
}

/// What a file of another kind tells that holds a photograph.
pub fn private_photograph(bytes: &[u8]) -> Private {
    of_note(bytes)
}

/// Whether a file of this name is a photograph that is not opened here.
pub fn is_other_photograph(name: &str) -> bool {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    matches!(ending.as_deref(), Some("heic" | "heif" | "tif" | "tiff"))
}

/// The parts of a picture's file that hold notes; of a format that is not taken apart here, all of it.
fn notes(format: Format, bytes: &[u8]) -> Vec<&[u8]> {
    match format {
        Format::Jpeg => jpeg_segments(bytes)
            .take_while(|segment| segment[1] != 0xda)
            .filter(|segment| matches!(segment[1], 0xe1..=0xef | 0xfe))
            .map(|segment| {
                &segment[..(2 + usize::from(u16::from_be_bytes([segment[2], segment[3]]))).min(segment.len())]
            })
            .collect(),
        Format::Png => chunks(bytes, 8, |length| length, u32::from_be_bytes, true)
            .filter(|(name, _)| matches!(*name, b"eXIf" | b"tEXt" | b"iTXt"))
            .map(|(_, content)| content)
            .collect(),
        Format::WebP => chunks(bytes, 12, |length| length + length % 2, u32::from_le_bytes, false)
            .filter(|(name, _)| **name == CHUNK_EXIF || **name == CHUNK_XMP)
            .map(|(_, content)| content)
            .collect(),
        Format::Avif | Format::Gif => vec![bytes],
        Format::Svg => Vec::new(),
    }
}

/// The named parts of a PNG or a RIFF file from byte `start` on. In a PNG the length stands before the name, and a checksum of
/// four bytes behind.
fn chunks(
    bytes: &[u8],
    start: usize,
    room: impl Fn(usize) -> usize,
    number: impl Fn([u8; 4]) -> u32,
    is_png: bool,
) -> impl Iterator<Item = (&[u8; 4], &[u8])> {
    let mut at = start;
    std::iter::from_fn(move || {
        let first = bytes.get(at..at + 4)?.first_chunk::<4>()?;
        let second = bytes.get(at + 4..at + 8)?.first_chunk::<4>()?;
        let (length, name) = if is_png { (first, second) } else { (second, first) };
        let length = usize::try_from(number(*length)).ok()?;
        let content = bytes.get(at + 8..)?;
        at = at.checked_add(8)?.checked_add(room(length))?.checked_add(if is_png { 4 } else { 0 })?;
        Some((name, &content[..length.min(content.len())]))
    })
}

fn of_note(note: &[u8]) -> Private {
    let exif = TIFF_STARTS
        .iter()
        .flat_map(|start| found(note, start).take(MOST_BLOCKS))
        .map(|at| of_exif(&note[at..]))
        .fold(Private::default(), Private::and);
    let says = |names: &[&str]| names.iter().any(|name| found(note, name.as_bytes()).next().is_some());
    exif.and(Private { position: says(&XMP_POSITION), serial: says(&XMP_SERIAL), owner: says(&XMP_OWNER) })
}

/// What looks like the start of Exif may be pixels: only so many are looked at.
const MOST_BLOCKS: usize = 64;

/// Where `wanted` stands in `bytes`.
fn found<'a>(bytes: &'a [u8], wanted: &'a [u8]) -> impl Iterator<Item = usize> + 'a {
    let first = wanted.first().copied().unwrap_or_default();
    bytes
        .iter()
        .enumerate()
        .filter(move |(at, byte)| **byte == first && bytes[*at..].starts_with(wanted))
        .map(|(at, _)| at)
}

/// Tags of Exif (CIPA DC-008, 4.6).
const GPS: u16 = 0x8825;
const EXIF_TAGS: u16 = 0x8769;
const LATITUDE: u16 = 2;
const LONGITUDE: u16 = 4;
const OWNER: u16 = 0xa430;
const SERIALS: [u16; 2] = [0xa431, 0xa435];
/// Of DNG.
const CAMERA_SERIAL: u16 = 0xc62f;

fn of_exif(bytes: &[u8]) -> Private {
    let Some(tiff) = Tiff::new(bytes) else { return Private::default() };
    let mut private = Private::default();
    for entry in tiff.first() {
        match entry.tag {
            GPS => {
                let mut gps = tiff.folder(entry);
                // Cameras that find no place write noughts.
                let is_place = |value: &[u8]| value.iter().any(|byte| *byte != 0);
                private.position |= gps
                    .any(|entry| matches!(entry.tag, LATITUDE | LONGITUDE) && tiff.value(entry).is_some_and(is_place));
            }
            EXIF_TAGS => {
                for entry in tiff.folder(entry) {
                    private.serial |= SERIALS.contains(&entry.tag) && tiff.says(entry);
                    private.owner |= entry.tag == OWNER && tiff.says(entry);
                }
            }
            CAMERA_SERIAL => private.serial |= tiff.says(entry),
            _ => {}
        }
    }
    private
}

#[cfg(test)]
mod tests;
