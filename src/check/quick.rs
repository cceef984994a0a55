//! Whether a whole row is surely good: the loop that nearly every row of a clean file ends in.
//!
//! Which scenario a row belongs to, how many dates it has, how long its texts are and whether they are ASCII changes from
//! row to row, so a branch on any of it is guessed wrong every few rows, and costs more than the work it saves. Where it
//! can be helped, what is asked of a row is computed without branches and looked at once.

use std::ops::Range;

use super::domains::NOWHERE;
use super::job::Job;
use super::key::Moment;
use crate::accept::{self, Day, Domains};
use crate::plan::{Lengths, Table};
use crate::scan::{Cells, Marks, Tape};

/// What is kept of a row that is surely good.
pub(super) struct Good<'t> {
    pub(super) contents: Contents<'t>,
    /// The scenario's place in the layout's tables.
    pub(super) table: usize,
    /// The content of the address, as places in the block.
    pub(super) address: (usize, usize),
    /// Whether it has capital letters.
    pub(super) capitals: bool,
    /// The place of its domain among those remembered.
    pub(super) domain: usize,
    /// When the event happened.
    pub(super) moment: Moment,
    /// Bit `i`: the date in column `i` is too old.
    pub(super) too_old: u64,
}

/// Records whose scenario is known before they are looked at.
pub(super) const AHEAD: usize = 32;

/// Columns that are looked at side by side.
const SIDE_BY_SIDE: usize = 16;

/// The contents of a row's cells, quotes and a carriage return left out: where each ends, and the place before its first byte.
#[derive(Clone, Copy)]
pub(super) struct Contents<'t> {
    before: &'t [u32; 64],
    ends: &'t [u32; 64],
}

/// Room for contents that do not end where cells do.
pub(super) struct Trimmed {
    before: [u32; 64],
    ends: [u32; 64],
}

impl Trimmed {
    pub(super) fn new() -> Self {
        Self { before: [0; 64], ends: [0; 64] }
    }
}

impl<'t> Contents<'t> {
    /// Finds the contents of a row; `None` for more cells than 64.
    #[inline(always)]
    fn new(bytes: &[u8], cells: Cells<'t>, quoted: bool, trimmed: &'t mut Trimmed) -> Option<Self> {
        let window: &[u32; 65] = cells.window(0)?;
        let ([before @ .., _], [_, ends @ ..]) = (window, window);
        let last = cells.len().checked_sub(1).filter(|last| *last < 64)?;
        let (begin, end) = Self { before, ends }.of(last);
        let returns = bytes[end.saturating_sub(1)] == b'\r' && end > begin && bytes[end] == b'\n';
        if !quoted && !returns {
            return Some(Self { before, ends });
        }
        let sources = before.as_chunks::<SIDE_BY_SIDE>().0.iter().zip(ends.as_chunks::<SIDE_BY_SIDE>().0);
        let (before, _) = trimmed.before.as_chunks_mut::<SIDE_BY_SIDE>();
        let (ends, _) = trimmed.ends.as_chunks_mut::<SIDE_BY_SIDE>();
        for ((before, ends), sources) in before.iter_mut().zip(ends).zip(sources).take(last / SIDE_BY_SIDE + 1) {
            (*before, *ends) = (*sources.0, *sources.1);
        }
        // What is written here is waited for when all ends are read side by side.
        if returns {
            trimmed.ends[last] -= 1;
        }
        if quoted {
            for (before, end) in trimmed.before[..=last].iter_mut().zip(&mut trimmed.ends) {
                let begin = before.wrapping_add(1);
                let quoted = u32::from(bytes[begin as usize] == b'"' && *end > begin);
                *before = before.wrapping_add(quoted);
                *end -= quoted;
            }
        }
        Some(Self { before: &trimmed.before, ends: &trimmed.ends })
    }

    #[inline(always)]
    pub(super) fn of(self, column: usize) -> (usize, usize) {
        let column = column % 64;
        (self.before[column].wrapping_add(1) as usize, self.ends[column] as usize)
    }

    /// Whether no cell begins or ends with a line break, which no mark tells of.
    #[cold]
    pub(super) fn hold_breaks_inside(self, bytes: &[u8], columns: usize) -> bool {
        let is_break = |byte: Option<&u8>| matches!(byte, Some(b'\n' | b'\r'));
        (0..columns).map(|column| self.of(column)).all(|(begin, end)| {
            let text = &bytes[begin..end];
            !is_break(text.first()) && !is_break(text.last())
        })
    }

