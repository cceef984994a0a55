//! A date cell holds something that is no date.
//!
//! # What it checks
//!
//! Filled cells of date columns that can be read neither in the documented form nor in any other form known here: words such
//! as `soon`, a year alone, a day that does not exist in a local form (`31.02.2026`), nothing but blanks. Such a cell has no other
//! finding about dates. What says that there is no date (`n/a`, `NULL`, zeros) is `date-null-token`.
//!
//! # Why it matters to the receiving service
//!
//! The service needs the date to know when the event happened. A row whose date it cannot read is
//! useless at best; the reply to an upload does not say how many rows were kept.
//!
//! # Example
//!
//! ```csv
//! EmailAddress,ResignationDate,LastWorkingDate
//! sara.davis@contoso.com,to be agreed,2026-05-29T16:00:00Z
//! ```
//!
//! Write a date such as `2026-05-29T16:00:00Z` instead, or leave the row out until the date is known.
//!
//! # Options
//!
//! None. The rule guards what the service requires: it cannot be lowered.
//!
//! # Fix
//!
//! None: only a person knows the date.

use super::Fault;
use crate::finding::Severity;
use crate::mapping::FieldKind;
use crate::rules::text::{characters, excel_error_value, excel_text_guard};
use crate::rules::{Bytes, Cell, CellPlace, Check, Explanation, Rule};

/// See the manual above.
pub(super) const RULE: Rule = Rule {
    name: "date-unparsable",
    severity: Severity::Error,
    contract: true,
    fix: None,
    milder: None,
    options: &[],
    source: include_str!("date_unparsable.rs"),
    check: Check::Cell { needs: Bytes::ANY, place: CellPlace::Filled(&[FieldKind::DateTime]), fires, explain },
};

fn fires(cell: &Cell<'_>) -> bool {
    cell.date().has(Fault::Unparsable)
        && !excel_error_value::is_error(cell.text)
        && excel_text_guard::guarded(cell.text).is_none()
}

fn explain(cell: &Cell<'_>) -> Explanation {
    let message = if cell.text.chars().all(|c| characters::class(c) != characters::Class::Plain) {
        "the cell holds nothing but blanks where a date belongs"
    } else if cell.text.chars().any(|c| c.is_ascii_digit()) {
        "the cell cannot be read as a date"
    } else {
        "the cell holds no date"
    };
    Explanation::new(message, "Write the date and time in the form 2026-05-29T16:00:00Z.")
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::mapping::FieldKind::DateTime;
    use crate::rules::testing::lone::ask_kind;

    #[test]
    fn a_text_that_is_no_date_is_told_from_one_that_looks_like_one() {
        let message = |text| ask_kind(&RULE, DateTime, text).map(|words| words.message);
        assert_eq!(message("soon").as_deref(), Some("the cell holds no date"));
        assert_eq!(message("31.02.2026").as_deref(), Some("the cell cannot be read as a date"));
        assert_eq!(message(" \u{a0}").as_deref(), Some("the cell holds nothing but blanks where a date belongs"));
        assert_eq!(message("2026-02-31T00:00:00Z"), None);
        assert_eq!(message("31.12.2025"), None);
        assert_eq!(message("n/a"), None);
    }
}
