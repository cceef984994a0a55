//! Records that go together with earlier ones, turned into findings.

use std::io;
use std::sync::Arc;

use super::careful::{Careful, Target};
use super::duplicates::Verdict;
use super::job::Wanted;
use super::rounds::Rounds;
use super::worker::Failed;
use crate::accept::Day;
use crate::finding::{Finding, Fix, Place, Related, Safety, Severity};
use crate::plan::RuleId;
use crate::rules::connector::mended_address;
use crate::rules::{Check, Explanation, First, Observed, Rule};
use crate::scan::unquote;

/// A record that goes together with an earlier one.
pub(super) struct Repeat {
    /// Its number in the block, and where it begins there.
    pub(super) record: u32,
    pub(super) begin: u32,
    pub(super) what: What,
}

/// What there is to say of it.
pub(super) enum What {
    /// It repeats or contradicts a record; the number of its scenario in the mapping.
    Repeats(Verdict, u8),
    /// Its address is written in other letters than in the first record of the person.
    Respells(First),
}

impl Rounds<'_, '_, '_, '_> {
    /// The finding for a record that goes together with an earlier one, and the safety of its repair: the record is read again.
    pub(super) fn repeat_finding(
        &mut self,
        repeat: &Repeat,
        begin: u64,
        inner_breaks: &[u32],
        failed: &Failed,
    ) -> io::Result<Option<(Finding, Option<Safety>)>> {
        let (id, fact) = self.fact(&repeat.what);
        let plan = self.job.layout.plan;
        let (Some(severity), rule) = (plan.severity(id), plan.rule(id)) else { return Ok(None) };
        let Check::Engine { explain } = &rule.check else { return Ok(None) };
        // Only rules that have a milder form must be explained to be counted.
        let milder = rule.milder.filter(|milder| *milder < severity && explain(&fact).milder);
        let severity = milder.unwrap_or(severity);
        if let (What::Repeats(_, scenario), Severity::Error, false) =
            (&repeat.what, severity, failed.has(repeat.record))
        {
            let at = self.job.layout.tables.iter().position(|table| table.number == *scenario);
            if let Some(at) = at {
                self.totals.failed[at] += 1;
            }
        }
        let row = self.row + u64::from(repeat.record);
        let address = match &repeat.what {
            What::Repeats(..) => None,
            What::Respells(..) => self.address(begin + u64::from(repeat.begin))?,
        };
        let counted_in = address.as_ref().map_or(0, |(column, _)| *column as u32 + 1);
        let mend = matches!(&repeat.what, What::Repeats(Verdict::Row(_), _)).then(|| explain(&fact).mend).flatten();
        let safety = mend.map(|mend| mend.safety());
        if self.emitter.count_unwanted((id, milder.is_some()), counted_in, row, safety) {
            return Ok(None);
        }
        let target = address.as_ref().map_or(Target::Record, |(column, _)| Target::Cell(*column));
        let mend = address.and_then(|(_, text)| mended_address(&text));
        let explanation = explain(&fact);
        let explanation = if mend.is_some() { explanation.with(mend) } else { explanation };
        let place = (repeat.record, repeat.begin);
        let Some(finding) = self.read_again(place, begin, inner_breaks, (rule, severity), target, explanation)? else {
            return Ok(None);
        };
        let first = repeat.what.first();
        let file = first.file.as_ref().unwrap_or(&self.job.file);
        let first = Some(Related { file: Arc::clone(file), row: first.row });
        // The address is right by itself; it is mended because another row has it otherwise.
        let fix = finding.fix.map(|fix| Fix { by_hand: matches!(repeat.what, What::Respells(_)), ..fix });
        Ok(Some((Finding { fix, first, ..finding }, safety)))
    }

    /// The finding about a record of the next block, which is read again: its number and where it begins in the block, and
    /// where the block begins.
    pub(super) fn read_again(
        &mut self,
        (record, record_begin): (u32, u32),
        begin: u64,
        inner_breaks: &[u32],
        (rule, severity): (&'static Rule, Severity),
        target: Target,
        explanation: Explanation,
    ) -> io::Result<Option<Finding>> {
        let offset = begin + u64::from(record_begin);
        if self.reader.record(self.job.source, &self.job.scanner, offset, 0)?.is_none() {
            return Ok(None);
        }
        let (tape, buffer) = self.reader.parts();
        let wanted = Wanted::nothing();
        let finding = Careful::new(self.job, &wanted, tape, buffer).of_first(rule, severity, target, explanation);
        let breaks = inner_breaks.partition_point(|at| *at < record_begin) as u64;
        // Line breaks before the cell, inside the record, are counted already.
        let (record, inside) = (u64::from(record), finding.place.line.unwrap_or(0));
        let (row, line) = (Some(self.row + record), Some(self.line + record + breaks + inside));
        Ok(Some(Finding { place: Place { row, line, ..finding.place }, ..finding }))
    }

    fn fact(&self, what: &What) -> (RuleId, Observed) {
        let engine = &self.job.engine;
        let verdict = match what {
            What::Respells(first) => return (engine.upn_case_variants, Observed::CaseVariant(first.clone())),
            What::Repeats(verdict, _) => verdict,
        };
        match verdict {
            Verdict::Row(first) => (engine.exact_duplicate_row, Observed::ExactDuplicate(first.clone())),
            Verdict::Event(first) => (engine.duplicate_event_key, Observed::DuplicateEvent(first.clone())),
            Verdict::Resignation(first) => {
                (engine.conflicting_resignation, Observed::ConflictingResignation(first.clone()))
            }
            Verdict::Profile(first) => (engine.profile_duplicate_user, Observed::ProfileDuplicate(first.clone())),
            Verdict::Leaver(first, resigned_first, left) => {
                let today = Day::of(self.job.layout.frame.settings.today);
                let (first, gone) = (first.clone(), left.is_some_and(|left| left < today));
                let fact = Observed::ProfileOfLeaver { first, resigned_first: *resigned_first, gone };
                (engine.profile_of_leaver, fact)
            }
        }
    }

    /// The address of the record that begins there: its column and text.
    pub(super) fn address(&mut self, offset: u64) -> io::Result<Option<(usize, String)>> {
        let layout = self.job.layout;
        let Some((bytes, cells)) = self.reader.record(self.job.source, &self.job.scanner, offset, 0)? else {
            return Ok(None);
        };
        let text = |column: usize| unquote(&bytes[cells.cell(bytes, column)]);
        let table = layout.table_of(cells.len(), text);
        let column = table.and_then(|table| table.address).filter(|column| *column < cells.len());
        Ok(column.map(|column| (column, String::from_utf8_lossy(&text(column)).into_owned())))
    }
}

impl What {
    /// The earlier record.
    fn first(&self) -> &First {
        match self {
            Self::Respells(first) => first,
            Self::Repeats(verdict, _) => match verdict {
                Verdict::Row(first)
                | Verdict::Event(first)
                | Verdict::Resignation(first)
                | Verdict::Profile(first)
                | Verdict::Leaver(first, ..) => first,
            },
        }
    }
}
