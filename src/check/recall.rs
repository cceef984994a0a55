//! A row of which every cell is good or was judged before: what was said is counted again, and hardly any text is read.

use std::borrow::Cow;

use super::careful::{Careful, Judged, Row};
use super::key::Moment;
use super::verdicts::{Known, Place};
use super::worker::{BlockResult, Worker};
use crate::accept::{self, Day};
use crate::plan::{RecordQuestion, Role, Roles};
use crate::rules::date::Style;
use crate::rules::{Bytes, Cell, Record};
use crate::scan::{Cells, Marks};

/// What is known of a cell before anything is counted.
#[derive(Clone, Copy)]
pub(super) enum Told {
    /// Nothing is to be said.
    Nothing,
    /// It is a good date.
    Date(Day),
    /// It was judged before.
    Before(Known),
    /// It is a sign-in name, which is judged anew; whether by the rules about any cell, too.
    Upn(bool),
}

impl<'b> Careful<'b, '_, '_> {
    /// Judges a row of as many cells as the header has, of which the scanner said nothing, by what is known of its cells. `None`
    /// where that is not enough; then nothing was counted.
    pub(super) fn recall(
        &mut self,
        worker: &mut Worker,
        number: usize,
        cells: Cells<'b>,
        result: &mut BlockResult,
    ) -> Option<Judged> {
        let filled = self.find_contents(cells)?;
        let layout = self.job.layout;
        let identifier = self.content_of(layout.frame.identifier?);
        let at = layout.tables.iter().position(|table| table.identifier == identifier)?;
        let roles = layout.roles[at].as_ref()?;
        let row = Row { number, cells, filled: Some(filled), scenario: Some(at) };
        let mut told = std::mem::take(&mut self.told);
        told.clear();
        let (mut texts, valid) = (std::mem::take(&mut self.read), std::mem::take(&mut self.all_valid));
        let judged = (0..cells.len())
            .try_for_each(|column| {
                told.push(self.tell(worker, row, (at, roles), column)?);
                Some(())
            })
            .and_then(|()| {
                let asked = still_asked(worker, roles, &told);
                self.read((roles, asked), &mut texts)?;
                let frame = &layout.frame;
                let record = Record { frame, scenario: Some(&frame.scenarios[at]), cells: &texts.0, valid: &valid };
                Some(self.count(worker, row, (at, roles, asked), &record, &told, result))
            });
        (self.told, self.read, self.all_valid) = (told, texts, valid);
        judged
    }

    /// Finds where the cells' texts are; which of them are filled. `None` where one is not stored as it reads.
    fn find_contents(&mut self, cells: Cells<'b>) -> Option<u64> {
        let bytes = self.bytes();
        let mut filled = 0;
        self.contents.clear();
        for column in 0..cells.len() {
            let raw = cells.cell(bytes, column);
            let (mut begin, mut end) = (raw.start, raw.end);
            if begin < end && bytes[begin] == b'"' {
                (begin, end) = (begin + 1, end - 1);
                let closed = begin <= end && bytes[end] == b'"';
                if !closed || memchr::memchr(b'"', &bytes[begin..end]).is_some() {
                    return None;
                }
            }
            filled |= u64::from(begin < end) << column;
            self.contents.push((begin as u32, end as u32));
        }
        Some(filled)
    }

