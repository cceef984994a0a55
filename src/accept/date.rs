//! Dates that are surely good: `YYYY-MM-DDThh:mm:ss`, up to seven fraction digits, `Z` or an offset of whole quarters of an hour.

/// A calendar day as one number that orders like the day: its eight digits `YYYYMMDD`, four bits each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day(pub u32);

impl Day {
    /// The day of a date.
    #[must_use]
    pub fn of(date: chrono::NaiveDate) -> Self {
        use chrono::Datelike as _;
        let number = date.year().unsigned_abs() * 10_000 + date.month() * 100 + date.day();
        Self((0..8).rev().fold(0, |digits, place| digits << 4 | (number / 10u32.pow(place) % 10)))
    }
}

/// Lengths of what may be a good date.
const SHORTEST: usize = 20;
const LONGEST: usize = 33;

/// For each byte of a date without its zone, the least that it may be and how much more it may be.
struct Form {
    least: [u8; 32],
    span: [u8; 32],
}

/// The forms by the number of bytes behind the seconds: none, or a dot and one to seven digits.
static FORMS: [Form; 10] = {
    let mut forms = [const { Form { least: [0; 32], span: [u8::MAX; 32] } }; 10];
    let mut behind = 0;
    while behind < 10 {
        forms[behind] = form(behind);
        behind += 1;
    }
    forms
};

/// The form of dates with so many bytes behind the seconds.
const fn form(behind: usize) -> Form {
    let (mut least, mut span) = ([0; 32], [u8::MAX; 32]);
    // The greatest digits that may stand there. Years before 1000 are left to the rules.
    let front = b"9999-19-39T29:59:59.9999999";
    let mut at = 0;
    while at < 19 + behind && at < front.len() {
        (least[at], span[at]) = match front[at] {
            b'0'..=b'9' if at == 0 => (b'1', front[at] - b'1'),
            b'0'..=b'9' => (b'0', front[at] - b'0'),
            mark => (mark, 0),
        };
        at += 1;
    }
    if behind == 1 || behind > 8 {
        // There is no such date: no byte is two.
        (least[0], span[0], least[1], span[1]) = (0, 0, 1, 0);
    }
    Form { least, span }
}

/// What a date ends in.
struct Zone {
    /// Its six bytes, the first one lowest; or [`UTC`].
    text: u64,
    /// Minutes east of Greenwich.
    minutes: i64,
}

/// Stands for `Z`: no six bytes.
const UTC: u64 = 0x0001_0000_000f_0000;

/// The zones that are surely good, each at its [`slot`].
static ZONES: [Zone; 256] = {
    let mut zones = [const { Zone { text: u64::MAX, minutes: 0 } }; 256];
    zones[slot(UTC)] = Zone { text: UTC, minutes: 0 };
    // From -11:45 to +13:45.
    let mut quarter = -47i64;
    while quarter < 56 {
        let (sign, minutes) = (if quarter < 0 { b'-' } else { b'+' }, quarter.unsigned_abs() * 15);
        let (hours, minutes) = ((minutes / 60) as u8, (minutes % 60) as u8);
        let digits = [sign, b'0' + hours / 10, b'0' + hours % 10, b':', b'0' + minutes / 10, b'0' + minutes % 10, 0, 0];
        let text = u64::from_le_bytes(digits);
        assert!(zones[slot(text)].text == u64::MAX, "every zone has a place of its own");
        zones[slot(text)] = Zone { text, minutes: quarter * 15 };
        quarter += 1;
    }
    zones
};

/// The bits in which zones differ, brought side by side: one of the sign, five of the hours, two of the minutes.
#[inline(always)]
const fn slot(text: u64) -> usize {
    ((text & 0x0000_0101_000f_0102).wrapping_mul(0x0082_0400_4080_0000) >> 56) as usize
}

