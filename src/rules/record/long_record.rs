//! A row has more cells than the header has columns.
//!
//! # What it checks
//!
//! The number of cells, where at least one of the surplus cells holds something. If all of them are empty, it is
//! `trailing-delimiter`; if one text without quotes explains the surplus, it is `extra-fields`. The first surplus cell is
//! reported.
//!
//! # Why it matters to the receiving service
//!
//! Most often a comma inside a text was not quoted: every value after it is then in the wrong column, and the last one
//! is in none.
//!
//! # Example
//!
//! ```csv
//! EmailAddress,EffectiveDate,Remarks,Rating
//! sara.davis@contoso.com,2026-04-23T15:18:02Z,Met expectations,3,Sales
//! ```
//!
//! `Sales` is in no column.
//!
//! # Options
//!
//! None. The rule guards what the service requires: it cannot be lowered.
//!
//! # Fix
//!
//! None: only a person knows which of the delimiters belongs to a text.

use super::extra_fields::torn;
use crate::finding::Severity;
use crate::rules::{Check, Explanation, Record, RecordPlace, Rule};

/// See the manual above.
pub(super) const RULE: Rule = Rule {
    name: "long-record",
    severity: Severity::Error,
    contract: true,
    fix: None,
    milder: None,
    options: &[],
    source: include_str!("long_record.rs"),
    check: Check::Record { place: RecordPlace::Uneven, fires, explain },
};

fn fires(record: &Record<'_>) -> Option<usize> {
    let columns = record.frame.headers.len();
    let surplus = record.cells.get(columns..)?;
    (surplus.iter().any(|cell| !cell.is_empty()) && torn(record).is_none()).then_some(columns)
}

fn explain(record: &Record<'_>) -> Explanation {
    let (cells, columns) = (record.cells.len(), record.frame.headers.len());
    let noun = if columns == 1 { "column" } else { "columns" };
    Explanation::new(
        format!("the row has {cells} cells, the header {columns} {noun}"),
        "Look for a text that contains the delimiter, and put that text in quotes.",
    )
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{judge_record, single};

    #[test]
    fn only_a_filled_surplus_cell_makes_a_row_too_long() {
        let frame = single(&["EmailAddress", "EffectiveDate", "Remarks"], "performanceReview");
        let (column, explanation) =
            judge_record(&RULE, &frame, &["a@b.de", "2026-05-04", "Good", "", "mostly"]).expect("two are too many");
        assert_eq!((column, &*explanation.message), (3, "the row has 5 cells, the header 3 columns"));
        assert!(judge_record(&RULE, &frame, &["a@b.de", "2026-05-04", "Good", "", ""]).is_none());
        assert!(judge_record(&RULE, &frame, &["a@b.de"]).is_none());
    }
}
