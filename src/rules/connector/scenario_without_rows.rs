//! No file has a row of a scenario that the mapping names.
//!
//! # What it checks
//!
//! Scenarios of a mapping of your own to which no row of any file of the run belongs, once there are at least a number of rows (20
//! unless the mapping says otherwise) in all. It speaks at the end of the last file, once for a scenario.
//!
//! # Why it matters to the receiving service
//!
//! The connector waits for data that does not come, and the policies that need it see nothing. It may be that nobody resigned; it may
//! be that a file was forgotten, or that its identifiers changed.
//!
//! # Example
//!
//! The mapping names `resignation` and `performanceReview`, and the folder that is checked holds
//!
//! ```csv
//! HRScenario,EmailAddress,EffectiveDate,Rating
//! Performance review,sara.davis@contoso.com,2026-06-23T15:18:02Z,3
//! ```
//!
//! and no resignation. Check that no file is missing.
//!
//! # Options
//!
//! `rows` (20; 1 to 1000000): how many rows the files must have in all. In the mapping:
//! `"rules": { "scenario-without-rows": { "rows": 1 } }`.
//!
//! # Fix
//!
//! None.

use crate::finding::{Printable, Severity};
use crate::mapping::RuleOption;
use crate::rules::amount::grouped;
use crate::rules::{Check, Explanation, Observed, Rule};

/// See the manual above.
pub(super) const RULE: Rule = Rule {
    name: "scenario-without-rows",
    severity: Severity::Info,
    contract: false,
    fix: None,
    milder: None,
    options: &[RuleOption { name: "rows", default: 20, least: 1, most: 1_000_000 }],
    source: include_str!("scenario_without_rows.rs"),
    check: Check::Engine { explain },
};

fn explain(fact: &Observed) -> Explanation {
    let Observed::ScenarioWithoutRows { scenario, rows } = fact else {
        unreachable!("scenario-without-rows is told of scenarios only");
    };
    Explanation::new(
        format!(
            "none of the {} rows of all files belongs to the scenario {}",
            grouped(*rows),
            Printable::new(scenario)
        ),
        "Check that no file is missing; take the scenario out of the mapping if the connector does not have it.",
    )
}

#[cfg(test)]
mod tests {
    use super::{Observed, explain};

    #[test]
    fn the_scenario_is_named() {
        let fact = Observed::ScenarioWithoutRows { scenario: "resignation".into(), rows: 4812 };
        assert_eq!(explain(&fact).message, "none of the 4,812 rows of all files belongs to the scenario resignation");
    }
}
