//! A date has a blank or a wrong mark between its parts.
//!
//! # What it checks
//!
//! Filled cells of date columns with a blank or a small `t` between day and time, a small `z` at the end, a blank before the
//! offset, or a comma before the fraction of a second. Blanks around the whole value are `value-whitespace`; a blank that does not break
//! lines is `invisible-character`.
//!
//! # Why it matters to the receiving service
//!
//! The documented form has a capital `T` and `Z`, no blank and a point. Databases and spreadsheets write blanks; a strict reader refuses
//! them.
//!
//! # Example
//!
//! ```csv
//! EmailAddress,ResignationDate,LastWorkingDate
//! sara.davis@contoso.com,2026-05-18 09:00:00Z,2026-05-29T16:00:00Z
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
//! Safe: the separators are put right.

use super::Fault;
use crate::finding::{Safety, Severity};
use crate::mapping::FieldKind;
use crate::rules::text::characters;
use crate::rules::{Bytes, Cell, CellPlace, Check, Explanation, Mend, Rule};

/// See the manual above.
pub(super) const RULE: Rule = Rule {
    name: "date-space-separator",
    severity: Severity::Warning,
    contract: false,
    fix: Some(Safety::Safe),
    milder: None,
    options: &[],
    source: include_str!("date_space_separator.rs"),
    check: Check::Cell { needs: Bytes::ANY, place: CellPlace::Filled(&[FieldKind::DateTime]), fires, explain },
};

fn fires(cell: &Cell<'_>) -> bool {
    cell.date().has(Fault::Separator)
}

fn explain(cell: &Cell<'_>) -> Explanation {
    let mend = cell.date().safe_text().map(|text| Mend::Cell(Safety::Safe, text));
    let text = cell.text.trim_matches(characters::is_blank);
    let message = if text.contains(characters::is_blank) {
        "a blank stands inside the date"
    } else if text.contains(',') {
        "a comma stands before the fraction of the second"
    } else {
        "a small letter stands where a capital T or Z belongs"
    };
    Explanation::new(
        message,
        "Write T between day and time, a point before the fraction, and Z or the offset without a blank.",
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
    fn the_separators_are_put_right() {
        for (text, message) in [
            ("2026-05-18 09:00:00.5Z", "a blank stands inside the date"),
            ("2026-05-18t09:00:00.5z", "a small letter stands where a capital T or Z belongs"),
            ("2026-05-18T09:00:00,5Z", "a comma stands before the fraction of the second"),
        ] {
            let words = ask_kind(&RULE, DateTime, text).expect("a separator is wrong");
            assert_eq!(words.message, message);
            assert_eq!(mended(Some(words)), Some((Safety::Safe, "2026-05-18T09:00:00.5Z".into())));
        }
    }

    #[test]
    fn blanks_around_the_date_and_no_break_spaces_are_for_other_rules() {
        assert!(ask_kind(&RULE, DateTime, " 2026-05-18T09:00:00Z ").is_none());
        assert!(ask_kind(&RULE, DateTime, "2026-05-18\u{a0}09:00:00Z").is_none());
    }
}
