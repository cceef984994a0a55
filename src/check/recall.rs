//! A row of which every cell is good or was judged before: what was said is counted again, and hardly any text is read.
//!
//! Where all is wrong, nearly every row goes this way: so it is compiled for the instructions at hand, first tells of every
//! cell what is known, and only then counts, without asking again what it has told.

use std::borrow::Cow;

use super::address_shape;
use super::begun::{Begun, Row64, Told, next, shape};
use super::careful::{Careful, Row};
use super::contents::Contents;
use super::kept::Judged;
use super::memory::{Counted, Memory};
use super::said::Shown;
use super::verdicts::Known;
use super::worker::{BlockResult, Worker};
use crate::accept::{self, Day};
use crate::plan::{RecordQuestion, Roles, is_ruled_out};
use crate::rules::date::Style;
use crate::rules::{Bytes, Cell, Record};
use crate::scan::Windows;

/// What is known of a row's first address.
struct Address {
    /// Its shape, if that tells something.
    shaped: Option<address_shape::Shaped>,
    /// Its column and the number of what was said of such addresses, if that need only be counted.
    known: Option<(usize, u16)>,
    /// Its column, and whether it is an address with capital letters, once somebody looked.
    masks: Option<(usize, bool)>,
}

impl<'b> Careful<'b, '_, '_> {
    /// Judges a row of as many cells as the header has, of which the scanner said nothing, by what is known of its cells. `None`
    /// where that is not enough; then nothing was counted. The row behind it is begun, if there is one: then what is remembered of
    /// its texts need not be waited for.
    #[inline(always)]
    pub(super) fn recall(
        &self,
        set: impl Windows,
        worker: &mut Worker,
        (row, next): (Row<'b>, Option<Row<'b>>),
        memory: &mut Memory<'b>,
        result: &mut BlockResult,
    ) -> Option<Judged> {
        let Memory { begun, likely, counted, .. } = memory;
        let [one, other] = &mut **begun;
        let (begun, ahead) = if row.number % 2 == 0 { (one, other) } else { (other, one) };
        if begun.row != row.number || begun.version != worker.verdicts.shapes.version {
            self.begin_anew(set, worker, row, (begun, *likely), result.before);
        }
        if let Some(next) = next {
            self.begin(set, worker, next, (ahead, *likely), result.before);
        }
        // No closure: it would not be compiled for the instructions at hand.
        let mut judged = None;
        if begun.row == row.number
            && let Some(roles) = self.roles(row)
            && let Some(of_row) = self.tell_all(set, worker, roles, (begun, likely), result.before)
        {
            judged = self.count(set, worker, (row, roles), (of_row, begun), counted, result);
        }
        begun.row = usize::MAX;
        judged
    }

    /// What is known of the cells of a row that was begun; `None` if one must be judged.
    #[inline(always)]
    fn tell_all(
        &self,
        set: impl Windows,
        worker: &mut Worker,
        roles: &Roles,
        (begun, likely): (&mut Begun, &mut u64),
        kept: usize,
    ) -> Option<Row64> {
        let (bytes, mut of_row) = (self.bytes(), begun.of_row);
        let (texts, told) = (&begun.texts, &mut begun.told);
        let mut left = of_row.before;
        while left != 0 {
            let column = next(&mut left);
            let (cell, place) = (&mut told[column], texts.of(column));
            let shown = Shown { tally: &worker.tally, wanted: self.wanted, kept };
            match worker.verdicts.find(set, &cell.look, bytes, place) {
                Some(known) if worker.verdicts.kinds.is_ready(known.kind(), &shown) => cell.known = known,
                _ if begun.likely >> column & 1 == 1 && self.is_good(roles.columns[column], place, cell) => {
                    of_row.before &= !(1 << column);
                }
                _ => return None,
            }
        }
        *likely = *likely & !begun.judged_alone | of_row.before & begun.judged_alone;
        Some(of_row)
    }

