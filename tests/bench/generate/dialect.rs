//! How cells become bytes of a file.

use memchr::{memchr, memchr3};

/// How a file is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dialect {
    /// Between cells.
    pub delimiter: u8,
    /// Quotes around every cell, not only where they are needed.
    pub quote_all: bool,
    /// Lines end in CR LF instead of LF.
    pub crlf: bool,
    /// The file begins with a UTF-8 byte order mark.
    pub bom: bool,
}

impl Dialect {
    /// Commas, quotes where needed, LF, no mark.
    pub const PLAIN: Self = Self { delimiter: b',', quote_all: false, crlf: false, bom: false };

    /// What ends a record.
    #[must_use]
    pub fn ending(self) -> &'static [u8] {
        if self.crlf { b"\r\n" } else { b"\n" }
    }

    /// Writes one cell as stored.
    pub fn write_cell(self, text: &[u8], out: &mut Vec<u8>) {
        let quotes = memchr3(b'"', b'\n', b'\r', text).is_some();
        if !(self.quote_all || quotes || memchr(self.delimiter, text).is_some()) {
            return out.extend_from_slice(text);
        }
        out.push(b'"');
        if quotes {
            for &byte in text {
                if byte == b'"' {
                    out.push(b'"');
                }
                out.push(byte);
            }
        } else {
            out.extend_from_slice(text);
        }
        out.push(b'"');
    }
}
