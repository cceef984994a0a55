//! The first bytes of a file: what it is, and where its header begins.

use crate::source::Encoding;

/// What the first bytes say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Text that may be CSV, behind a UTF-8 byte order mark or not.
    Text { marked: bool },
    /// UTF-16, behind a byte order mark or not.
    Utf16 { encoding: Encoding, marked: bool },
    /// Something else.
    Other(&'static str),
}

/// What Git LFS keeps in git in place of a file.
const LFS_POINTER: &str = "a pointer of Git LFS, which stands in git in place of the file";

/// Bytes that are looked at.
pub(super) const LOOK: usize = 8 * 1024;

/// What a file of these first bytes is.
pub(crate) fn kind(head: &[u8]) -> Kind {
    if head.starts_with(b"\xef\xbb\xbf") {
        return Kind::Text { marked: true };
    }
    if head.starts_with(b"\xff\xfe\0\0") || head.starts_with(b"\0\0\xfe\xff") {
        return Kind::Other("text in UTF-32");
    }
    if head.starts_with(b"\xff\xfe") {
        return Kind::Utf16 { encoding: Encoding::LittleEndian, marked: true };
    }
    if head.starts_with(b"\xfe\xff") {
        return Kind::Utf16 { encoding: Encoding::BigEndian, marked: true };
    }
    if head.starts_with(b"version https://git-lfs.github.com/spec/") {
        return Kind::Other(LFS_POINTER);
    }
    if let Some(other) = signature(head).or_else(|| markup(head)) {
        return Kind::Other(other);
    }
    match zeros(head) {
        (0, 0) if !is_binary(head) => Kind::Text { marked: false },
        (even, odd) if odd > 0 && even * 8 <= odd && odd * 5 >= head.len() => {
            Kind::Utf16 { encoding: Encoding::LittleEndian, marked: false }
        }
        (even, odd) if even > 0 && odd * 8 <= even && even * 5 >= head.len() => {
            Kind::Utf16 { encoding: Encoding::BigEndian, marked: false }
        }
        (even, odd) if (even + odd) * 20 > head.len() || is_binary(head) => Kind::Other("a binary file"),
        _ => Kind::Text { marked: false },
    }
}

/// File signatures ("magic numbers") of what people rename to `.csv`.
fn signature(head: &[u8]) -> Option<&'static str> {
    const SIGNATURES: [(&[u8], &str); 9] = [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an Excel workbook of the old kind (.xls) or another Office document"),
        (b"%PDF-", "a PDF document"),
        (b"\x1f\x8b", "a gzip archive"),
        (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
        (b"\x28\xb5\x2f\xfd", "a zstd archive"),
        (b"BZh", "a bzip2 archive"),
        (b"\x89PNG\r\n", "a picture"),
        (b"SQLite format 3\0", "a database"),
        (b"PAR1", "a Parquet file"),
    ];
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        let holds = |name: &[u8]| memchr::memmem::find(head, name).is_some();
        let workbook = holds(b"[Content_Types].xml") || holds(b"xl/") || holds(b"_rels/.rels");
        return Some(if workbook { "an Excel workbook (.xlsx)" } else { "a zip archive" });
    }
    SIGNATURES.iter().find(|(bytes, _)| head.starts_with(bytes)).map(|(_, name)| *name)
}

/// HTML, XML and JSON, by how they begin.
fn markup(head: &[u8]) -> Option<&'static str> {
    let text = head.trim_ascii_start();
    let begins = |with: &[u8]| text.get(..with.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(with));
    if begins(b"<!doctype html") || begins(b"<html") || begins(b"<table") || begins(b"<head") || begins(b"<body") {
        return Some("an HTML page");
    }
    if begins(b"<?xml") || (begins(b"<") && memchr::memmem::find(text, b"</").is_some()) {
        return Some("an XML document");
    }
    let (first, rest) = text.split_first()?;
    let next = rest.trim_ascii_start().first();
    match (first, next) {
        (b'{', Some(b'"' | b'}')) | (b'[', Some(b'{' | b'[' | b'"' | b']')) => Some("a JSON document"),
        _ => None,
    }
}

/// Zero bytes at even and at odd places.
fn zeros(head: &[u8]) -> (usize, usize) {
    let at = |parity: usize| head.iter().skip(parity).step_by(2).filter(|byte| **byte == 0).count();
    (at(0), at(1))
}

/// Whether so many control characters stand here that this is no text in any encoding.
fn is_binary(head: &[u8]) -> bool {
    let control = |byte: &&u8| **byte < b' ' && !matches!(**byte, b'\t' | b'\n' | b'\r' | 0x0b | 0x0c | 0x1a | 0x1b);
    head.len() >= 16 && head.iter().filter(control).count() * 10 > head.len()
}

#[cfg(test)]
mod tests {
    use super::{Kind, kind};
    use crate::source::Encoding;

    #[test]
    fn what_people_rename_to_csv_is_recognised() {
        for (head, name) in [
            (&b"PK\x03\x04\x14\0\x06\0[Content_Types].xml"[..], "an Excel workbook (.xlsx)"),
            (b"PK\x03\x04\x14\0\0\0hr.csv", "a zip archive"),
            (
                b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0",
                "an Excel workbook of the old kind (.xls) or another Office document",
            ),
            (b"\r\n<!DOCTYPE html><html>", "an HTML page"),
            (b"<?xml version=\"1.0\"?><x/>", "an XML document"),
            (b"[ {\"EmailAddress\": 1}]", "a JSON document"),
            (b"{\n  \"rows\": []}", "a JSON document"),
            (
                b"version https://git-lfs.github.com/spec/v1\noid sha256:4d7a2146\nsize 12345\n",
                "a pointer of Git LFS, which stands in git in place of the file",
            ),
            (b"\x01\x02\x03\x04\x05\x06\x07\x08\x01\x02\x03\x04\x05\x06\x07\x08", "a binary file"),
        ] {
            assert_eq!(kind(head), Kind::Other(name));
        }
    }

    #[test]
    fn text_is_text() {
        for head in ["EmailAddress,ResignationDate", "\"EmailAddress\"", "[Name],x", "<empty>,a", "", "{a},b", "BZ,h"] {
            assert_eq!(kind(head.as_bytes()), Kind::Text { marked: false }, "{head}");
        }
        assert_eq!(kind(b"\xef\xbb\xbfEmail"), Kind::Text { marked: true });
        assert_eq!(kind(b"a,b\n1,\0\n2,3 and much more text so that one NUL is a slip"), Kind::Text { marked: false });
    }

    #[test]
    fn utf16_is_seen_with_and_without_its_mark() {
        let little: Vec<u8> = "EmailAddress,Date\r\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = "EmailAddress,Date\r\n".encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(kind(&little), Kind::Utf16 { encoding: Encoding::LittleEndian, marked: false });
        assert_eq!(kind(&big), Kind::Utf16 { encoding: Encoding::BigEndian, marked: false });
        assert_eq!(kind(b"\xff\xfea\0"), Kind::Utf16 { encoding: Encoding::LittleEndian, marked: true });
    }
}
