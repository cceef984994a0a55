//! Cells as they are written.

/// A cell's text as it is written: quoted where it was, or where it must be.
pub(in crate::check) fn written(text: &str, quoted: bool, delimiter: u8) -> String {
    let mut out = Vec::with_capacity(text.len() + 2);
    write(&mut out, text.as_bytes(), quoted, delimiter);
    String::from_utf8(out).expect("quotes put into UTF-8 leave it UTF-8")
}

/// Whether a cell of that content must stand in quotes.
fn needs_quotes(text: &[u8], delimiter: u8) -> bool {
    memchr::memchr3(delimiter, b'"', b'\n', text).is_some() || memchr::memchr(b'\r', text).is_some()
}

/// Writes a cell's content. Returns whether it stands in quotes.
pub(super) fn write(out: &mut Vec<u8>, text: &[u8], quoted: bool, delimiter: u8) -> bool {
    if !quoted && !needs_quotes(text, delimiter) {
        out.extend_from_slice(text);
        return false;
    }
    out.push(b'"');
    let mut rest = text;
    while let Some(at) = memchr::memchr(b'"', rest) {
        out.extend_from_slice(&rest[..=at]);
        out.push(b'"');
        rest = &rest[at + 1..];
    }
    out.extend_from_slice(rest);
    out.push(b'"');
    true
}
