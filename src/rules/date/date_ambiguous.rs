//! A date leaves open whether the day or the month comes first.
//!
//! # What it checks
//!
//! Filled cells of date columns with a numeric date whose year is last and whose two other numbers could both be a month:
//! `03/04/2026`, `3-4-26`, `03042026`. With dots between them the day comes first wherever such dates are written, and
//! `05/05/2026` has one meaning: both are `date-not-iso`. Such a cell has no other finding about dates.
//!
//! An order for all such dates cannot be declared in the mapping: the service would still have to read them. Other dates of
//! the column mostly show the order; whoever knows it has the column exported anew.
//!
//! # Why it matters to the receiving service
//!
//! If the service takes the date at all, it may take the month for the day. The event then lands in another month, and nobody
//! notices.
//!
//! # Example
//!
//! ```csv
//! EmailAddress,ResignationDate,LastWorkingDate
//! sara.davis@contoso.com,05/06/2026,2026-06-30T16:00:00Z
//! ```
//!
//! Use `2026-06-05T00:00:00Z` if the 5th of June was meant, `2026-05-06T00:00:00Z` if it was the 6th of May.
//!
//! # Options
//!
//! None.
//!
//! # Fix
//!
//! Unsafe, and only with `hrlint fix --date-order dmy`, `mdy` or `ymd`, which says what comes first; with `--assume-offset` too, the repair
//! of a date with a time is safe. Without the order there is none: the cell has two meanings.

use super::forms::described;
use super::{Fault, assumed};
use crate::finding::{Safety, Severity};
use crate::mapping::FieldKind;
use crate::rules::{Bytes, Cell, CellPlace, Check, Explanation, Rule};

/// See the manual above.
pub(super) const RULE: Rule = Rule {
    name: "date-ambiguous",
    severity: Severity::Error,
    contract: false,
    fix: Some(Safety::Unsafe),
    milder: None,
    options: &[],
    source: include_str!("date_ambiguous.rs"),
    check: Check::Cell { needs: Bytes::ANY, place: CellPlace::Filled(&[FieldKind::DateTime]), fires, explain },
};

fn fires(cell: &Cell<'_>) -> bool {
    cell.date().has(Fault::Ambiguous)
}

fn explain(cell: &Cell<'_>) -> Explanation {
    let form = cell.date().form().map_or("a date in a local form".into(), described);
    Explanation::new(
        format!("{form}: nobody can tell which"),
        "Have it exported in the form 2026-05-29T16:00:00Z; the other dates of the column may show which order was meant.",
    )
    .with(assumed::mend(cell))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::mapping::FieldKind::DateTime;
    use crate::rules::testing::lone::ask_kind;

    #[test]
    fn two_numbers_that_could_be_months_are_ambiguous() {
        let message = |text| ask_kind(&RULE, DateTime, text).map(|words| words.message);
        for (text, expected) in [
            ("03/04/2026", "a date written day or month first with slashes: nobody can tell which"),
            ("3-4-26", "a date written day or month first with dashes and a year of two digits: nobody can tell which"),
            ("03042026", "a date written day or month first with nothing between: nobody can tell which"),
        ] {
            assert_eq!(message(text).as_deref(), Some(expected));
        }
        for text in ["03.04.2026", "13/04/2026", "04/13/2026", "05/05/2026", "2026/03/04", "2026-03-04", "20260304"] {
            assert_eq!(message(text), None, "{text}");
        }
    }
}
