//! A picture without its notes. What is needed to show it stays (its profile, how it is turned), and so does whose work it is.

use img_parts::jpeg::Jpeg;
use img_parts::png::Png;
use img_parts::webp::{CHUNK_EXIF, CHUNK_XMP, WebP};
use img_parts::{Bytes, ImageEXIF};

use super::super::jpeg_scan;
use super::tiff::{Tiff, written};
use super::{Format, TIFF_STARTS, found, notes};

/// Tags of Exif that stay.
const ORIENTATION: u16 = 0x0112;
const ARTIST: u16 = 0x013b;
const COPYRIGHT: u16 = 0x8298;
/// As it is stored.
const UPRIGHT: u16 = 1;

/// Segments of a JPEG by their second byte (ITU-T T.81, B.1): `APP1` to `APP15`, and remarks.
const NOTES: std::ops::RangeInclusive<u8> = 0xe1..=0xef;
const REMARK: u8 = 0xfe;
/// Those of them without which its colours are others: profiles, and how colours are stored.
const PROFILE: (u8, &[u8]) = (0xe2, b"ICC_PROFILE\0");
const ADOBE: (u8, &[u8]) = (0xee, b"Adobe");

/// Chunks of a PNG with notes.
const PNG_NOTES: [&[u8; 4]; 5] = [b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME"];

/// The picture `bytes` without its notes; none if its format is not taken apart here, or it is not whole.
pub fn strip(format: Format, bytes: &[u8]) -> Option<Vec<u8>> {
    let kept = kept(format, bytes).map(Bytes::from);
    let all = Bytes::copy_from_slice(bytes);
    Some(match format {
        Format::Jpeg => {
            let mut picture = Jpeg::from_bytes(all).ok()?;
            picture.segments_mut().retain(|segment| {
                let is =
                    |(marker, start): (u8, &[u8])| segment.marker() == marker && segment.contents().starts_with(start);
                let is_note = NOTES.contains(&segment.marker()) || segment.marker() == REMARK;
                !is_note || is(PROFILE) || is(ADOBE)
            });
            picture.set_exif(kept);
            let mut bytes = picture.encoder().bytes().to_vec();
            // What follows the end is shown by nothing: previews, a second picture, a film.
            bytes.truncate(end_of_jpeg(&bytes)?);
            bytes
        }
        Format::Png => {
            let mut picture = Png::from_bytes(all).ok()?;
            picture.chunks_mut().retain(|chunk| !PNG_NOTES.contains(&&chunk.kind()));
            picture.set_exif(kept);
            picture.encoder().bytes().to_vec()
        }
        Format::WebP => {
            let mut picture = WebP::from_bytes(all).ok()?;
            picture.remove_chunks_by_id(CHUNK_XMP);
            picture.remove_chunks_by_id(CHUNK_EXIF);
            picture.set_exif(kept);
            picture.encoder().bytes().to_vec()
        }
        Format::Gif | Format::Avif | Format::Svg => return None,
    })
}

/// Exif with what is to stay; none if there is nothing.
fn kept(format: Format, bytes: &[u8]) -> Option<Vec<u8>> {
    let exif = notes(format, bytes).into_iter().find_map(|note| {
        let at = TIFF_STARTS.iter().filter_map(|start| found(note, start).next()).min()?;
        Tiff::new(&note[at..])
    })?;
    let of = |wanted: u16| exif.first().find(|entry| entry.tag == wanted);
    let orientation = of(ORIENTATION).and_then(|entry| exif.number(entry)).filter(|n| *n != UPRIGHT);
    let text = |tag: u16| {
        let entry = of(tag).filter(|entry| exif.says(*entry))?;
        Some((tag, exif.value(entry)?.to_vec()))
    };
    let texts: Vec<(u16, Vec<u8>)> = [ARTIST, COPYRIGHT].into_iter().filter_map(text).collect();
    let is_any = orientation.is_some() || !texts.is_empty();
    is_any.then(|| written(orientation.map(|orientation| (ORIENTATION, orientation)), &texts))
}

/// Where the picture ends: behind the first end that is one, and not a part of a segment.
fn end_of_jpeg(bytes: &[u8]) -> Option<usize> {
    let mut at = bytes.len() - jpeg_scan(bytes)?.len();
    loop {
        at += bytes.get(at..)?.iter().position(|byte| *byte == 0xff)?;
        at = match *bytes.get(at + 1)? {
            0xd9 => return Some(at + 2),
            // A byte of the picture, a fresh start in it, fill.
            0x00 | 0x01 | 0xd0..=0xd8 => at + 2,
            0xff => at + 1,
            _ => {
                let length = u16::from_be_bytes(*bytes.get(at + 2..)?.first_chunk()?);
                at + 2 + usize::from(length.max(2))
            }
        };
    }
}
