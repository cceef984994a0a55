//! Rows end in an empty cell that belongs to no column.
//!
//! # What it checks
//!
//! Records have more cells than the header has names, and all surplus cells are empty. It speaks once for the whole
//! file. A surplus cell that holds something is `long-record`.
//!
//! # Why it matters to the receiving service
//!
//! The service counts one more column than was mapped, and that column has no name. Nothing is lost, but what it makes
//! of it is not documented. If only some rows have the surplus cell, the export is at least uneven; that is the milder
//! form (`info`).
//!
//! # Example
//!
//! ```csv
//! EmailAddress,ResignationDate,LastWorkingDate,
//! sara.davis@contoso.com,2026-04-23T15:18:02Z,2026-04-29T15:18:02Z,
//! ```
//!
//! # Options
//!
//! None.
//!
//! # Fix
//!
//! Safe: the surplus empty cells are taken away, in the header and in every row.

use crate::finding::{Safety, Severity};
use crate::rules::{Check, Explanation, Mend, Observed, Rule};

/// See the manual above.
pub(super) const RULE: Rule = Rule {
    name: "trailing-delimiter",
    severity: Severity::Warning,
    contract: false,
    fix: Some(Safety::Safe),
    milder: Some(Severity::Info),
    options: &[],
    source: include_str!("trailing_delimiter.rs"),
    check: Check::Engine { explain },
};

fn explain(fact: &Observed) -> Explanation {
    let Observed::TrailingDelimiter { rows, of, between: (first, last), header } = *fact else {
        unreachable!("trailing-delimiter is told of surplus cells only");
    };
    let subject = match (rows, header) {
        (0, _) => "the header ends in an empty column name that no row uses".to_owned(),
        (1, _) if of == 1 => "the only row ends in surplus delimiters".to_owned(),
        (_, true) if rows == of => format!("the header and all {of} rows end in surplus delimiters"),
        (_, false) if rows == of => format!("all {of} rows end in surplus delimiters"),
        (1, _) => format!("1 of {of} rows (row {first}) ends in surplus delimiters"),
        _ => format!("{rows} of {of} rows (rows {first} to {last}) end in surplus delimiters"),
    };
    let mut explanation =
        Explanation::new(subject, "Remove the empty last column from the export: it has no name and no content.");
    explanation.milder = rows < of;
    explanation.with(Mend::Whole(Safety::Safe))
}

#[cfg(test)]
mod tests {
    use super::{Explanation, Observed, explain};

    fn of(rows: u64, header: bool) -> Explanation {
        explain(&Observed::TrailingDelimiter { rows, of: 9, between: (2, 5), header })
    }

    #[test]
    fn a_fault_of_every_row_is_a_warning() {
        assert!(!of(9, false).milder);
        assert_eq!(of(9, false).message, "all 9 rows end in surplus delimiters");
        assert_eq!(of(9, true).message, "the header and all 9 rows end in surplus delimiters");
    }

    #[test]
    fn a_fault_of_some_rows_is_milder() {
        assert!(of(4, false).milder);
        assert_eq!(of(4, true).message, "4 of 9 rows (rows 2 to 5) end in surplus delimiters");
        assert_eq!(of(1, false).message, "1 of 9 rows (row 2) ends in surplus delimiters");
        assert!(of(0, true).milder);
    }
}
