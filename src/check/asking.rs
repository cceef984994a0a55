//! Rules asked about one cell, what they said remembered and counted.

use super::careful::{Careful, Row, Target};
use super::verdicts::Verdict;
use super::worker::{BlockResult, Worker};
use crate::accept::{self, Day};
use crate::finding::{Safety, Severity};
use crate::mapping::{Field, FieldKind};
use crate::plan::RuleId;
use crate::rules::address::split;
use crate::rules::date::Style;
use crate::rules::{Bytes, Cell, Check, Explanation, Mend, Record, date};

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
                let raw = row.cells.cell(self.bytes(), cell.column.min(row.cells.len() - 1));
                let quotes = usize::from(self.bytes()[raw.start] == b'"' && raw.len() > 1);
                let range = raw.start + quotes..raw.end - quotes;
                let stored = self.changed.get(cell.column) != Some(&true);
                let at =
                    stored.then(|| accept::upn(self.job.scanner.instructions, self.bytes(), range.start, range.end));
                let at = at.flatten();
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
            for (place, id) in known.fired().iter().enumerate() {
                self.fired(worker, row, *id, cell, Some(known.is_fixable(place)), result);
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
                let fixable = self.fired(worker, row, *id, cell, None, result);
                whole &= verdict.add(*id, fixable);
            }
        }
        (verdict, whole)
    }

    /// A cell rule fired; `known` is whether its fault can be mended, where that is known. Whether it can.
    fn fired(
        &self,
        worker: &mut Worker,
        row: Row<'b>,
        id: RuleId,
        cell: &Cell<'_>,
        known: Option<bool>,
        result: &mut BlockResult,
    ) -> bool {
        let Check::Cell { explain, .. } = &self.job.layout.plan.rule(id).check else { return false };
        let hit = Hit { id, target: Target::Cell(cell.column), cell: Some(cell), known };
        self.hit(worker, row, hit, cell.record, &|| explain(cell), result)
    }

    /// Counts a hit, and keeps it as a finding where somebody may want to see it. Whether its fault can be mended.
    pub(super) fn hit(
        &self,
        worker: &mut Worker,
        row: Row<'b>,
        hit: Hit<'_>,
        record: &Record<'_>,
        explain: &dyn Fn() -> Explanation,
        result: &mut BlockResult,
    ) -> bool {
        let Hit { id, target, cell, known } = hit;
        let Some(severity) = self.job.layout.plan.severity(id) else { return false };
        if let Some(mending) = &self.job.mending {
            let place = || self.buffer.base.wrapping_add_signed(mending.shift) + self.range(row, target).start as u64;
            mending.fired(worker, hit, (row.scenario, severity), &place, explain);
            return false;
        }
        let rule = self.job.layout.plan.rule(id);
        // Only rules that have a milder form, or perhaps a repair, must be explained to be counted.
        let milder = rule.milder.filter(|milder| *milder < severity);
        let assumed = self.job.layout.plan.settings.assumed.any();
        let may_mend = |least: &Safety| rule.fix >= Some(*least) || (assumed && rule.fix.is_some());
        let least = self.job.options.fixable.filter(may_mend);
        let explanation = (milder.is_some() || (least.is_some() && known.is_none())).then(explain);
        let milder = milder.filter(|_| explanation.as_ref().is_some_and(|explanation| explanation.milder));
        let mend = explanation.as_ref().and_then(|explanation| explanation.mend.as_ref());
        let mendable = || mend.is_some_and(|mend| least.is_some_and(|least| can_be_made(mend, least, row, target)));
        let fixable = known.unwrap_or_else(mendable);
        result.failed.now |= milder.unwrap_or(severity) == Severity::Error;
        let column = match target {
            Target::Cell(column) => (column + 1).min(self.job.columns() - 1) as u32,
            Target::Record => 0,
        };
        let group = worker.tally.group(id * 2 + RuleId::from(milder.is_some()), column);
        group.count(row.number as u64);
        group.fixable += u64::from(fixable);
        if group.full {
            return fixable;
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
        fixable
    }
}

/// A rule that fired.
#[derive(Clone, Copy)]
pub(super) struct Hit<'c> {
    pub(super) id: RuleId,
    pub(super) target: Target,
    /// The cell, for rules about one.
    pub(super) cell: Option<&'c Cell<'c>>,
    /// Whether its fault can be mended, where that is known.
    pub(super) known: Option<bool>,
}

/// Whether a repair is safe enough, and all cells that it needs are there.
fn can_be_made(mend: &Mend, least: Safety, row: Row<'_>, target: Target) -> bool {
    let cells = row.cells.len();
    let possible = match mend {
        Mend::Cell(..) => matches!(target, Target::Cell(column) if column < cells),
        Mend::Cells(_, texts) => texts.iter().all(|(column, _)| *column < cells),
        _ => true,
    };
    possible && mend.safety() >= least
}
