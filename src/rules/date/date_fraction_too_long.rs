//! A time has more than seven digits of a second.
//!
//! # What it checks
//!
//! Filled cells of date columns whose fraction of a second has more than seven digits. One to seven are good, and so is no fraction.
//!
//! # Why it matters to the receiving service
//!
//! Seven digits, 100 nanoseconds, are the limit of the date type that the service seems to use, and what its samples show. A longer
//! fraction is likely to be refused.
//!
//! # Example
//!
//! ```csv
//! EmailAddress,ResignationDate,LastWorkingDate
//! sara.davis@contoso.com,2026-05-18T09:00:00.123456789Z,2026-05-29T16:00:00Z
//! ```
//!
//! Use `2026-05-18T09:00:00.1234567Z` instead.
//!
//! # Options
//!
//! None.
//!
//! # Fix
//!
//! Safe: the digits after the seventh are cut off.

use super::Fault;
use crate::finding::{Safety, Severity};
use crate::mapping::FieldKind;
use crate::rules::{Bytes, Cell, CellPlace, Check, Explanation, Mend, Rule};

/// See the manual above.
pub(super) const RULE: Rule = Rule {
    name: "date-fraction-too-long",
    severity: Severity::Warning,
    contract: false,
    fix: Some(Safety::Safe),
    milder: None,
    options: &[],
    source: include_str!("date_fraction_too_long.rs"),
    check: Check::Cell { needs: Bytes::ANY, place: CellPlace::Filled(&[FieldKind::DateTime]), fires, explain },
};

fn fires(cell: &Cell<'_>) -> bool {
    cell.date().has(Fault::LongFraction)
}

fn explain(cell: &Cell<'_>) -> Explanation {
    let mend = cell.date().safe_text().map(|text| Mend::Cell(Safety::Safe, text));
    Explanation::new(
        "the fraction of the second has more than seven digits",
        "Cut the fraction to seven digits or fewer.",
    )
    .with(mend)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::finding::Safety;
    use crate::mapping::FieldKind::DateTime;
    use crate::rules::testing::lone::{ask_kind, mended};

    #[test]
    fn seven_digits_are_kept() {
        let mended = mended(ask_kind(&RULE, DateTime, "2026-05-18T09:00:00.123456789012Z"));
        assert_eq!(mended, Some((Safety::Safe, "2026-05-18T09:00:00.1234567Z".into())));
        assert!(ask_kind(&RULE, DateTime, "2026-05-18T09:00:00.1234567Z").is_none());
    }
}
