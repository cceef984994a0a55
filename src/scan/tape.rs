//! What a scan writes: cell ends, record ends, and observations.

use std::ops::Range;

use super::Marks;

/// The structure of a piece of a file. Positions count bytes from the start of the piece.
///
/// A tape is written over and over by one worker; it grows to the size of its largest piece and stays there.
#[derive(Default)]
pub struct Tape {
    /// Where each cell ends: the position of its delimiter or of its line feed (for CRLF, too, the line feed). The first
    /// entry is the position before the first record: every cell begins behind the entry before its own.
    pub(super) ends: Places,
    /// For each record, the number of cells up to and including its last one.
    pub(super) records: Places,
    /// Line breaks inside quoted cells (CRLF counts as one, at its line feed).
    pub(super) inner_breaks: Vec<u32>,
    /// Whether there is a carriage return anywhere.
    pub(super) returns: bool,
    /// What is structurally wrong, by position.
    pub(super) observations: Vec<Observation>,
    /// What the bytes are, for accepting cells.
    pub(super) marks: Marks,
}

/// A structural fault, and the record and cell it is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Observation {
    /// What was seen.
    pub seen: Seen,
    /// 0-based record on the tape.
    pub record: u32,
    /// 0-based cell of the record.
    pub cell: u32,
}

/// A structural fault that every strict reader objects to, and lenient ones hide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seen {
    /// The cell begins with a quote that no quote closes: the rest of the line was read as if it were text.
    UnterminatedQuote {
        /// The search for the closing quote stopped at the limit, not at the end of the file.
        at_limit: bool,
    },
    /// A quote inside a cell that does not begin with one.
    StrayQuote,
    /// Text behind the closing quote of a cell.
    TextAfterQuote,
}

/// A list that many entries are written to at a time, of which fewer may count.
#[derive(Default)]
pub(super) struct Places {
    list: Vec<u32>,
    used: u32,
}

/// One record's cells on a tape.
#[derive(Clone, Copy)]
pub struct Cells<'t> {
    /// The end of what comes before, the ends of the record's cells, and whatever follows on the tape.
    ends: &'t [u32],
    count: usize,
}

impl Places {
    pub(super) fn len(&self) -> usize {
        self.used as usize
    }

    pub(super) fn clear(&mut self) {
        self.used = 0;
    }

    pub(super) fn push(&mut self, place: u32) {
        self.room::<64>()[0] = place;
        self.used += 1;
    }

    pub(super) fn pop(&mut self) {
        self.used -= 1;
    }

    pub(super) fn truncate(&mut self, length: usize) {
        self.used = length as u32;
    }

    fn entries(&self) -> &[u32] {
        &self.list[..self.len()]
    }

    pub(super) fn last(&self) -> Option<u32> {
        self.entries().last().copied()
    }

    /// Room for `N` entries behind the last one; see [`Self::advance`].
    #[inline(always)]
    pub(super) fn room<const N: usize>(&mut self) -> &mut [u32; N] {
        const { assert!(N <= MORE, "the list grows by that at least") };
        let (begin, end) = (self.len(), self.len() + N);
        if end > self.list.len() {
            self.list = grown(std::mem::take(&mut self.list), begin);
            // A way of its own, so that one look is enough where there is room.
            return self.list[begin..end].first_chunk_mut().expect("the list was grown");
        }
        self.list[begin..end].first_chunk_mut().expect("there is room")
    }

    /// Says that so many entries were written.
    #[inline(always)]
    pub(super) fn advance(&mut self, entries: u32) {
        self.used += entries;
    }
}

/// Entries that a list grows by at least.
const MORE: usize = 1024;

/// The list with more room. It comes little by little: memory that is never used is never touched.
///
/// The list is handed over and handed back: of one that is only lent, whoever writes to it must not hold the length in a register.
#[cold]
fn grown(mut list: Vec<u32>, used: usize) -> Vec<u32> {
    list.resize(used * 2 + MORE, 0);
    list
}

