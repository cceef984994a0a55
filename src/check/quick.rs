//! Whether a whole row is surely good: the loop that nearly every row of a clean file ends in.
//!
//! Which scenario a row belongs to, how many dates it has, how long its texts are and whether they are ASCII changes from
//! row to row, so a branch on any of it is guessed wrong every few rows, and costs more than the work it saves. Where it
//! can be helped, what is asked of a row is computed without branches and looked at once.

use std::ops::Range;

use super::domains::NOWHERE;
use super::job::Job;
use super::key::Moment;
use crate::accept::{self, Day, Days, Domains};
use crate::plan::{Finder, Lengths, Table};
use crate::scan::{Addresses, Cells, Marks, Tape};

/// What is kept of a row that is surely good.
pub(super) struct Good {
    /// The content of the address, as places in the block.
    pub(super) address: (usize, usize),
    /// A hash of it.
    pub(super) person: u64,
    /// Whether it has capital letters.
    pub(super) capitals: bool,
    /// The place of its domain among those remembered.
    pub(super) domain: usize,
    /// When the event happened.
    pub(super) moment: Moment,
    /// Bit `i`: the date in column `i` is too old.
    pub(super) too_old: u64,
}

/// What need not be judged again, and who tells what the bytes of an address are.
pub(super) struct Known<'w, S> {
    pub(super) set: S,
    pub(super) domains: &'w Domains,
    pub(super) days: &'w mut Days,
    /// See [`Job::quiet_days`].
    pub(super) quiet: (u32, u32),
    /// Whether a carriage return may end a row.
    pub(super) returns: bool,
}

impl<S> Known<'_, S> {
    /// The day that a date begins with.
    #[inline(always)]
    fn day(&mut self, window: &[u8; 64]) -> Option<Day> {
        self.days.find(window).or_else(|| self.days.read(window))
    }
}

/// What a row's dates show.
struct SeenDays {
    /// Bit `i`: that in column `i` is too old.
    too_old: u64,
    resigned: Day,
    left: Day,
}

/// Records whose scenario is known before they are looked at.
pub(super) const AHEAD: usize = 32;

/// Columns that are looked at side by side.
const SIDE_BY_SIDE: usize = 16;

/// The contents of a row's cells, quotes and a carriage return left out: where each begins and ends.
pub(super) struct Contents {
    begins: [u32; 64],
    ends: [u32; 64],
}

impl Contents {
    pub(super) fn new() -> Self {
        Self { begins: [0; 64], ends: [0; 64] }
    }

    /// Finds the contents of a row; `None` for more cells than 64. `returns`: a carriage return may stand before its end.
    #[inline(always)]
    fn find(&mut self, bytes: &[u8], cells: Cells<'_>, quoted: bool, returns: bool) -> Option<()> {
        let window: &[u32; 65] = cells.window(0)?;
        let ([before @ .., _], [_, next @ ..]) = (window, window);
        let last = cells.len().checked_sub(1).filter(|last| *last < 64)?;
        let (before, next) = (before.as_chunks::<SIDE_BY_SIDE>().0, next.as_chunks::<SIDE_BY_SIDE>().0);
        let (begins, _) = self.begins.as_chunks_mut::<SIDE_BY_SIDE>();
        let (ends, _) = self.ends.as_chunks_mut::<SIDE_BY_SIDE>();
        for chunk in 0..(last / SIDE_BY_SIDE + 1).min(before.len()) {
            // All are read before any is written: so they are counted on side by side.
            let mut behind = before[chunk];
            for begin in &mut behind {
                *begin = begin.wrapping_add(1);
            }
            (begins[chunk], ends[chunk]) = (behind, next[chunk]);
        }
        if returns {
            let (begin, end) = self.of(last);
            self.ends[last] -= u32::from(bytes[end.saturating_sub(1)] == b'\r' && end > begin && bytes[end] == b'\n');
        }
        if quoted {
            for (begin, end) in self.begins[..=last].iter_mut().zip(&mut self.ends) {
                let quoted = u32::from(bytes[*begin as usize] == b'"' && *end > *begin);
                *begin += quoted;
                *end -= quoted;
            }
        }
        Some(())
    }

    #[inline(always)]
    pub(super) fn of(&self, column: usize) -> (usize, usize) {
        let column = column % 64;
        (self.begins[column] as usize, self.ends[column] as usize)
    }

    /// Whether no cell begins or ends with a line break, which no mark tells of.
    #[cold]
    pub(super) fn hold_breaks_inside(&self, bytes: &[u8], columns: usize) -> bool {
        let is_break = |byte: Option<&u8>| matches!(byte, Some(b'\n' | b'\r'));
        (0..columns).map(|column| self.of(column)).all(|(begin, end)| {
            let text = &bytes[begin..end];
            !is_break(text.first()) && !is_break(text.last())
        })
    }

