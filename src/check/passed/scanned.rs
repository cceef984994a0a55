//! Blocks read a second time: compared with what was checked, and cut into records by the same scanner.

use std::borrow::Cow;
use std::ops::Range;

use super::{CheckedBlock, Passed, Unsendable, digest};
use crate::scan::{Cells, Outcome, Piece, Tape, unquote};

/// A block that is known to hold what was checked, and its records.
#[derive(Default)]
pub(super) struct Scanned {
    /// The bytes as stored.
    pub(super) stored: Vec<u8>,
    /// The text, with the padding that scanning needs.
    text: Vec<u8>,
    length: usize,
    tape: Tape,
}

impl Scanned {
    /// Reads a block and compares it.
    pub(super) fn load(&mut self, of: &Passed, block: &CheckedBlock) -> Result<(), Unsendable> {
        of.load(block.offset, block.length, &mut self.stored)?;
        let text = match of.evidence.decoding {
            Some(encoding) => Cow::Owned(encoding.decode(&self.stored)),
            None => Cow::Borrowed(&self.stored[..]),
        };
        if digest(&text) != block.digest {
            return Err(of.changed("other text stands in it"));
        }
        self.length = text.len();
        self.text.clear();
        self.text.extend_from_slice(&text);
        self.text.resize(self.length + Piece::PADDING, 0);
        self.text[self.length] = b'\n';
        Ok(())
    }

    /// Cuts the block into records.
    pub(super) fn scan(&mut self, of: &Passed) {
        let piece = Piece { bytes: &self.text, len: self.length, ends_file: true };
        let outcome = of.evidence.scanner.scan(piece, 0, self.length, &mut self.tape);
        assert!(matches!(outcome, Outcome::Complete(_)), "a block that was checked holds whole records");
    }

    /// The records, in order.
    pub(super) fn records(&self) -> impl Iterator<Item = Record<'_>> {
        (0..self.tape.len()).map(|record| Record {
            bytes: &self.text,
            cells: self.tape.record(record),
            end: self.length,
        })
    }
}

/// One record of a block.
#[derive(Clone, Copy)]
pub(super) struct Record<'s> {
    bytes: &'s [u8],
    cells: Cells<'s>,
    end: usize,
}

impl<'s> Record<'s> {
    /// The record with its line ending.
    pub(super) fn range(&self) -> Range<usize> {
        self.cells.begin()..self.cells.next().min(self.end)
    }

    /// The record's bytes with its line ending.
    pub(super) fn text(&self) -> &'s [u8] {
        &self.bytes[self.range()]
    }

    /// Whether nothing stands in it: then it is no row, as `blank-line` and `all-empty-row` say.
    pub(super) fn is_empty(&self) -> bool {
        let is_blank = |cell: usize| match &*self.cell(cell) {
            [] => true,
            text => str::from_utf8(text).is_ok_and(|text| text.trim().is_empty()),
        };
        (0..self.cells.len()).all(is_blank)
    }

    /// What a cell says; nothing where the record has none.
    pub(super) fn cell(&self, cell: usize) -> Cow<'s, [u8]> {
        if cell < self.cells.len() {
            unquote(&self.bytes[self.cells.cell(self.bytes, cell)])
        } else {
            Cow::Borrowed(&[])
        }
    }
}
