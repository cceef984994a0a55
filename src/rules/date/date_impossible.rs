//! A date names a day or time that does not exist.
//!
//! # What it checks
//!
//! Filled cells of date columns that have the documented form and name a month 13, a 30 February, an hour 24, a minute 60, a year 0.
//! A leap second (`23:59:60`) counts as impossible too: common date types do not take it. Midnight at the end of a day is
//! `00:00:00` of the next one. Zeros for year, month and day are `date-null-token`.
//!
//! # Why it matters to the receiving service
//!
//! Nobody can read such a date, and without it the row tells of no event. The reply to an upload does not say how many rows
//! were kept.
//!
//! # Example
//!
//! ```csv
//! EmailAddress,ResignationDate,LastWorkingDate
//! sara.davis@contoso.com,2026-02-30T09:00:00Z,2026-05-29T16:00:00Z
//! ```
//!
//! Write the day that was meant.
//!
//! # Options
//!
//! None. The rule guards what the service requires: it cannot be lowered.
//!
//! # Fix
//!
//! None: only a person knows which day was meant.

use super::Fault;
use super::reading::Culprit;
use crate::finding::Severity;
use crate::mapping::FieldKind;
use crate::rules::{Bytes, Cell, CellPlace, Check, Explanation, Rule};

/// See the manual above.
pub(super) const RULE: Rule = Rule {
    name: "date-impossible",
    severity: Severity::Error,
    contract: true,
    fix: None,
    milder: None,
    options: &[],
    source: include_str!("date_impossible.rs"),
    check: Check::Cell { needs: Bytes::ANY, place: CellPlace::Filled(&[FieldKind::DateTime]), fires, explain },
};

fn fires(cell: &Cell<'_>) -> bool {
    cell.date().has(Fault::Impossible)
}

fn explain(cell: &Cell<'_>) -> Explanation {
    let (message, help) = match cell.date().culprit() {
        Culprit::Year => ("there is no year 0", "Write the year in which it happened."),
        Culprit::Month => ("the month is not between 1 and 12", "Write year, month and day in this order."),
        Culprit::Day => ("the month has no such day", "Write the day that was meant."),
        Culprit::EndOfDay => ("the hour is 24", "Write midnight as 00:00:00 of the day that it begins."),
        Culprit::Hour => ("the hour is not between 0 and 23", "Write the hour that was meant."),
        Culprit::Minute => ("the minute is not between 0 and 59", "Write the minute that was meant."),
        Culprit::Second => {
            ("the second is not between 0 and 59", "Write the second that was meant; leap seconds are not taken.")
        }
    };
    Explanation::new(message, help)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::mapping::FieldKind::DateTime;
    use crate::rules::testing::lone::ask_kind;

    #[test]
    fn the_number_at_fault_is_named() {
        for (text, message) in [
            ("2026-13-01T09:00:00Z", "the month is not between 1 and 12"),
            ("2026-02-30T09:00:00Z", "the month has no such day"),
            ("2026-02-28T24:00:00Z", "the hour is 24"),
            ("2026-02-28T25:00:00Z", "the hour is not between 0 and 23"),
            ("2026-02-28T09:60:00Z", "the minute is not between 0 and 59"),
            ("2026-06-30T23:59:60Z", "the second is not between 0 and 59"),
            ("0000-02-28T09:00:00Z", "there is no year 0"),
        ] {
            assert_eq!(ask_kind(&RULE, DateTime, text).expect("it is impossible").message, message);
        }
    }

    #[test]
    fn the_last_day_of_the_calendar_is_possible() {
        assert!(ask_kind(&RULE, DateTime, "9999-12-31T23:59:59Z").is_none());
        assert!(ask_kind(&RULE, DateTime, "2024-02-29").is_none());
        assert!(ask_kind(&RULE, DateTime, "0000-00-00").is_none(), "date-null-token says it better");
    }
}
