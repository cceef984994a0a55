//! Bytes to records to cells.
//!
//! [`Scanner::scan`] takes a piece of a file that begins with a record and writes a [`Tape`]: where every cell ends, which
//! cells make a record, and what is structurally wrong. Two scanners write the same tape. The fast one (`structure`)
//! works on byte masks and gives up at the first byte that strict CSV (RFC 4180) does not allow; the strict one (`strict`)
//! goes byte by byte, says what is wrong and where, and goes on. A clean file never meets the strict one.
//!
//! Scanning knows nothing of columns, mappings or rules, but for one number: how many cells a record should have, which
//! helps to tell an unclosed quote from a stray one.

mod cell;
mod marks;
mod masks;
mod strict;
mod structure;
mod tape;

pub use cell::{content, unquote};
pub use marks::Marks;
pub use masks::{AddressMasks, Instructions, Windows, Work, kept};
pub use tape::{Cells, Observation, Records, Seen, Tape};

/// The delimiters that exports are written with, the usual one first.
pub(crate) const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// How records are told apart, and the limits.
#[derive(Clone, Copy, Debug)]
pub struct Scanner {
    /// The byte between cells.
    pub delimiter: u8,
    /// Most bytes of one record (and so of one cell).
    pub limit: usize,
    /// The number of cells that the header has, once it is known.
    pub expected: Option<usize>,
    /// The instructions that masks are made with.
    pub instructions: Instructions,
}

/// A piece of a file in memory: `bytes[..len]` is the file's text, and at least [`Piece::PADDING`] more bytes follow, of which
/// the first is a line feed where the file ends there.
#[derive(Clone, Copy)]
pub struct Piece<'a> {
    /// The text and its padding.
    pub bytes: &'a [u8],
    /// Bytes of text.
    pub len: usize,
    /// Whether the file ends where the text ends.
    pub ends_file: bool,
}

impl Piece<'_> {
    /// Bytes behind the text that belong to the buffer.
    pub const PADDING: usize = 192;

    /// The text with its last line ended: one byte longer than the file where that has no line ending.
    fn text(&self) -> usize {
        let unended = self.ends_file && self.len > 0 && !matches!(self.bytes[self.len - 1], b'\n' | b'\r');
        self.len + usize::from(unended)
    }
}

/// How a scan ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The record that begins at or after `stop` begins here (the end of the text at the end of the file).
    Complete(usize),
    /// A record goes on behind the text: scan again with more of the file.
    NeedMore,
    /// The record that begins here is longer than the limit.
    TooLong(usize),
}

impl Scanner {
    /// Scans the records that begin in `begin..stop`; the last one may end behind `stop`.
    ///
    /// All positions on the tape count from the start of the piece.
    pub fn scan(&self, piece: Piece<'_>, begin: usize, stop: usize, tape: &mut Tape) -> Outcome {
        let outcome = match structure::scan(self, piece, begin, stop, tape) {
            Some(outcome) => outcome,
            None => strict::scan(self, piece, begin, stop, tape),
        };
        // Whoever looks at the cells of the last record may look at 64 places.
        tape.ends.room::<64>();
        outcome
    }

    /// The same with the strict scanner alone; for tests, and for single records.
    pub fn scan_strictly(&self, piece: Piece<'_>, begin: usize, stop: usize, tape: &mut Tape) -> Outcome {
        tape.clear(begin);
        strict::scan(self, piece, begin, stop, tape)
    }
}
