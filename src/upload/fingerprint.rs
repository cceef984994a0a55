//! What judged a file, as digests: enough for an auditor to tell whether it was the same mapping and the same rules.

use std::fmt::Write as _;

use super::ledger::Digest;
use crate::mapping::Mapping;
use crate::plan::Plan;

/// SHA-256 of the mapping's file as `sha256sum` has it; `None` for the built-in mapping.
#[must_use]
pub fn of_mapping(mapping: &Mapping) -> Option<Digest> {
    mapping.sha256.map(Digest)
}

/// SHA-256 of the rules in force: a line for each, with its name, its level and its options.
///
/// # Panics
///
/// Never: writing to memory cannot fail.
#[must_use]
pub fn of_rules(plan: &Plan) -> Digest {
    let mut lines = String::new();
    for id in plan.rule_ids() {
        let rule = plan.rule(id);
        let level = plan.severity(id).map_or_else(|| "off".to_owned(), |severity| severity.to_string());
        write!(lines, "{} {level}", rule.name).expect("memory takes it");
        for option in rule.options {
            write!(lines, " {}={}", option.name, plan.option(rule.name, option.name)).expect("memory takes it");
        }
        lines.push('\n');
    }
    Digest::of(lines.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::{of_mapping, of_rules};
    use crate::mapping::{Level, Mapping};
    use crate::plan::{Override, Plan};

    #[test]
    fn every_level_and_option_counts() {
        let today = "2026-07-01".parse().expect("a day");
        let plan =
            |overrides: &[Override]| Plan::compile(Mapping::built_in(), overrides, None, today).expect("it is fine");
        let usual = of_rules(&plan(&[]));
        assert_eq!(usual, of_rules(&plan(&[])));
        assert_ne!(usual, of_rules(&plan(&[Override { rule: "sample-domain", level: Level::Off }])));
        let mut other = plan(&[]);
        other.settings.set("date-too-old", "days", 90);
        assert_ne!(usual, of_rules(&other));
        assert_eq!(of_mapping(&Mapping::built_in()), None);
    }
}