    /// Whether all cells are as long as they may be.
    #[inline(always)]
    fn fit(self, columns: usize, lengths: &Lengths) -> bool {
        let (before, _) = self.before.as_chunks::<SIDE_BY_SIDE>();
        let (ends, _) = self.ends.as_chunks::<SIDE_BY_SIDE>();
        let (least, _) = lengths.least.as_chunks::<SIDE_BY_SIDE>();
        let (span, _) = lengths.span.as_chunks::<SIDE_BY_SIDE>();
        let chunks = columns.div_ceil(SIDE_BY_SIDE).min(before.len());
        // No adapter: it would not be compiled for the instructions that its caller is compiled for.
        for chunk in 0..chunks {
            let mut unfit = 0;
            for i in 0..SIDE_BY_SIDE {
                let length = ends[chunk][i].wrapping_sub(before[chunk][i]).wrapping_sub(1);
                unfit |= u32::from(length.wrapping_sub(least[chunk][i]) > span[chunk][i]);
            }
            if unfit != 0 {
                return false;
            }
        }
        true
    }
}

impl Job<'_, '_> {
    /// The row's particulars if it is surely good.
    ///
    /// Relies on: the row has as many cells as the header has names, and the scanner had nothing to say about it; the number of
    /// its scenario's table; the marks, unless no byte of it is marked. Dates that are too old do not keep a row from being good.
    #[inline(always)]
    pub(super) fn accept<'t>(
        &self,
        bytes: &[u8],
        marks: Option<&Marks>,
        cells: Cells<'t>,
        trimmed: &'t mut Trimmed,
        domains: &Domains,
        number: usize,
    ) -> Option<Good<'t>> {
        let (begin, end) = (cells.begin(), cells.next() - 1);
        let quoted = marks.is_some_and(|marks| Marks::any(&marks.quote, begin, end));
        let contents = Contents::new(bytes, cells, quoted, trimmed)?;
        let table = self.layout.tables.get(number)?;
        if !table.quick || !contents.fit(cells.len(), &table.lengths) && !fits(bytes, contents, cells.len(), table) {
            return None;
        }
        if let Some(marks) = marks
            && !is_plain(bytes, marks, begin, end)
            && !are_plain(bytes, marks, contents, cells.len())
        {
            return None;
        }
        let mut remarkable = false;
        for (column, _) in &table.texts {
            let (begin, end) = contents.of(*column);
            remarkable |= accept::may_be_remarkable(bytes, begin, end);
        }
        if remarkable && are_remarkable(bytes, contents, table) {
            return None;
        }
        if let Some((old, new)) = table.levels
            && !are_levels(contents, bytes, old, new)
        {
            return None;
        }
        if let Some((code, country)) = table.postal {
            let text = |(begin, end): (usize, usize)| &bytes[begin..end];
            if !accept::postal_code(text(contents.of(code)), country.map_or(b"", |column| text(contents.of(column)))) {
                return None;
            }
        }
        // That of the address, which comes last.
        let (mut domain, mut capitals) = (NOWHERE, false);
        for column in &table.upns {
            let (begin, end) = contents.of(*column);
            if begin == end {
                (domain, capitals) = (NOWHERE, false);
                continue;
            }
            let upn = accept::upn(self.scanner.instructions, bytes, begin, end)?;
            (domain, capitals) = (domains.find(bytes, upn.at + 1, end)?, upn.capitals);
        }
        let (mut too_old, mut resigned, mut left) = (0, Day(0), Day(u32::MAX));
        let (resignation, last) = table.employment.unwrap_or((usize::MAX, usize::MAX));
        let effective = table.effective.unwrap_or(usize::MAX);
        for column in &table.dates {
            let (begin, end) = contents.of(*column);
            if begin == end {
                continue;
            }
            let day = accept::date_at(bytes.get(begin..)?.first_chunk()?, end - begin)?;
            let ahead = if *column == effective { self.ahead } else { Day(u32::MAX) };
            if !self.is_usual(day) || day > ahead {
                return None;
            }
            too_old |= u64::from(day < self.oldest) << column;
            resigned = if *column == resignation { day } else { resigned };
            left = if *column == last { day } else { left };
        }
        if left < resigned {
            return None;
        }
        let span = |column: Option<usize>| column.map_or((0, 0), |column| contents.of(column));
        let (begin, end) = span(table.event_date);
        let moment = if begin < end {
            Moment::of_seconds(accept::seconds_at(bytes.get(begin..)?.first_chunk()?, end - begin))
        } else {
            Moment::of(b"")
        };
        Some(Good { contents, table: number, address: span(table.address), capitals, domain, moment, too_old })
    }

    /// The scenarios of the records from `first` on; as many as there are tables where a record's is not known.
    ///
    /// What is asked of a row depends on its scenario, and cannot be guessed: so it is known before the row is looked at.
    #[inline(always)]
    pub(super) fn find_tables(&self, bytes: &[u8], tape: &Tape, first: usize, tables: &mut [usize; AHEAD]) {
        for (cells, table) in tape.records(first).zip(tables) {
            *table = self.table_of(bytes, cells).unwrap_or(usize::MAX);
        }
    }

    /// The scenario of a row, by its identifier's very bytes.
    #[inline(always)]
    fn table_of(&self, bytes: &[u8], cells: Cells<'_>) -> Option<usize> {
        let Some(column) = self.layout.frame.identifier else { return Some(0) };
        if column >= cells.len() {
            return None;
        }
        let Range { start, end } = cells.cell(bytes, column);
        let quoted = usize::from(bytes[start] == b'"' && end > start);
        let (begin, end) = (start + quoted, end - quoted);
        let (window, length) = (bytes.get(begin..)?.first_chunk()?, end.checked_sub(begin)?);
        match self.layout.finder.find(window, length) {
            None if self.layout.finder.is_crowded() => self.search(&bytes[begin..end]),
            found => found,
        }
    }

    /// For tables that the finder does not find.
    #[cold]
    fn search(&self, text: &[u8]) -> Option<usize> {
        self.layout.tables.iter().position(|table| table.identifier == text)
    }
}

