//! A row that is not surely good, cell by cell: accept what is, ask the rules about the rest.

use std::borrow::Cow;

use super::buffer::Buffer;
use super::job::{Job, Wanted};
use super::worker::{BlockResult, Worker};
use crate::accept::{self, Day};
use crate::mapping::{Field, FieldKind};
use crate::plan::RuleId;
use crate::rules::{Cell, Check, Explanation, Record, date};
use crate::scan::{Cells, Observation, Tape, unquote};

/// Judges rows of one block.
pub(super) struct Careful<'b, 'j, 'p> {
    pub(super) job: &'b Job<'j, 'p>,
    pub(super) wanted: &'b Wanted,
    pub(super) tape: &'b Tape,
    pub(super) buffer: &'b Buffer,
    texts: Vec<Cow<'b, str>>,
    valid: Vec<bool>,
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
}

impl<'b, 'j, 'p> Careful<'b, 'j, 'p> {
    pub(super) fn new(job: &'b Job<'j, 'p>, wanted: &'b Wanted, tape: &'b Tape, buffer: &'b Buffer) -> Self {
        Self { job, wanted, tape, buffer, texts: Vec::new(), valid: Vec::new() }
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
        let row = Row { number, cells };
        let kept = result.findings.len();
        let (mut texts, mut valid) = (std::mem::take(&mut self.texts), std::mem::take(&mut self.valid));
        texts.clear();
        valid.clear();
        for column in 0..cells.len() {
            let (text, is_utf8) = decode(unquote(&self.bytes()[cells.cell(self.bytes(), column)]));
            texts.push(text);
            valid.push(is_utf8);
        }
        let frame = &self.job.layout.frame;
        let scenario = match frame.identifier {
            None => Some(0),
            Some(column) => {
                let text = texts.get(column).map_or("", |text| text);
                frame.scenarios.iter().position(|scenario| scenario.identifier == text)
            }
        };
        let record = Record { frame, scenario: scenario.map(|at| &frame.scenarios[at]), cells: &texts, valid: &valid };
        let key = self.record(worker, row, &record, scenario, seen, result);
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
        scenario: Option<usize>,
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
            self.cell(worker, row, record, scenario, column, observed, result);
        }
        if let Some(at) = scenario {
            result.scenarios[at] += 1;
            self.absent(worker, row, record, result);
        }
        Some(self.key(record, scenario))
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
            let cell = Cell { text: "", valid: true, column: usize::MAX, field: Some(field), record };
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
        scenario: Option<usize>,
        column: usize,
        observed: bool,
        result: &mut BlockResult,
    ) {
        let asked = &self.job.layout.asked;
        let frame = record.frame;
        let field = record.field(column);
        let valid = record.valid.get(column).copied().unwrap_or(true);
        let cell = Cell { text: record.text(column), valid, column, field, record };
        if column < record.cells.len() {
            self.ask(worker, row, &asked.any, &cell, result);
        }
        if observed || !valid || column >= frame.headers.len() {
            return;
        }
        if frame.identifier == Some(column) {
            if scenario.is_none() || !self.job.options.accepting {
                self.ask(worker, row, &asked.identifier, &cell, result);
            }
            return;
        }
        match field {
            Some(_) if cell.text.is_empty() => {
                self.ask(worker, row, &asked.blank, &cell, result);
            }
            Some(field) => self.filled(worker, row, &cell, field, result),
            None if !cell.text.is_empty() && scenario.is_some() && frame.is_mapped(column) => {
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
                let fired = self.ask(worker, row, &asked.upn, cell, result);
                if let (Some(at), false) = (at, fired) {
                    worker.domains.remember(&self.bytes()[at + 1..range.end]);
                }
            }
            FieldKind::DateTime => {
                let good = accept::date(text);
                let day = good.or_else(|| date::read(cell.text).day.map(Day::of));
                if day.is_some_and(|day| day < self.job.oldest) {
                    result.too_old[cell.column].add(row.number as u64);
                }
                if good.is_none() || !accepting {
                    self.ask(worker, row, &asked.date, cell, result);
                }
            }
            FieldKind::Text => {
                let fits = field.max_length.is_none_or(|limit| text.len() <= limit as usize);
                if !(fits && accepting && accept::is_plain(text)) {
                    self.ask(worker, row, &asked.text, cell, result);
                }
            }
        }
    }

    /// Asks rules about a cell; whether any of them fired.
    fn ask(
        &self,
        worker: &mut Worker,
        row: Row<'b>,
        rules: &[RuleId],
        cell: &Cell<'_>,
        result: &mut BlockResult,
    ) -> bool {
        let mut fired = false;
        for id in rules {
            let Check::Cell { fires, explain, .. } = &self.job.layout.plan.rule(*id).check else { continue };
            if fires(cell) {
                fired = true;
                let target = Target::Cell(cell.column);
                self.hit(worker, row, *id, target, cell.record, Some(cell), &|| explain(cell), result);
            }
        }
        fired
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
        let group = *group;
        if worker.wants(self.wanted, result.findings.len(), &group) {
            let explanation = explanation.unwrap_or_else(explain);
            let severity = milder.unwrap_or(severity);
            result.findings.push(self.finding(row, rule, severity, target, record, cell, explanation));
            worker.tally.group(group.rule, column).shown += 1;
        } else if group.hidden.is_none() {
            worker.tally.group(group.rule, column).hidden = Some(row.number as u64);
        }
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
