//! What is waived of the findings on their way, and which waivers were of use.
//!
//! Whether a finding is waived depends on whom it is about, so where there are waivers every finding is made in full and comes
//! here, beyond what the caps would keep; where there are none, nothing is asked and nothing is paid.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::finding::{Finding, Link, Place};
use crate::rules::Observed;
use crate::waivers::{Baseline, Waivers};

/// One file of waivers, and what became of it.
#[derive(Default)]
pub(super) struct Waiving<'w> {
    waivers: Option<Arc<Waivers>>,
    baseline: Option<&'w Baseline>,
    today: NaiveDate,
    /// By waiver: how many findings it let pass.
    passed: Vec<u64>,
}

impl<'w> Waiving<'w> {
    pub(super) fn new(waivers: Option<Arc<Waivers>>, baseline: Option<&'w Baseline>, today: NaiveDate) -> Self {
        let waivers = waivers.filter(|waivers| !waivers.list.is_empty());
        let passed = vec![0; waivers.as_ref().map_or(0, |waivers| waivers.list.len())];
        Self { waivers, baseline, today, passed }
    }

    /// Whether these are the same waivers.
    pub(super) fn is_of(&self, waivers: Option<&Arc<Waivers>>) -> bool {
        let waivers = waivers.filter(|waivers| !waivers.list.is_empty());
        match (&self.waivers, waivers) {
            (Some(one), Some(other)) => Arc::ptr_eq(one, other),
            (None, None) => true,
            _ => false,
        }
    }

    /// Whether every finding must be seen.
    pub(super) fn is_active(&self) -> bool {
        self.waivers.is_some() || self.baseline.is_some()
    }

    /// Whether a finding is waived.
    pub(super) fn waives(&mut self, finding: &Finding) -> bool {
        self.waives_of(finding.rule, finding.place.header.as_deref(), finding.person)
    }

    /// Whether a finding of that rule in that column about that person is waived.
    pub(super) fn waives_of(&mut self, rule: &'static str, header: Option<&str>, person: Option<Link>) -> bool {
        let waiver = self.waivers.as_ref().and_then(|waivers| waivers.find(rule, header, person, self.today));
        match waiver {
            Some(waiver) => self.passed[waiver] += 1,
            None => self.baseline.iter().for_each(|baseline| baseline.add(rule, header, person)),
        }
        waiver.is_some()
    }

    /// The file of waivers that somebody may have to look at.
    pub(super) fn waivers(&self) -> Option<&Arc<Waivers>> {
        self.waivers.as_ref()
    }

    /// What there is to say of waivers: the rule, the fact and the place. Whether they were of use is known only if all that
    /// they are for was checked.
    pub(super) fn faults(&self, complete: bool) -> Vec<(&'static str, Observed, Place)> {
        let list = self.waivers.iter().flat_map(|waivers| &waivers.list);
        let fault = |(waiver, passed): (&crate::waivers::Waiver, &u64)| {
            let (rule, column) = (waiver.rule, waiver.column.as_deref().map(Arc::from));
            let (line, char, offset, length) = waiver.place;
            let place = Place {
                line: Some(line),
                char: Some(char),
                offset: Some(offset),
                length: Some(length),
                ..Place::default()
            };
            let expired = waiver.expires < self.today;
            match (expired, passed) {
                (true, _) => {
                    Some(("waiver-expired", Observed::WaiverExpired { rule, column, on: waiver.expires }, place))
                }
                (false, 0) if complete => Some(("waiver-unused", Observed::WaiverUnused { rule, column }, place)),
                _ => None,
            }
        };
        list.zip(&self.passed).filter_map(fault).collect()
    }
}
