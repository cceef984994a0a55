//! A mapped column has no value in any row.
//!
//! # What it checks
//!
//! Columns that the mapping gives a meaning and in which no row that could fill them does. It speaks once for a column, and only
//! where at least a number of rows (20 unless the mapping says otherwise) could have filled it. Columns that a row must fill are
//! left to `missing-required-value`.
//!
//! # Why it matters to the receiving service
//!
//! The service takes the file as it is. An export that lost a column, or may no longer read it in the HR system, looks just
//! like this, and nobody is told: policies simply see less.
//!
//! # Example
//!
//! Every row of a file with hundreds of job level changes is empty under `OldLevel`:
//!
//! ```csv
//! EmailAddress,EffectiveDate,OldLevel,NewLevel
//! sara.davis@contoso.com,2026-06-23T15:18:02Z,,Level 60
//! ```
//!
//! Ask whoever runs the export whether the column should be filled. If it never will be, take it out of the export and out of
//! the connector's mapping.
//!
//! # Options
//!
//! `rows` (20; 2 to 1000000): how many rows must have been able to fill the column. In the mapping:
//! `"rules": { "column-entirely-empty": { "rows": 100 } }`.
//!
//! # Fix
//!
//! None.

use crate::finding::Severity;
use crate::mapping::RuleOption;
use crate::rules::amount::grouped;
use crate::rules::{Check, Explanation, Observed, Rule};

/// See the manual above.
pub(super) const RULE: Rule = Rule {
    name: "column-entirely-empty",
    severity: Severity::Info,
    contract: false,
    fix: None,
    milder: None,
    options: &[RuleOption { name: "rows", default: 20, least: 2, most: 1_000_000 }],
    source: include_str!("column_entirely_empty.rs"),
    check: Check::Engine { explain },
};

fn explain(observed: &Observed) -> Explanation {
    let Observed::EmptyColumn { rows } = *observed else {
        unreachable!("column-entirely-empty is told of empty columns only")
    };
    Explanation::new(
        format!("the column is empty in all {} rows that could fill it", grouped(rows)),
        "Ask whoever runs the export whether the column should be filled; if not, take it out of export and mapping.",
    )
}

#[cfg(test)]
mod tests {
    use super::{Observed, explain};

    #[test]
    fn the_number_of_rows_is_told() {
        let message = explain(&Observed::EmptyColumn { rows: 4812 }).message;
        assert_eq!(message, "the column is empty in all 4,812 rows that could fill it");
    }
}
