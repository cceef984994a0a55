//! By what a file was checked: two digests that differ where a mapping or a rule does.

use std::fmt::Write as _;

use super::{Digest, digest};
use crate::plan::Plan;

/// By what a file was checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fingerprint {
    /// Of the mapping with everything filled in; `None` for the built-in one.
    pub mapping: Option<Digest>,
    /// Of all rules: names, levels and thresholds.
    pub rules: Digest,
}

impl Fingerprint {
    pub(in crate::check) fn of(plan: &Plan) -> Self {
        let mapping = &plan.mapping;
        let mapping = (!mapping.built_in).then(|| digest(mapping.effective_json().as_bytes()));
        let mut rules = String::new();
        for id in plan.rule_ids() {
            let rule = plan.rule(id);
            let level = plan.severity(id).map_or("off", crate::finding::Severity::name);
            write!(rules, "{}={level}", rule.name).expect("writing to a String cannot fail");
            for option in rule.options {
                let value = plan.settings.option(rule, option.name);
                write!(rules, " {}={value}", option.name).expect("writing to a String cannot fail");
            }
            rules.push('\n');
        }
        rules += plan.scenario.as_deref().unwrap_or("");
        Self { mapping, rules: digest(rules.as_bytes()) }
    }
}
