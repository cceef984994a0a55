//! Every row has the very same date and time.
//!
//! # What it checks
//!
//! Date columns in which all filled cells hold the same text, at least a number of them (20 unless the mapping says otherwise).
//! It speaks once for a column. A time of day with seconds is a time stamp that a program took, a warning; a full minute such as
//! midnight may well be meant (the end of a review cycle, a plant that closes), the milder form (`info`).
//!
//! # Why it matters to the receiving service
//!
//! A policy looks at what people did around the event. If the export wrote the time at which it ran instead of the time of the
//! event, every window opens on the wrong day.
//!
//! # Example
//!
//! ```csv
//! EmailAddress,ResignationDate,LastWorkingDate
//! sara.davis@contoso.com,2026-06-23T15:18:02Z,2026-06-29T17:00:00Z
//! alex.wilber@contoso.com,2026-06-23T15:18:02Z,2026-07-31T17:00:00Z
//! ```
//!
//! ... and so on, for hundreds of people. Export the date of the event instead of the date of the export.
//!
//! # Options
//!
//! `rows` (20; 2 to 1000000): how many dates there must be. In the mapping:
//! `"rules": { "constant-date-column": { "rows": 100 } }`.
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
    name: "constant-date-column",
    severity: Severity::Warning,
    contract: false,
    fix: None,
    milder: Some(Severity::Info),
    options: &[RuleOption { name: "rows", default: 20, least: 2, most: 1_000_000 }],
    source: include_str!("constant_date_column.rs"),
    check: Check::Engine { explain },
};

fn explain(observed: &Observed) -> Explanation {
    let Observed::ConstantDates { rows, to_the_second } = *observed else {
        unreachable!("constant-date-column is told of constant dates only")
    };
    let stamp = if to_the_second { "date and time, to the second" } else { "date and time" };
    let mut explanation = Explanation::new(
        format!("all {} dates of the column are the same {stamp}", grouped(rows)),
        "Check that the column holds the date of each event, not the time at which the export ran.",
    );
    explanation.milder = !to_the_second;
    explanation
}

#[cfg(test)]
mod tests {
    use super::{Observed, explain};

    #[test]
    fn a_full_minute_is_milder_than_a_time_stamp() {
        let told = |to_the_second| explain(&Observed::ConstantDates { rows: 1200, to_the_second });
        assert_eq!(told(true).message, "all 1,200 dates of the column are the same date and time, to the second");
        assert!(!told(true).milder && told(false).milder);
    }
}
