//! A date lies in a year in which nothing of this happened.
//!
//! # What it checks
//!
//! Filled cells of date columns, in the documented form or near it, whose year lies before 1970 (unless the mapping says otherwise):
//! `0026`, `0206`, `1926`. Days that programs write where they know none, such as 1 January 1900, are `date-epoch-default`. Such a
//! date does not count for `date-too-old` and `last-day-before-resignation`.
//!
//! # Why it matters to the receiving service
//!
//! The year is a slip, mostly of 2026 or of a year that was typed with two digits. The service takes the date as it stands: an event
//! of a far century, which triggers nothing, so the person is not watched at the time when it matters.
//!
//! # Example
//!
//! ```csv
//! EmailAddress,ResignationDate,LastWorkingDate
//! sara.davis@contoso.com,0026-05-18T09:00:00Z,2026-06-30T16:00:00Z
//! ```
//!
//! Use `2026-05-18T09:00:00Z` instead.
//!
//! # Options
//!
//! `year` (1970; 1 to 2100): the first year that is believed. In the mapping: `"rules": { "date-year-implausible": { "year": 2015 } }`.
//!
//! # Fix
//!
//! None: only a person knows the year.

use chrono::{Datelike as _, NaiveDate};

use super::Reading;
use crate::finding::Severity;
use crate::mapping::{FieldKind, RuleOption};
use crate::rules::{Bytes, Cell, CellPlace, Check, Explanation, Rule, Settings};

/// See the manual above.
pub(super) const RULE: Rule = Rule {
    name: "date-year-implausible",
    severity: Severity::Error,
    contract: false,
    fix: None,
    milder: None,
    options: &[RuleOption { name: "year", default: 1970, least: 1, most: 2100 }],
    source: include_str!("date_year_implausible.rs"),
    check: Check::Cell { needs: Bytes::ANY, place: CellPlace::Filled(&[FieldKind::DateTime]), fires, explain },
};

/// The first day that is believed.
///
/// # Panics
///
/// Never: every year that the option may have begins with 1 January.
#[must_use]
pub fn earliest(settings: &Settings) -> NaiveDate {
    let year = i32::try_from(settings.option(&RULE, "year")).unwrap_or(i32::MAX);
    NaiveDate::from_ymd_opt(year, 1, 1).expect("the option is a year of four digits")
}

/// Whether a date lies before the years that are believed, and is none that programs write where they know none.
pub(super) fn is_implausible(settings: &Settings, reading: Reading) -> bool {
    reading.real_day().is_some_and(|day| day < earliest(settings))
}

fn fires(cell: &Cell<'_>) -> bool {
    is_implausible(&cell.record.frame.settings, cell.date())
}

fn explain(cell: &Cell<'_>) -> Explanation {
    let first = earliest(&cell.record.frame.settings).year();
    Explanation::new(
        format!("the year of the date lies before {first}: probably its digits are wrong"),
        "Check the year; it has four digits, such as 2026.",
    )
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::mapping::FieldKind::DateTime;
    use crate::rules::testing::lone::ask_kind;
    use crate::rules::testing::{judge, single};

    #[test]
    fn years_that_are_slips_are_found() {
        for date in ["0026-05-18T09:00:00Z", "0206-05-18T09:00:00+02:00", "1926-05-18", "1969-12-30T09:00:00"] {
            assert!(ask_kind(&RULE, DateTime, date).is_some(), "{date}");
        }
        for date in ["1970-01-02T00:00:00Z", "2026-05-18T09:00:00Z", "1900-01-01", "1970-01-01", "26-05-18", "soon"] {
            assert!(ask_kind(&RULE, DateTime, date).is_none(), "{date}");
        }
    }

    #[test]
    fn the_first_year_can_be_chosen() {
        let mut frame = single(&["EmailAddress", "ResignationDate", "LastWorkingDate"], "resignation");
        frame.settings.set(RULE.name, "year", 2015);
        let message = |date| judge(&RULE, &frame, &["", date, ""], 1).map(|words| words.message);
        let words = "the year of the date lies before 2015: probably its digits are wrong";
        assert_eq!(message("2014-12-31T23:59:59Z").as_deref(), Some(words));
        assert_eq!(message("2015-01-01T00:00:00Z"), None);
    }
}
