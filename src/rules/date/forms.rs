//! Local forms of dates in words, without any value.

use std::borrow::Cow;

use super::{Form, Mark, Order};

/// The form, as a message begins with it.
pub(super) fn described(form: Form) -> Cow<'static, str> {
    let (order, mark, short_year) = match form {
        Form::YearLast { order, mark, short_year } => (order, mark, short_year),
        Form::YearFirst(Mark::Dot) => return "a date written year first with dots".into(),
        Form::YearFirst(_) => return "a date written year first with slashes".into(),
        Form::Compact => return "a date written as digits with nothing between them".into(),
        Form::Serial => return "an Excel serial date".into(),
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
        Order::Same => "year last",
    };
    let mark = match mark {
        Mark::Dot => "dots",
        Mark::Slash => "slashes",
        Mark::Dash => "dashes",
        Mark::Nothing => "nothing between",
    };
    let year = if short_year { " and a year of two digits" } else { "" };
    format!("a date written {order} with {mark}{year}").into()
}
