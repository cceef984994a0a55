//! Dates that are surely good: `YYYY-MM-DDThh:mm:ss`, up to seven fraction digits, `Z` or an offset of whole quarters of an hour.

use chrono::{Datelike as _, NaiveDate};

use crate::scan::{Instructions, Windows};

/// A calendar day: days since the last one before the year 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day(pub u32);

impl Day {
    /// The day of a date; 0 of all dates before the year 1.
    #[must_use]
    pub fn of(date: NaiveDate) -> Self {
        Self(date.num_days_from_ce().try_into().unwrap_or(0))
    }

    /// The day that a text begins with, `YYYY-MM-DDT`, if there is such a day. Years before 1000 are left to the rules.
    fn read(window: &[u8; 64]) -> Option<Self> {
        let [b'1'..=b'9', _, _, _, b'-', _, _, b'-', _, _, b'T', ..] = window else { return None };
        let number = |text: &[u8]| {
            text.iter()
                .try_fold(0, |number, byte| Some(number * 10 + u32::from(byte.checked_sub(b'0').filter(|n| *n < 10)?)))
        };
        let year = number(&window[..4])?.cast_signed();
        NaiveDate::from_ymd_opt(year, number(&window[5..7])?, number(&window[8..10])?).map(Self::of)
    }

    /// The first second of the day, counted from that of the year 1.
    #[must_use]
    pub fn first_second(self) -> i64 {
        (i64::from(self.0) - 1) * 86_400
    }
}

/// Days that were read before, so that the text alone tells them: the years of a file are few.
pub struct Days {
    slots: Box<[Slot; Days::PLACES]>,
}

/// A day as it is written, `YYYY-MM-DDT`: its first four bytes, its last eight bytes; and what it is.
#[derive(Clone, Copy, Debug)]
struct Slot {
    year: u32,
    day: Day,
    rest: u64,
}

impl Default for Days {
    fn default() -> Self {
        let slots = vec![Slot { year: 0, day: Day(0), rest: 0 }; Self::PLACES].into_boxed_slice();
        Self { slots: slots.try_into().expect("there are as many slots as places") }
    }
}

impl Days {
    /// Places at which days are remembered; a power of two.
    const PLACES: usize = 4096;

    /// The day that a text begins with, if it was remembered.
    #[must_use]
    #[inline(always)]
    pub fn find(&self, window: &[u8; 64]) -> Option<Day> {
        let (year, rest) = (word(window, 0) as u32, word(window, 3));
        let slot = &self.slots[place(rest)];
        (slot.rest == rest && slot.year == year).then_some(slot.day)
    }

    /// The same, by reading it; from now on it is remembered, in place of another if need be.
    #[must_use]
    #[cold]
    pub fn read(&mut self, window: &[u8; 64]) -> Option<Day> {
        let day = Day::read(window)?;
        let (year, rest) = (word(window, 0) as u32, word(window, 3));
        self.slots[place(rest)] = Slot { year, day, rest };
        Some(day)
    }
}

/// The place of a day. Those of four years on end have places of their own, and days that follow on each other are neighbours.
#[inline(always)]
const fn place(rest: u64) -> usize {
    (rest.wrapping_mul(0x9180_2820_4000_2010) >> 52) as usize % Days::PLACES
}

/// Lengths of what may be a good date.
const SHORTEST: usize = 20;
const LONGEST: usize = 33;

/// Where the time begins, behind the day and its `T`.
const TIME: usize = 11;

/// For each byte of a time without its zone, the least that it may be and how much more it may be.
struct Form {
    least: [u8; 32],
    span: [u8; 32],
}

/// The forms by the number of bytes behind the seconds: none, or a dot and one to seven digits. Of no date that is short enough it is
/// as many as there are forms, or as many less than none.
static FORMS: [Form; 32] = {
    let mut forms = [const { Form { least: [0; 32], span: [u8::MAX; 32] } }; 32];
    let mut behind = 0;
    while behind < forms.len() {
        forms[behind] = form(behind);
        behind += 1;
    }
    forms
};

