//! A row of which every cell is good or was judged before: what was said is counted again, and hardly any text is read.
//!
//! Where all is wrong, nearly every row goes this way: so it is compiled for the instructions at hand, first tells of every
//! cell what is known, and only then counts, without asking again what it has told.

use std::borrow::Cow;

use super::careful::{Careful, Judged, Row};
use super::key::Moment;
use super::verdicts::{Known, Look, Place};
use super::worker::{BlockResult, Worker};
use crate::accept::{self, Day};
use crate::plan::{RecordQuestion, Role, Roles, is_ruled_out};
use crate::rules::date::Style;
use crate::rules::{Bytes, Cell, Record};
use crate::scan::{Cells, Marks, Windows, Work};

/// What is known of a cell before anything is counted.
#[derive(Clone, Copy, Default)]
pub(super) struct Told {
    /// Where its text begins and ends.
    begin: u32,
    end: u32,
    /// Of one that was judged before, which text it is.
    known: Known,
    /// Of a good date, the number of its day.
    day: u32,
    /// Of one that is looked for.
    look: Look,
}

/// The same of a row's cells: bit `i` is for cell `i`.
#[derive(Clone, Copy, Default)]
struct Row64 {
    filled: u64,
    /// Was judged before.
    before: u64,
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
    fn run(self, _: impl Windows) {
        *self.judged = self.careful.recalled_row(self.worker, self.row, self.result);
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
    fn recalled_row(&mut self, worker: &mut Worker, row: Row<'b>, result: &mut BlockResult) -> Option<Judged> {
        let layout = self.job.layout;
        let roles = layout.roles[row.scenario.unwrap_or(layout.tables.len())].as_ref()?;
        let (mut told, mut read) = (std::mem::take(&mut self.told), std::mem::take(&mut self.read));
        let of_row = self.tell_all(worker, row, roles, &mut told);
        // No closure: it would not be compiled for the instructions at hand.
        let judged = match of_row {
            Some(of_row) => self.count(worker, row, roles, (of_row, &told), &mut read, result),
            None => None,
        };
        (self.told, self.read) = (told, read);
        judged
    }

    /// What is known of the row's cells; `None` if one must be judged.
    #[inline(always)]
    fn tell_all(&mut self, worker: &mut Worker, row: Row<'b>, roles: &Roles, told: &mut Vec<Told>) -> Option<Row64> {
        let bytes = self.bytes();
        told.resize(row.cells.len(), Told::default());
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
                Some(known) if worker.verdicts.is_ready(known, &worker.tally) => cell.known = known,
                _ if likely >> column & 1 == 1 && self.is_good(roles.columns[column], cell) => before &= !(1 << column),
                _ => return None,
            }
        }
        self.likely = self.likely & !judged_alone | before & judged_alone;
        Some(Row64 { filled, before, anew: roles.upns & odd })
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
    fn find_contents(&self, cells: Cells<'b>, told: &mut [Told]) -> Option<u64> {
        let bytes = self.bytes();
        let quoted = Marks::any(&self.tape.marks().quote, cells.begin(), cells.next() - 1);
        let mut filled = 0;
        for (column, cell) in told.iter_mut().enumerate() {
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
        worker: &mut Worker,
        row: Row<'b>,
        roles: &Roles,
        (of_row, told): (Row64, &[Told]),
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
            grave |= worker.verdicts.meet(told[next(&mut before)].known, row.number);
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
                Some(_) => self.address(worker, row, &cell, any, result),
                None => _ = self.asked(worker, row, &cell, (Bytes::of(text), any), None, result),
            }
        }
        let judged = match row.scenario {
            Some(at) => {
                self.count_dates(worker, (row, at), roles, (of_row, told), result);
                result.scenarios[at] += 1;
                self.count_domain(worker, row, &record);
                let table = &self.job.layout.tables[at];
                let text = |column: Option<usize>| column.map_or(&[][..], |column| self.text_of(&told[column]));
                self.kept_of(worker, table, text(table.address), text(table.event_date), at)
            }
            None => {
                let key = self.job.hasher.record(told.iter().map(|cell| self.text_of(cell)));
                Judged { key, spelling: None, scenario: None }
            }
        };
        self.all_valid = valid;
        Some(judged)
    }

    /// Counts the filled dates of a row of a scenario, and what else shows in whole columns only.
    #[inline(always)]
    fn count_dates(
        &mut self,
        worker: &mut Worker,
        (row, at): (Row<'b>, usize),
        roles: &Roles,
        (of_row, told): (Row64, &[Told]),
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
            let (day, style) = if of_row.before >> column & 1 == 1 {
                let verdict = worker.verdicts.at(told[column].known);
                if self.job.layout.tables[at].event_date == Some(column) {
                    worker.moment = Some(Moment::of_instant(verdict.instant, text));
                }
                (verdict.day, verdict.style)
            } else {
                (Some(Day(told[column].day)), Some(Style::Iso))
            };
            self.count_date(row, column, text, (day, style), result);
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

/// Bit `i`: the rule about records at place `i` must be asked. Of two texts that came together before it said nothing.
#[inline(always)]
fn still_asked(worker: &Worker, roles: &Roles, of_row: Row64, told: &[Told]) -> u64 {
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
fn pair(columns: &[usize], of_row: Row64, told: &[Told]) -> Option<(Known, Known)> {
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
    let place = bits.trailing_zeros() as usize;
    *bits &= *bits - 1;
    place
}
