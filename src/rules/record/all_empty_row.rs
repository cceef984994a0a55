//! A row holds nothing but delimiters.
//!
//! # What it checks
//!
//! Records whose cells are all empty or hold nothing but blanks, and that are not simply a blank line (`blank-line`).
//! Nothing else is said of such a row, and it does not count as one.
//!
//! # Why it matters to the receiving service
//!
//! The row is sent, and counted, as a row of somebody unknown. Spreadsheets write such rows where rows were cleared
//! instead of deleted, and some HR systems where a field has several values.
//!
//! # Example
//!
//! ```csv
//! EmailAddress,ResignationDate,LastWorkingDate
//! sara.davis@contoso.com,2026-04-23T15:18:02Z,2026-04-29T15:18:02Z
//! ,,
//! ```
//!
//! # Options
//!
//! None.
//!
//! # Fix
//!
//! Safe: the row is removed.

use crate::finding::{Safety, Severity};
use crate::rules::{Check, Explanation, Mend, Record, RecordPlace, Rule};

/// See the manual above.
pub(super) const RULE: Rule = Rule {
    name: "all-empty-row",
    severity: Severity::Warning,
    contract: false,
    fix: Some(Safety::Safe),
    milder: None,
    options: &[],
    source: include_str!("all_empty_row.rs"),
    check: Check::Record { place: RecordPlace::Any, fires, explain },
};

fn fires(record: &Record<'_>) -> Option<usize> {
    let cells = record.cells;
    let blank_line = cells.len() == 1 && cells[0].is_empty();
    let empty = cells.iter().all(|cell| cell.trim().is_empty()) && record.valid.iter().all(|valid| *valid);
    (record.frame.headers.len() > 1 && !blank_line && empty).then_some(Record::WHOLE)
}

fn explain(_: &Record<'_>) -> Explanation {
    Explanation::new("all cells of the row are empty", "Remove the row: it may be sent, and counted, as a row.")
        .with(Mend::DeleteRecord(Safety::Safe))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{judge_record, single};

    #[test]
    fn cells_of_blanks_are_empty_and_a_blank_line_is_no_row() {
        let frame = single(&["EmailAddress", "EffectiveDate", "Remarks"], "performanceReview");
        for empty in [&["", "", ""][..], &["", ""], &[" ", "\u{a0}", ""], &["", "", "", ""], &[" "]] {
            assert!(judge_record(&RULE, &frame, empty).is_some(), "{empty:?}");
        }
        for not in [&[""][..], &["", "", "-"], &["\0", "", ""]] {
            assert!(judge_record(&RULE, &frame, not).is_none(), "{not:?}");
        }
    }
}
