//! A row of which every cell is good or was judged before: what was said is counted again, and hardly any text is read.
//!
//! Where all is wrong, nearly every row goes this way: so it is compiled for the instructions at hand, first tells of every
//! cell what is known, and only then counts, without asking again what it has told.

use std::borrow::Cow;

use super::careful::{Careful, Judged, Row};
use super::shapes::Shaped;
use super::verdicts::{Known, Look, Place};
use super::worker::{BlockResult, Worker};
use crate::accept::{self, Day};
use crate::plan::{RecordQuestion, Role, Roles, is_ruled_out};
use crate::rules::date::Style;
use crate::rules::{Bytes, Cell, Record};
use crate::scan::{Addresses, Cells, Marks, Work};

/// What is known of a cell before anything is counted.
#[derive(Clone, Copy, Default)]
pub(super) struct Told {
    /// Where its text begins and ends.
    pub(super) begin: u32,
    pub(super) end: u32,
    /// Of one that was judged before, which text it is.
    pub(super) known: Known,
    /// Of a good date, the number of its day.
    day: u32,
    /// Of one that is looked for.
    look: Look,
}

/// The same of a row's cells: bit `i` is for cell `i`.
#[derive(Clone, Copy, Default)]
struct Row64 {
    filled: u64,
    /// Was judged before, and is counted by itself.
    before: u64,
    /// The others that were judged before.
    shaped: Shaped,
    /// Is judged anew by the rules about any cell; in a row of a known scenario, one of sign-in names by all others, too.
    anew: u64,
}

/// A row to be recalled, if it can be.
struct Recall<'r, 'b, 'j, 'p> {
    careful: &'r mut Careful<'b, 'j, 'p>,
    worker: &'r mut Worker,
    row: Row<'b>,
    result: &'r mut BlockResult,
    judged: &'r mut Option<Judged>,
}

impl Work for Recall<'_, '_, '_, '_> {
    #[inline(always)]
    fn run(self, set: impl Addresses) {
        *self.judged = self.careful.recalled_row(set, self.worker, self.row, self.result);
    }
}

impl<'b> Careful<'b, '_, '_> {
    /// Judges a row of as many cells as the header has, of which the scanner said nothing, by what is known of its cells. `None`
    /// where that is not enough; then nothing was counted.
    pub(super) fn recall(&mut self, worker: &mut Worker, row: Row<'b>, result: &mut BlockResult) -> Option<Judged> {
        let mut judged = None;
        let instructions = self.job.scanner.instructions;
        instructions.run(Recall { careful: self, worker, row, result, judged: &mut judged });
        judged
    }

    #[inline(always)]
    fn recalled_row(
        &mut self,
        set: impl Addresses,
        worker: &mut Worker,
        row: Row<'b>,
        result: &mut BlockResult,
    ) -> Option<Judged> {
        let layout = self.job.layout;
        let roles = layout.roles[row.scenario.unwrap_or(layout.tables.len())].as_ref()?;
        let (mut all, mut read) = (std::mem::take(&mut self.told), std::mem::take(&mut self.read));
        let told = all.first_chunk_mut::<64>()?;
        let of_row = self.tell_all(worker, row, roles, told);
        // No closure: it would not be compiled for the instructions at hand.
        let judged = match of_row {
            Some(of_row) => self.count(set, worker, row, roles, (of_row, told), &mut read, result),
            None => None,
        };
        (self.told, self.read) = (all, read);
        judged
    }

