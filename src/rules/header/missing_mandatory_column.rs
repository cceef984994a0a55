//! A mandatory column is missing.
//!
//! # What it checks
//!
//! Every column that a scenario requires is in the header. With an identifier column, a scenario counts when the file has
//! rows of it: one file may hold the resignations and another the reviews, and neither needs the columns of the other.
//! (`hrlint mapping --for`, which looks at the header alone, takes a scenario none of whose columns but the address is
//! there to be absent.) Without identifier column, the scenario that all rows belong to counts.
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
use crate::rules::amount::grouped;
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

/// Whether the rows of the file say which columns it needs: they name their scenarios.
pub(crate) fn is_told_by_rows(frame: &Frame) -> bool {
    frame.identifier.is_some()
}

/// Words for every column that the file lacks, given how many rows each of its scenarios has.
pub(crate) fn explain_absent(frame: &Frame, rows: &[u64]) -> Vec<Explanation> {
    let reading = Reading::of(frame);
    let counted: Vec<_> = frame.scenarios.iter().zip(rows).filter(|(_, rows)| **rows > 0).collect();
    let scenarios: Vec<_> = counted.iter().map(|(scenario, _)| *scenario).collect();
    let explained = |lacking: &Lacking<'_>| {
        let needing = counted.iter().filter(|(scenario, _)| lacking.scenarios.contains(&scenario.identifier.as_str()));
        let words = explain(frame, lacking, reading.resembling(lacking.name));
        let message = match needing.map(|(_, rows)| **rows).sum() {
            1 => format!("{}: 1 row is of that kind", words.message),
            rows => format!("{}: {} rows are of that kind", words.message, grouped(rows)),
        };
        Explanation { message: message.into(), ..words }
    };
    reading.lacking_for(&scenarios, false).iter().map(explained).collect()
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
    use super::{RULE, explain_absent};
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
        assert!(said(&RULE, &frame).is_empty());
    }

    #[test]
    fn the_scenarios_of_the_rows_need_their_columns() {
        let frame =
            own(&["HRScenario", "EmailAddress", "Effective Date", "Remarks"], &["resignation", "jobLevelChange"]);
        let told = |rows: [u64; 2]| explain_absent(&frame, &rows).into_iter().map(|words| words.message);
        let level =
            "the column EffectiveDate is missing, which is mandatory for Job level change: 1,200 rows are of that kind";
        assert_eq!(told([0, 1200]).collect::<Vec<_>>(), [level]);
        assert_eq!(told([1, 0]).count(), 2);
        assert_eq!(told([0, 0]).count(), 0);
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
