//! A date cell says that there is no date.
//!
//! # What it checks
//!
//! Filled cells of date columns that hold what people and programs write for "nothing": zeros (`0000-00-00`, `00.00.0000`,
//! `1/0/1900`), marks without numbers (`/ /`, `-`), words in several languages (`N/A`, `NULL`, `Invalid date`, `unknown`,
//! `entfällt`), a pattern that nobody filled in (`dd.mm.yyyy`). Such a cell has no other finding about dates. An empty cell
//! is `missing-required-value`, a spreadsheet's error such as `#N/A` is not this rule's.
//!
//! # Why it matters to the receiving service
//!
//! The service does not know these words: to it they are a date that cannot be read, and the row tells of no event.
//! An export that writes `0000-00-00` into a whole column has mostly lost it.
//!
//! # Example
//!
//! ```csv
//! EmailAddress,ResignationDate,LastWorkingDate
//! sara.davis@contoso.com,2026-05-18T09:00:00Z,0000-00-00
//! ```
//!
//! Write the date, or leave the row out until it is known.
//!
//! # Options
//!
//! None. The rule guards what the service requires, as `date-unparsable` does, in whose place it speaks: it cannot be lowered.
//!
//! # Fix
//!
//! Unsafe, where the scenario does not require the date: the cell becomes empty. None where it does.

use super::Fault;
use super::null::Null;
use crate::finding::{Safety, Severity};
use crate::mapping::FieldKind;
use crate::rules::{Bytes, Cell, CellPlace, Check, Explanation, Mend, Rule};

/// See the manual above.
pub(super) const RULE: Rule = Rule {
    name: "date-null-token",
    severity: Severity::Error,
    contract: true,
    fix: Some(Safety::Unsafe),
    milder: None,
    options: &[],
    source: include_str!("date_null_token.rs"),
    check: Check::Cell { needs: Bytes::ANY, place: CellPlace::Filled(&[FieldKind::DateTime]), fires, explain },
};

fn fires(cell: &Cell<'_>) -> bool {
    cell.date().has(Fault::Null)
}

fn explain(cell: &Cell<'_>) -> Explanation {
    let message = match cell.date().null() {
        Some(Null::Zeros) => "zeros in place of a date",
        Some(Null::Marks) => "marks without numbers in place of a date",
        Some(Null::Pattern) => "the pattern of a date that nobody filled in",
        Some(Null::Word) | None => "a word for nothing in place of a date",
    };
    if cell.field.is_some_and(|field| !field.required) {
        return Explanation::new(message, "Leave the cell empty if there is no date.")
            .with(Mend::Cell(Safety::Unsafe, String::new()));
    }
    Explanation::new(
        format!("{message}, which the scenario requires"),
        "Write the date, or leave the row out until it is known.",
    )
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::finding::Safety;
    use crate::mapping::{Field, FieldKind::DateTime};
    use crate::rules::testing::lone::{ask, ask_kind, field, mended};

    #[test]
    fn every_way_of_saying_nothing_has_its_words() {
        let message = |text| ask_kind(&RULE, DateTime, text).map(|words| words.message.into_owned());
        for (text, words) in [
            ("0000-00-00", "zeros in place of a date"),
            ("00.00.0000", "zeros in place of a date"),
            ("/ /", "marks without numbers in place of a date"),
            ("Invalid date", "a word for nothing in place of a date"),
            ("tt.mm.jjjj", "the pattern of a date that nobody filled in"),
        ] {
            assert_eq!(message(text), Some(format!("{words}, which the scenario requires")), "{text}");
        }
        for text in ["soon", "2026-05-18", " ", "0000-05-18", "#N/A", "1970-01-01"] {
            assert_eq!(message(text), None, "{text}");
        }
    }

    #[test]
    fn only_a_date_that_is_not_required_may_be_emptied() {
        assert!(mended(ask_kind(&RULE, DateTime, "n/a")).is_none());
        let optional = Field { required: false, ..field("test", DateTime, None) };
        assert_eq!(mended(ask(&RULE, &optional, "n/a")), Some((Safety::Unsafe, String::new())));
    }
}
