//! A mapped column is filled in none of several files.
//!
//! # What it checks
//!
//! Columns of a scenario that several files of the run have and none fills, where at least a number of rows (20 unless the
//! mapping says otherwise) of all files could. It speaks at the end of the last file. Where one file alone has rows enough,
//! `column-entirely-empty` speaks there, and this rule is silent; columns that a row must fill are left to
//! `missing-required-value`.
//!
//! # Why it matters to the receiving service
//!
//! Each file by itself is too small to tell; together they show that something is never exported. The service takes the files as
//! they are, and policies see less than they were meant to.
//!
//! # Example
//!
//! Twelve files with a few job level changes each, and `OldLevel` empty in all of them:
//!
//! ```csv
//! EmailAddress,EffectiveDate,OldLevel,NewLevel
//! sara.davis@contoso.com,2026-06-23T15:18:02Z,,Level 60
//! ```
//!
//! Ask whoever runs the export whether the column should be filled.
//!
//! # Options
//!
//! `rows` (20; 2 to 1000000): how many rows of all files must have been able to fill the column. In the mapping:
//! `"rules": { "field-never-filled": { "rows": 100 } }`.
//!
//! # Fix
//!
//! None.

use crate::finding::{Printable, Severity};
use crate::mapping::RuleOption;
use crate::rules::amount::grouped;
use crate::rules::{Check, Explanation, Observed, Rule};

/// See the manual above.
pub(super) const RULE: Rule = Rule {
    name: "field-never-filled",
    severity: Severity::Warning,
    contract: false,
    fix: None,
    milder: None,
    options: &[RuleOption { name: "rows", default: 20, least: 2, most: 1_000_000 }],
    source: include_str!("field_never_filled.rs"),
    check: Check::Engine { explain },
};

fn explain(fact: &Observed) -> Explanation {
    let Observed::FieldNeverFilled { column, scenario, rows, files } = fact else {
        unreachable!("field-never-filled is told of columns only");
    };
    let (column, scenario) = (Printable::new(column), Printable::new(scenario));
    Explanation::new(
        format!(
            "the column {} is empty in all {} rows of the scenario {scenario} in {} files",
            column.shortened(64),
            grouped(*rows),
            grouped(*files)
        ),
        "Ask whoever runs the export whether the column should be filled; if not, take it out of export and mapping.",
    )
}

#[cfg(test)]
mod tests {
    use super::{Observed, explain};

    #[test]
    fn column_scenario_rows_and_files_are_told() {
        let (column, scenario) = ("OldLevel".into(), "jobLevelChange".into());
        let fact = Observed::FieldNeverFilled { column, scenario, rows: 24, files: 3 };
        assert_eq!(
            explain(&fact).message,
            "the column OldLevel is empty in all 24 rows of the scenario jobLevelChange in 3 files"
        );
    }
}
