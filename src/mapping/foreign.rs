//! Files that were given as a mapping by mistake. They may be exports full of people's data, so nothing of them is shown.

/// What a file that is surely no mapping looks like; `None` for what begins like one. Any encoding will do.
pub(super) fn looks(bytes: &[u8]) -> Option<&'static str> {
    // Byte order marks and the empty halves of UTF-16 are passed over.
    let marks = |byte: &u8| matches!(byte, 0 | 0xef | 0xbb | 0xbf | 0xff | 0xfe);
    let mut said = bytes.iter().filter(|byte| !marks(byte)).skip_while(|byte| byte.is_ascii_whitespace()).peekable();
    let first = said.peek().copied();
    let cells = said.take_while(|byte| **byte != b'\n').any(|byte| matches!(byte, b',' | b';' | b'\t' | b'|'));
    match first {
        Some(b'{') => None,
        None => Some("is empty"),
        Some(b'P') if bytes.starts_with(b"PK\x03\x04") => Some("looks like an Excel workbook"),
        Some(b'<') => Some("looks like XML or HTML"),
        Some(_) if cells => Some("looks like a CSV file"),
        Some(b'[') => Some("looks like a list; a mapping begins with `{`"),
        Some(_) => Some("does not begin with `{`"),
    }
}

/// Whether the text around a mistake may be shown. A cell may begin with `{`, and data may be JSON too: only what has a key
/// of a mapping is taken for one.
pub(super) fn may_be_shown(text: &str) -> bool {
    ["\"version\"", "\"scenarios\""].iter().any(|key| text.contains(key))
}

#[cfg(test)]
mod tests {
    use super::looks;

    #[test]
    fn what_is_no_mapping_is_named() {
        assert_eq!(looks(b"\xef\xbb\xbf \r\n{ \"scenarios\""), None);
        assert_eq!(looks(b"\xff\xfe{\0\"\0"), None);
        assert_eq!(looks(b"\xff\xfea\0;\0b\0"), Some("looks like a CSV file"));
        assert_eq!(looks(b"\"a\",\"b\"\n"), Some("looks like a CSV file"));
        assert_eq!(looks(b"PK\x03\x04\x14\0"), Some("looks like an Excel workbook"));
        assert_eq!(looks(b"<html>"), Some("looks like XML or HTML"));
        assert_eq!(looks(b" \n"), Some("is empty"));
        assert_eq!(looks(b"12"), Some("does not begin with `{`"));
    }
}
