//! Rules asked about one cell, what they said remembered and counted.

use super::careful::{Careful, Row, Target};
use super::verdicts::Verdict;
use super::worker::{BlockResult, Worker};
use crate::accept::{self, Day};
use crate::finding::Severity;
use crate::mapping::{Field, FieldKind};
use crate::plan::RuleId;
use crate::rules::address::split;
use crate::rules::date::Style;
use crate::rules::{Bytes, Cell, Check, Explanation, Record, date};

impl<'b> Careful<'b, '_, '_> {
    /// A filled cell that the row's scenario uses.
    pub(super) fn filled(
        &self,
        worker: &mut Worker,
        row: Row<'b>,
        cell: &Cell<'_>,
        field: &Field,
        result: &mut BlockResult,
    ) {
        let asked = &self.job.layout.asked;
        let accepting = self.job.options.accepting;
        let text = cell.text.as_bytes();
        match field.kind {
            FieldKind::Upn => {
                let raw = row.cells.cell(self.bytes(), cell.column);
                let quotes = usize::from(self.bytes()[raw.start] == b'"' && raw.len() > 1);
                let range = raw.start + quotes..raw.end - quotes;
                let at = accept::upn(self.job.scanner.instructions, self.bytes(), range.start, range.end);
                if accepting && at.is_some_and(|at| worker.domains.knows(&self.bytes()[at + 1..range.end])) {
                    return;
                }
                let cell = Cell { address: Some(split(cell.text)), ..*cell };
                let (verdict, _) = self.ask(worker, row, &asked.upn, &cell, result);
                if let (Some(at), []) = (at, verdict.fired()) {
                    worker.domains.remember(&self.bytes()[at + 1..range.end]);
                }
            }
            FieldKind::DateTime => {
                let good = if accepting { accept::date(text).filter(|day| self.job.is_usual(*day)) } else { None };
                let judge = |worker: &mut Worker, result: &mut BlockResult| {
                    let reading = date::read(cell.text);
                    let cell = Cell { reading: Some(&reading), ..*cell };
                    let (verdict, whole) = self.ask(worker, row, &asked.date, &cell, result);
                    (verdict.on(reading.real_day().map(Day::of), Style::of(&reading)), whole)
                };
                let (day, style) = match good {
                    Some(day) => (Some(day), Some(Style::Iso)),
                    None => {
                        let verdict = self.recalled(worker, row, cell, result, judge);
                        (verdict.day, verdict.style)
                    }
                };
                result.columns.date(cell.column, text, style);
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

    /// Judges a cell, or recalls what was said of its text before.
    pub(super) fn recalled(
        &self,
        worker: &mut Worker,
        row: Row<'b>,
        cell: &Cell<'_>,
        result: &mut BlockResult,
        judge: impl FnOnce(&mut Worker, &mut BlockResult) -> (Verdict, bool),
    ) -> Verdict {
        let field = (row.scenario.unwrap_or(usize::MAX) as u32) << 16 | cell.column as u32 & 0xffff;
        let known = worker.verdicts.recall(field, cell.text.as_bytes()).filter(|_| self.job.options.accepting);
        if let Some(known) = known {
            for id in known.fired() {
                self.fired(worker, row, *id, cell, result);
            }
            return known;
        }
        let (verdict, whole) = judge(worker, result);
        if whole {
            worker.verdicts.remember(field, cell.text.as_bytes(), verdict);
        }
        verdict
    }

    /// Asks rules about a cell: those that fired, and whether these are all.
    pub(super) fn ask(
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
        result.failed.now |= milder.unwrap_or(severity) == Severity::Error;
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
        if self.wanted.wants(result.findings.len(), &group) {
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
