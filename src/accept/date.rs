//! Dates that are surely good: `YYYY-MM-DDThh:mm:ss`, up to seven fraction digits, `Z` or an offset of whole quarters of an hour.

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

/// Lengths of what may be a good date.
const SHORTEST: usize = 20;
const LONGEST: usize = 33;

/// For each byte of a date of one form, the least that it may be and how much more it may be.
struct Form {
    least: [u8; 64],
    span: [u8; 64],
}

/// The forms by length, those that end in `Z` first.
static FORMS: [[Form; LONGEST - SHORTEST + 1]; 2] = {
    let mut forms = [const { [const { Form { least: [0; 64], span: [u8::MAX; 64] } }; LONGEST - SHORTEST + 1] }; 2];
    let mut length = SHORTEST;
    while length <= LONGEST {
        forms[0][length - SHORTEST] = form(length, b"Z");
        forms[1][length - SHORTEST] = form(length, b"+19:59");
        length += 1;
    }
    forms
};

/// The form of dates of that length with that zone. Its digits are the greatest that may stand there.
const fn form(length: usize, zone: &[u8]) -> Form {
    let (mut least, mut span) = ([0; 64], [u8::MAX; 64]);
    let front = b"9999-19-39T29:59:59";
    let mut at = 0;
    while at < length {
        let most = if at + zone.len() >= length {
            zone[at + zone.len() - length]
        } else if at < front.len() {
            front[at]
        } else if at == front.len() {
            b'.'
        } else {
            b'9'
        };
        (least[at], span[at]) = match most {
            // Years before 1000 are left to the rules.
            b'0'..=b'9' if at == 0 => (b'1', most - b'1'),
            b'0'..=b'9' => (b'0', most - b'0'),
            // Plus or minus, and the comma between them.
            b'+' => (b'+', 2),
            _ => (most, 0),
        };
        at += 1;
    }
    Form { least, span }
}

/// The day of a date that is surely good, as written; `None` for all others. The date is the first `length` bytes.
///
/// Left to the rules although right: years before 1000, offsets of fourteen hours, of twelve hours west, and `-00:00`.
#[must_use]
#[inline(always)]
#[expect(clippy::needless_bitwise_bool, reason = "one branch for all: the forms take turns in one file")]
pub fn date_at(window: &[u8; 64], length: usize) -> Option<Day> {
    if !(SHORTEST..=LONGEST).contains(&length) {
        return None;
    }
    let is_utc = window[length - 1] == b'Z';
    let form = &FORMS[usize::from(!is_utc)][length - SHORTEST];
    // Every byte is compared with what its place allows; then only numbers of two digits are left to look at.
    let unfit = |i: usize| u8::from(window[i].wrapping_sub(form.least[i]) > form.span[i]);
    let unfit = (0..64).fold(0, |all, i| all | unfit(i));
    // "YYYY-MM-" and "DDThh:mm".
    let front = pairs(word(window, 0) ^ u64::from_le_bytes(*b"0000-00-"));
    let middle = pairs(word(window, 8) ^ u64::from_le_bytes(*b"00T00:00"));
    let (year, month) = (number(front, 0) * 100 + number(front, 2), number(front, 5));
    let (day, hour) = (number(middle, 0), number(middle, 3));
    // None, or a dot and one to seven digits.
    let fraction = (length - 19).wrapping_sub(if is_utc { 1 } else { 6 });
    let is_fraction = 0b1_1111_1101u32 >> fraction.min(31) & 1 == 1;
    let wrong = (unfit != 0)
        | (month.wrapping_sub(1) > 11)
        | (hour > 23)
        | !is_fraction
        | (!is_utc & !is_offset(word(window, length - 8) >> 16));
    if wrong || day.wrapping_sub(1) > 27 && !is_late_day(year, month, day) {
        return None;
    }
    Some(Day(year * 10_000 + month * 100 + day))
}

/// The same of a text.
#[must_use]
pub fn date(text: &[u8]) -> Option<Day> {
    let mut window = [0; 64];
    window.get_mut(..text.len())?.copy_from_slice(text);
    date_at(&window, text.len())
}

