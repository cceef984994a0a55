//! A cell is empty that the row's scenario requires.
//!
//! # What it checks
//!
//! Each row by its own scenario: cells of required fields must be filled. A cell that a short row lacks counts as
//! empty.
//!
//! # Why it matters to the receiving service
//!
//! Without the person or the date the row tells of no event. Whether the service then skips the row or refuses the file
//! is not documented.
//!
//! # Example
//!
//! ```csv
//! EmailAddress,ResignationDate,LastWorkingDate
//! sara.davis@contoso.com,2026-04-23T15:18:02Z,
//! ```
//!
//! # Options
//!
//! None. The rule guards what the service requires: it cannot be lowered.
//!
//! # Fix
//!
//! None: only the HR system knows the value. If it stands in another scenario's column, `date-in-wrong-column` offers
//! to move it.

use crate::finding::{Printable, Severity};
use crate::rules::{Bytes, Cell, CellPlace, Check, Explanation, Rule};

/// See the manual above.
pub(super) const RULE: Rule = Rule {
    name: "missing-required-value",
    severity: Severity::Error,
    contract: true,
    fix: None,
    milder: None,
    options: &[],
    source: include_str!("missing_required_value.rs"),
    check: Check::Cell { needs: Bytes::ANY, place: CellPlace::Blank, fires, explain },
};

fn fires(cell: &Cell<'_>) -> bool {
    cell.text.is_empty() && cell.field.is_some_and(|field| field.required)
}

fn explain(cell: &Cell<'_>) -> Explanation {
    // Where the file lacks the whole column, only the mapping knows its name.
    let header = match (cell.record.frame.header(cell.column).trim(), cell.field) {
        ("", Some(field)) => &field.column,
        (header, _) => header,
    };
    let name = Printable::new(header);
    let scenario = cell.record.scenario.map_or_else(String::new, |scenario| {
        format!(", which the scenario {} requires", Printable::new(&scenario.identifier))
    });
    Explanation::new(
        format!("there is no {}{scenario}", name.shortened(64)),
        format!("Fill in {}, or leave the row out until the HR system knows it.", name.shortened(64)),
    )
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{COMBINED, combined, judge};

    #[test]
    fn a_required_cell_must_be_filled_in_rows_of_its_scenario() {
        let frame = combined(COMBINED);
        let row = ["Job level change", "a@b.de", "2026-05-04T09:00:00Z", "", "", "", "", "", ""];
        let explanation = judge(&RULE, &frame, &row, 4).expect("EffectiveDate is required");
        assert_eq!(explanation.message, "there is no EffectiveDate, which the scenario Job level change requires");
        assert!(judge(&RULE, &frame, &row, 3).is_none(), "the scenario does not use LastWorkingDate");
        assert!(judge(&RULE, &frame, &row, 5).is_none(), "Remarks are optional");
        assert!(judge(&RULE, &frame, &row[..2], 4).is_some(), "a short row lacks it too");
    }
}