    /// What is known of the row's cells; `None` if one must be judged.
    #[inline(always)]
    fn tell_all(&mut self, worker: &mut Worker, row: Row<'b>, roles: &Roles, told: &mut [Told; 64]) -> Option<Row64> {
        let bytes = self.bytes();
        let filled = self.find_contents(row.cells, told)?;
        let judged_alone = (roles.dates | roles.texts) & filled;
        // Of what was bad in the rows before, it need not be asked whether it is good.
        let mut left = (roles.idle | roles.upns | roles.texts & !self.likely) & filled;
        let mut odd = 0;
        while left != 0 {
            let column = next(&mut left);
            odd |= u64::from(self.is_odd(row.cells, &told[column])) << column;
        }
        // Something odd is rather remembered than good.
        let likely = judged_alone & (self.likely | odd);
        let mut left = judged_alone & !likely;
        let mut remembered = roles.used & !filled | roles.foreign & filled | roles.idle & odd | roles.unknown | likely;
        while left != 0 {
            let column = next(&mut left);
            remembered |= u64::from(!self.is_good(roles.columns[column], &mut told[column])) << column;
        }
        let mut shaped = Shaped::default();
        if let Some(shape) = shape(row, roles, filled) {
            let verdicts = &mut worker.verdicts;
            shaped = verdicts.shapes.find(shape, bytes, told, (&mut verdicts.kinds, &worker.tally));
            remembered &= !shaped.columns;
        }
        let (mut before, mut left) = (remembered, remembered);
        while left != 0 {
            let column = next(&mut left);
            let (place, cell) = (self.place_in(row, roles, filled, column), &mut told[column]);
            cell.look = worker.verdicts.look(place, bytes, cell.begin as usize, cell.end as usize)?;
        }
        left = remembered;
        while left != 0 {
            let column = next(&mut left);
            let (place, cell) = (self.place_in(row, roles, filled, column), &mut told[column]);
            match worker.verdicts.find(cell.look, place, bytes, cell.begin as usize, cell.end as usize) {
                Some(known) if worker.verdicts.kinds.is_ready(known.kind(), &worker.tally) => cell.known = known,
                _ if likely >> column & 1 == 1 && self.is_good(roles.columns[column], cell) => before &= !(1 << column),
                _ => return None,
            }
        }
        self.likely = self.likely & !judged_alone | before & judged_alone;
        Some(Row64 { filled, before, shaped, anew: roles.upns & odd })
    }

    /// Where a cell's text stands, for what is remembered of it.
    #[inline(always)]
    fn place_in(&self, row: Row<'b>, roles: &Roles, filled: u64, column: usize) -> Place {
        let Some(at) = row.scenario else { return Place::of_none(column) };
        let is = |set: u64| set >> column & 1 == 1;
        let alike = if is(roles.used) { Some(self.job.layout.alike(at, column)) } else { None };
        Place::of(column, (at, alike), filled, !is(filled))
    }

    /// Finds where the cells' texts are; which of them are filled. `None` where one is not stored as it reads.
    #[inline(always)]
    fn find_contents(&self, cells: Cells<'b>, told: &mut [Told; 64]) -> Option<u64> {
        let bytes = self.bytes();
        let quoted = Marks::any(&self.tape.marks().quote, cells.begin(), cells.next() - 1);
        let mut filled = 0;
        for (column, cell) in told[..cells.len().min(64)].iter_mut().enumerate() {
            let raw = cells.cell(bytes, column);
            let (mut begin, mut end) = (raw.start, raw.end);
            if quoted && begin < end && bytes[begin] == b'"' {
                (begin, end) = (begin + 1, end - 1);
                let closed = begin <= end && bytes[end] == b'"';
                if !closed || memchr::memchr(b'"', &bytes[begin..end]).is_some() {
                    return None;
                }
            }
            filled |= u64::from(begin < end) << column;
            (cell.begin, cell.end) = (begin as u32, end as u32);
        }
        Some(filled)
    }

    /// Whether a cell holds something that a rule about any cell might speak of. Line breaks, which are not marked, stand in quoted
    /// cells alone.
    #[inline(always)]
    fn is_odd(&self, cells: Cells<'b>, cell: &Told) -> bool {
        let (begin, end) = (cell.begin as usize, cell.end as usize);
        let quoted = cells.begin() < begin && self.bytes()[begin - 1] == b'"';
        quoted || Marks::any(&self.tape.marks().odd, begin, end)
    }

    /// Whether no rule speaks of a date or a text.
    #[inline(always)]
    fn is_good(&self, role: Role, cell: &mut Told) -> bool {
        let text = self.text_of(cell);
        match role {
            Role::Date(effective) => {
                let day = self.good_date(text, effective);
                cell.day = day.map_or(0, |day| day.0);
                day.is_some()
            }
            Role::Text(most) => text.len() <= most && accept::is_plain(text),
            _ => false,
        }
    }

