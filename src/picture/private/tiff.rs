//! The entries of Exif, which is kept as a TIFF file is (TIFF 6.0, 2). Knows their form, not what they mean.

/// The most entries of one folder that are looked at.
const MOST_ENTRIES: usize = 1_000;
/// Bytes that an entry takes.
const ENTRY: usize = 12;

/// A block of Exif.
#[derive(Clone, Copy, Debug)]
pub struct Tiff<'a> {
    bytes: &'a [u8],
    is_big_endian: bool,
}

/// One entry.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    pub tag: u16,
    kind: u16,
    count: u32,
    /// Where its last four bytes are: the value, or where that is.
    at: usize,
}

/// Text, in the numbers of the format.
const ASCII: u16 = 2;

impl<'a> Tiff<'a> {
    /// None if `bytes` does not begin as one.
    pub fn new(bytes: &'a [u8]) -> Option<Self> {
        let is_big_endian = match bytes.get(..4)? {
            b"II*\0" => false,
            b"MM\0*" => true,
            _ => return None,
        };
        Some(Self { bytes, is_big_endian })
    }

    fn short(self, at: usize) -> Option<u16> {
        let bytes = *self.bytes.get(at..)?.first_chunk()?;
        Some(if self.is_big_endian { u16::from_be_bytes(bytes) } else { u16::from_le_bytes(bytes) })
    }

    fn long(self, at: usize) -> Option<u32> {
        let bytes = *self.bytes.get(at..)?.first_chunk()?;
        Some(if self.is_big_endian { u32::from_be_bytes(bytes) } else { u32::from_le_bytes(bytes) })
    }

    /// The entries of the first folder.
    pub fn first(self) -> impl Iterator<Item = Entry> + use<'a> {
        self.entries(self.long(4))
    }

    /// Those of the folder that `entry` leads to.
    pub fn folder(self, entry: Entry) -> impl Iterator<Item = Entry> + use<'a> {
        self.entries(self.long(entry.at))
    }

    fn entries(self, at: Option<u32>) -> impl Iterator<Item = Entry> + use<'a> {
        let at = at.and_then(|at| usize::try_from(at).ok());
        let count = at.and_then(|at| self.short(at)).map_or(0, usize::from).min(MOST_ENTRIES);
        (0..count).map_while(move |n| {
            let at = at?.checked_add(2 + n * ENTRY)?;
            Some(Entry { tag: self.short(at)?, kind: self.short(at + 2)?, count: self.long(at + 4)?, at: at + 8 })
        })
    }

    /// The bytes of the value; none if they are not there.
    pub fn value(self, entry: Entry) -> Option<&'a [u8]> {
        let size = match entry.kind {
            1 | ASCII | 6 | 7 => 1,
            3 | 8 => 2,
            5 | 10 | 12 => 8,
            _ => 4,
        };
        let length = usize::try_from(entry.count).ok()?.checked_mul(size)?;
        let at = if length <= 4 { entry.at } else { usize::try_from(self.long(entry.at)?).ok()? };
        self.bytes.get(at..at.checked_add(length)?)
    }

    /// Whether the value is a text that says something: some cameras write spaces, noughts or NULs.
    pub fn says(self, entry: Entry) -> bool {
        entry.kind == ASCII
            && self.value(entry).is_some_and(|text| text.iter().any(|byte| !matches!(byte, 0 | b' ' | b'0' | b'-')))
    }

    /// A value of one small number.
    pub fn number(self, entry: Entry) -> Option<u16> {
        (entry.kind == 3 && entry.count == 1).then(|| self.short(entry.at)).flatten()
    }
}

/// A block of Exif with these entries: a number, or a text.
pub fn written(number: Option<(u16, u16)>, texts: &[(u16, Vec<u8>)]) -> Vec<u8> {
    let count = texts.len() + usize::from(number.is_some());
    let mut values = Vec::new();
    let start = 8 + 2 + count * ENTRY + 4;
    let mut block = b"MM\0*\0\0\0\x08".to_vec();
    let short = |n: usize| u16::try_from(n).unwrap_or(u16::MAX).to_be_bytes();
    let long = |n: usize| u32::try_from(n).unwrap_or(u32::MAX).to_be_bytes();
    block.extend(short(count));
    let mut entries: Vec<(u16, Vec<u8>)> = Vec::new();
    if let Some((tag, number)) = number {
        entries.push((tag, [&short(3)[..], &long(1), &number.to_be_bytes(), &[0, 0]].concat()));
    }
    for (tag, text) in texts {
        let mut text = text.clone();
        text.truncate(text.iter().position(|byte| *byte == 0).unwrap_or(text.len()));
        text.push(0);
        let place = if text.len() <= 4 {
            let mut inside = text.clone();
            inside.resize(4, 0);
            inside
        } else {
            long(start + values.len()).to_vec()
        };
        entries.push((*tag, [&short(usize::from(ASCII))[..], &long(text.len()), &place].concat()));
        if text.len() > 4 {
            values.extend(&text);
            // Values begin at even places.
            values.extend(std::iter::repeat_n(0, values.len() % 2));
        }
    }
    entries.sort_by_key(|(tag, _)| *tag);
    for (tag, rest) in entries {
        block.extend(tag.to_be_bytes());
        block.extend(rest);
    }
    block.extend([0; 4]);
    block.extend(values);
    block
}