    fn content_of(&self, column: usize) -> &'b [u8] {
        let (begin, end) = self.contents[column];
        &self.bytes()[begin as usize..end as usize]
    }

    /// What is known of a cell; `None` if it must be judged.
    #[inline(always)]
    fn tell(&self, worker: &mut Worker, row: Row<'b>, (at, roles): (usize, &Roles), column: usize) -> Option<Told> {
        let role = roles.columns[column];
        let text = self.content_of(column);
        let mut before = || {
            let alike = if role.is_used() { Some(self.job.layout.alike(at, column)) } else { None };
            let place = Place::of(column, (at, alike), row.filled?, text.is_empty());
            let known = worker.verdicts.find(place, text)?;
            worker.verdicts.is_ready(known, &worker.tally).then_some(Told::Before(known))
        };
        if text.is_empty() {
            return if role.is_used() { before() } else { Some(Told::Nothing) };
        }
        let (begin, end) = self.contents[column];
        let odd = || {
            let (begin, end) = (begin as usize, end as usize);
            let quoted = row.cells.begin() < begin && self.bytes()[begin - 1] == b'"';
            quoted || Marks::any(&self.tape.marks().odd, begin, end)
        };
        match role {
            Role::Idle if odd() => before(),
            Role::Idle => Some(Told::Nothing),
            Role::Foreign => before(),
            Role::Upn => Some(Told::Upn(odd())),
            Role::Date(effective) => match self.good_date(text, effective) {
                Some(day) => Some(Told::Date(day)),
                None => before(),
            },
            Role::Text(most) => {
                let good = || (text.len() <= most && accept::is_plain(text)).then_some(Told::Nothing);
                // Something odd is rather remembered than good.
                if odd() { before().or_else(good) } else { good().or_else(before) }
            }
        }
    }

    /// The day of a date of which no rule speaks.
    #[inline(always)]
    pub(super) fn good_date(&self, text: &[u8], effective: bool) -> Option<Day> {
        accept::date(text).filter(|day| self.job.is_usual(*day) && !(effective && *day > self.job.ahead))
    }

    /// Reads the cells that are looked at all the same; `None` where one is not UTF-8.
    fn read(&self, (roles, asked): (&Roles, u64), (texts, read): &mut (Vec<Cow<'b, str>>, u64)) -> Option<()> {
        let records = roles.records.iter().enumerate().filter(|(place, _)| asked >> place & 1 == 1);
        let columns = records.flat_map(|(_, (_, columns))| columns).fold(roles.upns, |all, column| all | 1 << column);
        // What was read of the row before goes.
        bits(std::mem::replace(read, columns)).for_each(|column| texts[column] = Cow::Borrowed(""));
        bits(columns).try_for_each(|column| {
            texts[column] = Cow::Borrowed(str::from_utf8(self.content_of(column)).ok()?);
            Some(())
        })
    }

    /// Counts what is known of a row, and judges what is not. Of the record, only what was read is there.
    fn count(
        &self,
        worker: &mut Worker,
        row: Row<'b>,
        (at, roles, asked): (usize, &Roles, u64),
        record: &Record<'_>,
        told: &[Told],
        result: &mut BlockResult,
    ) -> Judged {
        worker.moment = None;
        worker.domain_counted = false;
        for (_, (question, columns)) in roles.records.iter().enumerate().filter(|(place, _)| asked >> place & 1 == 1) {
            let fires = self.asked_of_record(worker, row, *question, record, result);
            if let Some((one, other)) = pair(columns, told).filter(|_| !fires) {
                worker.verdicts.silence(question.id, one, other);
            }
        }
        result.rows += 1;
        for (column, told) in told.iter().enumerate() {
            let (role, text) = (roles.columns[column], self.content_of(column));
            if role.is_used() && !text.is_empty() {
                result.columns.fill(at, column);
            }
            let (day, style) = match *told {
                Told::Nothing => continue,
                Told::Date(day) => (Some(day), Some(Style::Iso)),
                Told::Upn(any) => {
                    let field = record.field(column);
                    let text = record.text(column);
                    let cell = Cell { text, valid: true, column, field, record, reading: None, address: None };
                    self.address(worker, row, &cell, any, result);
                    continue;
                }
                Told::Before(known) => {
                    let verdict = worker.verdicts.meet(known, row.number as u64);
                    result.failed.now |= verdict.grave;
                    if !matches!(role, Role::Date(_)) || text.is_empty() {
                        continue;
                    }
                    if self.job.layout.tables[at].event_date == Some(column) {
                        worker.moment = Some(Moment::of_instant(verdict.instant, text));
                    }
                    (verdict.day, verdict.style)
                }
            };
            self.count_date(row, column, text, (day, style), result);
        }
        result.scenarios[at] += 1;
        self.count_domain(worker, row, record);
        let table = &self.job.layout.tables[at];
        let text = |column: Option<usize>| column.map_or(&[][..], |column| self.content_of(column));
        self.kept_of(worker, table, text(table.address), text(table.event_date), at)
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
fn still_asked(worker: &Worker, roles: &Roles, told: &[Told]) -> u64 {
    let silent = |(question, columns): &(RecordQuestion, Vec<usize>)| {
        pair(columns, told).is_some_and(|(one, other)| worker.verdicts.is_silent(question.id, one, other))
    };
    let asked = roles.records.iter().enumerate().filter(|(_, of)| !silent(of));
    asked.fold(0, |all, (place, _)| all | 1 << place)
}

/// The two texts that a rule looks at, if they were judged before.
fn pair(columns: &[usize], told: &[Told]) -> Option<(Known, Known)> {
    match columns {
        [one, other] => match (told[*one], told[*other]) {
            (Told::Before(one), Told::Before(other)) => Some((one, other)),
            _ => None,
        },
        _ => None,
    }
}

/// The places of the bits that are set.
fn bits(mut left: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let place = (left != 0).then(|| left.trailing_zeros() as usize)?;
        left &= left - 1;
        Some(place)
    })
}