/// Whether any text is remarkable.
#[cold]
fn are_remarkable(bytes: &[u8], contents: Contents<'_>, table: &Table) -> bool {
    let text = |(begin, end): (usize, usize)| &bytes[begin..end];
    table.texts.iter().any(|(column, _)| accept::is_remarkable(text(contents.of(*column))))
}

/// Whether the cells are as long as they may be, limits being counted in characters.
#[cold]
fn fits(bytes: &[u8], contents: Contents<'_>, columns: usize, table: &Table) -> bool {
    let empty = |(begin, end): (usize, usize)| begin == end;
    let filled = (0..columns).fold(0, |all, column| all | u64::from(!empty(contents.of(column))) << column);
    let characters = |(begin, end): (usize, usize)| bytes[begin..end].iter().filter(|b| *b & 0xc0 != 0x80).count();
    filled & table.required == table.required
        && filled & !table.used == 0
        && table.texts.iter().all(|(column, limit)| characters(contents.of(*column)) <= *limit)
}

/// Whether both levels are there and differ, or neither is there.
#[inline(always)]
fn are_levels(contents: Contents<'_>, bytes: &[u8], old: usize, new: usize) -> bool {
    let (old, new) = (contents.of(old), contents.of(new));
    if begin_differently(bytes, old, new) {
        return true;
    }
    let letters = |(begin, end): (usize, usize)| accept::letters(bytes.get(begin..)?.first_chunk()?, end - begin);
    let differ = letters(old).zip(letters(new)).is_some_and(|(old, new)| old != new);
    let text = |(begin, end): (usize, usize)| &bytes[begin..end];
    let (old, new) = (text(old), text(new));
    old.is_empty() == new.is_empty() && (old.is_empty() || differ || !is_same(old, new))
}

/// Whether two texts have other letters within their first eight bytes, and blanks at the same places before.
#[inline(always)]
fn begin_differently(bytes: &[u8], a: (usize, usize), b: (usize, usize)) -> bool {
    let first = |(begin, _): (usize, usize)| bytes.get(begin..)?.first_chunk().map(|bytes| u64::from_le_bytes(*bytes));
    let Some((first_a, first_b)) = first(a).zip(first(b)) else { return false };
    // The bit that tells the cases of a letter apart, and makes a blank of nothing, is left out.
    let at = ((first_a ^ first_b) & !0x2020_2020_2020_2020).trailing_zeros() as usize / 8;
    at < (a.1 - a.0).min(b.1 - b.0).min(8) && bytes[a.0 + at] != b' ' && bytes[b.0 + at] != b' '
}

/// Whether two levels are the same letters, blanks left out.
#[cold]
fn is_same(old: &[u8], new: &[u8]) -> bool {
    let (old, new) = (old.iter().rev(), new.iter().rev());
    let letters = |byte: &&u8| **byte != b' ';
    old.filter(letters).map(u8::to_ascii_lowercase).eq(new.filter(letters).map(u8::to_ascii_lowercase))
}

/// The same as [`is_plain`], cell by cell: a blank beside a doubled quote is not at the edge of a cell.
#[cold]
fn are_plain(bytes: &[u8], marks: &Marks, contents: Contents<'_>, columns: usize) -> bool {
    (0..columns)
        .map(|column| contents.of(column))
        .all(|(begin, end)| !Marks::any(&marks.odd, begin, end) || accept::is_plain(&bytes[begin..end]))
}

/// Whether a row has no blank beside the edge of a cell or a quote, and no character that a rule might speak of.
#[inline(always)]
fn is_plain(bytes: &[u8], marks: &Marks, begin: usize, end: usize) -> bool {
    let mut at = begin;
    loop {
        at = Marks::next(&marks.odd, at, end);
        if at > end {
            return true;
        }
        if bytes[at].is_ascii() {
            return false;
        }
        // Delimiters are ASCII: no letter goes on behind its cell.
        while !bytes[at].is_ascii() {
            at += accept::letter(&bytes[at..end]);
            if at > end {
                return false;
            }
        }
    }
}
