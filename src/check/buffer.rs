//! A reused buffer that holds a piece of a source.

use std::io;

use crate::scan::Piece;
use crate::source::Source;

/// Bytes of a source from `base` on, with the padding that scanning needs.
#[derive(Default)]
pub(super) struct Buffer {
    bytes: Vec<u8>,
    len: usize,
    ends_file: bool,
    /// Offset in the source of the first byte.
    pub(super) base: u64,
}

impl Buffer {
    /// Reads `length` bytes from `base` on, fewer at the end of the source.
    pub(super) fn load(&mut self, source: &dyn Source, base: u64, length: usize) -> io::Result<()> {
        self.base = base;
        self.len = 0;
        self.extend(source, length)
    }

    /// The same, unless bytes from there on are held already; `length` is how many are enough. For one source only.
    pub(super) fn hold(&mut self, source: &dyn Source, base: u64, length: usize) -> io::Result<()> {
        if self.base == base && self.len > 0 { Ok(()) } else { self.load(source, base, length) }
    }

    /// Reads on until `length` bytes are held.
    pub(super) fn extend(&mut self, source: &dyn Source, length: usize) -> io::Result<()> {
        if self.bytes.len() < length + Piece::PADDING {
            self.bytes.resize(length + Piece::PADDING, 0);
        }
        let begin = self.base + self.len as u64;
        let read = source.read_at(&mut self.bytes[self.len..length], begin)?;
        self.len += read;
        let at_end = source.size().is_some_and(|size| self.base + self.len as u64 >= size);
        self.ends_file = self.len < length || at_end;
        if self.ends_file {
            self.bytes[self.len] = b'\n';
        }
        Ok(())
    }

    pub(super) fn piece(&self) -> Piece<'_> {
        Piece { bytes: &self.bytes, len: self.len, ends_file: self.ends_file }
    }

    /// The bytes held, without padding.
    pub(super) fn text(&self) -> &[u8] {
        &self.bytes[..self.len]
    }

    pub(super) fn ends_file(&self) -> bool {
        self.ends_file
    }
}
