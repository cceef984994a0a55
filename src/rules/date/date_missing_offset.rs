//! A date has a time but no offset from UTC.
//!
//! # What it checks
//!
//! Filled cells of date columns whose time is followed by neither `Z` nor an offset such as `+02:00`. A day without a time is
//! `date-missing-time` alone.
//!
//! # Why it matters to the receiving service
//!
//! The documentation asks for an offset, although one of its own samples has none, and does not say how such a time is read: most
//! likely as UTC. A local time read as UTC is off by hours, and near midnight by a day.
//!
//! # Example
//!
//! ```csv
//! EmailAddress,ResignationDate,LastWorkingDate
//! sara.davis@contoso.com,2026-05-18T09:00:00,2026-05-29T16:00:00Z
//! ```
//!
//! Use `2026-05-18T09:00:00+02:00` instead, with the offset of the place where the time was written down.
//!
//! # Options
//!
//! None.
//!
//! # Fix
//!
//! Unsafe: `Z` is added, on the assumption that the time is UTC. Safe with `hrlint fix --assume-offset +01:00` or
//! `--assume-offset Europe/Berlin`: then that offset is added, of a time zone the one it had at that time. Times that a zone skips or
//! has twice when clocks change are left to a person.

use super::{Fault, assumed};
use crate::finding::{Safety, Severity};
use crate::mapping::FieldKind;
use crate::rules::{Bytes, Cell, CellPlace, Check, Explanation, Rule};

/// See the manual above.
pub(super) const RULE: Rule = Rule {
    name: "date-missing-offset",
    severity: Severity::Warning,
    contract: false,
    fix: Some(Safety::Unsafe),
    milder: None,
    options: &[],
    source: include_str!("date_missing_offset.rs"),
    check: Check::Cell { needs: Bytes::ANY, place: CellPlace::Filled(&[FieldKind::DateTime]), fires, explain },
};

fn fires(cell: &Cell<'_>) -> bool {
    cell.date().has(Fault::NoOffset)
}

fn explain(cell: &Cell<'_>) -> Explanation {
    let help = "Add Z if the time is UTC, else the offset of the place, such as +02:00; the repair takes it as UTC.";
    Explanation::new("the time has no offset from UTC", help).with(assumed::mend(cell))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::finding::Safety;
    use crate::mapping::FieldKind::DateTime;
    use crate::rules::testing::lone::{ask_kind, mended};

    #[test]
    fn the_repair_takes_the_time_as_utc_and_mends_the_rest() {
        let mended = mended(ask_kind(&RULE, DateTime, "2026-5-18 9:00:00"));
        assert_eq!(mended, Some((Safety::Unsafe, "2026-05-18T09:00:00Z".into())));
    }

    #[test]
    fn a_day_alone_lacks_its_time_and_not_its_offset() {
        assert!(ask_kind(&RULE, DateTime, "2026-05-18").is_none());
    }
}
