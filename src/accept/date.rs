//! Dates that are surely good: `YYYY-MM-DDThh:mm:ss`, up to seven fraction digits, `Z` or an offset below fourteen hours.

/// A calendar day as one number that orders like the day: `year * 10_000 + month * 100 + day`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day(pub u32);

impl Day {
    /// The day of a date.
    #[must_use]
    pub fn of(date: chrono::NaiveDate) -> Self {
        use chrono::Datelike as _;
        Self(date.year().unsigned_abs() * 10_000 + date.month() * 100 + date.day())
    }
}

/// The day of a date that is surely good, as written; `None` for all others.
///
/// Left to the rules although right: the days 29 to 31, years before 1000, offsets of fourteen hours and `-00:00`.
#[must_use]
#[inline(always)]
pub fn date(cell: &[u8]) -> Option<Day> {
    let length = cell.len();
    if !(20..=33).contains(&length) {
        return None;
    }
    // "YYYY-MM-", "DDThh:mm" and ":mm:ss" with what comes before it: digits become 0 to 9, separators 0.
    let front = word(cell, 0) ^ u64::from_le_bytes(*b"0000-00-");
    let middle = word(cell, 8) ^ u64::from_le_bytes(*b"00T00:00");
    let back = word(cell, 11) ^ u64::from_le_bytes(*b"00:00:00");
    let separators =
        (front & 0xff00_00ff_0000_0000) | (middle & 0x0000_ff00_00ff_0000) | (back & 0x0000_ff00_00ff_0000);
    let digits = over_nine(front) | over_nine(middle) | over_nine(back);
    if separators | digits != 0 {
        return None;
    }
    // Every byte then holds ten times its digit and the next one: the number that begins there.
    let pairs = |word: u64| word.wrapping_mul(10).wrapping_add(word >> 8);
    let (front, middle, back) = (pairs(front), pairs(middle), pairs(back));
    let number = |word: u64, at: u32| (word >> (at * 8)) as u32 & 0xff;
    let (month, day) = (number(front, 5), number(middle, 0));
    let year = number(front, 0) * 100 + number(front, 2);
    // Adding what is missing to 128 sets the high bit of hours over 23, minutes and seconds over 59.
    let late = (middle + (68 << 48 | 104 << 24)) | (back + (68 << 48));
    let wrong = late & 0x0080_0000_8000_0000 != 0
        || year < 1000
        || month.wrapping_sub(1) > 11
        || day.wrapping_sub(1) > 27 && !is_late_day(year, month, day);
    if wrong || !is_zone(&cell[19..]) {
        return None;
    }
    Some(Day(year * 10_000 + month * 100 + day))
}

/// The days that not every month has.
#[inline]
fn is_late_day(year: u32, month: u32, day: u32) -> bool {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        2 => 28 + u32::from(leap),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    (1..=days).contains(&day)
}

/// What may follow the seconds: a fraction, and `Z` or an offset.
#[inline(always)]
fn is_zone(rest: &[u8]) -> bool {
    let zone = match rest {
        [b'.', fraction @ ..] => {
            let digits = fraction.iter().take(8).take_while(|byte| byte.is_ascii_digit()).count();
            if !(1..=7).contains(&digits) {
                return false;
            }
            &fraction[digits..]
        }
        _ => rest,
    };
    match zone {
        [b'Z'] => true,
        [sign @ (b'+' | b'-'), h @ b'0'..=b'1', hour @ b'0'..=b'9', b':', minute @ b'0'..=b'5', b'0'..=b'9'] => {
            (*h == b'0' || *hour < b'4') && (*sign == b'+' || [*h, *hour, *minute, zone[5]] != *b"0000")
        }
        _ => false,
    }
}

#[inline(always)]
fn word(cell: &[u8], at: usize) -> u64 {
    let bytes: [u8; 8] = cell[at..at + 8].try_into().expect("eight bytes");
    u64::from_le_bytes(bytes)
}

/// A bit in every byte that is more than nine.
#[inline(always)]
fn over_nine(word: u64) -> u64 {
    (word | ((word & 0x7f7f_7f7f_7f7f_7f7f) + 0x7676_7676_7676_7676)) & 0x8080_8080_8080_8080
}

#[cfg(test)]
mod tests {
    use super::{Day, date};

    #[test]
    fn good_dates_are_accepted_with_their_day() {
        for good in [
            "2026-06-01T09:05:00Z",
            "2026-06-30T23:59:59+05:30",
            "2024-02-29T00:00:00-11:00",
            "2019-04-23T15:18:02.4675041+05:30",
            "2019-12-31T15:18:02.1Z",
        ] {
            let day = good[..10].replace('-', "").parse().map(Day).ok();
            assert_eq!(date(good.as_bytes()), day, "{good}");
        }
    }

    #[test]
    fn what_is_not_surely_good_is_left_to_the_rules() {
        for other in [
            "2026-06-31T09:05:00Z",
            "2025-02-29T09:05:00Z",
            "2026-13-01T09:05:00Z",
            "2026-00-01T09:05:00Z",
            "2026-06-00T09:05:00Z",
            "2026-06-01T24:00:00Z",
            "2026-06-01T23:60:00Z",
            "2026-06-01T23:59:60Z",
            "2026-06-01 09:05:00Z",
            "2026-06-01T09:05:00z",
            "2026-06-01t09:05:00Z",
            "2026-06-01T09:05:00",
            "2026-06-01T09:05:00.12345678Z",
            "2026-06-01T09:05:00.Z",
            "2026-06-01T09:05:00+0530",
            "2026-06-01",
            "2026-06-01T09:05:00+14:00",
            "2026-06-01T09:05:00-00:00",
            "2026-06-01T09:05:00+05:60",
            "0999-06-01T09:05:00Z",
            "2026/06/01T09:05:00Z",
            "2026-06-01T09.05.00Z",
            "2026-06-0aT09:05:00Z",
            "2026-06-01T09:05:00.1234567",
        ] {
            assert_eq!(date(other.as_bytes()), None, "{other}");
        }
    }
}
