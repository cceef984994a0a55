//! A part of a date or time has too few digits.
//!
//! # What it checks
//!
//! Filled cells of date columns whose month, day, hour, minute or second has one digit instead of two, or whose time has no seconds.
//!
//! # Why it matters to the receiving service
//!
//! The documented form has two digits for every part. A strict reader refuses anything else.
//!
//! # Example
//!
//! ```csv
//! EmailAddress,ResignationDate,LastWorkingDate
//! sara.davis@contoso.com,2026-5-18T9:00:00Z,2026-05-29T16:00:00Z
//! ```
//!
//! Use `2026-05-18T09:00:00Z` instead.
//!
//! # Options
//!
//! None.
//!
//! # Fix
//!
//! Safe: zeros are put in front of short parts, and `:00` stands for missing seconds.

use super::Fault;
use crate::finding::{Safety, Severity};
use crate::mapping::FieldKind;
use crate::rules::{Bytes, Cell, CellPlace, Check, Explanation, Mend, Rule};

/// See the manual above.
pub(super) const RULE: Rule = Rule {
    name: "date-not-padded",
    severity: Severity::Warning,
    contract: false,
    fix: Some(Safety::Safe),
    milder: None,
    options: &[],
    source: include_str!("date_not_padded.rs"),
    check: Check::Cell { needs: Bytes::ANY, place: CellPlace::Filled(&[FieldKind::DateTime]), fires, explain },
};

fn fires(cell: &Cell<'_>) -> bool {
    cell.date().has(Fault::Unpadded)
}

fn explain(cell: &Cell<'_>) -> Explanation {
    let mend = cell.date().safe_text().map(|text| Mend::Cell(Safety::Safe, text));
    let message = "a part of the date or time has too few digits, or the seconds are missing";
    Explanation::new(message, "Write two digits for month, day, hour, minute and second, with a leading zero.")
        .with(mend)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::finding::Safety;
    use crate::mapping::FieldKind::DateTime;
    use crate::rules::testing::lone::{ask_kind, mended};

    #[test]
    fn short_parts_and_missing_seconds_are_filled_up() {
        let mended = |text| mended(ask_kind(&RULE, DateTime, text));
        assert_eq!(mended("2026-5-8T9:00:00+02:00"), Some((Safety::Safe, "2026-05-08T09:00:00+02:00".into())));
        assert_eq!(mended("2026-05-08 09:00"), Some((Safety::Safe, "2026-05-08T09:00:00".into())));
        assert_eq!(mended("2026-05-08T09:00:00CET"), None);
    }
}