    /// Whether all cells are as long as they may be.
    #[inline(always)]
    fn fit(&self, columns: usize, lengths: &Lengths) -> bool {
        let (begins, _) = self.begins.as_chunks::<SIDE_BY_SIDE>();
        let (ends, _) = self.ends.as_chunks::<SIDE_BY_SIDE>();
        let (least, _) = lengths.least.as_chunks::<SIDE_BY_SIDE>();
        let (span, _) = lengths.span.as_chunks::<SIDE_BY_SIDE>();
        let chunks = columns.div_ceil(SIDE_BY_SIDE).min(begins.len());
        // No adapter: it would not be compiled for the instructions that its caller is compiled for.
        for chunk in 0..chunks {
            let mut unfit = 0;
            for i in 0..SIDE_BY_SIDE {
                let length = ends[chunk][i].wrapping_sub(begins[chunk][i]);
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
    pub(super) fn accept(
        &self,
        bytes: &[u8],
        marks: Option<&Marks>,
        cells: Cells<'_>,
        contents: &mut Contents,
        known: &mut Known<'_, impl Addresses>,
        table: &Table,
    ) -> Option<Good> {
        let (begin, end) = (cells.begin(), cells.next() - 1);
        let quoted = marks.is_some_and(|marks| Marks::any(&marks.quote, begin, end));
        contents.find(bytes, cells, quoted, known.returns)?;
        let contents = &*contents;
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
        let (mut domain, mut capitals, mut person) = (NOWHERE, false, None);
        for column in &table.upns {
            let (begin, end) = contents.of(*column);
            if begin == end {
                (domain, capitals, person) = (NOWHERE, false, None);
                continue;
            }
            let upn = accept::upn(known.set, bytes, begin, end)?;
            (domain, capitals) = (known.domains.find(bytes, upn.at + 1, end)?, upn.capitals);
            person = Some(self.hasher.person_at(accept::window(bytes, begin)?, end - begin));
        }
        let mut days = SeenDays { too_old: 0, resigned: Day(0), left: Day(u32::MAX) };
        for column in &table.other_dates {
            let (begin, end) = contents.of(*column);
            if begin == end {
                continue;
            }
            let window = accept::window(bytes, begin)?;
            accept::time_at(window, end - begin)?;
            self.see(&mut days, table, *column, known.day(window)?, known.quiet)?;
        }
        let span = |column: Option<usize>| column.map_or((0, 0), |column| contents.of(column));
        let (begin, end) = span(table.event_date);
        let mut moment = Moment::NONE;
        if begin < end {
            let window = accept::window(bytes, begin)?;
            let (time, day) = (accept::time_at(window, end - begin)?, known.day(window)?);
            self.see(&mut days, table, table.event_date?, day, known.quiet)?;
            moment = Moment::of_seconds(day.first_second() + time);
        }
        if days.left < days.resigned {
            return None;
        }
        let person = person.unwrap_or_else(|| self.hasher.person(b""));
        Some(Good { address: span(table.address), person, capitals, domain, moment, too_old: days.too_old })
    }

    /// Notes the day of a good date; `None` where a rule speaks of it.
    #[inline(always)]
    fn see(
        &self,
        days: &mut SeenDays,
        table: &Table,
        column: usize,
        day: Day,
        (first, count): (u32, u32),
    ) -> Option<()> {
        if day.0.wrapping_sub(first) >= count {
            if !self.is_usual(day) || table.effective == Some(column) && day > self.ahead {
                return None;
            }
            days.too_old |= u64::from(day < self.oldest) << column;
        }
        let (resignation, last) = table.employment.unwrap_or((usize::MAX, usize::MAX));
        days.resigned = if column == resignation { day } else { days.resigned };
        days.left = if column == last { day } else { days.left };
        Some(())
    }

    /// The scenarios of the records from `first` on; as many as there are tables or more where a record's is not known.
    ///
    /// What is asked of a row depends on its scenario, and cannot be guessed: so it is known before the row is looked at.
    #[inline(always)]
    pub(super) fn find_tables(&self, bytes: &[u8], tape: &Tape, first: usize, tables: &mut [usize; AHEAD]) {
        let Some(column) = self.layout.frame.identifier else {
            *tables = [0; AHEAD];
            return;
        };
        for (cells, table) in tape.records(first).zip(tables) {
            *table = self.table_of(bytes, cells, column).unwrap_or(Finder::NONE);
        }
    }

    /// The scenario of a row, by its identifier's very bytes.
    #[inline(always)]
    fn table_of(&self, bytes: &[u8], cells: Cells<'_>, column: usize) -> Option<usize> {
        if column >= cells.len() {
            return None;
        }
        let Range { start, end } = cells.cell(bytes, column);
        let window: &[u8; 65] = bytes.get(start..)?.first_chunk()?;
        let quoted = usize::from(window[0] == b'"');
        let length = end.checked_sub(start)?.checked_sub(2 * quoted)?;
        let found = self.layout.finder.find(window[quoted..].first_chunk()?, length);
        if found == Finder::NONE && self.layout.finder.is_crowded() {
            return self.search(&bytes[start + quoted..end - quoted]);
        }
        Some(found)
    }

    /// For tables that the finder does not find.
    #[cold]
    fn search(&self, text: &[u8]) -> Option<usize> {
        self.layout.tables.iter().position(|table| table.identifier == text)
    }
}

/// Whether any text is remarkable.
#[cold]
fn are_remarkable(bytes: &[u8], contents: &Contents, table: &Table) -> bool {
    let text = |(begin, end): (usize, usize)| &bytes[begin..end];
    table.texts.iter().any(|(column, _)| accept::is_remarkable(text(contents.of(*column))))
}

/// Whether the cells are as long as they may be, limits being counted in characters.
#[cold]
fn fits(bytes: &[u8], contents: &Contents, columns: usize, table: &Table) -> bool {
    let empty = |(begin, end): (usize, usize)| begin == end;
    let filled = (0..columns).fold(0, |all, column| all | u64::from(!empty(contents.of(column))) << column);
    let characters = |(begin, end): (usize, usize)| bytes[begin..end].iter().filter(|b| *b & 0xc0 != 0x80).count();
    filled & table.required == table.required
        && filled & !table.used == 0
        && table.texts.iter().all(|(column, limit)| characters(contents.of(*column)) <= *limit)
}

/// Whether both levels are there and differ, or neither is there.
#[inline(always)]
fn are_levels(contents: &Contents, bytes: &[u8], old: usize, new: usize) -> bool {
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
fn are_plain(bytes: &[u8], marks: &Marks, contents: &Contents, columns: usize) -> bool {
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
