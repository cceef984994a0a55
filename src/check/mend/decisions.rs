//! What a person decided about unsafe repairs.

use std::collections::HashSet;

use crate::finding::Finding;
use crate::rules::{self, Check};

/// The unsafe repairs that a person wants.
#[derive(Clone, Debug, Default)]
pub struct Decisions {
    /// Rules of which all are wanted.
    rules: HashSet<&'static str>,
    /// Rule, and the place in the stored file that its finding points at.
    places: HashSet<(&'static str, u64)>,
    /// Rule and column, for rules about the header.
    headers: HashSet<(&'static str, u32)>,
}

impl Decisions {
    /// The repair of this finding is wanted.
    pub fn accept(&mut self, finding: &Finding) {
        match finding.place.column {
            Some(column) if is_about_header(finding.rule) => drop(self.headers.insert((finding.rule, column))),
            _ => self.places.extend(finding.place.offset.map(|offset| (finding.rule, offset))),
        }
    }

    /// All repairs of the rule are wanted.
    pub fn accept_all(&mut self, rule: &'static str) {
        self.rules.insert(rule);
    }

    /// Whether all repairs of the rule are wanted.
    #[must_use]
    pub fn has_rule(&self, rule: &str) -> bool {
        self.rules.contains(rule)
    }

    /// Whether the repair of this finding is wanted.
    pub(super) fn wants(&self, finding: &Finding) -> bool {
        let column = finding.place.column.unwrap_or(0);
        let place = finding.place.offset.is_some_and(|offset| self.wants_at(finding.rule, offset));
        place || self.has_rule(finding.rule) || self.headers.contains(&(finding.rule, column))
    }

    /// Whether a repair of the rule is wanted at this place of the stored file.
    pub(super) fn wants_at(&self, rule: &'static str, offset: u64) -> bool {
        self.has_rule(rule) || self.places.contains(&(rule, offset))
    }
}

fn is_about_header(rule: &str) -> bool {
    rules::find(rule).is_some_and(|rule| matches!(rule.check, Check::Header { .. }))
}
