//! Where the texts of a row's cells are: quotes and a carriage return left out.

use crate::scan::{Cells, Windows};

/// Columns that are looked at side by side.
const SIDE_BY_SIDE: usize = 16;

/// For 64 columns, where each cell's text begins and ends in the buffer.
pub(super) struct Texts {
    begins: [u32; 64],
    ends: [u32; 64],
}

impl Default for Texts {
    fn default() -> Self {
        Self { begins: [0; 64], ends: [0; 64] }
    }
}

impl Texts {
    /// Finds the texts of a row of at most 64 cells; which of them are filled. `quoted`: some cell may have quotes; `returns`: a
    /// carriage return may stand before the row's end. `None` where one is not stored as it reads.
    #[inline(always)]
    pub(super) fn find(
        &mut self,
        set: impl Windows,
        bytes: &[u8],
        cells: Cells<'_>,
        (quoted, returns): (bool, bool),
    ) -> Option<u64> {
        let ([before @ .., _], [_, next @ ..]) = (cells.window::<65>(0)?, cells.window::<65>(0)?);
        let (before, next) = (before.as_chunks::<SIDE_BY_SIDE>().0, next.as_chunks::<SIDE_BY_SIDE>().0);
        let (begins, _) = self.begins.as_chunks_mut::<SIDE_BY_SIDE>();
        let (ends, _) = self.ends.as_chunks_mut::<SIDE_BY_SIDE>();
        let (columns, mut filled) = (cells.len(), 0);
        let chunks = if columns <= SIDE_BY_SIDE { 1 } else { columns.div_ceil(SIDE_BY_SIDE).min(64 / SIDE_BY_SIDE) };
        for chunk in 0..chunks {
            (begins[chunk], ends[chunk]) = (set.begins(before[chunk]), next[chunk]);
            filled |= u64::from(set.filled(&begins[chunk], &next[chunk])) << (SIDE_BY_SIDE * chunk);
        }
        filled &= u64::MAX >> (64 - columns.clamp(1, 64));
        if quoted || returns { self.narrow(bytes, cells, filled) } else { Some(filled) }
    }

    /// Leaves quotes out, and a carriage return.
    #[inline(never)]
    fn narrow(&mut self, bytes: &[u8], cells: Cells<'_>, mut filled: u64) -> Option<u64> {
        for column in 0..cells.len().min(64) {
            let raw = cells.cell(bytes, column);
            let (mut begin, mut end) = (raw.start, raw.end);
            if begin < end && bytes[begin] == b'"' {
                (begin, end) = (begin + 1, end - 1);
                let closed = begin <= end && bytes[end] == b'"';
                if !closed || memchr::memchr(b'"', &bytes[begin..end]).is_some() {
                    return None;
                }
            }
            filled &= !(u64::from(begin >= end) << column);
            (self.begins[column], self.ends[column]) = (begin as u32, end as u32);
        }
        Some(filled)
    }

    /// Where a text begins and ends.
    #[inline(always)]
    pub(super) fn of(&self, column: usize) -> (usize, usize) {
        let column = column % 64;
        (self.begins[column] as usize, self.ends[column] as usize)
    }

    /// The length of a text.
    #[inline(always)]
    pub(super) fn length(&self, column: usize) -> u32 {
        let column = column % 64;
        self.ends[column].wrapping_sub(self.begins[column])
    }
}
