//! The header stands again among the rows.
//!
//! # What it checks
//!
//! Rows in which every cell equals its column's name, without regard to case. Empty cells after the last column do not
//! count. Nothing else is said of such a row.
//!
//! # Why it matters to the receiving service
//!
//! The row is taken for data. It comes from joining several exports, of which only the first should have kept its
//! header.
//!
//! # Example
//!
//! ```csv
//! EmailAddress,ResignationDate,LastWorkingDate
//! sara.davis@contoso.com,2026-04-23T15:18:02Z,2026-04-29T15:18:02Z
//! EmailAddress,ResignationDate,LastWorkingDate
//! pilar.pinilla@contoso.com,2026-04-24T09:15:49Z,2026-04-29T15:18:02Z
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
    name: "repeated-header",
    severity: Severity::Error,
    contract: false,
    fix: Some(Safety::Safe),
    milder: None,
    options: &[],
    source: include_str!("repeated_header.rs"),
    check: Check::Record { place: RecordPlace::Any, fires, explain },
};

fn fires(record: &Record<'_>) -> Option<usize> {
    let headers = &record.frame.headers;
    let (cells, surplus) = record.cells.split_at_checked(headers.len())?;
    let equal = cells.iter().zip(headers).all(|(cell, header)| same(cell, header));
    (!headers.is_empty() && equal && surplus.iter().all(|cell| cell.is_empty())).then_some(Record::WHOLE)
}

fn same(cell: &str, header: &str) -> bool {
    if let (Some(a), Some(b)) = (cell.bytes().next(), header.bytes().next())
        && a.is_ascii()
        && b.is_ascii()
        && !a.eq_ignore_ascii_case(&b)
    {
        return false;
    }
    cell == header || cell.chars().flat_map(char::to_lowercase).eq(header.chars().flat_map(char::to_lowercase))
}

fn explain(_: &Record<'_>) -> Explanation {
    Explanation::new(
        "the row repeats the header",
        "Remove the row; when files are joined, only the first one keeps its header.",
    )
    .with(Mend::DeleteRecord(Safety::Safe))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{judge_record, single};

    #[test]
    fn every_cell_must_equal_its_column_name() {
        let frame = single(&["EmailAddress", "EffectiveDate", "Ålder"], "performanceReview");
        assert!(judge_record(&RULE, &frame, &["EmailAddress", "effectivedate", "ÅLDER"]).is_some());
        assert!(judge_record(&RULE, &frame, &["EmailAddress", "EffectiveDate", "Ålder", ""]).is_some());
        assert!(judge_record(&RULE, &frame, &["EmailAddress", "EffectiveDate", ""]).is_none());
        assert!(judge_record(&RULE, &frame, &["EmailAddress", "EffectiveDate"]).is_none());
        assert!(judge_record(&RULE, &frame, &["EmailAddress", "EffectiveDate", "Ålder", "x"]).is_none());
    }
}
