//! Messages out of bytes, and back. Knows how they are framed; not what they say.

use std::io::{self, BufRead, Read, Write};

use lsp_server::Message;

/// The longest line of a header that is read.
const MAX_HEADER: u64 = 8 * 1024;
/// The largest message that is read: texts are smaller.
const MAX_MESSAGE: u64 = 64 << 20;

/// What came in.
#[derive(Debug)]
pub enum Incoming {
    Message(Message),
    /// Something that is no message, and why. What follows it can be read.
    Malformed(String),
}

/// Reads the next message; none at the end, even in the middle of one.
pub fn read(input: &mut impl BufRead) -> io::Result<Option<Incoming>> {
    let mut size: Option<u64> = None;
    loop {
        let mut line = Vec::new();
        input.take(MAX_HEADER).read_until(b'\n', &mut line)?;
        if !line.ends_with(b"\n") {
            return match line.len() as u64 == MAX_HEADER {
                true => malformed("a line of its header is too long"),
                false => Ok(None),
            };
        }
        let line = String::from_utf8_lossy(&line);
        let line = line.trim_end();
        if line.is_empty() {
            break;
        }
        let Some((name, value)) = line.split_once(':') else { return malformed("its header is none") };
        if name.trim().eq_ignore_ascii_case("content-length") {
            size = value.trim().parse().ok();
        }
    }
    let Some(size) = size else { return malformed("its header has no length") };
    let mut body = input.take(size);
    if size > MAX_MESSAGE {
        io::copy(&mut body, &mut io::sink())?;
        return malformed(&format!("it is larger than {} MB", MAX_MESSAGE >> 20));
    }
    let mut bytes = Vec::new();
    body.read_to_end(&mut bytes)?;
    if (bytes.len() as u64) < size {
        return Ok(None);
    }
    match serde_json::from_slice(&bytes) {
        Ok(message) => Ok(Some(Incoming::Message(message))),
        Err(error) => malformed(&error.to_string()),
    }
}

fn malformed(why: &str) -> io::Result<Option<Incoming>> {
    Ok(Some(Incoming::Malformed(format!("a message could not be read: {why}"))))
}

/// Writes messages until there are no more, or whoever reads them is gone.
pub fn write_all(mut output: impl Write, messages: impl IntoIterator<Item = Message>) {
    for message in messages {
        if message.write(&mut output).is_err() {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(bytes: &[u8]) -> Vec<String> {
        let mut input = io::Cursor::new(bytes);
        let mut found = Vec::new();
        while let Ok(Some(incoming)) = read(&mut input) {
            found.push(match incoming {
                Incoming::Message(Message::Notification(notification)) => notification.method,
                Incoming::Message(other) => format!("{other:?}"),
                Incoming::Malformed(why) => why,
            });
        }
        found
    }

    fn framed(body: &str) -> String {
        format!("Content-Length: {}\r\n\r\n{body}", body.len())
    }

    const A: &str = r#"{"jsonrpc":"2.0","method":"a"}"#;

    #[test]
    fn what_follows_a_message_that_is_none_is_read() {
        let bytes = [framed(A), framed("{"), "no header\r\n".to_owned(), framed("[]"), framed(A)].concat();
        let found = all(bytes.as_bytes());
        assert_eq!((found[0].as_str(), found.last().map(String::as_str)), ("a", Some("a")));
        let malformed = found.iter().filter(|words| words.starts_with("a message could not be read"));
        assert_eq!(malformed.count(), 3, "{found:?}");
    }

    #[test]
    fn headers_are_read_in_any_case_and_order_and_half_a_message_is_none() {
        let bytes = format!("Content-Type: x\r\ncontent-length: {}\r\n\r\n{A}", A.len());
        assert_eq!(all(bytes.as_bytes()), ["a"]);
        for cut in [5, bytes.len() - 1] {
            assert_eq!(all(&bytes.as_bytes()[..cut]), [""; 0], "{cut}");
        }
    }

    #[test]
    fn what_is_too_large_is_skipped() {
        let long = format!("X: {}\r\n", "x".repeat(MAX_HEADER as usize));
        let found = all([long, framed(A)].concat().as_bytes());
        assert_eq!(found[0], "a message could not be read: a line of its header is too long");
        assert_eq!(found.last().map(String::as_str), Some("a"));
        let size = MAX_MESSAGE + 1;
        let header = format!("Content-Length: {size}\r\n\r\n");
        let bytes = header.as_bytes().chain(io::repeat(b' ').take(size)).chain(io::Cursor::new(framed(A)));
        let mut input = io::BufReader::new(bytes);
        assert!(matches!(read(&mut input), Ok(Some(Incoming::Malformed(why))) if why.contains("larger than 64 MB")));
        assert!(matches!(read(&mut input), Ok(Some(Incoming::Message(_)))));
    }
}
