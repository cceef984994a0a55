//! Whether a whole row is surely good: the loop that nearly every row of a clean file ends in.
//!
//! Which scenario a row belongs to, how many dates it has, how long its texts are and whether they are ASCII changes from
//! row to row, so a branch on any of it is guessed wrong every few rows, and costs more than the work it saves. Where it
//! can be helped, what is asked of a row is computed without branches and looked at once.

use super::contents::Spans;
use super::domains::{Domains, NOWHERE};
use super::job::Job;
use super::key::Moment;
use crate::accept::{self, Day, Days, Upn};
use crate::plan::{More, Table};
use crate::scan::{Marks, Windows};

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
    pub(super) domains: &'w mut Domains,
    pub(super) days: &'w mut Days,
    /// See [`Job::quiet_days`].
    pub(super) quiet: (u32, u32),
}

impl<S: Windows> Known<'_, S> {
    /// The sign-in name `begin..end`, if it is surely good, and the place of its domain.
    #[inline(always)]
    fn upn(&self, bytes: &[u8], (begin, end): (usize, usize)) -> Option<(Upn, usize)> {
        let upn = accept::upn(self.set, bytes, begin, end)?;
        Some((upn, self.domains.known.find(self.set, bytes, upn.at + 1, end)?))
    }

    /// The day that a date begins with.
    #[inline(always)]
    fn day(&mut self, window: &[u8; 64]) -> Option<Day> {
        match self.days.find(window) {
            None => self.days.read(window),
            found => found,
        }
    }
}

