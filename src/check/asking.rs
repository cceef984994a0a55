//! Rules asked about one cell, what they said remembered and counted.

use super::careful::{Careful, Row, Target};
use super::key::Moment;
use super::verdicts::{Place, Verdict};
use super::worker::{BlockResult, Worker};
use crate::accept::{self, Day};
use crate::finding::{Safety, Severity};
use crate::mapping::{Field, FieldKind};
use crate::plan::{Question, Questions, RecordQuestion, Role, RuleId};
use crate::rules::date::{Style, is_effective};
use crate::rules::{Bytes, Cell, Check, Explanation, Mend, Record, date};

impl<'b> Careful<'b, '_, '_> {
    /// A filled cell that the row's scenario uses. `any`: rules that any cell may break are asked, too.
    pub(super) fn filled(
        &self,
        worker: &mut Worker,
        row: Row<'b>,
        cell: &Cell<'_>,
        field: &Field,
        any: bool,
        result: &mut BlockResult,
    ) {
        let asked = &self.job.layout.asked;
        let accepting = self.job.options.accepting;
        let text = cell.text.as_bytes();
        match field.kind {
            FieldKind::Upn => self.address(worker, row, cell, any, result),
            FieldKind::DateTime => {
                let good = accepting.then(|| self.good_date(text, is_effective(field))).flatten();
                let (day, style) = match good {
                    Some(day) => (Some(day), Some(Style::Iso)),
                    None => {
                        let verdict = self.judged(worker, row, cell, any, Some(&asked.date), result);
                        if row.scenario.and_then(|at| self.job.layout.tables[at].event_date) == Some(cell.column) {
                            worker.moment = Some(Moment::of_instant(verdict.instant, text));
                        }
                        (verdict.day, verdict.said.style)
                    }
                };
                self.count_date(row, cell.column, text, (day, style), result);
            }
            FieldKind::Text => {
                let fits = || field.max_length.is_none_or(|limit| text.len() <= limit as usize);
                let good = || accepting && fits() && accept::is_plain(text);
                // Something odd is rather remembered than good.
                if any && self.recalled(worker, row, cell, result).is_some() {
                    return;
                }
                if !good() {
                    self.judged(worker, row, cell, any, Some(&asked.text), result);
                }
            }
        }
    }

    /// Judges a cell, or recalls what was said of its text before. What a rule says of a cell may depend on the row's
    /// scenario and on which of its cells are filled, not on what they are filled with.
    pub(super) fn judged(
        &self,
        worker: &mut Worker,
        row: Row<'b>,
        cell: &Cell<'_>,
        any: bool,
        rules: Option<&Questions>,
        result: &mut BlockResult,
    ) -> Verdict {
        if let Some(known) = self.recalled(worker, row, cell, result) {
            return known;
        }
        let reading = cell.field.is_some_and(|field| field.kind == FieldKind::DateTime && !cell.text.is_empty());
        let reading = reading.then(|| date::read(cell.text));
        let cell = Cell { reading: reading.as_ref(), ..*cell };
        let failed = std::mem::take(&mut result.failed.now);
        let (mut verdict, whole) = self.asked(worker, row, &cell, (Bytes::of(cell.text), any), rules, result);
        verdict.said.grave = result.failed.now;
        result.failed.now |= failed;
        let mut verdict = reading.as_ref().map_or(verdict, |reading| verdict.on(reading));
        verdict.said.old = verdict.day.is_some_and(|day| self.job.is_too_old(day));
        if let Some(place) = self.place_of(row, &cell).filter(|_| whole) {
            worker.verdicts.remember(place, cell.text.as_bytes(), verdict, (&mut worker.tally, &mut result.columns));
        }
        verdict
    }

    /// What was said of a cell's text before, said again.
    fn recalled(
        &self,
        worker: &mut Worker,
        row: Row<'b>,
        cell: &Cell<'_>,
        result: &mut BlockResult,
    ) -> Option<Verdict> {
        let known = worker.verdicts.find_text(self.place_of(row, cell)?, cell.text.as_bytes())?;
        let known = *worker.verdicts.at(known);
        result.failed.now |= known.said.grave;
        for (place, group) in known.said.fired().iter().enumerate() {
            self.again(worker, row, *group, known.said.is_fixable(place), cell, result);
        }
        Some(known)
    }

    /// Where a cell's text stands, for what is remembered of it.
    fn place_of(&self, row: Row<'b>, cell: &Cell<'_>) -> Option<Place> {
        let (filled, column) = (row.filled?, cell.column);
        let is_empty = cell.text.is_empty();
        // Whether an empty cell is there at all makes a difference to its repair.
        let unsure = is_empty && (column >= row.cells.len() || self.job.mending.is_some());
        if !self.job.options.accepting || unsure {
            return None;
        }
        let Some(at) = row.scenario else {
            let of_none = self.job.layout.roles.last().and_then(Option::as_ref);
            let is_stranger = of_none.is_some_and(|roles| roles.columns.get(column) == Some(&Role::Stranger));
            return (!is_stranger).then(|| Place::of(column, (0, 0), None));
        };
        let alike = cell.field.filter(|_| !is_empty).map(|_| self.job.layout.alike(at)[column]);
        Some(Place::of(column, (at + 1, filled), alike))
    }