    /// Counts what is known of a row, and judges what is not. Of the record, only what is looked at all the same is there; `None`
    /// where one of that is not UTF-8, or where a rule about records might speak.
    #[inline(always)]
    fn count(
        &self,
        set: impl Windows,
        worker: &mut Worker,
        (row, roles): (Row<'b>, &Roles),
        (of_row, begun): (Row64, &Begun),
        counted: &mut Counted<'b>,
        result: &mut BlockResult,
    ) -> Option<Judged> {
        let frame = &self.job.layout.frame;
        let (places, told) = (&begun.texts, &begun.told);
        let row = Row { filled: Some(of_row.filled), ..row };
        if row.scenario.is_none() && !self.is_row(worker, begun, frame.identifier?) {
            return None;
        }
        let asked = still_asked(worker, roles, of_row, told);
        let mut anew = if row.scenario.is_some() { roles.upns & of_row.filled } else { of_row.anew };
        let mut first = Address { shaped: None, known: None, masks: None };
        if row.scenario.is_some() && anew != 0 {
            let column = anew.trailing_zeros() as usize % 64;
            first = self.told_address(set, worker, (column, of_row.anew >> column & 1 == 1), places, result.before);
            anew &= if first.known.is_some() { anew - 1 } else { anew };
        }
        let Address { mut shaped, known: address, masks } = first;
        // What was read of the row before goes.
        let looked_at = looked_at(roles, asked, anew);
        let Counted { texts, read, valid, .. } = counted;
        let mut left = std::mem::replace(read, looked_at) & !looked_at;
        while left != 0 {
            texts[next(&mut left)] = Cow::Borrowed("");
        }
        left = *read;
        while left != 0 {
            let column = next(&mut left);
            texts[column] = Cow::Borrowed(str::from_utf8(self.text_at(places.of(column))).ok()?);
        }
        let scenario = row.scenario.map(|at| &frame.scenarios[at]);
        let record = Record { frame, scenario, cells: texts, valid };
        worker.moment = None;
        worker.domain_counted = false;
        for (place, (question, columns)) in roles.records.iter().enumerate() {
            if asked >> place & 1 == 1 {
                let fires = self.asked_of_record(worker, row, *question, &record, result);
                if let Some((one, other)) = pair(columns, of_row, told).filter(|_| !fires) {
                    worker.verdicts.pairs.silence(question.id, one, other);
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
            verdicts.shapes.learn(of_row.shaped, shape, self.bytes(), (places, told), &mut verdicts.kinds);
        }
        if let (Some((column, kind)), Some(address_shape::Shaped { domain, .. })) = (address, shaped) {
            grave |= worker.verdicts.kinds.meet(kind, row.number);
            self.count_domain_at(set, worker, row, column, domain);
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
                Some(_) => match shaped.take() {
                    Some(shaped) if address.is_none() => {
                        self.shaped_address(worker, row, (&cell, any), shaped, result);
                    }
                    _ => self.address(worker, row, &cell, any, result),
                },
                None => _ = self.asked(worker, row, &cell, (Bytes::of(text), any), None, result),
            }
        }
        let judged = match row.scenario {
            Some(at) => {
                if !worker.domain_counted {
                    self.count_domain(worker, row, &record);
                }
                self.count_dates(worker, (row, at), roles, (of_row, begun), counted, result);
                result.scenarios[at] += 1;
                self.kept_at(set, worker, at, places, masks)
            }
            None => {
                let columns = 0..row.cells.len().min(64);
                let key = self.job.hasher.record(columns.map(|column| self.text_at(places.of(column))));
                Judged { key, spelling: None, scenario: None }
            }
        };
        Some(judged)
    }

    /// What is known of an address, which `any`: holds something that a rule about any cell might speak of.
    #[inline(always)]
    fn told_address(
        &self,
        set: impl Windows,
        worker: &mut Worker,
        (column, any): (usize, bool),
        places: &Contents,
        kept: usize,
    ) -> Address {
        let mut address = Address { shaped: None, known: None, masks: None };
        let (begin, end) = places.of(column);
        if !set.is_plain()
            && (1..64).contains(&(end - begin))
            && let Some(window) = accept::window(self.bytes(), begin)
        {
            let all = set.address(window, end - begin);
            address.masks = Some((column, all.at != 0 && all.capital != 0));
            address.shaped = self.address_shape(set, worker, (column, any), (window, all), (begin, end));
        }
        if let Some(address_shape::Shaped { shape, .. }) = address.shaped
            && let Some(kind) = worker.verdicts.addresses.find(shape)
        {
            let shown = Shown { tally: &worker.tally, wanted: self.wanted, kept };
            if worker.verdicts.kinds.is_ready(kind, &shown) {
                address.known = Some((column, kind));
            }
        }
        address
    }

    /// What is kept of a row of a scenario. `masks`: a column that was looked at, and whether it holds an address with capital
    /// letters.
    #[inline(always)]
    fn kept_at(
        &self,
        set: impl Windows,
        worker: &Worker,
        at: usize,
        places: &Contents,
        masks: Option<(usize, bool)>,
    ) -> Judged {
        let table = &self.job.layout.tables[at];
        let mut date = &[][..];
        if let Some(column) = table.event_date {
            date = self.text_at(places.of(column));
        }
        let Some(column) = table.address else { return self.kept_of(worker, table, b"", date, at) };
        let (begin, end) = places.of(column);
        let address = self.text_at((begin, end));
        if let Some((looked_at, capitals)) = masks
            && looked_at == column
            && let Some(window) = accept::window(self.bytes(), begin)
        {
            let person = self.job.hasher.person_at(set, window, end - begin);
            return self.kept_by(worker, table, (person, capitals), address, date, at);
        }
        self.kept_of(worker, table, address, date, at)
    }

    /// Counts the filled dates of a row of a scenario, and what else shows in whole columns only.
    #[inline(always)]
    fn count_dates(
        &self,
        worker: &mut Worker,
        (row, at): (Row<'b>, usize),
        roles: &Roles,
        (of_row, begun): (Row64, &Begun),
        counted: &mut Counted<'b>,
        result: &mut BlockResult,
    ) {
        let mut new = of_row.filled & roles.used & !counted.filled[at];
        counted.filled[at] |= new;
        while new != 0 {
            result.columns.fill(at, next(&mut new));
        }
        let mut dates = roles.dates & of_row.filled;
        while dates != 0 {
            let column = next(&mut dates);
            let text = self.text_at(begun.texts.of(column));
            if of_row.before >> column & 1 == 0 {
                let day = Some(Day(begun.told[column].day));
                self.count_date(row, column, text, (day, Some(Style::Iso)), result);
                continue;
            }
            let known = begun.told[column].known;
            if self.job.layout.tables[at].event_date == Some(column) {
                worker.moment = Some(worker.verdicts.moment(known));
            }
            // How it is written is counted with what was said.
            if counted.alike >> column & 1 == 1 && result.columns.see(column, text) {
                counted.alike &= !(1 << column);
            }
            if worker.verdicts.kinds.at(known.kind()).old {
                result.too_old[column].add(row.number as u64);
            }
        }
    }

    /// Whether a row with this identifier, which is of no known scenario, is surely one.
    #[inline(always)]
    fn is_row(&self, worker: &mut Worker, begun: &Begun, identifier: usize) -> bool {
        let known = begun.told[identifier % 64].known;
        let is_row = worker.verdicts.at(known).is_row;
        is_row.unwrap_or_else(|| self.settle(worker, known, begun.texts.of(identifier)))
    }

    #[cold]
    fn settle(&self, worker: &mut Worker, known: Known, identifier: (usize, usize)) -> bool {
        let layout = self.job.layout;
        let text = str::from_utf8(self.text_at(identifier));
        let is_row = text.is_ok_and(|text| is_ruled_out(layout.plan, &layout.frame, None, text));
        worker.verdicts.settle(known, is_row);
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

/// Bit `i`: the rule about records at place `i` must be asked. Of two texts that came together before it said nothing, and the one about
/// the order of two dates says nothing where they surely are in order.
#[inline(always)]
fn still_asked(worker: &Worker, roles: &Roles, of_row: Row64, told: &[Told; 64]) -> u64 {
    let mut asked = 0;
    for (place, (RecordQuestion { id, .. }, columns)) in roles.records.iter().enumerate() {
        let silent = match pair(columns, of_row, told) {
            Some((one, other)) => {
                roles.ordered >> place & 1 == 1 && worker.verdicts.are_in_order(one, other)
                    || worker.verdicts.pairs.is_silent(*id, one, other)
            }
            None => false,
        };
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
