//! A date has no time.
//!
//! # What it checks
//!
//! Filled cells of date columns that hold a day and nothing else, or a day and an offset. A time without seconds is
//! `date-not-padded`.
//!
//! # Why it matters to the receiving service
//!
//! The documented form has a time and an offset. How a day alone is read is not documented: where it is taken at all, probably as
//! midnight UTC, which in other places is the day before or in the middle of the day.
//!
//! # Example
//!
//! ```csv
//! EmailAddress,ResignationDate,LastWorkingDate
//! sara.davis@contoso.com,2026-05-18,2026-05-29T16:00:00Z
//! ```
//!
//! Use `2026-05-18T00:00:00+02:00` instead, with the offset of the place.
//!
//! # Options
//!
//! None.
//!
//! # Fix
//!
//! Unsafe: midnight is added, and `Z` where there is no offset.

use super::{Fault, assumed};
use crate::finding::{Safety, Severity};
use crate::mapping::FieldKind;
use crate::rules::{Bytes, Cell, CellPlace, Check, Explanation, Rule};

/// See the manual above.
pub(super) const RULE: Rule = Rule {
    name: "date-missing-time",
    severity: Severity::Warning,
    contract: false,
    fix: Some(Safety::Unsafe),
    milder: None,
    options: &[],
    source: include_str!("date_missing_time.rs"),
    check: Check::Cell { needs: Bytes::ANY, place: CellPlace::Filled(&[FieldKind::DateTime]), fires, explain },
};

fn fires(cell: &Cell<'_>) -> bool {
    cell.date().has(Fault::NoTime)
}

fn explain(cell: &Cell<'_>) -> Explanation {
    let help = "Add a time and an offset, such as T00:00:00+02:00; the repair adds midnight, and UTC where there is no offset.";
    let mend = assumed::mend(cell);
    Explanation::new("the date has no time", help).with(mend)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::finding::Safety;
    use crate::mapping::FieldKind::DateTime;
    use crate::rules::testing::lone::{ask_kind, mended};

    #[test]
    fn the_repair_adds_midnight_and_keeps_an_offset() {
        let mended = |text| mended(ask_kind(&RULE, DateTime, text));
        assert_eq!(mended("2026-5-18"), Some((Safety::Unsafe, "2026-05-18T00:00:00Z".into())));
        assert_eq!(mended("2026-05-18+02:00"), Some((Safety::Unsafe, "2026-05-18T00:00:00+02:00".into())));
    }
}