    /// Asks the rules that any cell may break, where they might speak, and these, about a cell that holds such bytes. What fired, and
    /// whether that is all of it.
    pub(super) fn asked(
        &self,
        worker: &mut Worker,
        row: Row<'b>,
        cell: &Cell<'_>,
        (bytes, any): (Bytes, bool),
        rules: Option<&Questions>,
        result: &mut BlockResult,
    ) -> (Verdict, bool) {
        let (mut verdict, mut whole) = (Verdict::default(), true);
        let bytes = if self.job.options.accepting { bytes } else { Bytes::ALL };
        for rules in [Some(&self.job.layout.asked.any).filter(|_| any), rules].into_iter().flatten() {
            for Question { id, fires, explain, .. } in rules.about(bytes) {
                if fires(cell) {
                    let hit = Hit { id, target: Target::Cell(cell.column), cell: Some(cell), known: None };
                    let group = self.hit(worker, row, hit, cell.record, &|| explain(cell), result);
                    whole &= group.is_none_or(|(group, fixable)| verdict.said.add(group, fixable));
                }
            }
        }
        (verdict, whole)
    }

    /// Asks a rule about a record, and says whether it fires.
    #[inline]
    pub(super) fn asked_of_record(
        &self,
        worker: &mut Worker,
        row: Row<'b>,
        RecordQuestion { id, fires, explain }: RecordQuestion,
        record: &Record<'_>,
        result: &mut BlockResult,
    ) -> bool {
        let Some(at) = fires(record) else { return false };
        let target = if at == Record::WHOLE { Target::Record } else { Target::Cell(at) };
        let hit = Hit { id, target, cell: None, known: None };
        self.hit(worker, row, hit, record, &|| explain(record), result);
        true
    }

    /// The column that a cell's faults are counted under.
    #[inline(always)]
    pub(super) fn counted_under(&self, column: usize) -> u32 {
        (column + 1).min(self.job.columns() - 1) as u32
    }

    /// Counts a filled date by its day, if it has one, and by how it is written.
    pub(super) fn count_date(
        &self,
        row: Row<'b>,
        column: usize,
        text: &[u8],
        (day, style): (Option<Day>, Option<Style>),
        result: &mut BlockResult,
    ) {
        result.columns.date(column, text, style);
        if day.is_some_and(|day| self.job.is_too_old(day)) {
            result.too_old[column].add(row.number as u64);
        }
    }

    /// A rule fires as it did before on the same text; `group` is what it was counted under.
    fn again(
        &self,
        worker: &mut Worker,
        row: Row<'b>,
        group: RuleId,
        fixable: bool,
        cell: &Cell<'_>,
        result: &mut BlockResult,
    ) {
        let id = group / 2;
        let column = self.counted_under(cell.column);
        if worker.tally.count_if_full(group, column, row.number as u64, fixable) {
            return;
        }
        if let Check::Cell { explain, .. } = &self.job.layout.plan.rule(id).check {
            let hit = Hit { id, target: Target::Cell(cell.column), cell: Some(cell), known: Some(fixable) };
            self.hit(worker, row, hit, cell.record, &|| explain(cell), result);
        }
    }

    /// Counts a hit, and keeps it as a finding where somebody may want to see it. What it was counted under, and whether its
    /// fault can be mended; `None` for a rule that is off.
    pub(super) fn hit(
        &self,
        worker: &mut Worker,
        row: Row<'b>,
        hit: Hit<'_>,
        record: &Record<'_>,
        explain: &dyn Fn() -> Explanation,
        result: &mut BlockResult,
    ) -> Option<(RuleId, bool)> {
        let Hit { id, target, cell, known } = hit;
        let severity = self.job.layout.plan.severity(id)?;
        if let Some(mending) = &self.job.mending {
            let place = || self.buffer.base.wrapping_add_signed(mending.shift) + self.range(row, target).start as u64;
            mending.fired(worker, hit, (row.scenario, severity), &place, explain);
            return Some((id * 2, false));
        }
        let rule = self.job.layout.plan.rule(id);
        // Only rules that have a milder form, or perhaps a repair, must be explained to be counted.
        let milder = rule.milder.filter(|milder| *milder < severity);
        let assumed = self.job.layout.plan.settings.assumed.any();
        let may_mend = |least: &Safety| rule.fix >= Some(*least) || (assumed && rule.fix.is_some());
        let least = self.job.options.fixable.filter(may_mend).filter(|_| !self.job.is_left());
        let explanation = (milder.is_some() || (least.is_some() && known.is_none())).then(explain);
        let milder = milder.filter(|_| explanation.as_ref().is_some_and(|explanation| explanation.milder));
        let mend = explanation.as_ref().and_then(|explanation| explanation.mend.as_ref());
        let mendable = || mend.is_some_and(|mend| least.is_some_and(|least| can_be_made(mend, least, row, target)));
        let fixable = known.unwrap_or_else(mendable);
        result.failed.now |= milder.unwrap_or(severity) == Severity::Error;
        let column = match target {
            Target::Cell(column) => self.counted_under(column),
            Target::Record => 0,
        };
        let number = id * 2 + RuleId::from(milder.is_some());
        if worker.tally.count_if_full(number, column, row.number as u64, fixable) {
            return Some((number, fixable));
        }
        let group = worker.tally.group(number, column);
        group.count(row.number as u64, fixable);
        let group = *group;
        if self.wanted.wants(result.before, &group) {
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
        Some((number, fixable))
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
