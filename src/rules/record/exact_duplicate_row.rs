//! A row equals an earlier one, cell by cell.
//!
//! # What it checks
//!
//! All rows of all files of one run that share a mapping. The first occurrence is named.
//!
//! # Why it matters to the receiving service
//!
//! How the service treats repeated rows is not documented. At best they are dropped; at worst one event triggers a
//! policy twice. Many of them point to an export that ran twice or overlaps the last one.
//!
//! # Example
//!
//! ```csv
//! EmailAddress,ResignationDate,LastWorkingDate
//! sara.davis@contoso.com,2026-04-23T15:18:02Z,2026-04-29T15:18:02Z
//! sara.davis@contoso.com,2026-04-23T15:18:02Z,2026-04-29T15:18:02Z
//! ```
//!
//! # Options
//!
//! None.
//!
//! # Fix
//!
//! Safe: the later row is removed.

use crate::finding::{Safety, Severity};
use crate::rules::{Check, Explanation, Mend, Observed, Rule};

/// See the manual above.
pub(super) const RULE: Rule = Rule {
    name: "exact-duplicate-row",
    severity: Severity::Warning,
    contract: false,
    fix: Some(Safety::Safe),
    milder: None,
    options: &[],
    source: include_str!("exact_duplicate_row.rs"),
    check: Check::Engine { explain },
};

fn explain(fact: &Observed) -> Explanation {
    let Observed::ExactDuplicate(first) = fact else {
        unreachable!("exact-duplicate-row is told of equal rows only");
    };
    Explanation::new(
        format!("the row equals {first}"),
        "Remove the row, and look whether the export ran twice or overlaps an earlier one.",
    )
    // Which of two files is the one too many is for a person to say.
    .with(first.file.is_none().then_some(Mend::DeleteRecord(Safety::Safe)))
}

#[cfg(test)]
mod tests {
    use super::{Observed, explain};
    use crate::rules::First;

    #[test]
    fn the_first_row_is_named() {
        assert_eq!(explain(&Observed::ExactDuplicate(First { row: 2, file: None })).message, "the row equals row 2");
        let elsewhere = First { row: 7, file: Some("out/june.csv".into()) };
        assert_eq!(explain(&Observed::ExactDuplicate(elsewhere)).message, "the row equals row 7 of out/june.csv");
    }
}