impl Tape {
    /// Forgets everything; the next record begins at `begin`.
    pub(super) fn clear(&mut self, begin: usize) {
        self.ends.clear();
        self.ends.push((begin as u32).wrapping_sub(1));
        self.records.clear();
        self.inner_breaks.clear();
        self.returns = false;
        self.observations.clear();
    }

    /// Number of cells, those of an unfinished record too.
    pub(super) fn cells(&self) -> usize {
        self.ends.len() - 1
    }

    /// Where the record after the last one begins.
    pub(super) fn next(&self) -> usize {
        let cells = self.records.last().unwrap_or(0) as usize;
        self.ends.list[cells].wrapping_add(1) as usize
    }

    /// Number of records.
    #[must_use]
    pub fn len(&self) -> usize {
        self.records.len()
    }

    /// Whether there is no record.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.records.len() == 0
    }

    /// What is structurally wrong, in order of position.
    #[must_use]
    pub fn observations(&self) -> &[Observation] {
        &self.observations
    }

    /// The same of one record.
    #[must_use]
    pub fn observations_of(&self, record: usize) -> &[Observation] {
        let from = self.observations.partition_point(|seen| (seen.record as usize) < record);
        let count = self.observations[from..].partition_point(|seen| seen.record as usize == record);
        &self.observations[from..from + count]
    }

    /// What the bytes are.
    #[must_use]
    pub fn marks(&self) -> &Marks {
        &self.marks
    }

    /// Whether there is a carriage return anywhere.
    #[must_use]
    pub fn has_returns(&self) -> bool {
        self.returns
    }

    /// The records from one on.
    #[must_use]
    #[inline(always)]
    pub fn records(&self, from: usize) -> Records<'_> {
        let (before, counts) = self.records.entries().split_at(from);
        Records { ends: &self.ends.list, first: before.last().map_or(0, |cells| *cells as usize), counts }
    }

    /// Of all cells, the number of a record's first one.
    #[must_use]
    #[inline(always)]
    pub fn first_cell(&self, record: usize) -> usize {
        if record == 0 { 0 } else { self.records.list[record - 1] as usize }
    }

    /// Whether each of `N` records from one on has so many cells. `false` where there are fewer.
    #[must_use]
    #[inline(always)]
    pub fn are_even<const N: usize>(&self, record: usize, cells: usize) -> bool {
        let counts = self.records.entries().get(record..).and_then(<[u32]>::first_chunk::<N>);
        let Some(counts) = counts else { return false };
        let mut uneven = counts[0].wrapping_sub(self.first_cell(record) as u32) ^ cells as u32;
        for i in 1..N {
            uneven |= counts[i].wrapping_sub(counts[i - 1]) ^ cells as u32;
        }
        uneven == 0
    }

    /// Where a cell, counted over all records, begins and ends as it is stored. `None` where the tape does not go that far.
    #[must_use]
    #[inline(always)]
    pub fn cell(&self, bytes: &[u8], cell: usize) -> Option<(usize, usize)> {
        let [before, end] = self.ends.list.get(cell..)?.first_chunk()?;
        let (begin, end) = (before.wrapping_add(1) as usize, *end as usize);
        Some((begin, if self.returns { at_return(bytes, begin, end) } else { end }))
    }

    /// The ends of 64 cells from a cell on, and before them that of the cell before. `None` where the tape does not go that far; what is
    /// behind its last cell is left over.
    #[must_use]
    #[inline(always)]
    pub fn window(&self, cell: usize) -> Option<&[u32; 65]> {
        self.ends.list.get(cell..cell.wrapping_add(65))?.first_chunk()
    }

    /// The cells of a record.
    #[must_use]
    #[inline]
    pub fn record(&self, record: usize) -> Cells<'_> {
        let first = self.first_cell(record);
        let count = self.records.list[record] as usize - first;
        Cells { ends: &self.ends.list[first..], count }
    }

    /// Number of line breaks inside quoted cells before `position`.
    #[must_use]
    pub fn inner_breaks_before(&self, position: u32) -> usize {
        self.inner_breaks.partition_point(|at| *at < position)
    }

    /// Line breaks inside quoted cells, counted from `from`.
    #[must_use]
    pub fn inner_breaks_from(&self, from: u32) -> Vec<u32> {
        self.inner_breaks.iter().map(|at| at - from).collect()
    }

    /// Number of line breaks inside quoted cells.
    #[must_use]
    pub fn inner_breaks(&self) -> usize {
        self.inner_breaks.len()
    }

    /// The line breaks inside quoted cells, in order of position.
    #[must_use]
    pub fn inner_break_places(&self) -> &[u32] {
        &self.inner_breaks
    }

    /// The record and the cell of each line break inside a quoted cell.
    pub fn inner_break_cells(&self) -> impl Iterator<Item = (usize, usize)> {
        self.inner_breaks.iter().map(|at| {
            // The first entry is no cell's end.
            let cell = self.ends.entries()[1..].partition_point(|end| end < at);
            let records = self.records.entries();
            let record = records.partition_point(|cells| *cells as usize <= cell);
            let first = record.checked_sub(1).map_or(0, |before| records[before] as usize);
            (record, cell - first)
        })
    }

    /// The last line break inside a quoted cell before `position` and not before `from`.
    #[must_use]
    pub fn last_inner_break(&self, from: u32, position: u32) -> Option<u32> {
        let before = &self.inner_breaks[..self.inner_breaks_before(position)];
        before.last().copied().filter(|at| *at >= from)
    }
}

