//! A date lies far in the future.
//!
//! # What it checks
//!
//! Filled cells of date columns whose day lies more than a number of days (365 unless the mapping says otherwise) after the day of the
//! check, or, for last working days, more than five years: notices may be long, and people retire early. Days that stand for "no end" are `date-epoch-default`.
//!
//! # Why it matters to the receiving service
//!
//! A policy looks at a window around the event. An event that lies years ahead opens it only then, so until that day the row has
//! no effect. Mostly the year is a slip (`2062` for `2026`).
//!
//! # Example
//!
//! ```csv
//! EmailAddress,ResignationDate,LastWorkingDate
//! sara.davis@contoso.com,2026-05-18T09:00:00Z,2062-06-30T16:00:00Z
//! ```
//!
//! Use `2026-06-30T16:00:00Z` instead. Where contracts end still later after the notice, raise the option.
//!
//! # Options
//!
//! `days` (365; 1 to 36500): how far a date may lie ahead. `last-day` (1826; 1 to 36500): how far a last working day may. In the mapping: `"rules": { "date-far-future": { "days": 730 } }`. `--now`
//! sets the day of the check.
//!
//! # Fix
//!
//! None: only a person knows the date.

use chrono::{Days, NaiveDate};

use super::Reading;
use crate::finding::Severity;
use crate::mapping::{FieldKind, RuleOption};
use crate::rules::amount::grouped;
use crate::rules::{Bytes, Cell, CellPlace, Check, Explanation, Rule, Settings};

/// See the manual above.
pub(super) const RULE: Rule = Rule {
    name: "date-far-future",
    severity: Severity::Warning,
    contract: false,
    fix: None,
    milder: None,
    options: &[
        RuleOption { name: "days", default: 365, least: 1, most: 36_500 },
        RuleOption { name: "last-day", default: 1826, least: 1, most: 36_500 },
    ],
    source: include_str!("date_far_future.rs"),
    check: Check::Cell { needs: Bytes::ANY, place: CellPlace::Filled(&[FieldKind::DateTime]), fires, explain },
};

/// The last day that does not lie far in the future, whatever the column.
#[must_use]
pub fn latest(settings: &Settings) -> NaiveDate {
    after(settings, "days").min(after(settings, "last-day"))
}

/// The day that lies as many days ahead as the option says.
fn after(settings: &Settings, option: &str) -> NaiveDate {
    let days = Days::new(u64::from(settings.option(&RULE, option)));
    settings.today.checked_add_days(days).unwrap_or(NaiveDate::MAX)
}

/// Whether a date other than a last working day lies far in the future, and is none that stands for "no end".
pub(super) fn is_far(settings: &Settings, reading: Reading) -> bool {
    reading.real_day().is_some_and(|day| day > after(settings, "days"))
}

/// The option that says how far the cell's date may lie ahead.
fn option(cell: &Cell<'_>) -> &'static str {
    if cell.field.is_some_and(|field| field.key == "lastWorkingDate") { "last-day" } else { "days" }
}

fn fires(cell: &Cell<'_>) -> bool {
    let settings = &cell.record.frame.settings;
    cell.date().real_day().is_some_and(|day| day > after(settings, option(cell)))
}

fn explain(cell: &Cell<'_>) -> Explanation {
    let option = option(cell);
    let days = grouped(cell.record.frame.settings.option(&RULE, option).into());
    Explanation::new(
        format!("the date lies more than {days} days ahead"),
        format!("Check the year; where dates so far ahead are usual, raise the rule's option {option} in the mapping."),
    )
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{judge, single};

    fn message(days: Option<u32>, date: &str) -> Option<String> {
        let mut frame = single(&["EmailAddress", "ResignationDate", "LastWorkingDate"], "resignation");
        if let Some(days) = days {
            frame.settings.set(RULE.name, "days", days);
        }
        judge(&RULE, &frame, &["", date, ""], 1).map(|explanation| explanation.message.into_owned())
    }

    #[test]
    fn the_day_after_the_last_one_is_far() {
        assert_eq!(message(None, "2027-07-01T23:59:59Z"), None);
        assert_eq!(message(None, "2027-07-02T00:00:00Z").as_deref(), Some("the date lies more than 365 days ahead"));
        assert_eq!(message(Some(730), "2028-06-30T00:00:00Z"), None);
        assert_eq!(message(Some(730), "2028-07-01").as_deref(), Some("the date lies more than 730 days ahead"));
    }

    #[test]
    fn a_last_working_day_may_lie_further_ahead() {
        let frame = single(&["EmailAddress", "ResignationDate", "LastWorkingDate"], "resignation");
        let message = |date| judge(&RULE, &frame, &["", "", date], 2).map(|words| words.message);
        assert_eq!(message("2031-07-01T00:00:00Z"), None);
        assert_eq!(message("2031-07-02T00:00:00Z").as_deref(), Some("the date lies more than 1,826 days ahead"));
    }

    #[test]
    fn what_is_no_day_or_stands_for_no_end_is_silent() {
        for date in ["9999-12-31T00:00:00Z", "2099-12-31", "31.12.2062", "2062-02-30T00:00:00Z", "soon"] {
            assert_eq!(message(None, date), None, "{date}");
        }
        assert!(message(None, "2062-06-30 9:00").is_some());
    }
}
