//! A row that is not surely good, cell by cell: accept what is, ask the rules about the rest.

use std::borrow::Cow;

use super::buffer::Buffer;
use super::job::{Job, Wanted};
use super::verdicts::Verdict;
use super::worker::{BlockResult, Worker};
use crate::accept::{self, Day};
use crate::mapping::{Field, FieldKind};
use crate::plan::RuleId;
use crate::rules::{Bytes, Cell, Check, Explanation, Record, date};
use crate::scan::{Cells, Observation, Tape, unquote};

/// Judges rows of one block.
pub(super) struct Careful<'b, 'j, 'p> {
    pub(super) job: &'b Job<'j, 'p>,
    pub(super) wanted: &'b Wanted,
    pub(super) tape: &'b Tape,
    pub(super) buffer: &'b Buffer,
    texts: Vec<Cow<'b, str>>,
    valid: Vec<bool>,
    /// The kinds of bytes in each cell.
    kinds: Vec<Bytes>,
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
    /// The kinds of bytes in all its cells.
    pub(super) kinds: Bytes,
    /// Its scenario's place in the layout's tables.
    pub(super) scenario: Option<usize>,
}

impl<'b, 'j, 'p> Careful<'b, 'j, 'p> {
    pub(super) fn new(job: &'b Job<'j, 'p>, wanted: &'b Wanted, tape: &'b Tape, buffer: &'b Buffer) -> Self {
        Self { job, wanted, tape, buffer, texts: Vec::new(), valid: Vec::new(), kinds: Vec::new() }
    }

