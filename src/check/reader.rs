//! Single records read again, by offset.

use std::io;

use super::buffer::Buffer;
use crate::scan::{Cells, Outcome, Scanner, Tape};
use crate::source::Source;

/// Bytes read for one record, and for a record that follows the one before.
const NEARBY: usize = 4 * 1024;
const AHEAD: usize = 64 * 1024;

/// Reads records here and there; neighbours come out of one buffer.
#[derive(Default)]
pub(super) struct RecordReader {
    buffer: Buffer,
    /// What the buffer was read from.
    holds: Option<usize>,
    tape: Tape,
}

impl RecordReader {
    /// The tape and the buffer of the record that was read last; it is the tape's first.
    pub(super) fn parts(&self) -> (&Tape, &Buffer) {
        (&self.tape, &self.buffer)
    }

    /// The record that begins at `offset` of the source called `of`, or `None` if no record can be read there.
    pub(super) fn record(
        &mut self,
        source: &dyn Source,
        scanner: &Scanner,
        offset: u64,
        of: usize,
    ) -> io::Result<Option<(&[u8], Cells<'_>)>> {
        let held = self.buffer.base..self.buffer.base + self.buffer.text().len() as u64;
        let mut length = self.buffer.text().len().max(NEARBY);
        if self.holds != Some(of) || !held.contains(&offset) {
            // Much is read ahead where records are asked for in order, little where they lie here and there.
            let in_order = self.holds == Some(of) && (held.end..held.end + NEARBY as u64).contains(&offset);
            length = if in_order { AHEAD } else { NEARBY };
            self.holds = Some(of);
            self.buffer.load(source, offset, length)?;
        }
        loop {
            let begin = (offset - self.buffer.base) as usize;
            match scanner.scan_strictly(self.buffer.piece(), begin, begin + 1, &mut self.tape) {
                Outcome::NeedMore => {
                    // The record crosses the end of the buffer: those behind it are probably asked for next.
                    length = if begin == 0 { length * 2 } else { AHEAD };
                    self.buffer.load(source, offset, length)?;
                }
                Outcome::Complete(_) if !self.tape.is_empty() => {
                    return Ok(Some((self.buffer.piece().bytes, self.tape.record(0))));
                }
                _ => return Ok(None),
            }
        }
    }
}
