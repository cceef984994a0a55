//! A row has fewer cells than the header has columns.
//!
//! # What it checks
//!
//! The number of cells. The missing ones are taken to be empty, as spreadsheets do; each that the row's scenario
//! requires is reported as `missing-required-value` as well. Blank lines are `blank-line`.
//!
//! # Why it matters to the receiving service
//!
//! The documentation's own samples have such rows, so the service probably takes them. But a row is also too short when
//! a delimiter was lost in its middle, and then every value after it is in the wrong column.
//!
//! # Example
//!
//! ```csv
//! EmailAddress,EffectiveDate,Remarks,Rating
//! sara.davis@contoso.com,2026-04-23T15:18:02Z,Met expectations
//! ```
//!
//! # Options
//!
//! None.
//!
//! # Fix
//!
//! Unsafe: empty cells are added at the end of the row. A person must see that nothing is missing in its middle.

use crate::finding::{Safety, Severity};
use crate::rules::{Check, Explanation, Mend, Record, RecordPlace, Rule};

/// See the manual above.
pub(super) const RULE: Rule = Rule {
    name: "short-record",
    severity: Severity::Warning,
    contract: false,
    fix: Some(Safety::Unsafe),
    milder: None,
    options: &[],
    source: include_str!("short_record.rs"),
    check: Check::Record { place: RecordPlace::Uneven, fires, explain },
};

fn fires(record: &Record<'_>) -> Option<usize> {
    let cells = record.cells.len();
    let blank = cells == 1 && record.cells[0].is_empty();
    (cells < record.frame.headers.len() && !blank).then_some(cells)
}

fn explain(record: &Record<'_>) -> Explanation {
    let (cells, columns) = (record.cells.len(), record.frame.headers.len());
    let noun = if cells == 1 { "cell" } else { "cells" };
    Explanation::new(
        format!("the row has {cells} {noun}, the header {columns} columns"),
        "Look for a lost delimiter; if only empty cells at the end are missing, write their delimiters too.",
    )
    .with(Mend::Pad(Safety::Unsafe, columns.saturating_sub(cells)))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::finding::Safety;
    use crate::rules::Mend;
    use crate::rules::testing::{judge_record, single};

    #[test]
    fn a_short_row_is_counted_and_padded() {
        let frame = single(&["EmailAddress", "EffectiveDate", "Remarks", "Rating"], "performanceReview");
        let (column, explanation) = judge_record(&RULE, &frame, &["a@b.de", "2026-05-04"]).expect("two are missing");
        assert_eq!((column, &*explanation.message), (2, "the row has 2 cells, the header 4 columns"));
        assert!(explanation.mend == Some(Mend::Pad(Safety::Unsafe, 2)));
        assert!(judge_record(&RULE, &frame, &["a@b.de", "2026-05-04", "", ""]).is_none());
        assert!(judge_record(&RULE, &frame, &[""]).is_none());
    }
}
