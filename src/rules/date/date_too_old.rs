//! Dates of a column are too old to trigger anything.
//!
//! # What it checks
//!
//! Date columns in which some dates lie more than a number of days (120 unless the mapping says otherwise) before the day of the
//! check. It speaks once for a column, with the number of such rows and where they begin and end. Days that programs write where
//! they know none (`date-epoch-default`) do not count.
//!
//! # Why it matters to the receiving service
//!
//! A policy looks at a window around the event, by default from 90 days before it to 30 days after it. An event that lies further back
//! opens no window that reaches today, so the row will hardly have an effect. An old export sent by mistake looks like this, too.
//!
//! # Example
//!
//! ```csv
//! EmailAddress,ResignationDate,LastWorkingDate
//! sara.davis@contoso.com,2019-04-23T15:18:02Z,2019-04-29T15:18:02Z
//! ```
//!
//! Send recent events, and send them soon after they happen.
//!
//! # Options
//!
//! `days` (120; 1 to 36500): how far a date may lie back. In the mapping: `"rules": { "date-too-old": { "days": 90 } }`. `--now` sets
//! the day of the check.
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
    name: "date-too-old",
    severity: Severity::Info,
    contract: false,
    fix: None,
    milder: None,
    options: &[RuleOption { name: "days", default: 120, least: 1, most: 36_500 }],
    source: include_str!("date_too_old.rs"),
    check: Check::Engine { explain },
};

fn explain(observed: &Observed) -> Explanation {
    let Observed::TooOld { rows, between: (first, last), days } = *observed else {
        unreachable!("date-too-old is told of nothing but old dates")
    };
    let days = grouped(days.into());
    let message = if rows == 1 {
        format!("1 date (row {}) lies more than {days} days back", grouped(first))
    } else {
        let (rows, first, last) = (grouped(rows), grouped(first), grouped(last));
        format!("{rows} dates (rows {first} to {last}) lie more than {days} days back")
    };
    Explanation::new(message, "Check that this is the right export: events so long ago hardly trigger anything.")
}

#[cfg(test)]
mod tests {
    use super::{Observed, explain};

    #[test]
    fn the_number_of_rows_and_their_range_are_told() {
        let message = |rows, between| explain(&Observed::TooOld { rows, between, days: 120 }).message;
        assert_eq!(message(4812, (17, 99_003)), "4,812 dates (rows 17 to 99,003) lie more than 120 days back");
        assert_eq!(message(1, (17, 17)), "1 date (row 17) lies more than 120 days back");
    }
}