    pub(super) fn bytes(&self) -> &'b [u8] {
        self.buffer.piece().bytes
    }

    /// Judges a row, adds what is wrong to the result, and returns its key; `None` for a row that is none.
    pub(super) fn judge(
        &mut self,
        worker: &mut Worker,
        number: usize,
        cells: Cells<'b>,
        seen: &[Observation],
        result: &mut BlockResult,
    ) -> Option<u64> {
        let kept = result.findings.len();
        let (mut texts, mut valid) = (std::mem::take(&mut self.texts), std::mem::take(&mut self.valid));
        decode_all(self.bytes(), cells, &mut texts, &mut valid);
        self.kinds.clear();
        self.kinds.extend(texts.iter().map(|text| Bytes::of(text)));
        let kinds = self.kinds.iter().copied().reduce(Bytes::and).unwrap_or(Bytes::ANY);
        let frame = &self.job.layout.frame;
        let scenario = match frame.identifier {
            None => Some(0),
            Some(column) => {
                let text = texts.get(column).map_or("", |text| text);
                frame.scenarios.iter().position(|scenario| scenario.identifier == text)
            }
        };
        let row = Row { number, cells, kinds, scenario };
        let record = Record { frame, scenario: scenario.map(|at| &frame.scenarios[at]), cells: &texts, valid: &valid };
        let key = self.record(worker, row, &record, seen, result);
        if result.findings.len() > kept + 1 {
            result.findings[kept..].sort_by_key(|finding| (finding.place.offset, finding.rule));
        }
        (self.texts, self.valid) = (texts, valid);
        key
    }

    fn record(
        &self,
        worker: &mut Worker,
        row: Row<'b>,
        record: &Record<'_>,
        seen: &[Observation],
        result: &mut BlockResult,
    ) -> Option<u64> {
        for id in &self.job.layout.asked.record {
            let Check::Record { fires, explain, .. } = &self.job.layout.plan.rule(*id).check else { continue };
            if let Some(at) = fires(record) {
                let target = if at == Record::WHOLE { Target::Record } else { Target::Cell(at) };
                self.hit(worker, row, *id, target, record, None, &|| explain(record), result);
                if self.job.engine.ends_the_row(*id) {
                    return None;
                }
            }
        }
        if row.cells.span(self.bytes()).is_empty() && record.frame.headers.len() > 1 {
            // Even where nobody wants to hear of blank lines, they are no rows.
            return None;
        }
        result.rows += 1;
        for seen in seen {
            let (id, fact) = self.job.engine.seen(seen.seen, self.job.options.max_record);
            let Check::Engine { explain } = &self.job.layout.plan.rule(id).check else { continue };
            self.hit(worker, row, id, Target::Cell(seen.cell as usize), record, None, &|| explain(&fact), result);
        }
        let headers = record.frame.headers.len();
        if record.cells.len() > headers && record.cells[headers..].iter().all(|cell| cell.is_empty()) {
            result.trailing.add(row.number as u64);
        }
        for column in 0..record.cells.len().max(headers) {
            let observed = seen.iter().any(|seen| seen.cell as usize == column);
            self.cell(worker, row, record, column, observed, result);
        }
        if let Some(at) = row.scenario {
            result.scenarios[at] += 1;
            self.absent(worker, row, record, result);
        }
        Some(self.key(record, row.scenario))
    }

    /// Required fields that this file has no column for, where the header's rules did not say so.
    fn absent(&self, worker: &mut Worker, row: Row<'b>, record: &Record<'_>, result: &mut BlockResult) {
        let Some(scenario) = record.scenario else { return };
        let has_own = scenario.columns.iter().flatten().any(|field| field.kind != FieldKind::Upn);
        if !record.frame.built_in || record.frame.identifier.is_none() || has_own {
            return;
        }
        let id = self.job.engine.missing_required_value;
        let Check::Cell { explain, .. } = &self.job.layout.plan.rule(id).check else { return };
        for field in scenario.missing.iter().filter(|field| field.required) {
            let cell = Cell { text: "", valid: true, column: usize::MAX, field: Some(field), record, reading: None };
            self.hit(worker, row, id, Target::Record, record, None, &|| explain(&cell), result);
        }
    }

    fn key(&self, record: &Record<'_>, scenario: Option<usize>) -> u64 {
        let Some(at) = scenario else {
            return self.job.hasher.record(record.cells.iter().map(|cell| cell.as_bytes()));
        };
        let table = &self.job.layout.tables[at];
        let text = |column: Option<usize>| column.map_or("", |column| record.text(column)).as_bytes();
        self.job.hasher.event(table.number, text(table.address), text(table.event_date))
    }

    #[expect(clippy::too_many_arguments, reason = "one cell's whole situation")]
    fn cell(
        &self,
        worker: &mut Worker,
        row: Row<'b>,
        record: &Record<'_>,
        column: usize,
        observed: bool,
        result: &mut BlockResult,
    ) {
        let asked = &self.job.layout.asked;
        let frame = record.frame;
        let field = record.field(column);
        let valid = record.valid.get(column).copied().unwrap_or(true);
        let cell = Cell { text: record.text(column), valid, column, field, record, reading: None };
        // Of the rules that any cell may break, all need bytes that few rows hold.
        if column < record.cells.len() && (row.kinds.meets(asked.any_needs) || !self.job.options.accepting) {
            self.ask(worker, row, &asked.any, &cell, result);
        }
        if observed || !valid || column >= frame.headers.len() {
            return;
        }
        if frame.identifier == Some(column) {
            if row.scenario.is_none() || !self.job.options.accepting {
                self.recalled(worker, row, &cell, result, |worker, result| {
                    self.ask(worker, row, &asked.identifier, &cell, result)
                });
            }
            return;
        }
        match field {
            Some(_) if cell.text.is_empty() => {
                self.ask(worker, row, &asked.blank, &cell, result);
            }
            Some(field) => self.filled(worker, row, &cell, field, result),
            None if !cell.text.is_empty()
                && row.scenario.is_some()
                && self.job.layout.mapped.get(column) == Some(&true) =>
            {
                self.ask(worker, row, &asked.foreign, &cell, result);
            }
            None => {}
        }
    }

    /// A filled cell that the row's scenario uses.
    fn filled(&self, worker: &mut Worker, row: Row<'b>, cell: &Cell<'_>, field: &Field, result: &mut BlockResult) {
        let asked = &self.job.layout.asked;
        let accepting = self.job.options.accepting;
        let text = cell.text.as_bytes();
        match field.kind {
            FieldKind::Upn => {
                let raw = row.cells.cell(self.bytes(), cell.column);
                let quotes = usize::from(self.bytes()[raw.start] == b'"' && raw.len() > 1);
                let range = raw.start + quotes..raw.end - quotes;
                let at = accept::upn(self.bytes(), self.tape.marks(), range.start, range.end);
                if accepting && at.is_some_and(|at| worker.domains.knows(&self.bytes()[at + 1..range.end])) {
                    return;
                }
                let (verdict, _) = self.ask(worker, row, &asked.upn, cell, result);
                if let (Some(at), []) = (at, verdict.fired()) {
                    worker.domains.remember(&self.bytes()[at + 1..range.end]);
                }
            }
            FieldKind::DateTime => {
                let good = if accepting { accept::date(text) } else { None };
                let judge = |worker: &mut Worker, result: &mut BlockResult| {
                    let reading = date::read(cell.text);
                    let cell = Cell { reading: Some(&reading), ..*cell };
                    let (verdict, whole) = self.ask(worker, row, &asked.date, &cell, result);
                    (verdict.on(reading.day.map(Day::of)), whole)
                };
                let day = good.or_else(|| self.recalled(worker, row, cell, result, judge));
                if day.is_some_and(|day| day < self.job.oldest) {
                    result.too_old[cell.column].add(row.number as u64);
                }
            }
            FieldKind::Text => {
                let fits = field.max_length.is_none_or(|limit| text.len() <= limit as usize);
                if !(fits && accepting && accept::is_plain(text)) {
                    self.recalled(worker, row, cell, result, |worker, result| {
                        self.ask(worker, row, &asked.text, cell, result)
                    });
                }
            }
        }
    }

    /// Judges a cell, or recalls what was said of its text before; the day that it names, if it is a date.
    fn recalled(
        &self,
        worker: &mut Worker,
        row: Row<'b>,
        cell: &Cell<'_>,
        result: &mut BlockResult,
        judge: impl FnOnce(&mut Worker, &mut BlockResult) -> (Verdict, bool),
    ) -> Option<Day> {
        let field = (row.scenario.unwrap_or(usize::MAX) as u32) << 16 | cell.column as u32 & 0xffff;
        let known = worker.verdicts.recall(field, cell.text.as_bytes()).filter(|_| self.job.options.accepting);
        if let Some(known) = known {
            for id in known.fired() {
                self.fired(worker, row, *id, cell, result);
            }
            return known.day;
        }
        let (verdict, whole) = judge(worker, result);
        if whole {
            worker.verdicts.remember(field, cell.text.as_bytes(), verdict);
        }
        verdict.day
    }

    /// Asks rules about a cell: those that fired, and whether these are all.
    fn ask(
        &self,
        worker: &mut Worker,
        row: Row<'b>,
        rules: &[RuleId],
        cell: &Cell<'_>,
        result: &mut BlockResult,
    ) -> (Verdict, bool) {
        let (mut verdict, mut whole) = (Verdict::default(), true);
        let known = self.kinds.get(cell.column).copied().filter(|_| self.job.options.accepting);
        let bytes = known.unwrap_or(Bytes::ANY);
        for id in rules {
            let Check::Cell { fires, needs, .. } = &self.job.layout.plan.rule(*id).check else { continue };
            if bytes.meets(*needs) && fires(cell) {
                whole &= verdict.add(*id);
                self.fired(worker, row, *id, cell, result);
            }
        }
        (verdict, whole)
    }

    /// A cell rule fired.
    fn fired(&self, worker: &mut Worker, row: Row<'b>, id: RuleId, cell: &Cell<'_>, result: &mut BlockResult) {
        if let Check::Cell { explain, .. } = &self.job.layout.plan.rule(id).check {
            let target = Target::Cell(cell.column);
            self.hit(worker, row, id, target, cell.record, Some(cell), &|| explain(cell), result);
        }
    }

    /// Counts a hit, and keeps it as a finding where somebody may want to see it.
    #[expect(clippy::too_many_arguments, reason = "one hit's whole situation")]
    pub(super) fn hit(
        &self,
        worker: &mut Worker,
        row: Row<'b>,
        id: RuleId,
        target: Target,
        record: &Record<'_>,
        cell: Option<&Cell<'_>>,
        explain: &dyn Fn() -> Explanation,
        result: &mut BlockResult,
    ) {
        let Some(severity) = self.job.layout.plan.severity(id) else { return };
        let rule = self.job.layout.plan.rule(id);
        // Only rules that have a milder form must be explained to be counted.
        let milder = rule.milder.filter(|milder| *milder < severity);
        let explanation = milder.map(|_| explain());
        let milder = milder.filter(|_| explanation.as_ref().is_some_and(|explanation| explanation.milder));
        let column = match target {
            Target::Cell(column) => (column + 1).min(self.job.columns() - 1) as u32,
            Target::Record => 0,
        };
        let group = worker.tally.group(id * 2 + RuleId::from(milder.is_some()), column);
        group.count(row.number as u64);
        if group.full {
            return;
        }
        let group = *group;
        if worker.wants(self.wanted, result.findings.len(), &group) {
            let explanation = explanation.unwrap_or_else(explain);
            let severity = milder.unwrap_or(severity);
            result.findings.push(self.finding(row, rule, severity, target, record, cell, explanation));
            worker.tally.group(group.rule, column).shown += 1;
        } else {
            // Once one is not wanted, no later one of the block is.
            let group = worker.tally.group(group.rule, column);
            group.hidden = Some(row.number as u64);
            group.full = true;
        }
    }
}

/// The texts of all cells of a record, and which of them are UTF-8.
fn decode_all<'b>(bytes: &'b [u8], cells: Cells<'b>, texts: &mut Vec<Cow<'b, str>>, valid: &mut Vec<bool>) {
    texts.clear();
    valid.clear();
    let span = cells.span(bytes);
    // Delimiters are ASCII: where the whole record is UTF-8, so is every cell.
    let whole = str::from_utf8(&bytes[span.clone()]);
    for column in 0..cells.len() {
        let raw = cells.cell(bytes, column);
        let plain = whole
            .ok()
            .filter(|_| bytes[raw.start] != b'"')
            .and_then(|text| text.get(raw.start - span.start..raw.end - span.start));
        let (text, is_utf8) = plain.map_or_else(|| decode(unquote(&bytes[raw])), |text| (Cow::Borrowed(text), true));
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