    #[inline(always)]
    fn text_of(&self, cell: &Told) -> &'b [u8] {
        &self.bytes()[cell.begin as usize..cell.end as usize]
    }

    /// The day of a date of which no rule speaks.
    #[inline(always)]
    pub(super) fn good_date(&self, text: &[u8], effective: bool) -> Option<Day> {
        accept::date(text).filter(|day| self.job.is_usual(*day) && !(effective && *day > self.job.ahead))
    }

    /// Counts what is known of a row, and judges what is not. Of the record, only what is looked at all the same is there; `None`
    /// where one of that is not UTF-8, or where a rule about records might speak.
    #[inline(always)]
    fn count(
        &mut self,
        set: impl Addresses,
        worker: &mut Worker,
        row: Row<'b>,
        roles: &Roles,
        (of_row, told): (Row64, &[Told; 64]),
        (texts, read): &mut (Vec<Cow<'b, str>>, u64),
        result: &mut BlockResult,
    ) -> Option<Judged> {
        let frame = &self.job.layout.frame;
        let row = Row { filled: Some(of_row.filled), ..row };
        if row.scenario.is_none() && !self.is_row(worker, &told[frame.identifier?]) {
            return None;
        }
        let asked = still_asked(worker, roles, of_row, told);
        let anew = if row.scenario.is_some() { roles.upns & of_row.filled } else { of_row.anew };
        // What was read of the row before goes.
        let mut left = std::mem::replace(read, looked_at(roles, asked, anew));
        while left != 0 {
            texts[next(&mut left)] = Cow::Borrowed("");
        }
        left = *read;
        while left != 0 {
            let column = next(&mut left);
            texts[column] = Cow::Borrowed(str::from_utf8(self.text_of(&told[column])).ok()?);
        }
        let scenario = row.scenario.map(|at| &frame.scenarios[at]);
        let valid = std::mem::take(&mut self.all_valid);
        let record = Record { frame, scenario, cells: texts, valid: &valid };
        worker.moment = None;
        worker.domain_counted = false;
        for (place, (question, columns)) in roles.records.iter().enumerate() {
            if asked >> place & 1 == 1 {
                let fires = self.asked_of_record(worker, row, *question, &record, result);
                if let Some((one, other)) = pair(columns, of_row, told).filter(|_| !fires) {
                    worker.verdicts.silence(question.id, one, other);
                }
            }
        }
        result.rows += 1;
        let (mut before, mut grave) = (of_row.before, false);
        while before != 0 {
            grave |= worker.verdicts.kinds.meet(told[next(&mut before)].known.kind(), row.number);
        }
        if of_row.shaped.columns != 0 {
            grave |= worker.verdicts.shapes.meet(of_row.shaped, row.number);
        } else if let Some(shape) = shape(row, roles, of_row.filled) {
            let verdicts = &mut worker.verdicts;
            verdicts.shapes.learn(of_row.shaped, shape, self.bytes(), told, &mut verdicts.kinds);
        }
        result.failed.now |= grave;
        left = anew;
        while left != 0 {
            let column = next(&mut left);
            let (text, field, any) = (record.text(column), record.field(column), of_row.anew >> column & 1 == 1);
            let cell = Cell {
                text,
                valid: true,
                column,
                field,
                record: &record,
                reading: None,
                address: None,
                kinds: Bytes::ALL,
            };
            match scenario {
                Some(_) => {
                    let place = (told[column].begin as usize, told[column].end as usize);
                    if !self.seen_address(set, worker, row, (&cell, any), place, result) {
                        self.address(worker, row, &cell, any, result);
                    }
                }
                None => _ = self.asked(worker, row, &cell, (Bytes::of(text), any), None, result),
            }
        }
        let judged = match row.scenario {
            Some(at) => {
                self.count_dates(worker, (row, at), roles, (of_row, told), result);
                result.scenarios[at] += 1;
                self.count_domain(worker, row, &record);
                self.kept_at(set, worker, at, told)
            }
            None => {
                let cells = &told[..row.cells.len().min(64)];
                let key = self.job.hasher.record(cells.iter().map(|cell| self.text_of(cell)));
                Judged { key, spelling: None, scenario: None }
            }
        };
        self.all_valid = valid;
        Some(judged)
    }

    /// What is kept of a row of a scenario.
    #[inline(always)]
    fn kept_at(&self, set: impl Addresses, worker: &Worker, at: usize, told: &[Told; 64]) -> Judged {
        let table = &self.job.layout.tables[at];
        let mut date = &[][..];
        if let Some(column) = table.event_date {
            date = self.text_of(&told[column % 64]);
        }
        let Some(cell) = table.address.map(|column| &told[column % 64]) else {
            return self.kept_of(worker, table, b"", date, at);
        };
        let (address, length) = (self.text_of(cell), (cell.end - cell.begin) as usize);
        match accept::window(self.bytes(), cell.begin as usize) {
            Some(window) if (1..64).contains(&length) && !set.is_plain() => {
                let (masks, inside) = (set.address(window), u64::MAX >> (64 - length));
                let capitals = masks.capital & inside != 0 && masks.at & inside != 0;
                self.kept_by(worker, table, (self.job.hasher.person_at(window, length), capitals), address, date, at)
            }
            _ => self.kept_of(worker, table, address, date, at),
        }
    }

    /// Counts the filled dates of a row of a scenario, and what else shows in whole columns only.
    #[inline(always)]
    fn count_dates(
        &mut self,
        worker: &mut Worker,
        (row, at): (Row<'b>, usize),
        roles: &Roles,
        (of_row, told): (Row64, &[Told; 64]),
        result: &mut BlockResult,
    ) {
        let mut new = of_row.filled & roles.used & !self.filled[at];
        self.filled[at] |= new;
        while new != 0 {
            result.columns.fill(at, next(&mut new));
        }
        let mut dates = roles.dates & of_row.filled;
        while dates != 0 {
            let column = next(&mut dates);
            let text = self.text_of(&told[column]);
            if of_row.before >> column & 1 == 0 {
                let day = Some(Day(told[column].day));
                self.count_date(row, column, text, (day, Some(Style::Iso)), result);
                continue;
            }
            let known = told[column].known;
            if self.job.layout.tables[at].event_date == Some(column) {
                worker.moment = Some(worker.verdicts.moment(known));
            }
            // How it is written is counted with what was said.
            if self.alike >> column & 1 == 1 && result.columns.see(column, text) {
                self.alike &= !(1 << column);
            }
            if worker.verdicts.kinds.at(known.kind()).old {
                result.too_old[column].add(row.number as u64);
            }
        }
    }

    /// Whether a row with this identifier, which is of no known scenario, is surely one.
    #[inline(always)]
    fn is_row(&self, worker: &mut Worker, identifier: &Told) -> bool {
        let is_row = worker.verdicts.at(identifier.known).is_row;
        is_row.unwrap_or_else(|| self.settle(worker, identifier))
    }

    #[cold]
    fn settle(&self, worker: &mut Worker, identifier: &Told) -> bool {
        let layout = self.job.layout;
        let text = str::from_utf8(self.text_of(identifier));
        let is_row = text.is_ok_and(|text| is_ruled_out(layout.plan, &layout.frame, None, text));
        worker.verdicts.settle(identifier.known, is_row);
        is_row
    }

    /// Whether this check is one in which rows can be recalled.
    pub(super) fn recalls(&self) -> bool {
        self.job.options.accepting
            && self.marked
            && self.job.mending.is_none()
            && self.job.layout.asked.any_needs.is_within(Bytes::ODD)
    }
}

/// What makes short texts of a row mean the same: its scenario, which cells are filled; and where such texts may stand: in columns
/// that the scenario does not use, or leaves empty.
#[inline(always)]
fn shape(row: Row<'_>, roles: &Roles, filled: u64) -> Option<(usize, u64, u64)> {
    let columns = (roles.foreign & filled | roles.used & !filled) & !roles.paired;
    row.scenario.map(|at| (at, filled, columns))
}

/// Bit `i`: the rule about records at place `i` must be asked. Of two texts that came together before it said nothing.
#[inline(always)]
fn still_asked(worker: &Worker, roles: &Roles, of_row: Row64, told: &[Told; 64]) -> u64 {
    let mut asked = 0;
    for (place, (RecordQuestion { id, .. }, columns)) in roles.records.iter().enumerate() {
        let silent = pair(columns, of_row, told).is_some_and(|(one, other)| worker.verdicts.is_silent(*id, one, other));
        asked |= u64::from(!silent) << place;
    }
    asked
}

/// The columns of rules about records that must be asked, and those that are judged anew.
#[inline(always)]
fn looked_at(roles: &Roles, mut asked: u64, anew: u64) -> u64 {
    let mut looked_at = anew;
    while asked != 0 {
        let (_, columns) = &roles.records[next(&mut asked)];
        for column in columns {
            looked_at |= 1 << column;
        }
    }
    looked_at
}

/// The two texts that a rule looks at, if they were judged before.
#[inline(always)]
fn pair(columns: &[usize], of_row: Row64, told: &[Told; 64]) -> Option<(Known, Known)> {
    match columns {
        [one, other] if of_row.before >> one & of_row.before >> other & 1 == 1 => {
            Some((told[*one].known, told[*other].known))
        }
        _ => None,
    }
}

/// Takes away the first bit that is set; its place.
#[inline(always)]
fn next(bits: &mut u64) -> usize {
    let place = bits.trailing_zeros() as usize % 64;
    *bits &= *bits - 1;
    place
}
