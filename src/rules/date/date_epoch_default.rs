//! A date is one that programs write where they know none.
//!
//! # What it checks
//!
//! Filled cells of date columns in the documented form or near it, whose day is the first or last of some program's calendar:
//! 1 January 1970 (or the evening before, west of Greenwich), the days around 1 January 1900 and 1904, 1 January of the years 1,
//! 1601, 1753 and 1800, and 31 December of 2099, 2999, 4712 and 9999 (or the day beside it). How such a date is written is not
//! looked at: `date-missing-time`, `date-missing-offset`, `date-not-padded`, `date-space-separator` and
//! `date-fraction-too-long` are silent, and so are `date-too-old`, `date-far-future` and `last-day-before-resignation`.
//!
//! # Why it matters to the receiving service
//!
//! The service reads it as any other date: an event of decades ago or of a far century, which triggers nothing. The row was
//! probably meant to say that the date is not known, or that there is no end.
//!
//! # Example
//!
//! ```csv
//! EmailAddress,ResignationDate,LastWorkingDate
//! sara.davis@contoso.com,2026-05-18T09:00:00Z,9999-12-31T00:00:00Z
//! ```
//!
//! Write the date, or leave the row out until it is known.
//!
//! # Options
//!
//! None.
//!
//! # Fix
//!
//! None: only a person knows the date.

use super::defaults::Default;
use crate::finding::Severity;
use crate::mapping::FieldKind;
use crate::rules::{Bytes, Cell, CellPlace, Check, Explanation, Rule};

/// See the manual above.
pub(super) const RULE: Rule = Rule {
    name: "date-epoch-default",
    severity: Severity::Warning,
    contract: false,
    fix: None,
    milder: None,
    options: &[],
    source: include_str!("date_epoch_default.rs"),
    check: Check::Cell { needs: Bytes::ANY, place: CellPlace::Filled(&[FieldKind::DateTime]), fires, explain },
};

fn fires(cell: &Cell<'_>) -> bool {
    cell.date().is_default()
}

fn explain(cell: &Cell<'_>) -> Explanation {
    let day = match cell.date().default() {
        Some(Default::Computer) => "the day from which computers count time",
        Some(Default::Spreadsheet) => "the day from which spreadsheets count days",
        Some(Default::First) | None => "the first day of a program's calendar",
        Some(Default::Last) => "a day that stands for no end",
    };
    Explanation::new(
        format!("{day}: probably a program knew no date"),
        "Write the date on which it happened or will happen, or leave the row out until it is known.",
    )
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::mapping::FieldKind::DateTime;
    use crate::rules::testing::lone::ask_kind;

    #[test]
    fn the_kind_of_default_is_named() {
        let message = |text| ask_kind(&RULE, DateTime, text).map(|words| words.message);
        for (text, words) in [
            ("1970-01-01T00:00:00Z", "computers"),
            ("1969-12-31T19:00:00-05:00", "computers"),
            ("1900-01-01", "spreadsheets"),
            ("0001-01-01T00:00:00", "a program's calendar"),
            ("9999-12-31 23:59:59.999", "no end"),
        ] {
            assert!(message(text).is_some_and(|message| message.contains(words)), "{text}");
        }
        for text in ["1970-01-02T00:00:00Z", "2000-01-01", "2026-12-31T00:00:00Z", "01.01.1970", "9999-12-31T24:00:00Z"]
        {
            assert_eq!(message(text), None, "{text}");
        }
    }
}