/// Records, one after the other.
pub struct Records<'t> {
    ends: &'t [u32],
    /// Cells of the records before.
    first: usize,
    /// For each record left, the number of cells up to and including its last one.
    counts: &'t [u32],
}

impl<'t> Iterator for Records<'t> {
    type Item = Cells<'t>;

    #[inline(always)]
    fn next(&mut self) -> Option<Cells<'t>> {
        let (last, counts) = self.counts.split_first()?;
        let (first, last) = (self.first, *last as usize);
        (self.first, self.counts) = (last, counts);
        Some(Cells { ends: &self.ends[first..], count: last - first })
    }
}

impl<'t> Cells<'t> {
    /// Number of cells.
    #[must_use]
    #[inline]
    #[expect(clippy::len_without_is_empty, reason = "a record has at least one cell")]
    pub fn len(&self) -> usize {
        self.count
    }

    /// The ends of `N - 1` cells from a cell on, and before them that of the cell before; where the record has fewer, what
    /// follows is that of the next records or left over. `None` where the tape does not go that far.
    #[must_use]
    #[inline(always)]
    pub fn window<const N: usize>(&self, from: usize) -> Option<&'t [u32; N]> {
        self.ends.get(from..)?.first_chunk()
    }

    /// Where the record begins.
    #[must_use]
    #[inline]
    pub fn begin(&self) -> usize {
        self.ends[0].wrapping_add(1) as usize
    }

    /// The bytes of a cell as stored, quotes included, line ending excluded.
    #[must_use]
    #[inline]
    pub fn cell(&self, bytes: &[u8], cell: usize) -> Range<usize> {
        let (begin, end) = (self.ends[cell].wrapping_add(1) as usize, self.ends[cell + 1] as usize);
        begin..if cell + 1 == self.count { before_carriage_return(bytes, begin, end) } else { end }
    }

    /// The bytes of the record as stored, line ending excluded.
    #[must_use]
    pub fn span(&self, bytes: &[u8]) -> Range<usize> {
        self.begin()..self.cell(bytes, self.len() - 1).end
    }

    /// The position after the record and its line ending.
    #[must_use]
    #[inline]
    pub fn next(&self) -> usize {
        self.ends[self.count] as usize + 1
    }
}

/// [`before_carriage_return`], where hardly anybody asks.
#[cold]
fn at_return(bytes: &[u8], begin: usize, end: usize) -> usize {
    before_carriage_return(bytes, begin, end)
}

/// A line feed at `end` takes the carriage return before it along.
#[inline]
pub(super) fn before_carriage_return(bytes: &[u8], begin: usize, end: usize) -> usize {
    let crlf = end > begin && bytes[end - 1] == b'\r' && bytes[end] == b'\n';
    end - usize::from(crlf)
}
