//! A column is not part of the mapping.
//!
//! # What it checks
//!
//! Names that are no column of any scenario in the mapping. Without an identifier column the columns of the other
//! scenarios are still known. A name that looks like a misspelling of a mandatory column is left to
//! `missing-mandatory-column`, which names it; one that looks like an optional column is reported here, with what was
//! probably meant. A name that stands for pay, birth dates and the like is `sensitive-extra-column`.
//!
//! # Why it matters to the receiving service
//!
//! The service ignores the column, so data about people leaves the house for nothing. And if the name is a misspelling,
//! the values that were meant to arrive do not.
//!
//! # Example
//!
//! ```csv
//! EmailAddress,ResignationDate,LastWorkingDate,CostCentre
//! sara.davis@contoso.com,2026-04-23T15:18:02Z,2026-04-29T15:18:02Z,4711
//! ```
//!
//! # Options
//!
//! None.
//!
//! # Fix
//!
//! None from hrlint: take the column out of the export, or map it where the connector maps it.

use super::reading::{Reading, Standing, plain};
use super::sensitive_extra_column::meaning;
use crate::finding::{Printable, Severity};
use crate::rules::{Check, Explanation, Frame, Header, HeaderFault, Rule};

/// See the manual above.
pub(super) const RULE: Rule = Rule {
    name: "unknown-column",
    severity: Severity::Warning,
    contract: false,
    fix: None,
    milder: None,
    options: &[],
    source: include_str!("unknown_column.rs"),
    check: Check::Header { faults },
};

fn faults(header: &Header<'_>) -> Vec<HeaderFault> {
    let reading = Reading::of(header.frame);
    let mut missing: Vec<String> = reading.lacking().iter().map(|lacking| plain(lacking.name)).collect();
    missing.extend(reading.lacking_identifier().map(plain));
    let unknown = reading.columns(|standing| match standing {
        Standing::Unknown => Some(None),
        Standing::Resembles(name) if !missing.contains(&plain(name)) => Some(Some(name)),
        _ => None,
    });
    let others = unknown.filter(|(column, meant)| meant.is_some() || meaning(header.frame, *column).is_none());
    others.map(|(column, meant)| (Some(column), explain(header.frame, column, meant))).collect()
}

fn explain(frame: &Frame, column: usize, meant: Option<&str>) -> Explanation {
    let name = Printable::new(frame.header(column).trim());
    let message = format!("the column {} is not in the mapping", name.shortened(64));
    let help = match meant {
        Some(meant) => format!("Rename the column to {} if that is what it holds.", Printable::new(meant)),
        None => "Leave the column out of the export: the service would ignore it.".to_owned(),
    };
    Explanation::new(message, help)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{combined, judge_header, own, said, single};

    #[test]
    fn an_unmapped_column_is_unknown() {
        let frame = single(&["EmailAddress", "ResignationDate", "LastWorkingDate", "CostCentre"], "resignation");
        assert_eq!(said(&RULE, &frame), [(Some(3), "the column CostCentre is not in the mapping".to_owned())]);
    }

    #[test]
    fn columns_of_other_documented_scenarios_are_known() {
        let frame = single(&["EmailAddress", "ResignationDate", "LastWorkingDate", "NewLevel"], "resignation");
        assert!(said(&RULE, &frame).is_empty());
        let frame = own(&["EmailAddress", "ResignationDate", "LastWorkingDate", "NewLevel"], &["resignation"]);
        assert_eq!(said(&RULE, &frame).len(), 1);
    }

    #[test]
    fn a_misspelt_optional_column_is_named() {
        let frame = single(&["EmailAddress", "EffectiveDate", "Old Level", "NewLevel"], "jobLevelChange");
        let faults = judge_header(&RULE, &frame);
        assert_eq!(faults[0].0, Some(2));
        assert_eq!(faults[0].1.help, "Rename the column to OldLevel if that is what it holds.");
    }

    #[test]
    fn a_misspelt_mandatory_column_is_left_to_the_rule_that_misses_it() {
        let frame = single(&["EmailAdress", "ResignationDate", "LastWorkingDate"], "resignation");
        assert!(said(&RULE, &frame).is_empty());
        let frame = own(&["HR Scenario2", "HR Scenario", "EmailAddress"], &["resignation", "jobLevelChange"]);
        assert_eq!(said(&RULE, &frame), [(Some(0), "the column HR Scenario2 is not in the mapping".to_owned())]);
    }

    #[test]
    fn blanks_and_aliases_have_rules_of_their_own() {
        assert!(said(&RULE, &combined(&["HRScenario ", "EmailAddress", "EffectiveDate"])).is_empty());
        assert!(said(&RULE, &own(&["UPN", "ResignationDate", "LastWorkingDate"], &["resignation"])).is_empty());
    }
}
