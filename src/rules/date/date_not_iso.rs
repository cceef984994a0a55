//! A date is written in another form than the service's.
//!
//! # What it checks
//!
//! Filled cells of date columns that hold a date in a local form or in a program's own: day or month first, other marks
//! between the parts or none, a month by its name, a time with AM or PM, seconds since 1970, a week or the day of a year,
//! typographic dashes. The message says which form was recognised. Such a cell has no other finding about dates. Where day and
//! month cannot be told apart it is `date-ambiguous`, a spreadsheet's number of days `date-serial-number`.
//!
//! # Why it matters to the receiving service
//!
//! The documentation asks for `yyyy-mm-ddThh:mm:ss` with an offset. Another form may be refused, or, worse, day and month
//! are exchanged, and the event lands in another month.
//!
//! # Example
//!
//! ```csv
//! EmailAddress,ResignationDate,LastWorkingDate
//! sara.davis@contoso.com,18.05.2026,2026-05-29T16:00:00Z
//! ```
//!
//! Use `2026-05-18T00:00:00Z` instead, or better, have the exporting system write ISO 8601.
//!
//! # Options
//!
//! None.
//!
//! # Fix
//!
//! Unsafe, where the form has one meaning: the date is written anew, with midnight for a missing time and UTC for a missing offset. There
//! is none where the year has two digits. With `hrlint fix --assume-offset` the repair of a date with a time is safe; with
//! `--date-order` a year of two digits is of this century.

use super::forms::described;
use super::{Fault, assumed};
use crate::finding::{Safety, Severity};
use crate::mapping::FieldKind;
use crate::rules::{Bytes, Cell, CellPlace, Check, Explanation, Rule};

/// See the manual above.
pub(super) const RULE: Rule = Rule {
    name: "date-not-iso",
    severity: Severity::Error,
    contract: false,
    fix: Some(Safety::Unsafe),
    milder: None,
    options: &[],
    source: include_str!("date_not_iso.rs"),
    check: Check::Cell { needs: Bytes::ANY, place: CellPlace::Filled(&[FieldKind::DateTime]), fires, explain },
};

fn fires(cell: &Cell<'_>) -> bool {
    cell.date().has(Fault::Local)
}

fn explain(cell: &Cell<'_>) -> Explanation {
    let reading = cell.date();
    let form = reading.form().map_or("a date in a local form".into(), described);
    let mend = assumed::mend(cell);
    let help = match mend {
        Some(_) => {
            "Have it exported in the form 2026-05-29T16:00:00Z; the repair takes a missing time as midnight and a missing offset as UTC."
        }
        None => {
            "Have it exported in the form 2026-05-29T16:00:00Z; this form leaves open which day or time is meant, so there is no repair."
        }
    };
    Explanation::new(format!("{form}, not the form that the service reads"), help).with(mend)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::finding::Safety;
    use crate::mapping::FieldKind::DateTime;
    use crate::rules::testing::lone::{ask_kind, mended};

    #[test]
    fn the_form_is_named_and_a_clear_one_is_written_anew() {
        let words = ask_kind(&RULE, DateTime, "18.05.2026").expect("it is German");
        assert!(words.message.starts_with("a date written day first with dots, "));
        assert_eq!(mended(Some(words)), Some((Safety::Unsafe, "2026-05-18T00:00:00Z".into())));
    }

    #[test]
    fn a_short_year_has_no_repair() {
        let words = ask_kind(&RULE, DateTime, "18.05.26").expect("it is local");
        assert!(words.mend.is_none());
    }

    #[test]
    fn what_other_rules_say_better_is_left_to_them() {
        for text in ["03/04/2026", "45306", "n/a", "2026-05-18"] {
            assert!(ask_kind(&RULE, DateTime, text).is_none(), "{text}");
        }
        let words = ask_kind(&RULE, DateTime, "05/05/2026").expect("the order does not matter");
        assert_eq!(mended(Some(words)), Some((Safety::Unsafe, "2026-05-05T00:00:00Z".into())));
    }
}
