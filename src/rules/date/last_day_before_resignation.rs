//! The last working day is before the day of resignation.
//!
//! # What it checks
//!
//! Rows of a scenario that has both dates (in the documentation `ResignationDate` and `LastWorkingDate`), where both can be read. The
//! last working day must be earlier both as an instant and as the day that is written, so that a resignation in the afternoon of the last
//! day, or two offsets, are no fault.
//!
//! # Why it matters to the receiving service
//!
//! The two dates open and close the time in which the service looks at what a leaving person does. Exchanged columns give it the wrong
//! days.
//!
//! # Example
//!
//! ```csv
//! EmailAddress,ResignationDate,LastWorkingDate
//! sara.davis@contoso.com,2026-05-29T16:00:00Z,2026-05-18T09:00:00Z
//! ```
//!
//! Exchange the two dates if the columns were mixed up; correct the wrong one otherwise.
//!
//! # Options
//!
//! None.
//!
//! # Fix
//!
//! None: only a person knows which date is wrong.

use super::{date_far_future, date_year_implausible, read};
use crate::finding::Severity;
use crate::rules::{Check, Explanation, Record, RecordPlace, Rule};

/// See the manual above.
pub(super) const RULE: Rule = Rule {
    name: "last-day-before-resignation",
    severity: Severity::Warning,
    contract: false,
    fix: None,
    milder: None,
    options: &[],
    source: include_str!("last_day_before_resignation.rs"),
    check: Check::Record { place: RecordPlace::Of(&["resignationDate", "lastWorkingDate"]), fires, explain },
};

fn fires(record: &Record<'_>) -> Option<usize> {
    let (_, resignation) = date_of(record, "resignationDate")?;
    let (column, last) = date_of(record, "lastWorkingDate")?;
    if !begins_with_year(resignation) || !begins_with_year(last) {
        return None;
    }
    if day(resignation).zip(day(last)).is_some_and(|(resigned, left)| resigned <= left) {
        return None;
    }
    let (resignation, last) = (read(resignation), read(last));
    let settings = &record.frame.settings;
    let slip = |reading| date_year_implausible::is_implausible(settings, reading);
    if last.is_default() || resignation.is_default() || date_far_future::is_far(settings, resignation) || slip(last) {
        return None;
    }
    let earlier = last.instant? < resignation.instant? && last.day? < resignation.day?;
    earlier.then_some(column)
}

/// The day as it is written, where the text begins with one in figures from the year down: those can be compared as they are.
fn day(text: &str) -> Option<&[u8; 10]> {
    let day = text.as_bytes().first_chunk()?;
    let is_day = |(byte, at): (&u8, usize)| if matches!(at, 4 | 7) { *byte == b'-' } else { byte.is_ascii_digit() };
    day.iter().zip(0..).all(is_day).then_some(day)
}

/// Only what begins with a year, blanks and the like passed over, names a day in a way that can be relied on.
fn begins_with_year(text: &str) -> bool {
    match text.as_bytes() {
        [first @ b'!'..=b'~', rest @ ..] => first.is_ascii_digit() && rest.iter().take(4).any(|byte| *byte == b'-'),
        _ => true,
    }
}

/// The column that carries the field for the record's scenario, and its text.
fn date_of<'a>(record: &'a Record<'_>, key: &str) -> Option<(usize, &'a str)> {
    let column = record.scenario?.column_of(key)?;
    Some((column, record.text(column)))
}

fn explain(_: &Record<'_>) -> Explanation {
    let help = "Check both dates; if the columns were mixed up, exchange them. After garden leave or with a notice that was backdated the dates may be right.";
    Explanation::new("the last working day is before the day of resignation", help)
}

#[cfg(test)]
mod tests {
    use super::fires;
    use crate::mapping::FieldKind::DateTime;
    use crate::rules::testing::lone::{field, with_record};

    fn column_for(resignation: &str, last: &str) -> Option<usize> {
        let cells =
            [(field("resignationDate", DateTime, None), resignation), (field("lastWorkingDate", DateTime, None), last)];
        with_record(&cells, fires)
    }

    #[test]
    fn the_earlier_last_day_is_pointed_at() {
        assert_eq!(column_for("2026-05-29T16:00:00Z", "2026-05-18T09:00:00Z"), Some(1));
        assert_eq!(column_for("2026-05-29", "2026-05-28T23:59:59"), Some(1));
    }

    #[test]
    fn the_same_day_is_no_fault_whatever_the_times_and_offsets() {
        assert_eq!(column_for("2026-05-29T16:00:00Z", "2026-05-29T00:00:00Z"), None);
        assert_eq!(column_for("2026-05-29T00:30:00+14:00", "2026-05-28T18:00:00Z"), None);
        assert_eq!(column_for("2026-05-29T00:30:00+02:00", "2026-05-28T23:30:00-10:00"), None);
    }

    #[test]
    fn dates_that_cannot_be_read_are_not_compared() {
        assert_eq!(column_for("29.05.2026", "2026-05-18T09:00:00Z"), None);
        assert_eq!(column_for("2026-05-29T16:00:00Z", ""), None);
        assert_eq!(column_for("2026-05-29T16:00:00CET", "2026-05-18T09:00:00Z"), None);
    }

    #[test]
    fn a_wrong_date_of_the_two_is_a_fault_of_its_own() {
        assert_eq!(column_for("2026-05-29T16:00:00Z", "1970-01-01T00:00:00Z"), None);
        assert_eq!(column_for("9999-12-31T00:00:00Z", "2026-05-18T09:00:00Z"), None);
        assert_eq!(column_for("2026-05-29T16:00:00Z", "1926-06-18T09:00:00Z"), None);
        assert_eq!(column_for("2062-05-29T16:00:00Z", "2026-05-18T09:00:00Z"), None);
    }
}
