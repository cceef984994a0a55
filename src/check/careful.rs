//! A row that is not surely good, cell by cell: accept what is, ask the rules about the rest.

use std::borrow::Cow;

use super::asking::Hit;
use super::buffer::Buffer;
use super::job::{Job, Wanted};
use super::kept::Judged;
use super::memory::Memory;
use super::worker::{BlockResult, Worker};
use crate::finding::{Finding, Severity};
use crate::rules::{Bytes, Cell, Check, Explanation, Record, Rule};
use crate::scan::{Cells, Marks, Observation, Seen, Tape, Windows, unquote};

/// Judges rows of one block.
pub(super) struct Careful<'b, 'j, 'p> {
    pub(super) job: &'b Job<'j, 'p>,
    pub(super) wanted: &'b Wanted,
    pub(super) tape: &'b Tape,
    pub(super) buffer: &'b Buffer,
    texts: Vec<Cow<'b, str>>,
    valid: Vec<bool>,
    /// Where a line begins, a place in it, and the characters between: counting goes on from there.
    pub(super) counted: std::cell::Cell<(usize, usize, usize)>,
    /// Whether the tape is marked; that of a single record, read again, is not.
    pub(super) marked: bool,
    /// Cells whose text is no longer that of the buffer, when rows are mended.
    pub(super) changed: Vec<bool>,
    /// Cells that need not be judged again, when rows are mended.
    pub(super) settled: Vec<bool>,
}

/// What a finding of a row points at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// The whole record.
    Record,
    /// A cell, which may be missing at the end of the record.
    Cell(usize),
}

/// A row under judgement.
#[derive(Clone, Copy)]
pub(super) struct Row<'b> {
    /// Its number in the block.
    pub(super) number: usize,
    pub(super) cells: Cells<'b>,
    /// Bit `i`: cell `i` is filled; `None` where there are more cells than bits.
    pub(super) filled: Option<u64>,
    /// Its scenario's place in the layout's tables.
    pub(super) scenario: Option<usize>,
}

impl<'b, 'j, 'p> Careful<'b, 'j, 'p> {
    pub(super) fn new(job: &'b Job<'j, 'p>, wanted: &'b Wanted, tape: &'b Tape, buffer: &'b Buffer) -> Self {
        Self {
            job,
            wanted,
            tape,
            buffer,
            texts: Vec::new(),
            valid: Vec::new(),
            counted: std::cell::Cell::default(),
            marked: true,
            changed: Vec::new(),
            settled: Vec::new(),
        }
    }

