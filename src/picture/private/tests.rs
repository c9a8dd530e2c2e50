use super::tiff::written;
use super::*;

const LETTERS: [&[u8]; 2] = [b"Exif\0\0", b"http://ns.adobe.com/xap/1.0/\0"];

/// Entries: tag, kind, count, value.
type Entries<'a> = &'a [(u16, u16, u32, [u8; 4])];

/// A block of Exif with a folder at each of these tags that has these entries.
fn exif(folders: &[(u16, Entries<'_>)]) -> Vec<u8> {
    let mut block = b"II*\0\x08\0\0\0".to_vec();
    let count = u16::try_from(folders.len()).unwrap_or_default();
    block.extend(count.to_le_bytes());
    let mut at = 8 + 2 + 12 * folders.len() + 4;
    for (tag, entries) in folders {
        block.extend(tag.to_le_bytes());
        block.extend([4, 0, 1, 0, 0, 0]);
        block.extend(u32::try_from(at).unwrap_or_default().to_le_bytes());
        at += 2 + 12 * entries.len() + 4;
    }
    block.extend([0; 4]);
    for (_, entries) in folders {
        block.extend(u16::try_from(entries.len()).unwrap_or_default().to_le_bytes());
        for (tag, kind, count, value) in *entries {
            block.extend(tag.to_le_bytes());
            block.extend(kind.to_le_bytes());
            block.extend(count.to_le_bytes());
            block.extend(value);
        }
        block.extend([0; 4]);
    }
    block
}

fn position(value: [u8; 4]) -> Vec<u8> {
    exif(&[(GPS, &[(LATITUDE, 7, 4, value)])])
}

fn jpeg(notes: &[(u8, Vec<u8>)]) -> Vec<u8> {
    let mut bytes = vec![0xff, 0xd8];
    for (marker, content) in notes {
        bytes.extend([0xff, *marker]);
        bytes.extend(u16::try_from(content.len() + 2).unwrap_or_default().to_be_bytes());
        bytes.extend(content);
    }
    bytes.extend([0xff, 0xda, 0, 2, 1, 2, 0xff, 0, 0xff, 0xd9]);
    bytes
}

#[test]
fn what_exif_and_xmp_tell_is_found() {
    let of = |notes: &[(u8, Vec<u8>)]| private(Format::Jpeg, &jpeg(notes));
    let with = |block: Vec<u8>| (0xe1, [LETTERS[0], &block].concat());
    let xmp = |text: &str| (0xe1, [LETTERS[1], text.as_bytes()].concat());
    let none = Private::default();
    assert_eq!(of(&[with(position([1, 2, 3, 4]))]), Private { position: true, ..none });
    assert_eq!(of(&[with(position([0; 4]))]), none);
    let camera = |tag: u16, text: &[u8; 4]| exif(&[(EXIF_TAGS, &[(tag, 2, 4, *text)])]);
    assert_eq!(of(&[with(camera(0xa431, b"123\0"))]), Private { serial: true, ..none });
    assert_eq!(of(&[with(camera(0xa435, b"L9\0\0"))]), Private { serial: true, ..none });
    assert_eq!(of(&[with(camera(0xa431, b"  0\0"))]), none);
    assert_eq!(of(&[with(camera(OWNER, b"Ann\0"))]), Private { owner: true, ..none });
    assert_eq!(of(&[xmp("<rdf exif:GPSLatitude=\"52,30N\"/>")]), Private { position: true, ..none });
    assert_eq!(of(&[xmp("<aux:SerialNumber>1</aux:SerialNumber>")]), Private { serial: true, ..none });
    assert_eq!(of(&[with(written(Some((0x112, 6)), &[(0x8298, b"(c) Ann".to_vec())]))]), none);
    assert_eq!(of(&[]), none);
    let both = Private { position: true, serial: true, owner: true };
    assert_eq!(both.words(), "where it was made, the serial number of the device and whose the camera is");
}

#[test]
fn blocks_that_are_cut_or_lead_in_circles_are_read_as_far_as_they_go() {
    let whole = position([1, 2, 3, 4]);
    for n in 0..whole.len() {
        let _ = private_photograph(&whole[..n]);
    }
    let mut circle = whole.clone();
    // The folder of the position is the first one.
    circle[18..22].copy_from_slice(&8_u32.to_le_bytes());
    assert_eq!(private_photograph(&circle), Private::default());
    assert!(private_photograph(&[b"xx".as_slice(), &whole].concat()).position);
}

#[test]
fn what_is_needed_to_show_a_picture_stays_and_its_notes_go() {
    let block = written(Some((0x112, 6)), &[(0x8298, b"(c) Ann\0".to_vec()), (0x13b, b"Ann\0".to_vec())]);
    let profile = [b"ICC_PROFILE\0".as_slice(), b"\x01\x01colours"].concat();
    let whole = jpeg(&[
        (0xe0, b"JFIF\0".to_vec()),
        (0xe1, [LETTERS[0], &block].concat()),
        (0xe1, [LETTERS[1], b"GPSLatitude"].concat()),
        (0xe2, profile.clone()),
        (0xe2, b"MPF\0II*\0".to_vec()),
        (0xed, b"Photoshop 3.0\0city".to_vec()),
        (0xee, b"Adobe\0".to_vec()),
        (0xfe, b"a remark".to_vec()),
    ]);
    let whole = [whole, b"a film, with GPSLatitude".to_vec()].concat();
    let stripped = strip(Format::Jpeg, &whole).unwrap_or_default();
    assert_eq!(
        stripped,
        jpeg(&[
            (0xe0, b"JFIF\0".to_vec()),
            (0xe1, [LETTERS[0], &block].concat()),
            (0xe2, profile),
            (0xee, b"Adobe\0".to_vec()),
        ])
    );
    assert_eq!(strip(Format::Jpeg, &stripped), Some(stripped.clone()));
    assert_eq!(strip(Format::Jpeg, &whole[..whole.len() - 30]), None, "it is not whole");
    assert_eq!(strip(Format::Avif, &whole), None);
}
