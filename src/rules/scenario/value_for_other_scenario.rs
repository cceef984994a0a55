//! A cell is filled that the row's scenario does not use.
//!
//! # What it checks
//!
//! Cells in a column that the mapping gives to other scenarios only. If the cell holds a date, and the row's own date
//! is empty, it is `date-in-wrong-column`.
//!
//! # Why it matters to the receiving service
//!
//! The documentation asks for such cells to be blank. The service does not read them, so either the value is in the
//! wrong column, or the row has the wrong scenario, or data about a person leaves the house for nothing.
//!
//! # Example
//!
//! ```csv
//! HRScenario,EmailAddress,ResignationDate,LastWorkingDate,EffectiveDate,Rating
//! Resignation,sara.davis@contoso.com,2026-04-23T15:18:02Z,2026-04-29T15:18:02Z,,3
//! ```
//!
//! A resignation has no `Rating`.
//!
//! # Options
//!
//! None.
//!
//! # Fix
//!
//! Unsafe: the cell becomes empty.

use super::date_in_wrong_column;
use crate::finding::{Printable, Safety, Severity};
use crate::rules::{Bytes, Cell, CellPlace, Check, Explanation, Mend, Record, Rule};

/// See the manual above.
pub(super) const RULE: Rule = Rule {
    name: "value-for-other-scenario",
    severity: Severity::Warning,
    contract: false,
    fix: Some(Safety::Unsafe),
    milder: None,
    options: &[],
    source: include_str!("value_for_other_scenario.rs"),
    check: Check::Cell { needs: Bytes::ANY, place: CellPlace::Foreign, fires, explain },
};

fn fires(cell: &Cell<'_>) -> bool {
    let filled = matches!(cell.text.as_bytes().first(), Some(b'!'..=b'~')) || !cell.text.trim().is_empty();
    filled && !date_in_wrong_column::fires(cell)
}

/// Whether a column is used by some scenario, but not by the record's.
pub(super) fn foreign(record: &Record<'_>, column: usize) -> bool {
    record.field(column).is_none() && record.frame.identifier != Some(column) && record.frame.is_mapped(column)
}

fn explain(cell: &Cell<'_>) -> Explanation {
    let header = Printable::new(cell.record.frame.header(cell.column).trim());
    let scenario = cell.record.scenario.map_or_else(
        || "the row's scenario".to_owned(),
        |scenario| format!("the scenario {}", Printable::new(&scenario.identifier)),
    );
    Explanation::new(
        format!("{scenario} does not use the column {}", header.shortened(64)),
        "Look whether the value is in the wrong column or the row has the wrong scenario; if neither, leave the cell empty.",
    )
    .with(Mend::Cell(Safety::Unsafe, String::new()))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{COMBINED, combined, judge};

    #[test]
    fn a_value_of_another_scenario_is_reported_unless_it_is_the_missing_date() {
        let frame = combined(COMBINED);
        let date = "2026-05-04T09:00:00Z";
        let row = ["Job level change", "a@b.de", date, "", "", "", "3", "Level 61", "Level 60"];
        let explanation = judge(&RULE, &frame, &row, 6).expect("a rating belongs to a review");
        assert_eq!(explanation.message, "the scenario Job level change does not use the column Rating");
        assert!(judge(&RULE, &frame, &row, 2).is_none());
        let row = ["Job level change", "a@b.de", date, "", date, "", "", "Level 61", "Level 60"];
        assert!(judge(&RULE, &frame, &row, 2).is_some());
    }
}
