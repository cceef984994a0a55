//! A mandatory column is missing.
//!
//! # What it checks
//!
//! Every column that a scenario requires is in the header. With an identifier column and the built-in mapping, a
//! scenario none of whose columns but the address is there is taken to be absent from this file; a row that names it
//! nevertheless has `missing-required-value`. With a mapping of your own every scenario counts, or, without identifier
//! column, the one that all rows belong to.
//!
//! # Why it matters to the receiving service
//!
//! The documentation is explicit: if a mandatory column is missing, the file is not validated and nothing in it is
//! imported.
//!
//! # Example
//!
//! ```csv
//! EmailAddress,ResignationDate
//! sara.davis@contoso.com,2026-04-23T15:18:02Z
//! ```
//!
//! `LastWorkingDate` is missing.
//!
//! # Options
//!
//! None. The rule guards what the service requires: it cannot be lowered.
//!
//! # Fix
//!
//! None: the export must deliver the column. Where a column of the file looks like a misspelling, the help names it.

use super::reading::{Lacking, Reading};
use crate::finding::{Printable, Severity};
use crate::rules::{Check, Explanation, Frame, Header, HeaderFault, Rule};

/// See the manual above.
pub(super) const RULE: Rule = Rule {
    name: "missing-mandatory-column",
    severity: Severity::Error,
    contract: true,
    fix: None,
    milder: None,
    options: &[],
    source: include_str!("missing_mandatory_column.rs"),
    check: Check::Header { faults },
};

fn faults(header: &Header<'_>) -> Vec<HeaderFault> {
    let reading = Reading::of(header.frame);
    let explained = |lacking: &Lacking<'_>| (None, explain(header.frame, lacking, reading.resembling(lacking.name)));
    reading.lacking().iter().map(explained).collect()
}

/// Words for a column that only rows of one scenario need, of whose columns the file has none: seen when such rows were.
pub(crate) fn explain_absent(name: &str, scenario: &str, rows: u64) -> Explanation {
    let (name, scenario) = (Printable::new(name), Printable::new(scenario));
    let rows = if rows == 1 { "1 row is".to_owned() } else { format!("{rows} rows are") };
    Explanation::new(
        format!("the column {name} is missing, which is mandatory for {scenario}: {rows} of that scenario"),
        format!("Add the column {name} to the export, or rename the one that holds it."),
    )
}

fn explain(frame: &Frame, lacking: &Lacking<'_>, resembling: Option<usize>) -> Explanation {
    let name = Printable::new(lacking.name);
    let scenarios: Vec<String> = lacking.scenarios.iter().map(|name| Printable::new(name).to_string()).collect();
    let message = format!("the column {name} is missing, which is mandatory for {}", scenarios.join(", "));
    let help = match resembling {
        Some(column) => format!(
            "Rename column {}, {}, to {name} if that is what it holds.",
            column + 1,
            Printable::new(frame.header(column).trim()).shortened(64)
        ),
        None => format!("Add the column {name} to the export; without it the service imports nothing of the file."),
    };
    Explanation::new(message, help)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{combined, judge_header, own, said, single};

    #[test]
    fn a_column_is_reported_once_for_all_scenarios() {
        let frame = combined(&["HRScenario", "EmailAddress", "Remarks", "Rating"]);
        let scenarios = "Job level change, Performance review, Performance improvement plan";
        let expected = format!("the column EffectiveDate is missing, which is mandatory for {scenarios}");
        assert_eq!(said(&RULE, &frame), [(None, expected)]);
    }

    #[test]
    fn a_scenario_without_any_column_is_not_in_the_file() {
        let frame = combined(&["HRScenario", "EmailAddress", "ResignationDate", "LastWorkingDate"]);
        assert!(said(&RULE, &frame).is_empty());
        let frame = own(
            &["HRScenario", "EmailAddress", "ResignationDate", "LastWorkingDate"],
            &["resignation", "jobLevelChange"],
        );
        assert_eq!(said(&RULE, &frame).len(), 1);
    }

    #[test]
    fn a_file_of_no_scenario_lacks_the_address() {
        let frame = combined(&["HRScenario", "Salary"]);
        let messages = said(&RULE, &frame);
        assert_eq!(messages.len(), 1);
        assert!(messages[0].1.starts_with("the column EmailAddress is missing"));
    }

    #[test]
    fn a_misspelt_column_is_named_in_the_help() {
        let faults =
            judge_header(&RULE, &single(&["EmailAddress", "Resignation Date", "LastWorkingDate"], "resignation"));
        assert_eq!(faults[0].1.help, "Rename column 2, Resignation Date, to ResignationDate if that is what it holds.");
    }

    #[test]
    fn a_column_that_is_there_under_an_alias_or_with_blanks_is_not_missing() {
        let frame = own(&["UPN", " ResignationDate", "LastWorkingDate"], &["resignation"]);
        assert!(said(&RULE, &frame).is_empty());
    }
}