impl Job<'_, '_> {
    /// The row's particulars if it is surely good.
    ///
    /// Relies on: the row has as many cells as the header has names, and the scanner had nothing to say about it; its
    /// scenario's table; the first byte of it or behind it that is marked. Dates that are too old do not keep a row from being good.
    #[inline(always)]
    pub(super) fn accept(
        &self,
        bytes: &[u8],
        (marks, special): (&Marks, usize),
        (contents, columns, row_end): (Spans<'_>, usize, usize),
        known: &mut Known<'_, impl Windows>,
        table: &Table,
    ) -> Option<Good> {
        let set = known.set;
        if !table.quick {
            return None;
        }
        let span = |column: Option<usize>| column.map_or((0, 0), |column| contents.of(column));
        // First what takes longest, as each step of it waits for the one before: when a branch behind it was guessed wrong, it goes
        // on all the same.
        let address = span(table.address);
        let (mut domain, mut upn, mut person) = (NOWHERE, Upn::NONE, self.hasher.nobody());
        if address.0 < address.1 {
            upn = accept::upn(set, bytes, address.0, address.1)?;
            person = self.hasher.person_at(set, accept::window(bytes, address.0)?, address.1 - address.0);
        }
        let (begin, end) = span(table.event_date);
        let (mut moment, mut event, mut too_old) = (Moment::NONE, None, 0);
        if begin < end {
            let window = accept::window(bytes, begin)?;
            let (time, day) = (accept::time_at(set, window, end - begin)?, known.day(window)?);
            too_old = self.judge_day(table, table.event_date?, day, known.quiet)?;
            event = Some(day);
            moment = Moment::of_seconds(day.first_second() + time);
        }
        if !contents.fit(set, columns, &table.lengths) && !fits(bytes, contents, columns, table) {
            return None;
        }
        // What waits longest for what it is told is asked late: meanwhile the date was looked at.
        if address.0 < address.1 {
            domain = known.domains.known.find(set, bytes, upn.at + 1, address.1)?;
        }
        if special <= row_end
            && !is_plain(bytes, marks, special, row_end)
            && !are_plain(bytes, marks, contents, columns)
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
        if let Some(more) = &table.more {
            too_old |= self.accept_more(bytes, contents, known, (table, more), event)?;
        }
        Some(Good { address, person, capitals: upn.capitals, domain, moment, too_old })
    }

    /// Looks at what only some scenarios have: its dates that are too old, if all of it is surely good. `event`: the day of the event.
    #[inline(always)]
    fn accept_more(
        &self,
        bytes: &[u8],
        contents: Spans<'_>,
        known: &mut Known<'_, impl Windows>,
        (table, more): (&Table, &More),
        event: Option<Day>,
    ) -> Option<u64> {
        let mut too_old = 0;
        if let Some((old, new)) = more.levels
            && !are_levels(contents, bytes, old, new)
        {
            return None;
        }
        if let Some((code, country)) = more.postal {
            let text = |(begin, end): (usize, usize)| &bytes[begin..end];
            if !accept::postal_code(text(contents.of(code)), country.map_or(b"", |column| text(contents.of(column)))) {
                return None;
            }
        }
        for column in &more.upns {
            let (begin, end) = contents.of(*column);
            if begin < end {
                known.upn(bytes, (begin, end))?;
            }
        }
        if !more.dates.is_empty() {
            let (resignation, last) = table.employment;
            let of_event = |column| if table.event_date == Some(column) { event } else { None };
            let (mut resigned, mut left) = (of_event(resignation), of_event(last));
            for column in &more.dates {
                let (begin, end) = contents.of(*column);
                if begin < end {
                    let window = accept::window(bytes, begin)?;
                    accept::time_at(known.set, window, end - begin)?;
                    let day = known.day(window)?;
                    too_old |= self.judge_day(table, *column, day, known.quiet)?;
                    resigned = if *column == resignation { Some(day) } else { resigned };
                    left = if *column == last { Some(day) } else { left };
                }
            }
            if left.unwrap_or(Day(u32::MAX)) < resigned.unwrap_or(Day(0)) {
                return None;
            }
        }
        Some(too_old)
    }

    /// Bit `column` if the day of a good date there is too old, which no rule speaks of row by row; `None` where a rule speaks of it.
    #[inline(always)]
    fn judge_day(&self, table: &Table, column: usize, day: Day, (first, count): (u32, u32)) -> Option<u64> {
        if day.0.wrapping_sub(first) >= count && !self.is_usual(day, table.effective == Some(column)) {
            return None;
        }
        // None before those that are believed is usual.
        Some(u64::from(day < self.oldest) << (column % 64))
    }
}

/// Whether any text is remarkable.
#[cold]
fn are_remarkable(bytes: &[u8], contents: Spans<'_>, table: &Table) -> bool {
    let text = |(begin, end): (usize, usize)| &bytes[begin..end];
    table.texts.iter().any(|(column, _)| accept::is_remarkable(text(contents.of(*column))))
}

/// Whether the cells are as long as they may be, limits being counted in characters.
#[cold]
fn fits(bytes: &[u8], contents: Spans<'_>, columns: usize, table: &Table) -> bool {
    let empty = |(begin, end): (usize, usize)| begin == end;
    let filled = (0..columns).fold(0, |all, column| all | u64::from(!empty(contents.of(column))) << column);
    let characters = |(begin, end): (usize, usize)| bytes[begin..end].iter().filter(|b| *b & 0xc0 != 0x80).count();
    filled & table.required == table.required
        && filled & !table.used == 0
        && table.texts.iter().all(|(column, limit)| characters(contents.of(*column)) <= *limit)
}

/// Whether both levels are there and differ, or neither is there.
#[inline(always)]
fn are_levels(contents: Spans<'_>, bytes: &[u8], old: usize, new: usize) -> bool {
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
    let (Some(first_a), Some(first_b)) = (first(a), first(b)) else { return false };
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
fn are_plain(bytes: &[u8], marks: &Marks, contents: Spans<'_>, columns: usize) -> bool {
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
        let Some(around) = bytes.get(at - 2..).and_then(<[u8]>::first_chunk) else { return false };
        // Delimiters are ASCII: no letter goes on behind its cell.
        let length = (end + 1 - at).min(64);
        let foreign = accept::foreign(around, length);
        // Of the bytes that are odd, all are parts of letters.
        if foreign != Some(Marks::count(&marks.odd, at, length.min(accept::WHOLE))) {
            return false;
        }
        at += accept::WHOLE;
    }
}
