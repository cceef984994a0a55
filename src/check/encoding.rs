//! In which encoding a file is read, given what its first bytes say and what the mapping declares.

use super::head::{Kind, LOOK};
use crate::mapping::Encoding;
use crate::rules::Observed;
use crate::source;

/// How a file's bytes become UTF-8.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Reading {
    /// What they are decoded from; `None`: they are UTF-8, or are judged as if they were.
    pub(super) decoding: Option<source::Encoding>,
    /// Where the text begins, behind a byte order mark.
    pub(super) begin: u64,
    /// The rule that has something to say about that, and what.
    pub(super) oddity: Option<(&'static str, Observed)>,
}

/// How to read a file that begins with `head`; an error says what else it is.
pub(super) fn reading(kind: Kind, declared: Encoding, head: &[u8]) -> Result<Reading, &'static str> {
    let mismatch =
        |found| Some(("encoding-declared-mismatch", Observed::OtherEncoding { declared: declared.title(), found }));
    let (decoding, begin, oddity) = match (kind, declared) {
        (Kind::Other(what), _) => return Err(what),
        (Kind::Utf16 { encoding, marked }, _) => {
            let little_endian = encoding == source::Encoding::LittleEndian;
            let oddity = match declared {
                Encoding::Utf8 => Some(("utf16-encoding", Observed::Utf16 { little_endian, marked })),
                Encoding::Utf16 => None,
                Encoding::Windows1252 => mismatch(Encoding::Utf16.title()),
            };
            (Some(encoding), if marked { 2 } else { 0 }, oddity)
        }
        (Kind::Text { marked: false }, Encoding::Utf8) => (None, 0, None),
        (Kind::Text { marked: true }, Encoding::Utf8) => (None, 3, Some(("utf8-bom", Observed::ByteOrderMark))),
        (Kind::Text { marked: true }, _) => (None, 3, mismatch(Encoding::Utf8.title())),
        (Kind::Text { .. }, Encoding::Utf16) => (None, 0, mismatch(Encoding::Utf8.title())),
        (Kind::Text { .. }, Encoding::Windows1252) if has_utf8(head) => (None, 0, mismatch(Encoding::Utf8.title())),
        (Kind::Text { .. }, Encoding::Windows1252) => (Some(source::Encoding::Windows1252), 0, None),
    };
    Ok(Reading { decoding, begin, oddity })
}

/// Whether there are letters beyond ASCII, all of them UTF-8. The last may be cut off.
fn has_utf8(head: &[u8]) -> bool {
    let valid = match str::from_utf8(head) {
        Ok(text) => text.len(),
        Err(error) if error.error_len().is_none() && head.len() >= LOOK => error.valid_up_to(),
        Err(_) => return false,
    };
    !head[..valid].is_ascii()
}

#[cfg(test)]
mod tests {
    use super::{Reading, reading};
    use crate::check::head::kind;
    use crate::mapping::Encoding::{Utf8, Utf16, Windows1252};

    fn read(bytes: &[u8], declared: crate::mapping::Encoding) -> Reading {
        reading(kind(bytes), declared, bytes).expect("it is text")
    }

    #[test]
    fn bytes_are_compared_with_what_is_declared() {
        let wide: Vec<u8> = "EmailAddress,Date\r\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let files: [&[u8]; 5] = [b"plain", "Müller".as_bytes(), b"M\xfcller", "\u{feff}Name".as_bytes(), &wide];
        let rules = |declared| files.map(|bytes| read(bytes, declared).oddity.map_or("", |(rule, _)| rule));
        let mismatch = "encoding-declared-mismatch";
        assert_eq!(rules(Utf8), ["", "", "", "utf8-bom", "utf16-encoding"]);
        assert_eq!(rules(Utf16), [mismatch, mismatch, mismatch, mismatch, ""]);
        assert_eq!(rules(Windows1252), ["", mismatch, "", mismatch, mismatch]);
    }

    #[test]
    fn a_file_that_does_not_fit_is_read_as_what_it_seems_to_be() {
        assert_eq!(read("Müller".as_bytes(), Windows1252).decoding, None);
        assert_eq!(read(b"M\xfcller", Windows1252).decoding, Some(crate::source::Encoding::Windows1252));
        assert_eq!(read(b"plain", Utf16).decoding, None);
    }
}