/// The moment of a date that is surely good, in seconds since the first day of the calendar, in UTC.
///
/// Relies on: [`date_at`] accepted the first `length` bytes.
#[must_use]
#[inline(always)]
pub fn seconds_at(window: &[u8; 64], length: usize) -> u64 {
    let front = pairs(word(window, 0) ^ u64::from_le_bytes(*b"0000-00-"));
    let middle = pairs(word(window, 8) ^ u64::from_le_bytes(*b"00T00:00"));
    let number = |word, at| u64::from(number(word, at));
    let (year, month) = (number(front, 0) * 100 + number(front, 2), number(front, 5));
    let (day, hour, minute) = (number(middle, 0), number(middle, 3), number(middle, 6));
    let second = u64::from(window[17] & 15) * 10 + u64::from(window[18] & 15);
    // Years that begin in March have their leap day last; months of 30.6 days, from a third one of that length on, end rightly.
    let (year, month) = if month < 3 { (year - 1, month + 12) } else { (year, month) };
    let century = year / 100;
    let days = year * 1461 / 4 - century + century / 4 + (month * 979 - 2919) / 32 + day - 307;
    // "hh:mm".
    let zone = pairs((word(window, length - 8) >> 24) ^ u64::from_le_bytes(*b"00:00\0\0\0"));
    let offset = number(zone, 0) * 60 + number(zone, 3);
    let local = (days * 24 + hour) * 60 + minute;
    // A choice of numbers, not of ways: zones take turns in one file.
    let offset = if window[length - 1] == b'Z' { 0 } else { offset };
    let minutes = if window[length - 6] == b'-' { local + offset } else { local - offset };
    minutes * 60 + second
}

/// The moment of a text that is surely a good date.
#[must_use]
pub fn seconds(text: &[u8]) -> Option<u64> {
    let mut window = [0; 64];
    window.get_mut(..text.len())?.copy_from_slice(text);
    date_at(&window, text.len()).map(|_| seconds_at(&window, text.len()))
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

/// Whether six bytes that have the form of an offset are one that is surely good.
#[inline(always)]
#[expect(clippy::needless_bitwise_bool, reason = "no branch: good and bad ones are not told apart here")]
fn is_offset(bytes: u64) -> bool {
    let hours = (bytes >> 8 & 0xff) * 16 + (bytes >> 16 & 0xff);
    let sign = bytes & 0xff;
    // Twelve hours west of Greenwich, fourteen east.
    let most = u64::from(b'1') * 16 + u64::from(b'2') + (u64::from(sign == u64::from(b'+')) << 1);
    let minutes = bytes >> 32 & 0xffff;
    let quarter = |text: &[u8; 2]| minutes == u64::from(u16::from_le_bytes(*text));
    let quarters = quarter(b"00") | quarter(b"15") | quarter(b"30") | quarter(b"45");
    (sign != u64::from(b',')) & (hours < most) & quarters & (bytes != u64::from_le_bytes(*b"-00:00\0\0"))
}

#[inline(always)]
fn word(window: &[u8; 64], at: usize) -> u64 {
    window[at..].first_chunk().map_or(0, |bytes| u64::from_le_bytes(*bytes))
}

/// Where every byte is a digit: ten times each byte and the next one, the number that begins there.
#[inline(always)]
fn pairs(word: u64) -> u64 {
    word.wrapping_mul(10).wrapping_add(word >> 8)
}

#[inline(always)]
fn number(word: u64, at: u32) -> u32 {
    (word >> (at * 8)) as u32 & 0xff
}

#[cfg(test)]
mod tests {
    use super::{Day, date, seconds};

    #[test]
    fn good_dates_are_accepted_with_their_day() {
        for good in [
            "2026-06-01T09:05:00Z",
            "2026-06-30T23:59:59+05:30",
            "2024-02-29T00:00:00-11:00",
            "2019-04-23T15:18:02.4675041+05:30",
            "2019-12-31T15:18:02.1Z",
            "2026-12-30T15:18:02.12345+13:45",
        ] {
            let day = good[..10].replace('-', "").parse().map(Day).ok();
            assert_eq!(date(good.as_bytes()), day, "{good}");
        }
    }

    #[test]
    fn the_moment_of_a_good_date_is_in_utc() {
        // 719,162 days lie before 1970.
        let epoch = 719_162 * 86_400;
        for (text, after) in [
            ("1970-01-01T00:00:00Z", 0),
            ("2026-05-18T09:00:00Z", 1_779_094_800),
            ("2026-05-18T11:00:00.5+02:00", 1_779_094_800),
            ("2026-05-17T23:30:00.1234567-09:30", 1_779_094_800),
            ("2024-02-29T23:59:59Z", 1_709_251_199),
            ("2024-03-01T01:59:59+02:00", 1_709_251_199),
            ("2000-12-31T00:00:01Z", 978_220_801),
        ] {
            assert_eq!(seconds(text.as_bytes()), Some(epoch + after), "{text}");
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
            "2026-06-01T09:05:00-12:00",
            "2026-06-01T09:05:00-13:30",
            "2026-06-01T09:05:00+02:17",
            "2026-06-01T09:05:00-00:00",
            "2026-06-01T09:05:00,01:00",
            "2026-06-01T09:+05:30",
            "2026-06-01T09:05:00+19:00",
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
