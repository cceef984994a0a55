//! No column tells the scenarios of the rows apart.
//!
//! # What it checks
//!
//! With a mapping of your own that names an identifier column and at least two scenarios: the header lacks that column.
//! With the built-in mapping: the header has all mandatory columns of a second scenario, some of which the first has no
//! use for, and no `HRScenario`.
//!
//! # Why it matters to the receiving service
//!
//! A connector set up for several scenarios reads from the identifier column what a row means. Without it no row can be
//! placed.
//!
//! # Example
//!
//! ```csv
//! EmailAddress,ResignationDate,LastWorkingDate,EffectiveDate,OldLevel,NewLevel
//! sara.davis@contoso.com,,,2026-04-23T15:18:02Z,Level 61,Level 60
//! ```
//!
//! # Options
//!
//! None. If all rows belong to one scenario, leave the columns of the others out.
//!
//! # Fix
//!
//! None: only a person knows which scenario a row belongs to.

use super::reading::Reading;
use crate::finding::{Printable, Severity};
use crate::rules::{Check, Explanation, Frame, Header, HeaderFault, Rule};

/// See the manual above.
pub(super) const RULE: Rule = Rule {
    name: "missing-scenario-column",
    severity: Severity::Error,
    contract: false,
    fix: None,
    milder: None,
    options: &[],
    source: include_str!("missing_scenario_column.rs"),
    check: Check::Header { faults },
};

fn faults(header: &Header<'_>) -> Vec<HeaderFault> {
    let reading = Reading::of(header.frame);
    let lacking = reading.lacking_identifier();
    lacking.map(|name| (None, explain(header.frame, name, reading.resembling(name)))).into_iter().collect()
}

fn explain(frame: &Frame, name: &str, resembling: Option<usize>) -> Explanation {
    let name = Printable::new(name);
    let help = match resembling {
        Some(column) => format!(
            "Rename column {}, {}, to {name} if it names each row's scenario.",
            column + 1,
            Printable::new(frame.header(column).trim()).shortened(64)
        ),
        None => format!(
            "Add the column {name} and name the scenario in every row, or export each scenario to its own file."
        ),
    };
    Explanation::new(format!("the column {name} is missing, which tells the scenarios apart"), help)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{judge_header, own, said, single};

    #[test]
    fn two_complete_scenarios_need_an_identifier() {
        let mixed = ["EmailAddress", "ResignationDate", "LastWorkingDate", "EffectiveDate", "OldLevel", "NewLevel"];
        let expected = [(None, "the column HRScenario is missing, which tells the scenarios apart".to_owned())];
        assert_eq!(said(&RULE, &single(&mixed, "jobLevelChange")), expected);
        let incomplete = ["EmailAddress", "ResignationDate", "EffectiveDate", "OldLevel", "NewLevel"];
        assert!(said(&RULE, &single(&incomplete, "jobLevelChange")).is_empty());
    }

    #[test]
    fn scenarios_that_share_their_mandatory_columns_do_not() {
        let review = ["EmailAddress", "EffectiveDate", "Remarks", "Rating"];
        assert!(said(&RULE, &single(&review, "performanceReview")).is_empty());
    }

    #[test]
    fn a_mapping_of_ones_own_with_several_scenarios_asks_for_it() {
        let header = ["EmailAddress", "ResignationDate", "LastWorkingDate"];
        assert_eq!(said(&RULE, &own(&header, &["resignation", "jobLevelChange"])).len(), 1);
        assert!(said(&RULE, &own(&header, &["resignation"])).is_empty());
    }

    #[test]
    fn a_misspelt_identifier_column_is_named_in_the_help() {
        let header = ["HR-Scenario", "EmailAddress", "ResignationDate", "LastWorkingDate"];
        let faults = judge_header(&RULE, &own(&header, &["resignation", "jobLevelChange"]));
        assert_eq!(faults[0].1.help, "Rename column 1, HR-Scenario, to HRScenario if it names each row's scenario.");
    }
}
