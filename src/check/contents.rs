//! Where the contents of a row's cells are: quotes and a carriage return left out.

use crate::plan::Lengths;
use crate::scan::{Cells, Windows};

/// Columns that are looked at side by side.
const SIDE_BY_SIDE: usize = 16;

/// For 64 columns, where each cell's content begins and ends in the buffer.
pub(super) struct Contents {
    begins: [u32; 64],
    ends: [u32; 64],
}

impl Contents {
    pub(super) fn new() -> Self {
        Self { begins: [0; 64], ends: [0; 64] }
    }

    /// Finds the contents of a row of `columns` cells, at most 64. `returns`: a carriage return may stand before its end.
    #[inline(always)]
    pub(super) fn find(
        &mut self,
        set: impl Windows,
        bytes: &[u8],
        (edges, columns): (&[u32; 65], usize),
        quoted: bool,
        returns: bool,
    ) {
        let ([before @ .., _], [_, next @ ..]) = (edges, edges);
        let (before, next) = (before.as_chunks::<SIDE_BY_SIDE>().0, next.as_chunks::<SIDE_BY_SIDE>().0);
        let (begins, _) = self.begins.as_chunks_mut::<SIDE_BY_SIDE>();
        let (ends, _) = self.ends.as_chunks_mut::<SIDE_BY_SIDE>();
        for chunk in 0..chunks(columns) {
            (begins[chunk], ends[chunk]) = (set.begins(before[chunk]), next[chunk]);
        }
        if returns {
            let last = (columns - 1) % 64;
            let (begin, end) = self.of(last);
            self.ends[last] -= u32::from(bytes[end.saturating_sub(1)] == b'\r' && end > begin && bytes[end] == b'\n');
        }
        if quoted {
            for (begin, end) in self.begins[..columns.min(64)].iter_mut().zip(&mut self.ends) {
                let quoted = u32::from(bytes[*begin as usize] == b'"' && *end > *begin);
                *begin += quoted;
                *end -= quoted;
            }
        }
    }

    /// The same; which of the cells are filled. `None` where one is not stored as it reads, as it holds a quote.
    #[inline(always)]
    pub(super) fn find_filled(
        &mut self,
        set: impl Windows,
        bytes: &[u8],
        cells: Cells<'_>,
        (quoted, returns): (bool, bool),
    ) -> Option<u64> {
        let columns = cells.len();
        self.find(set, bytes, (cells.window(0)?, columns), quoted, returns);
        if quoted && !self.are_as_stored(bytes, columns) {
            return None;
        }
        let (begins, _) = self.begins.as_chunks::<SIDE_BY_SIDE>();
        let (ends, _) = self.ends.as_chunks::<SIDE_BY_SIDE>();
        let mut filled = 0;
        for chunk in 0..chunks(columns) {
            filled |= u64::from(set.filled(&begins[chunk], &ends[chunk])) << (SIDE_BY_SIDE * chunk);
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
        self.ends[column].wrapping_sub(self.begins[column])
    }

    /// Where a cell's content begins and ends.
    #[inline(always)]
    pub(super) fn of(&self, column: usize) -> (usize, usize) {
        let column = column % 64;
        (self.begins[column] as usize, self.ends[column] as usize)
    }

    /// Whether all cells are as long as they may be.
    #[inline(always)]
    pub(super) fn fit(&self, set: impl Windows, columns: usize, lengths: &Lengths) -> bool {
        let (begins, _) = self.begins.as_chunks::<SIDE_BY_SIDE>();
        let (ends, _) = self.ends.as_chunks::<SIDE_BY_SIDE>();
        let (least, _) = lengths.least.as_chunks::<SIDE_BY_SIDE>();
        let (span, _) = lengths.span.as_chunks::<SIDE_BY_SIDE>();
        // No adapter: it would not be compiled for the instructions that its caller is compiled for.
        for chunk in 0..chunks(columns) {
            if set.unfit_lengths(&begins[chunk], &ends[chunk], &least[chunk], &span[chunk]) {
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
