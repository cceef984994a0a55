//! An event that has been told already lies in the future.
//!
//! # What it checks
//!
//! Filled cells of the effective date of a job level change, a performance review or an improvement plan, whose day lies more than a
//! number of days (7 unless the mapping says otherwise) after the day of the check. Dates that lie much further ahead are
//! `date-far-future`. Resignations and last working days are not meant: they are known in advance.
//!
//! # Why it matters to the receiving service
//!
//! The documentation calls it the date on which the person was told, or on which the cycle ended. A policy counts its window from
//! it; an event of next month opens the window only then. Mostly day and month were exchanged, or the planned date was exported.
//!
//! # Example
//!
//! ```csv
//! EmailAddress,EffectiveDate,OldLevel,NewLevel
//! sara.davis@contoso.com,2026-12-05T09:00:00Z,Level 61,Level 60
//! ```
//!
//! In June 2026, `2026-05-12T09:00:00Z` was probably meant.
//!
//! # Options
//!
//! `days` (7; 1 to 36500): how far such a date may lie ahead. In the mapping: `"rules": { "effective-date-ahead": { "days": 60 } }`.
//! `--now` sets the day of the check.
//!
//! # Fix
//!
//! None: only a person knows the date.

use chrono::{Days, NaiveDate};

use super::date_far_future;
use crate::finding::Severity;
use crate::mapping::{Field, FieldKind, RuleOption};
use crate::rules::{Bytes, Cell, CellPlace, Check, Explanation, Rule, Settings};

/// See the manual above.
pub(super) const RULE: Rule = Rule {
    name: "effective-date-ahead",
    severity: Severity::Warning,
    contract: false,
    fix: None,
    milder: None,
    options: &[RuleOption { name: "days", default: 7, least: 1, most: 36_500 }],
    source: include_str!("effective_date_ahead.rs"),
    check: Check::Cell { needs: Bytes::ANY, place: CellPlace::Filled(&[FieldKind::DateTime]), fires, explain },
};

/// The last day on which a told event may lie.
#[must_use]
pub fn latest_effective(settings: &Settings) -> NaiveDate {
    let days = Days::new(u64::from(settings.option(&RULE, "days")));
    settings.today.checked_add_days(days).unwrap_or(NaiveDate::MAX)
}

/// Whether the field is the date of an event that was told.
#[must_use]
pub fn is_effective(field: &Field) -> bool {
    field.key == "effectiveDate"
}

fn fires(cell: &Cell<'_>) -> bool {
    let settings = &cell.record.frame.settings;
    let ahead = || cell.date().real_day().is_some_and(|day| day > latest_effective(settings));
    cell.field.is_some_and(is_effective) && ahead() && !date_far_future::is_far(settings, cell.date())
}

fn explain(cell: &Cell<'_>) -> Explanation {
    let days = cell.record.frame.settings.option(&RULE, "days");
    Explanation::new(
        format!("the effective date lies more than {days} days ahead, though the event has been told"),
        "Look whether day and month were exchanged; send events that are still to come when they have happened.",
    )
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::mapping::FieldKind::DateTime;
    use crate::rules::testing::lone::{ask, field};

    #[test]
    fn a_few_days_ahead_are_allowed() {
        let fires = |key, date| ask(&RULE, &field(key, DateTime, None), date).is_some();
        assert!(fires("effectiveDate", "2026-07-09T00:00:00Z") && fires("effectiveDate", "2026-12-05"));
        assert!(!fires("effectiveDate", "2026-07-08T23:59:59Z") && !fires("effectiveDate", "2062-05-04T09:00:00Z"));
        assert!(!fires("lastWorkingDate", "2026-12-05T00:00:00Z") && !fires("effectiveDate", "9999-12-31"));
    }
}
