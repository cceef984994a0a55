//! How much more a SARIF file may hold to be taken by GitHub.

use std::io::{self, Write};

use flate2::Compression;
use flate2::write::DeflateEncoder;

/// Results that GitHub keeps of a run.
const RESULTS: usize = 25_000;
/// Bytes, compressed, that GitHub takes, with room for the frame and for another compressor.
const COMPRESSED: u64 = 9_000_000;
/// Below this size nothing needs to be compressed to know that it is small enough.
const SMALL: u64 = 4_000_000;

/// What was written so far, measured as GitHub measures it: by number, and by size when compressed.
///
/// The measure compresses in haste, so what is uploaded will be smaller. Whether a result fits is judged before it is added,
/// and one result is some kilobytes at most.
pub(super) struct Budget {
    results: usize,
    /// Bytes that were not compressed.
    plain: u64,
    compressed: DeflateEncoder<Counter>,
}

/// Counts bytes and forgets them.
struct Counter(u64);

impl Default for Budget {
    fn default() -> Self {
        Self { results: RESULTS, plain: 0, compressed: DeflateEncoder::new(Counter(0), Compression::fast()) }
    }
}

impl Budget {
    /// Results that may still be written, if they are small.
    pub(super) fn results(&self) -> usize {
        if self.is_full() { 0 } else { self.results }
    }

    /// Whether nothing more may be written.
    pub(super) fn is_spent(&self) -> bool {
        self.results() == 0
    }

    /// Takes a result into account, if there is room for it.
    pub(super) fn spend(&mut self, result: &[u8]) -> io::Result<bool> {
        if self.is_spent() {
            return Ok(false);
        }
        self.results -= 1;
        self.spend_on_frame(result)?;
        Ok(true)
    }

    /// Takes into account what is no result.
    pub(super) fn spend_on_frame(&mut self, text: &[u8]) -> io::Result<()> {
        if self.plain < SMALL {
            self.plain += text.len() as u64;
            return Ok(());
        }
        self.compressed.write_all(text)
    }

    fn is_full(&self) -> bool {
        self.plain + self.compressed.get_ref().0 >= COMPRESSED
    }
}

impl Write for Counter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
