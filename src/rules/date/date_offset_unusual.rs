//! A date has an offset from UTC that no place has.
//!
//! # What it checks
//!
//! Filled cells of date columns, in the documented form or near it, whose offset is not a whole number of quarters of an hour
//! (`+02:17`), or is `-00:00`. Offsets that cannot be are `date-offset-invalid`.
//!
//! # Why it matters to the receiving service
//!
//! All places on Earth keep a time that differs from UTC by whole quarters of an hour. Another offset is a slip, or a program took
//! the minutes of the time for those of the offset; the event is placed at a wrong moment. `-00:00` says, by the standard, that the
//! place is not known, and some readers refuse it.
//!
//! # Example
//!
//! ```csv
//! EmailAddress,ResignationDate,LastWorkingDate
//! sara.davis@contoso.com,2026-05-18T09:17:00+02:17,2026-05-29T16:00:00-00:00
//! ```
//!
//! Use `+02:00` instead of the first and `Z` instead of the second, if that was meant.
//!
//! # Options
//!
//! None.
//!
//! # Fix
//!
//! None: only a person knows the place.

use crate::finding::Severity;
use crate::mapping::FieldKind;
use crate::rules::{Bytes, Cell, CellPlace, Check, Explanation, Rule};

/// See the manual above.
pub(super) const RULE: Rule = Rule {
    name: "date-offset-unusual",
    severity: Severity::Warning,
    contract: false,
    fix: None,
    milder: None,
    options: &[],
    source: include_str!("date_offset_unusual.rs"),
    check: Check::Cell { needs: Bytes::ANY, place: CellPlace::Filled(&[FieldKind::DateTime]), fires, explain },
};

fn fires(cell: &Cell<'_>) -> bool {
    cell.date().offset_is_unusual().is_some()
}

fn explain(cell: &Cell<'_>) -> Explanation {
    if cell.date().offset_is_unusual() == Some(0) {
        let message = "the offset -00:00 says that the place is not known";
        return Explanation::new(message, "Write Z if the time is in UTC, or the offset of the place.");
    }
    Explanation::new(
        "no place has this offset from UTC: its minutes are not a quarter of an hour",
        "Write the offset of the place, such as +02:00 or +05:30.",
    )
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::mapping::FieldKind::DateTime;
    use crate::rules::testing::lone::ask_kind;

    #[test]
    fn quarters_of_an_hour_are_usual() {
        for offset in ["+02:17", "-11:59", "-00:00", "+00:01", "+13:50"] {
            assert!(ask_kind(&RULE, DateTime, &format!("2026-05-18T09:00:00{offset}")).is_some(), "{offset}");
        }
        for offset in
            ["Z", "+00:00", "+05:45", "-09:30", "+14:00", "-12:00", "+12:45", "", "+25:17", "+05:61", "-13:00"]
        {
            assert!(ask_kind(&RULE, DateTime, &format!("2026-05-18T09:00:00{offset}")).is_none(), "{offset}");
        }
    }
}
