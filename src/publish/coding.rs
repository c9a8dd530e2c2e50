//! Texts compressed for a place, and as they were. Owns the two codings; does not know which place wants one.

use std::io::{self, Read, Write};

use crate::config::Coding;

/// What is unpacked has no more bytes than this.
const MOST: u64 = 1 << 30;
/// Of the eleven the last that is not many times as slow.
const BROTLI_QUALITY: i32 = 9;
const BROTLI_WINDOW: i32 = 22;
const BUFFER: usize = 64 * 1024;

/// The bytes compressed, which readers' programs unpack. The same bytes give the same.
pub fn compressed(coding: Coding, bytes: &[u8]) -> io::Result<Vec<u8>> {
    match coding {
        Coding::Gzip => {
            let mut gzip = flate2::GzBuilder::new().write(Vec::new(), flate2::Compression::new(8));
            gzip.write_all(bytes)?;
            gzip.finish()
        }
        Coding::Brotli => {
            let params = brotli::enc::BrotliEncoderParams {
                quality: BROTLI_QUALITY,
                lgwin: BROTLI_WINDOW,
                size_hint: bytes.len(),
                ..Default::default()
            };
            let mut packed = Vec::new();
            brotli::BrotliCompress(&mut &*bytes, &mut packed, &params)?;
            Ok(packed)
        }
    }
}

/// The bytes of a text that was compressed so; none if they are not.
pub fn unpacked(coding: Coding, bytes: &[u8]) -> Option<Vec<u8>> {
    let mut plain = Vec::new();
    let read = match coding {
        Coding::Gzip => flate2::read::GzDecoder::new(bytes).take(MOST).read_to_end(&mut plain),
        Coding::Brotli => brotli::Decompressor::new(bytes, BUFFER).take(MOST).read_to_end(&mut plain),
    };
    read.is_ok().then_some(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_compressed_is_shorter_and_comes_back() {
        let text = "a passage of an essay, ".repeat(200);
        for coding in [Coding::Gzip, Coding::Brotli] {
            let packed = compressed(coding, text.as_bytes()).unwrap_or_default();
            assert!(!packed.is_empty() && packed.len() * 10 < text.len(), "{coding:?}: {}", packed.len());
            assert_eq!(unpacked(coding, &packed).as_deref(), Some(text.as_bytes()), "{coding:?}");
            assert_eq!(unpacked(coding, text.as_bytes()), None, "{coding:?}");
        }
    }
}
