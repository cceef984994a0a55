//! Where the contents of a row's cells are: quotes and a carriage return left out.

use crate::plan::Lengths;
use crate::scan::{Cells, Windows};

/// Columns that are looked at side by side.
const SIDE_BY_SIDE: usize = 16;

/// For 64 columns, where each cell's content begins and ends in the buffer.
pub(super) struct Contents {
    /// One less than where it begins: of a plain cell, where the one before it ends.
    before: [u32; 64],
    ends: [u32; 64],
}

/// The same, lent: of a row without quotes and carriage returns, what is on the tape.
#[derive(Clone, Copy)]
pub(super) struct Spans<'c> {
    before: &'c [u32; 64],
    ends: &'c [u32; 64],
}

impl Contents {
    pub(super) fn new() -> Self {
        Self { before: [0; 64], ends: [0; 64] }
    }

    /// The contents of a row of `columns` cells, at most 64. `returns`: a carriage return may stand before its end.
    #[inline(always)]
    pub(super) fn spans<'c>(
        &'c mut self,
        bytes: &[u8],
        (edges, columns): (&'c [u32; 65], usize),
        (quoted, returns): (bool, bool),
    ) -> Spans<'c> {
        if quoted || returns {
            self.find(bytes, (edges, columns), (quoted, returns));
            return self.lent();
        }
        let ([before @ .., _], [_, ends @ ..]) = (edges, edges);
        Spans { before, ends }
    }

    /// What was found.
    fn lent(&self) -> Spans<'_> {
        Spans { before: &self.before, ends: &self.ends }
    }

    /// Copies what is on the tape, and leaves out quotes and a carriage return before the end.
    #[inline(always)]
    fn find(&mut self, bytes: &[u8], (edges, columns): (&[u32; 65], usize), (quoted, returns): (bool, bool)) {
        let ([before @ .., _], [_, next @ ..]) = (edges, edges);
        let (before, next) = (before.as_chunks::<SIDE_BY_SIDE>().0, next.as_chunks::<SIDE_BY_SIDE>().0);
        let (own, _) = self.before.as_chunks_mut::<SIDE_BY_SIDE>();
        let (ends, _) = self.ends.as_chunks_mut::<SIDE_BY_SIDE>();
        for chunk in 0..chunks(columns) {
            (own[chunk], ends[chunk]) = (before[chunk], next[chunk]);
        }
        if returns {
            let last = (columns - 1) % 64;
            let (begin, end) = self.of(last);
            self.ends[last] -= u32::from(bytes[end.saturating_sub(1)] == b'\r' && end > begin && bytes[end] == b'\n');
        }
        if quoted {
            for (before, end) in self.before[..columns.min(64)].iter_mut().zip(&mut self.ends) {
                let begin = before.wrapping_add(1);
                let quoted = u32::from(bytes[begin as usize] == b'"' && *end > begin);
                *before = before.wrapping_add(quoted);
                *end -= quoted;
            }
        }
    }

    /// Finds the contents of a row; which of the cells are filled. `None` where one is not stored as it reads, as it holds a quote.
    #[inline(always)]
    pub(super) fn find_filled(
        &mut self,
        set: impl Windows,
        bytes: &[u8],
        cells: Cells<'_>,
        (quoted, returns): (bool, bool),
    ) -> Option<u64> {
        let columns = cells.len();
        self.find(bytes, (cells.window(0)?, columns), (quoted, returns));
        if quoted && !self.are_as_stored(bytes, columns) {
            return None;
        }
        let (before, _) = self.before.as_chunks::<SIDE_BY_SIDE>();
        let (ends, _) = self.ends.as_chunks::<SIDE_BY_SIDE>();
        let mut filled = 0;
        for chunk in 0..chunks(columns) {
            filled |= u64::from(set.filled(&before[chunk], &ends[chunk])) << (SIDE_BY_SIDE * chunk);
        }
        Some(filled & u64::MAX >> (64 - columns.clamp(1, 64)))
    }

    /// Whether every cell that begins with a quote ends with the next one.
    #[inline(never)]
    fn are_as_stored(&self, bytes: &[u8], columns: usize) -> bool {
        (0..columns.min(64)).map(|column| self.of(column)).all(|(begin, end)| {
            let quoted = begin > 0 && bytes[begin - 1] == b'"';
            !quoted || begin <= end && bytes[end] == b'"' && memchr::memchr(b'"', &bytes[begin..end]).is_none()
        })
    }

    /// The length of a cell's content.
    #[inline(always)]
    pub(super) fn length(&self, column: usize) -> u32 {
        let column = column % 64;
        self.ends[column].wrapping_sub(self.before[column]).wrapping_sub(1)
    }

    /// Where a cell's content begins and ends.
    #[inline(always)]
    pub(super) fn of(&self, column: usize) -> (usize, usize) {
        self.lent().of(column)
    }
}

impl Spans<'_> {
    /// Where a cell's content begins and ends.
    #[inline(always)]
    pub(super) fn of(self, column: usize) -> (usize, usize) {
        let column = column % 64;
        (self.before[column].wrapping_add(1) as usize, self.ends[column] as usize)
    }

    /// Whether all cells are as long as they may be.
    #[inline(always)]
    pub(super) fn fit(self, set: impl Windows, columns: usize, lengths: &Lengths) -> bool {
        let (before, _) = self.before.as_chunks::<SIDE_BY_SIDE>();
        let (ends, _) = self.ends.as_chunks::<SIDE_BY_SIDE>();
        let (least, _) = lengths.least.as_chunks::<SIDE_BY_SIDE>();
        let (span, _) = lengths.span.as_chunks::<SIDE_BY_SIDE>();
        // No adapter: it would not be compiled for the instructions that its caller is compiled for.
        for chunk in 0..chunks(columns) {
            if set.unfit_lengths(&before[chunk], &ends[chunk], &least[chunk], &span[chunk]) {
                return false;
            }
        }
        true
    }
}

/// How many times [`SIDE_BY_SIDE`] columns there are: mostly one.
#[inline(always)]
fn chunks(columns: usize) -> usize {
    if columns <= SIDE_BY_SIDE { 1 } else { columns.div_ceil(SIDE_BY_SIDE).min(64 / SIDE_BY_SIDE) }
}
