//! Whether a whole row is surely good: the loop that nearly every row of a clean file ends in.

use super::job::Job;
use crate::accept::{self, Day, Domains};
use crate::plan::Table;
use crate::scan::{Cells, Marks};

/// What is kept of a row that is surely good.
pub(super) struct Good {
    /// The scenario's place in the layout's tables.
    pub(super) table: usize,
    /// The content of the address and of the event's date, as places in the block.
    pub(super) address: (u32, u32),
    pub(super) date: (u32, u32),
    /// Bit `i`: the date in column `i` is too old.
    pub(super) too_old: u64,
}

/// The contents of a row's cells: where each begins and ends, quotes left out.
pub(super) struct Contents {
    spans: [(u32, u32); 64],
}

impl Contents {
    pub(super) fn new() -> Self {
        Self { spans: [(0, 0); 64] }
    }

    #[inline]
    pub(super) fn of(&self, column: usize) -> (usize, usize) {
        let (begin, end) = self.spans[column];
        (begin as usize, end as usize)
    }

    /// Finds the contents of a row, and which of them are not empty.
    #[inline(always)]
    fn fill(&mut self, bytes: &[u8], cells: Cells<'_>, quoted: bool) -> u64 {
        let ends = cells.ends();
        let mut begin = cells.begin() as u32;
        let mut filled = 0;
        for (column, (end, span)) in ends.iter().zip(&mut self.spans).enumerate() {
            *span = (begin, *end);
            filled |= u64::from(*end != begin) << column;
            begin = end + 1;
        }
        let last = ends.len() - 1;
        let (begin, end) = self.spans[last];
        if end > begin && bytes[end as usize - 1] == b'\r' && bytes[end as usize] == b'\n' {
            self.spans[last].1 = end - 1;
            filled ^= u64::from(end - 1 == begin) << last;
        }
        if quoted {
            for (column, span) in self.spans[..ends.len()].iter_mut().enumerate() {
                if bytes[span.0 as usize] == b'"' && span.1 > span.0 {
                    *span = (span.0 + 1, span.1 - 1);
                    filled ^= u64::from(span.0 == span.1) << column;
                }
            }
        }
        filled
    }
}

impl Job<'_, '_> {
    /// The row's particulars if it is surely good.
    ///
    /// Relies on: the row has as many cells as the header has names, and the scanner had nothing to say about it. Dates that
    /// are too old do not keep a row from being good.
    #[inline(always)]
    pub(super) fn accept(
        &self,
        bytes: &[u8],
        marks: &Marks,
        cells: Cells<'_>,
        contents: &mut Contents,
        domains: &Domains,
    ) -> Option<Good> {
        let (begin, end) = (cells.begin(), cells.next() - 1);
        let special = Marks::any(&marks.special, begin, end);
        let quoted = special && Marks::any(&marks.quote, begin, end);
        let filled = contents.fill(bytes, cells, quoted);
        let number = self.table_of(bytes, contents)?;
        let table = &self.layout.tables[number];
        if filled & table.required != table.required || filled & !table.used != 0 || !table.quick {
            return None;
        }
        if special && !is_plain(bytes, marks, contents, cells.len()) {
            return None;
        }
        for (column, limit) in &table.texts {
            let (begin, end) = contents.of(*column);
            let text = &bytes[begin..end];
            if accept::is_remarkable(text) || text.len() > *limit && characters(text) > *limit {
                return None;
            }
        }
        if let Some((old, new)) = table.levels
            && !are_levels(contents, bytes, filled, old, new)
        {
            return None;
        }
        if let Some((code, country)) = table.postal {
            let text = |(begin, end): (usize, usize)| &bytes[begin..end];
            if !accept::postal_code(text(contents.of(code)), country.map_or(b"", |column| text(contents.of(column)))) {
                return None;
            }
        }
        for column in &table.upns {
            if filled >> column & 1 == 0 {
                continue;
            }
            let (begin, end) = contents.of(*column);
            let at = accept::upn(self.scanner.instructions, bytes, begin, end)?;
            if !domains.knows(&bytes[at + 1..end]) {
                return None;
            }
        }
        let (mut too_old, mut resigned, mut left) = (0, Day(0), Day(u32::MAX));
        let (resignation, last) = table.employment.unwrap_or((usize::MAX, usize::MAX));
        for column in &table.dates {
            if filled >> column & 1 == 0 {
                continue;
            }
            let (begin, end) = contents.of(*column);
            let day = accept::date(&bytes[begin..end])?;
            if !self.is_usual(day) {
                return None;
            }
            too_old |= u64::from(day < self.oldest) << column;
            if *column == resignation {
                resigned = day;
            } else if *column == last {
                left = day;
            }
        }
        if left < resigned {
            return None;
        }
        let span = |column: Option<usize>| column.map_or((0, 0), |column| contents.spans[column]);
        Some(Good { table: number, address: span(table.address), date: span(table.event_date), too_old })
    }

    /// The scenario of a row, by its identifier's very bytes.
    #[inline(always)]
    fn table_of(&self, bytes: &[u8], contents: &Contents) -> Option<usize> {
        let Some(column) = self.layout.frame.identifier else { return Some(0) };
        let (begin, end) = contents.of(column);
        let text = &bytes[begin..end];
        self.layout.tables.iter().position(|table: &Table| accept::same(&table.identifier, text))
    }
}

/// Whether no cell has a blank at its edge or a character that a rule might speak of.
fn is_plain(bytes: &[u8], marks: &Marks, contents: &Contents, cells: usize) -> bool {
    let mut spans = contents.spans[..cells].iter().map(|(begin, end)| (*begin as usize, *end as usize));
    spans.all(|(begin, end)| !Marks::any(&marks.odd, begin, end) || accept::is_plain(&bytes[begin..end]))
}

/// Whether both levels are there and differ, or neither is there.
#[inline]
fn are_levels(contents: &Contents, bytes: &[u8], filled: u64, old: usize, new: usize) -> bool {
    let text = |(begin, end): (usize, usize)| &bytes[begin..end];
    let (both, neither) = (1 << old | 1 << new, filled & (1 << old | 1 << new) == 0);
    neither || filled & both == both && !text(contents.of(old)).eq_ignore_ascii_case(text(contents.of(new)))
}

#[cold]
fn characters(text: &[u8]) -> usize {
    text.iter().filter(|byte| *byte & 0xc0 != 0x80).count()
}
