//! Findings on their way to the listener: counted, capped, in order.

use std::io;
use std::sync::Arc;

use super::event::{Count, Event, Sink, Waived};
use super::job::Wanted;
use super::tally::{Group, Quota, Tally};
use super::waiving::Waiving;
use crate::finding::{Edit, Finding, Fix, Place, Safety, Severity};
use crate::plan::{Layout, Plan, RuleId};
use crate::rules::{Check, Explanation, Mend, Observed};

/// One file's findings on their way.
pub(super) struct Emitter<'e, 'p> {
    pub(super) file: Arc<str>,
    plan: &'p Plan,
    sink: &'e mut dyn Sink,
    tally: Tally,
    quota: Quota,
    /// The least safety of repairs that are counted.
    fixable: Option<Safety>,
    /// What is waived, where something is.
    waiving: Option<&'e mut Waiving>,
    waived: Waived,
}

impl<'e, 'p> Emitter<'e, 'p> {
    pub(super) fn new(
        file: Arc<str>,
        plan: &'p Plan,
        sink: &'e mut dyn Sink,
        quota: Quota,
        fixable: Option<Safety>,
    ) -> Self {
        let mut tally = Tally::default();
        tally.reset(plan.rule_ids().count() * 2, 2);
        Self { file, plan, sink, tally, quota, fixable, waiving: None, waived: Waived::default() }
    }

    /// The same, with findings waived.
    pub(super) fn waiving(self, waiving: &'e mut Waiving) -> Self {
        Self { waiving: Some(waiving).filter(|waiving| waiving.is_active()), ..self }
    }

    /// Makes room for the header's columns. What was counted before stays.
    pub(super) fn widen(&mut self, columns: usize) {
        let before = self.tally.groups().to_vec();
        self.tally.reset(self.plan.rule_ids().count() * 2, columns);
        self.tally.add(&before, 0);
        for group in before {
            self.tally.group(group.rule, group.column).shown = group.shown;
        }
    }

    /// What workers are told.
    pub(super) fn wanted(&self) -> Wanted {
        if self.waiving.is_some() {
            return Wanted { quota: Quota { left: u64::MAX, per_group: u64::MAX }, shown: Tally::default() };
        }
        Wanted { quota: self.quota.clone(), shown: self.tally.clone() }
    }

    /// Passes an event on.
    pub(super) fn event(&mut self, event: Event<'_>) -> io::Result<()> {
        self.sink.take(event)
    }

    /// Adds what a block counted; its rows count from `row`.
    pub(super) fn count(&mut self, groups: &[Group], row: u64) {
        // Where something may be waived, each finding is counted as it comes.
        if self.waiving.is_none() {
            self.tally.add(groups, row);
        }
    }

    /// Whether a finding is waived; then that is all that is known of it.
    fn is_waived(&mut self, finding: &Finding) -> bool {
        let waived = self.waiving.as_mut().is_some_and(|waiving| waiving.waives(finding));
        if waived {
            self.count_waived(self.plan.id(finding.rule));
        }
        waived
    }

    fn count_waived(&mut self, id: RuleId) {
        let contract = u64::from(self.plan.rule(id).contract);
        self.waived.join(Waived { findings: 1, contract });
    }

    /// What was waived so far.
    pub(super) fn waived(&self) -> Waived {
        self.waived
    }

    /// Counts a fault of a record without a word, if no finding of its kind is wanted any more.
    ///
    /// `milder` is for the milder form, `column` the 1-based one of a fault in a cell, else 0.
    pub(super) fn count_unwanted(
        &mut self,
        (id, milder): (RuleId, bool),
        column: u32,
        row: u64,
        mend: Option<Safety>,
    ) -> bool {
        if self.waiving.is_some() {
            return false;
        }
        let fixable = self.is_fixable(mend);
        let (left, per_group) = (self.quota.left, self.quota.per_group);
        let column = self.tally.column(column);
        let group = self.tally.group(id * 2 + RuleId::from(milder), column);
        let unwanted = left == 0 || group.shown >= per_group;
        if unwanted {
            group.count(row, fixable);
            group.hide(row);
        }
        unwanted
    }

    /// Counts a fault of a record without a word.
    pub(super) fn count_only(&mut self, id: RuleId, row: u64, mend: Option<Safety>) {
        let rule = self.plan.rule(id).name;
        if self.waiving.as_mut().is_some_and(|waiving| waiving.waives_of(rule, None, None)) {
            return self.count_waived(id);
        }
        let fixable = self.is_fixable(mend);
        let group = self.tally.group(id * 2, 0);
        group.count(row, fixable);
        group.hide(row);
    }