/// The zone at the end of the first `length` bytes, if it is one that is surely good, and where it would begin.
#[inline(always)]
fn zone(window: &[u8; 64], length: usize) -> (&'static Zone, bool, usize) {
    // Choices of numbers, not of ways: zones take turns in one file.
    let is_utc = window[length - 1] == b'Z';
    let text = if is_utc { UTC } else { word(window, length - 8) >> 16 };
    let zone = &ZONES[slot(text)];
    (zone, zone.text == text, length - if is_utc { 1 } else { 6 })
}

/// By the digits of the month, the first one over the second: the digits of its last day, that of a leap year left out.
static LAST_DAYS: [[u8; 2]; 32] = {
    let mut days = [*b"00"; 32];
    let mut month = 1;
    while month <= 12 {
        days[month / 10 * 16 + month % 10] = match month {
            2 => *b"28",
            4 | 6 | 9 | 11 => *b"30",
            _ => *b"31",
        };
        month += 1;
    }
    days
};

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
    let (_, is_zone, front) = zone(window, length);
    let form = &FORMS[front.wrapping_sub(19).min(9)];
    // Every byte is compared with what its place allows; then only numbers of two digits are left to look at.
    let unfit = |i: usize| u8::from(window[i].wrapping_sub(form.least[i]) > form.span[i]);
    let unfit = (0..32).fold(0, |all, i| all | unfit(i));
    // Digits order like the numbers that they make: "YYYY-MM-" and "DDThh:mm".
    let (front, middle) = (word(window, 0).swap_bytes(), word(window, 8).swap_bytes());
    let (month, day, hour) = (front >> 8, middle >> 48, middle >> 24 & 0xffff);
    let last = u64::from(u16::from_be_bytes(LAST_DAYS[(month >> 4 & 0x10 | month & 0xf) as usize]));
    let wrong = (unfit != 0) | !is_zone | (hour > u64::from(u16::from_be_bytes(*b"23")));
    let is_other_day = (day > last) | (day == u64::from(u16::from_be_bytes(*b"00")));
    if wrong | is_other_day && (wrong || !is_leap_day(window)) {
        return None;
    }
    // Each pair of digits in one byte.
    let pairs = front & 0x0f0f_0f0f_000f_0f00;
    let pairs = pairs | pairs >> 4;
    let year = (pairs >> 24) as u32 & 0xff00_0000 | (pairs >> 16) as u32 & 0x00ff_0000;
    Some(Day(year | pairs as u32 & 0xff00 | (day >> 4 & 0xf0 | day & 0xf) as u32))
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
    let (year, month) = (number(front, 0) * 100 + number(front, 2), number(front, 5));
    let (day, hour, minute) = (number(middle, 0), number(middle, 3), number(middle, 6));
    let second = u64::from(window[17] & 15) * 10 + u64::from(window[18] & 15);
    // Years that begin in March have their leap day last; months of 30.6 days, from a third one of that length on, end rightly.
    let (year, month) = if month < 3 { (year - 1, month + 12) } else { (year, month) };
    let century = year / 100;
    let days = year * 1461 / 4 - century + century / 4 + (month * 979 - 2919) / 32 + day - 307;
    let local = ((days * 24 + hour) * 60 + minute).cast_signed();
    let minutes = (local - zone(window, length).0.minutes).cast_unsigned();
    minutes * 60 + second
}

/// The moment of a text that is surely a good date.
#[must_use]
pub fn seconds(text: &[u8]) -> Option<u64> {
    let mut window = [0; 64];
    window.get_mut(..text.len())?.copy_from_slice(text);
    date_at(&window, text.len()).map(|_| seconds_at(&window, text.len()))
}

/// Whether a text that has the form of a date is of a day that only leap years have.
#[cold]
fn is_leap_day(window: &[u8; 64]) -> bool {
    let year = window[..4].iter().fold(0, |year, digit| year * 10 + u32::from(digit & 15));
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    leap && window[4..10] == *b"-02-29"
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
fn number(word: u64, at: u32) -> u64 {
    word >> (at * 8) & 0xff
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
            let day = u32::from_str_radix(&good[..10].replace('-', ""), 16).map(Day).ok();
            assert_eq!(date(good.as_bytes()), day, "{good}");
            assert_eq!(good[..10].parse().map(Day::of).ok(), day, "{good}");
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
