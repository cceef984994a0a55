//! Where the contents of a row's cells are: quotes and a carriage return left out.

use crate::plan::Lengths;
use crate::scan::{Cells, Marks, Windows};

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

    /// The contents of a row of `columns` cells, at most 64. `quotes`: a bit for every quote, if the row has some; `returns`: a
    /// carriage return may stand before its end.
    #[inline(always)]
    pub(super) fn spans<'c>(
        &'c mut self,
        set: impl Windows,
        bytes: &[u8],
        (edges, columns): (&'c [u32; 65], usize),
        (quotes, returns): (Option<&[u64]>, bool),
    ) -> Spans<'c> {
        if quotes.is_some() || returns {
            self.find(set, bytes, (edges, columns), (quotes, returns));
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
    fn find(
        &mut self,
        set: impl Windows,
        bytes: &[u8],
        (edges, columns): (&[u32; 65], usize),
        (quotes, returns): (Option<&[u64]>, bool),
    ) {
        let last = (columns - 1) % 64;
        match quotes {
            Some(quotes) => self.unquote(set, bytes, quotes, (edges, last)),
            None => {
                let ([before @ .., _], [_, ends @ ..]) = (edges, edges);
                // Whole chunks, for none has to be asked for its length; one list after the other, for none has to be kept meanwhile.
                for chunk in 0..chunks(columns) {
                    chunk_mut(&mut self.before)[chunk] = before.as_chunks().0[chunk];
                    chunk_mut(&mut self.ends)[chunk] = ends.as_chunks().0[chunk];
                }
            }
        }
        if returns {
            let (begin, end) = (edges[last].wrapping_add(1), edges[last + 1]);
            let is_return = end > begin && bytes[end as usize - 1] == b'\r' && bytes[end as usize] == b'\n';
            self.ends[last] -= u32::from(is_return);
        }
    }

    /// Copies what is on the tape, and leaves out the quotes that cells begin and end with.
    #[inline(always)]
    fn unquote(&mut self, set: impl Windows, bytes: &[u8], quotes: &[u64], (edges, last): (&[u32; 65], usize)) {
        let ([before @ .., _], [_, ends @ ..]) = (edges, edges);
        let word = edges[0].wrapping_add(1) / 64;
        let of_row = quotes.get(word as usize..).and_then(<[u64]>::first_chunk::<8>);
        if let (Some(of_row), true) = (of_row, edges[last + 1] / 64 < word + 8) {
            let (before, ends) = (before.as_chunks().0, ends.as_chunks().0);
            for chunk in 0..chunks(last + 1) {
                let to = (&mut chunk_mut(&mut self.before)[chunk], &mut chunk_mut(&mut self.ends)[chunk]);
                set.unquote((&before[chunk], &ends[chunk]), (of_row, word * 64), to);
            }
            return;
        }
        for column in 0..=last {
            let (begin, end) = (before[column].wrapping_add(1), ends[column]);
            let moved = u32::from(bytes[begin as usize] == b'"' && end > begin);
            self.before[column] = before[column].wrapping_add(moved);
            self.ends[column] = end - moved;
        }
    }

    /// Finds the contents of a row; which of the cells are filled. `None` where one is not stored as it reads, as it holds a quote.
    #[inline(always)]
    pub(super) fn find_filled(
        &mut self,
        set: impl Windows,
        bytes: &[u8],
        cells: Cells<'_>,
        (quotes, returns): (Option<&[u64]>, bool),
    ) -> Option<u64> {
        let columns = cells.len();
        let edges = cells.window(0)?;
        self.find(set, bytes, (edges, columns), (quotes, returns));
        if quotes.is_some() && !self.are_as_stored(bytes, columns) {
            return None;
        }
        let (before, ends) = self.edges(edges, quotes.is_none() && !returns);
        let mut filled = 0;
        for chunk in 0..chunks(columns) {
            filled |= u64::from(set.filled(&before[chunk], &ends[chunk])) << (SIDE_BY_SIDE * chunk);
        }
        Some(filled & u64::MAX >> (64 - columns.clamp(1, 64)))
    }

    /// Bit `i`: cell `i` is asked about, and one of its bytes or the one behind it is marked.
    #[inline(always)]
    pub(super) fn marked(
        &self,
        set: impl Windows,
        cells: Cells<'_>,
        (marks, stored): (&[u64], bool),
        asked: u64,
    ) -> u64 {
        let (columns, word) = (cells.len(), cells.begin() / 64);
        let of_row = marks.get(word..).and_then(<[u64]>::first_chunk::<8>);
        let mut marked = 0;
        if let (Some(of_row), Some(edges), true) = (of_row, cells.window(0), cells.next() / 64 < word + 8) {
            let (before, ends) = self.edges(edges, stored);
            for chunk in 0..chunks(columns) {
                let shift = SIDE_BY_SIDE * chunk;
                let edges = (&before[chunk], &ends[chunk]);
                marked |= u64::from(set.marked(edges, (of_row, word as u32 * 64), (asked >> shift) as u16)) << shift;
            }
            return marked;
        }
        for column in (0..64).filter(|column| asked >> column & 1 == 1) {
            let (begin, end) = self.of(column);
            marked |= u64::from(Marks::any(marks, begin, end)) << column;
        }
        marked
    }

    /// What stands before every content and where it ends. Of contents that are stored as the tape has them: from the tape, for
    /// what was just written would have to be waited for, side by side.
    #[inline(always)]
    fn edges<'c>(
        &'c self,
        edges: &'c [u32; 65],
        stored: bool,
    ) -> (&'c [[u32; SIDE_BY_SIDE]], &'c [[u32; SIDE_BY_SIDE]]) {
        let ([before @ .., _], [_, ends @ ..]) = (edges, edges);
        let (before, ends) = if stored { (before, ends) } else { (&self.before, &self.ends) };
        (before.as_chunks().0, ends.as_chunks().0)
    }

    /// Whether every cell that begins with a quote ends with the next one.
    #[inline(never)]
    fn are_as_stored(&self, bytes: &[u8], columns: usize) -> bool {
        (0..columns.min(64)).map(|column| self.of(column)).all(|(begin, end)| {
            let quoted = begin > 0 && bytes[begin - 1] == b'"';
            !quoted || begin <= end && bytes[end] == b'"' && memchr::memchr(b'"', &bytes[begin..end]).is_none()
        })
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

/// The list in parts of [`SIDE_BY_SIDE`] entries.
#[inline(always)]
fn chunk_mut(list: &mut [u32; 64]) -> &mut [[u32; SIDE_BY_SIDE]] {
    list.as_chunks_mut().0
}

/// How many times [`SIDE_BY_SIDE`] columns there are: mostly one.
#[inline(always)]
fn chunks(columns: usize) -> usize {
    if columns <= SIDE_BY_SIDE { 1 } else { columns.div_ceil(SIDE_BY_SIDE).min(64 / SIDE_BY_SIDE) }
}

#[cfg(test)]
mod tests {
    use super::Contents;
    use crate::scan::{Instructions, Outcome, Piece, Scanner, Tape, Windows, Work};
    use proptest::prelude::*;

    fn content(cell: &str) -> &str {
        cell.strip_prefix('"').and_then(|cell| cell.strip_suffix('"')).unwrap_or(cell)
    }

    /// A piece of a file and its tape, and where the contents of each record were found.
    struct Asked<'a> {
        bytes: &'a [u8],
        tape: &'a Tape,
        found: Vec<Vec<(usize, usize)>>,
    }

    impl Work for &mut Asked<'_> {
        fn run(self, set: impl Windows) {
            let mut contents = Contents::new();
            for cells in self.tape.records(0) {
                let stored = (Some(&self.tape.marks().quote[..]), self.tape.has_returns());
                let edges = cells.window(0).expect("the tape is long enough");
                let spans = contents.spans(set, self.bytes, (edges, cells.len()), stored);
                self.found.push((0..cells.len()).map(|column| spans.of(column)).collect());
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn contents_are_cells_without_their_quotes_and_line_ends(
            rows in prop::collection::vec(prop::collection::vec(prop_oneof![
                4 => "[a-z ]{0,12}",
                3 => "\"([a-z,\n]|\"\"){0,12}\"",
                1 => "\"[a-z,]{200,400}\"",
            ], 20), 1..12),
            end in prop_oneof![Just("\n"), Just("\r\n")],
        ) {
            let text: String = rows.iter().map(|cells| cells.join(",") + end).collect();
            let (len, mut bytes) = (text.len(), text.into_bytes());
            bytes.push(b'\n');
            bytes.resize(len + Piece::PADDING, 0);
            let piece = Piece { bytes: &bytes, len, ends_file: true };
            for instructions in Instructions::available() {
                let (mut tape, scanner) = (Tape::default(), Scanner { delimiter: b',', limit: 1 << 20, expected: None, instructions });
                prop_assert_eq!(scanner.scan(piece, 0, len, &mut tape), Outcome::Complete(len));
                let mut asked = Asked { bytes: &bytes, tape: &tape, found: Vec::new() };
                instructions.run(&mut asked);
                for (cells, found) in rows.iter().zip(&asked.found) {
                    let expected: Vec<_> = cells.iter().map(|cell| content(cell).as_bytes()).collect();
                    let found: Vec<_> = found.iter().map(|(begin, end)| &bytes[*begin..*end]).collect();
                    prop_assert_eq!(found, expected);
                }
                prop_assert_eq!(asked.found.len(), rows.len());
            }
        }
    }
}
