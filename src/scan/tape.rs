//! What a scan writes: cell ends, record ends, and observations.

use std::ops::Range;

use super::Marks;

/// The structure of a piece of a file. Positions count bytes from the start of the piece.
///
/// A tape is written over and over by one worker; it grows to the size of its largest piece and stays there.
#[derive(Default)]
pub struct Tape {
    /// Where each cell ends: the position of its delimiter or of its line feed (for CRLF, too, the line feed).
    pub(super) ends: Vec<u32>,
    /// Number of `ends` in use; what follows is left over.
    pub(super) cells: usize,
    /// For each record, the number of ends up to and including its last one.
    pub(super) records: Vec<u32>,
    /// Line breaks inside quoted cells (CRLF counts as one, at its line feed).
    pub(super) inner_breaks: Vec<u32>,
    /// What is structurally wrong, by position.
    pub(super) observations: Vec<Observation>,
    /// Where the first record begins.
    pub(super) begin: usize,
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

/// One record's cells on a tape.
#[derive(Clone, Copy)]
pub struct Cells<'t> {
    ends: &'t [u32],
    begin: u32,
}

impl Tape {
    /// Forgets everything; the next record begins at `begin`.
    pub(super) fn clear(&mut self, begin: usize) {
        self.cells = 0;
        self.records.clear();
        self.inner_breaks.clear();
        self.observations.clear();
        self.begin = begin;
    }

    pub(super) fn push_end(&mut self, position: usize) {
        if self.cells == self.ends.len() {
            self.ends.resize((self.cells + 1) * 2, 0);
        }
        self.ends[self.cells] = position as u32;
        self.cells += 1;
    }

    /// Number of records.
    #[must_use]
    pub fn len(&self) -> usize {
        self.records.len()
    }

    /// Whether there is no record.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// What is structurally wrong, in order of position.
    #[must_use]
    pub fn observations(&self) -> &[Observation] {
        &self.observations
    }

    /// What the bytes are.
    #[must_use]
    pub fn marks(&self) -> &Marks {
        &self.marks
    }

    /// The cells of a record.
    #[must_use]
    #[inline]
    pub fn record(&self, record: usize) -> Cells<'_> {
        let first = if record == 0 { 0 } else { self.records[record - 1] as usize };
        let begin = if first == 0 { self.begin as u32 } else { self.ends[first - 1] + 1 };
        Cells { ends: &self.ends[first..self.records[record] as usize], begin }
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

    /// The record and the cell of each line break inside a quoted cell.
    pub fn inner_break_cells(&self) -> impl Iterator<Item = (usize, usize)> {
        self.inner_breaks.iter().map(|at| {
            let cell = self.ends[..self.cells].partition_point(|end| end < at);
            let record = self.records.partition_point(|cells| *cells as usize <= cell);
            let first = record.checked_sub(1).map_or(0, |before| self.records[before] as usize);
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

impl<'t> Cells<'t> {
    /// Number of cells.
    #[must_use]
    #[inline]
    #[expect(clippy::len_without_is_empty, reason = "a record has at least one cell")]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Where each cell ends: the position of its delimiter or line end.
    #[must_use]
    #[inline]
    pub fn ends(&self) -> &'t [u32] {
        self.ends
    }

    /// Where the record begins.
    #[must_use]
    #[inline]
    pub fn begin(&self) -> usize {
        self.begin as usize
    }

    /// The bytes of a cell as stored, quotes included, line ending excluded.
    #[must_use]
    #[inline]
    pub fn cell(&self, bytes: &[u8], cell: usize) -> Range<usize> {
        let begin = if cell == 0 { self.begin } else { self.ends[cell - 1] + 1 } as usize;
        let end = self.ends[cell] as usize;
        begin..if cell + 1 == self.ends.len() { before_carriage_return(bytes, begin, end) } else { end }
    }

    /// The bytes of the record as stored, line ending excluded.
    #[must_use]
    pub fn span(&self, bytes: &[u8]) -> Range<usize> {
        self.begin()..self.cell(bytes, self.len() - 1).end
    }

    /// The position after the record and its line ending.
    #[must_use]
    pub fn next(&self) -> usize {
        self.ends[self.ends.len() - 1] as usize + 1
    }
}

/// A line feed at `end` takes the carriage return before it along.
#[inline]
pub(super) fn before_carriage_return(bytes: &[u8], begin: usize, end: usize) -> usize {
    let crlf = end > begin && bytes[end - 1] == b'\r' && bytes[end] == b'\n';
    end - usize::from(crlf)
}
