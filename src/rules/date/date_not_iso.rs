//! A date is written in another form than the service's.
//!
//! # What it checks
//!
//! Filled cells of date columns that hold a date in a local form or in a program's own: day or month first, other marks
//! between the parts or none, a month by its name, a time with AM or PM, a spreadsheet's number of days, seconds since 1970, a week or
//! the day of a year, typographic dashes. The message says which form was recognised. Such a cell has no other finding about dates.
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
//! is none where it cannot be told whether the day or the month comes first (`03/04/2026`), or where the year has two digits.
//! `hrlint fix --date-order dmy` says what comes first; with `--assume-offset` too, the repair of a date with a time is safe.

use std::borrow::Cow;

use super::{Fault, Form, Mark, Order, assumed};
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

fn described(form: Form) -> Cow<'static, str> {
    let (order, mark, short_year) = match form {
        Form::YearLast { order, mark, short_year } => (order, mark, short_year),
        Form::YearFirst(Mark::Dot) => return "a date written year first with dots".into(),
        Form::YearFirst(_) => return "a date written year first with slashes".into(),
        Form::Compact => return "a date written as digits with nothing between them".into(),
        Form::Serial => return "a spreadsheet's number of days".into(),
        Form::Epoch => return "a number of seconds or milliseconds since 1970".into(),
        Form::MonthName => return "a date with the month as a word".into(),
        Form::TwelveHour => return "a time with AM or PM".into(),
        Form::WeekOrOrdinal => return "a date by week or by day of the year".into(),
        Form::Dashes => return "a date with typographic dashes".into(),
    };
    let order = match order {
        Order::Day => "day first",
        Order::Month => "month first",
        Order::Unknown => "day or month first",
    };
    let mark = match mark {
        Mark::Dot => "dots",
        Mark::Slash => "slashes",
        Mark::Dash => "dashes",
    };
    let year = if short_year { " and a year of two digits" } else { "" };
    format!("a date written {order} with {mark}{year}").into()
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
    fn an_open_order_or_a_short_year_has_no_repair() {
        for text in ["03/04/2026", "18.05.26"] {
            let words = ask_kind(&RULE, DateTime, text).expect("it is local");
            assert!(words.mend.is_none());
        }
    }
}
