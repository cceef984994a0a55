//! The days that programs write where they know no date.

use chrono::{Datelike, NaiveDate};

/// What a program means by such a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Default {
    /// The day from which computers count time.
    Computer,
    /// The day from which spreadsheets count days.
    Spreadsheet,
    /// The first day that a program or a database knows.
    First,
    /// The last day that it knows, or one that stands for "no end".
    Last,
}

/// The days and what is meant, in the order of the calendar. Days beside another are the same moment in another time zone.
const DEFAULTS: [(i32, u32, u32, Default); 16] = [
    (1, 1, 1, Default::First),
    (1601, 1, 1, Default::First),
    (1753, 1, 1, Default::First),
    (1800, 1, 1, Default::First),
    (1899, 12, 30, Default::Spreadsheet),
    (1899, 12, 31, Default::Spreadsheet),
    (1900, 1, 1, Default::Spreadsheet),
    (1904, 1, 1, Default::Spreadsheet),
    (1969, 12, 31, Default::Computer),
    (1970, 1, 1, Default::Computer),
    (2099, 12, 31, Default::Last),
    (2999, 12, 31, Default::Last),
    (3000, 1, 1, Default::Last),
    (4712, 12, 31, Default::Last),
    (9999, 12, 30, Default::Last),
    (9999, 12, 31, Default::Last),
];

/// What a program means by the day, if it is one of these.
pub(super) fn default(day: NaiveDate) -> Option<Default> {
    // Nearly all days lie between.
    if (1971..2099).contains(&day.year()) {
        return None;
    }
    let same = |known: &&(i32, u32, u32, Default)| (known.0, known.1, known.2) == (day.year(), day.month(), day.day());
    DEFAULTS.iter().find(same).map(|known| known.3)
}

/// The first and the last day of the time in which no such day lies and that surely holds today.
///
/// # Panics
///
/// Never: both days exist.
#[must_use]
pub fn without_defaults() -> (NaiveDate, NaiveDate) {
    let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).expect("the day exists");
    (day(1970, 1, 2), day(2099, 12, 30))
}

#[cfg(test)]
mod tests {
    use super::{DEFAULTS, default, without_defaults};
    use chrono::NaiveDate;

    #[test]
    fn every_default_exists_in_order_and_outside_of_the_usual_time() {
        let days: Vec<_> = DEFAULTS.iter().map(|known| NaiveDate::from_ymd_opt(known.0, known.1, known.2)).collect();
        assert!(days.is_sorted() && days.iter().all(Option::is_some));
        let (first, last) = without_defaults();
        assert!(days.iter().flatten().all(|day| *day < first || *day > last));
        assert!(days.iter().flatten().all(|day| default(*day).is_some()));
        assert!(first.iter_days().take_while(|day| *day <= last).all(|day| default(day).is_none()));
    }
}
