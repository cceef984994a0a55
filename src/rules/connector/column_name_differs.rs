//! Two files call the same column by different names.
//!
//! # What it checks
//!
//! Files of one run that are checked by the built-in mapping and either all name their scenarios or are all of one scenario: a column
//! that is recognised by its documented name in one file and by another known name in a later one. Upper and lower case do not make
//! a difference. With a mapping of your own, `header-alias` speaks of every such column.
//!
//! # Why it matters to the receiving service
//!
//! A connector knows one name for each column. If both files go to one connector, the column of one of them is not found, and
//! nothing of it is imported.
//!
//! # Example
//!
//! One file begins with
//!
//! ```csv
//! EmailAddress,ResignationDate,LastWorkingDate
//! ```
//!
//! and the other one with
//!
//! ```csv
//! UserPrincipalName,ResignationDate,LastWorkingDate
//! ```
//!
//! Use the name that the connector was told in both.
//!
//! # Options
//!
//! None.
//!
//! # Fix
//!
//! None: only a person knows which name the connector was told.

use crate::finding::{Printable, Severity};
use crate::rules::{Check, Explanation, Observed, Rule};

/// See the manual above.
pub(super) const RULE: Rule = Rule {
    name: "column-name-differs",
    severity: Severity::Warning,
    contract: false,
    fix: None,
    milder: None,
    options: &[],
    source: include_str!("column_name_differs.rs"),
    check: Check::Engine { explain },
};

fn explain(fact: &Observed) -> Explanation {
    let Observed::ColumnNameDiffers { name, first } = fact else {
        unreachable!("column-name-differs is told of column names only");
    };
    Explanation::new(
        format!("the same column is called {} in {first}", Printable::new(name).shortened(64)),
        "Use the name that the connector was told in all files, or give each file a connector of its own.",
    )
}

#[cfg(test)]
mod tests {
    use super::{Observed, explain};
    use crate::rules::First;

    #[test]
    fn the_other_name_and_its_place_are_told() {
        let first = First { row: 1, file: Some("may.csv".into()) };
        let fact = Observed::ColumnNameDiffers { name: "UPN".into(), first };
        assert_eq!(explain(&fact).message, "the same column is called UPN in row 1 of may.csv");
    }
}
