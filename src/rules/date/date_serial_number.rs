//! A date is the number by which a spreadsheet keeps it.
//!
//! # What it checks
//!
//! Filled cells of date columns that hold a number of five digits between 20000 and 79999 (dates from 1954 to 2119), with a
//! fraction for the time of day or without: `46160`, `46160.375`. Such a cell has no other finding about dates.
//!
//! # Why it matters to the receiving service
//!
//! The number counts the days since the end of 1899. No service knows that: the date cannot be read, and the row tells of no
//! event. It appears when a column of dates is formatted as a number or as text before the export.
//!
//! # Example
//!
//! ```csv
//! EmailAddress,ResignationDate,LastWorkingDate
//! sara.davis@contoso.com,46160,2026-05-29T16:00:00Z
//! ```
//!
//! Use `2026-05-18T00:00:00Z` instead: format the column as a date, and export it in that form.
//!
//! # Options
//!
//! None.
//!
//! # Fix
//!
//! Unsafe: the date is written as one, with UTC for the missing offset, or that of `hrlint fix --assume-offset`, and midnight
//! where there is no fraction. Files from old versions of Excel for the Mac count from 1904, so that the right date would be four
//! years and a day later. There is no repair where the fraction has too few digits to tell the time.

use super::{Fault, assumed};
use crate::finding::{Safety, Severity};
use crate::mapping::FieldKind;
use crate::rules::{Bytes, Cell, CellPlace, Check, Explanation, Rule};

/// See the manual above.
pub(super) const RULE: Rule = Rule {
    name: "date-serial-number",
    severity: Severity::Error,
    contract: false,
    fix: Some(Safety::Unsafe),
    milder: None,
    options: &[],
    source: include_str!("date_serial_number.rs"),
    check: Check::Cell { needs: Bytes::ANY, place: CellPlace::Filled(&[FieldKind::DateTime]), fires, explain },
};

fn fires(cell: &Cell<'_>) -> bool {
    cell.date().has(Fault::Serial)
}

fn explain(cell: &Cell<'_>) -> Explanation {
    let mend = assumed::mend(cell);
    let with_time = cell.text.contains(['.', ',']);
    let message = if with_time {
        "an Excel serial date with its time, not the form that the service reads"
    } else {
        "an Excel serial date, not the form that the service reads"
    };
    Explanation::new(
        message,
        "Format the column as a date in the spreadsheet and export it in the form 2026-05-29T16:00:00Z.",
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
    fn the_number_is_written_as_the_date_that_it_is() {
        let mended = |text| mended(ask_kind(&RULE, DateTime, text));
        assert_eq!(mended("46160"), Some((Safety::Unsafe, "2026-05-18T00:00:00Z".into())));
        assert_eq!(mended("46160.375"), Some((Safety::Unsafe, "2026-05-18T09:00:00Z".into())));
        assert_eq!(mended("46160,38541667"), Some((Safety::Unsafe, "2026-05-18T09:15:00Z".into())));
        assert_eq!(mended("46160.39"), None, "the spreadsheet showed too few digits");
    }

    #[test]
    fn other_numbers_are_not_taken_for_it() {
        for text in ["4616", "461600", "99999", "12345", "20260518", "1767139200", "46160 9:00", "-46160"] {
            assert!(ask_kind(&RULE, DateTime, text).is_none(), "{text}");
        }
        assert!(ask_kind(&RULE, DateTime, "46160.39").is_some());
    }
}