/// The form of times with so many bytes behind the seconds.
const fn form(behind: usize) -> Form {
    let (mut least, mut span) = ([0; 32], [u8::MAX; 32]);
    // The greatest digits that may stand there.
    let greatest = b"29:59:59.9999999";
    let mut at = 0;
    while at < 8 + behind && at < greatest.len() {
        (least[at], span[at]) = match greatest[at] {
            b'0'..=b'9' => (b'0', greatest[at] - b'0'),
            mark => (mark, 0),
        };
        at += 1;
    }
    if behind == 1 || behind > 8 {
        // There is no such time: no byte is two.
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
    /// Of the six last bytes, what is kept where they do not end in `Z`, and where they do; what they then are; their number.
    static ZONED: [(u64, u64, usize); 2] = [(u64::MAX, 0, 6), (0, UTC, 1)];
    // Looked up, as zones take turns in one file: compilers make a branch of a choice.
    let (keep, set, behind) = ZONED[usize::from(window[length - 1] == b'Z')];
    let text = word(window, length - 8) >> 16 & keep | set;
    let zone = &ZONES[slot(text)];
    (zone, zone.text == text, length - behind)
}

/// The time of a date that is surely good, if its day is: seconds since the day began, in UTC. `None` for all others. The date is
/// the first `length` bytes.
///
/// Left to the rules although right: offsets of fourteen hours, of twelve hours west, and `-00:00`.
#[must_use]
#[inline(always)]
#[expect(clippy::needless_bitwise_bool, reason = "one branch for all: the forms take turns in one file")]
pub fn time_at(set: impl Windows, window: &[u8; 64], length: usize) -> Option<i64> {
    if !(SHORTEST..=LONGEST).contains(&length) {
        return None;
    }
    let (zone, is_zone, front) = zone(window, length);
    let form = &FORMS[front.wrapping_sub(TIME + 8) % FORMS.len()];
    // Every byte is compared with what its place allows; then only the hour is left to look at.
    let unfit = window[TIME..].first_chunk().is_none_or(|time| set.unfit(time, &form.least, &form.span));
    let text = word(window, TIME);
    let late = (text as u16).swap_bytes() > u16::from_be_bytes(*b"23");
    if unfit | !is_zone | late {
        return None;
    }
    // Ten times each byte and the next one: the number that begins there.
    let digits = text ^ u64::from_le_bytes(*b"00:00:00");
    let pairs = digits.wrapping_mul(10).wrapping_add(digits >> 8);
    let number = |at: u32| (pairs >> (at * 8) & 0xff).cast_signed();
    Some((number(0) * 60 + number(3) - zone.minutes) * 60 + number(6))
}

/// The day of a text that is surely a good date, as written.
#[must_use]
pub fn date(text: &[u8]) -> Option<Day> {
    read(text).map(|(day, _)| day)
}

/// The moment of a text that is surely a good date: seconds since the first day of the year 1, in UTC.
#[must_use]
pub fn seconds(text: &[u8]) -> Option<i64> {
    read(text).map(|(day, time)| day.first_second() + time)
}

fn read(text: &[u8]) -> Option<(Day, i64)> {
    let mut window = [0; 64];
    window.get_mut(..text.len())?.copy_from_slice(text);
    let time = time_at(Instructions::SCALAR, &window, text.len())?;
    Some((Day::read(&window)?, time))
}

#[inline(always)]
fn word(window: &[u8; 64], at: usize) -> u64 {
    window[at..].first_chunk().map_or(0, |bytes| u64::from_le_bytes(*bytes))
}

#[cfg(test)]
mod tests {
    use super::{Day, Days, date, place, seconds};
    use chrono::NaiveDate;

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
            let day = good[..10].parse().map(Day::of).ok();
            assert_eq!(date(good.as_bytes()), day, "{good}");
        }
    }

    #[test]
    fn a_day_is_known_once_it_was_read() {
        let mut days = Days::default();
        let window = |text: &str| format!("{text:.<64}").into_bytes();
        let find = |days: &Days, text: &str| days.find(window(text).first_chunk().expect("64 bytes"));
        let read = |days: &mut Days, text: &str| days.read(window(text).first_chunk().expect("64 bytes"));
        assert_eq!(find(&days, "2026-06-30T"), None);
        let day = read(&mut days, "2026-06-30T");
        assert_eq!(day, "2026-06-30".parse().map(Day::of).ok());
        assert_eq!(find(&days, "2026-06-30T09:00"), day);
        for other in ["2026-06-30 ", "2026-06-31T", "2026-06-3", "1026-06-30T", "0026-06-30T", "2026/06/30T"] {
            assert_eq!(find(&days, other), None, "{other}");
        }
        assert_eq!(
            ["2026-06-31T", "2026-06-30t", "0999-06-30T", "\0\0\0\0"].map(|text| read(&mut days, text)),
            [None; 4]
        );
    }

    #[test]
    fn the_days_of_four_years_have_places_of_their_own() {
        let begin: NaiveDate = "2024-01-01".parse().expect("a date");
        let places = begin.iter_days().take(1461).map(|day| {
            let text = format!("{day}T");
            place(u64::from_le_bytes(*text.as_bytes()[3..].first_chunk().expect("eight bytes")))
        });
        assert_eq!(places.collect::<std::collections::HashSet<_>>().len(), 1461);
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
