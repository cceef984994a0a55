//! What the user says of dates that leave something open, and the repairs that then have one meaning.
//!
//! `hrlint fix --assume-offset` gives times without an offset one: always the same, or that of a time zone on that day and hour.
//! `--date-order` says what comes first in `03/04/2026`. A local time that the zone skips or has twice is not mended.

use std::str::FromStr;

use chrono::offset::LocalResult;
use chrono::{NaiveDate, Offset as _, TimeZone as _};
use chrono_tz::Tz;

use super::clock::Offset;
use super::local;
use super::reading::{Form, Mark, Parts};
use crate::finding::Safety;
use crate::rules::{Cell, Mend};

/// What is assumed of dates; nothing, unless the user says so.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Assumed {
    /// The offset of times that have none.
    pub offset: Option<Zone>,
    /// What comes first in dates that do not show it.
    pub order: Option<DateOrder>,
}

impl Assumed {
    /// Whether something is assumed.
    #[must_use]
    pub fn any(&self) -> bool {
        self.offset.is_some() || self.order.is_some()
    }
}

/// Where times without an offset were written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Zone {
    /// Always the same minutes east of UTC.
    Fixed(i32),
    /// A time zone, with its rules.
    Named(Tz),
}

/// The order of the numbers in a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateOrder {
    /// Day, month, year.
    Dmy,
    /// Month, day, year.
    Mdy,
    /// Year, month, day.
    Ymd,
}

impl FromStr for Zone {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if matches!(text, "Z" | "z" | "UTC") {
            return Ok(Self::Fixed(0));
        }
        if let Some((negative, rest)) =
            text.strip_prefix('+').map(|rest| (false, rest)).or_else(|| text.strip_prefix('-').map(|rest| (true, rest)))
        {
            let number = |part: &str| part.parse::<i32>().ok().filter(|_| part.len() == 2);
            let parts = rest.split_once(':').and_then(|(hours, minutes)| Some((number(hours)?, number(minutes)?)));
            let minutes = parts.filter(|(_, minutes)| *minutes < 60).map(|(hours, minutes)| hours * 60 + minutes);
            return minutes
                .filter(|minutes| *minutes <= 14 * 60)
                .map(|minutes| Self::Fixed(if negative { -minutes } else { minutes }))
                .ok_or_else(|| "an offset is written like +01:00, and is at most 14 hours".to_owned());
        }
        let zone = text.parse().map(Self::Named);
        zone.map_err(|_| "expected an offset such as +01:00 or a time zone such as Europe/Berlin".to_owned())
    }
}

impl Zone {
    /// Minutes east of UTC at a local time; `None` where the zone skips that time or has it twice.
    fn minutes(self, day: NaiveDate, seconds: u32) -> Option<i32> {
        let zone = match self {
            Self::Fixed(minutes) => return Some(minutes),
            Self::Named(zone) => zone,
        };
        let time = day.and_hms_opt(seconds / 3600, seconds / 60 % 60, seconds % 60)?;
        let LocalResult::Single(offset) = zone.offset_from_local_datetime(&time) else { return None };
        let seconds = offset.fix().local_minus_utc();
        (seconds % 60 == 0).then_some(seconds / 60)
    }
}

/// The repair of a date cell that lacks a part or has a form of its own, if it can be written at all. Safe where nothing is
/// left to assume but what the user said; midnight, for a missing time, is always an assumption.
pub(super) fn mend(cell: &Cell<'_>) -> Option<Mend> {
    let assumed = cell.record.frame.settings.assumed;
    let reading = cell.date();
    let short_year = matches!(reading.form(), Some(Form::YearLast { short_year: true, .. }));
    let told = assumed.order.filter(|_| matches!(reading.form(), Some(Form::YearLast { .. })));
    let dotted = matches!(reading.form(), Some(Form::YearLast { mark: Mark::Dot, .. }));
    let parts = match told {
        // Between dots the day comes first wherever such dates are written.
        Some(DateOrder::Mdy) if dotted => return None,
        // What contradicts the order that was told is not mended.
        Some(order) => local::in_order(cell.text, order)?,
        None => reading.parts()?,
    };
    // A count of days names no offset; UTC is a guess.
    let serial = reading.form() == Some(Form::Serial);
    let parts = if serial && assumed.offset.is_some() { Parts { offset: Offset::Missing, ..parts } } else { parts };
    let (text, whole) = text(parts, assumed)?;
    let sure = whole && assumed.any() && !short_year && !reading.has_controls() && !serial;
    Some(Mend::Cell(if sure { Safety::Safe } else { Safety::Unsafe }, text))
}

/// The parts in the good form, and whether nothing had to be assumed that the user did not say.
fn text(parts: Parts, assumed: Assumed) -> Option<(String, bool)> {
    let mut parts = parts;
    let mut whole = parts.time.is_some();
    if parts.offset == Offset::Missing {
        match assumed.offset {
            None => whole = false,
            Some(zone) => {
                let seconds = parts.time.unwrap_or_default().ticks() / 10_000_000;
                let minutes = zone.minutes(parts.existing_day()?, u32::try_from(seconds).ok()?)?;
                parts.offset = Offset::of_minutes(minutes);
            }
        }
    }
    Some((parts.text(true)?, whole))
}

#[cfg(test)]
mod tests {
    use super::Zone;
    use chrono::NaiveDate;

    fn minutes(zone: &str, day: (i32, u32, u32), hour: u32) -> Option<i32> {
        let day = NaiveDate::from_ymd_opt(day.0, day.1, day.2).expect("a day");
        zone.parse::<Zone>().expect("a zone").minutes(day, hour * 3600 + 1800)
    }

    #[test]
    fn a_zone_has_its_rules() {
        assert_eq!(minutes("Europe/Berlin", (2026, 1, 15), 9), Some(60));
        assert_eq!(minutes("Europe/Berlin", (2026, 6, 15), 9), Some(120));
        assert_eq!(minutes("Asia/Kolkata", (2026, 6, 15), 9), Some(330));
        assert_eq!((minutes("-03:30", (2026, 6, 15), 9), minutes("Z", (2026, 6, 15), 9)), (Some(-210), Some(0)));
    }

    #[test]
    fn times_that_a_zone_skips_or_has_twice_have_no_offset() {
        assert_eq!(minutes("Europe/Berlin", (2026, 3, 29), 2), None);
        assert_eq!(minutes("Europe/Berlin", (2026, 10, 25), 2), None);
        assert_eq!(minutes("Europe/Berlin", (2026, 10, 25), 3), Some(60));
    }

    #[test]
    fn what_is_no_zone_is_refused() {
        for text in ["", "+1", "+01:60", "+15:00", "Berlin", "01:00"] {
            assert!(text.parse::<Zone>().is_err(), "{text}");
        }
    }
}