    /// Counts a finding that no block has counted, and passes it on.
    pub(super) fn add(&mut self, finding: &Finding) -> io::Result<()> {
        self.add_mended(finding, finding.fix.as_ref().filter(|fix| !fix.by_hand).map(|fix| fix.safety))
    }

    /// The same, given the safety of its repair: in a file that is decoded, a repair is made though no finding can say where.
    pub(super) fn add_mended(&mut self, finding: &Finding, mend: Option<Safety>) -> io::Result<()> {
        if self.is_waived(finding) {
            return Ok(());
        }
        let group = self.group(finding);
        let row = finding.place.row.unwrap_or(0);
        let fixable = self.is_fixable(mend);
        let group = self.tally.group(group.0, group.1);
        group.count(row, fixable);
        self.tell(finding)
    }

    /// Whether a repair of that safety is counted.
    fn is_fixable(&self, mend: Option<Safety>) -> bool {
        self.fixable.is_some_and(|least| mend >= Some(least))
    }

    /// Passes a counted finding on, if there is still room for it.
    pub(super) fn pass(&mut self, finding: &Finding) -> io::Result<()> {
        if self.waiving.is_some() { self.add(finding) } else { self.tell(finding) }
    }

    fn tell(&mut self, finding: &Finding) -> io::Result<()> {
        let (rule, column) = self.group(finding);
        let group = self.tally.group(rule, column);
        if self.quota.left == 0 || group.shown >= self.quota.per_group {
            group.hide(finding.place.row.unwrap_or(0));
            return Ok(());
        }
        group.shown += 1;
        self.quota.left -= 1;
        self.sink.take(Event::Finding(finding))
    }

    fn group(&self, finding: &Finding) -> (RuleId, u32) {
        let id = self.plan.id(finding.rule);
        let milder = self.plan.severity(id).is_some_and(|severity| finding.severity < severity);
        (id * 2 + RuleId::from(milder), self.tally.column(finding.place.column.unwrap_or(0)))
    }

    /// A finding of a rule whose fault the engine saw; `None` if the rule is off.
    pub(super) fn observed(&self, rule: &str, fact: &Observed, place: Place) -> Option<Finding> {
        let id = self.plan.id(rule);
        let Check::Engine { explain } = &self.plan.rule(id).check else { return None };
        self.explained(id, explain(fact), place)
    }

    /// A finding in these words; `None` if the rule is off.
    pub(super) fn explained(&self, id: RuleId, explanation: Explanation, place: Place) -> Option<Finding> {
        let severity = self.plan.severity_as(id, explanation.milder)?;
        let fix = match explanation.mend {
            Some(Mend::Bytes(safety, offset, length, text)) => {
                Some(Fix { safety, edits: vec![Edit { offset, length, text }], by_hand: false })
            }
            Some(Mend::Whole(safety)) => Some(Fix { safety, edits: Vec::new(), by_hand: false }),
            _ => None,
        };
        Some(Finding {
            rule: self.plan.rule(id).name,
            severity,
            file: Arc::clone(&self.file),
            place,
            scenario: None,
            person: None,
            message: explanation.message.into_owned(),
            help: explanation.help.into_owned(),
            value: None,
            fix,
            first: None,
            excerpt: None,
        })
    }

    /// What was counted, for people and programs: gravest first, then by rule and column.
    pub(super) fn counts(&self, layout: Option<&Layout<'_>>) -> Vec<Count> {
        let count = |group: &Group| {
            let id = group.rule / 2;
            let column = (group.column > 0).then_some(group.column);
            let header = column.zip(layout).and_then(|(at, layout)| layout.frame.headers.get(at as usize - 1)).cloned();
            Count {
                rule: self.plan.rule(id).name,
                severity: self.plan.severity_as(id, group.rule % 2 == 1).unwrap_or(Severity::Info),
                column,
                header,
                count: group.count,
                fixable: group.fixable,
                shown: group.shown,
                cut: if group.shown < self.quota.per_group { group.count - group.shown } else { 0 },
                rows: (group.first > 0).then_some((group.first, group.last)),
                rest_from: group.hidden.filter(|row| *row > 0),
            }
        };
        let mut counts: Vec<_> = self.tally.groups().iter().map(count).collect();
        counts.sort_by_key(|count| (std::cmp::Reverse(count.severity), count.rule, count.column));
        counts
    }
}