    pub(super) fn bytes(&self) -> &'b [u8] {
        self.buffer.piece().bytes
    }

    /// Judges a row, adds what is wrong to the result, and returns what is kept of it; `None` for a row that is none. `next`: the
    /// row behind it, if there is one, which is begun.
    #[inline(always)]
    pub(super) fn judge(
        &mut self,
        set: impl Windows,
        worker: &mut Worker,
        (row, next): (Row<'b>, Option<Row<'b>>),
        seen: &[Observation],
        (memory, result): (&mut Memory<'b>, &mut BlockResult),
    ) -> Option<Judged> {
        let kept = result.findings.len();
        result.before = kept;
        let (mut judged, headers) = (None, self.job.layout.frame.headers.len());
        if row.cells.len() == headers && seen.is_empty() && self.recalls() {
            let next = next.filter(|next| memory.streak && next.cells.len() == headers);
            judged = self.recall(set, worker, (row, next), memory, result);
        }
        memory.streak = judged.is_some();
        if judged.is_none() {
            judged = self.read_whole(worker, row.number, row.cells, seen, result);
        }
        if result.findings.len() > kept + 1 {
            sort(&mut result.findings[kept..]);
        }
        judged
    }

    #[cold]
    #[inline(never)]
    fn read_whole(
        &mut self,
        worker: &mut Worker,
        number: usize,
        cells: Cells<'b>,
        seen: &[Observation],
        result: &mut BlockResult,
    ) -> Option<Judged> {
        let (mut texts, mut valid) = (std::mem::take(&mut self.texts), std::mem::take(&mut self.valid));
        decode_all(self.bytes(), cells, &mut texts, &mut valid);
        let row = self.row(number, cells, &texts);
        let record = self.record(row, &texts, &valid);
        let judged = self.walk(worker, row, &record, seen, result).then(|| self.kept(worker, row, &record));
        (self.texts, self.valid) = (texts, valid);
        judged
    }

    /// The row of these texts.
    pub(super) fn row(&self, number: usize, cells: Cells<'b>, texts: &[Cow<'_, str>]) -> Row<'b> {
        let filled = || texts.iter().enumerate().fold(0, |all, (i, text)| all | u64::from(!text.is_empty()) << i);
        let filled = (texts.len() <= 64).then(filled);
        Row { number, cells, filled, scenario: self.scenario(texts) }
    }

    /// The row's texts, and whether they are UTF-8, as rules see them.
    pub(super) fn record<'t>(&self, row: Row<'b>, texts: &'t [Cow<'t, str>], valid: &'t [bool]) -> Record<'t>
    where
        'j: 't,
    {
        let frame = &self.job.layout.frame;
        Record { frame, scenario: row.scenario.map(|at| &frame.scenarios[at]), cells: texts, valid }
    }

    /// The finding about the first record of the tape; its row and line count from that record.
    pub(super) fn of_first(
        &self,
        rule: &'static Rule,
        severity: Severity,
        target: Target,
        explanation: Explanation,
    ) -> Finding {
        let cells = self.tape.record(0);
        let (mut texts, mut valid) = (Vec::new(), Vec::new());
        decode_all(self.bytes(), cells, &mut texts, &mut valid);
        let scenario = self.scenario(&texts);
        let row = Row { number: 0, cells, filled: None, scenario };
        let record = self.record(row, &texts, &valid);
        self.finding(row, rule, severity, target, &record, None, explanation)
    }

    /// The scenario of a record, as a place in the layout's tables.
    fn scenario(&self, texts: &[Cow<'_, str>]) -> Option<usize> {
        let frame = &self.job.layout.frame;
        let Some(column) = frame.identifier else { return Some(0) };
        let text = texts.get(column).map_or("", |text| text);
        frame.scenarios.iter().position(|scenario| scenario.identifier == text)
    }

    /// Asks the rules about a row, and returns whether it is one.
    pub(super) fn walk(
        &self,
        worker: &mut Worker,
        row: Row<'b>,
        record: &Record<'_>,
        seen: &[Observation],
        result: &mut BlockResult,
    ) -> bool {
        let mut torn = false;
        worker.moment = None;
        worker.domain_counted = false;
        let even = record.cells.len() == record.frame.headers.len();
        for question in self.job.layout.asked.record(row.scenario, even).iter().copied() {
            if self.asked_of_record(worker, row, question, record, result) {
                if self.job.engine.ends_the_row(question.id) {
                    return false;
                }
                if self.job.engine.tears_the_row(question.id) {
                    torn = true;
                    break;
                }
            }
        }
        if row.cells.span(self.bytes()).is_empty() && record.frame.headers.len() > 1 {
            // Even where nobody wants to hear of blank lines, they are no rows.
            return false;
        }
        result.rows += 1;
        for seen in seen {
            let (id, fact) = self.job.engine.seen(seen.seen, self.job.options.max_record);
            let Check::Engine { explain } = &self.job.layout.plan.rule(id).check else { continue };
            let hit = Hit { id, target: Target::Cell(seen.cell as usize), cell: None, known: None };
            self.hit(worker, row, hit, record, &|| explain(&fact), result);
        }
        let headers = record.frame.headers.len();
        if !torn && record.cells.len() > headers && record.cells[headers..].iter().all(|cell| cell.is_empty()) {
            result.trailing.add(row.number as u64);
        }
        let judged = if torn { 0 } else { record.cells.len().max(headers) };
        for column in 0..judged {
            let observed = seen.iter().find(|seen| seen.cell as usize == column).map(|seen| seen.seen);
            self.cell(worker, row, record, column, observed, result);
        }
        if let Some(at) = row.scenario {
            result.scenarios[at] += 1;
        }
        if !torn {
            self.count_domain(worker, row, record);
        }
        true
    }

    /// Judges a cell of a row.
    pub(super) fn cell(
        &self,
        worker: &mut Worker,
        row: Row<'b>,
        record: &Record<'_>,
        column: usize,
        observed: Option<Seen>,
        result: &mut BlockResult,
    ) {
        let asked = &self.job.layout.asked;
        let frame = record.frame;
        let field = record.field(column);
        let (text, identifier) = (record.text(column), frame.identifier == Some(column));
        let settled = self.settled.get(column) == Some(&true);
        // A column that the scenario does not use and the row leaves empty, or a cell of which nothing was offered to whoever mends:
        // nobody is asked.
        let unused = text.is_empty() && field.is_none() && observed.is_none() && self.job.options.accepting;
        if (unused || settled && field.is_some() && !text.is_empty()) && !identifier {
            return;
        }
        let valid = record.valid.get(column).copied().unwrap_or(true);
        let cell = Cell { text, valid, column, field, record, reading: None, address: None, kinds: Bytes::ALL };
        // Whether one of the rules that any cell may break might speak.
        let any = column < record.cells.len() && !settled && !self.is_quiet(row, column);
        if observed.is_some() || !valid || column >= frame.headers.len() {
            if any {
                // A quote that nothing closes swallows whatever follows: that is said already.
                let open = matches!(observed, Some(Seen::UnterminatedQuote { .. }));
                let said = open.then_some(self.job.engine.swallowed_records);
                let without = said.map(|said| asked.any.without(said));
                let rules = without.as_ref().unwrap_or(&asked.any);
                self.asked(worker, row, &cell, (Bytes::of(text), false), Some(rules), result);
            }
            return;
        }
        let rules = match field {
            _ if identifier => {
                let unknown = row.scenario.is_none() || !self.job.options.accepting;
                Some(&asked.identifier).filter(|_| unknown)
            }
            Some(_) if cell.text.is_empty() => Some(&asked.blank),
            Some(field) => {
                if let Some(scenario) = row.scenario {
                    result.columns.fill(scenario, column);
                }
                self.filled(worker, row, &cell, field, any, result);
                return;
            }
            None if !cell.text.is_empty()
                && row.scenario.is_some()
                && self.job.layout.mapped.get(column) == Some(&true) =>
            {
                Some(&asked.foreign)
            }
            None => None,
        };
        if any || rules.is_some_and(|rules| !rules.all().is_empty()) {
            self.judged(worker, row, &cell, any, rules, result);
        }
    }

    /// Whether a cell holds nothing that a rule asked about any cell might speak of.
    fn is_quiet(&self, row: Row<'b>, column: usize) -> bool {
        if !self.marked || self.changed.get(column) == Some(&true) || column >= row.cells.len() {
            return false;
        }
        let cell = row.cells.cell(self.bytes(), column);
        // Line breaks, which are not marked, stand in quoted cells alone.
        self.job.options.accepting
            && self.job.layout.asked.any_needs.is_within(Bytes::ODD)
            && self.bytes()[cell.start] != b'"'
            && !Marks::any(&self.tape.marks().odd, cell.start, cell.end)
    }
}

