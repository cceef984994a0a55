//! A line is blank.
//!
//! # What it checks
//!
//! Records of one empty cell without quotes, in a file of several columns: empty lines between the rows or after the
//! last one.
//!
//! # Why it matters to the receiving service
//!
//! The vendor's upload script sends blank lines as rows, so that the number of rows saved no longer fits the number of
//! rows exported.
//!
//! # Example
//!
//! ```csv
//! EmailAddress,ResignationDate,LastWorkingDate
//! sara.davis@contoso.com,2026-04-23T15:18:02Z,2026-04-29T15:18:02Z
//!
//! pilar.pinilla@contoso.com,2026-04-24T09:15:49Z,2026-04-29T15:18:02Z
//! ```
//!
//! # Options
//!
//! None.
//!
//! # Fix
//!
//! Safe: the line is removed.

use crate::finding::{Safety, Severity};
use crate::rules::{Check, Explanation, Mend, Record, RecordPlace, Rule};

/// See the manual above.
pub(super) const RULE: Rule = Rule {
    name: "blank-line",
    severity: Severity::Warning,
    contract: false,
    fix: Some(Safety::Safe),
    milder: None,
    options: &[],
    source: include_str!("blank_line.rs"),
    check: Check::Record { place: RecordPlace::Uneven, fires, explain },
};

fn fires(record: &Record<'_>) -> Option<usize> {
    let blank = record.cells.len() == 1 && record.cells[0].is_empty();
    (blank && record.frame.headers.len() > 1).then_some(Record::WHOLE)
}

fn explain(_: &Record<'_>) -> Explanation {
    Explanation::new("the line is blank", "Remove the line: it may be sent, and counted, as a row.")
        .with(Mend::DeleteRecord(Safety::Safe))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{judge_record, single};

    #[test]
    fn one_empty_cell_is_a_blank_line_only_where_more_are_expected() {
        let frame = single(&["EmailAddress", "EffectiveDate"], "performanceReview");
        assert!(judge_record(&RULE, &frame, &[""]).is_some());
        assert!(judge_record(&RULE, &frame, &["", ""]).is_none());
        assert!(judge_record(&RULE, &single(&["EmailAddress"], "performanceReview"), &[""]).is_none());
    }
}