/// Puts the findings of a row in order.
#[cold]
fn sort(findings: &mut [Finding]) {
    findings.sort_by_key(|finding| (finding.place.offset, finding.rule));
}

/// The texts of all cells of a record, and which of them are UTF-8.
pub(super) fn decode_all<'b>(bytes: &'b [u8], cells: Cells<'b>, texts: &mut Vec<Cow<'b, str>>, valid: &mut Vec<bool>) {
    texts.clear();
    valid.clear();
    let span = cells.span(bytes);
    // Delimiters are ASCII: where the whole record is UTF-8, so is every cell.
    if let Ok(whole) = str::from_utf8(&bytes[span.clone()]) {
        valid.resize(cells.len(), true);
        texts.extend((0..cells.len()).map(|column| {
            let raw = cells.cell(bytes, column);
            let plain = whole.get(raw.start - span.start..raw.end - span.start);
            let plain = plain.filter(|text| text.as_bytes().first() != Some(&b'"'));
            plain.map_or_else(|| decode(unquote(&bytes[raw])).0, Cow::Borrowed)
        }));
        return;
    }
    for column in 0..cells.len() {
        let (text, is_utf8) = decode(unquote(&bytes[cells.cell(bytes, column)]));
        texts.push(text);
        valid.push(is_utf8);
    }
}

/// The text of a cell, and whether its bytes are UTF-8.
pub(super) fn decode(bytes: Cow<'_, [u8]>) -> (Cow<'_, str>, bool) {
    match bytes {
        Cow::Borrowed(bytes) => match str::from_utf8(bytes) {
            Ok(text) => (Cow::Borrowed(text), true),
            Err(_) => (String::from_utf8_lossy(bytes), false),
        },
        Cow::Owned(bytes) => match String::from_utf8(bytes) {
            Ok(text) => (Cow::Owned(text), true),
            Err(error) => (Cow::Owned(String::from_utf8_lossy(error.as_bytes()).into_owned()), false),
        },
    }
}
